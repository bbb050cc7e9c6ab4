"""What an evaluation scheme (评价指标体系) holds: immutable records; :mod:`gouji.standards.schemes` loads them.

Weights are points (分), rates and shares are fractions of one. What nobody could look up is None, never invented. The formulas are a closed
vocabulary (:data:`FORMULAS`) that :mod:`gouji.scoring` computes; nothing here is ever evaluated as code.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from gouji.model.record import record
from gouji.standards.pack import Certainty

Kind = Literal["project", "department", "service"]
BandName = Literal["met", "partly", "missed"]

#: The formulas and what each must carry besides its name: inputs (how many at least), steps, parts, cases, checkpoints, constants.
FORMULAS: dict[str, dict[str, Any]] = {
    "ratio": {"inputs": 2},  # weight × first input ÷ second (or ÷ the sum of `over`), at most the weight
    "linear": {"inputs": 2, "constants": ("factor", "limit")},  # (1 − factor × first ÷ second) × weight, 0 where first ÷ second > limit
    "deviation": {"inputs": 2, "steps": True},  # |Σ first − Σ second| ÷ Σ first falls on a step that gives points
    "steps": {"inputs": 1, "steps": True},  # the value falls on a step that gives points
    "difference": {"inputs": 2, "steps": True},  # |first − second| ÷ second falls on a step that takes points off
    "deduction": {"inputs": 1, "constants": ("each",)},  # weight − each × number of problems, at least 0
    "cases": {"inputs": 1, "cases": True},  # the first case whose inputs are zero or not as written; each has its own formula
    "full": {},  # the weight
    "parts": {"parts": True},  # each part gives all or nothing, or (graded) any points up to its own
    "checkpoints": {"checkpoints": True},  # progress at the end of months against demanded shares; short of it pro rata
    "points": {},  # points given by whoever assesses, at most the weight
    "assessed": {"inputs": 1, "constants": ("of",)},  # a mark on a scale (of 100) × weight
    "scale": {"steps": True},  # a word of a judgement scale gives a share of the weight
    "execution": {"inputs": 2},  # weight × executed ÷ budget, at most the weight
    "indicator": {},  # target, actual and weight of one indicator
    "indicators": {},  # the sum of the form's own indicators beneath this item
    "fee_reduction": {"inputs": 1, "steps": True},  # not points: fee × share of the step × (100 − score) ÷ 100
}


#: Where a report on the scheme prints an input: tables of the report by what their columns say.
SOURCES: dict[str, str] = {
    "problems.count": "审计、检查发现问题一览表中的问题个数",
    "problems.told": "报告写明的审计、检查发现问题的个数（本年或上年）",
    "problems.open": "其中没有整改的个数",
    "targets.reached": "数量指标汇总表中各项指标都达到目标的项目个数",
    "targets.managed": "数量指标汇总表中的项目个数",
    "deviation.executed": "偏差程度表中各科目的决算数",
    "deviation.budget": "偏差程度表中各科目的年初预算数",
    "issues.open": "报告写明的未整改问题处数；没有写明的，为提出的问题数减去已整改的问题数",
    "year_end.executed": "预算执行情况表合计的执行数；没有表的，为12月底的执行进度",
    "year_end.budget": "预算执行情况表合计的预算数；没有表的，为100%",
    "account.executed": "预算执行情况表合计的执行数",
    "account.budget": "预算执行情况表合计的预算数",
    "account.cancelled": "预算执行情况表合计的调减数",
    "account.remainder": "预算执行情况表合计中没有用完的数（用完即为零，没有用完的不能确定去向）",
    "surplus.below": "资金结余率表中结余率低于界限的项目个数",
    "surplus.projects": "资金结余率表中预算数不为零的项目个数",
}


@record
class Input:
    """A value that a formula needs. ``kind`` table: one number a subject. ``otherwise``: the input that stands in where this one is not given.

    ``sources``: where a report prints it (of :data:`SOURCES`, or ``fact:`` and a concept, ``@`` and its phase); none where it stands in no fixed place.
    """

    id: str
    zh: str
    unit: str = ""
    kind: Literal["number", "table"] = "number"
    optional: bool = False
    otherwise: str = ""
    sources: tuple[str, ...] = ()


@record
class Step:
    """One step of a staircase. ``bound`` None is the rest; ``inclusive``: the bound itself belongs to the step; ``give`` None: not computable."""

    bound: Decimal | None
    inclusive: bool
    give: Decimal | None
    word: str = ""


@record
class Part:
    """``graded``: any points up to these (酌情扣分); otherwise all or nothing."""

    id: str
    zh: str
    points: Decimal
    graded: bool


@record
class Checkpoint:
    """``demand``: share of linear progress asked for; ``target``: the share of the year's budget that it amounts to."""

    id: str
    zh: str
    month: int
    demand: Decimal
    target: Decimal
    points: Decimal


@record
class Case:
    """``when``: (input, zero | nonzero). ``open``: the text does not write this case, so the result is put up for review."""

    zh: str
    when: tuple[tuple[str, str], ...]
    formula: Formula
    open: bool = False


