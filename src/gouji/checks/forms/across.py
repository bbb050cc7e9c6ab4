"""Forms against each other, against the tables and reports beside them, and against the account: one thing told in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.forms.judging import JudgedForm, form_name, title
from gouji.checks.forms.names import alike, bare, common, likeness, project_name, same_project
from gouji.checks.forms.table import NOWHERE
from gouji.checks.forms.texts import Said, amounts, own_score, place_in, plain
from gouji.checks.rules.all_met import report_of
from gouji.model.fact import Fact
from gouji.model.figure import YUAN, Place
from gouji.model.outline import Paragraph
from gouji.model.records import Entry, Funding, Indicator, Project
from gouji.scoring import Cell, number, read_cell
from gouji.scoring.units import compare

_SCALES = (("亿", Decimal(100_000_000)), ("万", Decimal(10_000)))
NEAR = Decimal("0.005")  # two amounts nearer than this share, and not equal, are one amount told in two ways


@dataclass(frozen=True, slots=True)
class Measured:
    """A result in single units: its bounds (None: open), what is printed, the unit."""

    low: Decimal | None
    high: Decimal | None
    printed: str
    unit: str


def measured(entry: Entry, unit: str) -> Measured | None:
    """The number of a result, None where there is none, or only an approximate one."""
    cell = read_cell(entry.text or "")
    if cell.kind != "number" or cell.approximate or cell.embedded:
        return None
    own = cell.unit or unit
    scale, rest = _scaled(own)
    low, high = _ends(cell)
    return Measured(None if low is None else low * scale, None if high is None else high * scale, "".join((entry.text or "").split()), rest)


def _ends(cell: Cell) -> tuple[Decimal | None, Decimal | None]:
    low, high = cell.low, cell.high
    if cell.operator in ("≥", ">"):
        high = None
    elif cell.operator in ("≤", "<"):
        low = None
    return low, high


def _scaled(unit: str) -> tuple[Decimal, str]:
    for word, size in _SCALES:
        if unit.startswith(word):
            return size, unit[len(word) :]
    return Decimal(1), unit


def _differ(a: Measured, b: Measured) -> bool:
    """Whether two results cannot both be right."""
    if a.low is not None and b.high is not None and a.low > b.high:
        return True
    return b.low is not None and a.high is not None and b.low > a.high


def _one_unit(first: str, second: str) -> bool:
    return not first or not second or compare(first, second).kind in ("same", "loose")


# --------------------------------------------------------------------------------------------- indicators told differently


def indicators(context: Context) -> Iterator[Remark]:
    """A result in a summary table or the overall form, and another in the project's own form."""
    forms = [form for form in context.forms.all if not form.project.overall]
    for listed in context.dossier.listed:
        if listed.layout != "summary":
            continue
        own = [form for form in forms if same_project(form_name(form.project), listed.name.text or "")]
        if len(own) != 1:
            continue
        for at, indicator in enumerate(listed.indicators):
            match = _counterpart(indicator, own[0].project)
            if match is not None and (remark := _told_twice(listed, at, indicator, own[0], match, "汇总表")) is not None:
                yield remark
    for form in context.forms.all:
        if not form.project.overall:
            continue
        for at, indicator in enumerate(form.project.indicators):
            if common(indicator.name):
                continue
            matches = [(other, each) for other in forms for each in other.project.indicators if _same_goal(indicator, each) and alike(indicator.name, each.name)]
            remarks = [_told_twice(form.project, at, indicator, other, each, "部门整体表") for other, each in matches]
            if remarks and all(remark is not None for remark in remarks) and remarks[0] is not None:
                yield remarks[0]


def _same_goal(a: Indicator, b: Indicator) -> bool:
    """Whether two rows have the same numeric target in the same unit."""
    first, second = read_cell(a.target.text or ""), read_cell(b.target.text or "")
    return first.point is not None and first.point == second.point and bare(a.unit.text or first.unit) == bare(b.unit.text or second.unit)


