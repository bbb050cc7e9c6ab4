"""What is wrong with a form, in sentences: remarks by rule from the causes and lone rows of :class:`JudgedForm`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from gouji.checks.blame import Cause
from gouji.checks.context import Remark
from gouji.checks.forms.form import JudgedForm, Lone
from gouji.checks.forms.names import title
from gouji.checks.forms.table import NOWHERE
from gouji.checks.laws.forms import Achieved, Execution
from gouji.checks.relation import Linear, Ratio, Relation
from gouji.model.figure import Place
from gouji.model.finding import Suspect
from gouji.model.records import Entry
from gouji.scoring import rounded
from gouji.scoring.scored import words

#: Which law names a finding that breaks several; the first is the gravest.
ORDER = (
    "form-score-bound", "form-total", "form-weights", "form-execution-rate", "form-execution-score", "form-funding", "form-conclusion-score",
    "form-target-missed", "form-points-lost",
)  # fmt: skip
_MISREAD = "像是表格的栏目没有读对，只作提示，请对照原件"
_DOUBT = "其中有读取存疑的数字，只作提示，请对照原件"

Told = tuple[str, Remark]


def tell(form: JudgedForm) -> Iterator[Told]:
    """Every remark on one form with the id of its rule."""
    for cause in form.causes:
        yield _cause(form, cause)
    for number in form.doubted:
        yield _doubted(form, number)
    if form.misread:
        yield _misread(form)
    for lone in form.lone:
        yield _lone(form, lone)
    yield from _missing(form)


def where(form: JudgedForm, entries: Sequence[Entry]) -> tuple[Place, ...]:
    """The places of entries, the form's own where none has one."""
    places = tuple(dict.fromkeys(each.place for each in entries if each.place is not None))
    return places or ((form.project.place,) if form.project.place is not None else (NOWHERE,))


def facts_of(entries: Sequence[Entry]) -> tuple[int, ...]:
    """The facts behind entries, each once."""
    return tuple(dict.fromkeys(each.fact for each in entries if each.fact is not None))


# ------------------------------------------------------------------------------------------------------------- causes


def _cause(form: JudgedForm, cause: Cause) -> Told:
    relations = sorted((form.relations[n] for n in cause.relations), key=lambda r: ORDER.index(r.about.law))
    primary = relations[0]
    clean = form.clean_repairs(cause)
    natural = _subject(primary)
    sole = len(clean) == 1 or (natural not in clean and not isinstance(primary, Achieved))
    first = next(iter(clean)) if clean and sole else natural
    slipped = [r for r in _likely(cause) if r in clean]
    told = (isinstance(primary, Linear) and primary.op == "=") or (primary.about.law == "form-target-missed" and natural not in clean)
    if not sole and told and len(slipped) == 1:
        first = slipped[0]  # of all the cells that could make it right one alone is a slip of the pen away
        clean[first] = _likely(cause)[first][0]
    value = clean.get(first)
    if value is None:
        target = primary.target(first, form.table)
        value = target if target is not None and not (isinstance(primary, Linear) and primary.op != "=") else None
    if isinstance(primary, Execution) and first == primary.score:
        value = _rounded(primary.exact_points(form.table), form.score.grain)
    others = [r for r in clean if r != first]
    suspects = _suspects(form, cause, primary, clean, first, value)
    readings = list(dict.fromkeys([first, *others[:4], *(r for relation in relations for r in _shown(relation))]))
    cell = form.table.cells[first]
    expected = "" if value is None else _digits(value)
    entries = [form.table.cells[r].entry for r in readings]
    headline = "；".join(dict.fromkeys(_headline(form, relation) for relation in relations[:3]))
    return primary.about.law, Remark(
        zh=f"“{form.name}”自评表：{headline}。",
        en=f"Self-evaluation form: {', '.join(dict.fromkeys(r.about.law for r in relations))} broken.",
        places=tuple(dict.fromkeys(_cell_place(form, r) for r in readings))[:24],
        key=(form.project.key, *(form.table.cells[r].label + form.table.cells[r].printed for r in readings[:6])),
        subject="project.total" if primary.about.law in ("form-total", "form-weights", "form-conclusion-score") else "indicator",
        severity=form.severity(cause.relations),
        found=cell.printed,
        expected=expected,
        difference=_digits(cell.value - value) if value is not None else "",
        facts=facts_of(entries)[:24],
        suggestion=_suggestion(form, primary, first, expected, others, any(each.slip for each in suspects[1:])),
        explains=tuple(dict.fromkeys(r.about.law for r in relations[1:] if r.about.law != primary.about.law)),
        suspects=suspects,
        derivation=tuple(_derivation(form, relation) for relation in relations[:6]),
    )


