"""Scores told in words: parts against their weights and their total (文字中的得分不合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.checks.beside import mistyped_score
from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.finding import Severity
from gouji.model.outline import Paragraph
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.model.slips import likeness

_POINTS = r"(\d+(?:\.\d+)?)分"
_GOT = r"(?:自评|实际|实|评价|考评|最终)?(?:得分|评分|得|计)(?:为|是|:)?"
_WEIGHT = rf"[(](?:满分|权重|分值|共|占|标准分)?(?:为|:)?{_POINTS}[)]"
#: 绩效目标（6分，得5分）; 产出指标（30分）得29.2分; 项目决策（10分）9.50分; 绩效目标10分，得9.50分; 预算执行（30分）。进度总体达标，个别项目偏慢，得27.60分
_BRACKETED = regex(rf"([一-龥“”/、]{{2,16}})[(](?:满分|权重|分值|共|占|标准分)?(?:为|:)?{_POINTS}[,;]{_GOT}{_POINTS}[)]", "分)")
_PARTS = (
    _BRACKETED,
    regex(rf"([一-龥“”/、]{{2,16}}){_WEIGHT}[,:]?(?:{_GOT})?{_POINTS}", "分)"),
    regex(rf"(?<![均扣得])([一-龥“”/、]{{2,16}}?){_POINTS}[,:]?{_GOT}{_POINTS}"),
    regex(rf"([一-龥“”/、]{{2,16}}){_WEIGHT}[^()]{{0,160}}?[,:;。]{_GOT}{_POINTS}", "分)"),
)
_TOTAL = regex(rf"(?:合计|总计|共计|总分|总得分|综合(?:得分|评分)?|自评|项目|绩效|评价|自评总|(?<=[,。]))(?:自评|实际|总)?(?:{_GOT}|(?<=[计分评])(?:为|是|:)?){_POINTS}")
_FULL = regex(rf"(?:满分|权重|分值)(?:为|是|:)?{_POINTS}")
_OF_PART = regex(rf"[(](?:满分|权重|分值|共|占)?(?:为)?{_POINTS}[)],?$")
_LOST = regex(rf"扣(?:减|除|分)?(?:为|了|:)?{_POINTS}")
_OWN = regex(rf"(?<![扣均])(?:自评得分|自评|得分|实得|得)(?:为|是|:)?{_POINTS}")
#: What holds scores of another thing: of last year, of the finance bureau's re-scoring, of one item of many.
_OTHER = regex(r"上年|去年|复评|复核|平均|抽查|财政局(?:评|复)|满分|每")
_HUNDRED = Decimal(100)
_LEVELS = tuple(regex(pattern) for pattern in (r"[一二三四五六七八九十]{1,3}、", r"[(][一二三四五六七八九十]{1,3}[)]", r"\d{1,2}[.、]", r"[(]\d{1,2}[)]"))
_HEADED = regex(rf"([一-龥“”/、]{{2,16}}){_WEIGHT}[:。]?$", "分)")
_SCORED = regex(rf"{_GOT}{_POINTS}")
_NO_PART = regex("扣|满分|总分|合计")
_POINTS_AGAIN = regex(r"\d分")
#: Points told of something else than the item's own loss.
_NOT_OWN = regex(r"每[^,。;]{0,12}扣|扣完|加分|共扣|合计扣|上年|去年|复评|复核|扣[^,。;]{0,6}分(?:为止|的)")
_TELLING = 3  # digits: of scores in a digit or two any two are alike
_APART = 3  # paragraphs from part to part: what the points were lost for may stand between
_BESIDE = 8  # paragraphs from the parts to their total


@record
class _Part:
    """A part's name, points and score, and where the score stands: ``at`` counts the running paragraphs."""

    at: int
    level: int  # of the number that its paragraph begins with: 一、 1, （一） 2, 1. 3, （1） 4; 0 where it does not stand right behind one
    name: str
    weight: Decimal
    score: Decimal
    span: tuple[int, int]