def _counterpart(indicator: Indicator, project: Project) -> Indicator | None:
    """The row of the project's form that a row of the summary repeats: same target, nearest name."""
    wanted = read_cell(indicator.target.text or "").point
    found = []
    for each in project.indicators:
        if wanted is None or read_cell(each.target.text or "").point != wanted:
            continue
        if not _one_unit(indicator.unit.text or "", each.unit.text or ""):
            continue
        nearness = 1.0 if alike(indicator.name, each.name, 0.7) else likeness(indicator.name, each.name)
        if nearness >= 0.6:
            found.append((nearness, each))
    found.sort(key=lambda pair: -pair[0])
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return found[0][1]


def _told_twice(first: Project, at: int, indicator: Indicator, form: JudgedForm, match: Indicator, where: str) -> Remark | None:
    a = measured(indicator.actual, indicator.unit.text or "")
    b = measured(match.actual, match.unit.text or "")
    if a is None or b is None or not _one_unit(a.unit, b.unit) or not _differ(a, b):
        return None
    doubt = any(each.doubt for each in (indicator.actual, match.actual, indicator.target, match.target))
    entries = (indicator.actual, match.actual)
    return Remark(
        zh=f"{title(indicator, at)}的完成值在{where}中是{a.printed}，在“{form.name}”自评表中是{b.printed}。",
        en=f"One indicator: {a.printed} in one table, {b.printed} in the form.",
        places=tuple(each.place for each in entries if each.place is not None) or (NOWHERE,),
        key=(form.project.key, bare(indicator.name), a.printed, b.printed),
        subject="indicator",
        severity="note" if doubt else "warning",
        found=a.printed,
        expected=b.printed,
        facts=tuple(each.fact for each in entries if each.fact is not None),
        suggestion="核对佐证资料，两处写成同一个数；口径不同的应写明。",
    )


# ------------------------------------------------------------------------------------------------- sentences and cells


def sentences(context: Context) -> Iterator[Remark]:
    """Numbers in the texts of a form, or of its report, that contradict its cells or each other."""
    reports = _reports(context)
    for form in context.forms.all:
        project = form.project
        said = [(zh, each) for zh, entry in _texts(project) for each in amounts(entry)]
        for report in reports.get(form.name, ()):
            said += [("绩效报告", each) for each in amounts(_as_entry(context, report))]
        used: set[int] = set()
        for at, indicator in enumerate(project.indicators):
            got = measured(indicator.actual, indicator.unit.text or "")
            if got is None:
                continue
            about = [(n, zh, each) for n, (zh, each) in enumerate(said) if _names(each, indicator) and _one_unit(each.unit, got.unit)]
            used.update(n for n, _, _ in about)
            if not about or any(_agrees(each, got) for _, _, each in about) or any(_is_target(each, indicator) for _, _, each in about):
                continue
            _, zh, each = about[0]
            yield _said_otherwise(context, form, title(indicator, at), indicator.actual, got.printed, zh, each)
        yield from _among_texts(context, form, [pair for n, pair in enumerate(said) if n not in used])


def _texts(project: Project) -> Iterator[tuple[str, Entry]]:
    for zh, entry in (("完成情况", project.result), ("实施过程", project.process), ("评价结论", project.conclusion)):
        if entry.text and not entry.doubt:
            yield zh, entry


def _as_entry(context: Context, paragraph: Paragraph) -> Entry:
    return Entry(paragraph.text, None, context.at(paragraph))


def _reports(context: Context) -> dict[str, list[Paragraph]]:
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


def _names(said: Said, indicator: Indicator) -> bool:
    """Whether the words before a number are the name of an indicator."""
    noun, name = bare(said.noun), bare(indicator.name)
    if len(name) < 5 or len(noun) < 5:
        return False
    if noun.endswith(name):
        return True
    shared = 0
    while shared < min(len(noun), len(name)) and noun[-1 - shared] == name[-1 - shared]:
        shared += 1
    return shared >= 7


def _agrees(said: Said, got: Measured) -> bool:
    slack = said.step / 2
    if said.more:
        return got.high is None or got.high >= said.value
    return (got.low is None or got.low <= said.value + slack) and (got.high is None or got.high >= said.value - slack)


