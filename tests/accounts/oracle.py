"""An independent account of books in plain Python: no DuckDB, no draft, only Decimal sums over the rows as a person would add them up."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from gouji.accounts.fictitious import Row, Tables

FISCAL = {"一般公共预算财政拨款": "general_budget", "政府性基金预算财政拨款": "government_fund", "国有资本经营预算财政拨款": "state_capital"}
NATURE = {"基本支出": "basic", "项目支出": "project", "上缴上级支出": "remitted", "经营支出": "business", "对附属单位补助支出": "subsidy"}
SOURCE = {"财政拨款收入": "fiscal", "上级补助收入": "superior_subsidy", "事业收入": "undertaking", "经营收入": "business", "附属单位上缴收入": "affiliated", "其他收入": "other"}
Amounts = dict[tuple[str, str, str, str, str], Decimal]  # (concept, phase, fund, function, economic)


def nature(row: Row) -> str:
    if row.get("nature"):
        return NATURE[row["nature"]]
    return "project" if row.get("project") else "basic"


def account(tables: Tables, units: set[str]) -> Amounts:
    """All amounts of some units; money between two of them is left out."""
    found: Amounts = defaultdict(Decimal)

    def add(concept: str, phase: str, row: Row, value: Decimal) -> None:
        own = FISCAL.get(row.get("fund", ""), "")
        for fund in {"", own, "fiscal" if own else ""}:
            for function in {"", row.get("function", "")[:3], row.get("function", "")[:5], row.get("function", "")}:
                for economic in {"", row.get("economic", "")[:3], row.get("economic", "")}:
                    found[concept, phase, fund, function, economic] += value

    for row in tables["payments"]:
        kind = nature(row)
        if row["unit"] not in units or (kind in ("subsidy", "remitted") and row.get("counterpart") in units):
            continue
        value = Decimal(row["amount"]) - Decimal(row.get("refund") or 0)
        add("expenditure.total", "executed", row, value)
        add(f"expenditure.{kind}", "executed", row, value)
    for row in tables["budget"]:
        if row["unit"] in units:
            for phase in ["budget_adjusted"] + (["budget_initial"] if row["kind"] == "年初" else []):
                add("expenditure.total", phase, row, Decimal(row["amount"]))
                add(f"expenditure.{nature(row)}", phase, row, Decimal(row["amount"]))
    for row in tables["income"]:
        source = SOURCE[row["source"]]
        if row["unit"] not in units or (source in ("superior_subsidy", "affiliated") and row.get("counterpart") in units):
            continue
        plain = {key: value for key, value in row.items() if key != "fund"}
        add("income.total", "executed", plain, Decimal(row["amount"]))
        add(f"income.{source}", "executed", row if source == "fiscal" else plain, Decimal(row["amount"]))
    for row in tables["balances"]:
        if row["unit"] in units:
            concept = {"年初结转和结余": "opening", "使用非财政拨款结余": "used_non_fiscal", "结余分配": "distributed"}[row["item"]]
            add(f"balance.{concept}", "executed", row, Decimal(row["amount"]))
    return found
