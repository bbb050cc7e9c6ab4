"""Random books that agree with themselves (随机账套), for the proof: every fund, zero and negative cases, one unit to a department of forty.

What a real department's books keep, these keep: money for receptions goes with batches, purchased cars with their number, contracts within what was
procured, staff within posts; 行政运行 is basic spending and 一般行政管理事务 that of projects. A seed gives the same books on every machine.
"""

from __future__ import annotations

from random import Random

from gouji.accounts.fictitious import Line, Making, Tables, yuan
from gouji.standards import load

YEARS = (2023, 2024)
#: 款 of the general budget whose 项 are drawn from; its 01 is 行政运行, its 02 一般行政管理事务, its 03 机关服务.
SECTIONS = ("20103", "20701", "20801", "21101", "21301", "21302", "21401", "22001", "22401")
RUNNING = ("行政运行", "机关服务", "事业运行", "事业机构")  # items of basic spending, under whatever code
GOVERNMENT_FUND, STATE_CAPITAL = ("21208", "22960"), ("22301", "22302")
PERSONNEL = ("30101", "30102", "30103", "30107", "30108", "30109", "30110", "30112", "30113", "30302", "30305", "30309")
PUBLIC = ("30201", "30202", "30205", "30206", "30207", "30209", "30211", "30213", "30215", "30216", "30228", "30229", "30239", "30299", "31002", "31003")
WORK = ("30201", "30202", "30213", "30214", "30218", "30226", "30227", "31002", "31003", "31005", "31099", "30902", "39999", "31299")
SOCIAL = {"30108": "2080505", "30109": "2080506", "30110": "2101101", "30113": "2210201", "30302": "2080501"}
_NAMES = ("青石", "云岭", "白河", "临溪", "望山", "长亭", "新渡", "南浦", "红枫", "东篱")
_TRADES = ("林业和草原", "文化和旅游", "交通运输", "生态环境", "农业农村", "自然资源", "应急管理", "人力资源和社会保障", "政务服务和大数据管理")
_LONG = "综合服务保障与监督管理及信息化建设运行维护能力提升"
_REASONS = (
    "reason.total", "reason.fiscal", "reason.general", "reason.item", "reason.three_public", "reason.three_public_completion", "reason.abroad", "reason.vehicle", "reason.reception",
    "reason.fund", "reason.operating_cost", "use.vehicle", "use.reception", "use.procurement", "use.other_vehicles", "use.abroad", "use.item", "overview.duties", "performance.summary",
)  # fmt: skip


def random_books(seed: int, *, units: int | None = None, payments: int = 300, place: str = "四川省") -> Tables:
    """The tables of a department that does not exist. ``units``: how many it has (drawn where not given)."""
    random = Random(seed)
    year = random.choice(YEARS)
    making = Making(year, random)
    making.add("about", name="年度", value=str(year))
    making.add("about", name="地区", value=place)
    number = units or random.choice((1, 1, 1, 2, 2, 3, 4, 6, 9, 15, 40))
    codes = _units(making, number, place)
    section = random.choice(SECTIONS)
    # What kinds of money the department has at all: every combination occurs, also hardly anything.
    has = {kind: random.random() < chance for kind, chance in (("government_fund", 0.5), ("state_capital", 0.3), ("own", 0.7), ("public", 0.85), ("abroad", 0.3), ("cars", 0.3))}
    opening: list[tuple[str, str, str, int]] = []
    other: list[tuple[str, str, str, int, str]] = []
    for at, (code, kind) in enumerate(codes):
        _basic(making, code, kind, section)
        for serial in range(random.choice((0, 1, 2, 3, 6))):
            _project(making, code, section, at * 10 + serial, has, opening)
        if has["own"]:
            _own(making, code, section, opening, other)
    if has["public"]:
        _three_public(making, codes, section, has)
    if number > 1 and random.random() < 0.5:
        _transfer(making, codes, section, opening, other)
    making.budget_lines()
    making.payment_rows(payments)
    making.income_rows(opening, other)
    _counts(making, codes)
    _procurement(making)
    _last_year(making)
    for slot in _REASONS:
        making.add("texts", slot=slot, text=random.choice(("据实结算，支出减少", "新增工作任务，支出增加", "按规定安排的相关工作", "厉行节约，压减一般性支出")))
    return making.tables


