"""Forms torn to fragments (碎裂表): one word, number or sign a line, blank cells not printed, some cells drawn after the rest.

The fragments are read in the order of the labels that a form prints: head, money, indicators, total, and what was drawn late. What stands
where it belongs is read at once; the rest is handed to :mod:`restore`, which puts back what fits in one way only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from gouji.extraction.forms.aligned import kind_of
from gouji.extraction.forms.cells import Cell, joined
from gouji.extraction.forms.draft import Draft, Late
from gouji.extraction.forms.fragments import LABELLED, NEIGHBOURS, Words, bracket_end, complete, rows_of, spelled, whole_words
from gouji.extraction.forms.labels import LABELS, LONGEST, SCALE, TITLE
from gouji.extraction.forms.restore import restore
from gouji.extraction.forms.torn_heads import find_heads, without_heads
from gouji.extraction.forms.torn_money import read_amounts_beside, read_funding, read_parts_beside
from gouji.model.regex import regex

#: Labels that count wherever they stand; words that prose uses as well count only inside heads.
_FIELDS = ("name", "code", "authority", "unit", "goal", "result", "process", "conclusion", "problems", "measures", "manager", "finance")
_TITLE_PIECE = regex(r"[()\d]+|年度?|20\d\d年度?|\(20\d\d年度?\)")
_ANNEX = regex(r"附件\d{0,3}:?")
_LEAD = regex(r"\d{1,2}[.、]$")


@dataclass(slots=True)
class Mark:
    """A label among the fragments: what it is, and which fragments spell it (with the bracket behind)."""

    kind: str
    start: int
    stop: int
    text: str


@dataclass(slots=True)
class Torn:
    """One form among the fragments: its marks in order, and the heads of money and indicators."""

    fragments: list[Cell]
    marks: list[Mark] = field(default_factory=list)
    money: tuple[int, int, list[str]] | None = None  # start, stop, columns
    columns: tuple[int, int, list[str]] | None = None


def read_torn(fragments: list[Cell]) -> list[Draft]:
    """The forms among the fragments, in order."""
    fragments = _without_late_titles(fragments)
    marks = marks_of(fragments)
    drafts: list[Draft] = []
    starts = _starts(fragments, marks)
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(fragments)
        inside = [Mark(mark.kind, mark.start - start, mark.stop - start, mark.text) for mark in marks if start <= mark.start < stop]
        drafts.append(_read(Torn(fragments[start:stop], inside)))
    return drafts


def _without_late_titles(fragments: list[Cell]) -> list[Cell]:
    """The fragments without titles that were drawn in the middle of a form: behind them comes no first label."""
    kept: list[Cell] = []
    at = 0
    while at < len(fragments):
        if not _is_title(fragments[at].text):
            kept.append(fragments[at])
            at += 1
            continue
        stop = at + 1
        while stop < len(fragments) and _TITLE_PIECE.fullmatch(fragments[stop].text):
            stop += 1
        if (found := spelled(fragments, stop, LABELLED)) is not None and (_kind(found[0]) in ("field.name", "field.authority") or _is_department(found[0])):
            kept += fragments[at:stop]
        at = stop
    return kept


# -- labels ---------------------------------------------------------------------------------------------------------


def marks_of(fragments: list[Cell]) -> list[Mark]:
    """The labels of fields, blocks and totals among the fragments."""
    marks: list[Mark] = []
    at = 0
    count = len(fragments)
    while at < count:
        first = fragments[at].text[0]
        found = spelled(fragments, at, LABELLED) if first in _FIRST else None
        if found is None and first in "0123456789" and _LEAD.match(fragments[at].text) and at + 1 < count and fragments[at + 1].text[0] in _FIRST:
            found = spelled(fragments, at + 1, LABELLED)  # 1.项目年度目标
            if found is not None and not _kind(found[0]):
                found = None
        if found is not None and found[1] > at + 1 and _kind(fragments[found[1] - 1].text) and found[1] == at + 2:
            found = None  # 项目|主管部门: the end of a value before a label that is whole by itself
        kind = _kind(found[0]) if found is not None else ""
        if found is not None and not kind and _is_department(found[0]) and _behind_title(fragments, at):
            kind = "field.department"
        if found is not None and marks:
            kind = _beside(fragments, marks[-1], at, found, kind)
        if found is None or not kind:
            at += 1
            continue
        stop = bracket_end(fragments, found[1]) if found[1] < count else found[1]
        marks.append(Mark(kind, at, stop, found[0]))
        at = stop
    return marks


def _beside(fragments: list[Cell], last: Mark, at: int, found: tuple[str, int], kind: str) -> str:
    """What a word is a label of where another label stands before it; else its own ``kind``."""
    word, stop = found
    kinds = LABELS[word]
    behind = fragments[stop].text if stop < len(fragments) else ""
    if last.kind == "field.goal" and last.stop == at and {"column.actual", "block.goals"} & set(kinds):
        return "field.result"  # 预期目标 | 实际完成情况
    if not kind and last.kind == "field.goal" and "column.actual" in kinds and fragments[at - 1].text[-1] in "。;" and behind[:1] not in _GOES_ON:
        return "field.result"  # 预期目标 | text | 实际完成情况 | text
    if last.kind in _HEAD_FIELDS and not kind and "column.score" in kinds and kind_of(behind) == "number":
        return "field.points"  # 自评得分 | 95 in the head
    if last.kind in (*_HEAD_FIELDS, "field.points") and "field.grade" in kinds and behind in SCALE:
        return "field.grade"
    return kind


SERIAL = "序号"
_OTHERS = Words((word for word, kinds in LABELS.items() if "field.other" in kinds), LONGEST)
#: What goes on behind a word that is no label: 根据实际完成情况，…
_GOES_ON = tuple(",.、。;:)的")
_HEAD_FIELDS = ("field.name", "field.authority", "field.unit", "field.department")


def _is_department(word: str) -> bool:
    """Whether a word is the first label of an overall form (部门名称)."""
    return "field.department" in LABELS[word]


@lru_cache(maxsize=4096)
def _kind(word: str) -> str:
    """The kind that a word has as a mark, "" where it is no mark outside a head."""
    kinds = LABELS.get(word, ())
    for kind in kinds:
        if kind.startswith("field.") and kind[6:] in _FIELDS:
            return kind
    for kind in kinds:
        if kind.startswith("block."):
            return kind
    return "total" if "total.total" in kinds else "part" if any(kind.startswith("part.") for kind in kinds) else ""


_FIRST = frozenset(word[0] for word, kinds in LABELS.items() if _kind(word) or {"column.actual", "column.score", "field.grade", "field.department"} & set(kinds))


def _starts(fragments: list[Cell], marks: list[Mark]) -> list[int]:
    """Where forms begin: at 项目名称, or, where that label is missing, at the name before 主管部门; with the title before it."""
    starts: list[int] = []
    named = False
    last = -1
    for mark in marks:
        if mark.kind == "field.name" and (beside := spelled(fragments, mark.stop, LABELLED)) is not None and any(kind.startswith("money.") for kind in LABELS[beside[0]]):
            continue  # the head of a list of projects
        if mark.kind in ("field.name", "field.department"):
            starts.append(mark.start)
            named, last = True, mark.stop
        elif mark.kind == "field.authority":
            if not named:
                at = mark.start
                while at - 1 > last and mark.start - at < 12 and not fragments[at].first and not _is_title(fragments[at].text) and kind_of(fragments[at - 1].text) in ("text", "punct", "number"):
                    at -= 1
                if fragments[at].first or not starts or _is_title(fragments[at].text):
                    starts.append(at)
            named, last = False, mark.stop
    return [_with_title(fragments, start, starts[number - 1] if number else -1) for number, start in enumerate(starts)]


def _with_title(fragments: list[Cell], start: int, limit: int) -> int:
    at = start
    while at - 1 > limit and start - at < 8 and (_TITLE_PIECE.fullmatch(fragments[at - 1].text) or _is_title(fragments[at - 1].text)):
        at -= 1
        if _is_title(fragments[at].text):
            break
    for wide in (1, 2):  # 附件2 | 附件 | 2
        if at - wide > limit and _ANNEX.fullmatch("".join(cell.text for cell in fragments[at - wide : at])):
            return at - wide
    return at


def _behind_title(fragments: list[Cell], at: int) -> bool:
    """Whether nothing but the year stands between a form's title and this fragment."""
    while at and _TITLE_PIECE.fullmatch(fragments[at - 1].text):
        at -= 1
    return at > 0 and _is_title(fragments[at - 1].text)


