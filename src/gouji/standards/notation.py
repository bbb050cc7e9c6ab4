"""The small text language in which YAML names figures and states equations.

A reference is a concept with modifiers in any order::

    expenditure.basic{fund=general_budget}      dimensions
    expenditure.total@budget_adjusted           phase (executed where none is given)
    three_public.total|change                   measure (by default what the concept's kind is: amount, count, rate, score)
    balance.closing^-1                          last year

An equation is two sums with a relation between them::

    grand_total.income = income.total + balance.used_non_fiscal? + balance.opening
    sum(expenditure.total{fund=general_budget} each function@项[行政运行|机关服务]) <= expenditure.basic

``?`` marks a term that counts as nothing where it is not stated. All functions raise :class:`NotationError` with a sentence that
quotes what could not be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast, get_args

from gouji.model.fact import Measure, Phase, dimensions
from gouji.model.regex import regex
from gouji.standards.pack import Concept, Ref, Term

MEASURES: tuple[str, ...] = get_args(Measure)
PHASES: tuple[str, ...] = get_args(Phase)
DIMENSIONS = (
    "fund", "function", "economic", "staff", "vehicle_type", "vehicle_use", "project", "indicator", "item", "unit", "subordinate",
)  # fmt: skip
#: digits of a code of each level
LEVELS = {"类": 3, "款": 5, "项": 7}
FUNDS = ("general_budget", "government_fund", "state_capital", "fiscal", "other")
_KIND_MEASURE: dict[str, Measure] = {"money": "amount", "count": "count", "rate": "rate", "score": "score", "value": "value"}

_CONCEPT = regex(r"[a-z_]+(?:\.[a-z_]+)*")
_MODIFIER = regex(r"\|(?P<measure>[a-z_]+)|@(?P<phase>[a-z_]+)|\^(?P<period>-?\d+)|\{(?P<dimensions>[^{}]*)\}")
_EACH = regex(r"(?P<name>[a-z_]+)(?:@(?P<level>[类款项]))?(?:\[(?P<names>[^\[\]]+)\])?$")
_TERM = regex(r"\s*(?P<sign>[+-])?\s*(?:(?P<coefficient>\d+)\s*\*\s*)?")

Op = Literal["=", "<=", ">="]


class NotationError(ValueError):
    """What is wrong with a piece of notation, in words."""


def parse_dimensions(text: str, separator: str = ",") -> tuple[tuple[str, str], ...]:
    """``fund=general_budget, function=201`` as sorted pairs."""
    values: dict[str, str] = {}
    for piece in filter(None, (part.strip() for part in text.split(separator))):
        name, equals, value = piece.partition("=")
        if not equals or not value.strip():
            raise NotationError(f"维度 {piece!r} 应写作 名称=值")
        values[name.strip()] = value.strip()
    return check_dimensions(values)


def check_dimensions(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Dimensions as sorted pairs. Raises :class:`NotationError` for an unknown dimension or fund."""
    for name, value in values.items():
        if name not in DIMENSIONS:
            raise NotationError(f"没有名为 {name} 的维度")
        if name == "fund" and value not in (*FUNDS, "*"):
            raise NotationError(f"资金性质 {value} 不存在，应为 {'、'.join(FUNDS)}")
    return dimensions(**dict(values))


def parse_ref(text: str, concepts: Mapping[str, Concept] | None = None) -> Ref:
    """One reference. With ``concepts`` the concept must exist, and the default measure is that of its kind."""
    text = text.strip()
    match = _CONCEPT.match(text)
    if match is None:
        raise NotationError(f"{text!r} 不是指标引用")
    concept = match.group()
    if concepts is not None and concept not in concepts:
        raise NotationError(f"指标 {concept} 没有定义")
    measure: Measure = _KIND_MEASURE[concepts[concept].kind] if concepts is not None else "amount"
    phase: Phase = "executed"
    dims: tuple[tuple[str, str], ...] = ()
    period, at = 0, match.end()
    while at < len(text):
        modifier = _MODIFIER.match(text, at)
        if modifier is None:
            raise NotationError(f"{text!r} 在 {text[at:]!r} 处读不懂")
        at = modifier.end()
        if (name := modifier["measure"]) is not None:
            if name not in MEASURES:
                raise NotationError(f"{text!r} 中的度量 {name} 不存在")
            measure = cast(Measure, name)
        elif (name := modifier["phase"]) is not None:
            if name not in PHASES:
                raise NotationError(f"{text!r} 中的阶段 {name} 不存在")
            phase = cast(Phase, name)
        elif modifier["period"] is not None:
            period = int(modifier["period"])
        else:
            dims = parse_dimensions(modifier["dimensions"])
    return Ref(concept, measure, phase, dims, "", period)


