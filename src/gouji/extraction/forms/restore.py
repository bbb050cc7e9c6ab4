"""What a torn form printed late put back in its place (错位归位): only where it fits in one way.

Pictures of forms give up their text in the order in which it was drawn: a column in another typeface, a whole block of rows, the texts of wide
cells come behind everything else. A figure goes back where the count of gaps is the count of figures and their order agrees with targets and
scores; a text where one field alone is empty. Whatever stays open stays empty, with a doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from gouji.extraction.forms.aligned import kind_of
from gouji.extraction.forms.cells import Cell, joined
from gouji.extraction.forms.draft import Draft
from gouji.extraction.forms.fragments import line_width, lines_of, rows_of, width, with_levels
from gouji.extraction.forms.labels import SCALE, is_level1, is_level2
from gouji.extraction.forms.values import parse

#: A column of reasons is narrow, columns of goals and conclusions are wide (in characters of a line).
_NARROW = 12.5
_REASON_WORDS = ("追加", "结余", "下年", "省下", "调整", "按进度支付", "合同约定", "预算", "付款", "因")
ORDER = "数值在原表中另行出现，按次序归位"
MOVED = "数值在原表中另行出现且次序错乱，按目标值与得分归位"
TEXT = "文字在原表中另行出现，按空缺栏目归位"
SPLIT = "两栏文字相连，分界处不能确定"


@dataclass(slots=True)
class Late:
    """What the orderly part of a torn form left over."""

    missing: list[str] = field(default_factory=list)  # labels of the head without a text: goal, process, result
    both: list[Cell] = field(default_factory=list)  # the texts of goal and result, one behind the other
    displaced: list[Cell] = field(default_factory=list)  # fragments under the head of the indicators that make no rows
    results: list[Cell] = field(default_factory=list)  # what stands behind the late label 年度目标完成情况
    labelled: bool = False  # that label was there
    empty: list[str] = field(default_factory=list)  # labels of conclusions without a text
    rest: list[Cell] = field(default_factory=list)  # everything behind the last label


def restore(draft: Draft, late: Late) -> None:
    """Puts back what can be put back for certain, and notes the rest."""
    rest = late.rest
    if not draft.indicators:
        rest = _late_rows(draft, rest)
        _displaced(draft, late.displaced)
    before, values, after = _values(draft, rest)
    if values:
        _fill(draft, values)
    _results(draft, late)
    if draft.indicators and not values and late.displaced == [] and rest is late.rest:
        before, after = [], rest
    after = _reasons(draft, after)
    _conclusions(draft, late, before, after)
    _goal(draft, late, before if values or rest is not late.rest else [])
    _blanks(draft)


# -- rows -----------------------------------------------------------------------------------------------------------


def _late_rows(draft: Draft, rest: list[Cell]) -> list[Cell]:
    """Rows of indicators drawn behind the form; gives what is left, the place of the rows marked by a blank cell."""
    cells = with_levels(rest)
    kinds = [kind_of(cell.text) for cell in cells]
    first = next((at for at, cell in enumerate(cells) if is_level1(cell.text) and cell.text.endswith("指标")), None)
    signs = [at for at, kind in enumerate(kinds) if kind in ("operator", "qualitative")]
    if first is None or not signs or "operator" not in draft.columns:
        return rest
    signs = [at for at in signs if at > first]
    names = sum(is_level1(cell.text) or is_level2(cell.text) for cell in cells[first : signs[-1]]) if signs else 0
    if not signs or names < 2 or signs[0] - first > 30:
        return rest
    stop = signs[-1] + 1
    for at in range(signs[-1] + 1, min(signs[-1] + 9, len(cells))):
        if kinds[at] in ("number", "percent", "scale", "value"):
            stop = at + 1
        elif len(cells[at].text) > 6 or cells[at].text in "，。,;、":
            break
    rows = rows_of(cells[first:stop], draft.columns)
    draft.indicators = [{key: cell.doubted(None, True) for key, cell in row.items()} for row in rows if "name" in row or "target" in row]
    return [*cells[:first], Cell("", (), cells[first].start, cells[first].line), *cells[stop:]]


def _displaced(draft: Draft, cells: list[Cell]) -> None:
    """Figures that were left under the head while the rows came late: results and scores, or scores alone, row by row."""
    numbers = [at for at, cell in enumerate(cells) if kind_of(cell.text) in ("number", "percent", "scale")]
    rows = draft.indicators
    if not rows:
        if cells:
            _columns(draft, cells)
        return
    without_score = [row for row in rows if "score" not in row]
    if numbers and len(numbers) == 2 * len(rows) and len(without_score) == len(rows) and not any("actual" in row for row in rows):
        for order, row in enumerate(rows):
            row["actual"] = cells[numbers[2 * order]].doubted(ORDER, True)
            row["score"] = cells[numbers[2 * order + 1]].doubted(ORDER, True)
            behind = numbers[2 * order + 2] if 2 * order + 2 < len(numbers) else len(cells)
            texts = cells[numbers[2 * order + 1] + 1 : behind]
            row["reason"] = joined(texts).doubted(None, True) if texts else Cell("", (), row["score"].end, row["score"].line)
        certain = _adds_up(draft)
        for row in rows:
            if certain and _agrees(row, row["actual"].text):
                row["actual"].doubt = row["score"].doubt = None
    elif numbers and len(numbers) == len(without_score):
        for row, at in zip(without_score, numbers, strict=True):
            row["score"] = cells[at].doubted(None, True)
    elif cells and not numbers:
        _one_reason(draft, [joined(cells)])


def _columns(draft: Draft, cells: list[Cell]) -> None:
    draft.doubts.append("绩效指标各列文字抽取次序错乱，未能逐行还原")


def _adds_up(draft: Draft) -> bool:
    """Whether the scores of the rows and of the execution make the printed total."""
    total = _value(draft.total.get("score"))
    execution = next((_value(row.cells.get("score")) for row in draft.funding if not row.part), None)
    scores = [_value(row.get("score")) for row in draft.indicators]
    if total is None or execution is None or any(score is None for score in scores):
        return False
    return sum((score for score in scores if score is not None), execution) == total


def _value(cell: Cell | None) -> Decimal | None:
    parsed = parse(cell.text) if cell is not None else None
    return parsed.value if parsed is not None else None


# -- results of indicators ------------------------------------------------------------------------------------------


def _values(draft: Draft, rest: list[Cell]) -> tuple[list[Cell], list[Cell], list[Cell]]:
    """The run of figures among the late texts that is as long as there are indicators without result: before, run, after."""
    for at, cell in enumerate(rest):
        if not cell.text:
            return rest[:at], [], rest[at + 1 :]
    holes = [row for row in draft.indicators if "actual" not in row]
    if not holes or "actual" not in draft.columns:
        return [], [], rest
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(rest):
        stop = at
        while stop < len(rest) and kind_of(rest[stop].text) in ("number", "percent", "scale"):
            stop += 1
        if stop > at:
            if stop - at == len(holes) and _stands_alone(rest, at, stop):
                found.append((at, stop))
            at = stop
        else:
            at += 1
    if len(found) != 1:
        return [], [], rest
    start, stop = found[0]
    return rest[:start], rest[start:stop], rest[stop:]


def _stands_alone(rest: list[Cell], start: int, stop: int) -> bool:
    """Whether a run of figures is no part of a sentence."""
    before = rest[start - 1].text if start else "。"
    after = rest[stop].text if stop < len(rest) else "。"
    if stop - start >= 3:
        return True
    return before[-1] in "。;" and len(after) >= 3 and kind_of(after) == "text" and all(cell.text != "无" for cell in rest[start:stop])


def _fill(draft: Draft, values: list[Cell]) -> None:
    """Figures into the gaps in their order, or with one of them moved where only that agrees with targets and scores."""
    holes = [row for row in draft.indicators if "actual" not in row]
    chosen, doubt = list(values), None
    least = _disagreement(holes, values)
    if least:
        options: dict[tuple[str, ...], tuple[int, list[Cell]]] = {}
        for source in range(len(values)):
            for goal in range(len(values)):
                moved = values[:source] + values[source + 1 :]
                moved.insert(goal, values[source])
                options[tuple(cell.text for cell in moved)] = (_disagreement(holes, moved), moved)
        best = min(cost for cost, _ in options.values())
        fitting = [moved for cost, moved in options.values() if cost == best]
        if best < least and len(fitting) == 1:
            chosen, doubt = fitting[0], MOVED
    for row, cell in zip(holes, chosen, strict=True):
        row["actual"] = cell.doubted(doubt if doubt or _agrees(row, cell.text) else ORDER, True)
        if doubt and _agrees(row, cell.text) and _disagreement(holes, chosen) == 0:
            row["actual"].doubt = None


def _disagreement(rows: list[dict[str, Cell]], values: list[Cell]) -> int:
    cost = 0
    for row, cell in zip(rows, values, strict=True):
        qualitative = row["operator"].text == "定性" if "operator" in row else False
        if qualitative != (cell.text in SCALE):
            cost += 3
        elif not _agrees(row, cell.text):
            cost += 1
    return cost


def _agrees(row: dict[str, Cell], actual: str) -> bool:
    """Whether a result agrees with the score: full points where the target is met, fewer where not."""
    weight, score = _value(row.get("weight")), _value(row.get("score"))
    target, sign = row.get("target"), row.get("operator")
    if weight is None or score is None or target is None:
        return True
    full = score >= weight
    if actual in SCALE or target.text in SCALE:
        return (actual == target.text) == full
    wanted, done = parse(target.text), parse(actual)
    if wanted is None or done is None:
        return actual == target.text
    operator = sign.text if sign is not None else wanted.sign
    met = {"≥": done.value >= wanted.value, "≤": done.value <= wanted.value, ">": done.value > wanted.value, "<": done.value < wanted.value}
    return met.get(operator, done.value == wanted.value) == full


# -- texts ----------------------------------------------------------------------------------------------------------


def _results(draft: Draft, late: Late) -> None:
    """The late 目标完成情况, in a wide column, and behind it the reason of the execution, in a narrow one."""
    if late.both:
        _split_both(draft, late.both)
    if not late.results:
        if late.labelled and "result" not in draft.fields:
            late.missing.append("result")
        return
    cut = _narrow_from(late.results)
    wide, narrow = late.results[:cut], late.results[cut:]
    total = next((row for row in draft.funding if not row.part), None)
    if (wide and narrow) or wide:
        _put(draft, "result", wide, None)
    if narrow and not wide:
        text = "".join(cell.text for cell in narrow)
        if not (any(word in text for word in _REASON_WORDS) and "goal" in draft.fields and draft.fields["goal"].text[:6] != text[:6]):
            if "result" not in draft.fields:
                _put(draft, "result", narrow, None)
            return
        if "result" not in draft.fields:
            late.missing.append("result")
    if narrow and total is not None and not (total.cells.get("reason") and total.cells["reason"].text):
        total.cells["reason"] = joined(narrow).doubted(None, True)


def _narrow_from(cells: list[Cell]) -> int:
    """Where the narrow column begins: every line from there on is short, and what stands before it has ended (full stop, short line)."""
    pieces = lines_of(cells)
    ends: list[int] = []
    at = 0
    for line in pieces:
        for offset, cell in enumerate(line):
            if cell.text[-1] in "。":
                ends.append(at + offset + 1)
        at += len(line)
        ends.append(at)
    widest = max(line_width(line) for line in pieces)
    if widest <= _NARROW:
        # All lines are short: a first line that is not full ends a cell of its own.
        full = max((line_width(line) for line in pieces[:-1]), default=0.0)
        if len(pieces) > 2 and line_width(pieces[0]) <= full - 1.5:
            return len(pieces[0])
        return 0
    for cut in sorted(set(ends)):
        behind = lines_of(cells[cut:])
        if not behind:
            break
        if all(line_width(line) <= _NARROW for line in behind) and (len(behind) > 1 or line_width(behind[0]) > 4) and _ended(cells, cut):
            return cut
    return len(cells)


def _ended(cells: list[Cell], cut: int) -> bool:
    """Whether a wide cell ends before ``cut``: at a full stop, or at a line that is much shorter than the widest."""
    if cells[cut - 1].text[-1] in "。":
        return True
    lines = lines_of(cells[:cut])
    return line_width(lines[-1]) <= 0.8 * max(line_width(line) for line in lines) or (len(lines) == 1 and line_width(lines[0]) < 20)


def _split_both(draft: Draft, cells: list[Cell]) -> None:
    """The texts of two cells behind each other: cut behind a line that is shorter than the full ones, or behind the full stop that ends it."""
    lines = lines_of(cells)
    full = max(line_width(line) for line in lines)
    at = 0
    cuts: list[int] = []
    for line in lines[:-1]:
        at += len(line)
        if line_width(line) <= 0.7 * full:
            cuts.append(at)
    stops = [at + 1 for at, cell in enumerate(cells[:-1]) if cell.text[-1] == "。"]
    cut = cuts[0] if len(cuts) == 1 else stops[0] if len(stops) == 1 else None
    if cut is None and len(lines) == 2:
        cut = len(lines[0])
    if cut is None and stops:
        cut = stops[len(stops) // 2]
    if cut is None:
        draft.doubts.append("年度目标与完成情况两栏文字相连，未能分开")
        return
    doubt = None if len(cuts) == 1 or (not cuts and len(stops) == 1) else SPLIT
    _put(draft, "goal", cells[:cut], doubt)
    _put(draft, "result", cells[cut:], doubt)


def _put(draft: Draft, key: str, cells: list[Cell], doubt: str | None) -> None:
    if cells:
        draft.fields[key] = joined(cells).doubted(doubt, True)


def _reasons(draft: Draft, after: list[Cell]) -> list[Cell]:
    """Reasons of single indicators drawn late, in a narrow column before the conclusion; gives the conclusion."""
    cut = 0
    lines = lines_of(after)
    at = 0
    for number, line in enumerate(lines[:-1]):
        if line_width(line) > _NARROW or any("自评" in cell.text for cell in line):
            break
        at += len(line)
        if number + 1 < len(lines) and line_width(lines[number + 1]) > 0:
            cut = at
    reasons = after[:cut]
    if not reasons or all(cell.text == "无" for cell in reasons) or len(after) - cut < 3:
        return after
    text = "".join(cell.text for cell in reasons)
    half = len(reasons) // 2
    if len(reasons) % 2 == 0 and text[: len(text) // 2] == text[len(text) // 2 :]:
        _one_reason(draft, [joined(reasons[:half]), joined(reasons[half:])])
    else:
        _one_reason(draft, [joined(reasons)])
    return after[cut:]


def _one_reason(draft: Draft, reasons: list[Cell]) -> None:
    """Reasons to the rows that lost points, where there are as many of them."""
    lost = [row for row in draft.indicators if (_value(row.get("score")) or 0) < (_value(row.get("weight")) or 0) and "reason" not in row]
    if len(lost) == len(reasons):
        for row, cell in zip(lost, reasons, strict=True):
            row["reason"] = cell.doubted(TEXT, True)
    else:
        for row in draft.indicators:
            row.setdefault("reason", _OPEN)


#: A field that something was printed for, nobody can tell what.
_OPEN = Cell("", (), -1, 0)


def _conclusions(draft: Draft, late: Late, before: list[Cell], after: list[Cell]) -> None:
    """评价结论, 存在问题, 改进措施 from the end of what came late: 无 and 无, or the two last sentences behind the self-evaluation's."""
    wanted = [key for key in ("conclusion", "problems", "measures") if key in late.empty]
    if not wanted or not after:
        return
    if wanted != ["conclusion", "problems", "measures"]:
        if len(wanted) == 1:
            _put(draft, wanted[0], after, None)
        return
    if len(after) >= 3 and after[-1].text in ("无", "无。") and after[-2].text in ("无", "无。"):
        _conclusion(draft, late, after[:-2], bool(before))
        _put(draft, "problems", after[-2:-1], None)
        _put(draft, "measures", after[-1:], None)
        return
    spoken = max((at for at, cell in enumerate(after) if "自评" in cell.text), default=-1)
    stop = next((at + 1 for at in range(max(spoken, 0), len(after)) if after[at].text[-1] == "。"), len(after))
    behind = _sentences(after[stop:])
    if spoken >= 0 and len(behind) == 2:
        _conclusion(draft, late, after[:stop], bool(before))
        _put(draft, "problems", behind[0], None)
        _put(draft, "measures", behind[1], None)


