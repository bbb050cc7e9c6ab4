"""Dossiers made by hand for the checks' tests: every call writes a piece of text and the fact that stands in it."""

from __future__ import annotations

import re
from decimal import Decimal

from gouji.model.dossier import Dossier, Grain, Pack, Source
from gouji.model.fact import Claim, Direction, Fact, Key, Listing, Measure, Phase, dimensions
from gouji.model.figure import Figure, Place
from gouji.model.outline import Outline
from gouji.standards.pack import Code, Concept, Equation, Pairing, Partition, Ref, Standards, Term

_PRINTED = re.compile(r"(约|近|余)?(-?[\d,]+(?:\.\d+)?)\s*(.*)")
NAMES = {
    "grand_total": "收支总计", "income.total": "本年收入合计", "expenditure.total": "本年支出合计", "expenditure.basic": "基本支出",
    "expenditure.project": "项目支出", "expenditure.basic.personnel": "人员经费", "expenditure.basic.public": "公用经费",
    "three_public.total": "“三公”经费", "three_public.abroad": "因公出国（境）费", "three_public.vehicle": "公务用车购置及运行维护费",
    "three_public.reception": "公务接待费", "three_public.reception.domestic": "国内公务接待", "procurement.total": "政府采购支出总额",
    "procurement.goods": "货物", "procurement.works": "工程", "procurement.services": "服务", "procurement.sme": "授予中小企业合同金额",
    "procurement.micro": "授予小微企业合同金额", "staff.quota": "编制", "outcome": "成果", "operating_cost": "机关运行经费",
}  # fmt: skip


class Build:
    """Collects facts in the order of a document."""

    def __init__(self, year: int = 2023, established: bool = True, complete: bool = False) -> None:
        self.year, self.established, self.complete = year, established, complete
        self.text = ""
        self.section_name = "一"
        self.facts: list[Fact] = []
        self.listings: list[Listing] = []
        self.claims: list[Claim] = []

    def section(self, name: str) -> None:
        self.section_name = name
        self.text += f"\n{name}。"

    def state(
        self, concept: str, printed: str, measure: Measure = "amount", *, phase: Phase = "executed", period: str = "", about: int | None = None,
        base: Key | None = None, named: bool = False, direction: Direction | None = None, unresolved: bool = False, doubt: str | None = None,
        before: str = "", **dims: str,
    ) -> int:  # fmt: skip
        match = _PRINTED.match(printed)
        assert match is not None
        number = match[2].replace(",", "")
        self.text += before or NAMES.get(concept, concept)
        start = len(self.text)
        self.text += printed + "，"
        place = Place(start, start + len(printed), self.text.count("\n") + 1, self.section_name)
        figure = Figure(Decimal(number), printed, match[3], place, len(number.partition(".")[2]), match[1], doubt)
        key = Key(concept, measure, phase, "", period or str(self.year), dimensions(**dims))
        fact = Fact(len(self.facts), key, figure, direction, about, base, named, unresolved)
        self.facts.append(fact)
        return fact.id

    def key(self, fact: int) -> Key:
        return self.facts[fact].key

    def share(self, about: int, base: int, printed: str, *, named: bool = True) -> int:
        key = self.key(about)
        return self.state(key.concept, printed, "share", about=about, base=self.key(base), named=named, before="占", **dict(key.dimensions))

    def completion(self, about: int, printed: str, phase: Phase = "budget_adjusted") -> int:
        key = self.key(about)
        base = key._replace(phase=phase)
        return self.state(key.concept, printed, "completion", about=about, base=base, before="完成预算", **dict(key.dimensions))

    def change(
        self, about: int, direction: Direction | None, printed: str, rate: str = "", rate_direction: Direction | None = None
    ) -> tuple[int, int]:
        key = self.key(about)
        base = key._replace(period=str(int(key.period) - 1))
        word = {"increase": "增加", "decrease": "减少", "none": "持平", None: ""}[direction]
        dims = dict(key.dimensions)
        first = self.state(key.concept, printed, "change", about=about, base=base, direction=direction, before=word, **dims)
        if not rate:
            return first, -1
        second = self.state(
            key.concept, rate, "change_rate", about=about, base=base, direction=rate_direction or direction, before="增长", **dims
        )
        return first, second

    def listing(self, whole: int | None, *parts: int, closed: bool | None = True, truncated: bool = False) -> None:
        self.listings.append(Listing(whole, parts, closed, truncated, self.facts[parts[0]].place))

    def claim(self, kind: str, about: int, direction: Direction) -> None:
        fact = self.facts[about]
        self.claims.append(Claim(kind, fact.concept, fact.place, direction, about=about, dimensions=fact.key.dimensions))

    def dossier(self) -> Dossier:
        grains = tuple((unit, Grain(Decimal("0.01"), self.established)) for unit in ("万元", "元", "亿元", "%"))
        return Dossier(
            Source("样例.txt", "0" * 64, "txt"), "云岭市林泉区文化和旅游局", self.year, "department", "cn", facts=tuple(self.facts),
            listings=tuple(self.listings), claims=tuple(self.claims), grains=grains, outline=Outline(self.text), complete=self.complete,
        )  # fmt: skip


GB = dimensions(fund="general_budget")


def partition(name: str, whole: Ref, *parts: Ref, closed: bool = True) -> Partition:
    return Partition(name, name, whole, parts, closed, "")


def equation(name: str, left: tuple[Term, ...], op: str, right: tuple[Term, ...], severity: str = "error") -> Equation:
    return Equation(name, name, left, op, right, severity, "", explain="口径不同时可能相差")  # type: ignore[arg-type]


def standards(partitions: tuple[Partition, ...] = (), equations: tuple[Equation, ...] = ()) -> Standards:
    """Small standards: a handful of concepts, three functional codes, standard partitions."""
    codes = {
        code: Code(code, name, level, parent, "attested")
        for code, name, level, parent in (
            ("201", "一般公共服务支出", "类", ""), ("20103", "政府办公厅（室）及相关机构事务", "款", "201"), ("2010301", "行政运行", "项", "20103"),
            ("2010302", "一般行政管理事务", "项", "20103"), ("2012901", "行政运行", "项", "20129"), ("208", "社会保障和就业支出", "类", ""),
            ("2080501", "行政单位离退休", "项", "20805"),
        )
    }  # fmt: skip
    general = Ref("expenditure.total", dimensions=GB)
    standard = (
        partition("按性质", Ref("expenditure.total"), Ref("expenditure.basic"), Ref("expenditure.project")),
        partition("按类", general, Ref("expenditure.total", dimensions=GB, each="function@类")),
        Partition("类按项", "类按项", Ref("expenditure.total", dimensions=dimensions(fund="general_budget", function="*")),
                  (Ref("expenditure.total", dimensions=GB, each="function@项"),), True, "", for_each="function@类"),
        partition("三公", Ref("three_public.total"), Ref("three_public.abroad"), Ref("three_public.vehicle"), Ref("three_public.reception")),
        partition("基本", Ref("expenditure.basic", dimensions=GB), Ref("expenditure.basic.personnel", dimensions=GB),
                  Ref("expenditure.basic.public", dimensions=GB)),
        *partitions,
    )
    concepts = {name: Concept(name, zh, name, "money", "万元") for name, zh in NAMES.items()}
    return Standards((Pack("cn", 2023, "0"),), "cn", 2023, concepts, (), (), standard, equations, (), (), {}, (), codes, {},
        pairings=(Pairing("batches", "国内接待支出与批次", Ref("three_public.reception.domestic"),
                          Ref("three_public.reception.domestic.batches", "count"), "<=>", "error", ""),),
    )  # fmt: skip
