"""Self-evaluation forms and scored schemes in the web report (自评表): tables put together from the record, every figure marked as in the text.

A text file gives a form's cells one after the other, and of a table with merged cells only the corners are known: nobody can read them so.
Here each form stands as the table it was, where it begins in the text, with the words of the file folded beneath it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from html import escape

from gouji.model.figure import Place
from gouji.model.record import record
from gouji.model.records import Entry, Evaluation, Project
from gouji.model.statement import Statement
from gouji.rendering.checked import CheckedDocument
from gouji.rendering.forms_grid import Box, Form, runs_of
from gouji.rendering.forms_layouts import LAYOUT_OF, form_of
from gouji.rendering.marks import CLASS, Mark
from gouji.rendering.wording import plain, spot

WIDE = 14  # a statement with more columns is shown without those that are blank all the way down


@record
class Sheet:
    """One form, scheme or statement: where it begins, what it is called, its table as HTML, its figures of the summary, findings that touch it."""

    ident: str
    start: int
    title: str
    body: str
    spot: str
    executed: str = ""
    score: str = ""
    findings: tuple[int, ...] = ()
    kind: str = "自评表"  # or 报表


def sheets(checked: CheckedDocument, found: Sequence[Mark], prefix: str) -> list[Sheet]:
    """All forms, schemes and statements of a document in the order of the text."""
    cells = _Cells(found, prefix)
    made: list[Sheet] = []
    records: list[Project | Evaluation | Statement] = [*checked.dossier.projects, *checked.dossier.evaluations, *checked.dossier.statements]
    for held in sorted((r for r in records if r.place is not None), key=lambda r: r.place.start if r.place is not None else 0):
        place = held.place
        assert place is not None
        ident = f"{prefix}t{len(made)}"
        inside = sorted({n for mark in cells.within(place) for n in mark.findings})
        if isinstance(held, Project):
            body = _form(form_of(held, LAYOUT_OF.get(held.layout, "cn"), checked.dossier.year), held, cells)
            name = held.name.text or held.unit.text or "未写名称"
            money = held.money.executed.text or ""
            made.append(Sheet(ident, place.start, name, body, spot(place), money, held.total_score.text or "", tuple(inside)))
        elif isinstance(held, Statement):
            made.append(Sheet(ident, place.start, held.title, _statement(held, cells), spot(place), findings=tuple(inside), kind="报表"))
        else:
            body = _scheme(held, cells)
            made.append(Sheet(ident, place.start, "部门整体支出绩效评分", body, spot(place), "", held.total.text or "", tuple(inside)))
    return made


class _Cells:
    """The marks of the text by place, and cells that show them again."""

    def __init__(self, found: Sequence[Mark], prefix: str) -> None:
        self.found = found
        self.prefix = prefix
        self.starts = [mark.start for mark in found]
        self.ends = [mark.end for mark in found]

    def within(self, place: Place) -> Sequence[Mark]:
        return self.found[bisect_left(self.starts, place.start) : bisect_left(self.starts, place.end)]

    def link(self, entry: Entry, text: str) -> str:
        """The field's text; as a mark where it is a figure or belongs to a finding."""
        shown = "<br>".join(escape(plain(line)) for line in text.split("\n"))
        if entry.restored or entry.doubt:
            shown = f'<span class=put title="{escape(plain(entry.doubt or "这个值在原文字中另处出现，按次序归到这里"))}">{shown}</span>'
        at = self._mark(entry.place)
        if at < 0 or not text.strip():
            return shown
        mark = self.found[at]
        numbers = f' data-n="{",".join(str(n + 1) for n in mark.findings)}"' if mark.findings else ""
        kind = ("f " if mark.is_figure else "t ") + CLASS[mark.state]
        return f'<a class="{kind}" href="#{self.prefix}m{at}" data-m={at}{numbers}>{shown}</a>'

    def _mark(self, place: Place | None) -> int:
        """The mark of the field: the worst that lies in its place, if any is more than a date or a code."""
        if place is None:
            return -1
        first, last = bisect_right(self.ends, place.start), bisect_left(self.starts, max(place.end, place.start + 1))
        known = [at for at in range(first, last) if self.found[at].findings or self.found[at].is_figure]
        return min(known, key=lambda at: (not self.found[at].findings, not self.found[at].is_figure, at), default=-1)


