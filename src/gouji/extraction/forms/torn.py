"""Forms torn to fragments (碎裂表): one word, number or sign a line, blank cells not printed, some cells drawn after the rest.

The fragments are read in the order of the labels that a form prints: head, money, indicators, total, and what was drawn late. What stands
where it belongs is read at once; the rest is handed to :mod:`restore`, which puts back what fits in one way only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gouji.extraction.forms.aligned import align, kind_of
from gouji.extraction.forms.cells import Cell, joined
from gouji.extraction.forms.draft import Draft, FundingDraft, Late
from gouji.extraction.forms.fragments import LABELLED, Words, complete, rows_of, spelled, with_levels, without_guesses
from gouji.extraction.forms.labels import COLUMNS, LABELS, LONGEST, MONEY, TITLE
from gouji.extraction.forms.restore import restore

#: Labels that count wherever they stand; words that prose uses as well count only inside heads.
_FIELDS = ("name", "code", "authority", "unit", "goal", "result", "process", "conclusion", "problems", "measures", "manager", "finance")
_TITLE_PIECE = re.compile(r"[()\d]+|年度?|20\d\d年度?|\(20\d\d年度?\)")
_BRACKETED = re.compile(r"\([^()]{1,12}\)")
_MONEY_HEAD = Words((word for words in MONEY.values() for word in words), LONGEST)
_COLUMN_HEAD = Words((word for words in COLUMNS.values() for word in words), LONGEST)
_LEAD = re.compile(r"\d{1,2}[.、]$")


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
        if (found := spelled(fragments, stop, LABELLED)) is not None and _kind(found[0]) in ("field.name", "field.authority"):
            kept += fragments[at:stop]
        at = stop
    return kept


# -- labels ---------------------------------------------------------------------------------------------------------


def _bracket(fragments: list[Cell], at: int) -> int:
    """Where a short bracket behind a label ends: (10分), (万元), (盖章)."""
    text = ""
    for stop in range(at, min(at + 5, len(fragments))):
        text += fragments[stop].text
        if text[0] != "(" or len(text) > 10:
            return at
        if _BRACKETED.fullmatch(text):
            return stop + 1
    return at


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
        if found is not None and not kind and marks and marks[-1].kind == "field.goal" and marks[-1].stop == at and "column.actual" in LABELS[found[0]]:
            kind = "field.result"  # 预期目标 | 实际完成情况
        if found is None or not kind:
            at += 1
            continue
        stop = _bracket(fragments, found[1]) if found[1] < count else found[1]
        marks.append(Mark(kind, at, stop, found[0]))
        at = stop
    return marks


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


_FIRST = frozenset(word[0] for word in LABELS if _kind(word) or "column.actual" in LABELS[word])


def _starts(fragments: list[Cell], marks: list[Mark]) -> list[int]:
    """Where forms begin: at 项目名称, or, where that label is missing, at the name before 主管部门; with the title before it."""
    starts: list[int] = []
    named = False
    last = -1
    for mark in marks:
        if mark.kind == "field.name":
            starts.append(mark.start)
            named, last = True, mark.stop
        elif mark.kind == "field.authority":
            if not named:
                at = mark.start
                while at - 1 > last and mark.start - at < 12 and not fragments[at].first and kind_of(fragments[at - 1].text) in ("text", "punct", "number"):
                    at -= 1
                if fragments[at].first or not starts:
                    starts.append(at)
            named, last = False, mark.stop
    return [_with_title(fragments, start, starts[number - 1] if number else -1) for number, start in enumerate(starts)]


def _with_title(fragments: list[Cell], start: int, limit: int) -> int:
    at = start
    while at - 1 > limit and start - at < 8 and (_TITLE_PIECE.fullmatch(fragments[at - 1].text) or _is_title(fragments[at - 1].text)):
        at -= 1
        if _is_title(fragments[at].text):
            break
    return at


def _is_title(text: str) -> bool:
    return "绩效" in text and TITLE.search(text.split("(")[0]) is not None


# -- one form -------------------------------------------------------------------------------------------------------


def _head_run(fragments: list[Cell], at: int, words: Words) -> tuple[int, list[str]]:
    """The labels side by side from ``at`` on, and where the run ends."""
    labels: list[str] = []
    while at < len(fragments) and (found := spelled(fragments, at, words)) is not None:
        labels.append(found[0])
        at = _bracket(fragments, found[1]) if found[1] < len(fragments) else found[1]
    return at, labels


def _find_heads(torn: Torn) -> None:
    """The head of the money block (three or more of its columns side by side) and of the indicators (from 一级指标 on)."""
    fragments = torn.fragments
    at = 0
    while at < len(fragments):
        first = fragments[at].text[:1]
        if first in _HEAD_FIRST:
            if torn.columns is None and (found := _columns_at(fragments, at)) is not None:
                torn.columns = found
                at = found[1]
                continue
            if torn.money is None and torn.columns is None:
                stop, labels = _head_run(fragments, at, _MONEY_HEAD)
                if len(labels) > 2 and any(kind.startswith("block.") for kind in LABELS[labels[0]]):
                    labels = labels[1:]  # the caption of the block
                keys = [next(kind[6:] for kind in LABELS[word] if kind.startswith("money.")) for word in labels]
                if len({"budget_initial", "budget_adjusted", "executed", "rate"} & set(keys)) >= 2 and len(keys) >= 3 and len(set(keys)) == len(keys):
                    torn.money = (at, stop, keys)
                    at = stop
                    continue
        at += 1


_HEAD_FIRST = frozenset(word[0] for word in _MONEY_HEAD.words | _COLUMN_HEAD.words)


def _columns_at(fragments: list[Cell], at: int) -> tuple[int, int, list[str]] | None:
    stop, labels = _head_run(fragments, at, _COLUMN_HEAD)
    keys: list[str] = []
    for word in labels:
        key = next(kind[7:] for kind in LABELS[word] if kind.startswith("column."))
        if key not in keys:
            keys.append(key)
    if len(keys) >= 4 and {"level1", "level2", "name"} & set(keys) and {"target", "actual"} & set(keys):
        return at, stop, keys
    return None


def _read(torn: Torn) -> Draft:
    """One form of fragments as a draft."""
    _find_heads(torn)
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
    if torn.money is not None:
        _read_money(torn, draft)
    head_end = torn.money[0] if torn.money is not None else torn.columns[0] if torn.columns is not None else late_from
    _read_head(torn, draft, 0, head_end, late)
    if torn.money is not None and torn.columns is not None and (between := _money_end(torn)) < torn.columns[0]:
        _read_head(torn, draft, between, torn.columns[0], late)
    _read_tail(torn, draft, late_from, late)
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
            _set(draft, "name", [cell for cell in fragments[: authority.start] if not _is_title(cell.text)])
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
        if key == "result" and "goal" in late.missing and number and marks[number - 1].kind == "field.goal":
            late.both = value  # the labels side by side, then both texts
            continue
        _set(draft, key, value)


def _set(draft: Draft, key: str, value: list[Cell], *, restored: bool = False, doubt: str | None = None) -> None:
    cells = [cell for cell in value if cell.text]
    if not cells:
        return
    whole = joined(cells)
    draft.fields[key] = whole.doubted(doubt, restored) if restored or doubt else whole


def _read_money(torn: Torn, draft: Draft) -> None:
    """The rows of the money block: a part's name and its figures, a text behind them is the reason."""
    assert torn.money is not None
    fragments = torn.fragments
    _, start, keys = torn.money
    stop = _money_end(torn)
    columns = [key for key in keys if key != "reason"] + ["reason"]
    parts = [mark for mark in torn.marks if start <= mark.start < stop and mark.kind in ("part", "total")]
    for number, mark in enumerate(parts):
        end = parts[number + 1].start if number + 1 < len(parts) else stop
        cells = fragments[mark.stop : end]
        if cells and cells[-1].text == "其中":
            cells = cells[:-1]
        while cells and kind_of(cells[-1].text) == "punct":
            cells = cells[:-1]
        if cells and cells[-1].text == "其中":
            cells = cells[:-1]
        part = "" if any(kind == "part.total" for kind in LABELS[mark.text]) else mark.text
        laid = {key: joined(pieces) for key, pieces in (align(cells, columns, torn=True, many=False) or [{}])[0].items()} if cells else {}
        figures = any(kind_of(cell.text) in ("number", "percent") for cell in laid.values())
        for key in columns:
            if key not in laid and (not figures or key == "reason"):
                laid[key] = _blank(fragments[mark.stop - 1])
        draft.funding.append(FundingDraft(part, without_guesses(laid, columns)))


