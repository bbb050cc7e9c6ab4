"""The books of a small department, as the tree of the workspace's tests knows it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gouji.accounts.sample import sample_books
from gouji.rendering.books_template import books_workbook
from gouji.web.final_accounts.contents import keep_json
from gouji.web.final_accounts.models import FinalAccount, Import
from gouji.web.trail.recording import recording

_NAMES = (("云岭市林泉区文化和旅游局", "林泉市档案局"), ("207001", "301001"), ("207002", "301002"))


def _named(text: str) -> str:
    for old, new in _NAMES:
        text = text.replace(old, new)
    return text


def tables() -> dict[str, list[dict[str, str]]]:
    """The sample's tables under other names; the caller may change them. The codes of functions are the sample's own."""
    found = {}
    for table, rows in sample_books(400).items():
        keep = ("function", "code") if table != "units" else ()
        found[table] = [{key: value if key in keep else _named(value) for key, value in row.items()} for row in rows]
    return found


@cache
def workbook() -> bytes:
    """The books as a workbook."""
    return books_workbook(tables())


@cache
def changed_workbook() -> bytes:
    """The same with one payment and its budget a thousand yuan higher."""
    changed = tables()
    changed["payments"][0]["amount"] = f"{float(changed['payments'][0]['amount']) + 1000:.2f}"
    return books_workbook(changed)


@cache
def broken_workbook() -> bytes:
    """The same with an amount of three decimals and a code that is not in the table."""
    changed = tables()
    changed["payments"][2]["amount"] = "12.345"
    changed["payments"][5]["function"] = "9999999"
    return books_workbook(changed)


@cache
def _dossier_data() -> dict[str, object]:
    import tempfile

    import gouji
    from gouji.model.plain import dossier_data

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "账套.xlsx"
        path.write_bytes(workbook())
        return dossier_data(gouji.compile(path, jurisdiction="cn-sichuan"))


def with_dossier(row: FinalAccount) -> FinalAccount:
    """The account with the compiled dossier of the books, compiled once for all tests."""
    with recording(None):
        row.dossier = keep_json(_dossier_data())
        row.save()
    return FinalAccount.objects.select_related("unit", "subject").get(pk=row.pk)


def ready(row: FinalAccount) -> Import:
    """A re-import that waits to be confirmed: two figures differ."""
    details = keep_json({"problems": [], "differences": [["本年支出合计", "100.00元", "110.00元"], ["基本支出", "60.00元", "70.00元"]], "base": row.dossier})
    other = keep_json({**_dossier_data(), "notes": ["另一份"]})
    with recording(None):
        made = Import(account=row, name="账套2.xlsx", sha256="0" * 64, size=1, kind="books", outcome="ready", details=details, dossier=other, differences=2)
        made.save()
    return made


def approved_workbook(path: Path) -> bytes:
    """The 财决 workbook of the same department."""
    from accounts.sheet_workbooks import write_workbook
    from accounts.test_final_accounts import exported
    from gouji.model.plain import dossier_of

    dossier = dossier_of(_dossier_data())
    write_workbook(path, exported(dossier), unit=dossier.unit, year=2023)
    return path.read_bytes()


@cache
def last_years_data() -> dict[str, object]:
    """The dossier of the same department a year earlier: the same money, so that this year's stated changes contradict it."""
    import tempfile

    import gouji
    from gouji.model.plain import dossier_data

    earlier = {table: [{key: value if key == "amount" else value.replace("2023", "2022") for key, value in row.items()} for row in rows] for table, rows in tables().items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "账套.xlsx"
        path.write_bytes(books_workbook(earlier))
        return dossier_data(gouji.compile(path, jurisdiction="cn-sichuan"))


@cache
def last_years_disclosure() -> bytes:
    """What the department published a year earlier, as a Word file."""
    import gouji
    from gouji.model.plain import dossier_of

    return gouji.render(dossier_of(last_years_data()), "docx", gaps=True)
