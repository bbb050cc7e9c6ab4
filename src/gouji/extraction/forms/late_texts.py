"""Texts that a torn form printed late put back under their labels (文字归位).

Torn text shows where a line ended inside a word; so it shows how wide the column was. Goals, results and conclusions stand in wide columns,
reasons in narrow ones.
"""

from __future__ import annotations

from gouji.extraction.forms.cells import Cell, joined
from gouji.extraction.forms.draft import Draft, Late
from gouji.extraction.forms.fragments import breaks, line_width, lines_of, width
from gouji.extraction.forms.late_columns import goal_process_result
from gouji.extraction.forms.values import value_of
from gouji.model.regex import regex

#: A column of reasons is narrow, columns of goals and conclusions are wide (in characters of a line).
_NARROW = 11.5
_FULL = 8.3
_WIDE_LINE = 18.0
_WIDE = 25.0
_REASON_WORDS = ("追加", "结余", "下年", "省下", "调整", "按进度支付", "合同约定", "预算", "付款", "因为", "由于", "原因")
TEXT = "文字在原表中另行出现，按空缺栏目归位"
BY_WIDTH = "几栏文字在原表中另行出现，按行宽分开归位"
SPLIT = "两栏文字相连，分界处不能确定"


def put_results(draft: Draft, late: Late) -> None:
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
    amounts = {value_of(total.get(key)) for key in ("budget_initial", "budget_adjusted", "executed")}
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


def _cut_by_width(cells: list[Cell]) -> int | None:
    """Where a wide column's text ends and a narrower one's begins: behind the one full stop whose rest of the line fills narrow lines."""
    lines = lines_of(cells)
    widths = [line_width(line) for line in lines]
    if len(lines) < 3:
        return None
    full = widths[0]
    mixed = next((at for at, wide in enumerate(widths) if abs(wide - full) > 2), len(lines))
    behind = [wide for wide in widths[mixed + 1 : -1] if wide < 0.8 * full]
    if mixed == 0 or mixed >= len(lines) - 1 or not behind or min(behind) < _NARROW:
        return None
    narrow = sorted(behind)[len(behind) // 2]
    if narrow > 0.75 * full or not all(_fills(wide, narrow) for wide in widths[mixed + 1 : -1]):
        return None
    start = sum(len(line) for line in lines[:mixed])
    line = lines[mixed]
    cuts = [at + 1 for at, cell in enumerate(line[:-1]) if cell.text[-1] == "。" and _fills(line_width(line[at + 1 :]), narrow)]
    return start + cuts[0] if len(cuts) == 1 else None


def _fills(wide: float, narrow: float) -> bool:
    """Whether a run is one or more full lines of a column; a line may end a character early."""
    times = round(wide / narrow)
    return times >= 1 and abs(wide - times * narrow) <= 1.2 * times


def _put(draft: Draft, key: str, cells: list[Cell], doubt: str | None) -> None:
    if cells:
        draft.fields[key] = joined(cells).doubted(doubt, True)


def put_reasons(draft: Draft, after: list[Cell]) -> list[Cell]:
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
        assign_reasons(draft, [joined(reasons[:half]), joined(reasons[half:])])
    else:
        assign_reasons(draft, [joined(reasons)])
    return after[cut:]


def assign_reasons(draft: Draft, reasons: list[Cell]) -> None:
    """Reasons to the rows that lost points, where there are as many of them."""
    lost = [row for row in draft.indicators if (value_of(row.get("score")) or 0) < (value_of(row.get("weight")) or 0) and "reason" not in row]
    if len(lost) == len(reasons):
        for row, cell in zip(lost, reasons, strict=True):
            row["reason"] = cell.doubted(TEXT, True)
    else:
        for row in draft.indicators:
            row.setdefault("reason", _OPEN)


#: A field that something was printed for, nobody can tell what.
_OPEN = Cell("", (), -1, 0)


def before_conclusion(late: Late, rest: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Texts that no figures part from the conclusion: the conclusion's column is wide, so a short line before it ended another cell."""
    spoken = next((at for at, cell in enumerate(rest) if "自评" in cell.text), None)
    if spoken is None or not late.missing:
        return [], rest
    cut = at = 0
    last = _WIDE
    for line in lines_of(rest[:spoken]):
        if last < _WIDE:
            cut = at
        at += len(line)
        last = line_width(line)
    return rest[:cut], rest[cut:]


def put_conclusions(draft: Draft, late: Late, after: list[Cell], apart: bool) -> None:
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


_RESULT_BEGINS = regex(r"。(?=20\d\d年)")


def result_in_goal(draft: Draft, late: Late) -> None:
    """The label of the result came late and empty, and nothing else is open: its text may stand behind the goal's, from 20xx年 on."""
    goal = draft.fields.get("goal")
    if [key for key in late.missing if key not in draft.fields] != ["result"] or goal is None or late.results:
        return
    cuts = [match.end() for match in _RESULT_BEGINS.finditer(goal.text)]
    if len(cuts) == 1:
        draft.fields["goal"] = goal.part(0, cuts[0]).doubted(SPLIT)
        draft.fields["result"] = goal.part(cuts[0], len(goal.text)).doubted(SPLIT, True)


def put_open_fields(draft: Draft, late: Late, before: list[Cell]) -> None:
    """A text before the conclusions belongs to the one field of the head that is still empty; where more are, it stays open."""
    missing = [key for key in late.missing if key not in draft.fields]
    if missing == ["goal", "result"] and (cut := _cut_by_width(before)):
        _put(draft, "goal", before[:cut], BY_WIDTH)
        _put(draft, "result", before[cut:], BY_WIDTH)
    elif missing == ["goal", "process", "result"] and (parts := goal_process_result(before)):
        for key, start, stop in zip(missing, (0, *parts), (*parts, len(before)), strict=True):
            _put(draft, key, before[start:stop], BY_WIDTH)
    elif missing == ["result"] and before:
        _result_and_reason(draft, late, before, TEXT)
    elif missing == ["goal"] and before:
        cut = _narrow_from(before)
        _put(draft, "goal", before[:cut] or before, TEXT)
    else:
        for key in missing:
            if key in _NAMES:
                draft.doubts.append(f"{_NAMES[key]}的文字在原表中另行出现，未能确定归属")


_NAMES = {"goal": "年度目标", "result": "目标完成情况"}


def put_blanks(draft: Draft) -> None:
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
