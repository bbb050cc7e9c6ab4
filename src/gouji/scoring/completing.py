"""A filled form made complete (补全): blanks computed, arithmetic redone, what is missing or cannot be said so.

What a person entered stays, also where it is doubted: it is reported, never silently changed. Only what is plain arithmetic (总额 where it is
blank, 执行率, 执行得分, 合计) is always the computed one, because a workbook may carry the stored result of a formula that is no longer true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from gouji.model.figure import Place
from gouji.model.record import record
from gouji.model.records import Entry, Funding, Indicator, Project
from gouji.model.regex import regex
from gouji.scoring.cells import number, read_cell
from gouji.scoring.projects import ProjectScore, RowScore, score_project
from gouji.scoring.scored import GRAIN, ZERO, rounded, trimmed, words
from gouji.standards.scheme_records import Scheme

Severity = Literal["error", "warning", "note"]
#: Below this execution rate the form must say why; above it a missing reason is only noted. No rule names a threshold.
REASON_BELOW = Fraction(9, 10)
#: A printed rate may be rounded or cut to two decimals.
_RATE_GRAIN = Fraction(1, 100)
_TOTAL_IN_WORDS = regex(r"(?:自评|综合|最终|总)(?:得分|评分|分)?[为是:：]?(\d+(?:\.\d+)?)分")
_FIELDS = {"name": "项目名称", "authority": "主管部门", "unit": "实施单位", "goal": "年度目标", "result": "目标完成情况", "conclusion": "评价结论",
           "process": "项目实施内容及过程概述"}  # fmt: skip
_CELLS = {"operator": "指标性质", "target": "指标值", "actual": "完成值", "weight": "权重"}


@record
class Shortcoming:
    """Something missing, impossible (error) or to be looked at, in Chinese. ``place`` is the cell's; None where the form has no such cell."""

    severity: Severity
    subject: str
    message: str
    remedy: str
    place: Place | None = None


@record
class Settled:
    """A form as it was filled, its scores, the complete form, and what is wrong with it."""

    project: Project
    score: ProjectScore
    complete: Project
    shortcomings: tuple[Shortcoming, ...]


def settle(project: Project, scheme: Scheme | None = None, *, recompute: bool = False) -> Settled:
    """Score a filled form and complete it. ``scheme``: the Ministry's where none is given. Where scores are still blank those that are there
    (full marks, say) do not tell what the form rounds to: a hundredth then."""
    filled = with_total(project)
    open_scores = any(number(one.score.text) is None for one in filled.indicators)
    score = score_project(filled, scheme=scheme, grain=GRAIN if open_scores else None)
    return Settled(project, score, complete(filled, score, recompute=recompute), shortcomings(filled, score))


def complete(project: Project, score: ProjectScore, *, recompute: bool = False) -> Project:
    """The form with every score. ``recompute``: scores that the rules do not allow are replaced by the computed ones as well."""
    indicators = tuple(
        _scored(one, row, recompute) for one, row in zip(project.indicators, score.indicators, strict=True)
    )
    funding = tuple(_funded(each, score if not each.part else None) for each in with_total(project).funding)
    kept = [number(one.score.text) for one in indicators]
    execution = number(next((each.score.text for each in funding if not each.part), "")) if score.execution is not None else ZERO
    done = None not in kept and kept and execution is not None
    total = words(trimmed(sum((each for each in kept if each is not None), ZERO) + (execution or ZERO))) if done else (project.total_score.text or "")
    weight = words(score.weights.total) if score.weights.total is not None else (project.total_weight.text or "")
    return replace(
        project, indicators=indicators, funding=funding,
        total_weight=replace(project.total_weight, text=weight), total_score=replace(project.total_score, text=total),
    )  # fmt: skip


