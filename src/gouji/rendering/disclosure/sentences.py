"""A sentence of the templates as runs that know their facts.

The notation's own rules hold (:mod:`gouji.standards.slots`): a piece in brackets stands where all its slots have values. Writing adds two: a piece whose
amounts and counts are all nothing is left out (其中 lists name what there is), and of (部门|单位) the word of the document is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gouji.rendering.disclosure.blocks import Run
from gouji.rendering.disclosure.figures import Figures
from gouji.standards.pack import Ref
from gouji.standards.slots import Choice, Literal, Optional, Part, Parts, Slot, parse, to_regex

#: The runs of a text slot (``reason.total``), None where nobody gave the text.
Given = Callable[[str], tuple[Run, ...] | None]


@dataclass
class Sentences:
    """Writes sentences of one dossier. ``word`` is 部门 or 单位."""

    figures: Figures
    word: str
    lacking: list[Slot] = field(default_factory=list)  # slots of the last sentence that could not be written

    def write(self, name: str, given: Given, star: str = "") -> tuple[Run, ...] | None:
        """The first wording of ``name`` that can be written, or None; then ``lacking`` says what the first wording lacks."""
        first: list[Slot] = []
        for number, text in enumerate(self.figures.standards.template_variants[name]):
            writer = _Writer(self, given, star)
            runs = writer.parts(_parsed(text))
            if runs is not None:
                self.lacking = []
                return _joined(runs)
            if not number:
                first = writer.lacking
        self.lacking = first
        return None

    def rate_missing(self, name: str, star: str, measure: str) -> bool:
        """Whether the sentence tells money for which there is no rate: last year, or in the budget, there was nothing."""
        wanted = [slot.ref for slot in self.wants(name, star) if slot.kind == "figure" and slot.ref is not None and slot.ref.measure == measure]
        return any(self.figures.find(ref, star) is None and (measure != "completion" or self._spent(ref, star)) for ref in wanted)

    def _spent(self, ref: Ref, star: str) -> bool:
        amount = self.figures.find(replace(ref, measure="amount"), star)
        return amount is not None and self.figures.value(amount) != 0

    def asks(self, name: str, text: str) -> bool:
        """Whether the first wording has a slot for this text."""
        return any(slot.key == f"text:{text}" for slot in to_regex(_parsed(self.figures.standards.templates[name]))[1])

    def wants(self, name: str, star: str = "") -> tuple[Slot, ...]:
        """The figure slots of the first wording."""
        return tuple(slot for slot in to_regex(_parsed(self.figures.standards.templates[name]))[1] if slot.ref is not None)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Parts:
    from gouji.standards import load

    return parse(text, load().concepts)


class _Writer:
    """One wording being written."""

    def __init__(self, owner: Sentences, given: Given, star: str) -> None:
        self.owner, self.figures, self.given, self.star = owner, owner.figures, given, star
        self.lacking: list[Slot] = []

    def parts(self, parts: Parts) -> list[Run] | None:
        runs: list[Run] = []
        complete = True
        for at, part in enumerate(parts):
            found = self.part(part, parts[at + 1] if at + 1 < len(parts) else None)
            if found is None:
                complete = False
            else:
                runs += found
        return runs if complete else None

    def part(self, part: Part, after: Part | None) -> list[Run] | None:
        if isinstance(part, Literal):
            return [Run(part.text)]
        if isinstance(part, Choice):
            return self.choice(part)
        if isinstance(part, Optional):
            return self.optional(part.parts)
        runs = self.slot(part)
        if runs is None:
            self.lacking.append(part)
        elif runs and isinstance(after, Literal) and after.text[:1] in "。；，、" and runs[-1].kind == "author":
            runs[-1] = Run(runs[-1].text.rstrip("。；;，,、."), None, "author", runs[-1].slot)
        return runs

    def choice(self, part: Choice) -> list[Run] | None:
        word = Literal(self.owner.word)
        options = sorted(part.options, key=lambda option: option != (word,))
        for option in options:
            lacking = len(self.lacking)
            runs = self.parts(option)
            if runs is not None:
                del self.lacking[lacking:]
                return runs
        return None

    def optional(self, parts: Parts) -> list[Run]:
        slots = to_regex(parts)[1]
        lacking = len(self.lacking)
        amounts = [slot for slot in slots if slot.ref is not None and slot.ref.measure in ("amount", "count")]
        facts = [self.figures.find(slot.ref, self.star) for slot in amounts if slot.ref is not None]
        if amounts and all(fact is None or self.figures.value(fact) == 0 for fact in facts):
            return []
        runs = self.parts(parts)
        del self.lacking[lacking:]
        return [] if runs is None or not slots else runs

    def slot(self, slot: Slot) -> list[Run] | None:
        if slot.kind == "year":
            return [Run(str(self.figures.year + slot.offset))]
        if slot.kind == "unit":
            return [Run(self.figures.dossier.unit)]
        if slot.kind == "text":
            runs = self.given(slot.key.removeprefix("text:"))
            return list(runs) if runs else None
        assert slot.ref is not None
        fact = self.figures.find(slot.ref, self.star)
        if fact is None:
            return None
        if slot.kind == "direction":
            rate = slot.ref.measure == "change_rate"
            words = {"increase": "增长" if rate else "增加", "decrease": "下降" if rate else "减少"}
            return [Run(words[fact.direction], fact.id, "direction")] if fact.direction in words else None
        return [Run(self.figures.shown(fact), fact.id, "figure")]


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbouring plain texts as one run."""
    found: list[Run] = []
    for run in runs:
        if found and not run.kind and not found[-1].kind:
            found[-1] = Run(found[-1].text + run.text)
        elif run.text:
            found.append(run)
    return tuple(found)


def listed(pieces: list[tuple[Run, ...]], mark: str) -> tuple[Run, ...]:
    """Sentences joined by a mark."""
    runs: list[Run] = []
    for at, piece in enumerate(pieces):
        runs += [Run(mark)] if at else []
        runs += piece
    return _joined(runs)
