"""The year of comparison is not the year before (比较年度错误)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_COMPARED = regex(
    r"(?:与|比|较|同)(?:上年)?(?P<year>20\d\d)年度?(?:的?(?:支出|收入)?(?:决算|执行)?数?)?"
    r"(?!年?[初末底]|[^,。;\d]{0,12}(?:预算|计划|目标)|\d)(?=相比|比较,|,?(?:收|支|财政拨款|一般公共|政府性基金|国有资本|各|均|基本)?[^,。;\d]{0,14}?(?:增加|减少|增长|下降|上升|持平|一致|相同))"
)
_ASIDE = regex(r"原因|由于|因为|系因")
_OPENING = regex(r"^(?:\(?[一二三四五六七八九十\d]{1,3}[.、)])?(20\d\d)年")


@rule(id="prior-year", zh="比较年度错误", severity="error", authority="disclosure_procedure_form")
def prior_year(context: Context) -> Iterator[Remark]:
    """“与……年度相比”“比……年度增加”处应当是上一年度。写成本年度（自己与自己比）或更早的年份，增减额和增减率就失去对象。

    为什么：决算情况说明逐项与上一年度决算数比较，这是固定口径。
    例：2023年度收、支总计均为980.12万元。与2021年度相比，收、支总计各增加20.05万元，增长2.09%。
    报告：2023年度决算应与2022年度比较，此处写作“2021年度”。
    不报：增减原因中的比较；工作业绩、经济指标与往年的比较；附件报告中与更早年份的比较。
    """
    year = context.year
    if year is None:
        return
    for paragraph in context.prose:
        narrative = paragraph.region == "narrative" and "performance" not in context.role(paragraph)
        aside = _ASIDE.search(paragraph.text)
        limit = aside.start() if aside else len(paragraph.text)
        for match in _COMPARED.finditer(paragraph.text):
            printed = int(match.group("year"))
            if printed == year - 1:
                continue
            if not narrative:
                opening = _OPENING.match(paragraph.text)
                if printed != year or not opening or int(opening.group(1)) != year:
                    continue
            if match.start() > limit and "。" not in paragraph.text[limit : match.start()]:
                continue
            yield Remark(
                zh=f"{year}年度决算应与{year - 1}年度比较，此处写作“{printed}年度”。",
                en=f"The account of {year} compares with {year - 1}; the text says {printed}.",
                places=(context.at(paragraph, *match.span("year")),),
                key=(str(printed), paragraph.text[max(0, match.start() - 16) : match.start()]),
                severity=context.year_severity("error" if narrative else "warning"),
                found=str(printed),
                expected=str(year - 1),
                suggestion=f"核对比较的年份；数字确是与{year - 1}年度比较的，改为“{match.group()[0]}{year - 1}年度”，否则按{year - 1}年度重新计算增减。",
            )
