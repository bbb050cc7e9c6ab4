"""A score and the grade it is called (得分与等次)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_GRADED = regex(
    r"得分(?:为|是)?(?P<score>\d{1,3}(?:\.\d{1,2})?)分(?P<between>[^。;]{0,40}?)(?:评价|自评|绩效)?(?:结果|等级|等次|级别)(?:为|是|:)?[“\"(]?(?P<word>优|良|中|差)(?:秀|好|等)?(?![一-鿿])", "等次", "等级", "级别", "结果"
)
_FULL = regex(r"满分(?:为)?(?P<full>\d{2,3})分")
_BAND = regex(r"([优良中差])(\d{1,3})")


@rule(id="grade-word", zh="得分与等次不符", severity="warning", authority="performance_evaluation")
def grade_word(context: Context) -> Iterator[Remark]:
    """同一句里写出得分和等次（优、良、中、差），两者不符。

    为什么：百分制下90分（含）以上为优，80—90分为良，60—80分为中，60分以下为差。
    例：自评得分85分，评价结果为“优”。
    报告：得分85分，等次写作“优”，按办法应为“良”。
    不报：满分不是100分的；没有写出等次的；本地另有等次划分的（按当地标准包）。
    """
    bands = sorted(((Decimal(low), word) for word, low in _BAND.findall(context.standards.settings.get("grade_bands", ""))), reverse=True)
    if not bands:
        return
    for paragraph in context.prose:
        for match in _GRADED.finditer(paragraph.text):
            full = _FULL.search(paragraph.text)
            score = Decimal(match.group("score"))
            if score > 100 or (full and full.group("full") != "100"):
                continue
            due = next((word for low, word in bands if score >= low), bands[-1][1])
            if due == match.group("word"):
                continue
            yield Remark(
                zh=f"得分{score}分，等次写作“{match.group('word')}”，按办法应为“{due}”。",
                en=f"A score of {score} is called {match.group('word')}.",
                places=(context.at(paragraph, *match.span("word")), context.at(paragraph, *match.span("score"))),
                key=(str(score), match.group("word")),
                found=match.group("word"),
                expected=due,
                suggestion="核对得分；得分无误的，改正等次。",
            )