def amount(random: Random) -> int:
    """Fen over six orders of magnitude, now and then a round sum or next to nothing."""
    shape = random.random()
    if shape < 0.1:
        return random.choice((1, 49, 50, 4_999, 5_000, 5_001, 10_000))
    if shape < 0.25:
        return random.randrange(1, 200) * 1_000_000
    return int(10 ** random.uniform(3.5, 8.5))


def _units(making: Making, number: int, place: str) -> list[tuple[str, str]]:
    random = making.random
    # Units that do not exist say whose they are: nothing else tells a reader under which rules they publish.
    name = f"{place}{random.choice(_NAMES)}{'区' if place.endswith('市') else '县'}{random.choice(_TRADES)}局"
    found: list[tuple[str, str]] = []
    for at in range(number):
        kind = random.choice(("行政单位", "行政单位", "参照公务员法管理的事业单位", "其他事业单位")) if at == 0 else random.choice(("行政单位", "参照公务员法管理的事业单位", "其他事业单位", "其他事业单位"))
        code = f"31{at:04d}"
        above = "" if at == 0 else found[0][0] if at < 4 or random.random() < 0.7 else random.choice(found)[0]
        title = f"{name}（本级）" if at == 0 and number > 1 else name if at == 0 else f"{name}{'第' + str(at)}{_LONG if random.random() < 0.1 else ''}中心"
        staff = {"行政单位": "administrative", "参照公务员法管理的事业单位": "civil_service_like", "其他事业单位": "institution"}[kind]
        quota = random.randrange(3, 60)
        making.add("units", code=code, name=title, parent=above, kind=kind, **{f"quota_{staff}": str(quota), f"actual_{staff}": str(random.randrange(1, quota + 1))},
                   retired=str(random.randrange(20)))  # fmt: skip
        found.append((code, kind))
    return found


