"""Empty statements (空表): each says that it is empty, says so truly, and what it denies is stated nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.fact import Fact, Key
from gouji.model.figure import Place
from gouji.model.outline import Paragraph
from gouji.model.regex import regex
from gouji.model.statement import Statement
from gouji.standards.pack import StatementLayout
from gouji.standards.statements import cell_key

_SAYS = regex(r"(?:本表|此表|该表|表中|故)[^。；;，,]{0,12}(?:无|没有)(?:相关|)数据|(?:本表|此表|该表)为?空(?:表|白)|为空表|无数据|(?:故|因此|所以)(?:本表|此表|该表)?(?:为)?空(?:表|)")
_AMOUNT = regex(r"[1-9]\d*\.\d|0\.\d*[1-9]")
_MARKS = regex(r"[“”\"'‘’《》\s]")


@rule(id="empty-statement", zh="空表与说明、数字不符", severity="warning", authority="disclosure_procedure_empty")
def empty_statement(context: Context) -> Iterator[Remark]:
    """没有数据的报表没有说明是空表；说明“本表无数据”的表却有数据；或者表中没有数据，别处却写有表中合计应有的金额。

    为什么：涉及空表的，应当保留表格并说明；说明、表和文字应当一致。
    例：政府性基金预算财政拨款收入支出决算表（各格空白）注：本单位2023年度没有政府性基金预算支出，故本表无数据。……2023年度政府性基金预算财政拨款支出102万元。
    报告：“政府性基金预算财政拨款收入支出决算表”没有数据，另一处写有102万元。
    不报：说明在表下、在文中都可以；金额为零；上年度金额；没有读全的表；没有附表的片段；没有说明是空表的，可能是空白表样或没有读到，只作提示。
    """
    layouts = {layout.id: layout for layout in context.standards.statements}
    for statement in context.dossier.statements:
        layout = layouts.get(statement.id)
        if layout is None or statement.doubt is not None or statement.place is None:
            continue
        cells, remarks = _near(context, statement.place.start)
        others = {_MARKS.sub("", each.title) for each in layouts.values() if each.id != statement.id}
        said = any(
            _SAYS.search(text) and not any(other in _MARKS.sub("", text) for other in others)
            for text in (*statement.notes, *(paragraph.text for paragraph in remarks))
        )
        place, key = statement.place, (statement.id,)
        if any(entry.text for row in statement.rows for entry in row.cells):
            if said:
                yield _remark(statement, (place,), key, f"“{statement.title}”注明没有数据，表中却有数据。", "删去“本表无数据”的说明，或核对表中数据。", told=True)
            continue
        if any(_AMOUNT.search(paragraph.text) for paragraph in cells):
            continue  # amounts that were not read
        denied = _denied(context, layout)
        if denied:
            where = (place, *(fact.place for fact in denied[:4]))
            printed = denied[0].figure.printed
            shown = printed if printed.endswith("元") else f"{printed}{denied[0].figure.unit}"  # a cell prints no unit
            zh = f"“{statement.title}”没有数据，另一处写有{shown}。"
            yield _remark(statement, where, (*key, denied[0].figure.printed), zh, "确有该项收支的，补全报表；没有的，改正金额。", denied, told=said)
        elif not said and context.complete and not _told(context, statement, layout):
            yield _remark(statement, (place,), key, f"“{statement.title}”没有数据，也没有说明是空表。", "在表下说明，例如：本单位没有此项收支，故本表无数据。")


def _remark(statement: Statement, places: tuple[Place, ...], key: tuple[str, ...], zh: str, suggestion: str, facts: list[Fact] | None = None, *, told: bool = False) -> Remark:
    """A statement that does not itself say that it is empty may be one whose figures were not read, or a blank form: no more than a note."""
    return Remark(zh=zh, en=f"{statement.id}: what the statement holds and what is said of it disagree.", places=places, key=key, subject=statement.id, severity=None if told else "note",
                  facts=tuple(fact.id for fact in facts or ()), found=facts[0].figure.printed if facts else "", suggestion=suggestion)  # fmt: skip


def _denied(context: Context, layout: StatementLayout) -> list[Fact]:
    """Amounts that the totals of the statement would have to print."""
    keys: set[Key] = set()
    for side in layout.sides:
        lines = [line for line in side.lines if line.total] or [line for line in side.lines if not line.each and not line.dimension]
        for column in side.columns:
            keys.update(key for line in lines if (key := cell_key(column, line, context.year or 0)) is not None)
    return [fact for fact in context.dossier.facts if fact.key in keys and fact.figure.value and not fact.unresolved and fact.figure.doubt is None]


def _near(context: Context, start: int) -> tuple[list[Paragraph], list[Paragraph]]:
    """The cells of a statement that begins at ``start``, and the remarks right below them."""
    stop = min((each.place.start for each in context.dossier.statements if each.place is not None and each.place.start > start), default=len(context.outline.text))
    cells: list[Paragraph] = []
    remarks: list[Paragraph] = []
    for paragraph in context.paragraphs:
        if not start <= paragraph.canonical(0) < stop:
            continue
        if paragraph.kind == "cell":
            if remarks:
                break
            cells.append(paragraph)
        elif cells and (paragraph.kind == "heading" or paragraph.text.endswith("表")):
            break
        elif cells:
            remarks.append(paragraph)
    return cells, remarks


def _told(context: Context, statement: Statement, layout: StatementLayout) -> bool:
    """Whether the text says somewhere of this statement that it is empty."""
    titles = {_MARKS.sub("", title) for title in (statement.title, layout.title)}
    return any(
        _SAYS.search(paragraph.text) and any(title in _MARKS.sub("", paragraph.text) for title in titles)
        for paragraph in context.paragraphs
        if paragraph.region not in ("form", "contents")
    )
