"""The demo's fictitious department: its names, and its figures, computed so that they agree; 万元 with two decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

YEAR, LAST = 2023, 2022
UNIT, SHORT = "云岭市林泉区文化和旅游局", "区文化和旅游局"
SUBORDINATES = ("云岭市林泉区文化市场综合行政执法大队", "云岭市林泉区图书馆", "云岭市林泉区文化馆")


class Piece(NamedTuple):
    """A block: ``kind`` is title, toc1, toc2, h1, h2, h3, p, caption, item or table (``rows``)."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


CENT = Decimal("0.01")


def money(value: str) -> Decimal:
    return Decimal(value).quantize(CENT)


def percent(part: Decimal, whole: Decimal) -> str:
    """A rate as such documents print it: two decimals, 0 and 100 bare."""
    rate = (part * 100 / whole).quantize(CENT, ROUND_HALF_UP)
    return f"{rate.normalize():f}" if rate in (0, 100) else f"{rate}"


@dataclass(frozen=True)
class Item:
    """One 项 of the general public budget: names, executed, full-year budget, the reason of a gap."""

    class_name: str
    group: str
    name: str
    executed: Decimal
    budget: Decimal
    reason: str = ""

    @property
    def path(self) -> str:
        return f"{self.class_name}（类）{self.group}（款）{self.name}（项）"


def _item(class_name: str, group: str, name: str, executed: str, budget: str = "", reason: str = "") -> Item:
    return Item(class_name, group, name, money(executed), money(budget or executed), reason)


CULTURE, SOCIAL, HEALTH, HOUSING = "文化旅游体育与传媒支出", "社会保障和就业支出", "卫生健康支出", "住房保障支出"
ITEMS = (
    _item(CULTURE, "文化和旅游", "行政运行", "486.32"),
    _item(CULTURE, "文化和旅游", "一般行政管理事务", "58.40"),
    _item(CULTURE, "文化和旅游", "图书馆", "132.75"),
    _item(CULTURE, "文化和旅游", "群众文化", "168.28"),
    _item(CULTURE, "文化和旅游", "文化和旅游市场管理", "46.60"),
    _item(CULTURE, "文化和旅游", "旅游宣传", "95.00", "100.00", "秋季推介会改为线上举办，场地费用相应减少"),
    _item(CULTURE, "文物", "文物保护", "73.55", "80.00", "一处石刻的修缮方案年底才获批，尾款转入下年支付"),
    _item(SOCIAL, "行政事业单位养老支出", "行政单位离退休", "21.46"),
    _item(SOCIAL, "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出", "68.92"),
    _item(SOCIAL, "行政事业单位养老支出", "机关事业单位职业年金缴费支出", "34.46"),
    _item(HEALTH, "行政事业单位医疗", "行政单位医疗", "27.83"),
    _item(HEALTH, "行政事业单位医疗", "事业单位医疗", "15.64"),
    _item(HEALTH, "行政事业单位医疗", "公务员医疗补助", "6.18"),
    _item(HOUSING, "住房改革支出", "住房公积金", "54.27"),
)
CLASSES = (CULTURE, SOCIAL, HEALTH, HOUSING)

general = sum((i.executed for i in ITEMS), Decimal(0))
general_budget = sum((i.budget for i in ITEMS), Decimal(0))
fund, state_capital, other_income, other_spent_basic, other_spent_project = money("60.00"), money("0"), money("12.36"), money("4.20"), money("6.30")
#: Projects of the general public budget: two items whole, two in part.
general_projects = money("58.40") + money("30.00") + money("40.00") + money("46.60") + money("95.00") + money("73.55")
general_basic = general - general_projects
basic = general_basic + other_spent_basic
projects = general_projects + fund + other_spent_project
expenditure = basic + projects
opening, opening_fiscal, closing_fiscal = money("18.20"), money("15.00"), money("9.40")
general_income = general + closing_fiscal - opening_fiscal
income = general_income + fund + other_income
total = income + opening
closing = total - expenditure
fiscal_total = opening_fiscal + general_income + fund

total_last, fiscal_last, general_last = money("1248.90"), money("1238.75"), money("1195.30")

personnel = money("748.63")
public = general_basic - personnel
operating, operating_last = money("132.60"), money("138.90")

purchase, operation, reception = money("17.98"), money("6.82"), money("3.45")
vehicle = purchase + operation
vehicle_budget, reception_budget = money("25.30"), money("4.00")
three_public, three_public_budget = vehicle + reception, vehicle_budget + reception_budget
vehicle_last, reception_last = money("7.65"), money("2.90")
three_public_last = vehicle_last + reception_last
#: What was received for, 批次, 人次, 万元.
RECEPTIONS = (("省级文化和旅游考察", 4, 38, money("0.86")), ("兄弟县区文旅部门交流", 9, 71, money("1.32")), ("景区评定和文物巡查", 10, 77, money("1.27")))

goods, works, services = money("62.35"), money("48.00"), money("118.90")
procurement = goods + works + services
small_medium, small = money("201.70"), money("126.40")

income_last, spent_last = money("1231.05"), money("1230.70")
income_initial = money("1120.50")
#: Scores of the department's evaluation: part, weight, score.
OVERALL = (("履职效能", "15", "14.5"), ("预算管理", "25", "23.5"), ("财务管理", "10", "10"), ("资产管理", "9", "8.5"), ("采购管理", "6", "6"))
OF_PROJECTS = (("项目决策", "12", "11.5"), ("项目执行", "12", "11"), ("目标实现", "11", "10.5"))

assert sum((r[3] for r in RECEPTIONS), Decimal(0)) == reception
assert three_public == purchase + operation + reception
assert total == expenditure + closing
assert fiscal_total == general + fund + closing_fiscal


def class_sum(name: str) -> Decimal:
    return sum((i.executed for i in ITEMS if i.class_name == name), Decimal(0))


def change(now: Decimal, last: Decimal) -> str:
    """增加125.72万元，增长10.07% (each word by its sign)."""
    up = now > last
    return f"{'增加' if up else '减少'}{abs(now - last)}万元，{'增长' if up else '下降'}{percent(abs(now - last), last)}%"
