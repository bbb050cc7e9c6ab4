"""Words that official texts commonly confuse (易混词)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.finding import Severity
from gouji.model.regex import regex

#: (what is printed, what is due, where it counts, how grave)
_CONFUSED: tuple[tuple[re.Pattern[str], str, str, Severity], ...] = (
    (regex(r"截止(?=(?:到|至)?20\d\d年)"), "截至", "", "note"),
    (regex(r"(?:^|(?<=[::]))反应(?=(?:对|其他|用于|除|为|行政|事业|财政|单位|部门|机关|按|国家|各级))"), "反映", "glossary", "note"),
    (regex(r"其它(?=支出|收入|事业单位|用车|资金)"), "其他", "", "note"),
    (regex(r"(?<![其吉])他(?:(?:事业|行政)单位|公务用车|用车(?=\d)|收入(?=\d))"), r"其\g<0>", "", "warning"),
    (regex(r"帐(?=户|务|目|面|簿|套)|(?<=[记入挂做结对])帐"), "账", "", "note"),
)


@rule(id="confused-words", zh="易混词", severity="note", authority="disclosure_procedure_form")
def confused_words(context: Context) -> Iterator[Remark]:
    """“截止2023年12月31日”（应为“截至”）、名词解释中的“反应……支出”（应为“反映”）、科目名称中的“其它”（应为“其他”）、“帐”（应为“账”），
    以及漏字的“他事业单位”（应为“其他事业单位”）。每个词全文合并为一条。

    为什么：公文用词规范；“其它”还使科目名称与分类科目不符。
    例：抚恤（款）死亡抚恤（项）：反应对死亡人员家属的抚恤支出。
    报告：“反应”应为“反映”，共1处。
    不报：化学反应、反应机制等其他含义；引用的文件名称。
    """
    for pattern, due, region, severity in _CONFUSED:
        places = []
        printed = expected = ""
        for _, paragraph in context.running:
            if region and paragraph.region != region:
                continue
            for match in pattern.finditer(paragraph.text):
                printed, expected = printed or match.group(), expected or match.expand(due)
                places.append(context.at(paragraph, *match.span()))
        if places:
            yield Remark(
                zh=f"“{printed}”应为“{expected}”，共{len(places)}处。",
                en=f"{printed} for {expected}.",
                places=tuple(places),
                key=(printed, expected),
                severity=severity,
                found=printed,
                expected=expected,
                suggestion=f"改为“{expected}”。",
            )