def _is_target(said: Said, indicator: Indicator) -> bool:
    target = measured(indicator.target, indicator.unit.text or "")
    return target is not None and target.low == said.value


def _said_otherwise(context: Context, form: JudgedForm, name: str, cell: Entry, printed: str, zh: str, said: Said) -> Remark:
    lead = "".join(said.noun[-2:])
    place = place_in(context.outline.text, said.entry, _digits_of(said), lead)
    places = (cell.place, place) if cell.place is not None else (place,)
    return Remark(
        zh=f"“{form.name}”自评表：{name}的完成值是{printed}，{zh}写“{said.noun[-14:]}{said.printed}”。",
        en=f"The form says {printed}, the text {said.printed}.",
        places=places,
        key=(form.project.key, name, printed, said.printed),
        subject="indicator",
        severity="note" if cell.doubt else "warning",
        found=printed,
        expected=said.printed,
        facts=(cell.fact,) if cell.fact is not None else (),
        suggestion="核对后写成同一个数；口径不同的应写明。",
    )


def _digits_of(said: Said) -> str:
    start, end = said.span
    return plain(said.entry.text or "")[start:end].replace(",", "")


def _among_texts(context: Context, form: JudgedForm, said: list[tuple[str, Said]]) -> Iterator[Remark]:
    """One noun with two numbers in two texts of one form."""
    seen: dict[tuple[str, str], tuple[str, Said]] = {}
    for zh, each in said:
        noun = bare(each.noun)
        if len(noun) < 7 or each.more:
            continue
        key = (noun[-9:], each.unit)
        before = seen.setdefault(key, (zh, each))
        if before[0] == zh or before[1].value == each.value or abs(before[1].value - each.value) <= max(before[1].step, each.step) / 2:
            continue
        first, second = before[1], each
        places = tuple(place_in(context.outline.text, one.entry, _digits_of(one), one.noun[-2:]) for one in (first, second))
        yield Remark(
            zh=f"“{form.name}”自评表：{before[0]}写“{first.noun[-14:]}{first.printed}”，{zh}写“{second.noun[-14:]}{second.printed}”。",
            en=f"One thing: {first.printed} in one text of the form, {second.printed} in another.",
            places=places,
            key=(form.project.key, noun[-9:], first.printed, second.printed),
            severity="warning",
            found=first.printed,
            expected=second.printed,
            suggestion="核对后写成同一个数；口径不同的应写明。",
        )


# ------------------------------------------------------------------------------------------------------------- scores


def report_scores(context: Context) -> Iterator[Remark]:
    """The score that a report states against the form that it reports on."""
    reports = _reports(context)
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
                place = place_in(context.outline.text, _as_entry(context, paragraph), said[1], "自评")
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


# -------------------------------------------------------------------------------------------------------------- money


def money(context: Context) -> Iterator[Remark]:
    """The same money in a form, in the list of projects and in the account."""
    forms = [form for form in context.forms.all if not form.project.overall]
    for listed in context.dossier.listed:
        if listed.layout != "execution" or not listed.funding:
            continue
        own = [form for form in forms if same_project(form.name, listed.name.text or "")]
        if len(own) == 1:
            yield from _listed_money(listed, own[0])
        else:
            yield from _account_money(context, listed)
    for form in context.forms.all:
        if form.project.overall:
            yield from _overall_money(context, form)


def _yuan(entry: Entry, unit: str) -> Decimal | None:
    cell = read_cell(entry.text or "")
    value = cell.point if cell.kind == "number" and not cell.operator and not cell.embedded and not cell.approximate else None
    size = YUAN.get(cell.unit or unit)
    return value * size if value is not None and size is not None else None


