"""A word of direction with a minus sign (方向词与负号并用)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_SIGNED = regex(r"(?P<word>增长|增加|上升|提高|下降|减少|降低)(?:了|为|约)?(?P<figure>[-−–]\d[\d,.]*(?:%|万元|亿元|个百分点))")
_OPPOSITE = {"增长": "下降", "增加": "减少", "上升": "下降", "提高": "降低", "下降": "增长", "减少": "增加", "降低": "提高"}


@rule(id="signed-direction", zh="方向词与负号并用", severity="warning", authority="disclosure_procedure_form")
def signed_direction(context: Context) -> Iterator[Remark]:
    """“增长”“减少”之后的数字又带负号，如“增长-1.1%”。

    为什么：方向只由文字表示，数字写绝对值；“减少-5万元”究竟是增是减，读者无从判断。
    例：全区旅游收入18.6亿元，增长-1.1%。
    报告：方向词与负号并用：“增长-1.1%”，应为“下降1.1%”。
    不报：区间（增长5-8%）；表格；片段里统计上惯用的“增长-1.1%”（只作提示）。
    """
    for paragraph in context.prose:
        for match in _SIGNED.finditer(paragraph.text):
            word, figure = match.group("word"), match.group("figure")
            # 增长-1.1% is how statistics say it; whether a fragment is such a text cannot be told
            plain = context.dossier.kind not in ("department", "unit", "performance-report") and "%" in figure and word in ("增长", "增加", "上升", "提高")
            due = f"{_OPPOSITE[word]}{figure[1:]}" if word in ("增长", "增加", "上升", "提高") else f"{word}{figure[1:]}"
            yield Remark(
                zh=f"方向词与负号并用：“{match.group()}”，应为“{due}”。",
                en="A word of direction together with a minus sign.",
                places=(context.at(paragraph, *match.span()),),
                severity="note" if plain else "warning",
                key=(paragraph.text[max(0, match.start() - 12) : match.end()],),
                found=match.group(),
                expected=due,
                suggestion=f"改为“{due}”。",
            )
