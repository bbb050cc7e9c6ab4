"""What a name means where it stands (释义): the concept, by section, open lists and what the sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gouji.extraction.frames import WITH_BALANCE, Frames
from gouji.extraction.lexicon import Lexicon, Name
from gouji.extraction.relations import phase_in
from gouji.extraction.tokens import Number
from gouji.model.fact import Dimensions, Direction, Fact, Key, Phase, dimensions
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.model.slips import likeness
from gouji.standards.pack import Alias

if TYPE_CHECKING:
    from gouji.extraction.periods import Topic

_BARE = regex(r"(?:支出|收入|决算|年初|全年|调整|预算)(?!合计|总)")

#: In the section of one of the smaller funds these speak of that fund: 收入决算100万元，支出决算90万元.
_DECIDED = regex(r"(?:收入|支出)决算数?|决算(?:收入|支出)")
_OF_YEAR = regex(r"(?:本|当)年度?(?:收入|支出)(?:合计)?")
#: What is carried over or adds up both sides is told by the money it is of.
_ADDED = regex(r"追加|调[增减整]|压减|增加|核减|核增", "追加", "调", "压减", "增加", "核减", "核增")
_LATER_BUDGET = regex(r"(?:年末|全年|调整后?的?|最终)?预算(?:数|总额)?(?:为|达|达到|:)?")
_CARRIED_TOO = regex(
    r"\((?:含|包括|包含)[^()]{0,12}(?:结转|结余)[^()]{0,8}\)|[,:(](?:其中|包括|包含|含|由)[:,]?(?:本年|当年)度?(?:收入|支出)(?:合计)?[^。;]{0,60}?(?:上年|年初|年末)度?(?:结转|结余)", "结转", "结余"
)
_CARRIED = ("balance.", "grand_total")
#: Words before the name of a 项 in a list.
_ITEM_LEAD = regex(r"^(?:[,;:、\0]|其中|主要|全部|支出|用于|包括|由|安排|是|为|分别)*")
_LISTED_BEFORE = regex(r"(?:^|[,;:、。)]|其中|用于|包括|分类|分为|分|[一二三四五六七八九十]是)$")
_BARE_SIDES = ("支出", "收入", "预算支出", "支出决算", "支出决算数", "实际支出")
#: A unit by its name, which is not the one that gives the account (本局, 全委).
_OF_UNIT = regex(r"[一-龥]{2,}(?:支队|大队|中心|处|站|所|馆|学校|医院|分局|公司|街道|[乡镇])(?:的|共)?$|[^本全我该]机关$")
_OTHER_MONEY = regex(r"(?:非财政拨款|非同级财政|事业收入|经营收入|其他收入|自有资金|其他资金)[^,。;:]{0,10}(?:安排|开支|列支|负担|形成|支付)的?$")
_ENDS_CARRIED = regex(r"结[转余](?:资金)?$")
_EARLIER = 1000  # facts that are looked back to
_MARKED = regex(r"[”\"]?\(类\)")


@dataclass(slots=True)
class Subject:
    """What a sentence speaks of. ``amount`` is the fact that states it, ``outcome`` marks what is none of the standards' concepts."""

    concept: str
    dimensions: Dimensions
    phase: Phase = "executed"
    amount: int | None = None
    outcome: bool = False
    strong: bool = False  # a printed 类款项 path: it stays the subject of its whole paragraph

    def same(self, other: Subject | None) -> bool:
        """Whether both speak of one thing."""
        return other is not None and (self.concept, self.dimensions) == (other.concept, other.dimensions)


