"""Scored schemes (评价指标体系): sub-scores against their parent, deductions against the score, totals told in several places, grades.

A scheme is printed as a table (``dossier.evaluations``) or told in the sentences of a report (facts ``evaluation.item``); both are judged alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.forms.inputs import Given, inputs_of
from gouji.checks.forms.names import bare
from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.finding import Severity
from gouji.model.record import record
from gouji.model.records import ABSENT, Entry, Evaluation, EvaluationItem
from gouji.model.regex import regex
from gouji.model.slips import likeness
from gouji.scoring import EvaluationScore, ItemScore, Judgement, Scored, evaluate, find_item, number, recognise, score_evaluation
from gouji.scoring.scored import words
from gouji.standards.scheme_records import Formula, Item


@record
class ToldScheme:
    """An evaluation with what it is called; ``facts`` of the deductions by the name of the item that the same paragraph scores."""

    evaluation: Evaluation
    score: EvaluationScore
    told: bool  # in sentences
    deductions: tuple[tuple[str, tuple[Fact, ...]], ...] = ()


def schemes_of(context: Context) -> list[ToldScheme]:
    """The evaluations of tables and the one that the sentences tell."""
    jurisdiction = context.dossier.jurisdiction
    found = [ToldScheme(each, score_evaluation(each, jurisdiction=jurisdiction), False) for each in context.dossier.evaluations]
    for project in dict.fromkeys(f.dimension("project") for f in context.by_concept.get("evaluation.item", ())):
        told = _from_sentences(context, project)
        if told is None:
            continue
        evaluation, deductions = told
        scheme = recognise(evaluation, jurisdiction)
        found.append(ToldScheme(evaluation, score_evaluation(evaluation, scheme, jurisdiction=jurisdiction), True, deductions))
    return found


def _entry(fact: Fact | None) -> Entry:
    if fact is None:
        return ABSENT
    return Entry(f"{fact.figure.value:f}", fact.id, fact.place, fact.figure.doubt or ("约数" if fact.figure.approximation else None))


def _from_sentences(context: Context, project: str | None) -> tuple[Evaluation, tuple[tuple[str, tuple[Fact, ...]], ...]] | None:
    spans = [(e.place.start, e.place.end) for e in context.dossier.evaluations if e.place is not None]
    items: dict[str, dict[str, list[Fact]]] = {}
    total: list[Fact] = []
    for fact in (*context.by_concept.get("evaluation.item", ()), *context.by_concept.get("evaluation.total", ())):
        if fact.dimension("project") != project or any(start <= fact.place.start < end for start, end in spans):
            continue
        if fact.concept == "evaluation.total":
            if fact.measure == "score":
                total.append(fact)
            continue
        name = fact.dimension("item") or ""
        items.setdefault(name, {}).setdefault(fact.measure, []).append(fact)
    if len(items) < 3:
        return None
    made: list[EvaluationItem] = []
    lost: list[tuple[str, tuple[Fact, ...]]] = []
    for name, by in items.items():
        if any(len({f.figure.value for f in facts}) > 1 for facts in by.values()):
            return None  # one name with two scores: two schemes, or two years
        if "score" in by:
            made.append(EvaluationItem((name,), "", _entry(next(iter(by.get("weight", ())), None)), _entry(by["score"][0])))
            here = context.index_at(by["score"][0].place.start)
            own = [f for other, each in items.items() for f in each.get("deduction", ()) if other != name and context.index_at(f.place.start) == here]
            if any(other != name and context.index_at(f.place.start) == here for other, each in items.items() for f in each.get("score", ())):
                begun = by["weight"][0].place.start if "weight" in by else by["score"][0].place.start
                own = [f for f in own if begun < f.place.start < by["score"][0].place.start]  # of several items scored here, between this one's weight and score
            if own:
                lost.append((name, tuple(own)))
    stated = total[0] if len({f.figure.value for f in total}) == 1 else None
    made = _under_their_heading(_under_their_lead(context, made))
    return Evaluation("", tuple(made), _entry(stated)), tuple(lost)


def _under_their_lead(context: Context, items: list[EvaluationItem]) -> list[EvaluationItem]:
    """（一）部门预算管理（40分），自评38.2分。预算编制10分，自评9.5分；…: what a paragraph tells behind its first item is part of it where the weights are."""
    by: dict[int, list[EvaluationItem]] = {}
    for each in items:
        by.setdefault(context.index_at(each.score.place.start) if each.score.place is not None else -1, []).append(each)
    lead: dict[str, str] = {}
    for group in by.values():
        first, *rest = sorted(group, key=lambda each: each.score.place.start if each.score.place is not None else 0)
        weights = [number(each.weight.text) for each in rest]
        own, below = number(first.weight.text), sum((w for w in weights if w is not None), Decimal(0))
        if own is not None and len(rest) > 1 and all(w is not None for w in weights) and below == own and below + own != _FULL_MARKS:
            lead.update({each.path[-1]: first.path[-1] for each in rest})
    return [replace(each, path=(lead[each.path[-1]], *each.path)) if each.path[-1] in lead else each for each in items]


def _under_their_heading(items: list[EvaluationItem]) -> list[EvaluationItem]:
    """（一）决策（20分） as a heading over 1.项目立项（5分）: what is scored below a heading is part of the item that the heading names."""
    names = {each.path[-1] for each in items}
    found = []
    for each in items:
        title = each.score.place.section.rpartition("›")[2] if each.score.place is not None else ""
        above = next((name for name in names if name != each.path[-1] and f"{name}（" in title.replace("(", "（")), "")
        found.append(replace(each, path=(above, *each.path)) if above and len(each.path) == 1 else each)
    return found


def sums(context: Context) -> Iterator[Remark]:
    """Sub-scores against their parent and the total, bounds, weights against the scheme."""
    for told in schemes_of(context):
        rows = told.score.items
        for judgement in told.score.judgements:
            if "应为“" in judgement.reason:
                continue  # the grade: a rule of its own
            if told.told and "总分" in judgement.reason and _strange(told):
                continue
            yield _remark(told, judgement, _concerned(told, judgement))
        for row in rows:
            for judgement in row.judgements:
                bound = "超过权重" in judgement.reason and row.printed.score.fact is not None  # the law of bounds judges facts
                if judgement.kind in ("impossible", "implausible") and "减扣分" not in judgement.reason and not bound:
                    yield _remark(told, judgement, (row.printed.score, row.printed.weight), row)
    yield from _totals(context)


def _strange(told: ToldScheme) -> bool:
    """Whether a report's sentences seem to give an item, of no weight, a score too high for any: then it is none, and another may be missing."""
    rows = [(number(each.weight.text), number(each.score.text)) for each in told.evaluation.items if len(each.path) == 1]
    known = [weight for weight, _ in rows if weight is not None]
    return any(weight is None and score is not None and known and score > max(known) for weight, score in rows)