def with_total(project: Project) -> Project:
    """The form with the total of the money block summed up from its parts where it is blank."""
    money, parts = project.money, [each for each in project.funding if each.part]
    changed: dict[str, Any] = {}
    for name in ("budget_initial", "budget_adjusted", "executed"):
        entry: Entry = getattr(money, name)
        values = [number(getattr(each, name).text) for each in parts]
        if not (entry.text or "").strip() and any(value is not None for value in values):
            total = sum((value for value in values if value is not None), ZERO)
            changed[name] = replace(entry, text=f"{total:.2f}" if project.money_unit != "元" else words(total))
    if not changed:
        return project
    filled = replace(money, **changed)
    return replace(project, funding=tuple(filled if each is money else each for each in project.funding))


def _scored(indicator: Indicator, row: RowScore, recompute: bool) -> Indicator:
    blank = row.printed is None
    if row.scored.value is not None and (blank or (recompute and row.judgement.kind in ("impossible", "implausible"))):
        return replace(indicator, score=replace(indicator.score, text=words(row.scored.value)))
    return indicator


def _funded(money: Funding, score: ProjectScore | None) -> Funding:
    rate, printed = execution_rate(money), number((money.rate.text or "").rstrip("%％"))
    changed: dict[str, Any] = {}
    if rate is not None and (printed is None or abs(Fraction(printed) - rate * 100) > _RATE_GRAIN):
        changed["rate"] = replace(money.rate, text=f"{rounded(rate * 100):.2f}%")
    row = score.execution if score is not None else None
    if row is not None and row.scored.value is not None and not (row.printed is not None and row.scored.low <= row.printed <= row.scored.high):
        changed["score"] = replace(money.score, text=words(row.scored.value))
    return replace(money, **changed) if changed else money


def execution_rate(money: Funding) -> Fraction | None:
    """Executed ÷ adjusted budget (the initial one where the form has no other), as a fraction of one."""
    budget = number(money.budget_adjusted.text)
    if budget is None:
        budget = number(money.budget_initial.text)
    executed = number(money.executed.text)
    return Fraction(executed) / Fraction(budget) if executed is not None and budget else None


# ------------------------------------------------------------------------------------------------------- what is missing


def shortcomings(project: Project, score: ProjectScore) -> tuple[Shortcoming, ...]:
    """What is missing or cannot be, in the order of the form; errors must be put right before the form is published."""
    found = (*_heads(project), *_money(project, score), *_rows(project, score), *_whole(project, score))
    if not project.doubts:
        return found
    # What was not read for certain may well stand in the document: no error of the unit's.
    return tuple(
        replace(each, severity="warning", remedy=f"本表读得不确切，请先核对原文。{each.remedy}") if each.severity == "error" and "没有" in each.message else each
        for each in found
    )


def repeated(projects: Sequence[Project]) -> dict[int, Shortcoming]:
    """Projects that carry the code or the name of an earlier one, by their number."""
    seen: dict[str, int] = {}
    found: dict[int, Shortcoming] = {}
    for at, project in enumerate(projects):
        for entry, what in ((project.code, "项目编码"), (project.name, "项目名称")):
            text = "".join((entry.text or "").split())
            if not text:
                continue
            if text in seen and at not in found:
                found[at] = Shortcoming("error", what, f"{what}“{text}”与第 {seen[text] + 1} 张表相同", "请核对是否重复填报，或改正编码、名称。", entry.place)
            seen.setdefault(text, at)
    return found


def _blank(entry: Entry) -> bool:
    return not (entry.text or "").strip()


def _heads(project: Project) -> Iterator[Shortcoming]:
    needed = ["unit", "goal"] if project.overall else ["name", "authority", "unit", "goal", "result"]
    later = ["process", "conclusion"] if project.layout == "sichuan" else []
    for field in needed + later:
        entry: Entry = getattr(project, field)
        if _blank(entry):
            label = "部门名称" if project.overall and field == "unit" else _FIELDS[field]
            yield Shortcoming("error" if field in needed else "warning", label, f"没有填“{label}”", f"请补填{label}。", entry.place)
    goal, result = ("".join((each.text or "").split()) for each in (project.goal, project.result))
    if len(goal) > 15 and goal == result:
        yield Shortcoming("warning", "目标完成情况", "完成情况与年度目标一字不差，像是照抄", "请写实际完成的数量、质量和效果。", project.result.place)


