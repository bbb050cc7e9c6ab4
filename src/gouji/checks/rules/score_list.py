"""Scores told in a sentence: parts against their weights and their total (文字中的得分不合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.slips import likeness
from gouji.model.outline import Paragraph

_POINTS = r"(\d+(?:\.\d+)?)分"
_GOT = r"(?:自评|实际|实|评价|考评|最终)?(?:得分|评分|得|计)(?:为|是|:)?"
#: 产出指标（30分）得29.2分
_PART = re.compile(rf"([一-龥“”/]{{2,16}})[(](?:满分|权重|分值|共|占|标准分)?(?:为|:)?{_POINTS}[)][,:]?{_GOT}{_POINTS}")
_TOTAL = re.compile(rf"(?:合计|总计|共计|总分|总得分|综合(?:得分|评分)?|自评|项目|绩效|评价)(?:自评|实际)?{_GOT}{_POINTS}")
_FULL = re.compile(rf"(?:满分|权重|分值)(?:为|是|:)?{_POINTS}")
_LOST = re.compile(rf"扣(?:减|除|分)?(?:为|了|:)?{_POINTS}")
_OWN = re.compile(rf"(?<![扣均])(?:自评得分|自评|得分|实得|得)(?:为|是|:)?{_POINTS}")
_HUNDRED = Decimal(100)
_TELLING = 3  # digits: of scores in a digit or two any two are alike


@rule(id="score-list", zh="文字中的得分不合", severity="error", authority="arithmetic")
def score_list(context: Context) -> Iterator[Remark]:
    """一句话里逐项写出分值和得分的：各项得分不超过分值；分值合计100分的，得分之和应等于所写的总分。写明满分和扣分的，满分减扣分应等于得分。

    为什么：总分由各项得分加总而来，得分由满分减扣分而来。
    例：投入指标（10分）得10分，过程指标（30分）得27.6分，产出指标（30分）得29.2分，效益指标（30分）得29分，合计得分98.8分。
    报告：所列4项得分之和为95.8分，总分写作98.8分。
    不报：没有写全各项（分值合计不是100分）的总分；扣分分层列出、无法确定是否重复的。
    """
    for paragraph in context.prose:
        if "分" not in paragraph.text or paragraph.text.count("分") < 3:
            continue
        begin = 0
        for sentence in re.split("(?<=[。])", paragraph.text):
            yield from _parts(context, paragraph, sentence, begin)
            begin += len(sentence)
        yield from _lost(context, paragraph)


def _parts(context: Context, paragraph: Paragraph, sentence: str, begin: int) -> Iterator[Remark]:
    parts = list(_PART.finditer(sentence))
    if len(parts) < 2:
        return
    weights, scores = ([Decimal(part[n]) for part in parts] for n in (2, 3))
    for part, weight, score in zip(parts, weights, scores, strict=True):
        if score > weight:
            yield _remark(context, paragraph, begin, part, 3, f"“{part[1]}”得{part[3]}分，超过分值{part[2]}分。", f"{part[1]}: score above its weight", f"不超过{part[2]}分")
    others = [t for t in _TOTAL.finditer(sentence) if not any(part.start() < t.end() <= part.end() for part in parts)]
    if sum(weights) != _HUNDRED or len({t[1] for t in others}) != 1:
        return
    whole, total = others[-1], sum(scores, Decimal(0))
    if Decimal(whole[1]) == total or any(score > weight for score, weight in zip(scores, weights, strict=True)):
        return
    yield _remark(context, paragraph, begin, whole, 1, f"所列{len(parts)}项得分之和为{total}分，总分写作{whole[1]}分。", f"the parts' scores add up to {total}, the total is {whole[1]}", f"{total}分")


def _lost(context: Context, paragraph: Paragraph) -> Iterator[Remark]:
    text = paragraph.text
    full, own, lost = (list(pattern.finditer(text)) for pattern in (_FULL, _OWN, _LOST))
    if len(full) != 1 or len(own) != 1 or not lost or len(_PART.findall(text)) > 0:
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
    yield _remark(context, paragraph, 0, own[0], 1, zh, f"full marks less deductions give {meant}, printed {own[0][1]}", f"{meant}分", "warning")


def _remark(context: Context, paragraph: Paragraph, begin: int, found: re.Match[str], group: int, zh: str, en: str, expected: str, severity: str = "error") -> Remark:
    place = context.at(paragraph, begin + found.start(group), begin + found.end(group) + 1)
    facts = tuple(f.id for f in context.dossier.facts if f.place.start < place.end and place.start < f.place.end)
    return Remark(
        zh=zh, en=en, places=(place,), key=("score-list", found[group], expected), found=f"{found[group]}分", expected=expected, facts=facts,
        severity="warning" if severity == "warning" else "error", suggestion="请按评分表核对后改正。",
    )  # fmt: skip
