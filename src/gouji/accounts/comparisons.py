"""Shares, changes and completion rates (占比、增减、完成率): all that the sentences of a disclosure can ask for, from exact yuan."""

from __future__ import annotations

from gouji.accounts.drafting import CENT, Draft, derived
from gouji.model.dossier import Dossier
from gouji.model.fact import Key, Phase
from gouji.standards.books import FISCAL, SOURCES

#: Concepts (with the funds) whose last year's figure is compared.
CHANGED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("grand_total", ("", "fiscal")),
    ("income.total", ("",)),
    ("income.fiscal", ("fiscal", *FISCAL)),
    ("expenditure.total", ("", "fiscal", *FISCAL)),
    ("expenditure.basic", ("", "general_budget")),
    ("expenditure.project", ("", "general_budget")),
    *((f"three_public.{each}", ("",)) for each in ("total", "abroad", "vehicle", "vehicle.purchase", "vehicle.operation", "reception")),
    ("operating_cost", ("",)),
    ("procurement.total", ("",)),
)


def add_comparisons(draft: Draft) -> None:
    """Everything that is the ratio or the difference of facts that are there."""
    add_shares(draft)
    add_completions(draft)
    for concept, funds in CHANGED:
        for fund in funds:
            draft.change(draft.key(concept, fund=fund))
    for key in [key for key in draft.by_key if key.concept == "expenditure.total" and key.measure == "amount" and key.period == str(draft.year - 1)]:
        if dict(key.dimensions).keys() == {"fund", "function"}:
            draft.change(key._replace(period=str(draft.year)))


def add_shares(draft: Draft) -> None:
    """Of income, of expenditure, of the general budget, of “三公”, of procurement."""
    income, spent = draft.key("income.total"), draft.key("expenditure.total")
    for fund in ("fiscal", *FISCAL):
        draft.share(draft.key("income.fiscal", fund=fund), income)
        draft.share(draft.key("expenditure.total", fund=fund), spent)
    for source in SOURCES.values():
        if source != "fiscal":
            draft.share(draft.key(f"income.{source}"), income)
    for nature in ("basic", "project", "remitted", "business", "subsidy"):
        draft.share(draft.key(f"expenditure.{nature}"), spent)
    for fund in ("fiscal", *FISCAL):
        whole = draft.key("expenditure.total", fund=fund)
        for key in _functions(draft, fund, 3):
            draft.share(key, whole)
    basic = draft.key("expenditure.basic", fund="general_budget")
    for use in ("personnel", "public"):
        draft.share(draft.key(f"expenditure.basic.{use}", fund="general_budget"), basic)
    public = draft.key("three_public.total")
    for item in ("abroad", "vehicle", "reception"):
        draft.share(draft.key(f"three_public.{item}"), public)
    vehicle, reception = draft.key("three_public.vehicle"), draft.key("three_public.reception")
    for part, whole in (("vehicle.purchase", vehicle), ("vehicle.operation", vehicle), ("reception.domestic", reception), ("reception.foreign", reception)):
        draft.share(draft.key(f"three_public.{part}"), whole)
    procured = draft.key("procurement.total")
    for part in ("goods", "works", "services", "sme"):
        draft.share(draft.key(f"procurement.{part}"), procured)
    draft.share(draft.key("procurement.micro"), draft.key(draft.standards.settings.get("micro_share_base", "procurement.total")))


def _functions(draft: Draft, fund: str, *lengths: int) -> list[Key]:
    return [
        key for key in draft.by_key
        if key.concept == "expenditure.total" and key.measure == "amount" and key.phase == "executed" and key.period == str(draft.year)
        and len(key.dimensions) == 2 and dict(key.dimensions).get("fund") == fund and len(dict(key.dimensions).get("function", "")) in lengths
    ]  # fmt: skip


def completion_phase(draft: Draft) -> Phase:
    """The budget that 完成预算 speaks of in this jurisdiction."""
    return "budget_initial" if draft.standards.settings.get("completion_base") == "budget_initial" else "budget_adjusted"


def add_completions(draft: Draft) -> None:
    """Of all expenditure, of each fund with its functions, of “三公”."""
    phase = completion_phase(draft)
    for nature in ("total", "basic", "project"):
        for fund in ("", "fiscal", *FISCAL):
            draft.completion(draft.key(f"expenditure.{nature}", fund=fund), phase)
    for fund in FISCAL:
        for key in _functions(draft, fund, 3, 5, 7):
            draft.completion(key, phase)
    for item in ("total", "abroad", "vehicle", "vehicle.purchase", "vehicle.operation", "reception"):
        draft.completion(draft.key(f"three_public.{item}"), phase)


def add_last_year(draft: Draft, previous: Dossier) -> list[str]:
    """Last year's figures from last year's dossier (compiled, or a disclosure that was read); notes on what could not be taken over."""
    year = str(draft.year - 1)
    notes = []
    if previous.year is not None and str(previous.year) != year:
        return [f"“{previous.source_name}”是{previous.year}年度的决算，不是上年（{year}年度），没有采用"]
    for fact in previous.facts:
        figure = fact.figure
        if fact.key.period != year or fact.key.phase != "executed" or fact.measure not in ("amount", "count") or fact.concept.split(".")[0] in ("project", "indicator", "outcome"):
            continue
        key = fact.key._replace(scope="")
        if key in draft.by_key:
            continue
        if figure.doubt is not None or figure.approximation is not None:
            notes.append(f"上年的“{figure.printed}”读得不确定，没有采用")
        elif figure.is_money:
            draft.add(key, figure.yuan.quantize(CENT), "元", derived("read", source=previous.source_name))
        else:
            draft.add(key, figure.value, figure.unit, derived("read", source=previous.source_name))
    return notes