def _entry(project: Project, key: str) -> Entry:
    """The field that a box shows: ``goal``, ``funding/0/executed``, ``indicator/3/score``."""
    found: object
    match key.split("/"):
        case ["funding", number, name] if int(number) < len(project.funding):
            found = getattr(project.funding[int(number)], name, None)
        case ["indicator", number, name] if int(number) < len(project.indicators):
            found = getattr(project.indicators[int(number)], name, None)
        case [name]:
            found = getattr(project, name, None)
        case _:
            found = None
    return found if isinstance(found, Entry) else Entry()


def _form(form: Form, project: Project, cells: _Cells) -> str:
    whole = sum(form.widths)
    rows = [f"<p class=title>{escape(plain(form.title))}</p><table class=sheet><colgroup>"]
    rows += [f'<col style="width:{100 * width / whole:.1f}%">' for width in form.widths]
    for row in range(form.height):
        rows.append("<tr>" + "".join(_box(box, project, cells) for box in form.row(row)))
    return "".join(rows) + "</table>"


def _box(box: Box, project: Project, cells: _Cells) -> str:
    spans = (f" rowspan={box.rows}" if box.rows > 1 else "") + (f" colspan={box.columns}" if box.columns > 1 else "")
    if box.kind in ("label", "head") and not box.key:
        return f"<th{spans}>" + "<br>".join(escape(plain(line)) for line in box.text.split("\n"))
    return f"<td{' class=prose' if box.kind == 'prose' else ''}{spans}>{cells.link(_entry(project, box.key), box.text)}"


def _statement(statement: Statement, cells: _Cells) -> str:
    """The rows with the columns that hold anything; those of the left side first, as the record has them."""
    columns = range(len(statement.columns))
    shown = [at for at in columns if any(row.cells[at].text for row in statement.rows)] if len(statement.columns) > WIDE else list(columns)
    numbered, coded = (any(getattr(row, name) for row in statement.rows) for name in ("number", "code"))
    heads = [*(["编码"] if coded else []), "项目", *(["行次"] if numbered else []), *(statement.columns[at] for at in shown)]
    head = f"<p class=title>{escape(plain(statement.title))}</p><p class=unit>{escape(plain(' '.join((statement.number, '单位：' + statement.unit)).strip()))}</p>"
    rows = [f"<table class='sheet figures'><tr>{''.join(f'<th>{escape(plain(words))}' for words in heads)}"]
    for row in statement.rows:
        labels = [*([row.code] if coded else []), row.name, *([row.number] if numbered else [])]
        named = "".join(f"<td class=prose>{escape(plain(words))}" for words in labels)
        rows.append(f"<tr>{named}{''.join(f'<td>{cells.link(row.cells[at], row.cells[at].text or str())}' for at in shown)}")
    left = len(statement.columns) - len(shown)
    notes = [*statement.notes, *([f"另有 {left} 栏全为空白，没有列出"] if left and statement.rows else []), *([statement.doubt] if statement.doubt else [])]
    return head + (("".join(rows) + "</table>") if statement.rows else "<p>空表</p>") + "".join(f"<p class=unit>{escape(plain(words))}</p>" for words in notes)


def _scheme(evaluation: Evaluation, cells: _Cells) -> str:
    depth = max((len(item.path) for item in evaluation.items), default=1)
    fields = [(name, label) for name, label in (("weight", "分值"), ("score", "得分"), ("deduction", "扣分"), ("reason", "原因"))
              if any(getattr(item, name).text for item in evaluation.items)]  # fmt: skip
    heads = [f"{word}级指标" for word in "一二三四五"[:depth]] + [label for _, label in fields]
    rows = ["<table class=sheet><tr>" + "".join(f"<th>{head}" for head in heads)]
    paths = [(*item.path, *[""] * (depth - len(item.path))) for item in evaluation.items]
    # A level's name stands once beside all its items, as it is printed.
    spans = {(first, level): length for level in range(depth) for first, length in runs_of([" › ".join(path[: level + 1]) for path in paths])}
    for at, (item, path) in enumerate(zip(evaluation.items, paths, strict=True)):
        names = "".join(f"<td class=prose rowspan={spans[at, level]}>{escape(plain(path[level]))}" for level in range(depth) if (at, level) in spans)
        values = "".join(f"<td>{cells.link(getattr(item, name), getattr(item, name).text or '')}" for name, _ in fields)
        rows.append(f"<tr>{names}{values}")
    if evaluation.total.text:
        rows.append(f"<tr><th colspan={depth}>合计<td colspan={max(len(fields), 1)}>{cells.link(evaluation.total, evaluation.total.text)}")
    return "".join(rows) + "</table>"
