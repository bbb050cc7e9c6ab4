"""Results of indicators told twice: in a summary or the overall form and in the project's form, in its cells and in its sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.forms.form import JudgedForm
from gouji.checks.forms.names import alike, bare, likeness, same_project, title, widespread
from gouji.checks.forms.scores import as_entry, goals_of_reports, reports_of
from gouji.checks.forms.table import NOWHERE
from gouji.checks.forms.texts import Said, amounts, place_in, plain
from gouji.model.record import record
from gouji.model.records import Entry, Indicator, Project
from gouji.model.regex import regex
from gouji.scoring import Cell, read_cell
from gouji.scoring.units import compare

_SCALES = (("亿", Decimal(100_000_000)), ("万", Decimal(10_000)))


@record
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


def indicators(context: Context) -> Iterator[Remark]:
    """A result in a summary table or the overall form, and another in the project's own form."""
    forms = [form for form in context.forms.all if not form.project.overall]
    for listed in context.dossier.listed:
        if listed.layout != "summary":
            continue
        own = [form for form in forms if same_project(form.name, listed.name.text or "")]
        if len(own) != 1:
            continue
        for at, indicator in enumerate(listed.indicators):
            match = _counterpart(indicator, own[0].project)
            if match is not None and (remark := _told_twice(listed, at, indicator, own[0], match, "汇总表")) is not None:
                yield remark
    overall = [form for form in context.forms.all if form.project.overall]
    aims: dict[Decimal, list[tuple[JudgedForm, Indicator]]] = {}
    for other in forms if overall else ():
        for each in other.project.indicators:
            if (point := read_cell(each.target.text or "").point) is not None:
                aims.setdefault(point, []).append((other, each))
    for form in overall:
        for at, indicator in enumerate(form.project.indicators):
            aim = read_cell(indicator.target.text or "").point
            if aim is None or aim not in aims or widespread(indicator.name):
                continue
            matches = [(other, each) for other, each in aims[aim] if _same_unit(indicator, each) and alike(indicator.name, each.name)]
            remarks = [_told_twice(form.project, at, indicator, other, each, "部门整体表") for other, each in matches]
            if remarks and all(remark is not None for remark in remarks) and remarks[0] is not None:
                yield remarks[0]


def _same_unit(a: Indicator, b: Indicator) -> bool:
    """Whether the targets of two rows are in the same unit."""
    first, second = read_cell(a.target.text or ""), read_cell(b.target.text or "")
    return bare(a.unit.text or first.unit) == bare(b.unit.text or second.unit)


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
        facts=tuple(each.fact for each in entries if each.fact is not None),
        suggestion="核对佐证资料，两处写成同一个数；口径不同的应写明。",
    )


def sentences(context: Context) -> Iterator[Remark]:
    """Numbers in the texts of a form, or of its report, that contradict its cells or each other."""
    reports = reports_of(context)
    for form in context.forms.all:
        project = form.project
        said = [(zh, each) for zh, entry in _texts(project) for each in amounts(entry)]
        for report in reports.get(form.name, ()):
            said += [("绩效报告", each) for each in amounts(as_entry(context, report))]
        nouns = [bare(each.noun) for _, each in said]
        used: set[int] = set()
        for at, indicator in enumerate(project.indicators):
            got = measured(indicator.actual, indicator.unit.text or "")
            if got is None:
                continue
            name = bare(indicator.name)
            about = [(n, zh, each) for n, (zh, each) in enumerate(said) if _names(nouns[n], name) and _one_unit(each.unit, got.unit)]
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


def _names(noun: str, name: str) -> bool:
    """Whether the words before a number are the name of an indicator."""
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
        zh=f"“{form.name}”自评表：{name}的完成值是{printed}，{zh}写“{said.quoted}”。",
        en=f"The form says {printed}, the text {said.printed}.",
        places=places,
        key=(form.project.key, name, printed, said.printed),
        subject="indicator",
        severity="note" if cell.doubt else "warning",
        found=printed,
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
            zh=f"“{form.name}”自评表：{before[0]}写“{first.quoted}”，{zh}写“{second.quoted}”。",
            en=f"One thing: {first.printed} in one text of the form, {second.printed} in another.",
            places=places,
            key=(form.project.key, noun[-9:], first.printed, second.printed),
            severity="warning",
            found=first.printed,
            suggestion="核对后写成同一个数；口径不同的应写明。",
        )


# ------------------------------------------------------------------------------------------------------------- targets

_COUNTED = regex(r"(?<![\d.])(\d{1,6})(?:余|多)?(?:个|家|户|所|座|条|项|场|次|期|名|台|套|人次|人|件|批)([\u4e00-\u9fff]{2,16})")


def report_targets(context: Context) -> Iterator[Remark]:
    """The goal of a project's report against the goal of its form: one thing counted otherwise."""
    forms = {form.name: form for form in context.forms.all if not form.project.overall}
    for name, paragraphs in goals_of_reports(context).items():
        goal = forms[name].project.goal
        if not goal.text or goal.doubt:
            continue
        wanted = _counted(plain(goal.text))
        said = [(each, paragraph) for paragraph in paragraphs for each in _counted(paragraph.text)]
        for first, paragraph in said:
            same = [each for each in wanted if _one_thing(first[1], each[1])]
            others = [each for each, _ in said if _one_thing(first[1], each[1])]
            if len(same) != 1 or len(others) != 1 or same[0][0] == first[0]:
                continue
            second = same[0]
            place = place_in(context.outline.text, goal, second[0], "")
            yield Remark(
                zh=f"“{name}”的年度目标在绩效报告中是“{first[2]}”，在自评表中是“{second[2]}”。",
                en=f"One goal: {first[0]} in the report, {second[0]} in the form.",
                places=(context.at(paragraph, *first[3]), place),
                key=(name, first[2], second[2]),
                subject="indicator",
                found=first[2],
                expected=second[2],
                suggestion="以预算批复的绩效目标为准，两处写成同一个数。",
            )


def _counted(text: str) -> list[tuple[str, str, str, tuple[int, int]]]:
    """The counted things of a text: number, what is counted, both as printed, where."""
    return [(match[1], match[2], match[0], match.span()) for match in _COUNTED.finditer(text)]


def _one_thing(first: str, second: str) -> bool:
    """Whether two words behind numbers name one thing: the end of one is the beginning of the other, or both end alike."""
    ends = first[-2:], second[-2:]
    return any(end not in _EMPTY and (other.startswith(end) or other.endswith(end)) for end, other in zip(ends, (second, first), strict=True))


_EMPTY = frozenset(("以上", "以下", "左右", "市级", "县级", "全市", "重点", "项目", "工作", "方面", "完成", "开展", "建设"))
