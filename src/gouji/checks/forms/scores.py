"""Scores and counts that the reports and the narrative state, against the forms attached."""

from __future__ import annotations

import re
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

_EXCEPTED = re.compile(r"涉密|另行公开|网址|http|不含|链接")  # some forms are published elsewhere, or not at all


def as_entry(context: Context, paragraph: Paragraph) -> Entry:
    """A paragraph of a report read like a text field of a form."""
    return Entry(paragraph.text, None, context.at(paragraph))


def reports_of(context: Context) -> dict[str, list[Paragraph]]:
    """The paragraphs of the annexed reports on single projects, by the name of the form that they are about."""
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
        if name is not None and not context.role(paragraph).endswith("targets"):
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