def _money(project: Project, score: ProjectScore) -> Iterator[Shortcoming]:
    if project.overall:
        return
    money = project.money
    if not project.funding:
        yield Shortcoming("error", "预算执行", "没有读到预算执行情况", "请按模板填写预算数和执行数。")
        return
    adjusted = money.budget_adjusted if money.budget_adjusted.text is not None else money.budget_initial
    for entry, label in ((adjusted, "预算数"), (money.executed, "执行数")):
        if number(entry.text) is None:
            said = f"“{entry.text}”不是数字" if not _blank(entry) else "没有填"
            yield Shortcoming("error", "预算执行", f"总额的{label}{said}，算不出执行率", f"请填总额（或各资金来源）的{label}。", entry.place)
    for each in project.funding:
        part = each.part or "总额"
        for name, label in (("budget_initial", "年初预算"), ("budget_adjusted", "调整后预算数"), ("executed", "执行数")):
            entry = getattr(each, name)
            if number(entry.text) is None and (entry.text or "").strip(" /-—\\无") and not (not each.part and entry in (adjusted, money.executed)):
                yield Shortcoming("error", "预算执行", f"“{part}”的{label}“{entry.text}”不是数字", "请填数字，没有的填0。", entry.place)
        budget, executed = number(each.budget_adjusted.text), number(each.executed.text)
        if budget is not None and executed is not None and executed > budget:
            yield Shortcoming("warning", "预算执行", f"“{part}”的执行数 {words(executed)} 大于调整后预算数 {words(budget)}", "请核对两个数；确有追加的，调整后预算数应包括追加数。", each.executed.place)
    for name, label in (("budget_initial", "年初预算"), ("budget_adjusted", "调整后预算数"), ("executed", "执行数")):
        total = number(getattr(money, name).text)
        parts = [value for each in project.funding if each.part and (value := number(getattr(each, name).text)) is not None]
        if total is not None and parts and sum(parts, ZERO) != total:
            yield Shortcoming("error", "预算执行", f"{label}总额 {words(total)} 不等于各资金来源之和 {words(sum(parts, ZERO))}",
                              "请核对各来源的金额和总额。", getattr(money, name).place)  # fmt: skip
    rate = execution_rate(money)
    printed = number((money.rate.text or "").rstrip("%％"))
    if rate is not None and printed is not None and abs(Fraction(printed) - rate * 100) > _RATE_GRAIN:
        expected = f"{rounded(rate * 100):.2f}%"
        yield Shortcoming("warning", "执行率", f"执行率写作 {money.rate.text}，按金额应为 {expected}", "输出的表已按计算值写。", money.rate.place)
    if rate is not None and rate < 1 and _blank(money.reason) and money.reason.text is not None:
        low = rate < REASON_BELOW
        yield Shortcoming("warning" if low else "note", "执行率", f"执行率 {rounded(rate * 100)}%，没有写原因", "请在“原因”一栏说明。", money.reason.place)
    row = score.execution
    if row is not None:
        yield from _judged(row, money.score, "预算执行", arithmetic=True)


