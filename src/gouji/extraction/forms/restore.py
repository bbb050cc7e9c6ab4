"""What a torn form printed late put back in its place (错位归位): only where it fits in one way.

Pictures of forms give up their text in the order in which it was drawn: a column in another typeface, a whole block of rows, the texts of wide
cells come behind everything else. A figure goes back where the count of gaps is the count of figures and their order agrees with targets and
scores; a text where one field alone is empty. Whatever stays open stays empty, with a doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from gouji.extraction.forms.aligned import align, kind_of
from gouji.extraction.forms.cells import Cell, joined
from gouji.extraction.forms.draft import Draft
from gouji.extraction.forms.fragments import breaks, complete, line_width, lines_of, rows_of, width, with_levels
from gouji.extraction.forms.labels import SCALE, is_level1, is_level2
from gouji.extraction.forms.values import parse

#: A column of reasons is narrow, columns of goals and conclusions are wide (in characters of a line).
_NARROW = 11.5
_FULL = 8.3
_WIDE_LINE = 18.0
_WIDE = 25.0
_REASON_WORDS = ("追加", "结余", "下年", "省下", "调整", "按进度支付", "合同约定", "预算", "付款", "因为", "由于", "原因")
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
    apart = False  # whether figures part the texts before them from the conclusions
    before: list[Cell] = []
    if not draft.indicators:
        rest, apart = _late_rows(draft, rest)
        _displaced(draft, late.displaced, rest)
    if apart:
        cut = next(at for at, cell in enumerate(rest) if not cell.text)
        before, rest = rest[:cut], rest[cut + 1 :]
    elif (run := _run_of_values(draft, rest)) is not None:
        _fill(draft, rest[run[0] : run[1]])
        before, rest = rest[: run[0]], rest[run[1] :]
        apart = True
    _results(draft, late)
    rest = _reasons(draft, rest)
    if not apart:
        before, rest = _before_conclusion(late, rest)
    if late.displaced and not any("name" in row for row in draft.indicators):
        before = before[: next((at for at, cell in enumerate(before) if _is_level(cell.text) or _is_level(cell.text[:-1])), len(before))]
    _conclusions(draft, late, rest, apart)
    _open_fields(draft, late, before)
    _blanks(draft)


def _is_level(text: str) -> bool:
    return text.endswith("指标") and (is_level1(text) or is_level2(text))


# -- rows -----------------------------------------------------------------------------------------------------------


def _late_rows(draft: Draft, rest: list[Cell]) -> tuple[list[Cell], bool]:
    """Rows of indicators drawn behind the form; gives what is left, with a blank cell in the place of the rows."""
    cells = with_levels(rest)
    kinds = [kind_of(cell.text) for cell in cells]
    first = next((at for at, cell in enumerate(cells) if is_level1(cell.text) and cell.text.endswith("指标")), None)
    if first is None or "operator" not in draft.columns:
        return rest, False
    signs = [at for at, kind in enumerate(kinds) if kind in ("operator", "qualitative") and at > first]
    if not signs or signs[0] - first > 30 or not complete(cells[first : signs[-1] + 1], draft.columns):
        return rest, False
    if any(later == earlier + 1 for earlier, later in zip(signs, signs[1:], strict=False)):
        return rest, False  # the columns of the table, one behind the other
    stop = signs[-1] + 1
    for at in range(signs[-1] + 1, min(signs[-1] + 9, len(cells))):
        if kinds[at] in ("number", "percent", "scale", "value"):
            stop = at + 1
        elif len(cells[at].text) > 6 or cells[at].text in ",。;、":
            break
    rows = rows_of(cells[first:stop], draft.columns)
    draft.indicators = [{key: cell.doubted(None, True) for key, cell in row.items()} for row in rows if "name" in row or "target" in row]
    return [*cells[:first], Cell("", (), cells[first].start, cells[first].line), *cells[stop:]], True


def _displaced(draft: Draft, cells: list[Cell], rest: list[Cell]) -> None:
    """Figures that were left under the head while the rows came late: results and scores, or scores alone, row by row."""
    numbers = [at for at, cell in enumerate(cells) if kind_of(cell.text) in ("number", "percent", "scale")]
    rows = draft.indicators
    if not rows:
        if cells:
            _columns(draft, cells, rest)
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


def _columns(draft: Draft, cells: list[Cell], rest: list[Cell]) -> None:
    """A table drawn column by column: unit and points are in place row by row; signs and figures come late, as many as are missing.

    Names and levels stay open: nothing tells which row they belong to.
    """
    draft.doubts.append("绩效指标各列文字抽取次序错乱，指标名称未能逐行还原")
    inline = [cell for cell in cells if not is_level1(cell.text) and not is_level2(cell.text)]
    skeleton = align(inline, ["operator_", "unit", "weight", "score"], torn=True)
    rows = [{key: joined(pieces) for key, pieces in row.items()} for row in skeleton]
    if not rows or any("weight" not in row or "score" not in row for row in rows):
        return
    for row in rows:
        if "operator_" in row:
            row["operator"] = row.pop("operator_")
    signs = _runs(rest, ("operator", "qualitative"))
    figures = _runs(rest, ("number", "percent", "scale"))
    missing = [row for row in rows if "operator" not in row]
    pairs = [run for run in figures if len(run) == 2 * len(rows)]
    fitting = [run for run in signs if len(run) == len(missing)]
    if len(pairs) != 1 or (missing and len(fitting) != 1):
        return
    for row, sign in zip(missing, fitting[0] if missing else [], strict=True):
        row["operator"] = sign.doubted(ORDER, True)
    for order, row in enumerate(rows):
        row["target"] = pairs[0][2 * order].doubted(ORDER, True)
        row["actual"] = pairs[0][2 * order + 1].doubted(ORDER, True)
    draft.indicators = rows


def _runs(cells: list[Cell], kinds: tuple[str, ...]) -> list[list[Cell]]:
    """The runs of two or more pieces of these kinds."""
    found: list[list[Cell]] = [[]]
    for cell in cells:
        if kind_of(cell.text) in kinds:
            found[-1].append(cell)
        elif found[-1]:
            found.append([])
    return [run for run in found if len(run) >= 2]


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


def _run_of_values(draft: Draft, rest: list[Cell]) -> tuple[int, int] | None:
    """The one run of figures among the late texts that is as long as there are indicators without result."""
    holes = [row for row in draft.indicators if "actual" not in row]
    if not holes or "actual" not in draft.columns:
        return None
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(rest):
        stop = at
        while stop < len(rest) and kind_of(rest[stop].text) in ("number", "percent", "scale"):
            stop += 1
        if stop - at == len(holes) and _stands_alone(rest, at, stop):
            found.append((at, stop))
        at = max(stop, at + 1)
    return found[0] if len(found) == 1 else None


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
    elif late.results:
        _result_and_reason(draft, late, late.results, None)
    if late.labelled and "result" not in draft.fields:
        late.missing.append("result")


def _result_and_reason(draft: Draft, late: Late, cells: list[Cell], doubt: str | None) -> None:
    cut = _narrow_from(cells)
    wide, narrow = cells[:cut], cells[cut:]
    if narrow and not wide and not (_explains(narrow) and _needs_reason(draft)):
        wide, narrow = narrow, []
    _put(draft, "result", wide, doubt)
    total = next((row for row in draft.funding if not row.part), None)
    if narrow and total is not None and not (total.cells.get("reason") and total.cells["reason"].text):
        total.cells["reason"] = joined(narrow).doubted(doubt, True)


def _explains(cells: list[Cell]) -> bool:
    text = "".join(cell.text for cell in cells)
    return any(word in text for word in _REASON_WORDS)


def _needs_reason(draft: Draft) -> bool:
    """Whether budget and execution of the total differ, so that a reason is to be given."""
    total = next((row.cells for row in draft.funding if not row.part), {})
    amounts = {_value(total.get(key)) for key in ("budget_initial", "budget_adjusted", "executed")}
    return len(amounts) > 1


def _narrow_from(cells: list[Cell]) -> int:
    """Where the narrow column begins: behind the end of a cell, with lines that are full at its width; ``len(cells)`` where there is none."""
    if _is_narrow(cells) and (_explains(_first_sentence(cells)) or (_full_lines(cells) >= 2 and line_width(lines_of(cells)[0]) <= _NARROW)):
        return 0
    ends = {at + 1 for at, cell in enumerate(cells) if cell.text[-1] == "。"} | set(breaks(cells))
    for cut in sorted(ends):
        if 0 < cut < len(cells) and _is_narrow(cells[cut:]) and _is_wide(cells[:cut], cells[cut:]):
            return cut
    return len(cells)


def _first_sentence(cells: list[Cell]) -> list[Cell]:
    """The first line or sentence."""
    stop = next((at + 1 for at, cell in enumerate(cells) if cell.text[-1] == "。"), len(cells))
    first = breaks(cells)
    if first and first[0] < stop and line_width(cells[: first[0]]) < _FULL:
        stop = first[0]
    return cells[:stop]


def _full_lines(cells: list[Cell]) -> int:
    """How many lines were cut inside a word at the narrow column's width."""
    return sum(_FULL <= line_width(line) <= _NARROW for line in lines_of(cells)[:-1])


