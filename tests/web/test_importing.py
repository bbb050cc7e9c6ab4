"""Books are brought in whole or not at all; a second time only after a look at the differences."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gouji.web.final_accounts.contents import compiled, read_json
from gouji.web.final_accounts.models import Correction, EvaluationEntry, FinalAccount, Import
from gouji.web.trail.models import Change
from gouji.web.trail.recording import recording
from gouji.web.work.models import Job
from gouji.web.work.worker import work
from web.accounts import approved_workbook, broken_workbook, changed_workbook, ready, tables, with_dossier, workbook
from web.test_final_accounts import begun, client
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")


def brought_in(tree: Tree, row: FinalAccount, data: bytes, name: str = "账套.xlsx", **given: str) -> Import:
    """Uploaded by the preparer and read."""
    answer = client(tree, "preparer").post(f"/accounts/{row.pk}/imports", {"file": SimpleUploadedFile(name, data), **given})
    assert answer.status_code == 302, answer.content.decode()
    work(once=True)
    return Import.objects.select_related("account__unit", "account__subject").get(pk=answer.headers["Location"].rsplit("/", 1)[-1])


def page(tree: Tree, who: str, made: Import) -> str:
    return client(tree, who).get(f"/accounts/{made.account_id}/imports/{made.pk}").content.decode()


def test_clean_books_are_in_use_at_once_and_checked_with_what_was_entered_for_the_evaluation() -> None:
    tree = grow()
    with recording(tree.persons["preparer"]):
        account = begun(tree)
        EvaluationEntry(account=account, item="duty_1", given={"得分": "4"}).save()
    made = brought_in(tree, account, workbook())
    assert (made.outcome, made.kind, made.errors) == ("taken", "books", 0)
    row = FinalAccount.objects.get()
    assert row.books_id == made.pk
    assert row.dossier == made.dossier
    assert row.products.get(kind="check").content
    assert [each.state for each in Job.objects.all()] == ["done", "done"]
    assert [(each.id, each.score.text) for each in compiled(row.dossier).evaluations[0].items if each.id == "duty_1"] == [("duty_1", "4")]


def test_broken_books_leave_nothing_and_say_everything_with_sheet_row_and_remedy() -> None:
    tree = grow()
    made = brought_in(tree, begun(tree), broken_workbook())
    assert (made.outcome, made.errors > 1, made.dossier) == ("refused", True, "")
    assert FinalAccount.objects.get().dossier == ""
    told = page(tree, "preparer", made)
    assert "支付" in told
    assert "12.345" in told
    assert "9999999" in told
    assert "数据没有变" in told


def test_a_second_import_shows_old_and_new_and_takes_effect_when_confirmed() -> None:
    tree = grow()
    row = begun(tree)
    brought_in(tree, row, workbook())
    before = FinalAccount.objects.get().dossier
    made = brought_in(tree, row, changed_workbook(), "账套2.xlsx")
    assert made.outcome == "ready"
    assert made.differences > 0
    assert FinalAccount.objects.get().dossier == before
    assert "变了的数" in page(tree, "head", made)
    assert client(tree, "head").post(f"/accounts/{row.pk}/imports/{made.pk}/decide", {"decision": "take"}).status_code == 403
    assert client(tree, "preparer").post(f"/accounts/{row.pk}/imports/{made.pk}/decide", {"decision": "take"}).status_code == 302
    now = FinalAccount.objects.get()
    assert (now.dossier, now.books_id) == (made.dossier, made.pk)
    last = Change.objects.filter(subject_id=row.pk).last()
    assert last is not None
    assert last.after["dossier"] == made.dossier
    assert client(tree, "preparer").post(f"/accounts/{row.pk}/imports/{made.pk}/decide", {"decision": "take"}).status_code == 409


def test_a_second_import_that_is_dropped_changes_nothing() -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    made = ready(row)
    client(tree, "preparer").post(f"/accounts/{row.pk}/imports/{made.pk}/decide", {"decision": "drop"})
    assert FinalAccount.objects.get().dossier == row.dossier
    assert Import.objects.get().outcome == "dropped"


def test_what_was_looked_at_must_still_be_what_is_replaced() -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    made = ready(row)
    with recording(None):
        row.dossier = "1" * 64
        row.save()
    client(tree, "preparer").post(f"/accounts/{row.pk}/imports/{made.pk}/decide", {"decision": "take"})
    assert FinalAccount.objects.get().dossier == "1" * 64
    assert Import.objects.get().outcome == "reading"


def test_after_the_approval_an_import_is_a_correction_with_its_reason() -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    made = ready(row)
    with recording(None, moving=True):
        row.state = "published"
        row.save()
    upload, decide = f"/accounts/{row.pk}/imports", f"/accounts/{row.pk}/imports/{made.pk}/decide"
    preparer = client(tree, "preparer")
    assert preparer.post(upload, {"file": SimpleUploadedFile("账套.xlsx", b"x")}).status_code == 409
    assert preparer.post(decide, {"decision": "take"}).status_code == 409
    assert preparer.post(decide, {"decision": "take", "reason": "审计调整一笔支出"}).status_code == 302
    kept = [(each.what, each.old, each.new, each.reason) for each in Correction.objects.filter(account=row)]
    assert ("改变的数：本年支出合计", "100.00元", "110.00元", "审计调整一笔支出") in kept
    assert FinalAccount.objects.get().dossier == made.dossier
    assert "审计调整一笔支出" in client(tree, "reviewer").get(f"/accounts/{row.pk}").content.decode()


def _zip(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def _csv(rows: list[dict[str, str]]) -> bytes:
    """With the ids of the columns as titles."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names), *(",".join('"' + row.get(name, "").replace('"', '""') + '"' for name in names) for row in rows)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("账套.xlsx", b"not a workbook at all", "工作簿"),
        ("账套.xlsx", b"PK\x03\x04" + b"\x00" * 60, "认得的文档格式"),
        ("账套.zip", _zip({"../../etc/支付.csv": b"a,b\n1,2\n"}), "指向别处的路径"),
        ("账套.zip", _zip({"说明.txt": b"x"}), "没有 CSV 或 Parquet 的表"),
        ("账套.zip", _zip({"支付.csv": b"0" * 12_000_000}), "压缩炸弹"),
        ("账套.zip", _zip({"支付.csv": b"x\n1\n"}), "没有账套的表"),
        ("../../../etc/passwd", b"root:x:0:0", "工作簿"),
    ],
    ids=["text", "torn", "path", "no tables", "bomb", "empty table", "name"],
)
def test_junk_is_refused_with_a_sentence(name: str, data: bytes, sentence: str) -> None:
    tree = grow()
    made = brought_in(tree, begun(tree), data, name)
    assert made.outcome == "refused"
    assert sentence in made.reason
    assert "/" not in made.name
    assert "gouji-import" not in page(tree, "preparer", made)
    assert FinalAccount.objects.get().dossier == ""


