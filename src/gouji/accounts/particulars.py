"""Counts, receptions, procurement, staff and organisation (数量、接待、采购、人员、机构), and last year's figures as entered."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from gouji.accounts.amounts import rows_of
from gouji.accounts.books import Books
from gouji.accounts.drafting import Draft, derived
from gouji.accounts.ledger import Ledger, fen
from gouji.accounts.sources import quoted
from gouji.standards.books import COUNTS, UNIT_KINDS

SME, MICRO = ("micro", "small", "medium"), ("micro", "small")
STAFF = ("administrative", "civil_service_like", "institution", "worker")


def add_particulars(draft: Draft, books: Books, ledger: Ledger) -> None:
    """Everything that the books hold beside money of budget and accounts."""
    listed = ", ".join(quoted(each) for each in ledger.units)
    add_counts(draft, books, listed)
    add_receptions(draft, books, listed)
    add_procurement(draft, books, ledger, listed)
    add_organisation(draft, books, ledger, listed)


def add_counts(draft: Draft, books: Books, listed: str) -> None:
    """Groups, persons, vehicles, equipment: totals and by kind."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    purchased: dict[str, int] = defaultdict(int)
    stated = set()
    for item, kind, number, amount in books.rows(
        f"SELECT item, coalesce(kind, ''), sum(count), sum(coalesce(amount, 0)) FROM t_counts WHERE unit IN ({listed}) AND item IS NOT NULL "
        "GROUP BY ALL ORDER BY min(\"row\")"
    ):
        concept, dimension = COUNTS[item]
        stated.add(concept)
        counts[concept, ""] += int(number or 0)
        if dimension and kind:
            counts[concept, kind] += int(number or 0)
            if concept == "three_public.vehicle.purchased":
                purchased[kind] += fen(amount)
    zero = {"three_public.abroad.groups": "three_public.abroad", "three_public.abroad.persons": "three_public.abroad", "three_public.vehicle.purchased": "three_public.vehicle.purchase"}
    for concept, money in zero.items():
        if concept not in stated and draft.value(draft.key(money)) == 0:
            counts[concept, ""] = 0  # no money was spent on it, so there was none
    dimension_of = dict(COUNTS.values())
    for (concept, kind), number in counts.items():
        dims = {dimension_of[concept]: kind} if kind else {}
        draft.count(draft.key(concept, "count", **dims), number, rows_of("counts", concept=concept, kind=kind))
    for kind, amount in purchased.items():
        draft.money(draft.key("three_public.vehicle.purchased.amount", vehicle_type=kind), amount, rows_of("counts", concept="three_public.vehicle.purchased", kind=kind))


def add_receptions(draft: Draft, books: Books, listed: str) -> None:
    """Domestic and foreign: money, batches, persons; the single receptions. The list gives what the counts do not state."""
    rows = books.rows(
        f"SELECT guest, coalesce(foreign_guest, '否') AS f, sum(batches), sum(persons), sum(amount), min(\"row\") FROM t_receptions WHERE unit IN ({listed}) GROUP BY 1, 2 ORDER BY 6"
    )
    foreign = sum(fen(row[4]) for row in rows if row[1] == "是")
    reception = draft.key("three_public.reception")
    abroad = draft.money(draft.key("three_public.reception.foreign"), foreign, rows_of("receptions", foreign_guest="是"))
    whole = draft.by_key[reception]
    domestic = draft.facts[whole].figure.value - Decimal(foreign).scaleb(-2)
    draft.add(draft.key("three_public.reception.domestic"), domestic, "元", derived("difference", (whole, abroad)))
    for kind, flag in (("domestic", "否"), ("foreign", "是")):
        own = [row for row in rows if row[1] == flag]
        spent = draft.value(draft.key(f"three_public.reception.{kind}"))
        for what, at in (("batches", 2), ("persons", 3)):
            key = draft.key(f"three_public.reception.{kind}.{what}", "count")
            if key not in draft.by_key and (own or not spent):
                draft.count(key, sum(int(row[at] or 0) for row in own), rows_of("receptions", foreign_guest=flag))
    for guest, flag, batches, _, amount, _ in rows:
        if flag == "否":
            draft.money(draft.key("three_public.reception.item", item=guest), fen(amount), rows_of("receptions", guest=guest))
            draft.count(draft.key("three_public.reception.item.batches", "count", item=guest), int(batches or 0), rows_of("receptions", guest=guest))


