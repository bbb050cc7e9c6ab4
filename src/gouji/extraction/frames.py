"""Open lists of a sentence (其中 …): a whole and the parts that are read under it.

``其中`` opens a list under the last amount. A figure read later joins the innermost open list whose whole it can be a part of: a member of a
partition of the standards, a child of the whole's concept, or the same concept with one dimension more. What is not of the whole's
family (退休人员 behind 在职人员) never joins, however near it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from gouji.model.fact import Fact, Key, Listing, dimensions
from gouji.standards.pack import Standards


@dataclass(slots=True)
class Frame:
    """``whole`` is the id of the fact under which the list stands; ``open_ended`` where the sentence says that these are only some (等)."""

    whole: int
    key: Key
    money: bool
    depth: int  # how many lists stood open around it
    parts: dict[int, None] = field(default_factory=dict)  # ids of facts, in order
    open_ended: bool = False


def is_part(whole: Key, part: Key, standards: Standards) -> bool:
    """Whether ``part`` can be listed under ``whole``."""
    if whole == part or whole.measure != part.measure:
        return False
    of_whole, of_part = dict(whole.dimensions), dict(part.dimensions)
    if whole.concept == part.concept:
        if of_whole.get("fund") == "fiscal" and of_part.get("fund") not in (None, "fiscal"):
            return {k: v for k, v in of_whole.items() if k != "fund"}.items() <= of_part.items()
        return len(of_part) > len(of_whole) and of_whole.items() <= of_part.items()
    if "fund" in of_part and of_whole.get("fund", "fiscal") not in (of_part["fund"], "fiscal"):
        return False
    if any(name in ("economic", "function") and of_part.get(name) != value for name, value in of_whole.items()):
        return False  # 人员经费 is no part of 对个人和家庭的补助
    concept = standards.concepts.get(part.concept)
    parent = concept.parent if concept is not None else ""
    names = (part.concept, parent) if parent.endswith(".total") else (part.concept,)  # 财政拨款收入 stands for the income of the year
    partitions = [p for p in standards.partitions if p.whole.concept == whole.concept]
    if any(ref.concept == part.concept for p in partitions for ref in p.parts):
        return True
    for equation in standards.equations:
        for one, other in ((equation.left, equation.right), (equation.right, equation.left)):
            mine = equation.op == "=" and len(one) == 1 and len(other) > 1 and one[0].ref.concept == whole.concept
            if mine and any(t.ref.concept in names and t.coefficient > 0 for t in other):
                return True
    return not partitions and concept is not None and parent == whole.concept


#: 总收入…，其中：本年收入…，年初结转和结余….
WITH_BALANCE = {"income.total": "grand_total.income", "expenditure.total": "grand_total.expenditure"}


def size(fact: Fact) -> Decimal:
    """What a figure states, money in yuan: 2.6万元 and 26000元 are one amount."""
    return fact.figure.yuan if fact.figure.is_money else fact.figure.value


class Frames:
    """The open lists of a sentence, the innermost last; ``listings`` are those that were closed."""

    def __init__(self, standards: Standards, facts: list[Fact]) -> None:
        self.standards = standards
        self.facts = facts
        self.open: list[Frame] = []
        self.apart: dict[tuple[Key, bool], Frame] = {}  # of those with the same whole in the same kind of unit only the innermost, that one last
        self._first: dict[Key, dict[Decimal, Frame]] = {}  # of those with the same key the outermost of each printed value
        self._wholes: set[int] = set()
        self.listings: list[Listing] = []

    def push(self, whole: int | None) -> None:
        """Opens a list under a fact; nothing is opened under what is no amount."""
        if whole is None:
            return
        fact = self.facts[whole]
        if fact.concept == "outcome" or fact.measure not in ("amount", "count"):
            return
        if whole in self._wholes:
            return
        frame = Frame(whole, fact.key, fact.figure.is_money, len(self.open))
        self._wholes.add(whole)
        self.open.append(frame)
        self._innermost(frame)

    def _innermost(self, frame: Frame) -> None:
        self.apart.pop((frame.key, frame.money), None)
        self.apart[frame.key, frame.money] = frame
        self._first.setdefault(frame.key, {}).setdefault(size(self.facts[frame.whole]), frame)

    def _drop(self, frame: Frame) -> None:
        """Takes a list away as though it had never been opened."""
        self.open = [kept for kept in self.open if kept is not frame]
        self._wholes.discard(frame.whole)
        self.apart.clear()
        self._first.clear()
        for depth, kept in enumerate(self.open):
            kept.depth = depth
            self._innermost(kept)

    def whole_for(self, key: Key) -> Frame | None:
        """The innermost open list that ``key`` can be a part of."""
        for frame in reversed(self.apart.values()):
            if is_part(frame.key, key, self.standards):
                return frame
        return None

    def add(self, fact: Fact, since: int = 0) -> None:
        """Puts a bound fact into the list it belongs to, of those from the ``since``-th on (a remark in brackets joins no list around it)."""
        if fact.measure not in ("amount", "count"):
            return
        for frame in reversed(self.apart.values()):
            if frame.depth < since:
                return
            if frame.money == fact.figure.is_money and frame.key.period == fact.key.period and is_part(frame.key, fact.key, self.standards):
                if fact.id != frame.whole:
                    frame.parts[fact.id] = None
                return

    def widen(self, fact: Fact, role: str = "") -> int | None:
        """The id of the fact that was found to be something wider. ``实有人数286人，其中：在职人员262人``: what lists itself as its own part was something wider, and nobody's; of income, the total with what was carried over."""
        for value, frame in self._first.get(fact.key, {}).items():
            if value != size(fact):
                whole = self.facts[frame.whole]
                said = dimensions(indicator=whole.figure.printed)
                wider = whole.key._replace(concept=WITH_BALANCE[whole.concept]) if role == "narrative.total" and whole.concept in WITH_BALANCE else None
                self.facts[frame.whole] = replace(whole, key=wider or whole.key._replace(concept="outcome", dimensions=said))
                self._drop(frame)
                return frame.whole
        return None

    def ended_by(self, key: Key) -> bool:
        """Whether an amount of ``key`` is a new whole, at which the lists before it end."""
        if not any(frame.money for frame in self.apart.values()) or self.whole_for(key) is not None:
            return False
        return not any(key.concept.startswith(frame.key.concept + ".") or key == frame.key for frame in self.apart.values())

    def close(self, truncated: bool = False) -> None:
        """Ends all open lists; those with at least two parts are kept."""
        for frame in self.open:
            if len(frame.parts) >= 2:
                place = self.facts[frame.whole].place
                self.listings.append(Listing(frame.whole, tuple(frame.parts), False if frame.open_ended else None, truncated, place))
        self.open.clear()
        self.apart.clear()
        self._first.clear()
        self._wholes.clear()
