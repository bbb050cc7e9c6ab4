"""A project told in sentences (项目自评结果): ``“甲”项目全年预算数1230万元，执行数1180.44万元，完成预算的95.97%``.

Narratives and collections print the self-evaluation of single projects beside or instead of its form. Budget, execution, rate and surplus are read where
they stand right behind one another, each such row of figures as one project: the one named right before it (quoted, or by its whole name), else the one
that the paragraph's lead or the section's title names, else one of its own. Money by its source (中央补助、市级配套) is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.extraction.meanings import Bound, Subject
from gouji.extraction.tokens import MONEY, RATES, Number
from gouji.model.fact import Fact, Key, Phase, dimensions
from gouji.model.record import record
from gouji.model.regex import regex

#: Sections that tell of projects though none is named, and those that tell of the account only.
_ROLES = ("narrative.other", "programme", "report.analysis.projects")
_ACCOUNT = regex(r"narrative\.(?!other)|narrative\.other\.(?:operating_cost|procurement|assets)|overview|report\.(?:basics|funds|staff|organisation)|statement")
_BUDGET = regex(
    r"(?P<phase>全年|年度|年初|当年|调整后的?|项目|本年)?(?:安排|批复|财政|下达)?预算(?:资金|安排|总额|总数|金额|数|额)*(?:共计|合计|总计|为|是|:|共)*$"
)
_ADDED = regex(r"[,、](?:年中|中期|年度中间)?(?:追加|调增)(?:预算|资金|安排)*(?:为)?")
_SPENT = regex(
    r"(?:[,、;]|。(?=截[至止]|实际|全年|累计|执行))(?:截[至止](?:到)?[^,。;]{2,12},)?(?:\d{4}年(?:度)?)?(?:全年|实际|累计|年度|当年|项目|预算|资金)*"
    r"(?:执行|支出|使用|支付|完成支出|到位并支出)(?:资金|金额|数|总额)*(?:共计|合计|总计|为|是|:|共)*"
)
_RECEIVED = regex(r"[,。;](?:截[至止](?:到)?[^,。;]{2,14},)?(?:实际|资金|已)*到位(?:资金|预算)?(?:为)?")
_RECEIVED_RATE = regex(r"[,(](?:资金|预算)?到位率(?:为|达)?")
_RATE = regex(
    r"[,、;(](?:(?:预算|资金|项目|全年预算|支出|总体|整体|综合|实际)*(?:执行|完成|支出)(?:率|进度)|(?:占|完成)(?:年初|全年|年度|调整后的?)?预算(?:数|资金|安排)?的?|执行(?:年初|全年)?预算的?)(?:达到|达|为|是|:)*"
)
_SURPLUS = regex(r"[,。;](?:资金|项目|年末|预算|项目资金)?(?:结余结转|结转结余|结余|结转)(?:资金)?(?:为|是)?")
#: Whose money it is: 中央补助资金, 市级配套.
_LEVEL = r"(?P<level>中央|省|自治区|市|州|盟|区|县|旗|镇|乡)(?:级|本级)?(?:财政)?(?:专项|补助|配套|预算|转移支付)*(?:资金|安排|拨款|经费|补助|配套)"
_SOURCE = regex(rf"[,、;](?:其中:?)?{_LEVEL}(?:为)?")
_SOURCE_FIRST = regex(rf"(?:[,、;。(](?:其中|包括|包含):?){_LEVEL}(?:为)?")
_SOURCE_SPENT = regex(rf"(?:[,、;。]?(?:其中:?)?){_LEVEL}(?:支出|执行|使用)(?:为)?")
_SOURCE_RATE = regex(r"[,(](?:预算)?(?:执行|支出|使用)率(?:为)?")
_QUOTED = regex(r"[“\"](?P<quoted>[^”\"]{2,40})[”\"](?:专项|项目)?[^。;”\"\d]{0,12}$")
_NAMED = regex(r"(?:^|[,。;:、\0])(?:其中|一是|二是|三是|[(（]?\d{1,2}[)）.、]|\d{4}年(?:度)?)*(?P<name>[^,。;:、()“”\0\d]{2,30}(?:项目|工程|专项|经费|资金|补助))(?:\d{4}年)?(?:度)?(?:支出)?:?$")
_TITLE = regex(r"(?P<name>.{2,40}(?:项目|工程|专项|经费|资金|补助))$")
_NO_NAME = regex(r"^(?:该|本|此|各|上述|以上|二级|一级|全部|预算|部门预算|重点|其他)*(?:项目|工程|专项|经费|资金|补助)$|项目支出$|情况|预算资金|财政资金|绩效|专项资金$")
_OF_ACCOUNT = regex(r"(?:公用|人员|运行|三公\W?)经费$")
_TOGETHER = regex(r"(?:合计|总计|共计)$")
_PHASES: dict[str, Phase] = {"年初": "budget_initial", "调整后": "budget_adjusted", "调整后的": "budget_adjusted", "全年": "budget_adjusted"}
#: What a row tells of all projects together (预算合计…，执行合计…).
ALL_PROJECTS = "文中各项目合计"


@record
class Told:
    """One figure of a project told in a sentence."""

    key: Key
    base: Key | None = None
    unnamed: bool = False  # the first figure of a project without a name

    def bound(self, facts: list[Fact]) -> Bound:
        """What the figure states; a rate speaks of the execution read right before it."""
        subject = Subject(self.key.concept, self.key.dimensions)
        if self.base is None:
            return Bound(self.key, subject, states=True)
        about = facts[-1].id if facts and facts[-1].key == self.key._replace(measure="amount") else None
        return Bound(self.key, subject, about=about, base=self.base, base_named=True)


def project_of(titles: Sequence[str]) -> str:
    """The project that the innermost of some titles names as such, "" where none does."""
    for title in titles:
        found = _TITLE.fullmatch(title)
        if found is not None and not _NO_NAME.search(found["name"]):
            return found["name"]
    return ""


def projects_told(text: str, numbers: list[Number], role: str, year: int | None, before: int, titled: str = "", alone: bool = False) -> dict[int, Told]:
    """What is told of each project in a paragraph, by where its numbers start.

    ``before``: so many projects without a name came before it; ``titled``: the project that the section's title names; ``alone``: the document is about
    one project and nothing else.
    """
    found: dict[int, Told] = {}
    if "预算" not in text or _ACCOUNT.match(role):
        return found
    plain = [n for n in numbers if not n.other and not n.spoken]
    index = unnamed = 0
    while index < len(plain):
        row = _Row(text, plain, index, year)
        if not row.read():
            index += 1
            continue
        own = "" if alone else row.named()
        if own is None:
            index += 1
            continue
        name = own or ("" if alone else titled)
        if not name and not alone:
            if not role.startswith(_ROLES) or not row.rated:
                index += 1
                continue
            unnamed += 1
            name = f"文中第{before + unnamed}个项目"
        found.update(row.of(name))
        if name.startswith("文中第"):
            found[plain[index].start] = replace(found[plain[index].start], unnamed=True)
        index = row.end
    return found


class _Row:
    """The figures of one project from the ``first``-th number on."""

    def __init__(self, text: str, plain: list[Number], first: int, year: int | None) -> None:
        self.text, self.plain, self.first, self.year = text, plain, first, str(year or "")
        self.end = first
        self.rated = False
        self._told: list[tuple[int, str, Phase, str]] = []  # number, concept, phase, source; "rate" of the amount before it
        self._head: re.Match[str] | None = None
        self._budget: Phase | None = None

    def read(self) -> bool:
        """Whether a budget and what was spent of it stand here; then ``end`` is behind the row."""
        number = self.plain[self.first]
        start = self.plain[self.first - 1].end if self.first else 0
        self._head = _BUDGET.search(self.text, max(start, number.start - 40), number.start)
        if self._head is None or number.unit not in MONEY:
            return False
        self._budget = _PHASES.get(self._head["phase"] or "", "budget")
        self._take("programme.budget", self._budget)
        while self._next(_ADDED):
            self._take("programme.added")
        while self._another():
            pass
        self._sources("programme.budget", self._budget)
        if self._next(_RECEIVED):
            self.end += 1
            self.end += self._next(_RECEIVED_RATE, RATES) is not None
        if not self._next(_SPENT) or self.plain[self.end].unit != number.unit:
            return False
        self._take("programme.execution")
        if self._next(_RATE, RATES):
            self.rated = True
            self._take("rate")
        self._spent_by_source()
        if self._next(_SURPLUS):
            self._take("programme.surplus")
        return True

    def _gap(self) -> str:
        return self.text[self.plain[self.end - 1].end : self.plain[self.end].start]

    def _next(self, words: re.Pattern[str], units: tuple[str, ...] = MONEY) -> re.Match[str] | None:
        """Whether the number behind those taken is introduced by such words."""
        if self.end >= len(self.plain) or self.plain[self.end].unit not in units:
            return None
        return words.fullmatch(self._gap().removeprefix(")"))

    def _take(self, concept: str, phase: Phase = "executed", source: str = "") -> None:
        self._told.append((self.plain[self.end].start, concept, phase, source))
        self.end += 1

    def _another(self) -> bool:
        """A budget of another phase: 年初预算400万元，年中追加20万元，调整后预算420万元."""
        if self.end >= len(self.plain) or self.plain[self.end].unit not in MONEY:
            return False
        gap = self._gap()
        head = _BUDGET.search(gap)
        phase = _PHASES.get(head["phase"] or "") if head is not None else None
        if phase is None or head is None or gap[: head.start()] not in (",", "、", ";") or phase == self._budget:
            return False
        self._budget = phase
        self._take("programme.budget", phase)
        return True

    def _sources(self, concept: str, phase: Phase) -> None:
        opened = self._next(_SOURCE_FIRST)
        while opened is not None:
            self._take(concept, phase, opened["level"])
            opened = self._next(_SOURCE)

    def _spent_by_source(self) -> None:
        while (spent := self._next(_SOURCE_SPENT)) is not None:
            self._take("programme.execution", "executed", spent["level"])
            if self._next(_SOURCE_RATE, RATES):
                self._take("rate", "executed", spent["level"])

    def named(self) -> str | None:
        """The project that is named right before its budget, or in the paragraph's lead; None where the account is named there."""
        assert self._head is not None
        previous = self.plain[self.first - 1].end if self.first else 0
        before = self.text[previous : self._head.start()]
        quoted = _QUOTED.search(self.text[max(0, self._head.start() - 80) : self._head.start()].rstrip(",:的"))
        if quoted is not None:
            return quoted["quoted"]
        if _TOGETHER.search(self._head[0]):
            return ALL_PROJECTS
        found = _NAMED.search(before + ("项目" if self._head["phase"] == "项目" else ""))
        if found is not None and _OF_ACCOUNT.search(found["name"]):
            return None
        return found["name"] if found is not None and not _NO_NAME.search(found["name"]) else ""

    def of(self, name: str) -> dict[int, Told]:
        """What each number of the row states, of the project ``name``."""
        found: dict[int, Told] = {}
        for start, concept, phase, source in self._told:
            own = {"project": name} if name else {}
            dims = dimensions(**own, **({"source": source} if source else {}))
            if concept == "rate":
                planned = Key("programme.budget", "amount", self._budget or "budget", "", self.year, dims)
                found[start] = Told(Key("programme.execution", "completion", "executed", "", self.year, dims), planned)
            else:
                found[start] = Told(Key(concept, "amount", phase, "", self.year, dims))
        return found