def _conclusion(draft: Draft, late: Late, cells: list[Cell], apart: bool) -> None:
    """The conclusion; what stands before its sentence on the self-evaluation may be the goal's result where that is still open."""
    spoken = next((at for at, cell in enumerate(cells) if "自评" in cell.text), None)
    if spoken and not apart and "result" in late.missing and "goal" not in late.missing and "process" not in late.missing and cells[spoken - 1].text == "。":
        _put(draft, "result", cells[:spoken], TEXT)
        late.missing.remove("result")
        cells = cells[spoken:]
    _put(draft, "conclusion", cells, None)


def _sentences(cells: list[Cell]) -> list[list[Cell]]:
    """Cells of a wide column: sentences to their full stop, or a line that ends short without one."""
    found: list[list[Cell]] = [[]]
    at = 0
    for line in lines_of(cells):
        at += len(line)
        for cell in line:
            found[-1].append(cell)
            if cell.text[-1] == "。":
                found.append([])
        if found[-1] and line_width(line) < 20 and at < len(cells) and width("".join(cell.text for cell in found[-1])) < 20:
            found.append([])
    return [part for part in found if part]


def _goal(draft: Draft, late: Late, before: list[Cell]) -> None:
    """A text before the late figures belongs to the one field of the head that is still empty; where more are, it stays open."""
    open_fields = [key for key in late.missing if key not in draft.fields]
    if not before or not open_fields:
        return
    if len(open_fields) == 1:
        if open_fields[0] != "process":
            _put(draft, open_fields[0], before, TEXT)
    else:
        for key in open_fields:
            if key != "process":
                draft.doubts.append(f"{ {'goal': '年度目标', 'result': '目标完成情况'}[key]}的文字在原表中另行出现，未能确定归属")


def _blanks(draft: Draft) -> None:
    """Cells that torn text does not print: blank where the whole row is there."""
    for row in draft.indicators:
        for key in draft.columns:
            if key in row:
                if row[key] is _OPEN:
                    del row[key]
                continue
            if key == "reason" or (key == "unit" and "target" in row):
                last = max((cell for cell in row.values() if cell is not _OPEN), key=lambda cell: cell.end)
                row[key] = Cell("", (), last.end, last.line)