@rule(id="score-list", zh="文字中的得分不合", severity="error", authority="arithmetic")
def score_list(context: Context) -> Iterator[Remark]:
    """逐项写出分值和得分的（一句话里，或接连几段）：各项得分不超过分值；分值合计100分的，得分之和应等于所写的总分。写明满分和扣分的，满分减扣分应等于得分。

    为什么：总分由各项得分加总而来，得分由满分减扣分而来。
    例：投入指标（10分）得10分，过程指标（30分）得27.6分，产出指标（30分）得29.2分，效益指标（30分）得29分，合计得分98.8分。
    报告：所列4项得分之和为95.8分，总分写作98.8分。
    不报：没有写全各项（分值合计不是100分）的总分；前后写了几个不同总分，其中有相符的；扣分分层列出、无法确定是否重复的。
    """
    rows = [paragraph for _, paragraph in context.running if paragraph.kind in ("prose", "heading", "signature")]
    parts = list(_parts(rows))
    for part in parts:
        if part.score > part.weight and mistyped_score(part.score, part.weight):
            zh, en = f"“{part.name}”得{part.score}分，超过分值{part.weight}分。", f"{part.name}: score above its weight"
            yield _remark(context, rows[part.at], part.span, zh, en, f"不超过{part.weight}分")
    flat = [part for part in parts if not part.level] if any(part.level for part in parts) else parts
    for run in (*_complete(flat), *_outline(parts)):
        yield from _total(context, rows, run)
    yield from _levels(context, rows, parts)
    yield from _children(context, rows, parts)
    for paragraph in context.prose:
        if paragraph.text.count("分") > 2:
            yield from _lost(context, paragraph)


def _parts(rows: Sequence[Paragraph]) -> Iterator[_Part]:
    """The parts of each paragraph, first by the way of writing that gives most of them; of a heading with points, the score right below."""
    for at, paragraph in enumerate(rows):
        text = paragraph.text
        if "分" not in text:
            continue
        found: list[re.Match[str]] = []
        for matches in sorted((_matches(pattern, text) for pattern in _PARTS), key=len, reverse=True):
            found += [m for m in matches if not any(m.start() < other.end() and other.start() < m.end() for other in found)]
        for match in sorted(found, key=lambda m: m.start()):
            yield _Part(at, _level(text, match.start()), match[1].strip("、"), Decimal(match[2]), Decimal(match[3]), (match.start(3), match.end(3) + 1))
        headed = _HEADED.search(rows[at - 1].text) if at and not found and rows[at - 1].kind == "heading" else None
        below = list(_SCORED.finditer(text)) if headed else []
        if headed and len(below) == 1:
            yield _Part(at, _level(rows[at - 1].text, headed.start()), headed[1], Decimal(headed[2]), Decimal(below[0][1]), (below[0].start(1), below[0].end(1) + 1))


def _level(text: str, start: int) -> int:
    """How deep the number is that a paragraph begins with, right before ``start``."""
    return next((level for level, number in enumerate(_LEVELS, 1) if (found := number.match(text)) is not None and found.end() == start), 0)


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The pattern's parts, without totals, and without those that have other points between weight and score."""
    return [m for m in pattern.finditer(text) if not _POINTS_AGAIN.search(text, m.end(2) + 1, m.start(3)) and not _NO_PART.search(m[1]) and not m[1].endswith("得")]


