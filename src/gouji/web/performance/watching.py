"""Monitoring of one project, as ``scoring.monitoring`` computes it, for a chart and for alerts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gouji.scoring.demands import demands_of
from gouji.standards import load
from gouji.standards.schemes import schemes
from gouji.web.performance.models import MONTHS, Project

_PLACE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Watched:
    """One date: what was paid, the rate, what the time asks; ``width`` and ``mark`` are the bar's and the mark's place in percent."""

    month: int
    executed: Decimal | None
    forecast: Decimal | None
    rate: Decimal | None
    linear: Decimal  # what is asked by this date: the scheme's demand, else the share of the year that has passed
    reason: str = ""
    measures: str = ""

    @property
    def behind(self) -> bool:
        return self.rate is not None and self.rate < self.linear

    @property
    def width(self) -> int:
        return int(min(self.rate or 0, Decimal(100)))


@cache
def _demanded(jurisdiction: str, year: int) -> dict[int, Decimal]:
    """What the evaluation scheme of the place asks at the end of a month, in percent of the year's budget; empty where it asks nothing."""
    for each in schemes(load(jurisdiction, year)):
        if (demands := demands_of(each)) is not None:
            return {point.month: (point.target * 100).quantize(_PLACE) for point in demands.checkpoints}
    return {}


def chart(project: Project) -> list[Watched]:
    """The three dates, whether returned or not."""
    budget = project.budget
    asked = _demanded(project.unit.jurisdiction, project.year)
    returned = {each.month: each for each in project.monitorings.all()}
    rows = []
    for month in MONTHS:
        kept = returned.get(month)
        executed = kept.executed if kept else None
        rate = executed * 100 / budget if executed is not None and budget else None
        linear = asked.get(month, (Decimal(month) * 100 / 12).quantize(_PLACE))
        rows.append(Watched(month, executed, kept.forecast if kept else None, rate.quantize(Decimal("0.01")) if rate is not None else None, linear, kept.reason if kept else "", kept.measures if kept else ""))
    return rows


def alerts(project: Project) -> list[str]:
    """What a supervisor should look at."""
    budget = project.budget
    found = []
    for each in chart(project):
        if each.executed is not None and not each.rate and not budget:
            found.append(f"{each.month}月末有执行数，没有预算")
        if each.behind:
            found.append(f"{each.month}月末执行 {each.rate}%，落后于要求的 {each.linear}%" + ("" if each.reason else "，没有写原因"))
        if each.executed is not None and budget is not None and each.executed > budget:
            found.append(f"{each.month}月末累计执行 {each.executed.normalize():f} 万元，超过预算 {budget.normalize():f} 万元")
        if each.forecast is not None and budget and each.forecast < budget * Decimal("0.9"):
            found.append(f"{each.month}月末预计全年结余超过一成，宜申请调减 {(budget - each.forecast).normalize():f} 万元")
    return found


@dataclass(frozen=True, slots=True)
class Dot:
    """A return in the drawing: where it stands, where its words stand, its rate."""

    across: Decimal
    down: Decimal
    rate: str
    behind: bool

    @property
    def label(self) -> Decimal:
        return self.down + (15 if self.behind else -8)


@dataclass(frozen=True, slots=True)
class Line:
    """The year as a drawing: what is asked, what was paid, what is expected, as SVG writes points (0–100 across and down)."""

    asked: str
    paid: str
    expected: str
    dots: tuple[Dot, ...]


def line(project: Project) -> Line | None:
    """The drawing of a project's returns; None where nothing was returned."""
    rows = chart(project)
    paid = [(each.month, each.rate, each) for each in rows if each.rate is not None]
    if not paid:
        return None

    def at(month: int, share: Decimal) -> str:
        return f"{Decimal(month) * 100 / 12:.2f},{100 - min(share, Decimal(110)):.2f}"

    month, rate, last = paid[-1]
    budget = project.budget
    expected = f"{at(month, rate)} {at(12, last.forecast * 100 / budget)}" if last.forecast is not None and budget else ""
    dots = tuple(  # the drawing is 400 wide and 120 high
        Dot((Decimal(month) * 400 / 12).quantize(_PLACE), ((100 - min(rate, Decimal(110))) * Decimal("1.2")).quantize(_PLACE), f"{rate}%", each.behind) for month, rate, each in paid
    )
    asked = " ".join(["0,100", *(at(each.month, each.linear) for each in rows), at(12, Decimal(100))])
    return Line(asked, " ".join(["0,100", *(at(month, rate) for month, rate, _ in paid)]), expected, dots)