def _line(making: Making, unit: str, function: str, economic: str, fund: str, spent: int, **more: str | int) -> Line:
    """Budget at or above what was spent most times, sometimes below or none."""
    random = making.random
    shape = random.random()
    slack = 0 if shape < 0.4 else random.randrange(1, max(2, abs(spent) // 5 + 2))
    planned = max(spent, 0) + slack
    if shape > 0.97 and not more.get("project"):
        planned = max(spent - slack, 0)  # a project that spends more than it has is a finding, and rightly so
    initial = 0 if 0.90 < shape < 0.95 else planned if shape < 0.7 else random.randrange(planned + 1)
    line = Line(unit, function, economic, fund, initial, planned - initial, spent, **more)  # type: ignore[arg-type]
    making.lines.append(line)
    return line


def _basic(making: Making, unit: str, kind: str, section: str) -> None:
    random = making.random
    names = load("cn-sichuan", making.year).functions
    own = section + "01" if kind != "其他事业单位" or section + "50" not in names else section + "50"
    for economic in random.sample(PERSONNEL, random.randrange(2, len(PERSONNEL))):
        _line(making, unit, SOCIAL.get(economic, own), economic, "general_budget", amount(random))
    for economic in random.sample(PUBLIC, random.randrange(1, len(PUBLIC))):
        _line(making, unit, own, economic, "general_budget", amount(random) // 10 + 1)


def _project(making: Making, unit: str, section: str, serial: int, has: dict[str, bool], opening: list[tuple[str, str, str, int]]) -> None:
    random = making.random
    names = load("cn-sichuan", making.year).functions
    fund = random.choice(["general_budget"] * 4 + [each for each in ("government_fund", "state_capital", "own") if has[each]])
    heads = {"government_fund": GOVERNMENT_FUND, "state_capital": STATE_CAPITAL}.get(fund, (section,))
    functions = sorted(each for each in names if len(each) == 7 and each[:5] in heads and names[each].name not in RUNNING)
    function = random.choice(functions)
    code = f"510527{making.year % 100:02d}T{serial:012d}"
    sign = -1 if random.random() < 0.02 and fund != "own" else 1  # more was returned than paid; of own funds no statement would show it
    for economic in random.sample(WORK, random.randrange(1, 4)):
        spent = 0 if random.random() < 0.08 else sign * amount(random)
        kind = random.choice(("", "", "goods", "works", "services")) if spent > 0 else ""
        size = random.choice(("micro", "small", "medium", "large")) if kind else ""
        carried = min(max(spent, 0), amount(random)) if fund != "own" and random.random() < 0.15 else 0
        line = _line(making, unit, function, economic, fund, spent, project=code, procurement=kind, size=size)
        if carried:
            making.lines[-1] = Line(unit, function, economic, fund, max(line.initial - carried, 0), line.changed, spent, code, "", "", kind, size, carried)
            opening.append((unit, fund, function, carried))
        if fund == "own":
            opening.append((unit, fund, function, max(spent, 0)))
    weights = ("20", "20", "20", "20", "10")
    targeted = any(line.initial > 0 for line in making.lines if line.project == code)  # what is assessed before the budget has one
    making.add("projects", code=code, name=f"{names[function].name.removesuffix('支出')}{_LONG if random.random() < 0.1 else '专项'}{serial}", unit=unit,
               term=random.choice(("常年", "阶段")), goal=f"完成第{serial}项任务", result="任务按期完成", process="按计划组织实施", conclusion="目标完成较好",
               problems="执行进度不够均衡", measures="按月调度", reason="据实结算", assessed=random.choice(("是", "否")) if targeted else "否", monitored=random.choice(("是", "否")))  # fmt: skip
    for at, (level1, level2) in enumerate((("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"), ("成本指标", "经济成本指标"), ("满意度指标", "服务对象满意度指标"))):
        target = random.randrange(10, 500)
        actual = target if random.random() < 0.7 else max(1, target + random.randrange(-9, 10))
        operator = "≤" if level1 == "成本指标" else "≥"
        missed = actual > target if operator == "≤" else actual < target
        making.add("indicators", project=code, level1=level1, level2=level2, name=f"第{at + 1}项指标", operator=operator, target=str(target), measure="项", actual=str(actual),
                   weight=weights[at], reason="受客观条件限制" if missed else "")  # fmt: skip


def _own(making: Making, unit: str, section: str, opening: list[tuple[str, str, str, int]], other: list[tuple[str, str, str, int, str]]) -> None:
    random = making.random
    function = section + "99"
    for source in random.sample(("undertaking", "business", "other"), random.randrange(1, 4)):
        received = amount(random)
        other.append((unit, source, function, received, ""))
        if random.random() < 0.7:
            spent = random.randrange(received + 1)
            if spent:
                _line(making, unit, function, random.choice(("30201", "30226", "30299")), "own", spent, nature="business" if source == "business" else "basic")
    if random.random() < 0.3:
        opening.append((unit, "own", function, amount(random)))
    if random.random() < 0.2:
        making.add("balances", unit=unit, item="使用非财政拨款结余", fund="单位资金", amount=yuan(amount(random)))
    if random.random() < 0.2:
        kept = amount(random)
        other.append((unit, "other", function, kept, ""))
        making.add("balances", unit=unit, item="结余分配", fund="单位资金", amount=yuan(kept))


def _three_public(making: Making, codes: list[tuple[str, str]], section: str, has: dict[str, bool]) -> None:
    """Money with the counts that belong to it."""
    random = making.random
    code, kind = codes[0]
    names = load("cn-sichuan", making.year).functions
    own = section + "01" if kind != "其他事业单位" or section + "50" not in names else section + "50"
    if random.random() < 0.9:
        received = amount(random) // 20 + 30_000  # guests cost something: what prints as 0.00万元 beside batches is a finding, and rightly so
        _line(making, code, own, "30217", "general_budget", received)
        foreign = random.randrange(10_000, received - 10_000) if random.random() < 0.2 else 0
        parts = [("是", foreign)] if foreign else []
        left = received - foreign
        several = min(random.randrange(1, 6), left)
        parts += [("否", piece) for piece in making.pieces(left, several)]
        for at, (flag, piece) in enumerate(parts):
            batches = random.randrange(1, 9)
            making.add("receptions", unit=code, guest=f"{random.choice(_NAMES)}县第{at + 1}考察组", batches=str(batches), persons=str(batches * random.randrange(1, 12)),
                       amount=yuan(piece), foreign_guest=flag)  # fmt: skip
    if random.random() < 0.85:
        _line(making, code, own, "30231", "general_budget", amount(random) // 20 + 1)
    if has["abroad"]:
        _line(making, code, own, "30212", "general_budget", amount(random) // 10 + 30_000)
        groups = random.randrange(1, 4)
        making.add("counts", unit=code, item="因公出国（境）团组数", count=str(groups))
        making.add("counts", unit=code, item="因公出国（境）人次", count=str(groups * random.randrange(1, 5)))
    if has["cars"]:
        price = random.randrange(100, 3_000) * 10_000
        _line(making, code, own, "31013", "general_budget", price)
        making.add("counts", unit=code, item="公务用车购置数", kind="轿车", count="1", amount=yuan(price))


def _transfer(
    making: Making, codes: list[tuple[str, str]], section: str, opening: list[tuple[str, str, str, int]], other: list[tuple[str, str, str, int, str]]
) -> None:
    """Subsidies from the head to the units, remittances the other way, each booked by both."""
    random = making.random
    head = codes[0][0]
    for code, _ in random.sample(codes[1:], min(len(codes) - 1, 3)):
        paid = amount(random)
        if random.random() < 0.6:
            making.lines.append(Line(head, section + "99", "39999", "own", 0, 0, paid, "", "subsidy", code))
            opening.append((head, "own", section + "99", paid))
            other.append((code, "superior_subsidy", section + "99", paid, head))
        else:
            making.lines.append(Line(code, section + "99", "39999", "own", 0, 0, paid, "", "remitted", head))
            opening.append((code, "own", section + "99", paid))
            other.append((head, "affiliated", section + "99", paid, code))


def _counts(making: Making, codes: list[tuple[str, str]]) -> None:
    random = making.random
    bought = any(row["item"] == "公务用车购置数" for row in making.tables["counts"])
    for code, _ in codes:
        held = random.randrange(1, 5) + (1 if bought and code == codes[0][0] else 0)
        making.add("counts", unit=code, item="公务用车保有量", kind="轿车", count=str(held))
        for use, number in (("机要通信用车", held), ("应急保障用车", random.randrange(3)), ("其他用车", random.randrange(2))):
            making.add("counts", unit=code, item="车辆", kind=use, count=str(number))
    making.add("counts", unit=codes[0][0], item="单价100万元以上设备", count=str(random.randrange(3)))
    making.add("counts", unit=codes[0][0], item="内设机构", count=str(random.randrange(1, 12)))


def _procurement(making: Making) -> None:
    """Contracts within what was procured, of the sizes of the suppliers paid."""
    zh = {"goods": "货物", "works": "工程", "services": "服务"}
    sizes = {"micro": "微型", "small": "小型", "medium": "中型", "large": "大型"}
    for at, line in enumerate(line for line in making.lines if line.procurement):
        making.add("contracts", unit=line.unit, code=f"HT{at:04d}", procurement=zh[line.procurement], size=sizes[line.size], amount=yuan(line.spent))


def _last_year(making: Making) -> None:
    """Near this year's, equal to it, zero, or not given at all."""
    random = making.random
    if random.random() < 0.1:
        return
    for item, fund, of in (
        ("收支总计", "", 1.2), ("财政拨款收支总计", "", 1.1), ("本年支出合计", "一般公共预算财政拨款", 1.0), ("本年支出合计", "政府性基金预算财政拨款", 0.1),
        ("“三公”经费", "", 0.01), ("机关运行经费", "", 0.1),
    ):  # fmt: skip
        base = sum(abs(line.spent) for line in making.lines)
        value = 0 if random.random() < 0.1 else int(base * of * random.uniform(0.7, 1.3))
        if item == "“三公”经费":
            parts = making.pieces(value, 2) if value > 2 else [value, 0]
            for name, part in (("因公出国（境）费", 0), ("公务用车购置费", 0), ("公务用车运行维护费", parts[0]), ("公务用车购置及运行维护费", parts[0]), ("公务接待费", parts[-1] if len(parts) > 1 else 0)):
                making.add("last_year", item=name, amount=yuan(part))
            value = parts[0] + (parts[-1] if len(parts) > 1 else 0)
        making.add("last_year", item=item, fund=fund, amount=yuan(value))