def _suggestion(form: JudgedForm, primary: Relation, first: int, expected: str, others: Sequence[int], slips: bool) -> str:
    cells = form.table.cells
    if primary.about.law == "form-points-lost" and first == _subject(primary):
        return "补写扣分的原因，或更正得分。"
    if isinstance(primary, Achieved) and first == primary.score:
        return "核对指标值、完成值和得分；确未达到目标的，按规定计分并写明原因。"
    if isinstance(primary, Execution) and first == primary.score and expected:
        exact, printed = primary.exact_points(form.table), cells[first].value
        if printed == exact.to_integral_value(rounding=ROUND_CEILING) and printed != exact:
            return f"印作的是舍尾进一的分数；按四舍五入应为{expected}，请核实后更正。"
    if primary.about.law == "form-total" and others and not slips:
        return f"核对合计得分和各行得分：各行无误的，合计得分应为{expected}。" if expected else "核对合计得分和各行得分。"
    if not others and expected:
        return f"{cells[first].label}疑应为{expected}，请核实后更正。"
    if others:
        return f"{cells[first].label}、{'、'.join(cells[r].label for r in others[:3])}中有一处有误，请核实后更正。"
    return "请对照佐证资料核实后更正。"


def _subject(relation: Relation) -> int:
    """The cell that people take a law to speak of: the total of a sum, the score of a row."""
    if isinstance(relation, (Achieved, Execution)):
        return relation.score
    if isinstance(relation, Ratio):
        return relation.rate
    assert isinstance(relation, Linear)
    if relation.about.law in ("form-score-bound", "form-conclusion-score") or relation.constant:
        return relation.terms[0][1]
    return relation.terms[-1][1]


def _digits(value: Decimal) -> str:
    return words(value)


def _likely(cause: Cause) -> dict[int, tuple[Decimal, str]]:
    """The cells that a slip of the pen explains, with the value that was meant and the slip."""
    return {
        repair.reading: (repair.changes[0][1], repair.slip.name)
        for repair in (*reversed(cause.others), *reversed(cause.ties), cause.repair)
        if len(repair.changes) == 1 and not repair.breaks and repair.slip.name
    }


def _suspects(
    form: JudgedForm, cause: Cause, primary: Relation, clean: dict[int, Decimal], first: int, value: Decimal | None
) -> tuple[Suspect, ...]:
    """The cell that the message speaks of, then those that a slip of the pen explains and whose correction breaks nothing.

    Any row's score could make a sum right, and any target a result: without a slip that is no help to anybody.
    """
    laws = tuple(dict.fromkeys(form.relations[n].about.law for n in cause.relations))
    likely = _likely(cause)
    values = {**({first: value} if value is not None else {}), **clean}
    own = primary.about.law in ("form-points-lost", "form-execution-score") and first == _subject(primary)  # the points follow from the other cells
    made: dict[int, Suspect] = {}
    for reading in [first] if own else dict.fromkeys([first, *(r for r in clean if r in likely)]):
        fact = form.table.cells[reading].entry.fact
        if fact is None or reading not in values:
            continue
        meant, slip = (None, "") if own else likely.get(reading, (None, ""))
        made.setdefault(fact, Suspect(fact, _digits(values[reading]), laws, slip if meant == values[reading] else ""))
    return tuple(made.values())[:8]


def _cell_place(form: JudgedForm, reading: int) -> Place:
    return form.table.cells[reading].place


def _shown(relation: Relation) -> tuple[int, ...]:
    """The cells of a relation, the one that people look at first in front."""
    if isinstance(relation, Linear) and relation.op == "=" and relation.terms:
        return (relation.terms[-1][1], *relation.readings)
    return relation.readings


def _rounded(value: Decimal, grain: Decimal = Decimal("0.01")) -> Decimal:
    return rounded(Fraction(value), grain)


