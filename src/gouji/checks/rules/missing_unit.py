"""Amounts without a unit, rates without a per-cent sign (缺计量单位)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.declared import declared_unit
from gouji.model.regex import regex

_MANY = 4  # more of them are one habit of the author's

_AMOUNT = regex(
    r"(?:决算数?|预算数?|总计|合计|支出|收入|总额|经费)(?:均?为|是)?(?P<number>\d[\d,]*\.\d{1,6})"
    r"(?=[,。;、)]|完成|占|与|比|较|$)"
)
_HEADED = regex(r"[(](?:单位:)?(?:万元|元|亿元)[)]")
_TORN = regex(r"(?<!\d)(?P<number>\d+)\(套\)")
_RATE = regex(r"(?:占(?:[^,。;\d]{1,16}的)?|完成预算的?|增长|下降)(?P<number>\d[\d,]*\.\d{1,4})(?=[,。;、)]|$)")


@rule(id="missing-unit", zh="缺计量单位", severity="warning", authority="disclosure_procedure_form")
def missing_unit(context: Context) -> Iterator[Remark]:
    """金额后面没有“万元”，或占比、增减率、完成率后面没有“%”。

    为什么：没有单位的数字可以读成元或万元，相差一万倍。
    例：2023年度一般公共预算支出决算数为3469.2，完成预算100%。
    报告：缺计量单位：“决算数为3469.2”后面应有“万元”。
    不报：全文已统一说明金额单位（有许多处的合为一条）；表格和图中的数字（表头已注明单位）；没有小数的整数（可能是件数、户数）；并列数字中由末一个带单位的。
    """
    found = list(_found(context))
    amounts = [remark for remark in found if remark.expected.endswith("万元")]
    if len(amounts) <= _MANY:
        yield from found
        return
    yield from (remark for remark in found if not remark.expected.endswith("万元"))
    first = amounts[0]
    yield Remark(
        zh=f"全文有{len(amounts)}处金额没有写计量单位，如“{first.key[0]}”。",
        en=f"{len(amounts)} amounts have no unit.",
        places=tuple(place for remark in amounts for place in remark.places),
        key=("many", first.key[0]),
        found=first.found,
        facts=tuple(fact for remark in amounts for fact in remark.facts),
        suggestion="逐处补写“万元”或“元”，或在开头统一说明金额单位。",
    )


def _found(context: Context) -> Iterator[Remark]:
    seen: set[int] = set()
    declared = bool(declared_unit(context.outline.text))
    for paragraph in context.narrative:
        if not re.search(r"[。;]|,(?!\d{3}(?!\d))", paragraph.text):
            continue  # a line of a table that was read as text
        if _HEADED.search(paragraph.text):
            continue  # 项目资金（万元）：年度资金总额86.90
        for pattern, unit in ((_AMOUNT, "万元"), (_RATE, "%"), (_TORN, "台")):
            for match in pattern.finditer(paragraph.text):
                start, end = match.span("number")
                follows = paragraph.text[end : end + 24]
                if declared and pattern is _AMOUNT:
                    continue
                if re.match(r"[、和及]\d", follows) or start in seen or (not follows and not paragraph.whole):
                    continue  # 12.1、13.4万元: the last one carries the unit
                seen.add(start)
                place = context.at(paragraph, start, end)
                around = match.group()
                due = f"{around}{unit}" if pattern is not _TORN else f"{match.group('number')}台（套）"
                yield Remark(
                    zh=f"缺计量单位：“{around}”后面应有“{unit}”。" if pattern is not _TORN else f"计量单位不完整：“{_wide(around)}”应写作“{due}”。",
                    en=f"No unit after {match.group('number')}.",
                    places=(place,),
                    key=(around,),
                    found=match.group("number"),
                    expected=due if pattern is _TORN else f"{match.group('number')}{unit}",
                    facts=tuple(f.id for f in context.dossier.facts if f.place.start == place.start),
                    suggestion=f"改为“{due}”。",
                )
        seen.clear()


def _wide(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")
