"""``read_dossier``: a document and its standards → a dossier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from gouji.documents import Document
from gouji.extraction.binding import Binder
from gouji.extraction.cells import told_in_cells
from gouji.extraction.forms import FormReading, read_forms
from gouji.extraction.identity import first_look
from gouji.extraction.items import told_by_statements
from gouji.extraction.lexicon import lexicon_of
from gouji.extraction.lined import lined
from gouji.extraction.outline import build_outline
from gouji.extraction.parted import with_tables
from gouji.extraction.statements import read_statements
from gouji.extraction.texts import texts_of
from gouji.extraction.titles import titles_of
from gouji.model.collector import collector_paused
from gouji.model.dossier import Dossier, Grain, Source
from gouji.model.fact import Fact
from gouji.model.outline import NumberToken
from gouji.model.records import Evaluation
from gouji.standards import Standards, jurisdiction_of, load
from gouji.standards.scheme_match import find_item, recognise


@collector_paused()
def read_dossier(document: Document) -> tuple[Dossier, Standards]:
    """The dossier of a document, and the standards it was read with (chosen by its unit's name and its year)."""
    _unit, year, jurisdiction = first_look(document)
    standards = load(jurisdiction or "cn", year)
    document, prepared = with_tables(document, lined(document, titles_of(standards)))
    outline, identity = build_outline(document, standards, jurisdiction_of, prepared)
    binder = Binder(outline, lexicon_of(standards), identity.year)
    binder.run()
    statements = read_statements(document, outline, standards, identity.year, len(binder.facts))
    before = told_by_statements(binder.facts, statements.facts, lexicon_of(standards))
    forms = read_forms(document, outline, identity.year, len(before), statements.spans)
    cells, reckoned = told_in_cells(outline, (*before, *forms.facts), identity.year)
    dossier = Dossier(
        source=Source(document.path, document.sha256, document.format),
        unit=identity.unit,
        year=identity.year,
        kind=identity.kind,
        jurisdiction=standards.jurisdiction,
        packs=standards.packs,
        facts=(*before, *forms.facts, *cells),
        listings=tuple(binder.frames.listings),
        claims=tuple(binder.claims),
        reckonings=(*binder.reckoner.found, *reckoned),
        texts=texts_of(outline),
        projects=forms.projects,
        evaluations=tuple(_recognised(each, standards.jurisdiction) for each in forms.evaluations),
        listed=forms.listed,
        problems=forms.problems,
        grains=grains_of(before),
        statements=statements.statements,
        outline=replace(outline, numbers=_tokens(binder.numbers, forms, statements.facts, document.text), paths=tuple(binder.paths)),
        complete=identity.complete,
        unit_names=identity.unit_names,
        year_doubt=identity.year_doubt,
        notes=(*standards.notes, *document.notes, *forms.doubts),
    )
    return dossier, standards


def _recognised(evaluation: Evaluation, jurisdiction: str) -> Evaluation:
    """The evaluation with its scheme and the ids of the scheme's items, where its items tell them."""
    scheme = recognise(evaluation, jurisdiction)
    if scheme is None:
        return evaluation
    items = []
    for each in evaluation.items:
        item = find_item(scheme, each.path, each.id)
        items.append(replace(each, id=item.id if item is not None else ""))
    return replace(evaluation, scheme=scheme.id, items=tuple(items))


def _tokens(numbers: list[NumberToken], forms: FormReading, cells: tuple[Fact, ...], document_text: str) -> tuple[NumberToken, ...]:
    """All number tokens in order; what a form or a statement made a fact of is bound to it."""
    bound = {place.start: (place, fact) for place, fact, _ in forms.tokens if fact is not None}
    bound |= {fact.place.start: (fact.place, fact.id) for fact in cells}
    if bound:
        numbers = [n for n in numbers if n.place.start not in bound]
        numbers += [NumberToken(document_text[place.start : place.end], place, "bound", "", fact) for place, fact in bound.values()]
    return tuple(sorted(numbers, key=lambda n: n.place.start))


def grains_of(facts: Iterable[Fact]) -> tuple[tuple[str, Grain], ...]:
    """The printed precision of each kind of figure: what at least two figures show is established."""
    decimals: dict[str, list[int]] = defaultdict(list)
    for fact in facts:
        if fact.concept == "outcome":
            continue
        if fact.figure.is_money:
            decimals[fact.figure.unit].append(fact.figure.decimals)
        elif fact.figure.is_rate:
            decimals["%"].append(fact.figure.decimals)
        elif fact.figure.unit == "分":
            decimals["分"].append(fact.figure.decimals)
    found = []
    for unit, seen in sorted(decimals.items()):
        finest = min(max(seen), 2)
        established = sum(d >= finest for d in seen) >= 2
        found.append((unit, Grain(Decimal(1).scaleb(-finest) if established else Decimal("0.01"), established)))
    return tuple(found)