def _complete(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Parts that stand together and whose weights come to a hundred points, one list after the other; a tree of parts of parts is none."""
    begin = 0
    for end in range(1, len(parts) + 1):
        if end < len(parts) and parts[end].at - parts[end - 1].at <= _APART:
            continue
        lists: list[list[_Part]] = [[]]
        for part in parts[begin:end]:
            lists[-1].append(part)
            if sum(each.weight for each in lists[-1]) == _HUNDRED:
                lists.append([])
        begin = end
        if not lists.pop():
            yield from (one for one in lists if len(one) > 1 and not _is_tree(one))


def _below(parts: Sequence[_Part], number: int) -> list[_Part]:
    """The parts of a part in an outline: those one number deeper, before the next that stands as high."""
    found: list[_Part] = []
    for each in parts[number + 1 :]:
        if not each.level or each.level <= parts[number].level:
            break
        if not found or each.level == found[0].level:
            found.append(each)
    return found


def _levels(context: Context, rows: Sequence[Paragraph], parts: Sequence[_Part]) -> Iterator[Remark]:
    """``（一）决策情况（20分，得18分）`` over ``1.项目立项（6分，得6分）…``: parts with all of its points score what it scores; what it lost is told behind it."""
    for number, part in enumerate(parts):
        below = _below(parts, number) if part.level else []
        total = sum((one.score for one in below), Decimal(0))
        if len(below) > 1 and sum(one.weight for one in below) == part.weight and total != part.score and all(one.score <= one.weight for one in below):
            zh = f"“{part.name}”得{part.score}分，以下{len(below)}项得分之和为{total}分。"
            yield _remark(context, rows[part.at], part.span, zh, f"{part.name}: its parts' scores add up to {total}", f"{total}分", others=[(rows[one.at], one.span) for one in below])
        text = rows[part.at].text[part.span[1] :]
        lost = [Decimal(each[1]) for each in _LOST.finditer(text)]
        gone, told = part.weight - part.score, sum(lost, Decimal(0))
        alone = not below and part.level and not _SCORED.search(text) and sum(one.at == part.at for one in parts) == 1 and not _NOT_OWN.search(text)
        if alone and lost and gone >= 0 and gone != told and gone not in lost and told not in lost[:-1]:
            zh = f"“{part.name}”分值{part.weight}分，扣{'、'.join(map(str, lost))}分，应得{part.weight - told}分，写作{part.score}分。"
            yield _remark(context, rows[part.at], part.span, zh, f"{part.name}: points less deductions give {part.weight - told}", f"{part.weight - told}分", "warning")


def _outline(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """The highest parts of an outline, where their points come to a hundred."""
    begin = 0
    while begin < len(parts):
        if not parts[begin].level:
            begin += 1
            continue
        run, end = [parts[begin]], begin + 1
        while end < len(parts) and parts[end].level >= run[0].level:
            if parts[end].level == run[0].level:
                run.append(parts[end])
            end += 1
        if len(run) > 1 and sum(part.weight for part in run) == _HUNDRED:
            yield run
        begin = end


def _children(context: Context, rows: Sequence[Paragraph], parts: Sequence[_Part]) -> Iterator[Remark]:
    """``履职绩效（50分），得47.5分。其中：数量指标20分得19分，…``: what is listed under a part by 其中, with all of its points, scores what it scores."""
    for number, part in enumerate(parts):
        below: list[_Part] = []
        for each in parts[number + 1 :]:
            if each.at != part.at or sum((one.weight for one in below), Decimal(0)) >= part.weight:
                break
            below.append(each)
        between = rows[part.at].text[part.span[1] : below[0].span[0]] if below else ""
        if len(below) < 2 or sum(one.weight for one in below) != part.weight or "其中" not in between or re.search("[;扣]", between):
            continue
        total = sum((one.score for one in below), Decimal(0))
        if total != part.score and all(one.score <= one.weight for one in below):
            zh = f"“{part.name}”得{part.score}分，所列{len(below)}项得分之和为{total}分。"
            yield _remark(context, rows[part.at], part.span, zh, f"{part.name}: its parts' scores add up to {total}", f"{total}分", others=[(rows[one.at], one.span) for one in below])


def _is_tree(parts: Sequence[_Part]) -> bool:
    """Whether a part is made of those behind it."""
    for at, part in enumerate(parts):
        weight = score = Decimal(0)
        for number, below in enumerate(parts[at + 1 :], 1):
            weight, score = weight + below.weight, score + below.score
            if number > 1 and (weight, score) == (part.weight, part.score):
                return True
    return False


def _total(context: Context, rows: Sequence[Paragraph], run: list[_Part]) -> Iterator[Remark]:
    """The total that is told with the parts: in their paragraphs, or not far before or behind them."""
    if any(part.score > part.weight for part in run):
        return
    total, first, last = sum((part.score for part in run), Decimal(0)), run[0].at, run[-1].at
    weights = sum((part.weight for part in run), Decimal(0))
    annex = _annex(context, rows[first])
    inside: list[tuple[Paragraph, re.Match[str]]] = []
    beside: list[tuple[Paragraph, re.Match[str]]] = []
    for at in range(max(0, first - _BESIDE), min(len(rows), last + _BESIDE + 1)):
        paragraph = rows[at]
        if _annex(context, paragraph) != annex:
            continue
        mine = [part.span for part in run if part.at == at]
        for match in _TOTAL.finditer(paragraph.text):
            before = re.split("[。;]", paragraph.text[: match.start(1)])[-1][-30:]
            if Decimal(match[1]) == weights != total and "得" not in match[0]:
                continue  # 评价总分100分，自评92.6分: what could be reached
            if (of := _OF_PART.search(paragraph.text, 0, match.start())) is not None and Decimal(of[1]) != weights:
                continue  # （二）项目绩效（35分），自评32.50分
            if not any(start <= match.start(1) < end for start, end in mine) and not _OTHER.search(before):
                (inside if first <= at <= last else beside).append((paragraph, match))
    told: tuple[tuple[list[tuple[Paragraph, re.Match[str]]], Severity], ...] = ((inside, "error"), (beside, "warning"))
    for near, severity in told:
        said = {Decimal(match[1]) for _, match in near}
        if total in said:
            return
        if len(said) == 1:
            paragraph, match = near[-1]
            if severity == "warning" and likeness(next(iter(said)), total, 2).name == "":
                return  # of several forms on end: whose total it is, is not certain
            zh = f"所列{len(run)}项得分之和为{total}分，总分写作{match[1]}分。"
            en = f"the parts' scores add up to {total}, the total is {match[1]}"
            others = [(rows[part.at], part.span) for part in run]
            yield _remark(context, paragraph, (match.start(1), match.end(1) + 1), zh, en, f"{total}分", severity, others)
            return


def _annex(context: Context, paragraph: Paragraph) -> int:
    """The outermost section around a paragraph."""
    return next((section.index for section in reversed(list(context.ancestors(context.section(paragraph))))), -1)


def _lost(context: Context, paragraph: Paragraph) -> Iterator[Remark]:
    text = paragraph.text
    full, own, lost = (list(pattern.finditer(text)) for pattern in (_FULL, _OWN, _LOST))
    if len(full) != 1 or len(own) != 1 or not lost or _PARTS[0].search(text):
        return
    points = [Decimal(each[1]) for each in lost]
    weight, score = Decimal(full[0][1]), Decimal(own[0][1])
    meant = weight - sum(points, Decimal(0))
    if weight - score in (sum(points, Decimal(0)), points[0], sum(points[1:], Decimal(0))) or meant < 0:
        return
    places = max(0, -int(meant.as_tuple().exponent), -int(score.as_tuple().exponent))
    if likeness(score, meant, places).name == "" or len(own[0][1].replace(".", "")) < _TELLING:
        return  # told in levels, or of something else: nothing says that all was written
    zh = f"满分{full[0][1]}分，扣{'、'.join(each[1] for each in lost)}分，应得{meant}分，写作{own[0][1]}分。"
    yield _remark(context, paragraph, (own[0].start(1), own[0].end(1) + 1), zh, f"full marks less deductions give {meant}, printed {own[0][1]}", f"{meant}分", "warning")


def _remark(
    context: Context, paragraph: Paragraph, span: tuple[int, int], zh: str, en: str, expected: str, severity: Severity = "error",
    others: Sequence[tuple[Paragraph, tuple[int, int]]] = (),
) -> Remark:  # fmt: skip
    """``others`` are the scores that may be wrong instead."""
    place, found = context.at(paragraph, *span), paragraph.text[span[0] : span[1]]
    facts = tuple(f.id for f in context.dossier.facts if f.place.start < place.end and place.start < f.place.end)
    return Remark(
        zh=zh, en=en, places=(place, *(context.at(row, *where) for row, where in others)), key=("score-list", found.removesuffix("分"), expected), found=found,
        expected=expected, facts=facts, severity=severity, suggestion="请按评分表核对后改正。",
    )  # fmt: skip
