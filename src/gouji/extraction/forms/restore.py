"""What a torn form printed late put back in its place (错位归位): only where it fits in one way.

Pictures of forms give up their text in the order in which it was drawn: a column in another typeface, a whole block of rows, the texts of wide
cells come behind everything else. A figure goes back where the count of gaps is the count of figures and their order agrees with targets and
scores; a text where one field alone is empty. Whatever stays open stays empty, with a doubt.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from operator import eq, ge, gt, le, lt

from gouji.extraction.forms.aligned import align, kind_of
from gouji.extraction.forms.cells import Cell, joined
from gouji.extraction.forms.draft import Draft, Late
from gouji.extraction.forms.fragments import complete, rows_of, with_levels
from gouji.extraction.forms.labels import SCALE, is_level1, is_level2
from gouji.extraction.forms.late_texts import (
    assign_reasons,
    before_conclusion,
    put_blanks,
    put_conclusions,
    put_open_fields,
    put_reasons,
    put_results,
    result_in_goal,
)
from gouji.extraction.forms.values import parse, value_of

ORDER = "数值在原表中另行出现，按次序归位"
MISSING = "同一行缺一个数值，权重与得分是按列序推定的"
MOVED = "数值在原表中另行出现且次序错乱，按目标值与得分归位"


def restore(draft: Draft, late: Late) -> None:
    """Puts back what can be put back for certain, and notes the rest."""
    rest = late.rest
    apart = False  # whether figures part the texts before them from the conclusions
    before: list[Cell] = []
    if not draft.indicators:
        rest, apart = _late_rows(draft, rest)
        _displaced(draft, late.displaced, rest)
    _shift(draft)
    if apart:
        cut = next(at for at, cell in enumerate(rest) if not cell.text)
        before, rest = rest[:cut], rest[cut + 1 :]
    elif (run := _run_of_values(draft, rest)) is not None:
        _fill(draft, rest[run[0] : run[1]])
        before, rest = rest[: run[0]], rest[run[1] :]
        apart = True
    put_results(draft, late)
    rest = put_reasons(draft, rest)
    if not apart:
        before, rest = before_conclusion(late, rest)
    if late.displaced and not any("name" in row for row in draft.indicators):
        before = before[: next((at for at, cell in enumerate(before) if _is_level(cell.text) or _is_level(cell.text[:-1])), len(before))]
    put_conclusions(draft, late, rest, apart)
    result_in_goal(draft, late)
    put_open_fields(draft, late, before)
    put_blanks(draft)
    _note_open_results(draft)


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
    if any(later == earlier + 1 for earlier, later in pairwise(signs)):
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
        assign_reasons(draft, [joined(cells)])


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
    total = value_of(draft.total.get("score"))
    execution = next((value_of(row.cells.get("score")) for row in draft.funding if not row.part), None)
    scores = [value_of(row.get("score")) for row in draft.indicators]
    if total is None or execution is None or any(score is None for score in scores):
        return False
    return sum((score for score in scores if score is not None), execution) == total


def _shift(draft: Draft) -> None:
    """A row with two figures behind its target may lack the result or the score: the sum of the weights tells which."""
    whole = value_of(draft.total.get("weight"))
    execution = next((value_of(row.cells.get("weight")) for row in draft.funding if not row.part), None)
    weights = [value_of(row.get("weight")) for row in draft.indicators]
    if whole is None or "actual" not in draft.columns or any(weight is None for weight in weights):
        return
    wanted = whole - (execution or 0)
    present = sum((weight for weight in weights if weight is not None), Decimal(0))
    if present == wanted:
        return
    fitting = [
        row
        for row in draft.indicators
        if "actual" not in row and "score" in row and present - (value_of(row["weight"]) or 0) + (value_of(row["score"]) or 0) == wanted
    ]
    if len(fitting) == 1:
        row = fitting[0]
        row["actual"], row["weight"] = row["weight"], row.pop("score")


def _note_open_results(draft: Draft) -> None:
    """Rows whose result stayed open: the form says so, and where the weights do not add up either, their figures are doubtful."""
    holes = [row for row in draft.indicators if "actual" not in row] if "actual" in draft.columns else []
    if not holes:
        return
    draft.doubts.append(f"{len(holes)} 项指标的完成值未能确定")
    whole, weights = value_of(draft.total.get("weight")), [value_of(row.get("weight")) for row in draft.indicators]
    execution = next((value_of(row.cells.get("weight")) for row in draft.funding if not row.part), None)
    if whole is not None and None not in weights and sum((w for w in weights if w is not None), execution or Decimal(0)) == whole:
        return
    for row in holes:
        for key in ("weight", "score"):
            if key in row:
                row[key] = row[key].doubted(MISSING)


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


_MEETS = {"≥": ge, "≤": le, ">": gt, "<": lt}


def _agrees(row: dict[str, Cell], actual: str) -> bool:
    """Whether a result agrees with the score: full points where the target is met, fewer where not."""
    weight, score = value_of(row.get("weight")), value_of(row.get("score"))
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
    met: bool = _MEETS.get(operator, eq)(done.value, wanted.value)
    return met == full
