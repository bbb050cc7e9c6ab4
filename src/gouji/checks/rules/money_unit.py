"""万 for 万元 (“30万”)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_SHORT = regex(r"(?:支付|金额|资金|经费|费用|费|收入|支出|补助|投资|余|到位)(?:仅|共|约|为|达|了|仅支付)?(?P<figure>\d[\d,.]*[万亿])(?=[,。;、)])")


@rule(id="money-unit", zh="金额单位不完整", severity="note", authority="disclosure_procedure_form")
def money_unit(context: Context) -> Iterator[Remark]:
    """金额写作“30万”，缺“元”字。

    为什么：公文中金额应写完整单位，“万”也可以是件、人、户。
    例：第二期服务费仅支付30万，余款次年结清。
    报告：金额单位不完整：“30万”后面应有“元”。
    不报：人数、件数等；引文；表格。同一句另有写全“元”的金额时作警告，否则只作提示。
    """
    for paragraph in context.prose:
        for match in _SHORT.finditer(paragraph.text):
            figure = context.quote(paragraph, *match.span("figure"))
            sentence = paragraph.text[paragraph.text.rfind("。", 0, match.start()) + 1 : paragraph.text.find("。", match.end()) % (len(paragraph.text) + 1)]
            mixed = match["figure"].endswith("万") and "万元" in sentence
            yield Remark(
                zh=f"金额单位不完整：“{figure}”后面应有“元”。",
                en="万 for 万元.",
                places=(context.at(paragraph, *match.span("figure")),),
                key=(paragraph.text[max(0, match.start() - 10) : match.end()],),
                severity="warning" if mixed else "note",
                found=figure,
                expected=f"{figure}元",
                suggestion=f"改为“{figure}元”。",
            )