def _rows(project: Project, score: ProjectScore) -> Iterator[Shortcoming]:
    if not project.indicators:
        yield Shortcoming("error", "绩效指标", "没有填任何绩效指标", "请至少填写产出、效益和满意度指标。")
    weighted = any(one.weight.text is not None for one in project.indicators)
    if project.indicators and not weighted:
        yield Shortcoming("error", "权重", "这张表没有权重和得分两栏，算不出得分", "请用 gouji template self-evaluation 写出的表填报。")
    for indicator, row in zip(project.indicators, score.indicators, strict=True):
        subject = indicator.name or "（没有名称的指标）"
        places = [e.place for e in (indicator.operator, indicator.target, indicator.actual, indicator.weight) if e.place is not None]
        if not indicator.name:
            yield Shortcoming("error", subject, "这一行没有填三级指标", "请填指标名称，或把整行清空。", places[0] if places else None)
        blank = False
        for name, label in _CELLS.items():
            entry: Entry = getattr(indicator, name)
            if (name == "operator" and (project.layout == "ministry" or (entry.text is None and _blank(indicator.target)))) or (name == "weight" and not weighted):
                continue
            if _blank(entry) and name == "operator" and read_cell(indicator.target.text or "").kind == "text":
                yield Shortcoming("note", subject, "没有填指标性质，指标值是文字，按“定性”计算", "请在指标性质一栏选“定性”。", entry.place)
            elif _blank(entry):
                blank = True
                yield Shortcoming("error", subject, f"没有填{label}", f"请补填{label}。", entry.place or (places[0] if places else None))
        weight = number(indicator.weight.text)
        if not _blank(indicator.weight) and weight is None:
            yield Shortcoming("error", subject, f"权重“{indicator.weight.text}”不是数字", "请填数字。", indicator.weight.place)
        if row.scored.value is None and row.printed is None and not blank and weighted:
            yield Shortcoming("error", subject, f"得分要由人评定：{row.scored.derivation}", "请在得分一栏填写评定的分数，并写明理由。", indicator.score.place)
        yield from _judged(row, indicator.score, subject)
        points = row.printed if row.printed is not None else row.scored.value
        lost = points is not None and weight is not None and points < weight
        if lost and _blank(indicator.reason):
            yield Shortcoming("error" if row.scored.outcome in ("missed", "partly") else "warning", subject,
                              f"得分 {words(points or ZERO)} 低于权重 {words(weight or ZERO)}，没有写原因", "请写明未完成或扣分的原因。",
                              indicator.reason.place or indicator.score.place)  # fmt: skip


def _judged(row: RowScore, entry: Entry, subject: str, arithmetic: bool = False) -> Iterator[Shortcoming]:
    """The verdict on a printed score, and what a person should look at."""
    verdict = row.judgement
    if row.printed is not None and verdict.kind in ("impossible", "implausible"):
        severity: Severity = "error" if verdict.kind == "impossible" and not arithmetic else "warning"
        remedy = "输出的表已按计算值写。" if arithmetic else f"按规定应得 {words(verdict.expected)}，请核对。" if verdict.expected is not None else "请核对。"
        yield Shortcoming(severity, subject, verdict.reason, remedy, entry.place)
    elif row.printed is not None and verdict.kind == "review" and verdict.reason:
        yield Shortcoming("note", subject, verdict.reason, "请复核。", entry.place)
    for text in row.scored.review:
        if text not in verdict.reason and text not in ("完成值空白", "指标值空白", "定性指标须人工评定"):
            yield Shortcoming("note", subject, text, "请复核。", entry.place)
    if row.scored.slip:
        yield Shortcoming("warning", subject, row.scored.slip, "请核对单位和位数。", entry.place)


def _whole(project: Project, score: ProjectScore) -> Iterator[Shortcoming]:
    weights = score.weights
    if weights.total is not None and weights.total != weights.expected:
        yield Shortcoming("error", "权重", f"权重合计 {words(weights.total)}，应为 {words(weights.expected)}", "请调整各指标的权重。", project.total_weight.place)
    elif weights.note:
        yield Shortcoming("note", "权重", weights.note, "如当地另有规定，不必改动。", project.total_weight.place)
    done = complete(project, score)
    final, printed = number(done.total_score.text), number(project.total_score.text)
    if final is not None and printed is not None and final != printed:
        yield Shortcoming("warning", "合计", f"合计得分写作 {words(printed)}，各行之和为 {words(final)}", "输出的表已按计算值写。", project.total_score.place)
    for said in _TOTAL_IN_WORDS.findall("".join((project.conclusion.text or "").split())):
        if final is not None and Decimal(said) != final:
            yield Shortcoming("error", "评价结论", f"评价结论说 {said} 分，合计为 {words(final)} 分", "请使两处一致。", project.conclusion.place)
            break
