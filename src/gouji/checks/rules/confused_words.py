"""Words that official texts commonly confuse (易混词)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule

#: (what is printed, what is due, where it counts)
_CONFUSED: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"截止(?=(?:到|至)?20\d\d年)"), "截至", ""),
    (re.compile(r"(?:^|(?<=[::]))反应(?=(?:对|其他|用于|除|为|行政|事业|财政|单位|部门|机关|按|国家|各级))"), "反映", "glossary"),
    (re.compile(r"其它(?=支出|收入|事业单位|用车|资金)"), "其他", ""),
    (re.compile(r"帐(?=户|务|目|面|簿|套)|(?<=[记入挂做结对])帐"), "账", ""),
)


@rule(id="confused-words", zh="易混词", severity="note", authority="disclosure_procedure_form")
def confused_words(context: Context) -> Iterator[Remark]:
    """“截止2023年12月31日”（应为“截至”）、名词解释中的“反应……支出”（应为“反映”）、科目名称中的“其它”（应为“其他”）、“帐”（应为“账”）。
    每个词全文合并为一条。

    为什么：公文用词规范；“其它”还使科目名称与分类科目不符。
    例：抚恤（款）死亡抚恤（项）：反应对死亡人员家属的抚恤支出。
    报告：“反应”应为“反映”，共1处。
    不报：化学反应、反应机制等其他含义；引用的文件名称。
    """
    for pattern, due, region in _CONFUSED:
        places = []
        printed = ""
        for _, paragraph in context.running:
            if region and paragraph.region != region:
                continue
            for match in pattern.finditer(paragraph.text):
                printed = printed or match.group()
                places.append(context.at(paragraph, *match.span()))
        if places:
            yield Remark(
                zh=f"“{printed}”应为“{due}”，共{len(places)}处。",
                en=f"{printed} for {due}.",
                places=tuple(places),
                key=(printed, due),
                found=printed,
                expected=due,
                suggestion=f"改为“{due}”。",
            )
