"""A project told in a sentence (项目自评结果): ``“甲”项目全年预算数1230万元，执行数1180.44万元，完成预算的95.97%``.

Narratives print the self-evaluation of single projects beside or instead of its form. Only budget, execution and rate right behind one another
are read, each such row of figures as one project: the one quoted right before it, else one of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gouji.extraction.meanings import Bound, Subject
from gouji.extraction.tokens import MONEY, RATES, Number
from gouji.model.fact import Fact, Key, Phase, dimensions

_ROLES = ("narrative.other", "programme", "report.analysis.projects")
_BUDGET = re.compile(
    r"(?P<phase>全年|年度|年初|当年|调整后的?|项目|本年)?(?:安排|批复|财政|下达)?预算(?:资金|安排|总额|总数|金额|数|额)*(?:共计|合计|为|是|:|共)*$"
)
_SPENT = re.compile(
    r"[,、;](?:\d{4}年(?:度)?)?(?:全年|实际|累计|年度|当年|项目|预算|资金)*(?:执行|支出|使用|支付|完成支出|到位并支出)(?:资金|金额|数|总额)*(?:为|是|:|共计|共)*"
)
_RATE = re.compile(
    r"[,、;(](?:(?:预算|资金|项目|全年预算|支出)?(?:执行|完成|支出)(?:率|进度)|(?:占|完成)(?:年初|全年|年度|调整后的?)?预算(?:数|资金|安排)?的?|执行(?:年初|全年)?预算的?)(?:达到|达|为|是|:)*"
)
_NAME = re.compile(r"[“\"](?P<quoted>[^”\"]{2,40})[”\"](?:专项|项目)?[^。;”\"\d]{0,12}$")
_PHASES: dict[str, Phase] = {"年初": "budget_initial", "调整后": "budget_adjusted", "调整后的": "budget_adjusted", "全年": "budget_adjusted"}


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of a project told in a sentence."""

    key: Key
    base: Key | None = None

    def bound(self, facts: list[Fact]) -> Bound:
        """What the figure states; a rate speaks of the execution read right before it."""
        subject = Subject(self.key.concept, self.key.dimensions)
        if self.base is None:
            return Bound(self.key, subject, states=True)
        about = facts[-1].id if facts and facts[-1].key == self.key._replace(measure="amount") else None
        return Bound(self.key, subject, about=about, base=self.base, base_named=True)


def projects_told(text: str, numbers: list[Number], role: str, year: int | None, before: int) -> dict[int, Told]:
    """Budget, execution and rate of each project that a paragraph tells, by where their numbers start. ``before``: so many came before it."""
    found: dict[int, Told] = {}
    if not role.startswith(_ROLES) or "预算" not in text:
        return found
    plain = [n for n in numbers if not n.other and not n.spoken]
    for budget, spent, rate in zip(plain, plain[1:], plain[2:], strict=False):
        head = _BUDGET.search(text, max(0, budget.start - 30), budget.start)
        if head is None or budget.unit not in MONEY or spent.unit != budget.unit or rate.unit not in RATES:
            continue
        if not _SPENT.fullmatch(text, budget.end, spent.start) or not _RATE.fullmatch(text, spent.end, rate.start):
            continue
        named = _NAME.search(text[max(0, head.start() - 80) : head.start()].rstrip(",:的"))
        project = dimensions(project=named["quoted"] if named is not None else f"文中第{before + len(found) // 3 + 1}个项目")
        executed = Key("programme.execution", "amount", "executed", "", str(year or ""), project)
        planned = Key("programme.budget", "amount", _PHASES.get(head["phase"] or "", "budget"), "", str(year or ""), project)
        found[budget.start], found[spent.start] = Told(planned), Told(executed)
        found[rate.start] = Told(executed._replace(measure="completion"), planned)
    return found