@record
class Formula:
    """``name`` is one of :data:`FORMULAS`; ``zh`` states it in words and signs for people."""

    name: str
    zh: str
    inputs: tuple[Input, ...] = ()
    steps: tuple[Step, ...] = ()
    parts: tuple[Part, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    cases: tuple[Case, ...] = ()
    subjects: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    constants: tuple[tuple[str, Decimal], ...] = ()

    def constant(self, name: str) -> Decimal:
        """One of the formula's numbers. Raises KeyError."""
        for key, value in self.constants:
            if key == name:
                return value
        raise KeyError(name)


@record
class Target:
    """The fixed target of a generic indicator."""

    level2: str
    operator: str
    value: str
    unit: str


@record
class Item:
    """One item of the tree. ``weight`` and ``formula`` are None where they are not known; ``assessor`` is self or who else gives the points.

    ``chosen``: the department itself names this item.
    """

    id: str
    name: str
    weight: Decimal | None
    aliases: tuple[str, ...] = ()
    explanation: str = ""
    evidence: tuple[str, ...] = ()
    formula: Formula | None = None
    assessor: str = "self"
    certainty: Certainty = "attested"
    note: str = ""
    chosen: bool = False
    target: Target | None = None
    items: tuple[Item, ...] = ()

    def walk(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Item]]:
        """This item and all beneath it, with the names on the way."""
        here = (*path, self.name)
        yield here, self
        for item in self.items:
            yield from item.walk(here)


@record
class Split:
    """One official way to spread the points over the first level. ``when``: cost | no_cost (has the form cost indicators of the first level?)."""

    id: str
    zh: str
    when: str
    weights: tuple[tuple[str, Decimal], ...]
    authority: str
    certainty: Certainty
    note: str = ""


@record
class Grade:
    """``low`` is inclusive."""

    grade: str
    low: Decimal


@record
class Bands:
    """Grade bands, the best first, on the scheme's full total."""

    grades: tuple[Grade, ...]
    authority: str
    certainty: Certainty


@record
class Use:
    """What a grade suggests for next year's budget (结果应用): ``decision`` keep | warn | cut, ``zh`` in the words of the rule."""

    grade: str
    decision: str
    zh: str


@record
class UseRule:
    """The suggestions of a scheme, by grade."""

    uses: tuple[Use, ...]
    authority: str
    certainty: Certainty

    def of(self, grade: str | None) -> Use | None:
        """What the rule says of a grade; None where it says nothing."""
        return next((use for use in self.uses if use.grade == grade), None)


@record
class QualitativeBand:
    """``low``..``high`` of the weight; ``open_high``: the upper end itself belongs to the next better band."""

    id: BandName
    zh: str
    low: Decimal
    high: Decimal
    open_high: bool = False


@record
class Rule:
    """A rule of the scheme in words, with the numbers that it has (``start`` None: the text names no threshold)."""

    zh: str
    authority: str
    certainty: Certainty
    note: str = ""
    start: Decimal | None = None
    review_from: Decimal | None = None


@record
class Rounding:
    """``grain`` None: the scheme fixes no decimals, the form's own count. Always half up (四舍五入)."""

    grain: Decimal | None
    zh: str
    certainty: Certainty


@record
class Outcome:
    """Something other than points that follows from the total (a fee reduction)."""

    id: str
    zh: str
    formula: Formula
    note: str = ""


@record
class Scheme:
    """``total`` is the full mark, ``self_total`` that of the self-evaluation; ``years`` first and last."""

    id: str
    zh: str
    kind: Kind
    pack: str
    years: tuple[int, int]
    authority: str
    authority_zh: str
    certainty: Certainty
    total: Decimal
    self_total: Decimal
    items: tuple[Item, ...]
    rounding: Rounding
    splits: tuple[Split, ...] = ()
    free_splits: str = ""
    bands: Bands | None = None
    qualitative: tuple[QualitativeBand, ...] = ()
    qualitative_rule: Rule | None = None
    completion: Rule | None = None
    over_achievement: Rule | None = None
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    use: UseRule | None = None

    def __hash__(self) -> int:
        return hash((self.id, self.years))  # it is asked for with every row of a form; all items would have theirs made each time

    def walk(self) -> Iterator[tuple[tuple[str, ...], Item]]:
        """All items from the top, each with its path of names."""
        for item in self.items:
            yield from item.walk()

    def item(self, identifier: str) -> Item:
        """The item of that id. Raises KeyError with a sentence."""
        for _, item in self.walk():
            if item.id == identifier:
                return item
        raise KeyError(f"指标体系 {self.id} 没有编号为 {identifier} 的指标")

    def leaves(self) -> tuple[Item, ...]:
        """The items that are scored themselves."""
        return tuple(item for _, item in self.walk() if not item.items)


@record
class WordScale:
    """An ordered scale of words, best first: each step's words and what it means against the three qualitative bands."""

    id: str
    steps: tuple[tuple[str, ...], ...]
    means: tuple[BandName, ...]
