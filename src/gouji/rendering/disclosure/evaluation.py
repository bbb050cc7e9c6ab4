"""The department's evaluation as a table (部门整体绩效评价得分表): the items of its scheme with their points, scores and what the scores rest on.

Only what carries a score of its own has a line; the levels above it are the cells to its left. An evaluation that still lacks data has no total and is not
printed: half a score would be read as one.
"""

from __future__ import annotations

from gouji.model.records import Evaluation, EvaluationItem
from gouji.rendering.forms_grid import Box, Form, Kind, Sketch, runs_of, text_of

_LEVELS = ("一级指标", "二级指标", "三级指标", "四级指标")
_WIDTHS = {1: (24.0,), 2: (17.0, 22.0), 3: (14.0, 15.0, 20.0), 4: (11.0, 12.0, 13.0, 16.0)}
TITLE = "部门整体绩效评价评分表"


def leaves(evaluation: Evaluation) -> tuple[EvaluationItem, ...]:
    """The items with no further items beneath them."""
    above = {item.path[:depth] for item in evaluation.items for depth in range(1, len(item.path))}
    return tuple(item for item in evaluation.items if item.path not in above)


def evaluation_form(evaluation: Evaluation, year: int | None, full: str) -> Form:
    """The table. ``full``: the points of all items together, "" where nobody says them."""
    items = leaves(evaluation)
    depth = max(len(item.path) for item in items)
    sketch = Sketch()
    heads = (*_LEVELS[:depth], "权重", "得分", "扣分原因及依据")
    sketch.line(*[(1, text, "head") for text in heads])
    for level in range(depth):
        for first, length in runs_of(["\n".join(item.path[: level + 1]) if len(item.path) > level else f"#{at}" for at, item in enumerate(items)]):
            path = items[first].path
            if len(path) > level:
                last = len(path) == level + 1
                sketch.put(level, depth - level if last else 1, path[level], "label", rows=length, down=first)
    for at, item in enumerate(items):
        entries = ((item.weight, "figure"), (item.score, "figure"), (item.reason, "prose"))
        for column, (entry, kind) in enumerate(entries, depth):
            sketch.boxes.append(_box(sketch.at + at, column, text_of(entry), kind, entry.fact))  # type: ignore[arg-type]
    sketch.at += len(items)
    sketch.put(0, depth, "合计")
    sketch.put(depth, 1, full, "figure")
    sketch.boxes.append(_box(sketch.at, depth + 1, text_of(evaluation.total), "figure", evaluation.total.fact))
    sketch.put(depth + 2, 1, "", "prose")
    sketch.at += 1
    if grade := text_of(evaluation.grade):
        sketch.line((depth, "评价等级"), (3, grade, "text", "grade"))
    title = f"{TITLE}（{year}年度）" if year is not None else TITLE
    return Form(TITLE, "evaluation", title, (), (*_WIDTHS[depth], 9.0, 9.0, 52.0), tuple(sketch.boxes))


def _box(row: int, column: int, text: str, kind: Kind, fact: int | None) -> Box:
    return Box(row, column, 1, 1, text, kind, f"fact/{fact}" if fact is not None else "")