def test_a_zip_of_tables_gives_the_same_figures_as_the_workbook() -> None:
    tree = grow()
    row = begun(tree)
    brought_in(tree, row, workbook())
    members = {f"{table}.csv": _csv(rows) for table, rows in tables().items() if rows}
    made = brought_in(tree, row, _zip(members), "账套.zip")
    assert (made.outcome, made.differences) == ("ready", 0), (made.reason, read_json(made.details)["problems"][:3] if made.details else "")


@pytest.mark.parametrize(("change", "sentence"), [({"year": 2022}, "2023年度的，这份决算是2022年度的"), ({"unit": "other"}, "账套里没有“林泉市水务局”")])
def test_books_of_another_year_or_department_are_refused(change: dict[str, Any], sentence: str) -> None:
    tree = grow()
    with recording(None):
        row = FinalAccount(unit=tree.unit, subject=tree.other_department if "unit" in change else tree.department, year=change.get("year", 2023))
        row.save()
    if "unit" in change:
        with recording(None):
            row.unit = tree.other_unit
            row.save()
        from gouji.web.final_accounts.compiling import compile_account
        from gouji.web.store import keep
        from gouji.web.trail.recording import Refused

        digest, size = keep(SimpleUploadedFile("账套.xlsx", workbook()))
        with pytest.raises(Refused, match=sentence):
            compile_account(row, Import(account=row, name="账套.xlsx", sha256=digest, size=size), None)
        return
    assert sentence in brought_in(tree, row, workbook()).reason


def test_a_job_that_is_run_twice_writes_once() -> None:
    tree = grow()
    made = brought_in(tree, begun(tree), workbook())
    count = Change.objects.count()
    Job.objects.filter(kind="accounts-import").update(state=Job.State.WAITING)
    work(once=True)
    made.refresh_from_db()
    assert (made.outcome, Change.objects.count()) == ("taken", count)


def test_a_workbook_of_approved_statements_is_told_apart_and_the_books_become_its_drill_down(tmp_path: Path) -> None:
    tree = grow()
    row = begun(tree)
    made = brought_in(tree, row, approved_workbook(tmp_path / "财决.xlsx"), "财决.xlsx")
    assert (made.outcome, made.kind) == ("taken", "sheets"), made.reason
    with_books = brought_in(tree, row, workbook())
    assert (with_books.outcome, with_books.kind) == ("ready", "books"), with_books.reason
    assert compiled(with_books.dossier).source.path == "财决.xlsx"
