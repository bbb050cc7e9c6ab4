"""What a form shows beyond its numbers: fields left empty, a result that repeats its goal, indicators that measure nothing, claims of full success."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.forms.form import JudgedForm
from gouji.checks.forms.judging import explained_row
from gouji.checks.forms.names import bare, title
from gouji.checks.forms.table import NOWHERE
from gouji.checks.forms.texts import own_score, place_in, plain
from gouji.model.figure import Place
from gouji.model.finding import Severity
from gouji.model.records import Entry, Indicator
from gouji.model.regex import regex
from gouji.scoring import grade_of, number, read_cell
from gouji.scoring.scales import inline_scale

_FIELDS = (("goal", "项目年度目标"), ("result", "年度目标完成情况"), ("process", "项目实施内容及过程概述"), ("conclusion", "评价结论"), ("problems", "存在问题"), ("measures", "改进措施"))
_ALL_MET = regex(
    r"(?:全面|全部|圆满|均已?|都已?)(?:按[时期])?(?:完成|达成|实现|达到)[^,。;]{0,10}?(?:目标|任务|指标)|(?:目标|指标|任务)[^,。;]{0,8}?(?:全部|均|都|全面|100%)[^,。;]{0,4}?(?:完成|达成|实现|达到)|完成了?全年(?:目标|任务)"
)
#: 除巡回审判场次外，各项指标均完成: the missed ones are named.
_BUT = regex(r"除[^。;]{2,60}?外|其余|其他")
_TASK_YEAR = regex(r"^\d{6}(\d{2})[A-Z]\d{12}$")
_GRADE = regex(r"(?:评价|自评|绩效)?(?:结果|等级|等次)(?:评定)?(?:为|是|:)?[“\"]?(优秀?|良好?|中|差|合格|不合格)[”\"]?(?:[,。;、]|$)")
_GRADE_WORDS = {"优秀": "优", "良好": "良"}
LOW_RATE = Decimal(80)  # a rate below this wants a reason in the form
FAR_ABOVE = Decimal(2)  # a result so many times its target suggests a target that was set too low


def _remark(form: JudgedForm, zh: str, en: str, entries: tuple[Entry, ...], key: tuple[str, ...], severity: Severity | None = None, found: str = "", **more: str) -> Remark:
    places: tuple[Place, ...] = tuple(each.place for each in entries if each.place is not None)
    if not places:
        places = (form.project.place,) if form.project.place is not None else (NOWHERE,)
    return Remark(
        zh=f"“{form.name}”自评表：{zh}。", en=en, places=places, key=(form.project.key, *key), severity=severity, found=found,
        facts=tuple(each.fact for each in entries if each.fact is not None), expected=more.get("expected", ""), suggestion=more.get("suggestion", ""),
    )  # fmt: skip


def empty_fields(context: Context) -> Iterator[Remark]:
    """Fields that must be filled and are printed blank."""
    for form in context.forms.all:
        project = form.project
        for name, zh in _FIELDS:
            entry: Entry = getattr(project, name)
            if entry.text is not None and not plain(entry.text) and not entry.doubt:
                severity: Severity = "note" if name in ("problems", "measures") else "warning"
                yield _remark(form, f"“{zh}”没有填写", f"The field {name} is blank.", (entry,), (name,), severity, suggestion="按表的要求填写。")
        for at, indicator in enumerate(project.indicators):
            if _is_blank(indicator.actual) and read_cell(indicator.target.text or "").kind != "blank" and number(indicator.weight.text) is not None:
                doubt = indicator.actual.doubt or indicator.actual.restored
                yield _remark(
                    form, f"{title(indicator, at)}没有填写完成值", "A result is blank.", (indicator.actual, indicator.target), (title(indicator, at),),
                    "note" if doubt else "warning", suggestion="填写完成值，并按完成情况计分。",
                )  # fmt: skip
        yield from _reasons(form)


def _is_blank(entry: Entry) -> bool:
    return entry.text is not None and not plain(entry.text).strip("/-—")


def _reasons(form: JudgedForm) -> Iterator[Remark]:
    """A low execution rate, or a missed target, with an empty cell for the reason."""
    row = form.project.money
    rate = number((row.rate.text or "").rstrip("%％"))
    if rate is not None and rate < LOW_RATE and row.reason.text is not None and not plain(row.reason.text) and not row.rate.doubt:
        told = any(entry.text and plain(entry.text).strip("。无") for entry in (form.project.problems,))
        yield _remark(
            form, f"预算执行率{row.rate.text}，没有填写原因", "A low execution rate without a reason.", (row.reason, row.rate), ("rate", row.rate.text or ""),
            "note" if told or row.reason.restored else "warning", found=row.rate.text or "", suggestion="填写执行率低的原因。",
        )  # fmt: skip
    for at, (indicator, scored) in enumerate(zip(form.project.indicators, form.score.indicators, strict=True)):
        blank = indicator.reason.text is not None and not explained_row(indicator)
        if scored.scored.outcome == "missed" and blank and scored.printed is not None and scored.judgement.kind in ("fine", "review"):
            yield _remark(
                form, f"{title(indicator, at)}没有达到目标，没有填写未完成原因", "A missed target without a reason.", (indicator.reason, indicator.actual), (title(indicator, at),),
                "note", found=indicator.actual.text or "", suggestion="填写未完成原因。",
            )  # fmt: skip


def copied_results(context: Context) -> Iterator[Remark]:
    """The goal copied as the result."""
    for form in context.forms.all:
        goal, result = form.project.goal, form.project.result
        first, second = bare(goal.text or ""), bare(result.text or "")
        if len(first) < 16 or len(second) < 16 or goal.doubt or result.doubt:
            continue
        if first == second or (min(len(first), len(second)) >= 30 and (first in second or second in first) and abs(len(first) - len(second)) <= 6):
            yield _remark(
                form, "“年度目标完成情况”与“项目年度目标”文字相同，没有写实际完成的数量和效果", "The result repeats the goal word for word.", (result, goal),
                ("copied", second[:40]), suggestion="如实写明完成的数量、质量、时间和效果。",
            )  # fmt: skip


def vague_indicators(context: Context) -> Iterator[Remark]:
    """Indicators that cannot measure: a bare word of a scale as target, one name twice, a numeric target without a unit, a cost that is the budget."""
    for form in context.forms.all:
        rows = form.project.indicators
        words_ = [
            (at, each) for at, each in enumerate(rows)
            if (each.operator.text or "").startswith("定性") and len(plain(each.target.text or "")) <= 2 and each.target.text and inline_scale(each.name) is None
        ]  # fmt: skip
        if len(words_) >= 2 and all(plain(each.actual.text or "") == plain(each.target.text or "") for _, each in words_):
            names = "、".join(title(each, at).removeprefix("指标") for at, each in words_[:3])
            yield _remark(
                form, f"{len(words_)}项定性指标只写“{'”“'.join(dict.fromkeys(plain(each.target.text or '') for _, each in words_))}”，没有写评定标准：{names}{'等' if len(words_) > 3 else ''}", "Qualitative indicators without a scale.",
                tuple(each.target for _, each in words_), ("scale", *(bare(each.name) for _, each in words_)), suggestion="写明各等次的标准，或改用可以量化的指标。",
            )  # fmt: skip
        count = Counter(bare(each.name) for each in rows if bare(each.name))
        for at, each in enumerate(rows):
            name = bare(each.name)
            if count[name] > 1 and len(name) >= 5 and at == next(n for n, other in enumerate(rows) if bare(other.name) == name):
                twice = [other for other in rows if bare(other.name) == name]
                if len({other.target.text for other in twice}) == 1 or len({other.level1 for other in twice}) > 1:
                    yield _remark(
                        form, f"{title(each, at)}列了{len(twice)}次", "One indicator is listed twice.", tuple(other.weight for other in twice), ("twice", name), suggestion="删去重复的指标，或改正指标名称。"
                    )
        yield from _without_unit(form)


def _without_unit(form: JudgedForm) -> Iterator[Remark]:
    for at, each in enumerate(form.project.indicators):
        cell = read_cell(each.target.text or "")
        if each.unit.text == "" and cell.kind == "number" and not cell.unit and not each.target.doubt and not each.unit.doubt and (each.operator.text or "") in ("≥", "≤", "＝", ">", "<"):
            yield _remark(form, f"{title(each, at)}的指标值{cell.text}没有度量单位", "A numeric target without a unit.", (each.target, each.unit), ("unit", title(each, at)), suggestion="补写度量单位。")


def overshot(context: Context) -> Iterator[Remark]:
    """Results far above their target, and equalities that were exceeded: for review."""
    for form in context.forms.all:
        for at, (indicator, row) in enumerate(zip(form.project.indicators, form.score.indicators, strict=True)):
            wanted, got = read_cell(indicator.target.text or ""), read_cell(indicator.actual.text or "")
            if row.scored.slip or row.scored.qualitative or wanted.point is None or got.point is None:
                continue
            over = next((each for each in row.scored.review if "超过“＝" in each or "低于“＝" in each), "")
            far = row.scored.outcome == "exceeded" and wanted.point > 0 and got.point >= wanted.point * FAR_ABOVE
            if over or far:
                said = over or f"完成值{got.text}是目标{wanted.text}的{(got.point / wanted.point).quantize(Decimal('0.1'))}倍，目标可能定得偏低"
                yield _remark(
                    form, f"{title(indicator, at)}：{said}", "A result far from its target.", (indicator.actual, indicator.target), (title(indicator, at), got.text),
                    found=indicator.actual.text or "", suggestion="核对指标性质和目标值，说明超额完成的原因。",
                )  # fmt: skip


def splits(context: Context) -> Iterator[Remark]:
    """Weights of the first level other than the official split."""
    for form in context.forms.all:
        note = form.score.weights.note
        if "与规定的划分不同" in note and all(level for level, _ in form.score.weights.by_level):
            yield _remark(form, note, "The weights are parted otherwise than the rules have it.", tuple(each.weight for each in form.project.indicators), ("split", note))


def code_years(context: Context) -> Iterator[Remark]:
    """A project's code of a later year than the form's."""
    year = context.year
    for form in context.forms.all:
        match = _TASK_YEAR.match(plain(form.project.code.text or ""))
        if match is not None and year is not None and 2000 + int(match[1]) > year:
            yield _remark(
                form, f"项目编码中的年度是20{match[1]}年，晚于{year}年度", "The code's year is later than the form's.", (form.project.code,), ("code",), found=f"20{match[1]}",
                suggestion="核对项目编码；结转续用新编码的可以不改。",
            )  # fmt: skip


def full_claims(context: Context) -> Iterator[Remark]:
    """“全面完成” in the conclusion of a form that has a missed target."""
    for form in context.forms.all:
        missed = [(at, each) for at, (each, row) in enumerate(zip(form.project.indicators, form.score.indicators, strict=True)) if _plainly_missed(each, row.scored.outcome)]
        entry = form.project.conclusion
        match = _ALL_MET.search(plain(entry.text or "")) if entry.text and not entry.doubt else None
        if match is None or not missed or _BUT.search(re.split("[。;]", plain(entry.text or "")[: match.start()])[-1]):
            continue
        at, indicator = missed[0]
        sure = any(word in match.group() for word in ("全面", "全部", "均", "都"))
        yield _remark(
            form, f"评价结论写“{match.group()}”，而{title(indicator, at)}的目标是{indicator.operator.text or ''}{indicator.target.text}{indicator.unit.text or ''}，完成{indicator.actual.text}",
            "All targets are said to be met; one was missed.", (entry, indicator.actual), (match.group(), title(indicator, at)), "warning" if sure else "note", found=match.group(),
            suggestion="如实写明未完成的目标、原因和改进措施。",
        )  # fmt: skip


def _plainly_missed(indicator: Indicator, outcome: str) -> bool:
    return outcome == "missed" and not any(each.doubt for each in (indicator.actual, indicator.target, indicator.operator))


def grades(context: Context) -> Iterator[Remark]:
    """The grade in the words of a conclusion against the band of the total."""
    for form in context.forms.all:
        entry, total = form.project.conclusion, form.score.printed_total
        match = _GRADE.search(plain(entry.text or "")) if entry.text else None
        if match is None or total is None or form.score.weights.total != form.score.scheme.total:
            continue
        said = own_score(entry)
        if said is not None and said[0] != total:
            continue
        grade, word = grade_of(total, form.score.scheme), _GRADE_WORDS.get(match[1], match[1])
        known = {each.grade for each in form.score.scheme.bands.grades} if form.score.scheme.bands is not None else set()
        if grade is not None and word in known and word != grade:
            place = place_in(context.outline.text, entry, match[1])
            doubt = bool(entry.doubt or form.project.total_score.doubt)
            yield Remark(
                zh=f"“{form.name}”自评表：得分{total:f}分属“{grade}”，评价结论写“{match[1]}”。", en="The grade does not fit the score.", places=(place,), key=(form.project.key, match[1], f"{total:f}"),
                severity="note" if doubt else None, found=match[1], expected=grade, suggestion="按等级划分标准改正等级或得分。",
            )  # fmt: skip