def parse_each(text: str) -> str:
    """``function@项``, ``staff``, ``function@项[行政运行|机关服务]``: checked, returned as it stands."""
    text = text.strip()
    match = _EACH.match(text)
    if match is None or match["name"] not in DIMENSIONS:
        raise NotationError(f"each 后的 {text!r} 不是维度")
    if match["level"] and match["level"] not in {"function": "类款项", "economic": "类款"}.get(match["name"], ""):
        raise NotationError(f"each 后的 {text!r}：只有 function 才有类、款、项，economic 才有类、款")
    return text


def each_parts(each: str) -> tuple[str, str, tuple[str, ...]]:
    """``function@项[行政运行|机关服务]`` as ``("function", "项", ("行政运行", "机关服务"))``."""
    match = _EACH.match(each)
    if match is None:
        raise NotationError(f"each 后的 {each!r} 不是维度")
    return match["name"], match["level"] or "", tuple(match["names"].split("|")) if match["names"] else ()


def parse_terms(text: str, concepts: Mapping[str, Concept] | None = None) -> tuple[Term, ...]:
    """One side of an equation."""
    terms: list[Term] = []
    at = 0
    while at < len(text.rstrip()):
        head = _TERM.match(text, at)
        assert head is not None
        if terms and head["sign"] is None:
            raise NotationError(f"{text!r} 在 {text[at:].strip()!r} 前缺 + 或 -")
        at = head.end()
        coefficient = int(head["coefficient"] or 1) * (-1 if head["sign"] == "-" else 1)
        if text.startswith("sum(", at):
            close = text.find(")", at)
            if close < 0:
                raise NotationError(f"{text!r} 的 sum( 没有收尾的括号")
            inner, keyword, each = text[at + 4 : close].partition(" each ")
            if not keyword:
                raise NotationError(f"{text!r} 的 sum(…) 里缺 each")
            ref = parse_ref(inner, concepts)
            ref = Ref(ref.concept, ref.measure, ref.phase, ref.dimensions, parse_each(each), ref.period)
            at = close + 1
        else:
            end = _end_of_ref(text, at)
            ref = parse_ref(text[at:end], concepts)
            at = end
        optional = text.startswith("?", at)
        at += optional
        terms.append(Term(coefficient, ref, optional))
    if not terms:
        raise NotationError("等式有一边是空的")
    return tuple(terms)


def _end_of_ref(text: str, start: int) -> int:
    """Where the reference that begins at ``start`` ends: at ``?``, a blank or an operator outside braces."""
    at = start
    while at < len(text):
        if text[at] == "{":
            close = text.find("}", at)
            if close < 0:
                raise NotationError(f"{text!r} 的 {{ 没有收尾的括号")
            at = close
        elif text[at] in "? +" or (text[at] == "-" and text[at - 1] != "^"):
            break
        at += 1
    return at


def parse_equation(text: str, concepts: Mapping[str, Concept] | None = None) -> tuple[tuple[Term, ...], Op, tuple[Term, ...]]:
    """``left op right`` with = <= >= (≤ ≥ are read too)."""
    text = text.replace("≤", "<=").replace("≥", ">=")
    braces = 0
    for at, sign in enumerate(text):
        braces += (sign == "{") - (sign == "}")
        if braces == 0 and sign in "<>=":
            op: Op = "=" if sign == "=" else ("<=" if sign == "<" else ">=")
            if sign in "<>" and not text.startswith(op, at):
                raise NotationError(f"{text!r} 中的 {sign} 应写作 {sign}=")
            return parse_terms(text[:at], concepts), op, parse_terms(text[at + len(op) :], concepts)
    raise NotationError(f"{text!r} 没有 =、<= 或 >=")