def _headline(form: JudgedForm, relation: Relation) -> str:
    cells = form.table.cells
    law = relation.about.law
    if isinstance(relation, Achieved):
        at = form.rows[relation.score]
        scored = form.score.indicators[at].scored
        score, weight = cells[relation.score], cells[relation.weight]
        name = title(form.project.indicators[at], at)
        if law == "form-points-lost":
            return f"{name}已达到目标而只得{score.printed}分（权重{weight.printed}），没有写明原因"
        met = "却得满分" if score.value == weight.value else "却得"
        return f"{name}没有达到目标，{met}{score.printed}分：{scored.derivation}"
    if isinstance(relation, Execution):
        rate = cells[relation.rate]
        exact = relation.exact_points(form.table)
        if rate.entry.text is None:
            shown = words(_rounded(rate.value))
        else:
            shown = rate.printed
        return f"预算执行率{shown}%，权重{cells[relation.weight].printed}，应得{words(_rounded(exact))}分，印作{cells[relation.score].printed}分"
    if isinstance(relation, Ratio):
        rate, over, under = cells[relation.rate], cells[relation.over[0][1]], cells[relation.under[0][1]]
        computed = relation.rate_of(form.table)
        told = f"，应为{words(_rounded(computed))}%" if computed is not None else ""
        return f"{over.label}{over.printed}÷{under.label}{under.printed}{told}，印作{rate.printed}%"
    assert isinstance(relation, Linear)
    return _linear(form, relation)


def _linear(form: JudgedForm, relation: Linear) -> str:
    cells = form.table.cells
    law = relation.about.law
    last = cells[relation.terms[-1][1]]
    added = sum((cells[r].value * c for c, r in relation.terms if c > 0), Decimal(0))
    if law == "form-score-bound":
        first = cells[relation.terms[0][1]]
        return f"{first.label}{first.printed}超过{'权重' if '合计' not in last.label else ''}{last.label if '合计' in last.label else ''}{last.printed}"
    if law == "form-conclusion-score":
        return f"评价结论写得分{cells[relation.terms[0][1]].printed}，表中合计得分{last.printed}"
    if law == "form-funding":
        what = "各项资金之和" if relation.op == "=" else "所列资金之和"
        sign = "不等于" if relation.op == "=" else "大于"
        return f"{what}{_digits(added)}{sign}{last.label}{last.printed}"
    if law == "form-weights":
        if relation.constant:
            return f"权重之和{_digits(added)}，应为{_digits(-relation.constant)}"
        return f"各行权重之和{_digits(added)}不等于权重合计{last.printed}"
    if relation.op == "<=":
        return f"已填各行得分之和{_digits(added)}大于合计得分{last.printed}"
    if relation.op == ">=":
        return f"未填的得分即使取满分，各行得分之和也只有{_digits(added)}，少于合计得分{last.printed}"
    return f"各行得分之和{_digits(added)}不等于合计得分{last.printed}"


def _derivation(form: JudgedForm, relation: Relation) -> str:
    cells = form.table.cells
    if isinstance(relation, Linear) and relation.op == "=" and len(relation.terms) > 2:
        parts = [(c, r) for c, r in relation.terms if c > 0]
        total = sum((cells[r].value for _, r in parts), Decimal(0))
        return "＋".join(cells[r].printed for _, r in parts) + f" = {_digits(total)}"
    if isinstance(relation, Achieved):
        return form.score.indicators[form.rows[relation.score]].scored.derivation
    return _headline(form, relation)


def _doubted(form: JudgedForm, number: int) -> Told:
    """A broken relation that only a doubtful reading may have broken, or that is worth no more than a note."""
    relation = form.relations[number]
    readings = list(dict.fromkeys(_shown(relation)))
    doubt = form.table.doubtful(readings)
    tail = f"。{_DOUBT}。" if doubt else "。"
    entries = [form.table.cells[r].entry for r in readings]
    return relation.about.law, Remark(
        zh=f"“{form.name}”自评表：{_headline(form, relation)}{tail}",
        en=f"Self-evaluation form: {relation.about.law}, note only.",
        places=tuple(dict.fromkeys(_cell_place(form, r) for r in readings))[:24],
        key=(form.project.key, "doubt", *(form.table.cells[r].label + form.table.cells[r].printed for r in readings[:6])),
        severity="note",
        found=form.table.cells[readings[0]].printed,
        facts=facts_of(entries)[:24],
        derivation=(_derivation(form, relation),),
    )


