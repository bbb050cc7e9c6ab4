"""Sentences of a department-year through the slot notation, with a record of every figure that was written and of what it means.

:class:`Writer` fills a template's slots with placeholder characters (one for each figure or direction word), so that the notation's own
``write`` decides what is written; :meth:`Writer.settle` then prints the figures in the document's typography and tells where each stands.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extraction.writing.year import DepartmentYear, rounded
from gouji.model.fact import Dimensions, Direction, Key, dimensions
from gouji.standards.notation import NotationError
from gouji.standards.pack import Ref, Standards
from gouji.standards.slots import Slot, parse, to_regex, write

_FIRST = 0xE000
_FISCAL = dimensions(fund="fiscal")  # a listing may state the three funds in one
_PLACEHOLDER = re.compile("[\ue000-\uf8ff]")
_UP, _DOWN = ("增加", "增长"), ("减少", "下降")
_RATE_UP, _RATE_DOWN = ("增长", "上升", "提高"), ("下降", "降低", "减少")
_BUDGET_WORDS: tuple[tuple[str, str], ...] = (
    ("年初预算", "budget_initial"),
    ("全年预算", "budget_adjusted"),
    ("调整预算", "budget_adjusted"),
)


@dataclass(frozen=True)
class Written:
    """One figure as written: the fact it states, its printed value, where it stands in the text (after :meth:`Writer.settle`)."""

    key: Key
    value: Decimal
    unit: str
    direction: Direction | None = None
    base: Key | None = None
    start: int = -1
    end: int = -1
    section: str = ""


@dataclass(frozen=True)
class Typography:
    """How a document prints figures."""

    separators: bool = False  # 1,234.56
    full_width: bool = False  # １２３４．５６
    blanks: bool = False  # 1234.56 万元
    trimmed: bool = False  # 3 for 3.00, as Word and Excel leave it
    half_width_marks: bool = False  # ,:; for ，：；

    def figure(self, value: Decimal, count: bool) -> str:
        if count:
            shown = str(int(value))
        elif self.trimmed:
            shown = format(value.normalize(), "f")
        else:
            shown = format(value, ",.2f" if self.separators else ".2f")
        if self.full_width:
            shown = shown.translate({ord(a): ord(b) for a, b in zip("0123456789.,", "０１２３４５６７８９．，", strict=True)})
        return shown + " " * self.blanks


class Writer:
    """Writes the sentences of one document; ``figures`` are in the order of writing."""

    def __init__(self, made: DepartmentYear, standards: Standards, unit: str, source: random.Random, print_as: Typography) -> None:
        self.made, self.standards, self.unit, self.source, self.print_as = made, standards, unit, source, print_as
        self.seed = source.random()
        self.figures: list[Written] = []
        self.slots: list[Written | str] = []  # by placeholder: a figure, or a direction word
        self.section = ""
        self.level: list[tuple[str, Dimensions]] = []  # what was said to be as last year

    # ------------------------------------------------------------------------------------------------ one sentence
    def sentence(
        self,
        name: str,
        texts: Mapping[str, str] | None = None,
        must: Sequence[tuple[str, Dimensions]] = (),
        measures: Sequence[str] = (),
        **wild: str,
    ) -> str:
        """A random wording of ``name`` that can be written. ``must``: amounts of which all or none are stated; ``measures`` have to be told; ``wild``: values of ``*``."""
        variants = list(self.standards.template_variants[name])
        # One document words its items alike; a change that is told in one place is told in its neighbours too.
        (random.Random(self.seed) if wild else self.source).shuffle(variants)
        for text in variants:
            mark = len(self.slots)
            try:
                written = self._write(text, texts or {}, wild)
            except NotationError:
                del self.slots[mark:]
                continue
            printed = {self._slot_of(char) for char in _PLACEHOLDER.findall(written)}
            stated = {(p.key.concept, p.key.dimensions) for p in printed if isinstance(p, Written) and p.key.measure in ("amount", "count")}
            if not set(measures) <= {p.key.measure for p in printed if isinstance(p, Written)}:
                continue
            told = [each in stated or (each[0], _FISCAL) in stated for each in must]
            if all(told) or not any(told):
                return written
            del self.slots[mark:]
        raise AssertionError(f"no wording of {name} can be written")

    def _slot_of(self, char: str) -> Written | str:
        return self.slots[ord(char) - _FIRST]

    def _write(self, text: str, texts: Mapping[str, str], wild: Mapping[str, str]) -> str:
        parts = parse(text, self.standards.concepts)
        values: dict[str, str | Decimal | int] = {"Y": self.made.year, "unit": self.unit}
        values |= {f"text:{name}": value for name, value in texts.items()}
        for slot in to_regex(parts)[1]:
            if slot.ref is not None and (value := self._value(slot, text, wild)) is not None:
                self.slots.append(value)
                values[slot.key] = chr(_FIRST + len(self.slots) - 1)
        return write(parts, values, self.source.randrange)

    # ------------------------------------------------------------------------------------------------ what a slot says
    def _value(self, slot: Slot, text: str, wild: Mapping[str, str]) -> Written | str | None:
        ref = slot.ref
        assert ref is not None
        dims = dimensions(**{name: wild.get(name, "") if value == "*" else value for name, value in ref.dimensions})
        money = ref.measure == "amount" and self.standards.concepts[ref.concept].kind == "count"  # 涉及预算金额 of so many projects
        value = self.made.get(f"{ref.concept}.amount" if money else ref.concept, dims, ref.phase, ref.period)
        if value is None or (value == 0 and ref.concept in self.made.absent):
            return None
        key = Key(ref.concept, ref.measure, ref.phase, "", str(self.made.year + ref.period), dims)
        if ref.measure in ("change", "change_rate"):
            return self._change(slot, ref, key, value)
        before = text[: text.index("{" + slot.key + "}")]
        if ref.measure == "share":
            return self._share(key, value, before)
        if ref.measure == "completion":
            return self._completion(key, value, before)
        if ref.measure == "score":
            return Written(key, value, "分")
        if ref.measure == "count":
            unit = text[text.index("{" + slot.key + "}") + len(slot.key) + 2 :]
            return Written(key, value, re.match(r"\(?(批次|人次|个|次|人|辆|台)?", unit)[1] or "")  # type: ignore[index]
        if key.concept == "three_public.reception.item":
            return Written(key, value, "元")
        return Written(key, rounded(value), "万元")

    def _change(self, slot: Slot, ref: Ref, key: Key, value: Decimal) -> Written | str | None:
        last = self.made.get(ref.concept, key.dimensions, "executed", -1)
        if last is None or value == last or (ref.measure == "change_rate" and last == 0):
            return None
        up = value > last
        if slot.kind == "direction":
            rate = ref.measure == "change_rate"
            return self.source.choice((_RATE_UP if rate else _UP) if up else (_RATE_DOWN if rate else _DOWN))
        base = key._replace(measure="amount", period=str(self.made.year - 1))
        size = abs(value - last)
        direction: Direction = "increase" if up else "decrease"
        if ref.measure == "change":
            return Written(key, rounded(size), "万元", direction, base)
        return Written(key, rounded(size / last * 100), "%", direction, base)

    def _share(self, key: Key, value: Decimal, before: str) -> Written | None:
        dims = dict(key.dimensions)
        concept = self.standards.concepts[key.concept]
        assert concept.base is not None
        if dims.pop("function", ""):
            base = key._replace(measure="amount", dimensions=dimensions(**dims))
        elif before.endswith("占授予中小企业合同金额的"):
            base = Key("procurement.sme", "amount", "executed", "", key.period, ())
        else:
            own = key.dimensions if key.concept.startswith("expenditure.basic.") else concept.base.dimensions
            base = Key(concept.base.concept, "amount", "executed", "", key.period, own)
        whole = self.made.have(base.concept, base.dimensions)
        return Written(key, rounded(value / whole * 100), "%", None, base) if whole else None

    def _completion(self, key: Key, value: Decimal, before: str) -> Written | None:
        phase = next((p for word, p in _BUDGET_WORDS if word in before[-10:]), self.standards.settings["completion_base"])
        budget = self.made.have(key.concept, key.dimensions, "budget_adjusted" if phase == "budget" else phase)
        if not budget and value:
            return None
        rate = rounded(value / budget * 100) if budget else Decimal(0)
        return Written(key, rate, "%", None, key._replace(measure="amount", phase=phase))  # type: ignore[arg-type]

    # ------------------------------------------------------------------------------------------------ the whole text
    def settle(self, text: str, sections: Sequence[tuple[int, str]] = ()) -> str:
        """The text with its figures printed; fills ``figures`` with what stands in it. ``sections``: where each begins (before printing)."""
        pieces: list[str] = []
        length = at = 0
        for match in _PLACEHOLDER.finditer(text):
            pieces.append(text[at : match.start()])
            length += match.start() - at
            at = match.end()
            slot = self._slot_of(match.group())
            if isinstance(slot, str):
                pieces.append(slot)
                length += len(slot)
                continue
            printed = self.print_as.figure(slot.value, slot.key.measure == "count" or slot.unit == "元")
            section = next((name for start, name in reversed(sections) if start <= match.start()), "")
            self.figures.append(replace(slot, start=length, end=length + len(printed.rstrip()), section=section))
            pieces.append(printed)
            length += len(printed)
        return "".join(pieces) + text[at:]