def _money_end(torn: Torn) -> int:
    """Where the money block ends: at the goals or at the indicators."""
    assert torn.money is not None
    ends = [mark.start for mark in torn.marks if mark.start >= torn.money[1] and mark.kind in ("block.indicators", "block.goals", "field.goal")]
    ends += [torn.columns[0] if torn.columns is not None else len(torn.fragments)]
    return min(ends)


def _blank(cell: Cell) -> Cell:
    """A blank cell of the form behind another cell."""
    return Cell("", (), cell.end, cell.line)


def _read_indicators(torn: Torn, draft: Draft, stop: int, late: Late) -> None:
    assert torn.columns is not None
    cells = with_levels(torn.fragments[torn.columns[1] : stop])
    draft.indicators = rows_of(cells, draft.columns) if complete(cells, draft.columns) else []
    if not draft.indicators:
        late.displaced = cells



def _read_total(torn: Torn, draft: Draft, mark: Mark) -> int:
    """合计 with its figures; gives where the rest begins."""
    at = mark.stop
    numbers: list[Cell] = []
    while at < len(torn.fragments) and kind_of(torn.fragments[at].text) in ("number", "slash"):
        numbers.append(torn.fragments[at])
        at += 1
    if len(numbers) >= 2:
        draft.total = {"weight": numbers[0], "score": numbers[1]}
    elif numbers:
        draft.total = {"score": numbers[0]}
    return at


def _read_tail(torn: Torn, draft: Draft, start: int, late: Late) -> None:
    """What stands behind the total: labels of conclusions with or without their texts, and the cells that were drawn late."""
    fragments = torn.fragments
    marks = [mark for mark in torn.marks if mark.start >= start and mark.kind.startswith("field.")]
    open_ = ("field.goal", "field.process") if "process" in late.missing or "process" in draft.fields else ("field.goal",)
    marks = [mark for mark in marks if mark.kind not in open_ and (mark.kind[6:] not in draft.fields or mark.kind == "field.unit")]
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
