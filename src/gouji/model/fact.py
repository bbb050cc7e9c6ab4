"""A figure with its meaning (事实), and claims made in words alone.

``concept × measure × phase × scope × period × dimensions``. A concept never contains a dimension's value: the general
public budget's expenditure on 2010301 is concept ``expenditure.total`` with dimensions ``fund=general_budget``,
``function=2010301``. The same fact stated five times is five :class:`Fact` objects with five places and one :class:`Key`.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, NamedTuple

from gouji.model.figure import Figure, Place
from gouji.model.record import record

Measure = Literal[
    "amount",  # 金额
    "share",  # 占比
    "change",  # 增减额 (magnitude; the sign is the direction)
    "change_rate",  # 增减率 (magnitude)
    "completion",  # 完成预算 / 执行率
    "count",  # 数量
    "weight",  # 权重 / 分值
    "score",  # 得分
    "deduction",  # 扣分
    "rate",  # any other rate
    "value",  # any other measured value
]
Phase = Literal["budget_initial", "budget_adjusted", "executed", "budget", "target"]
Direction = Literal["increase", "decrease", "none"]

Dimensions = tuple[tuple[str, str], ...]


class Key(NamedTuple):
    """What a fact is about; two facts with equal keys state the same thing."""

    concept: str
    measure: Measure
    phase: Phase
    scope: str  # "department" | "unit" | "" (as the document's kind)
    period: str  # "2023", or "2023-06" for a state at the end of June
    dimensions: Dimensions


def dimensions(**values: str) -> Dimensions:
    """Sorted dimensions, empty ones left out."""
    return tuple(sorted((k, v) for k, v in values.items() if v))


@record
class Fact:
    """One statement of one figure with its meaning.

    ``about``: for a share, change, rate or completion, the id of the amount of the same sentence that it speaks of (None where the
    sentence states none). ``base``: the key of what the rate is taken of, as the sentence (or the default of the concept) names it;
    ``base_named`` is True where the sentence itself names it. ``direction`` is printed (增加, 减少, 持平) and kept apart from the magnitude.
    ``unresolved`` is True where the print left the direction open (增加/减少), so that no law may use it.
    """

    id: int
    key: Key
    figure: Figure
    direction: Direction | None = None
    about: int | None = None
    base: Key | None = None
    base_named: bool = False
    unresolved: bool = False

    @property
    def concept(self) -> str:
        return self.key.concept

    @property
    def measure(self) -> Measure:
        return self.key.measure

    @property
    def place(self) -> Place:
        return self.figure.place

    def dimension(self, name: str) -> str | None:
        for key, value in self.key.dimensions:
            if key == name:
                return value
        return None


@record
class Listing:
    """A whole and the parts that one sentence lists under it (其中 / 包括 / 主要用于以下方面).

    ``closed``: True where the sentence says that these are all, False where it says that they are some (等, 主要, 仅罗列), None where
    it leaves it open; ``truncated`` where the text breaks off inside the list. ``whole`` is None where the sentence states none.
    """

    whole: int | None
    parts: tuple[int, ...]
    closed: bool | None
    truncated: bool
    place: Place
    partition: str = ""


#: Why a reckoning is only likely: its words allow another one too, or nothing but where its figures stand speaks for it.
Likely = Literal["", "words", "place"]


@record
class Reckoning:
    """What a sentence makes of its own figures: ``terms`` are (coefficient, fact) pairs, ``result`` is the fact that states the outcome.

    sum: result = Σ terms; bound: result ≥ Σ terms; rate: result % = Σ terms ÷ base; product: result = first term × second; mean: result is the mean of the terms.
    """

    kind: Literal["sum", "bound", "rate", "product", "mean"]
    result: int
    terms: tuple[tuple[int, int], ...]
    base: int | None
    place: Place
    likely: Likely = ""  # the words allow another reckoning too, or only where it stands speaks for it: a slip of the pen must tell


@record
class Claim:
    """Something said of a concept without a figure, which laws can hold against figures.

    kinds: ``change`` (与上年持平, direction given), ``budget_comparison`` (决算数小于预算数: direction ``decrease``), ``reason`` (a reason is
    given for the change or the gap: ``text``), ``all_met`` (全部完成), ``no_surplus`` (无结转结余), ``names`` (a list of names counted),
    ``absent`` (无政府性基金支出), ``unbudgeted`` (年初未安排预算), ``no_base`` (上年度无此项), ``empty_statement`` (本表无数据).
    """

    kind: str
    concept: str
    place: Place
    direction: Direction | None = None
    text: str = ""
    about: int | None = None
    dimensions: Dimensions = ()
    names: tuple[str, ...] = field(default=())