def _is_narrow(cells: list[Cell]) -> bool:
    """Whether the lines can be those of a narrow column: no piece is wider, and every line that was cut inside a word is full."""
    lines = lines_of(cells)
    if any(width(cell.text) > _NARROW for cell in cells) or any(line_width(line) < _FULL for line in lines[:-1]):
        return False
    if len(lines) == 1:
        return line_width(lines[0]) <= 2 * _NARROW and _explains(cells)
    return line_width(lines[0]) <= _NARROW or _explains(lines[0])


def _is_wide(cells: list[Cell], behind: list[Cell]) -> bool:
    """Whether a wide cell ends here: its cut lines are full at a wide column's width, and the last one ended.

    A last line that is full itself may have gone on; then the first line behind must be a full one of the narrow column.
    """
    lines = lines_of(cells)
    if any(line_width(line) < _WIDE_LINE for line in lines[:-1]):
        return False
    last = line_width(lines[-1])
    if cells[-1].text[-1] == "。" or last < _WIDE_LINE:
        return True
    return _FULL <= line_width(lines_of(behind)[0]) <= _NARROW and _full_lines(behind) >= 1 and _explains(behind)


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
    cut = cuts[0] if len(cuts) == 1 else len(lines[0]) if len(lines) == 2 and not cuts else stops[0] if len(stops) == 1 else None
    if cut is None and stops:
        cut = stops[len(stops) // 2]
    if cut is None:
        draft.doubts.append("年度目标与完成情况两栏文字相连，未能分开")
        return
    doubt = None if len(cuts) == 1 or (len(lines) == 1 and len(stops) == 1) else SPLIT
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


def _before_conclusion(late: Late, rest: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Texts that no figures part from the conclusion: the conclusion's column is wide, so a short line before it ended another cell."""
    spoken = next((at for at, cell in enumerate(rest) if "自评" in cell.text), None)
    if spoken is None or not late.missing:
        return [], rest
    cut = 0
    at = 0
    for line in lines_of(rest[:spoken]):
        if at and line_width(before) < _WIDE:
            cut = at
        at += len(line)
        before = line
    return rest[:cut], rest[cut:]


def _conclusions(draft: Draft, late: Late, after: list[Cell], apart: bool) -> None:
    """评价结论, 存在问题, 改进措施 from the end of what came late: 无 and 无, or the two sentences behind the self-evaluation's."""
    wanted = [key for key in ("conclusion", "problems", "measures") if key in late.empty]
    if not wanted or not after:
        return
    if len(wanted) < 3:
        if len(wanted) == 1:
            _put(draft, wanted[0], after, None)
        return
    if len(after) >= 3 and after[-1].text.rstrip("。") == "无" and after[-2].text.rstrip("。") == "无":
        _conclusion(draft, late, after[:-2], apart)
        _put(draft, "problems", after[-2:-1], None)
        _put(draft, "measures", after[-1:], None)
        return
    spoken = max((at for at, cell in enumerate(after) if "自评" in cell.text), default=-1)
    stop = next((at + 1 for at in range(max(spoken, 0), len(after)) if after[at].text[-1] == "。"), len(after))
    behind = _sentences(after[stop:])
    if spoken >= 0 and (len(behind) == 2 or (len(behind) == 3 and behind[2][-1].text[-1] != "。")):
        _conclusion(draft, late, after[:stop], apart)
        _put(draft, "problems", behind[0], None)
        _put(draft, "measures", behind[1], None)


def _conclusion(draft: Draft, late: Late, cells: list[Cell], apart: bool) -> None:
    """The conclusion; what stands before its sentence on the self-evaluation may be the result of the goal where that alone is open."""
    spoken = next((at for at, cell in enumerate(cells) if "自评" in cell.text), None)
    if spoken and not apart and [key for key in late.missing if key not in draft.fields] == ["result"] and cells[spoken - 1].text == "。":
        _put(draft, "result", cells[:spoken], TEXT)
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


def _open_fields(draft: Draft, late: Late, before: list[Cell]) -> None:
    """A text before the conclusions belongs to the one field of the head that is still empty; where more are, it stays open."""
    missing = [key for key in late.missing if key not in draft.fields]
    if missing == ["result"] and before:
        _result_and_reason(draft, late, before, TEXT)
    elif missing == ["goal"] and before:
        cut = _narrow_from(before)
        _put(draft, "goal", before[:cut] or before, TEXT)
    else:
        for key in missing:
            if key in _NAMES:
                draft.doubts.append(f"{_NAMES[key]}的文字在原表中另行出现，未能确定归属")


_NAMES = {"goal": "年度目标", "result": "目标完成情况"}


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
