"""A whole narrative in the ten-section form, written from the facts of a department-year, and what a reader must find in it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from hypothesis import strategies as st

from extraction.writing.sentences import Typography, Writer, Written
from extraction.writing.year import FISCAL, GB, DepartmentYear, department_year
from gouji.model.fact import Dimensions, dimensions
from gouji.standards import load

UNITS = {"cn": "云岭市林泉区文化和旅游局", "cn-sichuan": "四川省云岭市林泉区文化和旅游局", "cn-shanghai": "上海市林泉区文化和旅游局"}
_REASONS = (
    "厉行节约，从严控制支出", "新馆开馆，日常运行费用增加", "人员调动", "项目按进度结算", "2021年立项的工程本年完工", "在职人员变动3人，工资福利相应变化",
    "年中追加专项业务经费12.50万元", "根据林泉财〔2022〕15号文件调整", "政策性调资", "上年结转项目5个于本年实施",
)  # fmt: skip
_PERSONNEL = ("基本工资", "津贴补贴", "奖金", "绩效工资", "住房公积金", "其他社会保障缴费", "生活补助")
_PUBLIC = ("办公费", "印刷费", "水费", "电费", "差旅费", "会议费", "劳务费", "工会经费", "福利费", "其他交通费用")
_GUESTS = ("省级部门督导人员", "邻县考察团", "调研组", "来访专家", "联合检查组")
_NATURES = ("expenditure.basic", "expenditure.project", "expenditure.remitted", "expenditure.business", "expenditure.subsidy")
_ZERO_BASE = ("上年基数为0，不可比", "上年无此项支出")

#: The sections by a short name: heading (number, title) above it and its own. Shanghai puts performance before the other matters.
_HEADINGS: dict[str, tuple[str, str]] = {
    "total": ("一、", "收入支出决算总体情况说明"), "income": ("二、", "收入决算情况说明"), "expenditure": ("三、", "支出决算情况说明"),
    "fiscal": ("四、", "财政拨款收入支出决算总体情况说明"), "general": ("五、", "一般公共预算财政拨款支出决算情况说明"),
    "basic": ("六、", "一般公共预算财政拨款基本支出决算情况说明"), "three_public": ("七、", "财政拨款“三公”经费支出决算情况说明"),
    "government_fund": ("八、", "政府性基金预算支出决算情况说明"), "state_capital": ("九、", "国有资本经营预算支出决算情况说明"),
    "other": ("十、", "其他重要事项的情况说明"),
}  # fmt: skip
SECTIONS = tuple(_HEADINGS)
_SUB = {
    "general.overall": "（一）一般公共预算财政拨款支出决算总体情况", "general.structure": "（二）一般公共预算财政拨款支出决算结构情况",
    "general.items": "（三）一般公共预算财政拨款支出决算具体情况", "three_public.overall": "（一）“三公”经费财政拨款支出决算总体情况说明",
    "three_public.detail": "（二）“三公”经费财政拨款支出决算具体情况说明", "operating_cost": "（一）机关运行经费支出情况",
    "procurement": "（二）政府采购支出情况", "assets": "（三）国有资产占有使用情况", "performance": "（四）预算绩效管理情况",
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What decides a document; a failing one shrinks towards few sections, one year and plain typography."""

    seed: int
    sections: frozenset[str]
    pack: str = "cn-sichuan"
    year: int = 2023
    typography: Typography = field(default_factory=Typography)
    lines: str = "plain"  # plain | wrapped (filled lines, no blank ones) | broken (a line break inside long paragraphs)


@dataclass
class Disclosure:
    plan: Plan
    made: DepartmentYear
    text: str
    figures: list[Written]
    level: list[str] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        return self.text.encode()


typographies = st.builds(
    Typography,
    separators=st.booleans(),
    full_width=st.booleans(),
    blanks=st.booleans(),
    trimmed=st.booleans(),
    half_width_marks=st.booleans(),
)


def plans(
    sections: st.SearchStrategy[frozenset[str]] | None = None, typography: st.SearchStrategy[Typography] = typographies
) -> st.SearchStrategy[Plan]:
    """Documents of any kind. By default with all ten sections."""
    return st.builds(
        Plan,
        seed=st.integers(0, 10**6),
        sections=st.just(frozenset(SECTIONS)) if sections is None else sections,
        pack=st.sampled_from(["cn-sichuan", "cn", "cn-shanghai"]),
        year=st.sampled_from([2023, 2024]),
        typography=typography,
        lines=st.sampled_from(["plain", "wrapped", "broken"]),
    )