@dataclass(slots=True)
class Sentence:
    """The state of a paragraph while its numbers are read from left to right.

    ``subject`` of the running clause, ``main`` of the paragraph, ``money`` the last one stated in money; ``allowed``: concept prefixes
    that a section of this kind can state (empty: all); ``wholes``: concepts stated in this sentence, the last first.
    """

    text: str
    role: str
    names: list[Name]
    frames: Frames
    allowed: tuple[str, ...]
    fund: str = "general_budget"  # which money the section speaks of
    lead: int = 0  # where the paragraph begins behind its number
    labelled: int = 0  # up to where a label at its beginning, strange to the account, owns what no name of its own claims
    subject: Subject | None = None
    main: Subject | None = None
    lent: Subject | None = None  # what the paragraph before spoke of, while nothing here names another
    money: Subject | None = None
    reason: bool = False
    purpose: bool = False
    wholes: list[str] = field(default_factory=list)
    against: Key | None = None  # the printed figure that a change of this sentence is held against (比年初预算数100万元增加 …)
    last: Key | None = None  # what the number just read stated, and the subject before it
    before_last: Subject | None = None
    period: int | None = None  # the year that stands before the brackets: 2022年度（1680万元）
    phase: Phase | None = None  # the budget that does: 年初预算（1528万元）
    topic: Topic | None = None  # the year, not the document's, that opened the sentence
    budget: Key | None = None  # the last budget stated, of which a bare 完成98% speaks
    loose: bool = False  # the amount just read is nobody's: a share right behind it is its own
    shared: list[Subject] = field(default_factory=list)  # of them, those that a 分别 hands its figures to
    stated: list[Subject] = field(default_factory=list)  # the amounts of this sentence one after the other, for a later 分别占
    listed: int | None = None  # the result that no standard knows under which 其中 lists others
    part: str = ""  # the part of the year that the clause speaks of, as in part_of_year
    divided: Key | None = None  # what was carried over, whose money a remark in brackets tells apart: 年初结转78.6万元（财政拨款42.6万元）
    jointly: bool = False  # the clause speaks of several items together (合计完成年初预算…), which nothing names
    over: bool = False  # the paragraph's first sentence is over: its lists of money are
    enclosed: int = 0  # how many lists were open when the brackets began


@record
class Bound:
    """What a number was found to be. ``subject`` is the subject that it states or speaks of; ``states``: it is its amount or count.
    ``unit`` where the print left it out."""

    key: Key
    subject: Subject | None
    direction: Direction | None = None
    about: int | None = None
    base: Key | None = None
    base_named: bool = False
    unresolved: bool = False
    states: bool = False
    unit: str | None = None
    doubt: str | None = None
    held_against: bool = False  # the clause compares with it: 比年初预算数100万元 …
    also: Key | None = None  # what the same figure states besides: 年初预算、支出决算均为60.44万元
    grown: bool = False  # what it grew or fell to stands right behind it: 由615万元增至624万元
    lent: bool = False  # no name in the paragraph introduces it
    again: bool = False  # no name introduces it, and its subject's amount was read already: …5批次，共计支出3万元


def same_kind(bound: Bound, state: Sentence) -> bool:
    """Whether what a remark includes (含…) is of the kind that the sentence lists, and so already in another part of it."""
    return bound.subject is None or state.subject is None or bound.subject.concept == state.subject.concept


def of_others(text: str, at: int, name: Name) -> bool:
    """Whether the words from ``at`` to a name make it somebody else's: 市环境卫生管理处支出…, 非财政拨款资金安排的基本支出…."""
    if name.text in _BARE_SIDES and _OF_UNIT.search(text, at, name.start):
        return True
    return _OTHER_MONEY.search(text, max(at, name.start - 24), name.start) is not None


def stated_otherwise(facts: Sequence[Fact], bound: Bound, number: Number) -> bool:
    """Whether earlier facts state the same thing with a figure that is nothing like this one: they are two things, unless a name says otherwise."""
    stated = [f.figure for f in facts[-_EARLIER:] if f.key == bound.key]
    return bool(stated) and not any(f.value == number.value or likeness(abs(f.value), abs(number.value), number.decimals, money=True).name for f in stated)


def beside(count: Subject, money: Subject) -> bool:
    """Whether a count and an amount belong together: 购置数 and 购置费 of the vehicles."""
    return count.concept.rpartition(".")[0] in (money.concept, money.concept.rpartition(".")[0])


