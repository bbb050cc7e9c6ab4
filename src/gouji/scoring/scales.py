"""Ordered judgement scales (定性): the usual words, and scales that an indicator defines in its own name.

``inline_scale("提升水平（10户以上为高，5户至10户为中，5户以下为低）")`` has three steps; a result of 7 户 falls on 中.
Which of the official bands (达成 / 部分达成 / 未达成) a step means is in ``standards/data/cn/scales.yaml``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from gouji.model.record import record
from gouji.model.regex import regex
from gouji.scoring.cells import Cell
from gouji.standards.folding import fold
from gouji.standards.scheme_records import BandName
from gouji.standards.schemes import word_scales

_NUMBER = r"\d+(?:\.\d+)?"
_GRADE = r"优秀|优|良好|良|中等|较高|较低|较好|较差|高|中|低|好|一般|差|强|弱|合格|不合格"
_CLAUSE_AFTER = regex(
    rf"(?P<condition>[^,，;；、。()（）:：]*{_NUMBER}[^,，;；。()（）:：]*?)(?:的)?(?:为|是|评为|得)(?P<grade>{_GRADE})(?=[,，;；、。()（）]|$)"
)
_CLAUSE_BEFORE = regex(
    rf"(?:^|[(（,，;；、。])(?P<grade>{_GRADE})[:：](?P<condition>[^;；。()（）]*?{_NUMBER}[^;；。()（）]*?)(?=[;；。()（）]|$)"
)
_SPAN = regex(rf"(?P<low>{_NUMBER})[^\d,;]{{0,8}}?(?:-|~|—|–|至|到)(?P<high>{_NUMBER})")
_FIRST = regex(rf"前(?P<high>{_NUMBER})名")
_OUTSIDE = regex(rf"(?P<low>{_NUMBER})名以外")
_ABOVE = regex(rf"(?:(?:≥|>|不低于|超过|大于)(?P<a>{_NUMBER}))|(?P<b>{_NUMBER})[^\d,;]{{0,8}}?(?:及)?以上")
_BELOW = regex(rf"(?:(?:≤|<|不超过|低于|小于|不足)(?P<a>{_NUMBER}))|(?P<b>{_NUMBER})[^\d,;]{{0,8}}?(?:及)?以下")
_EXACT = regex(rf"(?P<value>{_NUMBER})")


@record
class ScaleStep:
    """One step: its word, what it means, and (in an inline scale) the numbers that fall on it; bounds are inclusive, None is open."""

    word: str
    means: BandName
    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@record
class InlineScale:
    """A scale read out of a name, best first. ``cut``: the name breaks off in the middle of it."""

    steps: tuple[ScaleStep, ...]
    cut: bool

    def step_of_word(self, word: str) -> int | None:
        for number, step in enumerate(self.steps):
            if step.word == word:
                return number
        return None

    def step_of_number(self, value: Decimal) -> int | None:
        """The best step that holds the value (boundaries that two steps claim count for the better one)."""
        for number, step in enumerate(self.steps):
            if step.holds(value):
                return number
        return None


@lru_cache(maxsize=16_384)
def inline_scale(name: str) -> InlineScale | None:
    """The scale that an indicator's name defines, None where it defines none."""
    text = "".join(fold(name).split())
    if "为" not in text and ":" not in text:
        return None
    clauses = [(m["grade"], m["condition"]) for m in _CLAUSE_AFTER.finditer(text)]
    if len(clauses) < 2:
        clauses = [(m["grade"], m["condition"]) for m in _CLAUSE_BEFORE.finditer(text)] or clauses
    if not clauses:
        return None
    order = _in_order([grade for grade, _ in clauses])
    count = len(order)
    steps = []
    for rank, at in enumerate(order):
        grade, condition = clauses[at]
        low, high = _bounds(condition)
        steps.append(ScaleStep(grade, _means(grade, rank, count), low, high))
    tail = text[text.rfind(clauses[-1][0]) + len(clauses[-1][0]) :]
    cut = bool(re.search(r"\d", tail)) or text.count("(") > text.count(")") or count < 2
    return InlineScale(tuple(steps), cut)


def _in_order(grades: list[str]) -> list[int]:
    """Indices of the clauses from the best grade to the worst, by the usual order of the words; as printed where they are unknown."""
    usual = "优秀 优 较高 高 强 很好 好 良好 良 较好 中等 中 一般 合格 较低 低 弱 较差 差 不合格".split()  # noqa: SIM905
    return sorted(range(len(grades)), key=lambda at: usual.index(grades[at]) if grades[at] in usual else at)


def _means(grade: str, rank: int, count: int) -> BandName:
    for scale in word_scales():
        for words, means in zip(scale.steps, scale.means, strict=True):
            if grade in words:
                return means
    return "met" if rank == 0 else "missed" if rank == count - 1 else "partly"


def _bounds(condition: str) -> tuple[Decimal | None, Decimal | None]:
    if match := _SPAN.search(condition):
        return Decimal(match["low"]), Decimal(match["high"])
    if match := _FIRST.search(condition):
        return None, Decimal(match["high"])
    if match := _OUTSIDE.search(condition):
        return Decimal(match["low"]), None
    if match := _ABOVE.search(condition):
        return Decimal(match["a"] or match["b"]), None
    if match := _BELOW.search(condition):
        return None, Decimal(match["a"] or match["b"])
    if match := _EXACT.search(condition):
        return Decimal(match["value"]), Decimal(match["value"])
    return None, None


@record
class Graded:
    """A result against a target on a scale: how many steps worse it is (0 or less: reached) and what band its step means."""

    target: str
    actual: str
    worse: int
    means: BandName


@lru_cache(maxsize=65_536)
def grade_result(name: str, target: str, actual: Cell) -> Graded | None:
    """The result on the indicator's own scale, else on a usual one that knows both words; None where neither does."""
    wanted = _word(target)
    got = _word(actual.text)
    own = inline_scale(name)
    if own is not None:
        at = own.step_of_word(wanted)
        here = own.step_of_word(got)
        if here is None and actual.point is not None:
            here = own.step_of_number(actual.point)
        if at is not None and here is not None:
            return Graded(wanted, own.steps[here].word, here - at, own.steps[here].means)
    found: Graded | None = None
    for scale in word_scales():
        at = _step(scale.steps, wanted)
        here = _step(scale.steps, got)
        if at is not None and here is not None:
            found = Graded(wanted, got, here - at, scale.means[here])
            if scale.steps[at][0] == wanted:
                return found
    return found


def _step(steps: tuple[tuple[str, ...], ...], word: str) -> int | None:
    for number, words in enumerate(steps):
        if word in words:
            return number
    return None


@lru_cache(maxsize=65_536)
def _word(text: str) -> str:
    """The word of a cell without quotes, a scale in brackets (优（优良中差）) and a closing stop."""
    folded = "".join(fold(text).split()).strip("“”\"'。.;；")
    return re.sub(r"\(.*\)$", "", folded) or folded
