"""A project's form (项目支出绩效自评表): execution, indicators, weights, total, grade, each with its derivation and the verdict on its print.

``score_project(project)`` works on a read form and on one that is only filled with targets, results and weights: where no score is printed
there is nothing to judge, and the computed ones are what the form should say. The overall form of a department has no execution row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from gouji.model.fact import Fact
from gouji.model.record import record
from gouji.model.records import Entry, Funding, Indicator, Project
from gouji.model.regex import regex
from gouji.scoring.cells import number
from gouji.scoring.evaluations import grade_of
from gouji.scoring.indicators import score_indicator
from gouji.scoring.judging import judge
from gouji.scoring.scored import GRAIN, ZERO, Judgement, Scored, grain_of, percent, rounded, spread, trimmed, words
from gouji.standards.folding import fold
from gouji.standards.pack import Standards
from gouji.standards.scheme_records import Item, Scheme, Split
from gouji.standards.schemes import scheme as scheme_by_id
from gouji.standards.schemes import scheme_for, schemes

Facts = Mapping[int, Fact] | Sequence[Fact]
_GENERAL = "cn/project-2020"


@record
class RowScore:
    """One scored row. ``path`` is level 1, level 2, name (("预算执行",) for the money row); ``judgement`` None where no score is printed."""

    path: tuple[str, ...]
    scored: Scored
    printed: Decimal | None
    judgement: Judgement


@record
class WeightSum:
    """``total`` of all printed weights with the execution row (None where one cannot be read), by first level, and the official split it is."""

    total: Decimal | None
    expected: Decimal
    by_level: tuple[tuple[str, Decimal], ...]
    split: Split | None
    note: str


@record
class ProjectScore:
    """``total`` is computed; ``printed_total`` is the cell 合计, ``printed_sum`` the sum of the printed scores (None where one is missing).

    ``judgements`` are on the form as a whole (sum against total, weights). ``grain`` is what the form rounds to.
    """

    scheme: Scheme
    execution: RowScore | None
    indicators: tuple[RowScore, ...]
    weights: WeightSum
    total: Scored
    printed_total: Decimal | None
    printed_sum: Decimal | None
    grade: str | None
    grain: Decimal
    judgements: tuple[Judgement, ...]

    @property
    def rows(self) -> tuple[RowScore, ...]:
        return ((self.execution,) if self.execution is not None else ()) + self.indicators


def score_project(
    project: Project, facts: Facts | None = None, scheme: Scheme | None = None, grain: Decimal | None = None
) -> ProjectScore:
    """Score a form. ``facts``: the dossier's, for entries that carry only a fact; ``scheme``: the Ministry's where none is given; ``grain``: what
    to round to (where none is given, what the scheme says, else what the form's own scores show)."""
    chosen = scheme if scheme is not None else scheme_by_id(_GENERAL)
    if facts is not None:
        project = _with_texts(project, facts)
    grain = grain or _grain(project, chosen)
    rows = tuple(_row(each, chosen, grain) for each in project.indicators)
    execution = None if project.overall else _execution_row(project.money, chosen, grain)
    weights = _weights(project, execution, chosen)
    parts = [row.scored for row in ((execution,) if execution is not None else ()) + rows]
    total = _total(parts, weights.total)
    printed = [row.printed for row in rows] + ([execution.printed] if execution is not None else [])
    added = trimmed(sum((each for each in printed if each is not None), ZERO)) if printed and None not in printed else None
    stated = number(project.total_score.text)
    grade = grade_of(total.value, chosen) if total.value is not None and weights.total == chosen.total else None
    return ProjectScore(
        chosen,
        execution,
        rows,
        weights,
        total,
        stated,
        added,
        grade,
        grain,
        tuple(_whole(project, added, stated, weights, execution is not None)),
    )


def score_execution(money: Funding, scheme: Scheme | None = None, grain: Decimal = GRAIN) -> Scored | None:
    """The points for execution: weight × executed ÷ adjusted budget; from the printed rate where the amounts are missing; None without either."""
    chosen = scheme if scheme is not None else scheme_by_id(_GENERAL)
    item = next((each for each in chosen.leaves() if each.formula is not None and each.formula.name == "execution"), None)
    weight = number(money.weight.text)
    if weight is None and item is not None and money.weight.text is None:
        weight = item.weight
    budget = number(money.budget_adjusted.text)
    if budget is None and money.budget_adjusted.text is None:
        budget = number(money.budget_initial.text)
    executed, rate = number(money.executed.text), number((money.rate.text or "").rstrip("%％"))
    certainty = item.certainty if item is not None else "knowledge"
    if weight is None:
        return None
    if executed is not None and budget is not None and budget > 0:
        share, lead = Fraction(executed) / Fraction(budget), f"执行数 {words(executed)} ÷ 预算数 {words(budget)} × {words(weight)}"
    elif rate is not None and budget is None:
        share, lead = Fraction(rate) / 100, f"执行率 {words(rate)}% × {words(weight)}"
    elif budget == 0:
        return Scored("unclear", None, ZERO, weight, weight, "预算数为 0，不能计算执行率", ("预算数为 0",), certainty)
    else:
        return Scored("unread", None, ZERO, weight, weight, "没有读出预算数和执行数，不能计算执行得分", (), certainty)
    review = (f"执行率 {percent(share)} 超过 100%，按满分计，请核对",) if share > 1 else ()
    share = max(min(share, Fraction(1)), Fraction(0))
    exact = share * Fraction(weight)
    value = rounded(exact, grain)
    low, high = spread(exact, exact, weight)
    outcome = Scored(
        "met" if share == 1 else "judged",
        value,
        low,
        high,
        weight,
        f"{lead} = {words(value)}",
        review,
        certainty,
        exact,
        share,
        strict=True,
    )
    return outcome


def _execution_row(money: Funding, scheme: Scheme, grain: Decimal) -> RowScore | None:
    if all(each.text is None for each in (money.budget_initial, money.budget_adjusted, money.executed, money.rate, money.score)):
        return None
    if money.weight.text is None and money.score.text is None and money.rate.text is None:
        return None  # a form that does not score execution
    scored = score_execution(money, scheme, grain)
    if scored is None:
        return None
    printed = number(money.score.text)
    doubtful = any(
        _doubtful(each) for each in (money.budget_initial, money.budget_adjusted, money.executed, money.rate, money.weight, money.score)
    )
    return RowScore(("预算执行",), scored, printed, judge(printed, scored, reason=money.reason.text, grain=grain, doubtful=doubtful))


def _row(indicator: Indicator, scheme: Scheme, grain: Decimal) -> RowScore:
    scored = score_indicator(indicator, scheme, grain)
    printed = number(indicator.score.text)
    doubtful = any(
        _doubtful(each)
        for each in (indicator.operator, indicator.target, indicator.unit, indicator.actual, indicator.weight, indicator.score)
    )
    return RowScore(
        (indicator.level1, indicator.level2, indicator.name), scored, printed,
        judge(printed, scored, reason=indicator.reason.text, grain=grain, doubtful=doubtful),
    )  # fmt: skip


def _doubtful(entry: Entry) -> bool:
    return entry.doubt is not None or entry.restored


def _grain(project: Project, scheme: Scheme) -> Decimal:
    """The scheme's grain, else the finest that the form's own scores show, else a hundredth."""
    if scheme.rounding.grain is not None:
        return scheme.rounding.grain
    printed = [each.score.text for each in project.indicators] + [project.money.score.text]
    return grain_of(printed) if any(number(text) is not None for text in printed) else GRAIN


def _with_texts(project: Project, facts: Facts) -> Project:
    """Entries that have only a fact take the fact's print."""

    def text(entry: Entry) -> Entry:
        if entry.text is not None or entry.fact is None:
            return entry
        fact = facts.get(entry.fact) if isinstance(facts, Mapping) else facts[entry.fact] if 0 <= entry.fact < len(facts) else None
        return entry if fact is None else replace(entry, text=fact.figure.printed)

    bare = [e for i in project.indicators for e in (i.target, i.actual, i.weight, i.score)] + [
        e for f in project.funding for e in (f.budget_initial, f.budget_adjusted, f.executed, f.rate, f.weight, f.score)
    ]
    if not any(entry.text is None and entry.fact is not None for entry in bare):
        return project
    return replace(
        project,
        indicators=tuple(
            replace(i, target=text(i.target), actual=text(i.actual), weight=text(i.weight), score=text(i.score)) for i in project.indicators
        ),
        funding=tuple(
            replace(f, budget_initial=text(f.budget_initial), budget_adjusted=text(f.budget_adjusted), executed=text(f.executed),
                    rate=text(f.rate), weight=text(f.weight), score=text(f.score))
            for f in project.funding
        ),
        total_score=text(project.total_score), total_weight=text(project.total_weight),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ weights


@lru_cache(maxsize=4096)
def level_item(name: str, scheme: Scheme) -> str:
    """The id of the scheme's first-level item that a printed 一级指标 means; "" for none."""
    plain = re.sub(r"[(].*", "", "".join(fold(name).split()))
    for item in scheme.items:
        if plain in (item.name, *item.aliases) or (plain and plain == item.name.removesuffix("指标")):
            return item.id
    return ""


def _weights(project: Project, execution: RowScore | None, scheme: Scheme) -> WeightSum:
    by_level: dict[str, Decimal] = {}
    known = True
    for indicator in project.indicators:
        weight = number(indicator.weight.text)
        if weight is None:
            known = False
        else:
            by_level[indicator.level1] = by_level.get(indicator.level1, ZERO) + weight
    own = execution.scored.weight if execution is not None else None
    total = sum(by_level.values(), ZERO) + (own or ZERO) if known and project.indicators else None
    found = {level_item(name, scheme): weight for name, weight in by_level.items()}
    if own is not None:
        execution_item = next((item for item in scheme.items if item.formula is not None and item.formula.name == "execution"), None)
        found[execution_item.id if execution_item is not None else "execution"] = own
    split = next((each for each in scheme.splits if dict(each.weights) == found), None) if total is not None else None
    note = ""
    if total is not None and total != scheme.total:
        note = f"权重合计 {words(total)}，应为 {words(scheme.total)}"
    elif total is not None and split is None and scheme.splits and not project.overall:
        shown = "、".join(f"{name} {words(weight)}" for name, weight in by_level.items())
        note = f"{shown} 与规定的划分不同，但合计 {words(total)} 分"
    return WeightSum(total, scheme.total, tuple(by_level.items()), split, note)


def split_for(project: Project, scheme: Scheme) -> Split | None:
    """The official split that this form should follow: by whether it has cost indicators of the first level."""
    when = "cost" if any(level_item(indicator.level1, scheme) == "cost" for indicator in project.indicators) else "no_cost"
    return next((split for split in scheme.splits if split.when == when), None)


def _total(parts: list[Scored], weight: Decimal | None) -> Scored:
    values = [part.value for part in parts]
    low, high = sum((part.low for part in parts), ZERO), sum((part.high for part in parts), ZERO)
    open_rows = sum(value is None for value in values)
    if not parts or open_rows:
        text = f"还有 {open_rows} 行不能计算得分" if parts else "没有可以计算的行"
        return Scored("unread", None, low, high, weight, text)
    total = trimmed(sum((value for value in values if value is not None), ZERO))
    text = "＋".join(words(value) for value in values if value is not None) + f" = {words(total)}"
    certainty = "knowledge" if any(part.certainty in ("knowledge", "uncertain") for part in parts) else "attested"
    exact = Fraction(total)
    return Scored("judged", total, min(low, total), max(high, total), weight, text, certainty=certainty, exact=exact)  # type: ignore[arg-type]


_POINTS = regex(r"\((\d+(?:\.\d+)?)分?\)")


def _levels(weights: WeightSum) -> list[Judgement]:
    """A first level that prints its own points (产出指标（50分）) against the rows beneath it."""
    found = []
    for name, total in weights.by_level:
        match = _POINTS.search("".join(fold(name).split()))
        if match and Decimal(match[1]) != total and weights.total is not None:
            found.append(Judgement("implausible", f"“{name}”下各行权重之和为 {words(total)}", Decimal(match[1])))
    return found


def _whole(project: Project, added: Decimal | None, stated: Decimal | None, weights: WeightSum, scored_execution: bool) -> list[Judgement]:
    """What is wrong with the form as a whole, and can be said without knowing any single score."""
    found = _levels(weights)
    doubtful = _doubtful(project.total_score) or any(_doubtful(each.score) or _doubtful(each.weight) for each in project.indicators)
    if added is not None and stated is not None and added != stated:
        rounded_only = any(rounded(Fraction(added), grain) == stated for grain in (Decimal("0.1"), Decimal(1)))
        reason = f"各行得分之和 {words(added)} 不等于合计 {words(stated)}" + ("（合计可能取整）" if rounded_only else "")
        found.append(Judgement("implausible" if rounded_only else "impossible", reason, added))
    full = number(project.total_weight.text)
    if weights.total is not None and full is not None and weights.total != full:
        found.append(Judgement("impossible", f"各行权重之和 {words(weights.total)} 不等于合计 {words(full)}", weights.total))
    elif weights.total is not None and weights.total != weights.expected:
        found.append(Judgement("implausible" if scored_execution or project.overall else "review", weights.note, weights.expected))
    elif weights.note:
        found.append(Judgement("review", weights.note))
    if doubtful:
        return [replace(each, kind="review", reason=f"{each.reason}（读数存疑，请核对原文）") for each in found]
    return found


def project_scheme(project: Project, standards: Standards) -> Scheme:
    """The scheme that a form follows: a generic one whose fixed indicators it has (three, or most of them), else the one that applies there."""
    names = {indicator.name for indicator in project.indicators}
    for each in schemes(standards):
        if each.kind != "project":
            continue
        fixed = [item.name for _, item in generic_indicators(each)]
        if fixed and sum(name in names for name in fixed) >= max(3, len(fixed) - 1):
            return each
    return scheme_for(standards, "project") or scheme_by_id(_GENERAL)


def generic_indicators(scheme: Scheme) -> tuple[tuple[Item, Item], ...]:
    """The fixed indicators of a generic form (running-cost projects), each with its first-level item."""
    return tuple((top, item) for top in scheme.items for _, item in top.walk() if item.target is not None)