def _is_title(text: str) -> bool:
    return "绩效" in text and TITLE.search(text.split("(")[0]) is not None


# -- one form -------------------------------------------------------------------------------------------------------


def _read(torn: Torn) -> Draft:
    """One form of fragments as a draft."""
    captions = [(mark.start, mark.stop) for mark in torn.marks if mark.kind.startswith("block.")]
    torn.money, torn.columns = find_heads(torn.fragments, captions)
    if torn.columns is not None:
        torn.marks = [mark for mark in torn.marks if not torn.columns[0] < mark.start < torn.columns[1]]  # labels of columns are no fields
    draft = Draft()
    for cell in (torn.fragments[0], torn.fragments[-1]):
        draft.cover(cell)
    fragments = torn.fragments
    late = Late()
    late_from = len(fragments)
    total = None
    if torn.columns is not None:
        draft.columns = torn.columns[2]
        total = next((mark for mark in torn.marks if mark.kind == "total" and mark.start >= torn.columns[1]), None)
        late_from = total.start if total is not None else _last_label(torn)
        _read_indicators(torn, draft, late_from, late)
    if total is not None:
        late_from = _read_total(torn, draft, total)
    _read_money(torn, draft)
    before = torn.columns[0] - (torn.fragments[torn.columns[0] - 1].text == SERIAL) if torn.columns is not None else late_from
    head_end = torn.money[0] if torn.money is not None else before
    _read_head(torn, draft, 0, head_end, late)
    if torn.money is not None and torn.columns is not None and (between := _money_end(torn)) < torn.columns[0]:
        _read_head(torn, draft, between, before, late)
    _read_tail(torn, draft, late_from, late)
    if any(mark.kind == "block.tasks" for mark in torn.marks):
        draft.doubts.append("年度主要任务的名称与内容相连，未能分开")
    restore(draft, late)
    return draft