def _concerned(told: ToldScheme, judgement: Judgement) -> tuple[Entry, ...]:
    """The cells that a judgement on sums speaks of: the total, or the parent with its parts."""
    if "总分" in judgement.reason:
        return (told.evaluation.total, *(each.score for each in told.evaluation.items))
    parents = [each for each in told.evaluation.items if f"“{each.path[-1].partition('(')[0].partition('（')[0].strip()}" in judgement.reason]
    return (*(each.score for each in parents), *(each.score for each in told.evaluation.items if each not in parents))


_FULL_MARKS = Decimal(100)  # 履职50分、管理20分、财务10分、资产10分、采购10分 are a whole scheme, one beside the other
#: 两项合计扣2.35分 says again what the items before it lost.
_SAID = 12  # characters before a score in which it is called a mean
_AGAIN = regex(r"合计|共计|总共|累计")
_SEVERITY: dict[str, Severity] = {"impossible": "error", "implausible": "warning", "review": "note", "fine": "note"}


def _remark(told: ToldScheme, judgement: Judgement, entries: Sequence[Entry], row: ItemScore | None = None) -> Remark:
    doubt = any(each.doubt for each in entries) or bool(told.evaluation.doubts)
    restored = any(each.restored for each in entries)
    severity = _SEVERITY[judgement.kind]
    if doubt:
        severity = "note"
    elif restored and severity == "error":
        severity = "warning"
    name = f"“{row.printed.path[-1]}”" if row is not None and "“" not in judgement.reason else ""
    places = tuple(each.place for each in entries if each.place is not None) or ((told.evaluation.place or Place(0, 0, 1)),)
    return Remark(
        zh=f"评价得分：{name}{judgement.reason}。",
        en="Scored scheme: the parts do not fit the whole.",
        places=places[:24],
        key=(judgement.reason,),
        subject="evaluation.item",
        severity=severity,
        found=entries[0].text or "" if entries else "",
        expected=words(judgement.expected) if judgement.expected is not None else "",
        facts=tuple(each.fact for each in entries if each.fact is not None)[:24],
        suggestion="逐项核对得分，使分项、小计和总分一致。",
    )