def told_money(facts: Sequence[Fact], taken: Sequence[tuple[Number, int]]) -> list[tuple[int, tuple[tuple[int, int], ...]]]:
    """The sums that the money of projects told in a paragraph must make: result and terms."""
    by: dict[tuple[str, str], dict[str, int]] = {}
    sources: dict[tuple[str, str], list[int]] = {}
    for _, identifier in taken:
        fact = facts[identifier]
        if not fact.concept.startswith("programme.") or fact.measure != "amount":
            continue
        project = fact.dimension("project") or ""
        if fact.dimension("source"):
            sources.setdefault((project, fact.concept), []).append(identifier)
        else:
            by.setdefault((project, ""), {})[f"{fact.concept}@{fact.key.phase}" if fact.concept == "programme.budget" else fact.concept] = identifier
    found: list[tuple[int, tuple[tuple[int, int], ...]]] = []
    for (project, _), told in by.items():
        adjusted = next((told[f"programme.budget@{phase}"] for phase in ("budget_adjusted", "budget", "budget_initial") if f"programme.budget@{phase}" in told), None)
        spent, surplus = told.get("programme.execution"), told.get("programme.surplus")
        added, initial = told.get("programme.added"), told.get("programme.budget@budget_initial")
        if adjusted is not None and spent is not None and surplus is not None and (added is None or adjusted != initial):
            found.append((adjusted, ((1, spent), (1, surplus))))
        if added is not None and initial is not None and adjusted not in (None, initial):
            found.append((adjusted, ((1, initial), (1, added))))
        for concept, whole in (("programme.budget", adjusted), ("programme.execution", spent)):
            parts = sources.get((project, concept), [])
            if whole is not None and len(parts) > 1 and len({facts[i].dimension("source") for i in parts}) == len(parts):
                found.append((whole, tuple((1, i) for i in parts)))
    return found


