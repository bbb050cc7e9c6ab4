"""A compiled dossier of a random department-year: what ``accounts`` would make of its books, in yuan, with shares, changes and completion rates.

The amounts are those of :mod:`extraction.writing.year` (consistent in every law); the texts are those a finance officer would enter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extraction.writing.year import GB, DepartmentYear, rounded
from gouji.model.dossier import Dossier, Pack, Source, Text
from gouji.model.fact import Direction, Fact, Key, Measure, dimensions
from gouji.model.figure import Figure, Place
from gouji.model.records import Project
from gouji.standards.pack import Standards

_PLACE = Place(0, 0, 0)
_CHANGES = ("grand_total", "expenditure.total", "three_public.total", "three_public.abroad", "three_public.vehicle", "three_public.reception", "operating_cost")
TEXTS = {
    "overview.duties": "贯彻国家文化、旅游工作方针政策，拟订全区文化和旅游发展规划并组织实施。\n指导公共图书馆、文化馆建设，推进文化惠民。",
    "organisation.units": "\n".join(f"云岭市林泉区{name}" for name in ("文化市场综合行政执法大队", "图书馆", "文化馆")),
    "reason.total": "新馆开馆，日常运行费用增加", "reason.fiscal": "年中追加专项业务经费", "reason.general": "项目按进度结算",
    "reason.item": "项目尾款按合同约定于次年支付", "reason.three_public": "厉行节约，从严控制支出", "reason.three_public_completion": "压缩公务接待范围",
    "reason.abroad": "出访任务有增减", "reason.vehicle": "执法用车更新", "reason.reception": "来访考察团队有增减", "reason.operating_cost": "办公用房搬迁",
    "use.item": "保障日常工作开展", "use.abroad": "赴境外参加文化旅游推介会，签订合作意向书", "use.vehicle": "文物巡查、下乡演出", "use.reception": "执行公务、开展业务活动开支的用餐费",
    "use.procurement": "图书购置、办公设备更新", "use.other_vehicles": "下乡演出和流动图书服务",
    "projects": "图书馆免费开放项目、文物保护项目", "performance.summary": "全年支出进度合规，主要目标如期完成。",
}  # fmt: skip
_GUESTS = ("省级督导人员", "邻县考察团", "文物普查调研组", "来访专家")


@dataclass
class _Books:
    made: DepartmentYear
    standards: Standards
    facts: list[Fact] = field(default_factory=list)

    def add(
        self, concept: str, measure: Measure, value: Decimal, unit: str, dims: tuple[tuple[str, str], ...] = (), phase: str = "executed",
        period: int = 0, direction: Direction | None = None, about: int | None = None, base: Key | None = None,
    ) -> int:  # fmt: skip
        key = Key(concept, measure, phase, "", str(self.made.year + period), dims)  # type: ignore[arg-type]
        self.facts.append(Fact(len(self.facts), key, Figure(value, f"{value}{unit}", unit, _PLACE, 2), direction, about, base))
        return len(self.facts) - 1

    def amount(self, concept: str, value: Decimal, dims: tuple[tuple[str, str], ...], phase: str = "executed", period: int = 0) -> int:
        yuan = (value if self.standards.concepts[concept].unit == "元" else value * 10_000).quantize(Decimal("0.01"))
        return self.add(concept, "amount", yuan, "元", dims, phase, period)


def compiled(made: DepartmentYear, standards: Standards, unit: str, kind: str = "department", projects: tuple[Project, ...] = ()) -> Dossier:
    """The dossier of the books of a department-year; it evaluated the ``projects``."""
    made.set("performance.self_evaluated", len(projects))
    books = _Books(made, standards)
    for (concept, phase, dims, period), value in made.exact.items():
        known = standards.concepts.get(concept)
        if known is None:
            if concept.endswith(".amount"):
                yuan = (value * 10_000).quantize(Decimal("0.01"))
                books.add(concept.removesuffix(".amount"), "amount", yuan, "元", dims, phase, period)
            continue
        if concept == "three_public.reception.item" or concept == "three_public.reception.item.batches":
            dims = dimensions(item=_GUESTS[int(dict(dims)["item"])])
        if known.kind == "money":
            about = books.amount(concept, value, dims, phase, period)
            if phase == "executed" and period == 0:
                _rates(books, concept, value, dims, about)
        elif known.kind == "score":
            books.add(concept, "score", value, "分", dims, phase, period)
        else:
            books.add(concept, "count", value, known.unit, dims, phase, period)
    _economics(books)
    texts = tuple(Text(slot, text) for slot, text in TEXTS.items())
    return Dossier(
        Source("books.xlsx", "", "xlsx"), unit, made.year, kind, standards.jurisdiction,  # type: ignore[arg-type]
        tuple(Pack(p.id, p.year, p.sha256) for p in standards.packs), tuple(books.facts), texts=texts, projects=projects, complete=True,
    )  # fmt: skip


def _rates(books: _Books, concept: str, value: Decimal, dims: tuple[tuple[str, str], ...], about: int) -> None:
    made, year = books.made, str(books.made.year)
    for phase in ("budget_adjusted", "budget_initial"):
        budget = made.get(concept, dims, phase)
        if budget:
            base = Key(concept, "amount", phase, "", year, dims)  # type: ignore[arg-type]
            books.add(concept, "completion", rounded(value / budget * 100), "%", dims, about=about, base=base)
    last = made.get(concept, dims, period=-1)
    if last is not None and concept in _CHANGES:
        size = ((value - last) * 10_000).quantize(Decimal("0.01"))
        direction: Direction = "increase" if size > 0 else "decrease" if size < 0 else "none"
        base = Key(concept, "amount", "executed", "", str(made.year - 1), dims)
        books.add(concept, "change", abs(size), "元", dims, direction=direction, about=about, base=base)
        if last and size:
            books.add(concept, "change_rate", rounded(abs(size) / last / 100), "%", dims, direction=direction, about=about, base=base)
    for base in _bases(books, concept, dims):
        whole = made.get(base.concept, base.dimensions)
        if whole:
            books.add(concept, "share", rounded(value / whole * 100), "%", dims, about=about, base=base)


def _bases(books: _Books, concept: str, dims: tuple[tuple[str, str], ...]) -> list[Key]:
    known = books.standards.concepts[concept].base
    if known is None or "economic" in dict(dims):
        return []
    year = str(books.made.year)
    if "function" in dict(dims):
        return [Key(concept, "amount", "executed", "", year, GB)]
    own = dims if concept.startswith("expenditure.basic.") else known.dimensions
    bases = [Key(known.concept, "amount", "executed", "", year, own)]
    if concept == "procurement.micro":
        bases.append(Key("procurement.sme", "amount", "executed", "", year, ()))
    return bases


def _economics(books: _Books) -> None:
    """Basic expenditure by economic 款."""
    made = books.made
    for part, codes in (("personnel", ("30101", "30102", "30103", "30113")), ("public", ("30201", "30205", "30211", "30228"))):
        whole = made.have(f"expenditure.basic.{part}", GB)
        share = (whole / len(codes)).quantize(Decimal("0.01"))
        left = whole
        for number, code in enumerate(codes):
            value = left if number == len(codes) - 1 else share
            left -= value
            books.amount("expenditure.basic", value, dimensions(fund="general_budget", economic=code))