def _last_label(torn: Torn) -> int:
    """Where the indicators end in a form without a total: at the first label of the conclusions."""
    for mark in torn.marks:
        if mark.start >= (torn.columns or (0, 0))[1] and mark.kind in ("field.conclusion", "field.problems", "field.measures", "field.manager"):
            return mark.start
    return len(torn.fragments)


def _read_head(torn: Torn, draft: Draft, start: int, stop: int, late: Late) -> None:
    """Fields before and behind the money block: each label's value is what stands between it and the next label."""
    fragments = torn.fragments
    marks = [mark for mark in torn.marks if start <= mark.start < stop]
    if not start and not any(mark.kind == "field.name" for mark in marks):
        authority = next((mark for mark in marks if mark.kind == "field.authority"), None)
        if authority is not None and authority.start > 0:
            _set(draft, "name", [cell for cell in _behind_year(fragments[: authority.start]) if not _is_title(cell.text)])
            draft.title = next((cell for cell in fragments[: authority.start] if _is_title(cell.text)), None)
    has_unit = any(mark.kind == "field.unit" for mark in marks)
    for number, mark in enumerate(marks):
        end = marks[number + 1].start if number + 1 < len(marks) else stop
        key = mark.kind[6:] if mark.kind.startswith("field.") else ""
        value = [cell for cell in fragments[mark.stop : end] if not (_LEAD.match(cell.text) and cell is fragments[end - 1])]
        if mark.kind.startswith("block.money") and (unit := re.search(r"\((万元|元|亿元|千元)\)", "".join(c.text for c in fragments[mark.start : mark.stop]))):
            draft.money_unit = draft.money_unit or unit.group(1)
        if not key:
            continue
        if key == "authority" and not has_unit and len(value) >= 2:
            half = len(value) // 2
            if [c.text for c in value[:half]] == [c.text for c in value[half:]] or len(value) == 2:
                _set(draft, "unit", value[half:], restored=True)
                value = value[:half]
        if key in ("goal", "result", "process") and not value:
            if key not in late.missing:
                late.missing.append(key)
            continue
        if key in draft.fields and draft.fields[key].text:
            continue
        if key == "result" and "goal" in late.missing and number and marks[number - 1].kind == "field.goal" and marks[number - 1].stop == mark.start:
            late.both = value  # the labels side by side, then both texts
            continue
        _set(draft, key, value)


def _behind_year(cells: list[Cell]) -> list[Cell]:
    """What stands behind a form's title without its year in brackets."""
    at = next((at for at, cell in enumerate(cells) if _is_title(cell.text)), -1) + 1
    stop = at
    while stop < len(cells) and _TITLE_PIECE.fullmatch(cells[stop].text):
        stop += 1
    return cells[stop:] if at else cells


def _set(draft: Draft, key: str, value: list[Cell], *, restored: bool = False, doubt: str | None = None) -> None:
    cells = [cell for cell in value if cell.text]
    if not cells:
        return
    whole = joined(cells)
    draft.fields[key] = whole.doubted(doubt, restored) if restored or doubt else whole


