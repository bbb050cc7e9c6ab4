"""The 财决 workbook → the compiled dossier: its figures as they stand, what follows from them, and the books (where given) as their drill-down."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gouji.accounts.amounts import CONCEPTS, THREE_PUBLIC, add_totals
from gouji.accounts.books import Books
from gouji.accounts.comparisons import add_comparisons, add_last_year
from gouji.accounts.compile import compile_into, grains
from gouji.accounts.drafting import Draft, derived
from gouji.accounts.evaluation import Entered, add_evaluation
from gouji.accounts.explain import name_of
from gouji.accounts.final_accounts import Cell, FinalAccounts
from gouji.accounts.statements import Filling
from gouji.model.dossier import Dossier, Source
from gouji.model.fact import Fact, Key, Phase
from gouji.model.figure import Place
from gouji.model.outline import Outline
from gouji.model.records import Evaluation
from gouji.standards.books import FISCAL, SOURCES

_PHASES: tuple[Phase, ...] = ("executed", "budget_initial", "budget_adjusted")
_SHOWN = 40  # differences that are listed one by one


def compile_sheets(
    accounts: FinalAccounts, *, books: Books | None = None, unit: str = "", department: str = "", previous: Dossier | None = None, entered: Entered | None = None
) -> Dossier:
    """The dossier of a 财决 workbook. ``books`` add what no sheet has (projects, months, budgets by 项) and lead each figure down to vouchers.

    ``entered``: data of the department's evaluation; without books the evaluation is made where they are given.
    """
    draft = Draft(accounts.standards, accounts.year)
    for key, (value, cell) in accounts.cells.items():
        derivation = derived("cell", source=f"{cell.id} {cell.sheet}", rows=(("行", str(cell.row)), ("列", cell.column), ("名称", cell.name)))
        if key.measure == "count":
            draft.count(key, int(value), derivation)
        else:
            draft.add(key, value, "元", derivation)
    draft.fix()
    notes = [*accounts.standards.notes, *accounts.notes, *(each.zh for each in accounts.warnings)]
    dossier: Dossier | None = None
    evaluations: tuple[Evaluation, ...] = ()
    if books is not None:
        dossier = compile_into(draft, books, unit=unit, department=department, previous=previous, before=complete, entered=entered)
        notes += difference_notes(draft, accounts)
        notes += [note for note in dossier.notes if note not in notes]
    else:
        complete(draft)
        if previous is not None:
            notes += add_last_year(draft, previous)
        add_comparisons(draft)
        if entered is not None:
            evaluations, asked = add_evaluation(draft, None, None, (), entered)
            notes += asked
    functions = {code: row.name for code, row in accounts.standards.functions.items()}
    titles = {project.key: project.name.text or "" for project in dossier.projects} if dossier else {}
    facts, outline = placed(draft, accounts)
    kind = dossier.kind if dossier else "department" if accounts.kind == "department" else "unit"
    filling = Filling({fact.key: fact for fact in facts}, accounts.standards, accounts.year, kind, accounts.unit, functions, titles)
    whole = Dossier(
        source=Source(accounts.path, accounts.sha256, "财决"), unit=accounts.unit, year=accounts.year, kind=kind, jurisdiction=accounts.standards.jurisdiction,
        packs=accounts.standards.packs, facts=facts, grains=grains(), complete=True, statements=filling.statements(),
        evaluations=evaluations, derivations=tuple(draft.derivations), notes=tuple(dict.fromkeys(notes)), outline=outline,
    )  # fmt: skip
    return replace(whole, projects=dossier.projects, evaluations=dossier.evaluations, texts=dossier.texts) if dossier else whole


def placed(draft: Draft, accounts: FinalAccounts) -> tuple[tuple[Fact, ...], Outline]:
    """The facts with places in a text that says, line by line, which cell each of them is: so that a check can quote the workbook."""
    lines: list[str] = []
    places: dict[Key, Place] = {}
    at = 0
    for number, (key, (value, cell)) in enumerate(accounts.cells.items(), 1):
        lead = f"{_address(cell)} {cell.name} "
        lines.append(f"{lead}{value:,}")
        places[key] = Place(at + len(lead), at + len(lines[-1]), number, cell.sheet)
        at += len(lines[-1]) + 1
    facts = tuple(replace(fact, figure=replace(fact.figure, place=places[fact.key])) if fact.key in places else fact for fact in draft.facts)
    return facts, Outline("\n".join(lines))


def _address(cell: Cell) -> str:
    return f"{cell.sheet} 第{cell.row}行{cell.column}列"


def complete(draft: Draft) -> None:
    """What the sheets do not state but what follows from what they state: sums of funds, of 款 and 类, totals, “三公” from economic codes."""
    _levels(draft)
    for concept in CONCEPTS.values():
        _fiscal(draft, concept)
    _fiscal(draft, "income.fiscal")
    for fund in FISCAL:
        draft.sum(draft.key("income.fiscal", fund=fund), [])
        for nature in ("total", "basic", "project"):
            draft.sum(draft.key(CONCEPTS[nature], fund=fund), [])
    draft.sum(draft.key("income.fiscal", fund="fiscal"), [draft.key("income.fiscal", fund=fund) for fund in FISCAL])
    draft.sum(draft.key("income.total"), [draft.key("income.fiscal", fund="fiscal"), *(draft.key(f"income.{each}") for each in SOURCES.values() if each != "fiscal")])
    draft.sum(draft.key("expenditure.total"), [draft.key(CONCEPTS[each]) for each in CONCEPTS if each != "total"])
    for use in ("personnel", "public"):
        classes = draft.standards.settings.get(f"basic_{use}", "").split()
        for fund in ("general_budget", ""):
            parts = [draft.key("expenditure.basic", fund=fund, economic=each) for each in classes]
            if any(part in draft.by_key for part in parts):
                draft.sum(draft.key(f"expenditure.basic.{use}", fund=fund), parts)
    for fund in ("", "fiscal", *FISCAL):
        if fund or draft.key("balance.opening") not in draft.by_key:
            draft.sum(draft.key("balance.opening", fund=fund), [draft.key("balance.opening", fund=each) for each in FISCAL] if fund == "fiscal" else [])
        _closing(draft, fund)
    add_totals(draft)
    _three_public(draft)


def _closing(draft: Draft, fund: str) -> None:
    before = [draft.key("balance.opening", fund=fund), draft.key("income.fiscal" if fund else "income.total", fund=fund)]
    after = [draft.key("expenditure.total", fund=fund)]
    if not fund:
        before.append(draft.key("balance.used_non_fiscal"))
        after.append(draft.key("balance.distributed"))
        for key in (before[-1], after[-1]):
            draft.sum(key, [])
    ids = [draft.by_key[each] for each in before if each in draft.by_key]
    out = [draft.by_key[each] for each in after if each in draft.by_key]
    value = sum((draft.facts[id].figure.value for id in ids), Decimal("0.00")) - sum((draft.facts[id].figure.value for id in out), Decimal(0))
    draft.add(draft.key("balance.closing", fund=fund), value, "元", derived("difference", (*ids, *out), rows=(("minus_from", str(len(ids))),)))


def _levels(draft: Draft) -> None:
    """款 and 类 of functions, 类 of economic codes, and the whole, where only what is below them was given."""
    for dimension, lengths in (("function", (5, 3, 0)), ("economic", (3, 0))):
        for length in lengths:
            parts: dict[Key, list[Key]] = {}
            for key in list(draft.by_key):
                dims = dict(key.dimensions)
                code = dims.get(dimension, "")
                if key.measure == "amount" and len(code) == (length + 2 if length else 3) and key.concept.startswith(("expenditure.", "income.")):
                    dims[dimension] = code[:length]
                    parts.setdefault(key._replace(dimensions=tuple(sorted((k, v) for k, v in dims.items() if v))), []).append(key)
            for above, keys in parts.items():
                if above not in draft.by_key:
                    draft.sum(above, keys)


def _fiscal(draft: Draft, concept: str) -> None:
    """The three funds together, by function and economic code."""
    for key in list(draft.by_key):
        dims = dict(key.dimensions)
        if key.concept == concept and key.measure == "amount" and dims.get("fund") in FISCAL and "project" not in dims:
            together = [key._replace(dimensions=tuple(sorted((dims | {"fund": fund}).items()))) for fund in FISCAL]
            whole = key._replace(dimensions=tuple(sorted((dims | {"fund": "fiscal"}).items())))
            if whole not in draft.by_key:
                draft.sum(whole, together)


def _three_public(draft: Draft) -> None:
    settings = draft.standards.settings
    funds = settings.get("three_public_funds", "").split()
    for item in THREE_PUBLIC:
        codes = settings.get("three_public_" + item.replace(".", "_"), "").split()
        parts = [draft.key("expenditure.total", fund=fund, economic=code) for fund in funds for code in codes]
        if any(part in draft.by_key for part in parts):
            draft.sum(draft.key(f"three_public.{item}"), parts)
    for whole, names in (("vehicle", ("vehicle.purchase", "vehicle.operation")), ("total", ("abroad", "vehicle", "reception"))):
        for phase in _PHASES:
            of = [draft.key(f"three_public.{each}", "amount", phase) for each in names]
            if any(each in draft.by_key for each in of):
                draft.sum(draft.key(f"three_public.{whole}", "amount", phase), of)


def difference_notes(draft: Draft, accounts: FinalAccounts) -> list[str]:
    """Where the books do not agree with the approved workbook: the finest first, sums that only follow from them left out where they can be."""
    fine = [each for each in draft.differences if dict(each[0].dimensions).get("fund") != "fiscal" and "economic" not in dict(each[0].dimensions)]
    fine.sort(key=lambda each: (-len(dict(each[0].dimensions).get("function", "")), each[0]))
    lines = [
        f"财决与账套不一致：{name_of(key, accounts.standards)}，财决 {approved:,}，账套 {booked:,}，差 {abs(approved - booked):,}；以财决为准" for key, approved, booked in fine
    ]
    if len(lines) > _SHOWN:
        lines = [*lines[:_SHOWN], f"财决与账套不一致的还有 {len(lines) - _SHOWN} 处"]
    return lines
