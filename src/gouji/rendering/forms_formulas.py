"""A scheme's formulas as live spreadsheet formulas (算式): what a cell shows while a department fills the workbook.

They help whoever fills; the scores that count are computed by :mod:`gouji.scoring` with exact fractions. ``cell("targets_met.reached")`` gives
the address of an input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from gouji.standards.scheme_records import Formula, Item, Step

Cell = Callable[[str], str]


def item_formula(item: Item, cell: Cell) -> str:
    """The formula of an item's score, "=…": blank as long as an input is missing or where a person must judge."""
    if item.formula is None or item.weight is None or item.formula.name in ("points", "indicators", "indicator", "difference", "fee_reduction"):
        score = cell(f"{item.id}.score")
        return f'=IF(ISNUMBER({score}),{score},"")'
    needed, expression = _expression(item.formula, item.weight, item.id, cell)
    if not needed:
        return f"={expression}"
    return f'=IF({_blank(needed)},"",{expression})'


def sum_formula(children: Sequence[str], own: str | None) -> str:
    """A parent's score: the sum of its children where all are there; its own input where none is."""
    listed = ",".join(children)
    otherwise = f'IF(ISNUMBER({own}),{own},"")' if own else '""'
    return f'=IF(COUNT({listed})={len(children)},ROUND(SUM({listed}),2),IF(COUNT({listed})>0,"",{otherwise}))'


def _blank(cells: Sequence[str]) -> str:
    return f"COUNT({','.join(cells)})<{len(cells)}" if all(":" not in each for each in cells) else f"COUNT({','.join(cells)})=0"


def _number(value: Decimal) -> str:
    return f"{value:f}"


def _expression(formula: Formula, weight: Decimal, item: str, cell: Cell) -> tuple[list[str], str]:
    """The inputs that must be numbers, and the points."""
    full = _number(weight)
    name = formula.name
    if name == "full":
        return [], full
    if name == "parts":
        cells = [cell(f"{item}.{part.id}") for part in formula.parts]
        return cells, f"SUM({','.join(cells)})"
    if name == "checkpoints":
        cells, pieces = [], []
        for point in formula.checkpoints:
            where, target, points = cell(f"{item}.{point.id}"), _number(point.target), _number(point.points)
            cells.append(where)
            pieces.append(f"IF({where}>={target},{points},{points}*MAX({where},0)/{target})")
        return cells, f"ROUND({'+'.join(pieces)},2)"
    if name == "scale":
        where = cell(f"{item}.grade")
        chain = '""'
        for step in reversed(formula.steps):
            if step.give is not None:
                chain = f'IF({where}="{step.word}",ROUND({full}*{_number(step.give)},2),{chain})'
        return [], chain
    if name == "deviation":
        actual, planned = (f"{cell(f'{item}.{each.id}.{formula.subjects[0]}')}:{cell(f'{item}.{each.id}.{formula.subjects[-1]}')}" for each in formula.inputs[:2])
        share = f"ABS(SUM({actual})-SUM({planned}))/ABS(SUM({actual}))"
        return [actual, planned], f'IF(SUM({actual})=0,"",{_staircase(share, formula.steps)})'
    inputs = [cell(f"{item}.{each.id}") for each in formula.inputs]
    if name == "cases":
        return _cases(formula, weight, item, cell)
    if name in ("ratio", "execution", "linear"):
        return _two(formula, weight, item, cell)
    if name == "deduction":
        return inputs[:1], f"MAX({full}-{_number(formula.constant('each'))}*{inputs[0]},0)"
    if name == "steps":
        return inputs[:1], _staircase(inputs[0], formula.steps)
    if name == "assessed":
        of = _number(formula.constant("of"))
        return inputs[:1], f"ROUND({full}*MIN(MAX({inputs[0]},0),{of})/{of},2)"
    return [], '""'


def _two(formula: Formula, weight: Decimal, item: str, cell: Cell) -> tuple[list[str], str]:
    full = _number(weight)
    first, second = formula.inputs[0], formula.inputs[1]
    above, below = cell(f"{item}.{first.id}"), cell(f"{item}.{second.id}")
    needed = [above, below]
    if first.otherwise:
        instead = cell(f"{item}.{first.otherwise}")
        above = f"IF(ISNUMBER({above}),{above},{instead})"
        needed = [below, instead]
    if formula.name == "linear":
        factor, limit = _number(formula.constant("factor")), _number(formula.constant("limit"))
        return needed, f'IF({below}<=0,"",IF({above}/{below}>{limit},0,ROUND(MAX((1-{factor}*{above}/{below})*{full},0),2)))'
    whole = "(" + "+".join(cell(f"{item}.{each}") for each in formula.over) + ")" if formula.over else below
    none = full if formula.name == "ratio" else '""'
    return needed, f'IF({whole}<=0,IF({above}=0,{none},""),ROUND({full}*MIN({above}/{whole},1),2))'


def _cases(formula: Formula, weight: Decimal, item: str, cell: Cell) -> tuple[list[str], str]:
    chain = '""'
    needed = list(dict.fromkeys(cell(f"{item}.{name}") for case in formula.cases for name, _ in case.when))
    for case in reversed(formula.cases):
        when = ",".join(f"{cell(f'{item}.{name}')}{'=' if state == 'zero' else '<>'}0" for name, state in case.when)
        more, expression = _expression(case.formula, weight, item, cell)
        guarded = f'IF({_blank(more)},"",{expression})' if more else expression
        chain = f"IF(AND({when}),{guarded},{chain})"
    return needed, chain


def _staircase(value: str, steps: Sequence[Step]) -> str:
    """Nested IFs of the steps."""

    def rungs() -> Iterator[str]:
        for step in steps:
            give = _number(step.give) if step.give is not None else '""'
            if step.bound is None:
                yield give
                return
            yield f"IF({value}{'<=' if step.inclusive else '<'}{_number(step.bound)},{give},"
        yield '""'

    pieces = list(rungs())
    return "".join(pieces) + ")" * (len(pieces) - 1)