def _totals(context: Context) -> Iterator[Remark]:
    """The department's score wherever it is stated: report, table, narrative."""
    stated: list[tuple[Decimal, Entry]] = []
    for fact in (*context.facts_of("evaluation.total", "score"), *context.facts_of("performance.score", "score")):
        said = context.outline.text[max(0, fact.place.start - _SAID) : fact.place.start]
        if not fact.figure.approximation and "平均" not in said:  # the mean of the projects' scores is no score of the department
            stated.append((fact.figure.value, _entry(fact)))
    for told in schemes_of(context):
        value = number(told.evaluation.total.text)
        if value is not None:
            stated.append((value, told.evaluation.total))
        elif told.score.sum is not None and not told.told and told.score.full is not None:
            scores = [each.score for each in told.evaluation.items if number(each.score.text) is not None]
            stated.append((told.score.sum, scores[-1] if scores else ABSENT))
    values = list(dict.fromkeys(value for value, _ in stated))
    if len({f.figure.value for f in context.facts_of("evaluation.total", "score")}) > 1:
        return  # the law of agreement says it
    if len(values) < 2:
        return
    entries = [entry for _, entry in stated]
    yield Remark(
        zh=f"部门整体绩效自评得分前后不一：{'、'.join(words(value) + '分' for value in values)}。",
        en="The department's score is stated with different values.",
        places=tuple(dict.fromkeys(each.place for each in entries if each.place is not None))[:24],
        key=tuple(words(value) for value in values),
        subject="evaluation.total",
        severity="note" if any(each.doubt for each in entries) else "error",
        found=words(values[0]),
        expected=words(values[1]),
        facts=tuple(dict.fromkeys(each.fact for each in entries if each.fact is not None))[:24],
        suggestion="核对评价得分，各处写成同一个数。",
    )


def deductions(context: Context) -> Iterator[Remark]:
    """weight − deductions = score, where the deductions are named."""
    for told in schemes_of(context):
        for row in told.score.items:
            for judgement in row.judgements:
                if judgement.kind == "impossible" and "减扣分" in judgement.reason:
                    yield _remark(told, judgement, (row.printed.score, row.printed.deduction, row.printed.weight), row)
        for name, lost in told.deductions:
            row = next(each for each in told.score.items if each.printed.path[-1] == name)
            weight = row.weight if row.weight is not None else (row.item.weight if row.item is not None else None)
            mine = [f for f in lost if _beneath(told, f, row)]
            if weight is None or row.score is None or not mine or len(mine) != len(lost):
                continue
            mine = [f for f in mine if not _AGAIN.search(f.dimension("item") or "") and not context.outline.text[max(0, f.place.start - 2) : f.place.start].endswith("共扣")]
            if not mine or _unread(context, mine):
                continue
            off = sum((f.figure.value for f in mine), Decimal(0))
            mine.sort(key=lambda f: f.place.start)
            if weight - off != row.score and len(mine) > 2 and off == mine[0].figure.value * 2 and "其中" in context.outline.text[mine[0].place.end : mine[1].place.start]:
                mine, off = mine[:1], mine[0].figure.value  # 扣1.1分，其中：…扣0.6分；…扣0.5分
            meant = [(row.score, weight - off), *((f.figure.value, f.figure.value + weight - off - row.score) for f in mine)]
            if weight - off == row.score or row.score > weight or not any(wanted >= 0 and likeness(printed, wanted, 2).name for printed, wanted in meant):
                continue  # what no slip explains leaves out deductions that are told elsewhere
            judgement = Judgement(
                "implausible", f"“{name}”权重{words(weight)}，写明扣{'、'.join(words(f.figure.value) for f in mine)}分，应得{words(weight - off)}分，写作{words(row.score)}分", weight - off
            )
            yield _remark(told, judgement, (row.printed.score, *(_entry(f) for f in mine), row.printed.weight), row)
        yield from _without_reason(told)


def _unread(context: Context, deductions: Sequence[Fact]) -> bool:
    """Whether a paragraph of the deductions takes off points that were not read as such (人均资产变化率高于全县平均水平扣1.5分)."""
    lines = {fact.place.line for fact in deductions}
    text = context.outline.text
    return any(
        fact.place.line in lines and fact.concept == "outcome" and fact.figure.unit == "分" and text[fact.place.start - 1 : fact.place.start] in ("扣", "减")
        for fact in context.dossier.facts
    )


def _beneath(told: ToldScheme, fact: Fact, row: ItemScore) -> bool:
    """Whether a deduction belongs to an item of this row: by the scheme, where it knows the name; else by the paragraph."""
    scheme = told.score.scheme
    if scheme is None or row.item is None:
        return True
    item = find_item(scheme, (fact.dimension("item") or "",))
    return item is None or any(each is item for _, each in row.item.walk())