def add_procurement(draft: Draft, books: Books, ledger: Ledger, listed: str) -> None:
    """Spending on government procurement from the payments; contracts awarded to small firms from the contracts, else from the payments' suppliers."""
    kinds = ("goods", "works", "services")
    for kind in kinds:
        amount = sum(amount for (one, _), amount in ledger.procured.items() if one == kind)
        draft.money(draft.key(f"procurement.{kind}"), amount, rows_of("payments", procurement=kind))
    draft.sum(draft.key("procurement.total"), [draft.key(f"procurement.{kind}") for kind in kinds])
    awarded: dict[tuple[str, str], int] = dict(ledger.procured)
    source = "payments"
    if "contracts" in books.source.given:
        source = "contracts"
        awarded = {
            (kind, size): fen(amount)
            for kind, size, amount in books.rows(
                f"SELECT procurement, coalesce(size, ''), sum(amount) FROM t_contracts WHERE unit IN ({listed}) AND procurement IS NOT NULL GROUP BY ALL ORDER BY ALL"
            )
        }
    for concept, sizes in (("sme", SME), ("micro", MICRO)):
        amount = sum(amount for (_, size), amount in awarded.items() if size in sizes)
        draft.money(draft.key(f"procurement.{concept}"), amount, rows_of(source, size=" ".join(sizes)))
    for kind in kinds:
        amount = sum(amount for (one, size), amount in awarded.items() if one == kind and size in SME)
        draft.money(draft.key(f"procurement.sme.{kind}"), amount, rows_of(source, procurement=kind, size=" ".join(SME)))


def add_organisation(draft: Draft, books: Books, ledger: Ledger, listed: str) -> None:
    """Subordinate units by kind (of a department), posts and persons."""
    subordinate = [books.units[code] for code in ledger.units if books.units[code].parent in ledger.units]
    draft.count(draft.key("organisation.subordinate", "count"), len(subordinate), rows_of("units"))
    for kind in UNIT_KINDS.values():
        number = sum(1 for unit in subordinate if unit.kind == kind)
        draft.count(draft.key("organisation.subordinate", "count", subordinate=kind), number, rows_of("units", kind=kind))
    given = books.source.given.get("units")
    stated = given.columns if given else {}
    names = [each for part in ("quota", "actual") for each in (f"{part}_{kind}" for kind in STAFF)] + ["retired", "retired_veteran", "contracted"]
    present = [each for each in names if each in stated]
    if not present:
        return
    chosen = ", ".join(f"sum({each}), count({each})" for each in present)
    row = books.rows(f"SELECT {chosen} FROM t_units WHERE code IN ({listed})")[0]
    sums = {each: int(row[2 * at] or 0) for at, each in enumerate(present) if row[2 * at + 1]}
    for part in ("quota", "actual"):
        parts = {kind: sums[f"{part}_{kind}"] for kind in STAFF if f"{part}_{kind}" in sums}
        if parts:
            ids = [draft.count(draft.key(f"staff.{part}", "count", staff=kind), number, rows_of("units", column=f"{part}_{kind}")) for kind, number in parts.items()]
            draft.count(draft.key(f"staff.{part}", "count"), sum(parts.values()), derived("sum", tuple(ids)))
    for kind in ("retired", "retired_veteran", "contracted"):
        if kind in sums:
            draft.count(draft.key(f"staff.{kind}", "count"), sums[kind], rows_of("units", column=kind))


def add_entered_last_year(draft: Draft, books: Books, ledger: Ledger) -> list[str]:
    """Last year's figures of the sheet 上年数: of the scope's head unit, or without a unit. Returns notes on names that no concept has."""
    period = str(draft.year - 1)
    notes = []
    names = {concept.zh.replace("“", "").replace("”", ""): concept for concept in draft.standards.concepts.values()}
    for row, item, fund, function, amount in books.rows(
        f"SELECT \"row\", item, coalesce(fund, ''), coalesce(function, ''), amount FROM t_last_year WHERE item IS NOT NULL AND amount IS NOT NULL "
        f"AND (unit IS NULL OR unit = {quoted(ledger.units[0])}) ORDER BY \"row\""
    ):
        plain = "".join(item.split()).replace("“", "").replace("”", "").replace('"', "")
        fiscal = plain.startswith("财政拨款") and plain.removeprefix("财政拨款") in names
        concept = draft.standards.concepts.get(item) or names.get(plain) or names.get(plain.removeprefix("财政拨款"))
        if concept is None or concept.kind not in ("money", "count"):
            notes.append(f"上年数 第{row}行：不认识“{item}”，没有采用；可以写“收支总计”“公务接待费”一类的名称")
            continue
        key = draft.key(concept.id, "amount" if concept.kind == "money" else "count", "executed", period, fund=fund or ("fiscal" if fiscal else ""), function=function)
        derivation = derived("entered", source="last_year", rows=(("row", str(row)),))
        if concept.kind == "money":
            draft.money(key, fen(amount), derivation)
        else:
            draft.count(key, int(amount), derivation)
    return notes