def _read_money(torn: Torn, draft: Draft) -> None:
    """The money: rows under their head, or, in the older form, amounts beside their labels."""
    if torn.money is not None:
        stop = _money_end(torn)
        parts = [(mark.start, mark.stop, mark.text) for mark in torn.marks if torn.money[1] <= mark.start < stop and mark.kind in ("part", "total")]
        read_funding(draft, torn.fragments, stop, torn.money[2], parts)
        return
    block = next((mark for mark in torn.marks if mark.kind == "block.money"), None)
    beside = [mark for mark in torn.marks if mark.kind in ("part", "total") and (torn.columns is None or mark.start < torn.columns[0])]
    if len(beside) > 1 and any("part.total" in LABELS[mark.text] for mark in beside) and all(one.stop == other.start for one, other in pairwise(beside)):
        read_parts_beside(draft, torn.fragments[beside[-1].stop :], [mark.text for mark in beside])
    elif torn.columns is not None and (start := block.stop if block is not None else beside[0].start if beside else None) is not None:
        goal = next((mark.start for mark in torn.marks if mark.start >= start and mark.kind in ("block.goals", "field.goal", "field.result")), torn.columns[0])
        read_amounts_beside(draft, torn.fragments[start:goal])


def _money_end(torn: Torn) -> int:
    """Where the money block ends: at the goals or at the indicators."""
    assert torn.money is not None
    ends = [mark.start for mark in torn.marks if mark.start >= torn.money[1] and mark.kind in ("block.indicators", "block.goals", "field.goal")]
    ends += [torn.columns[0] if torn.columns is not None else len(torn.fragments)]
    return min(ends)


def _read_indicators(torn: Torn, draft: Draft, stop: int, late: Late) -> None:
    assert torn.columns is not None
    begin = torn.columns[1]
    captions = [(mark.start - begin, mark.stop - begin) for mark in torn.marks if begin <= mark.start < stop and mark.kind == "block.indicators"]
    head = torn.columns[0]
    numbered = head > 0 and torn.fragments[head - 1].text == SERIAL
    cells = whole_words(without_heads(torn.fragments[begin:stop], captions, draft.columns, numbered))
    draft.indicators = rows_of(cells, draft.columns) if complete(cells, draft.columns) else []
    draft.indicators = [row for row in draft.indicators if {"name", "actual", "weight", "score"} & set(row)]
    if not draft.indicators:
        late.displaced = cells
    elif set(draft.columns) >= NEIGHBOURS and not any("explanation" in row for row in draft.indicators):
        draft.doubts.append("指标名称与指标说明两栏文字相连，未能分开")


def _read_total(torn: Torn, draft: Draft, mark: Mark) -> int:
    """合计 with its figures; gives where the rest begins."""
    at = mark.stop
    numbers: list[Cell] = []
    while at < len(torn.fragments) and kind_of(torn.fragments[at].text) in ("number", "slash"):
        numbers.append(torn.fragments[at])
        at += 1
    if len(numbers) >= 2:
        order = [key for key in draft.columns if key in ("weight", "score")]
        draft.total = dict(zip(order if len(order) == 2 else ("weight", "score"), numbers, strict=False))
    elif numbers:
        draft.total = {"score": numbers[0]}
    return at


def _read_tail(torn: Torn, draft: Draft, start: int, late: Late) -> None:
    """What stands behind the total: labels of conclusions with or without their texts, and the cells that were drawn late."""
    fragments = torn.fragments
    marks = [mark for mark in torn.marks if mark.start >= start and mark.kind.startswith("field.")]
    open_ = ("field.goal", "field.process") if "process" in late.missing or "process" in draft.fields else ("field.goal",)
    marks = [mark for mark in marks if mark.kind not in open_ and (mark.kind[6:] not in draft.fields or mark.kind == "field.unit")]
    for at in range(start, len(fragments)):
        if spelled(fragments, at, _OTHERS) is None:
            continue
        found = spelled(fragments, at, LABELLED)
        if found is not None and "field.other" in LABELS[found[0]]:
            fragments = fragments[:at]  # who filled the form and when: behind it no cell of the form is looked for
            marks = [mark for mark in marks if mark.start < at]
            break
    if not marks:
        late.rest += fragments[start:]
        return
    late.rest += fragments[start : marks[0].start]
    closing = ("conclusion", "problems", "measures")
    for number, mark in enumerate(marks):
        end = marks[number + 1].start if number + 1 < len(marks) else len(fragments)
        key = mark.kind[6:]
        value = fragments[mark.stop : end]
        while value and value[0].text == ":":
            value = value[1:]
        last = number + 1 == len(marks)
        if key == "finance":
            if value and len(value[0].text) <= 4:
                _set(draft, key, value[:1])
                value = value[1:]
            late.rest += value
        elif key == "result":
            late.results, late.labelled = value, True
        elif key in closing and not value:
            late.empty.append(key)
        elif key == "unit" or (last and key in closing and late.empty):
            late.rest += value
        else:
            _set(draft, key, value)