def write_disclosure(plan: Plan) -> Disclosure:
    """The document of a plan. The same seed gives the same facts whatever the sections and the typography."""
    standards = load(plan.pack, plan.year)
    made = department_year(random.Random(plan.seed), standards, plan.year)
    source = random.Random(plan.seed + 1)
    writer = Writer(made, standards, UNITS[plan.pack], source, plan.typography)
    compose = _Composer(writer, plan)
    paragraphs = compose.all()
    text = _laid_out(paragraphs, plan, source)
    starts = [(text.index(heading), name) for name, heading in compose.headings]
    if plan.typography.half_width_marks:
        text = text.translate(str.maketrans({"，": ",", "：": ":", "；": ";"}))
    text = writer.settle(text, starts)
    assert "2" in text
    return Disclosure(plan, made, text, writer.figures, compose.level)


class _Composer:
    """The paragraphs of the sections, in order."""

    def __init__(self, writer: Writer, plan: Plan) -> None:
        self.w, self.plan, self.made, self.source = writer, plan, writer.made, writer.source
        self.headings: list[tuple[str, str]] = []
        self.level: list[str] = []

    def all(self) -> list[str]:
        part = "第三部分" if self.plan.pack == "cn-shanghai" else "第二部分"
        title = f"{self.w.unit}{self.plan.year}年度部门决算"
        paragraphs = [title, f"{part} {self.plan.year}年度部门决算情况说明"]
        for name, (number, heading) in _HEADINGS.items():
            if name in self.plan.sections:
                if name == "other" and self.plan.pack == "cn-shanghai":
                    paragraphs += self._headed("performance", "十、预算绩效情况", self._performance())
                    number = "十一、"
                paragraphs += self._headed(name, number + heading, getattr(self, f"_{name}")())
        return paragraphs

    def _headed(self, name: str, heading: str, body: list[str]) -> list[str]:
        self.headings.append((name, heading))
        return [heading, *body]

    # ------------------------------------------------------------------------------------------------ pieces
    def _reasons(self, *names: str) -> dict[str, str]:
        return {f"reason.{name}": self.source.choice(_REASONS) for name in names}

    def _changed(self, name: str, concept: str, slot: str, **dims: str) -> str:
        """The sentence of a change, or that of 持平, or one that says why there is no rate."""
        d = dimensions(**dims)
        measures = ["completion"] if concept.startswith("three_public.") and concept != "three_public.total" else []
        this, last = self.made.have(concept, d), self.made.have(concept, d, period=-1)
        if this == last:
            self.level.append(concept)
            return self.w.sentence(f"{name}.level", measures=measures)
        texts = self._reasons(slot)
        if not last:
            texts["base_zero"] = self.source.choice(_ZERO_BASE)
        return self.w.sentence(name, texts, measures=["change", *measures])

    def _some(self, names: tuple[str, ...]) -> str:
        return "、".join(self.source.sample(names, 4))

    def _nonzero(self, *concepts: str) -> list[tuple[str, Dimensions]]:
        """What a closed listing has to state: the parts (by concept, or by the dimension other than the fiscal whole) that are not nothing."""
        return [
            (concept, dims)
            for (concept, phase, dims, period), value in self.made.exact.items()
            if concept in concepts and phase == "executed" and period == 0 and value and dims != FISCAL
        ]

    # ------------------------------------------------------------------------------------------------ sections
    def _total(self) -> list[str]:
        paragraphs = [self._changed("total", "grand_total", "total")]
        if self.source.random() < 0.4:
            paragraphs.append(self.w.sentence("total.balances"))
        return paragraphs

    def _income(self) -> list[str]:
        names = ("fiscal", "superior_subsidy", "undertaking", "business", "affiliated", "other")
        return [self.w.sentence("income", must=[each for name in names for each in self._nonzero(f"income.{name}")])]

    def _expenditure(self) -> list[str]:
        return [self.w.sentence("expenditure", must=[each for each in self._nonzero(*_NATURES) if not each[1]])]

    def _fiscal(self) -> list[str]:
        return [self._changed("fiscal", "grand_total", "fiscal", fund="fiscal")]

    def _general(self) -> list[str]:
        overall = self._changed("general.overall", "expenditure.total", "general", fund="general_budget")
        functions = self.w.standards.functions
        classes = []
        for code in self.made.classes:
            name = functions[code].name.removesuffix("支出")
            classes.append(self.w.sentence("general.structure.class", {"class": name}, function=code))
        structure = self.w.sentence("general.structure", {"classes": "；".join(classes)})
        completed = self.made.have("expenditure.total", GB)
        short = completed < self.made.have("expenditure.total", GB, "budget_adjusted") and completed < self.made.have(
            "expenditure.total", GB, "budget_initial"
        )
        lead = self.w.sentence("general.items", self._reasons("completion") if short else {})
        items = [f"{number}.{self._item(code)}" for number, code in enumerate(self.made.items, 1)]
        return [_SUB["general.overall"], overall, _SUB["general.structure"], structure, _SUB["general.items"], lead, *items]

    def _item(self, code: str) -> str:
        dims = dimensions(fund="general_budget", function=code)
        functions = self.w.standards.functions
        names = [functions[code[:length]].name for length in (3, 5, 7)]
        path = "".join(f"{name}（{level}）" for name, level in zip(names, "类款项", strict=True))
        value = self.made.have("expenditure.total", dims)
        short = value < self.made.have("expenditure.total", dims, "budget_adjusted") and value < self.made.have(
            "expenditure.total", dims, "budget_initial"
        )
        texts = {"path": path, "use.item": "保障日常工作开展"}
        return self.w.sentence("general.item", texts | (self._reasons("item") if short else {}), function=code)

    def _basic(self) -> list[str]:
        return [self.w.sentence("basic", {"personnel": self._some(_PERSONNEL), "public": self._some(_PUBLIC)})]

    def _three_public(self) -> list[str]:
        if self.plan.pack == "cn-shanghai":
            overall = [self.w.sentence("three_public.overall")]
        else:
            overall = [self._changed("three_public.overall", "three_public.total", "three_public")]
        detail = [self.w.sentence("three_public.kinds")] if self.made.have("three_public.total") else []
        detail.append(self._changed("three_public.abroad", "three_public.abroad", "abroad"))
        detail.append(self._changed("three_public.vehicle", "three_public.vehicle", "vehicle"))
        detail.append(self.w.sentence("three_public.vehicle.purchase"))
        detail.append(self.w.sentence("three_public.vehicle.operation", {"use.vehicle": "文物巡查、下乡演出"}))
        detail.append(self._changed("three_public.reception", "three_public.reception", "reception"))
        texts = {"use.reception": "接待考察调研人员的用餐"}
        guests = self.source.sample(_GUESTS, self.made.receptions)
        if guests:
            items = [self.w.sentence("three_public.reception.item", {"guest": guest}, item=str(n)) for n, guest in enumerate(guests)]
            texts["receptions"] = "；".join(items)
        detail.append(self.w.sentence("three_public.reception.domestic", texts))
        detail.append(self.w.sentence("three_public.reception.foreign"))
        return [_SUB["three_public.overall"], *overall, _SUB["three_public.detail"], *detail]

    def _government_fund(self) -> list[str]:
        dims = dimensions(fund="government_fund")
        if self.made.have("expenditure.total", dims) == self.made.have("expenditure.total", dims, period=-1):
            return [self._changed("government_fund", "expenditure.total", "fund", fund="government_fund")]
        texts = self._reasons("fund")
        if not self.made.have("expenditure.total", dims, period=-1):
            texts["base_zero"] = self.source.choice(_ZERO_BASE)
        return [self.w.sentence("government_fund", texts)]

    def _state_capital(self) -> list[str]:
        return [self.w.sentence("state_capital")]

    def _other(self) -> list[str]:
        operating = self._changed("operating_cost", "operating_cost", "operating_cost")
        bought = self.w.sentence("procurement", {"use.procurement": "采购图书和办公设备"} if self.made.have("procurement.total") else {})
        uses = [each for each in self._nonzero("assets.vehicles") if each[1]]
        assets = self.w.sentence("assets", {"use.other_vehicles": "下乡演出和文物巡查"}, uses)
        body = [_SUB["operating_cost"], operating, _SUB["procurement"], bought, _SUB["assets"], assets]
        if self.plan.pack != "cn-shanghai":
            body += [_SUB["performance"], *self._performance()]
        return body

    def _performance(self) -> list[str]:
        return [self.w.sentence("performance", {"projects": "图书馆免费开放项目、文物保护项目"})]


def _laid_out(paragraphs: list[str], plan: Plan, source: random.Random) -> str:
    if plan.lines == "plain":
        return "\n\n".join(paragraphs) + "\n"
    if plan.lines == "wrapped":
        return "\n".join(_filled(p, 38) for p in paragraphs) + "\n"
    return "\n\n".join(_filled(p, source.randint(40, 70)) if len(p) > 80 else p for p in paragraphs) + "\n"


_TIED = frozenset("，。；：、）％%万元.（“”" + "".join(map(chr, range(0xE000, 0xF900))) + "0123456789一二三四五六七八九十第其")


def _filled(paragraph: str, columns: int) -> str:
    """Lines of about ``columns`` characters; never broken at a figure, at a mark, or where a list number would begin a line."""
    lines, line = [], ""
    for at, char in enumerate(paragraph):
        if len(line) >= columns and char not in _TIED and (paragraph[at - 1] not in _TIED) and at < len(paragraph) - 2:
            lines.append(line)
            line = ""
        line += char
    return "\n".join([*lines, line])
