"""Scores and counts that the reports and the narrative state, against the forms attached."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.forms.form import JudgedForm
from gouji.checks.forms.names import project_name
from gouji.checks.forms.texts import own_score, place_in
from gouji.checks.rules.all_met import report_of
from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.outline import Paragraph
from gouji.model.records import Entry
from gouji.model.regex import regex
from gouji.scoring import number

_EXCEPTED = regex(r"涉密|另行公开|网址|http|不含|链接")  # some forms are published elsewhere, or not at all


def as_entry(context: Context, paragraph: Paragraph) -> Entry:
    """A paragraph of a report read like a text field of a form."""
    return Entry(paragraph.text, None, context.at(paragraph))


def reports_of(context: Context) -> dict[str, list[Paragraph]]:
    """The paragraphs of the annexed reports on single projects, by the name of the form that they are about; without their targets."""
    return {name: own for name, found in _reports(context).items() if (own := [p for p in found if not context.role(p).endswith("targets")])}


def goals_of_reports(context: Context) -> dict[str, list[Paragraph]]:
    """The paragraphs of those reports that state the targets."""
    return {name: own for name, found in _reports(context).items() if (own := [p for p in found if context.role(p).endswith("targets")])}


def _reports(context: Context) -> dict[str, list[Paragraph]]:
    names = {form.name: project_name(form.name) for form in context.forms.all if not form.project.overall}
    found: dict[str, list[Paragraph]] = {}
    of_report: dict[int, str | None] = {}
    for paragraph in context.prose:
        if paragraph.region != "annex":
            continue
        number = report_of(context, paragraph)
        if number not in of_report:
            heading = project_name(context.outline.sections[number].title) if number >= 0 else ""
            fitting = [name for name, short in names.items() if len(short) >= 4 and short in heading]
            of_report[number] = fitting[0] if len(fitting) == 1 else None
        name = of_report[number]
        if name is not None:
            found.setdefault(name, []).append(paragraph)
    return found


def report_scores(context: Context) -> Iterator[Remark]:
    """The score that a report states against the form that it reports on."""
    reports = reports_of(context)
    for form in context.forms.all:
        if form.project.overall:
            yield from _overall_score(context, form)
            continue
        total = form.score.printed_total
        if total is None:
            continue
        for paragraph in reports.get(form.name, ()):
            said = own_score(Entry(paragraph.text))
            if said is not None and said[0] != total:
                place = place_in(context.outline.text, as_entry(context, paragraph), said[1], "自评")
                yield _score_remark(form, said[1], f"{total:f}", "合计得分", place, (form.project.total_score,))
                break


def _overall_score(context: Context, form: JudgedForm) -> Iterator[Remark]:
    """The department's score in the report against the attached overall form, added up where it has no total."""
    stated = [*context.facts_of("evaluation.total", "score"), *context.facts_of("performance.score", "score")]
    at = form.project.place
    tables = [each.place for each in context.dossier.evaluations if at is not None and each.place is not None and _section(context, each.place) == _section(context, at) and each.place.start > at.start]
    stated = [f for f in stated if not any(place.start <= f.place.start < place.end for place in tables)]  # another table behind the form, in its own section
    full = [f for f in context.facts_of("evaluation.total", "weight") if f.figure.value == 100]
    rows = [row.printed for row in form.score.indicators]
    known = [each for each in rows if each is not None]
    if not stated or len({f.figure.value for f in stated}) != 1 or len(known) * 2 < len(rows) or not known:
        return
    if form.score.weights.total not in (Decimal(100), None) or (full and form.score.weights.total != 100):
        return
    total = form.score.printed_total if form.score.printed_total is not None else sum(known, Decimal(0))
    value = stated[0].figure.value
    if total == value:
        return
    blank = len(rows) - len(known)
    what = "合计得分" if form.score.printed_total is not None else "各项得分之和"
    note = f"（有{blank}项没有得分）" if blank and form.score.printed_total is None else ""
    remark = _score_remark(
        form, f"{value:f}", f"{total:f}", what, stated[0].place, (form.project.total_score, *(i.score for i in form.project.indicators)), stated, note
    )
    if any(i.score.doubt or i.score.restored for i in form.project.indicators):
        return
    yield remark


def _section(context: Context, place: Place) -> int:
    index = context.index_at(place.start)
    return context.paragraphs[index].section if index >= 0 else -1