def _listed_money(listed: Project, form: JudgedForm) -> Iterator[Remark]:
    row, own = listed.funding[0], form.project.money
    for name, zh in (("budget_initial", "年初预算"), ("budget_adjusted", "预算数"), ("executed", "执行数")):
        a, b = getattr(row, name), getattr(own, name)
        first, second = _yuan(a, listed.money_unit), _yuan(b, form.project.money_unit)
        if first is None or second is None or first == second:
            continue
        doubt = a.doubt or b.doubt
        yield Remark(
            zh=f"“{form.name}”的{zh}在项目清单中是{_shown(a, listed.money_unit)}，在自评表中是{_shown(b, form.project.money_unit)}。",
            en=f"The list says {a.text}, the form {b.text}.",
            places=tuple(each.place for each in (a, b) if each.place is not None) or (NOWHERE,),
            key=(form.project.key, name, a.text or "", b.text or ""),
            subject="project.execution",
            severity="note" if doubt else "warning" if a.restored or b.restored else "error",
            found=_shown(a, listed.money_unit),
            expected=_shown(b, form.project.money_unit),
            facts=tuple(each.fact for each in (a, b) if each.fact is not None),
            suggestion="与预算管理一体化系统核对，两处写成同一个数。",
        )


def _shown(entry: Entry, unit: str) -> str:
    text = "".join((entry.text or "").split())
    return text if text.endswith("元") else text + unit


_ACCOUNT = {"基本支出": "expenditure.basic", "项目支出": "expenditure.project", "政策和项目支出": "expenditure.project"}


def _account_name(name: str) -> str | None:
    return _ACCOUNT.get(re.sub(r"^[一二三四五六七八九十\d]+", "", bare(name)))


def _account_money(context: Context, listed: Project) -> Iterator[Remark]:
    """A row 基本支出, 项目支出 of an execution table against the account."""
    concept = _account_name(listed.name.text or "")
    if concept is None:
        return
    entry = listed.funding[0].executed
    yield from _against_account(context, concept, entry, listed.money_unit, f"执行情况表的“{bare(listed.name.text or '')}”执行数")


def _against_account(context: Context, concept: str, entry: Entry, unit: str, what: str) -> Iterator[Remark]:
    """An amount against the account's: near and not equal is one amount told in two ways; far apart may be another scope."""
    stated = context.facts_of(concept)
    value = _yuan(entry, unit)
    amounts_ = {context.amount(f) for f in stated}
    if value is None or not stated or value in amounts_:
        return
    nearest = min(stated, key=lambda f: abs(context.amount(f) - value))
    gap = abs(context.amount(nearest) - value)
    if gap > max(value, context.amount(nearest)) * NEAR:
        return
    yield Remark(
        zh=f"{what}是{_shown(entry, unit)}，正文的{context.name_of(concept)}是{nearest.figure.printed}。",
        en=f"{concept}: {entry.text} in a form, {nearest.figure.printed} in the account.",
        places=(*((entry.place,) if entry.place is not None else ()), *(f.place for f in stated[:6])),
        key=(what, entry.text or "", nearest.figure.printed),
        subject=concept,
        severity="note" if entry.doubt else "warning",
        found=_shown(entry, unit),
        expected=nearest.figure.printed,
        facts=(*((entry.fact,) if entry.fact is not None else ()), *(f.id for f in stated[:6])),
        suggestion="与决算报表核对，两处写成同一个数。",
    )


def _overall_money(context: Context, form: JudgedForm) -> Iterator[Remark]:
    """The head of the overall form and its rows 基本支出, 项目支出 against the account."""
    unit = form.project.money_unit
    for indicator in form.project.indicators:
        concept = _account_name(indicator.name)
        if concept is not None:
            yield from _against_account(context, concept, indicator.actual, indicator.unit.text or unit, f"部门整体表的指标“{bare(indicator.name)}”完成值")
    concepts = ("expenditure.total", "income.total", "grand_total", "grand_total.income", "grand_total.expenditure", "income.fiscal")
    facts = [f for f in context.dossier.facts if f.concept in concepts and f.measure == "amount" and f.figure.is_money and not f.unresolved]
    facts = [f for f in facts if f.key.period in ("", str(context.year))]
    for row in form.project.funding:
        if row.part and not row.part.startswith(("财政拨款", "财政资金")):
            continue
        yield from _head_money(context, form, row, facts, unit)


