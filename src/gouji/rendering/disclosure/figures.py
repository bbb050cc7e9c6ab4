"""The figures of a compiled dossier as sentences print them: looked up by what a slot asks for, rounded half-up, never computed.

Money is printed in the concept's unit (万元 with two decimals, a reception in 元), nothing as a bare 0; rates with two decimals, 0 and 100 bare.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from gouji.model.dossier import Dossier
from gouji.model.fact import Fact, Key
from gouji.model.figure import YUAN
from gouji.standards.pack import Ref, Standards
from gouji.standards.plan import Condition

_ZERO = Decimal(0)


class Figures:
    """The facts of one dossier by key. ``star`` of a lookup is what ``*`` stands for in the dimensions."""

    def __init__(self, dossier: Dossier, standards: Standards) -> None:
        self.dossier, self.standards = dossier, standards
        self.year = dossier.year or standards.year
        self.texts = {text.slot: text.text.strip() for text in dossier.texts if text.text.strip()}
        self.classified = {kind: tuple(slot.removeprefix(f"classified.{kind}.") for slot in self.texts if slot.startswith(f"classified.{kind}.")) for kind in ("function", "project")}
        self._by_key: dict[Key, list[Fact]] = {}
        for fact in dossier.facts:
            self._by_key.setdefault(fact.key, []).append(fact)
        self._closed = self._nothing_left() if self.classified["function"] else {}
        settings = standards.settings
        self._money = Decimal(1).scaleb(-int(settings.get("money_decimals", "2")))
        self._rate = Decimal(1).scaleb(-int(settings.get("rate_decimals", "2")))
        self._completion = settings.get("completion_phase", "budget_adjusted")
        self._micro = settings.get("micro_share_base", "procurement.total")

    def key(self, ref: Ref, star: str = "") -> Key:
        """What a slot asks for."""
        dims = tuple((name, star if value == "*" else value) for name, value in ref.dimensions)
        return Key(ref.concept, ref.measure, ref.phase, "", str(self.year + ref.period), dims)

    def is_classified(self, key: Key) -> bool:
        """Whether a figure speaks of an item or a project that is marked as classified, or of what stands beneath it."""
        dims = dict(key.dimensions)
        function = dims.get("function", "")
        if function and (self._is_marked(function) or function in self._closed.get(dims.get("fund", ""), ())):
            return True
        return dims.get("project", "?") in self.classified["project"]

    def _is_marked(self, function: str) -> bool:
        return any(function.startswith(code) for code in self.classified["function"])

    def _nothing_left(self) -> dict[str, frozenset[str]]:
        """By fund the 款 and 类 under which everything is marked: printed, they would tell the amount of what is left out beneath them."""
        spent: dict[str, set[str]] = {}
        for key, facts in self._by_key.items():
            dims = dict(key.dimensions)
            if len(dims.get("function", "")) == 7 and key.measure == "amount" and any(fact.figure.value for fact in facts):
                spent.setdefault(dims.get("fund", ""), set()).add(dims["function"])
        found: dict[str, frozenset[str]] = {}
        for fund, items in spent.items():
            shown = {item for item in items if not self._is_marked(item)}
            above = {item[:length] for item in items for length in (3, 5)}
            found[fund] = frozenset(above - {item[:length] for item in shown for length in (3, 5)})
        return found

    def find(self, ref: Ref, star: str = "") -> Fact | None:
        """The fact of a slot; of several rates the one whose base is what the sentence says."""
        found = self._by_key.get(self.key(ref, star), [])
        fitting = [fact for fact in found if self._fits(fact)]
        return fitting[0] if fitting else None

    def _fits(self, fact: Fact) -> bool:
        if fact.base is None:
            return True
        if fact.measure == "completion":
            return fact.base.phase in (self._completion, "budget")
        if fact.concept == "procurement.micro" and fact.measure == "share":
            return fact.base.concept == self._micro
        return True

    def printed_items(self) -> set[str]:
        """The 项 that stand in the statements, but for those that are classified."""
        codes = {row.code for statement in self.dossier.statements for row in statement.rows}
        return {code for code in codes if len(code) == 7 and code in self.standards.functions and not self._is_marked(code)}

    def value(self, fact: Fact) -> Decimal:
        """The printed magnitude in the unit of writing."""
        figure = fact.figure
        if figure.is_money:
            unit = self.unit(fact)
            grain = self._money if unit != "元" else (Decimal(1) if figure.yuan == figure.yuan.to_integral_value() else self._money)
            return rounded(figure.yuan / YUAN[unit], grain)
        if figure.is_rate:
            return rounded(figure.value, self._rate)
        return figure.value

    def unit(self, fact: Fact) -> str:
        """The unit that is printed behind it: of money that of its concept."""
        if not fact.figure.is_money:
            return fact.figure.unit
        concept = self.standards.concepts.get(fact.concept)
        return concept.unit if concept is not None and concept.unit in YUAN else self.standards.settings.get("money_unit", "万元")

    def shown(self, fact: Fact) -> str:
        """The digits as a sentence prints them; a change without its sign."""
        value = self.value(fact)
        if fact.measure in ("change", "change_rate"):
            value = abs(value)
        if not fact.figure.is_money and not fact.figure.is_rate:
            return plain(value)
        return plain(value) if value == 0 or (fact.figure.is_rate and value == 100) else f"{value:f}"

    def holds(self, condition: Condition, star: str = "") -> bool:
        """Whether a condition of the plan holds."""
        if condition.ref is None:
            given = condition.word in self.texts
            forms = bool(self.dossier.projects or any(each.total.text for each in self.dossier.evaluations))
            kind = self.dossier.kind == condition.word
            return {"text": given, "no text": not given, "kind": kind, "has": forms, "no": not forms}[condition.op]
        if condition.op == "withheld":
            shown, hidden = (self.stars(condition.ref, "function", condition.word, hidden=each) for each in (False, True))
            return bool(hidden) and not shown
        fact = self.find(condition.ref, star)
        if condition.op in ("known", "unknown"):
            return (fact is not None) == (condition.op == "known")
        if fact is None:
            return False
        value, number = self.value(fact), condition.number
        return {"=": value == number, "!=": value != number, ">": value > number, "<": value < number, ">=": value >= number, "<=": value <= number}[
            condition.op
        ]

    def all_hold(self, conditions: tuple[Condition, ...], star: str = "") -> bool:
        return all(self.holds(each, star) for each in conditions)

    def stars(self, ref: Ref, dimension: str, level: str = "", *, hidden: bool = False) -> list[str]:
        """The values of a dimension for which the slot's figure is stated and anything of it is not nothing, in order of code or of the facts; what is
        classified is none of them (``hidden``: those that are)."""
        length = {"类": 3, "款": 5, "项": 7}.get(level)
        others = tuple((name, value) for name, value in ref.dimensions if value != "*")
        found: dict[str, bool] = {}
        for key, facts in self._by_key.items():
            if key.concept != ref.concept or key.measure not in ("amount", "count") or key.period != str(self.year + ref.period):
                continue
            value = dict(key.dimensions).get(dimension)
            if value is None or tuple(pair for pair in key.dimensions if pair[0] != dimension) != others or (length and len(value) != length):
                continue
            if self.is_classified(key) != hidden:
                continue
            spent = key.phase in ("executed", self._completion) and any(self.value(fact) != _ZERO for fact in facts)
            found[value] = found.get(value, False) or spent
        names = [value for value, spent in found.items() if spent]
        return sorted(names) if dimension in ("function", "economic") else names


def rounded(value: Decimal, grain: Decimal) -> Decimal:
    """Half up, away from zero; never minus zero."""
    result = value.quantize(grain, rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def plain(value: Decimal) -> str:
    """Without trailing zeros: 95.5, 100, 0."""
    return f"{value.normalize():f}" if value else "0"