def _score_remark(
    form: JudgedForm, said: str, total: str, what: str, place: Place, entries: tuple[Entry, ...], facts: list[Fact] | None = None, note: str = ""
) -> Remark:
    return Remark(
        zh=f"报告写自评得分{said}分，“{form.name}”自评表的{what}{total}分{note}。",
        en=f"The report says {said} points, the form {total}.",
        places=(place, *(each.place for each in entries if each.place is not None))[:24],
        key=(form.project.key, said, total),
        subject="project.total",
        severity="note" if any(each.doubt for each in entries) else "warning",
        found=said,
        expected=total,
        facts=(*(f.id for f in facts or ()), *(each.fact for each in entries if each.fact is not None))[:24],
        suggestion="核对得分，使报告与自评表一致。",
    )


def counts(context: Context) -> Iterator[Remark]:
    """The number of self-evaluated projects that the text states against the forms attached."""
    forms = [form for form in context.forms.all if not form.project.overall]
    if not forms or not context.complete:
        return
    stated = context.facts_of("performance.self_evaluated", "count")
    if not stated or len({f.figure.value for f in stated}) != 1 or stated[0].figure.value == len(forms):
        return
    number = stated[0].figure.value
    excepted = any(_EXCEPTED.search(context.around(f.place)) for f in stated)
    yield Remark(
        zh=f"正文写对{stated[0].figure.printed}项目开展绩效自评，所附项目自评表有{len(forms)}张。" + ("（正文注明部分不公开。）" if excepted and number > len(forms) else ""),
        en=f"{number} self-evaluated projects are stated, {len(forms)} forms are attached.",
        places=(*(f.place for f in stated), *(form.project.place for form in forms if form.project.place is not None))[:24],
        key=(stated[0].figure.printed, str(len(forms))),
        subject="performance.self_evaluated",
        severity="note" if excepted or number > len(forms) else "warning",  # a selection may be published
        found=stated[0].figure.printed,
        expected=str(len(forms)),
        facts=tuple(f.id for f in stated),
        suggestion="补齐自评表，或改正正文所写的项目数。",
    )


def stages(context: Context) -> Iterator[Remark]:
    """Projects assessed beforehand, with targets, monitored, evaluated: each number against the next, and those with targets against the forms."""
    names = (("ex_ante", "事前评估"), ("targets", "编制绩效目标"), ("monitored", "绩效监控"), ("self_evaluated", "绩效自评"))
    stated: dict[str, Fact] = {}
    for name, _ in names:
        facts = context.facts_of(f"performance.{name}", "count")
        if facts and len({f.figure.value for f in facts}) == 1 and not facts[0].figure.approximation:
            stated[name] = facts[0]
    zh = dict(names)
    for less, more in (("ex_ante", "targets"), ("monitored", "self_evaluated")):
        if less in stated and more in stated and stated[less].figure.value > stated[more].figure.value:
            a, b = stated[less], stated[more]
            yield Remark(
                zh=f"正文写{zh[less]}的项目{a.figure.value}个，多于{zh[more]}的{b.figure.value}个。", en=f"More projects {less} than {more}.", places=(a.place, b.place),
                key=(less, f"{a.figure.value}", f"{b.figure.value}"), found=a.figure.printed, expected=f"≤{b.figure.printed}", facts=(a.id, b.id), suggestion="核对各环节的项目个数。",
            )  # fmt: skip
    forms = [form for form in context.forms.all if not form.project.overall]
    wanted, evaluated = stated.get("targets"), stated.get("self_evaluated")
    if wanted is None or evaluated is None or evaluated.figure.value != len(forms) or not context.complete:
        return
    budgets = [form.project.money.budget_initial for form in forms]
    values = [number(entry.text) for entry in budgets]
    if any(value is None or entry.doubt for value, entry in zip(values, budgets, strict=True)):
        return
    funded = [entry for value, entry in zip(values, budgets, strict=True) if value]
    if wanted.figure.value == len(funded) or wanted.figure.value == len(forms):
        return
    yield Remark(
        zh=f"正文写编制绩效目标的项目{wanted.figure.value}个，所附自评表中年初预算大于零的有{len(funded)}张。", en="Projects with targets and forms with a budget differ in number.",
        places=(wanted.place, *(entry.place for entry in funded if entry.place is not None))[:24], key=(f"{wanted.figure.value}", str(len(funded))),
        found=wanted.figure.printed, expected=str(len(funded)), facts=(wanted.id, *(entry.fact for entry in funded if entry.fact is not None))[:24], suggestion="核对编制绩效目标的项目个数。",
    )  # fmt: skip