class Meanings:
    """Gives the meaning of names. ``lexicon`` as of the document's standards."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.standards = lexicon.standards

    def of(self, name: Name, state: Sentence) -> Subject | None:
        """What a name means here, or None."""
        stated = [*(f.key.concept for f in reversed(state.frames.apart.values())), *state.wholes]
        above = (known.parent for c in state.wholes if (known := self.standards.concepts.get(c)) is not None)
        wholes = tuple(dict.fromkeys([*stated, *above]))  # what is stated beside a part is a part of the same whole
        economic = self._economic(name.text, state)
        if economic is not None:
            return economic
        aliases = self.lexicon.aliases(name.text, state.role, wholes)
        if state.frames.open and state.frames.open[-1].key.concept.startswith(_CARRIED):
            for alias in aliases:  # 年末结转和结余…，其中一般公共预算…: of which money it is, whatever the name means elsewhere
                if alias.dimension_only and "fund" in dict(alias.dimensions) and (found := self._dimension(alias, state)) is not None:
                    return found
        if state.divided is not None and (funds := [a for a in aliases if "fund" in dict(a.dimensions) and "收入" not in name.text]):
            return Subject(state.divided.concept, tuple(d for d in funds[0].dimensions if d[0] == "fund"))
        for alias in aliases:
            if alias.concept == "income.fiscal" and alias.dimensions and "收入" not in name.text and state.frames.open and self._of_expenditure(alias, state):
                return Subject("expenditure.total", alias.dimensions)  # 财政拨款支出…，其中一般公共预算财政拨款…
            if alias.dimension_only:
                found = self._dimension(alias, state)
                if found is not None:
                    return found
            elif alias.part and state.subject is not None and state.subject.outcome and not self._begun(alias.part, state):
                continue  # the part of a thing that was not read: whose part it is cannot be told
            elif not state.allowed or alias.concept.startswith(state.allowed):
                concept = alias.concept
                if concept == "projects.all":  # 该类项目总数: of the kind that the lead names
                    concept = next((w for w in state.wholes if w in ("projects.recurring", "projects.phased")), concept)
                if concept == "expenditure.basic.public" and state.role == "narrative.other.operating_cost" and state.subject is None:
                    concept = "operating_cost"  # the section speaks of the 公用经费 that is 机关运行经费
                    return Subject(concept, ())
                if concept == "staff.quota" and alias.dimensions and state.frames.open and state.frames.open[-1].key.concept == "staff.actual":
                    concept = "staff.actual"  # 实有106人，其中：行政编制24人: persons by kind of post
                dims = self._of_item(concept, state) or self._inherited(alias, state) or self._of_fund(concept, state)
                if concept in ("income.total", "expenditure.total") and not dims and state.role.endswith(("government_fund", "state_capital")) and _DECIDED.fullmatch(name.text):
                    return Subject("income.fiscal" if concept == "income.total" else concept, (("fund", state.fund),), alias.phase or "executed")
                if concept in ("income.total", "expenditure.total") and not dims and _OF_YEAR.fullmatch(name.text):
                    fund = dict(state.main.dimensions).get("fund") if state.main is not None else None
                    if fund == "fiscal" and any(c.startswith("income.") and c != "income.fiscal" for c in state.wholes):
                        fund = None  # 收入包括：财政拨款收入…、其他收入…，本年收入合计…
                    if fund is not None or state.role == "narrative.fiscal":  # 政府性基金…收入860万元；本年支出800万元
                        concept = "income.fiscal" if concept == "income.total" else concept
                        return Subject(concept, (("fund", fund or "fiscal"),), alias.phase or "executed")
                if concept == "expenditure.total" and not dims and state.role.startswith("narrative.general") and _DECIDED.fullmatch(name.text):
                    if state.main is not None and state.main.concept == concept:
                        return state.main
                    state.lent = self.of_section(state)  # 决算支出842.60万元: of what the section tells of, unless that is told already
                    return state.lent
                main = dict(state.main.dimensions) if state.main is not None else {}
                if concept.startswith("balance.") and dict(dims) == {"fund": "fiscal"} and state.role.startswith("narrative.general"):
                    dims = (("fund", "general_budget"),)  # under 一般公共预算财政拨款 the fiscal carry-over is that of the general budget
                if concept == "expenditure.total" and dict(dims) == {"fund": "fiscal"} and state.role.startswith("narrative.general") and main == {"fund": "general_budget"}:
                    dims = (("fund", "general_budget"),)  # 一般公共预算财政拨款支出…。与上年相比，财政拨款支出增加…: what the section speaks of
                return Subject(concept, dims, alias.phase or "executed")
        code = self.lexicon.classes.get(name.text)
        return self._class(code, state, _MARKED.match(state.text, name.end) is not None, name.start) if code and not state.allowed else None

    def _of_expenditure(self, alias: Alias, state: Sentence) -> bool:
        """Whether the open list divides expenditure of all fiscal money, so that a fund's name is what was spent of it."""
        whole = state.frames.open[-1].key
        return whole.concept == "expenditure.total" and whole.dimensions in ((), (("fund", "fiscal"),)) and dict(alias.dimensions).keys() == {"fund"}

    def of_section(self, state: Sentence) -> Subject | None:
        """What a section as such speaks of, None where its title names nothing that a bare 支出决算 could be."""
        heading = next((h for h in self.standards.headings if h.role == state.role), None)
        if heading is None or heading.speaks is None:
            return None
        return Subject(heading.speaks.concept, heading.speaks.dimensions)

    def with_carried(self, subject: Subject, state: Sentence, end: int) -> Subject:
        """``收入504.05万元（含年初结转和结余）``, ``总收入504.05万元，包括本年收入485.26万元和年初结转18.79万元``: the total with what was carried over."""
        wider = WITH_BALANCE.get(subject.concept)
        return Subject(wider, subject.dimensions) if wider is not None and _CARRIED_TOO.match(state.text, end) else subject

    def listed_phase(self, subject: Subject, state: Sentence, default_budget: Phase) -> Phase:
        """``部门年初预算42272.75万元，其中一般公共预算39826.50万元``: a part is budgeted where its whole is."""
        whole = state.frames.open[-1].key if state.frames.open else None
        if whole is not None and whole.concept == subject.concept and whole.phase.startswith("budget"):
            return whole.phase
        said = dict(state.subject.dimensions).get("indicator", "") if state.subject is not None and state.subject.outcome else ""
        return phase_in(said, default_budget) or "executed"

    def planned_again(self, before: str, state: Sentence) -> Subject | None:
        """``年初预算836.20万元，年中追加105.32万元，全年预算941.52万元``: behind what was added the later budget is of what the first was of."""
        said = dict(state.subject.dimensions).get("indicator", "") if state.subject is not None and state.subject.outcome else ""
        if state.budget is None or not _ADDED.search(said) or not _LATER_BUDGET.fullmatch(before):
            return None
        return Subject(state.budget.concept, state.budget.dimensions)

    def undivided(self, role: str) -> bool:
        """Whether a section has no parts of its own by the standards, so that a bare 预算 in it can only be of what its title names."""
        speaks = next((h.speaks for h in self.standards.headings if h.role == role), None)
        return speaks is not None and not speaks.concept.startswith(("income.", "expenditure.")) and all(h.parent != role for h in self.standards.headings)

    def _begun(self, concept: str, state: Sentence) -> bool:
        """Whether an open list under a concept has parts already, so that what was not read stood beside them."""
        return any(f.key.concept == concept and f.parts for f in state.frames.open)

    def item(self, words: str, state: Sentence) -> Subject | None:
        """Expenditure on a 项 called by its bare name, where a section tells of one of the smaller funds (征地和拆迁补偿支出36400万元).

        Of the other money only a list under its own 类 (卫生健康（类）…，主要用于行政单位医疗26.40万元、公务员医疗补助9.12万元).
        """
        if state.allowed:
            return None
        name = re.sub(r"(?:支出)?(?:决算数?)?(?:为|共计|合计|计)?$", "", _ITEM_LEAD.sub("", words.replace("(项)", "")))
        if state.fund not in ("government_fund", "state_capital"):
            return self._of_class(name, state)
        codes = self.lexicon.items[state.fund].get(name, [])  # of several the first: :mod:`items` asks the statements
        return Subject("expenditure.total", (("function", codes[0]), ("fund", state.fund))) if codes else None

    def _of_class(self, name: str, state: Sentence) -> Subject | None:
        """A 款 or 项 called by its official name in a list under its 类."""
        main = state.main
        if main is None or main.concept != "expenditure.total" or len(code := dict(main.dimensions).get("function", "")) != 3:
            return None
        found = self.lexicon.below(code).get(name, "")
        return Subject(main.concept, tuple((k, found if k == "function" else v) for k, v in main.dimensions)) if found else None

    def _inherited(self, alias: Alias, state: Sentence) -> Dimensions:
        """The dimensions of a name, those of the open subject where the name is a bare word for the same thing (支出年初预算, 金额)."""
        subject = state.subject
        if alias.dimensions or subject is None or not subject.dimensions:
            return alias.dimensions
        bare = alias.concept == subject.concept and _BARE.match(alias.text)
        if bare or (alias.part and alias.part == subject.concept):
            return subject.dimensions
        if alias.concept in ("expenditure.basic", "expenditure.project") and state.frames.open:
            whole = state.frames.open[-1].key  # 财政拨款支出9184万元，其中基本支出2853万元、项目支出6331万元
            if whole.concept == "expenditure.total" and tuple(name for name, _ in whole.dimensions) == ("fund",):
                return whole.dimensions
        known = self.standards.concepts.get(alias.concept)
        if known is not None and known.parent.startswith("expenditure.") and subject.concept.startswith(known.parent) and not known.parent.endswith(".total"):
            return tuple(d for d in subject.dimensions if d[0] == "fund")  # 一般公共预算…基本支出2111万元，包括人员经费1902万元
        return ()

    def _of_item(self, concept: str, state: Sentence) -> Dimensions:
        """``小学教育（项）90万元，其中：基本支出80万元、项目支出10万元``: what is listed under a printed item is of that item."""
        main, frames = state.main, state.frames.open
        if main is None or not main.strong or not frames or concept not in ("expenditure.basic", "expenditure.project"):
            return ()
        whole = frames[-1].key
        return main.dimensions if (whole.concept, whole.dimensions) == (main.concept, main.dimensions) else ()

    def _of_fund(self, concept: str, state: Sentence) -> Dimensions:
        """Of the money alone of which the section or the sentence tells: 政府性基金…收入480万元，…，年末结转12万元; 财政拨款收支总计…（含年初结转60万元）."""
        if not concept.startswith(("balance.", "expenditure.basic", "expenditure.project")):
            return ()
        fund = (dict(state.main.dimensions).get("fund") if state.main is not None else None) or state.fund
        if concept in ("balance.opening", "balance.closing") and (
            state.role == "narrative.fiscal" or (state.main is not None and state.main.concept.startswith("grand_total") and fund == "fiscal")
        ):
            return (("fund", fund if fund in ("government_fund", "state_capital") else "fiscal"),)
        return (("fund", fund),) if fund in ("government_fund", "state_capital") else ()

    def _economic(self, name: str, state: Sentence) -> Subject | None:
        """What the name of an economic 类 or 款 means where a section tells of 基本支出 by economic use."""
        code = self.lexicon.economics.get(name)
        if code is None or state.allowed or not state.role.startswith("narrative.basic"):
            return None
        return Subject("expenditure.basic", (("economic", code), ("fund", "general_budget")))

    def _dimension(self, alias: Alias, state: Sentence) -> Subject | None:
        """What a name that only gives a dimension means under an open list (轿车 under the vehicles held)."""
        for frame in (*reversed(state.frames.apart.values()), *state.frames.open[:1]):
            if alias.part and frame.key.concept != alias.part:
                continue
            carried = "fund" in dict(alias.dimensions) and frame.key.concept.startswith(_CARRIED)
            if frame.key.measure != "count" and frame.key.concept not in ("expenditure.total", "income.total") and not carried:
                continue
            held = dict(frame.key.dimensions)
            if carried and held.get("fund") == "fiscal" and dict(alias.dimensions)["fund"] not in ("fiscal", "other"):
                del held["fund"]  # 年末财政拨款结转…，其中：一般公共预算…
            if held and state.frames.open[0] is not frame and not (held.keys() & dict(alias.dimensions).keys()):
                continue  # another breakdown of the outer whole: vehicles by use, then by type
            if held.keys() & dict(alias.dimensions).keys():
                continue
            if _ENDS_CARRIED.search(alias.text) and not carried:
                return None  # 年末财政拨款结转 behind a list of expenditure
            return Subject(frame.key.concept, tuple(sorted({**held, **dict(alias.dimensions)}.items())))
        if not state.frames.open and state.role.startswith("narrative.other.assets") and "vehicle_use" in dict(alias.dimensions):
            return Subject("assets.vehicles", alias.dimensions)
        return None

    def _classes(self, state: Sentence) -> bool:
        """Whether a paragraph tells of expenditure by 类: among 基本支出、项目支出、其他支出 the last is none."""
        return len({name.text for name in state.names if name.text in self.lexicon.classes}) > 1

    def _class(self, code: str, state: Sentence, marked: bool, at: int) -> Subject | None:
        """What the name of a 类 means: expenditure of that class where a list of classes is open or a section tells of them."""
        for frame in reversed(state.frames.apart.values()):
            if frame.key.concept == "expenditure.total" and "function" not in dict(frame.key.dimensions):
                return Subject("expenditure.total", tuple(sorted({**dict(frame.key.dimensions), "function": code}.items())))
        by_class = state.subject is not None and len(dict(state.subject.dimensions).get("function", "")) == 3
        told = state.role.startswith("narrative.general") or (state.role == "narrative.expenditure" and self._classes(state))
        leads = told and (at == state.lead or _LISTED_BEFORE.search(state.text[max(0, at - 4) : at]) is not None)
        if marked or by_class or leads or state.role == "narrative.general.structure":
            return Subject("expenditure.total", dimensions(function=code, fund=state.fund))
        return None