def _misread(form: JudgedForm) -> Told:
    """All that the reading of a form explains, as one doubt."""
    relations = sorted((form.relations[n] for n in form.misread), key=lambda r: ORDER.index(r.about.law))
    readings = list(dict.fromkeys(r for relation in relations for r in _shown(relation)))
    others = f"等{len(relations)}处" if len(relations) > 1 else ""
    return relations[0].about.law, Remark(
        zh=f"“{form.name}”自评表：{_headline(form, relations[0])}{others}。{_MISREAD}。",
        en="Self-evaluation form: probably misread, note only.",
        places=tuple(dict.fromkeys(_cell_place(form, r) for r in readings))[:24],
        key=(form.project.key, "misread", *(form.table.cells[r].label + form.table.cells[r].printed for r in readings[:6])),
        severity="note",
        found=form.table.cells[readings[0]].printed,
        facts=facts_of([form.table.cells[r].entry for r in readings])[:24],
        derivation=tuple(_derivation(form, relation) for relation in relations[:6]),
    )


# ---------------------------------------------------------------------------------------------------------- lone rows


def _lone(form: JudgedForm, lone: Lone) -> Told:
    at = form.project.indicators.index(lone.indicator)
    name = title(lone.indicator, at)
    said = {
        "form-unit-slip": f"{name}：目标{_goal(lone)}，完成值{_text(lone.indicator.actual)}{_points(lone)}，{lone.scored.slip}",
        "form-points-lost": f"{name}的得分：{lone.judgement.reason or _within(lone)}",
        "form-target-missed": f"{name}没有达到目标，也没有写明原因：目标{_goal(lone)}，完成值{_text(lone.indicator.actual)}",
    }[lone.kind]
    doubt = f"。{_DOUBT}" if any(each.doubt for each in lone.entries) else ""
    return lone.kind, Remark(
        zh=f"“{form.name}”自评表：{said}{doubt}。",
        en=f"Self-evaluation form: {lone.kind}.",
        places=where(form, lone.entries),
        key=(form.project.key, name, lone.kind, *(each.text or "" for each in lone.entries[:3])),
        subject="indicator",
        severity=lone.severity,
        found=_text(lone.entries[0]),
        expected=words(lone.scored.value) if lone.kind == "form-points-lost" and lone.judgement.reason and lone.scored.value is not None else "",
        facts=facts_of(lone.entries),
        suggestion={"form-unit-slip": "核对完成值的单位和位数。", "form-points-lost": "写明扣分的原因，或更正得分。"}.get(lone.kind, "写明未完成的原因和改进措施。"),
        derivation=(lone.scored.derivation,),
    )


def _within(lone: Lone) -> str:
    """Points within the band of a reached grade."""
    return f"已达到目标，得{_text(lone.indicator.score)}分（权重{_text(lone.indicator.weight)}，该档{words(lone.scored.low)}分以上），没有写明扣分原因"


def _goal(lone: Lone) -> str:
    sign = lone.indicator.operator.text or ""
    return f"{sign}{_text(lone.indicator.target)}{_text(lone.indicator.unit)}"


def _points(lone: Lone) -> str:
    score = _text(lone.indicator.score)
    return f"，得{score}分" if score else ""


def _text(entry: Entry) -> str:
    return "".join((entry.text or "").split())


def _missing(form: JudgedForm) -> Iterator[Told]:
    """Rows that have a weight and a result and no score."""
    unsure = any("次序错乱" in doubt for doubt in form.project.doubts)
    for name, entry, around, rest in form.missing:
        hint = f"，按合计推算为{_digits(rest)}分" if rest is not None and rest >= 0 else ""
        yield "form-score-missing", Remark(
            zh=f"“{form.name}”自评表：{name}有权重而没有得分{hint}。",
            en="Self-evaluation form: a row has a weight and no score.",
            places=where(form, (entry, *around)),
            key=(form.project.key, name),
            subject="indicator",
            severity="note" if unsure or form.unsure or any(each.doubt for each in around) else "warning",
            expected=f"{_digits(rest)}" if rest is not None and rest >= 0 else "",
            suggestion="补填得分，并核对合计。",
        )
