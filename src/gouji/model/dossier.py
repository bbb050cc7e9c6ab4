"""The dossier (卷宗): one department-year as facts, claims, records and texts. Everything enters and leaves as one."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import Literal

from gouji.model.fact import Claim, Fact, Key, Listing, Reckoning
from gouji.model.figure import Figure, Interval, Place
from gouji.model.outline import Outline
from gouji.model.record import record
from gouji.model.records import Evaluation, Problem, Project
from gouji.model.statement import Derivation, Statement

Kind = Literal["department", "unit", "performance-report", "budget", "fragment"]


@record
class Source:
    """Where the dossier came from. ``path`` as the user gave it; ``format`` is txt, docx, html, pdf, xlsx."""

    path: str
    sha256: str
    format: str


@record
class Pack:
    """A pack that was used: its id, the year asked for, the hash of its data."""

    id: str
    year: int
    sha256: str


@record
class Text:
    """A piece of wording by slot (duties, a reason, a conclusion)."""

    slot: str
    text: str
    place: Place | None = None
    about: int | None = None


@record
class Grain:
    """The printed precision of a kind of figure in this document: ``step`` (0.01 …); ``established`` False where it is only assumed."""

    step: Decimal
    established: bool


@record
class Dossier:
    """One department-year. ``grains`` by kind: ``万元``, ``元``, ``亿元``, ``%``, ``分``; counts have grain 1 and no half-width."""

    source: Source
    unit: str
    year: int | None
    kind: Kind
    jurisdiction: str
    packs: tuple[Pack, ...] = ()
    facts: tuple[Fact, ...] = ()  # facts[i].id == i
    listings: tuple[Listing, ...] = ()
    claims: tuple[Claim, ...] = ()
    reckonings: tuple[Reckoning, ...] = ()  # what sentences reckon themselves, outside the account
    texts: tuple[Text, ...] = ()
    projects: tuple[Project, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    listed: tuple[Project, ...] = ()  # projects and items that tables name with money or targets, apart from their forms
    problems: tuple[Problem, ...] = ()  # what an audit or inspection found, as a report lists it
    grains: tuple[tuple[str, Grain], ...] = ()
    outline: Outline = field(default_factory=lambda: Outline(""))
    complete: bool = False  # the document shows itself to be whole: only then may something be missing
    unit_names: tuple[tuple[str, Place], ...] = ()  # names by which the document calls its unit, with places
    year_doubt: str | None = None
    statements: tuple[Statement, ...] = ()
    derivations: tuple[Derivation, ...] = ()  # of a compiled dossier
    notes: tuple[str, ...] = ()  # things to tell the user, in Chinese (unknown jurisdiction, OCR …)

    def grain(self, kind: str) -> Grain:
        for name, grain in self.grains:
            if name == kind:
                return grain
        return Grain(Decimal("0.01"), False)

    def by_key(self) -> dict[Key, list[Fact]]:
        """All statements of each fact, in the order of the document."""
        found: dict[Key, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.key, []).append(fact)
        return found

    def interval(self, figure: Figure) -> Interval:
        """What the printed figure allows, in its own unit (money: in its printed unit).

        Counts (个, 人, 辆 …) are exact. A figure printed finer than its document's grain keeps its own precision.
        An approximate figure is open on the side(s) that its word opens, up to its last significant digit's step.
        """
        if figure.is_money or figure.is_rate or figure.unit == "分":
            unit = "%" if figure.is_rate else figure.unit
            step = min(self.grain(unit).step, Decimal(1).scaleb(-figure.decimals))
            half = step / 2
        else:
            half = Decimal(0) if figure.decimals == 0 else Decimal(1).scaleb(-figure.decimals) / 2
        interval = Interval.around(figure.value, half)
        if figure.approximation is None:
            return interval
        from gouji.model.figure import APPROXIMATION

        bend = APPROXIMATION.get(figure.approximation, "both")
        own = Decimal(1).scaleb(-figure.decimals)
        slack = max(own, abs(figure.value) / 10)
        low = interval.low - (slack if bend in ("both", "down") else 0)
        high = interval.high + (slack if bend in ("both", "up") else 0)
        return Interval(low, high)

    @property
    def source_name(self) -> str:
        return self.source.path.replace("\\", "/").rsplit("/", 1)[-1]
