"""Columns of a 财决 workbook that were wrongly understood are corrected in the browser, once for all years."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.web.final_accounts.contents import compiled
from gouji.web.final_accounts.models import ColumnMapping, Correction, FinalAccount, Import
from gouji.web.trail.models import Change
from gouji.web.trail.recording import recording
from gouji.web.work.worker import work
from web.accounts import approved_workbook
from web.test_final_accounts import begun, client
from web.test_importing import brought_in, page
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return approved_workbook(Path(tmp_path_factory.mktemp("sheets")) / "财决.xlsx")


def renamed(data: bytes, head: str, other: str, moved: bool = False) -> bytes:
    """The workbook with one head of Z04 under another name; ``moved``: with an empty column before the heads' first value."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = next(each for each in book.worksheets if each.title.startswith("Z04"))
    cell = next(cell for row in sheet.iter_rows(max_row=8) for cell in row if cell.value == head)
    cell.value = other
    if moved:
        row, column = cell.row, cell.column
        sheet.insert_cols(column)
        sheet.cell(row, column, "备注")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def told(tree: Tree, made: Import) -> str:
    return client(tree, "preparer").get(f"/accounts/{made.account_id}/imports/{made.pk}/columns").content.decode()


def corrected(tree: Tree, made: Import, status: int = 302, **given: str) -> Import:
    answer = client(tree, "preparer").post(f"/accounts/{made.account_id}/imports/{made.pk}/columns", {"version": "0", **given})
    assert answer.status_code == status, answer.content.decode()
    work(once=True)
    return Import.objects.select_related("account__unit", "account__subject").latest("change")


def basic(row: FinalAccount) -> str:
    dossier = compiled(FinalAccount.objects.get(pk=row.pk).dossier)
    return next(fact.figure.printed for fact in dossier.facts if fact.concept == "expenditure.basic" and not fact.key.dimensions and fact.key.phase == "executed")


def test_a_column_that_no_head_names_is_told_once_and_holds_next_year_where_it_has_moved(workbook: bytes) -> None:
    tree = grow()
    row = begun(tree)
    refused = brought_in(tree, row, renamed(workbook, "基本支出", "日常开支"), "财决.xlsx")
    assert (refused.outcome, refused.kind) == ("refused", "sheets")
    assert "列没有认出是什么" in page(tree, "preparer", refused)
    shown = told(tree, refused)
    assert "日常开支" in shown
    assert 'value="?"' in shown
    taken = corrected(tree, refused, **{"c-Z04-D": "基本支出"})
    assert (taken.outcome, taken.pk != refused.pk) == ("taken", True), taken.reason
    figure = basic(row)
    kept = ColumnMapping.objects.get()
    assert (kept.columns, kept.heads, kept.subject_id) == ({"Z04": {"D": "基本支出"}}, {"Z04": {"D": "日常开支"}}, row.subject_id)
    assert "已更正" in told(tree, taken)
    assert Change.objects.get(subject="final_accounts.columnmapping").actor_id == tree.persons["preparer"].pk
    # The same source a second time: nothing has to be told again, though the column stands elsewhere now.
    again = brought_in(tree, row, renamed(workbook, "基本支出", "日常开支", moved=True), "财决2.xlsx")
    assert (again.outcome, again.differences) == ("ready", 0), again.reason
    assert basic(row) == figure


def test_a_corrected_column_is_read_again_and_shows_what_differs(workbook: bytes) -> None:
    tree = grow()
    row = begun(tree)
    taken = brought_in(tree, row, workbook, "财决.xlsx")
    assert taken.outcome == "taken"
    wrong = corrected(tree, taken, **{"c-Z04-D": "项目支出", "c-Z04-E": "基本支出"})
    assert wrong.outcome == "refused"
    assert "同一个数在两张表里应当相同" in page(tree, "preparer", wrong)
    left_out = corrected(tree, wrong, version="1", **{"c-Z04-D": "", "c-Z04-E": "项目支出"})
    assert left_out.outcome == "ready", left_out.reason
    assert FinalAccount.objects.get().dossier == taken.dossier
    assert ColumnMapping.objects.get().columns == {"Z04": {"D": "", "E": "项目支出"}}
    back = corrected(tree, left_out, version="2", **{"c-Z04-D": "基本支出"})
    assert (back.outcome, back.differences) == ("ready", 0)
    left_out.refresh_from_db()
    assert left_out.outcome == "dropped"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"c-Z04-D": "没有这一栏"}, "没有栏目“没有这一栏”"), ({"c-Z04-D": "项目支出"}, "写在了两列上"), ({"c-Z04-D": "", "version": "7"}, "别人已经修改")],
    ids=["unknown", "twice", "stale"],
)
def test_what_cannot_be_is_refused_in_words(workbook: bytes, given: dict[str, str], sentence: str) -> None:
    tree = grow()
    made = brought_in(tree, begun(tree), workbook, "财决.xlsx")
    answer = client(tree, "preparer").post(f"/accounts/{made.account_id}/imports/{made.pk}/columns", {"version": "0", **given})
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert not ColumnMapping.objects.exists()


def test_only_the_preparer_corrects_and_after_the_approval_with_a_reason(workbook: bytes) -> None:
    tree = grow()
    row = begun(tree)
    made = brought_in(tree, row, workbook, "财决.xlsx")
    address, given = f"/accounts/{row.pk}/imports/{made.pk}/columns", {"version": "0", "c-Z04-D": ""}
    for who, status in (("head", 409), ("reviewer", 409), ("stranger", 404)):
        assert client(tree, who).post(address, given).status_code == status, who
    assert client(tree, "reviewer").get(address).status_code == 200
    state: Any
    for state, status in (("bureau", 409), ("approved", 409)):
        with recording(None, moving=True):
            row = FinalAccount.objects.get()
            row.state = state
            row.save()
        assert client(tree, "preparer").post(address, given).status_code == status
    assert client(tree, "preparer").post(address, {**given, "reason": "列认错了"}).status_code == 302
    assert not Correction.objects.exists(), "nothing has changed yet: the differences wait for the decision"
