"""A whole scheme: the scores of its items added up the tree, the grade of the total, and a printed evaluation held against it.

``score_scheme(scheme, inputs)`` computes from inputs (a department's self-evaluation, a service assessment); ``score_evaluation(evaluation)``
takes what a report prints: every item's weight and score against the scheme, sums against their parents, deductions against scores.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from gouji.model.record import record
from gouji.model.records import Evaluation, EvaluationItem
from gouji.scoring.cells import number
from gouji.scoring.formulas import Inputs, MissingInput, evaluate, fee_reduction
from gouji.scoring.judging import judge
from gouji.scoring.scored import GRAIN, ZERO, Judgement, Scored, trimmed, words
from gouji.standards.scheme_match import find_item, plain_name, recognise
from gouji.standards.scheme_records import Item, Scheme


@record
class SchemeScore:
    """``items`` by id, parents included; ``total`` over what this evaluation scores (the self-evaluation leaves the reviewer's items out)."""

    scheme: Scheme
    items: dict[str, Scored]
    total: Scored
    grade: str | None
    outcomes: dict[str, Scored]
    missing: tuple[str, ...]


def grade_of(total: Decimal, scheme: Scheme) -> str | None:
    """The grade of a total by the scheme's bands; None where it has none (a full mark of 90 is not read on a scale of 100)."""
    if scheme.bands is None:
        return None
    return next((grade.grade for grade in scheme.bands.grades if total >= grade.low), None)


def score_scheme(scheme: Scheme, inputs: Mapping[str, Inputs], *, reviewed: bool = False, grain: Decimal | None = None) -> SchemeScore:
    """Every item from its inputs (by item id). ``reviewed``: the reviewer's items are scored too, on the full total."""
    step = grain or scheme.rounding.grain or GRAIN
    scores: dict[str, Scored] = {}
    missing: list[str] = []
    tops = [scored for item in scheme.items if (scored := _tree(item, inputs, step, reviewed, scores, missing)) is not None]
    total = _sum(tops, scheme.total if reviewed else scheme.self_total, "总分", step)
    grade = grade_of(total.value, scheme) if total.value is not None else None
    outcomes: dict[str, Scored] = {}
    if total.value is not None:
        for outcome in scheme.outcomes:
            try:
                outcomes[outcome.id] = fee_reduction(outcome.formula, total.value, inputs.get(outcome.id, {}))
            except MissingInput as absent:
                missing.append(f"{outcome.zh}：{absent}")
    return SchemeScore(scheme, scores, total, grade, outcomes, tuple(missing))


def score_service(scheme: Scheme, marks: Mapping[str, Decimal | int | str], fee: Decimal | int | str | None = None) -> SchemeScore:
    """A service assessment from one mark an assessor; ``fee`` (the year's) gives the reduction."""
    inputs: dict[str, Inputs] = {key: {"score": mark} for key, mark in marks.items()}
    for outcome in scheme.outcomes:
        if fee is not None:
            inputs[outcome.id] = {outcome.formula.inputs[0].id: fee}
    return score_scheme(scheme, inputs)


def _tree(
    item: Item, inputs: Mapping[str, Inputs], grain: Decimal, reviewed: bool, scores: dict[str, Scored], missing: list[str]
) -> Scored | None:
    if not item.items:
        if item.assessor == "reviewer" and not reviewed:
            return None
        found = evaluate(item, inputs.get(item.id, {}), grain)
        if found.value is None:
            missing.append(found.derivation)
    elif (
        item.id in inputs
        and inputs[item.id].get("score") is not None
        and not any(each.id in inputs for _, each in item.walk() if each is not item)
    ):
        found = evaluate(Item(item.id, item.name, item.weight, certainty=item.certainty), inputs[item.id], grain)
    else:
        parts = [each for child in item.items if (each := _tree(child, inputs, grain, reviewed, scores, missing)) is not None]
        if not parts:
            return None
        full = item.weight if len(parts) == len(item.items) else None
        found = _sum(parts, full, item.name, grain)
    scores[item.id] = found
    return found


def _sum(parts: list[Scored], full: Decimal | None, name: str, grain: Decimal) -> Scored:
    """Parts added up; open as soon as one of them is, with the interval that is left."""
    weights = [part.weight for part in parts]
    weight = full if full is not None else (sum((w for w in weights if w is not None), ZERO) if None not in weights else None)
    low = sum((part.low for part in parts), ZERO)
    high = sum((part.high for part in parts), ZERO) if None not in weights else (weight if weight is not None else ZERO)
    values = [part.value for part in parts]
    review = tuple(each for part in parts for each in part.review)
    if any(value is None for value in values):
        return Scored("unread", None, low, high, weight, f"“{name}”还有指标没有得分", review)
    total = sum((value for value in values if value is not None), ZERO)
    text = "＋".join(words(value) for value in values if value is not None) + f" = {words(trimmed(total))}"
    return Scored("judged", trimmed(total), min(low, total), max(high, total), weight, text, review, exact=Fraction(total))


# ---------------------------------------------------------------------------------------------------- printed evaluations


@record
class ItemScore:
    """One printed item: the scheme's item (None: not recognised), printed weight, score and deduction, and the judgements on them."""

    printed: EvaluationItem
    item: Item | None
    weight: Decimal | None
    score: Decimal | None
    deduction: Decimal | None
    scored: Scored | None
    judgements: tuple[Judgement, ...]


@record
class EvaluationScore:
    """``sum``: of the printed scores of the highest stated level (None where one is missing). ``judgements`` are on total and grade."""

    scheme: Scheme | None
    items: tuple[ItemScore, ...]
    total: Decimal | None
    sum: Decimal | None
    full: Decimal | None
    grade: str | None
    judgements: tuple[Judgement, ...]




def score_evaluation(
    evaluation: Evaluation, scheme: Scheme | None = None, inputs: Mapping[str, Inputs] | None = None, jurisdiction: str = "cn"
) -> EvaluationScore:
    """A printed evaluation against its scheme (recognised where none is given) and against itself."""
    chosen = scheme or recognise(evaluation, jurisdiction)
    rows = tuple(_item_score(each, chosen, inputs or {}) for each in evaluation.items)
    parents = _parents(rows, chosen)
    own = [
        row for row, parent in zip(rows, parents, strict=True) if parent is None and not (row.item is not None and _reviewer_only(row.item))
    ]
    known = [row.score for row in own if row.score is not None]
    complete = bool(own) and len(known) == len(own)
    added = trimmed(sum(known, ZERO)) if complete else None
    total = number(evaluation.total.text)
    full = chosen.self_total if chosen is not None else None
    judgements = _sums(rows, parents)
    weights = sum((_weight(row) or ZERO for row in own), ZERO)
    # in sentences parents and parts stand side by side: only where the weights make a whole do the scores
    covers = weights == full if full is not None else evaluation.place is not None or weights in _WHOLE
    if added is not None and total is not None and added != total and covers:
        judgements.append(Judgement("impossible", f"各项得分之和 {words(added)} 不等于总分 {words(total)}", added))
    if total is not None and full is not None and total > full:
        judgements.append(Judgement("impossible", f"总分 {words(total)} 超过满分 {words(full)}", full))
    grade = grade_of(total, chosen) if total is not None and chosen is not None else None
    printed_grade = plain_name(evaluation.grade.text or "")
    known_grades = {each.grade for each in chosen.bands.grades} if chosen is not None and chosen.bands is not None else set()
    if grade is not None and printed_grade in known_grades and printed_grade != grade:
        weak = chosen is not None and chosen.bands is not None and chosen.bands.certainty in ("knowledge", "uncertain")
        judgements.append(
            Judgement("review" if weak else "implausible", f"总分 {words(total or ZERO)} 应为“{grade}”，写作“{printed_grade}”")
        )
    return EvaluationScore(chosen, rows, total, added, full, grade, tuple(judgements))


_WHOLE = (Decimal(100), Decimal(90))


def _reviewer_only(item: Item) -> bool:
    return all(each.assessor == "reviewer" for _, each in item.walk() if not each.items)


def _item_score(printed: EvaluationItem, scheme: Scheme | None, inputs: Mapping[str, Inputs]) -> ItemScore:
    item = find_item(scheme, printed.path, printed.id) if scheme is not None else None
    weight, score, off = number(printed.weight.text), number(printed.score.text), number(printed.deduction.text)
    doubtful = any(each.doubt is not None or each.restored for each in (printed.weight, printed.score, printed.deduction))
    found: list[Judgement] = []
    scored: Scored | None = None
    full = weight if weight is not None else item.weight if item is not None else None
    if item is not None and item.weight is not None and weight is not None and weight != item.weight:
        kind = "implausible" if scheme is not None and item.certainty in ("attested", "law") else "review"
        found.append(Judgement(kind, f"“{item.name}”的权重 {words(weight)} 与指标体系规定的 {words(item.weight)} 不同", item.weight))  # type: ignore[arg-type]
    if item is not None and item.id in inputs:
        scored = evaluate(item, inputs[item.id])
        found.append(judge(score, scored, reason=printed.reason.text, doubtful=doubtful))
    elif score is not None and full is not None:
        if score > full:
            found.append(Judgement("impossible", f"得分 {words(score)} 超过权重 {words(full)}", full))
        elif score < 0:
            found.append(Judgement("impossible", f"得分 {words(score)} 小于 0", ZERO))
    if off is not None and score is not None and full is not None and full - off != score:
        found.append(
            Judgement("impossible", f"权重 {words(full)} 减扣分 {words(off)} 应得 {words(full - off)}，写作 {words(score)}", full - off)
        )
    if doubtful:
        found = [
            Judgement("review", f"{each.reason}（读数存疑，请核对原文）", each.expected) if each.kind != "fine" else each for each in found
        ]
    return ItemScore(printed, item, weight, score, off, scored, tuple(found))


def _weight(row: ItemScore) -> Decimal | None:
    """The printed weight, else the scheme's."""
    return row.weight if row.weight is not None else row.item.weight if row.item is not None else None


def _parents(rows: tuple[ItemScore, ...], scheme: Scheme | None) -> list[int | None]:
    """For each row the row that it is a part of: by the scheme's tree where both are known, else by the printed paths."""
    at_item = {row.item.id: place for place, row in enumerate(rows) if row.item is not None}
    at_path = {tuple(map(plain_name, row.printed.path)): place for place, row in enumerate(rows)}
    above: dict[str, tuple[str, ...]] = {}
    if scheme is not None:
        for item in scheme.items:
            _ancestors(item, (), above)
    found: list[int | None] = []
    for place, row in enumerate(rows):
        parent: int | None = None
        if row.item is not None:
            parent = next((at_item[each] for each in above[row.item.id] if each in at_item), None)
        else:
            path = tuple(map(plain_name, row.printed.path))
            parent = next((at_path[path[:end]] for end in range(len(path) - 1, 0, -1) if path[:end] in at_path), None)
        found.append(parent if parent != place else None)
    return found


def _ancestors(item: Item, above: tuple[str, ...], into: dict[str, tuple[str, ...]]) -> None:
    into[item.id] = above
    for child in item.items:
        _ancestors(child, (item.id, *above), into)


def _sums(rows: tuple[ItemScore, ...], parents: list[int | None]) -> list[Judgement]:
    """Printed sub-scores against the printed score of their parent, where all of a parent's weight is accounted for."""
    found = []
    for place, parent in enumerate(rows):
        children = [row for row, above in zip(rows, parents, strict=True) if above == place]
        scores = [row.score for row in children if row.score is not None]
        weights = [weight for row in children if (weight := _weight(row)) is not None]
        if (
            not children
            or parent.score is None
            or not len(scores) == len(weights) == len(children)
            or sum(weights, ZERO) != _weight(parent)
        ):
            continue
        total = trimmed(sum(scores, ZERO))
        if total != parent.score:
            found.append(
                Judgement(
                    "impossible", f"“{plain_name(parent.printed.path[-1])}”各项得分之和 {words(total)} 不等于 {words(parent.score)}", total
                )
            )
    return found
