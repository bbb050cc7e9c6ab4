"""Points that a sentence reckons itself (文中得分算式): what an item lost, the causes that cost it, the total of all items, the mean of several scores.

``满分20分，得17.40分，扣2.60分``; ``决策（20分）得18分，过程（20分）得19分，…，总得分92.5分``: items whose weights make up 100, or the weight that they stand under,
are all there are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.tokens import spoken_value
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

_FULL = 100  # points of a whole evaluation
_SCORED = regex(r"[,、](?:自评|实际|评价|综合)?(?:得分?|评分)(?:为)?")
_LOST = regex(r"[,、](?:共|合计)?扣(?:分|减|除)?(?:为)?")
_CAUSE = regex(r"扣(?:分|减|除)?$")
_OF_FULL = regex(r"\((?:满分|分值|权重)(?:为|值)?")
_POINTS_RATE = regex(r",得分率(?:为)?")
_TOTAL_SCORE = regex(r"(?:综合得分|总得?分|自评得分|评价得分|得分)(?:为|是|:)?$")
_EACH_SCORE = regex(r"各(?:部分|项|指标|维度|一级指标)[^。;:,\d]{0,6}得分(?:情况)?(?:分别|依次)?(?:为|如下|是)?:?[^,。;:、()\d]{0,10}$")
_NEXT_SCORE = regex(r"[、,;][^,。;:、()\d]{2,10}")
_MEAN = regex(r"(?P<count>[两二三四五六七八九十]|\d{1,2})个项目[^,。;:\d]{0,8}平均(?:得分|分|自评得分)(?:为)?$")
#: A weight in brackets or before a stop, and the score right behind it: 产出（30分）得28.5分, 产出30分，得28.5分.
_BEHIND_WEIGHT = regex(r"\)[:,]?(?:自评|实际|评价)?(?:得分?|评分)?(?:为|:)?|[,、](?:自评|实际|评价)?(?:得分?|评分)(?:为|:)?")
_WEIGHED = regex(r"[^,。;:、()\d]{2,16}\((?:满分|分值|权重)?(?:为)?$|[^,。;:、()\d]{2,16}(?:满分|分值|权重)?(?:为)?$")
_TOTAL_BEHIND = regex(r"[,;。](?:部门|项目|整体|绩效)*(?:自评|评价|综合|最终)*(?:总得分|总分|总评分|综合得分|合计得分|得分合计|合计得?)(?:为|是|:)?")


def points(reckoner: ParagraphReckoner, index: int) -> None:
    """Adds what the points at ``index`` are reckoned from, and what is reckoned from them."""
    numbers, gap = reckoner.numbers, reckoner.gap(index)
    if index > 1 and numbers[index - 1].unit == numbers[index - 2].unit == "分" and _LOST.fullmatch(gap) and _SCORED.fullmatch(reckoner.gap(index - 1)):
        reckoner.add("sum", index - 2, [(1, index - 1), (1, index)])  # 满分20分，得17.40分，扣2.60分
        if not any(numbers[i].unit == "分" for i in range(index - 2)):
            _causes(reckoner, index)
    if index and numbers[index - 1].unit == "分" and _OF_FULL.fullmatch(gap) and index + 1 < len(numbers) and _POINTS_RATE.fullmatch(reckoner.gap(index + 1)):
        reckoner.add("rate", index + 1, [(1, index - 1)], index)  # 决策17.40分（满分20分，得分率87.00%）
    if _TOTAL_SCORE.search(gap) or _SCORED.fullmatch(gap):
        _scores(reckoner, index)
    if _TOTAL_BEHIND.fullmatch(gap):
        _total_behind(reckoner, index)
    if (mean := _MEAN.search(gap)) is not None:
        _mean(reckoner, index, int(mean["count"]) if mean["count"].isdigit() else spoken_value(mean["count"]))


def weighed(reckoner: ParagraphReckoner) -> None:
    """``预算管理（20分）17分，其中财务管理（8分）6分、资产管理（12分）11分``: the weights under an item make up its own, so do their scores."""
    pairs = _pairs(reckoner, 0, len(reckoner.numbers))
    for n, (weight, score) in enumerate(pairs):
        total, parts, at = reckoner.numbers[weight].value, [], score
        for part, its in pairs[n + 1 :]:
            if part != at + 1 or re.search(r"[。]", reckoner.gap(part)) or reckoner.numbers[part].value >= total:
                break
            parts.append((part, its))
            at = its
            if (made := sum(reckoner.numbers[p].value for p, _ in parts)) >= total:
                if made == total and len(parts) > 1 and "其中" in reckoner.gap(parts[0][0]):
                    reckoner.add("sum", score, [(1, i) for _, i in parts])
                break


def _pairs(reckoner: ParagraphReckoner, first: int, last: int) -> list[tuple[int, int]]:
    """Weights with the scores right behind them."""
    numbers = reckoner.numbers
    return [
        (at, at + 1)
        for at in range(first, last - 1)
        if numbers[at].unit == numbers[at + 1].unit == "分" and _BEHIND_WEIGHT.fullmatch(reckoner.gap(at + 1)) and _WEIGHED.search(reckoner.gap(at)) and numbers[at + 1].value <= numbers[at].value
    ]


def _total_behind(reckoner: ParagraphReckoner, index: int) -> None:
    """``决策（20分）得18分，…，满意度（10分）得9分，总得分92.5分``: items that weigh 100 together, right before the total."""
    first, made = index, 0
    pairs = dict(_pairs(reckoner, reckoner.sentence_start(index - 1) if index else 0, index))
    parts: list[int] = []
    while first - 2 in pairs and made < _FULL:
        first -= 2
        parts.append(pairs[first])
        made += int(reckoner.numbers[first].value) if reckoner.numbers[first].value % 1 == 0 else _FULL + 1
    if made == _FULL and len(parts) > 1:
        reckoner.add("sum", index, [(1, at) for at in reversed(parts)])


def _causes(reckoner: ParagraphReckoner, index: int) -> None:
    """What the causes cost is what the item lost: 扣2.60分。目标未细化，扣1.60分；依据不充分，扣1.00分."""
    behind = reckoner.text[reckoner.numbers[index].end :]
    causes = [i for i in range(index + 1, len(reckoner.numbers)) if reckoner.numbers[i].unit == "分" and _CAUSE.search(reckoner.gap(i))]
    told = re.search(r"主要|其中.*其中|等|共扣|合计扣|再扣|\([^)]*扣", behind)
    if len(causes) > 1 and not told:
        reckoner.add("sum", index, [(1, i) for i in causes])


def _scores(reckoner: ParagraphReckoner, index: int) -> None:
    """The total and the scores of its parts, where the sentence says that these are all or prints the weight of each."""
    behind = [i for i in range(index + 1, len(reckoner.numbers)) if reckoner.numbers[i].unit == "分"]
    for start in behind:
        if _EACH_SCORE.search(reckoner.gap(start)):
            parts = [start]
            for i in behind[behind.index(start) + 1 :]:
                between = re.sub(r"\([^()]*\)", "", reckoner.text[reckoner.numbers[parts[-1]].end : reckoner.numbers[i].start])
                if reckoner.bracketed(i):
                    continue
                if not _NEXT_SCORE.fullmatch(between):
                    break
                parts.append(i)
            if len(parts) > 1:
                reckoner.add("sum", index, [(1, i) for i in parts])
            return
    rows = [i for i in behind if _SCORED.fullmatch(reckoner.gap(i)) and reckoner.numbers[i - 1].unit == "分" and i - 1 > index]
    said = reckoner.text[reckoner.numbers[index].end : reckoner.numbers[rows[0] - 1].start] if rows else ""
    others = [i for i in behind if i not in rows and i + 1 not in rows and not _CAUSE.search(reckoner.gap(i))]
    if len(rows) > 1 and "其中" in said and not others and "主要" not in said and "等" not in reckoner.text[reckoner.numbers[rows[-1]].end :][:2]:
        reckoner.add("sum", index, [(1, i) for i in rows])


def _mean(reckoner: ParagraphReckoner, index: int, count: int) -> None:
    scores = [f.id for f in reckoner.facts[: reckoner.ids[index]] if f.concept == "performance.score" and f.key.dimensions][-count:]
    if len(scores) == count > 1:
        reckoner.keep("mean", reckoner.ids[index], [(1, i) for i in scores], None, reckoner.numbers[index].start)