def _head_money(context: Context, form: JudgedForm, row: Funding, facts: list[Fact], unit: str) -> Iterator[Remark]:
    for entry in (row.budget_initial, row.budget_adjusted, row.executed):
        value = _yuan(entry, unit)
        if not value or not facts or number(entry.text) is None:
            continue
        nearest = min(facts, key=lambda f: abs(context.amount(f) - value))
        gap = abs(context.amount(nearest) - value)
        if gap == 0 or gap > value * NEAR / 10:
            continue
        same = [f for f in facts if context.amount(f) == context.amount(nearest)]
        label = row.part or "资金总额"
        yield Remark(
            zh=f"部门整体表的“{label}”是{_shown(entry, unit)}，与正文的{context.name_of(nearest.concept)}{nearest.figure.printed}只差{gap / YUAN[unit] if unit in YUAN else gap:f}{unit}。",
            en=f"{entry.text} in the overall form, {nearest.figure.printed} in the account.",
            places=(*((entry.place,) if entry.place is not None else ()), *(f.place for f in same[:6])),
            key=(label, entry.text or "", nearest.figure.printed),
            subject=nearest.concept,
            severity="note" if entry.doubt else "warning",
            found=_shown(entry, unit),
            expected=nearest.figure.printed,
            facts=(*((entry.fact,) if entry.fact is not None else ()), *(f.id for f in same[:6])),
            suggestion="与决算报表核对，两处写成同一个数。",
        )


def execution_total(context: Context) -> Iterator[Remark]:
    """All projects' payments together against 项目支出 of the account."""
    forms = [form for form in context.forms.all if not form.project.overall]
    stated = context.facts_of("expenditure.project")
    values = {context.amount(f) for f in stated}
    if len(forms) < 2 or len(values) != 1:
        return
    entries = [form.project.money.executed for form in forms]
    amounts_ = [_yuan(entry, form.project.money_unit) for entry, form in zip(entries, forms, strict=True)]
    if any(entry.doubt for entry in entries):
        return
    known = [each for each in amounts_ if each is not None]
    total, whole = sum(known, Decimal(0)), values.pop()
    slack = Decimal(50) * (len(known) + 1)
    if total <= whole + slack:
        return
    unit = stated[0].figure.unit
    size = YUAN.get(unit, Decimal(1))
    yield Remark(
        zh=f"{len(known)}张自评表的执行数合计{total / size:f}{unit}，大于正文的项目支出{stated[0].figure.printed}，多{(total - whole) / size:f}{unit}。",
        en="The forms' payments add up to more than the project expenditure of the account.",
        places=(*(f.place for f in stated[:4]), *(entry.place for entry in entries if entry.place is not None))[:60],
        key=(f"{total:f}", stated[0].figure.printed),
        subject="expenditure.project",
        found=f"{total / size:f}{unit}",
        expected=f"≤{stated[0].figure.printed}",
        difference=f"{(total - whole) / size:f}",
        facts=(*(f.id for f in stated[:4]), *(entry.fact for entry in entries if entry.fact is not None))[:60],
        suggestion="核对有无项目执行数重复、列入基本支出或不属于本年的。",
    )


# ------------------------------------------------------------------------------------------------------------- counts

_EXCEPTED = re.compile(r"涉密|另行公开|网址|http|不含|链接")  # some forms are published elsewhere, or not at all


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
        zh=f"正文写对{stated[0].figure.printed}项目开展绩效自评，所附项目自评表有{len(forms)}张。" + ("（正文注明部分不公开。）" if excepted else ""),
        en=f"{number} self-evaluated projects are stated, {len(forms)} forms are attached.",
        places=(*(f.place for f in stated), *(form.project.place for form in forms if form.project.place is not None))[:24],
        key=(stated[0].figure.printed, str(len(forms))),
        subject="performance.self_evaluated",
        severity="note" if excepted else "warning",
        found=stated[0].figure.printed,
        expected=str(len(forms)),
        facts=tuple(f.id for f in stated),
        suggestion="补齐自评表，或改正正文所写的项目数。",
    )