def _without_reason(told: ToldScheme) -> Iterator[Remark]:
    """Points lost and no word why, in a table that gives reasons."""
    rows = [row for row in told.score.items if row.printed.reason.text is not None]
    for row in rows:
        lost = row.weight is not None and row.score is not None and row.score < row.weight
        path = row.printed.path
        if any(each.printed.path[: len(path)] == path and each is not row for each in told.score.items):
            continue  # its parts say why
        if lost and not bare(row.printed.reason.text or ""):
            judgement = Judgement("implausible", f"“{row.printed.path[-1]}”权重{words(row.weight or Decimal(0))}，得{words(row.score or Decimal(0))}分，没有写扣分原因")
            yield _remark(told, judgement, (row.printed.score, row.printed.reason, row.printed.weight), row)


def formulas(context: Context) -> Iterator[Remark]:
    """Scores against what the scheme's formulas give for the inputs that the report itself prints."""
    seen: dict[str, list[tuple[ToldScheme, ItemScore]]] = {}
    for told in schemes_of(context):
        for row in told.score.items:
            if told.score.scheme is not None and row.item is not None and row.score is not None:
                seen.setdefault(f"{told.score.scheme.id} {row.item.id} {row.score}", []).append((told, row))
    given: dict[str, dict[str, Given]] = {}
    for alike in seen.values():
        told, row = alike[0]
        scheme, item = told.score.scheme, row.item
        if scheme is None or item is None or row.score is None:
            continue
        if scheme.id not in given:
            given[scheme.id] = inputs_of(context, scheme)
        inputs = given[scheme.id].get(item.id)
        if inputs is None:
            continue
        if item.formula is not None and item.formula.subjects and (remark := _other_subjects(item, item.formula, inputs)) is not None:
            yield remark
        scored = evaluate(item, inputs.inputs)
        if scored.value is None or scored.low <= row.score <= scored.high:
            continue
        yield _formula_remark(alike, item, scored, inputs)


def _other_subjects(item: Item, formula: Formula, given: Given) -> Remark | None:
    """The table of an item that names its subjects lists others, and lacks some of these."""
    printed = next((table for table in given.inputs.values() if isinstance(table, dict)), {})
    missing = [each for each in formula.subjects if each not in printed]
    others = [each for each in printed if each not in formula.subjects]
    if not missing or not others:
        return None
    return Remark(
        zh=f"“{item.name}”规定比较{len(formula.subjects)}个科目，报告的表没有列{'、'.join(missing)}，另列了{'、'.join(others)}。", en="The table's subjects are not those that the scheme names.",
        places=tuple(each.place for each in given.entries if each.place is not None)[:24], key=(item.id, *missing, *others), subject="evaluation.item", severity="note",
        found="、".join(others), expected="、".join(formula.subjects), suggestion="按指标体系规定的科目列表；没有发生额的科目写零。",
    )  # fmt: skip


def _formula_remark(alike: Sequence[tuple[ToldScheme, ItemScore]], item: Item, scored: Scored, inputs: Given) -> Remark:
    score, value = alike[0][1].score or Decimal(0), scored.value or Decimal(0)
    entries = [*(each.printed.score for _, each in alike), *inputs.entries]
    totals = [total for each, _ in alike if (total := number(each.evaluation.total.text)) is not None]
    shift = f"，总分相应由{words(totals[0])}改为{words(totals[0] - score + value)}" if totals else ""
    weak = item.certainty in ("knowledge", "uncertain") or any(each.doubt for each in entries)
    return Remark(
        zh=f"评价得分：“{item.name}”自评{words(score)}分，按指标体系的算式和报告所列数据应得{words(value)}分（{item.formula.zh if item.formula else ''}：{scored.derivation}）{shift}。",
        en=f"{item.id}: {score} points, {value} by the scheme's formula and the report's own figures.",
        places=tuple(dict.fromkeys(each.place for each in entries if each.place is not None))[:24],
        key=(item.id, words(score), words(value)),
        subject="evaluation.item",
        severity="note" if weak else None,
        found=words(score),
        expected=words(value),
        facts=tuple(dict.fromkeys(each.fact for each in entries if each.fact is not None))[:24],
        suggestion="核对得分；扣分另有依据的，在扣分原因中写明。",
        derivation=(scored.derivation,),
    )


def grades(context: Context) -> Iterator[Remark]:
    """A printed grade against the band of the total."""
    for told in schemes_of(context):
        for judgement in told.score.judgements:
            if "应为“" in judgement.reason:
                yield _remark(told, judgement, (told.evaluation.grade, told.evaluation.total))
