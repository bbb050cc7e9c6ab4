"""How reports name things in Chinese: severities, measures, phases, dimensions, places, kinds of numbers, states of duties."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.model.fact import Fact, Key
from gouji.model.figure import Place
from gouji.model.regex import regex
from gouji.standards.loader import jurisdiction_name

SEVERITY = {"error": "错误", "warning": "警告", "note": "提示"}
MEASURE = {
    "amount": "金额", "share": "占比", "change": "增减额", "change_rate": "增减率", "completion": "完成率", "count": "数量",
    "weight": "权重", "score": "得分", "deduction": "扣分", "rate": "比率", "value": "数值",
}
PHASE = {"budget_initial": "年初预算", "budget_adjusted": "调整后预算", "budget": "预算", "executed": "决算", "target": "目标"}
SCOPE = {"department": "部门汇总", "unit": "单位本级"}
DIRECTION = {"increase": "增加", "decrease": "减少", "none": "持平"}
KIND = {"department": "部门决算", "unit": "单位决算", "performance-report": "绩效评价报告", "budget": "预算", "fragment": "片段"}
DIMENSION = {
    "fund": "资金", "function": "功能分类", "economic": "经济分类", "staff": "人员", "vehicle_type": "车型", "vehicle_use": "车辆用途",
    "project": "项目", "indicator": "指标", "item": "事项", "unit": "单位", "subordinate": "下属单位类别",
}
FUND = {"general_budget": "一般公共预算", "government_fund": "政府性基金预算", "state_capital": "国有资本经营预算", "fiscal": "财政拨款", "other": "其他资金"}
BODY = {
    "administrative": "行政", "civil_service_like": "参照公务员法管理", "institution": "事业", "worker": "工勤", "law_enforcement": "行政执法专项", "special": "专项", "other": "其他",
}
TOKEN = {
    "date": "日期", "year": "年份", "document_number": "文号", "list_number": "序号", "code": "代码", "threshold": "标准或界限", "name": "名称",
    "caption": "图表标题", "contents": "目录", "quotation": "引文", "table": "表格", "form": "自评表", "ordinal": "次序", "model": "型号",
    "phone": "电话", "identifier": "编号", "statement": "报表", "page": "页码", "time": "时间", "article": "条款", "duration": "期限",
}
DUTY = {"passed": "已公开", "failed": "未见公开", "not_applicable": "不涉及", "not_stated": "未说明", "unreadable": "无法读取"}

_PERIOD = regex(r"(\d{4})(?:-(\d{2}))?$")
_CONTROL = regex(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def place(jurisdiction: str) -> str:
    """The Chinese name of the place whose standards apply: 四川省 for ``cn-sichuan``."""
    return jurisdiction_name(jurisdiction) if jurisdiction else "未识别"


def plain(text: str) -> str:
    """``text`` without control characters: nothing that a document says may steer a terminal or turn the reading direction."""
    return _CONTROL.sub("", text)


def period(value: str) -> str:
    """``2023`` → 2023年, ``2023-06`` → 2023年6月."""
    match = _PERIOD.match(value)
    if match is None:
        return value
    return f"{match[1]}年" + (f"{int(match[2])}月" if match[2] else "")


def dimension(name: str, value: str, names: Mapping[str, str]) -> str:
    """One dimension for people: ``资金：一般公共预算``, ``功能分类：2010301 行政运行``."""
    label = DIMENSION.get(name, name)
    if name == "fund":
        shown = FUND.get(value, value)
    elif name in ("staff", "subordinate"):
        shown = BODY.get(value, value)
    else:
        called = names.get(f"{name}={value}", "")
        shown = f"{value} {called}" if called else value
    return f"{label}：{shown}"


def concept(key: Key, names: Mapping[str, str]) -> str:
    """The concept's Chinese name, or its id where the standards do not name it."""
    return names.get(key.concept, key.concept)


def meaning(key: Key, names: Mapping[str, str]) -> str:
    """A key in one line: ``基本支出 · 占比 · 决算 · 2023年 · 资金：一般公共预算``."""
    parts = [concept(key, names), MEASURE.get(key.measure, key.measure), PHASE.get(key.phase, key.phase), period(key.period), SCOPE.get(key.scope, key.scope)]
    parts += [dimension(name, value, names) for name, value in key.dimensions]
    return " · ".join(part for part in parts if part)


def figure(fact: Fact) -> str:
    """A fact's figure as printed, with its direction where that is printed apart: ``减少2312.62万元``."""
    printed = plain(fact.figure.printed)
    if fact.direction is None:
        return printed
    word = DIRECTION[fact.direction]
    return printed if word in printed else f"{word} {printed}"


def spot(place: Place) -> str:
    """Where a place is found: 第N页, 表N第N行第N列, 第N行."""
    parts = []
    if place.page is not None:
        parts.append(f"第{place.page}页")
    if place.table is not None:
        cell = place.table
        parts.append(f"表{cell.table + 1}第{cell.row + 1}行第{cell.column + 1}列")
    if place.page is None:
        parts.append(f"第{place.line}行")
    return " ".join(parts)


def where(place: Place) -> str:
    """Section and place: ``三、支出决算情况说明 第31行``."""
    section = plain(place.section).strip()
    return f"{section} {spot(place)}" if section else spot(place)


def section(place: Place, levels: int = 2) -> str:
    """The last levels of the section's path: what is above them, a reader of the document knows."""
    return " › ".join(part for part in plain(place.section).strip().split(" › ")[-levels:] if part)


def spot_first(place: Place, levels: int = 2) -> str:
    """Place and section, the place first so that it always stands in the same column: 第31行 三、支出决算情况说明."""
    return f"{spot(place)} {section(place, levels)}".strip()


def allowed(bounds: tuple[str, str] | None) -> str:
    """The allowed interval: ``16.508～16.509``, or the one value where both ends agree."""
    if bounds is None:
        return ""
    low, high = bounds
    return low if low == high else f"{low}～{high}"
