"""Books → the compiled dossier (编制): facts exact in yuan with their derivations, statements, forms, evaluation, texts."""

from __future__ import annotations

from collections.abc import Callable

from gouji.accounts.amounts import add_amounts
from gouji.accounts.books import Books, bare
from gouji.accounts.comparisons import add_comparisons, add_last_year
from gouji.accounts.drafting import CENT, Draft
from gouji.accounts.entry import known_codes
from gouji.accounts.evaluation import Entered, add_evaluation
from gouji.accounts.forms import add_project_counts, add_projects
from gouji.accounts.ledger import Ledger, ledger_of
from gouji.accounts.particulars import add_entered_last_year, add_particulars
from gouji.accounts.sources import quoted
from gouji.accounts.statements import Filling
from gouji.model.dossier import Dossier, Grain, Kind, Source, Text
from gouji.model.records import Evaluation
from gouji.standards.books import NATURES

_ZH = {value: key for key, value in NATURES.items()}


class UnknownUnit(ValueError):
    """A unit that the books do not have, in a Chinese sentence."""


def compile_books(books: Books, *, unit: str = "", department: str = "", previous: Dossier | None = None, entered: Entered | None = None) -> Dossier:
    """The dossier of the department (by default), of a department within it, or of one unit alone.

    ``previous``: last year's dossier, compiled or read from last year's disclosure. ``entered``: data of the department's evaluation that the books do
    not hold. Raises :class:`UnknownUnit`.
    """
    return compile_into(Draft(books.standards, books.year), books, unit=unit, department=department, previous=previous, entered=entered)


def compile_into(
    draft: Draft, books: Books, *, unit: str = "", department: str = "", previous: Dossier | None = None, before: Callable[[Draft], None] | None = None,
    entered: Entered | None = None,
) -> Dossier:  # fmt: skip
    """The same into a draft that may hold approved figures already; ``before`` completes these before the books are held against them."""
    head = unit or department or books.root.code
    if head not in books.units:
        listed = "、".join(f"{each.code} {each.name}" for each in list(books.units.values())[:10])
        raise UnknownUnit(f"账套里没有单位“{head}”。有：{listed}。")
    if before is not None:
        before(draft)
        draft.fix()
    units = (head,) if unit else books.below(head)
    ledger = ledger_of(books, units)
    add_amounts(draft, ledger)
    add_particulars(draft, books, ledger)
    projects = add_projects(draft, books, ledger)
    add_project_counts(draft, books, ledger)
    notes = list(books.standards.notes)
    notes += add_entered_last_year(draft, books, ledger)
    if previous is not None:
        notes += add_last_year(draft, previous)
    add_comparisons(draft)
    evaluations: tuple[Evaluation, ...] = ()
    if len(units) > 1 or not unit:
        evaluations, asked = add_evaluation(draft, books, ledger, projects, entered)
        notes += asked
    notes += transfer_notes(books, ledger)
    notes += [problem.zh for problem in books.warnings]
    department_wide = len(units) > 1 or bool(department)
    name = books.units[head].name
    kind: Kind = "department" if department_wide else "unit"
    title = bare(name) if department_wide else name
    functions, _ = known_codes(books)
    titles = dict(books.rows("SELECT code, name FROM t_projects WHERE code IS NOT NULL"))
    filling = Filling({fact.key: fact for fact in draft.facts}, books.standards, books.year, kind, title, functions, titles)
    return Dossier(
        source=Source(books.source.path, books.source.sha256, books.source.format),
        unit=title,
        year=books.year,
        kind=kind,
        jurisdiction=books.standards.jurisdiction,
        packs=books.standards.packs,
        facts=tuple(draft.facts),
        texts=texts_of(books, units),
        projects=projects,
        evaluations=evaluations,
        grains=grains(),
        complete=True,
        statements=filling.statements(),
        derivations=tuple(draft.derivations),
        notes=tuple(dict.fromkeys(notes)),
    )


def grains() -> tuple[tuple[str, Grain], ...]:
    """What a disclosure prints: 万元 and rates to two decimals."""
    return ("万元", Grain(CENT, True)), ("%", Grain(CENT, True))


def texts_of(books: Books, units: tuple[str, ...]) -> tuple[Text, ...]:
    """The author's texts by slot (those of the scope's head unit before those of the whole books), and the names that the books themselves know."""
    found: dict[str, str] = {}
    for slot, text in books.rows(
        f"SELECT slot, text FROM t_texts WHERE slot IS NOT NULL AND text IS NOT NULL AND (unit IS NULL OR unit = {quoted(units[0])}) ORDER BY (unit IS NULL), \"row\""
    ):
        found.setdefault(slot, text)
    listed = ", ".join(quoted(each) for each in units)
    subordinate = [books.units[code].name for code in units if books.units[code].parent in units]
    if subordinate:
        found.setdefault("organisation.units", "\n".join(subordinate))
    projects = books.rows(f"SELECT code, name, assessed, secret FROM t_projects WHERE unit IN ({listed}) ORDER BY \"row\"")
    if assessed := [name for _, name, flag, secret in projects if flag == "是" and secret != "是"]:
        found.setdefault("projects", "、".join(assessed))
    for code, name, _, secret in projects:
        if secret == "是":
            found.setdefault(f"classified.project.{code}", name)
    return tuple(Text(slot, text) for slot, text in found.items())


def transfer_notes(books: Books, ledger: Ledger) -> list[str]:
    """The internal transfers that the roll-up left out on both sides, by name."""
    return [
        f"已抵销内部往来：“{books.units[each.payer].name}”{_ZH[each.nature]} {each.amount:,.2f} 元，即“{books.units[each.payee].name}”"
        f"{'上级补助收入' if each.source == 'superior_subsidy' else '附属单位上缴收入'}"
        for each in ledger.transfers
    ]
