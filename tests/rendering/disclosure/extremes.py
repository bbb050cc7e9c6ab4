"""Books at the edges (极端的单位): nothing received, nothing spent, no budget, one fund alone, nothing at all, no year before, no projects, everything classified."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from gouji.accounts.fictitious import Tables
from gouji.standards import load

GENERAL, FUND, OWN = "一般公共预算财政拨款", "政府性基金预算财政拨款", "单位资金"


def no_income(tables: Tables) -> None:
    """All that is spent was brought forward."""
    tables["payments"] = [row for row in tables["payments"] if not row.get("counterpart")]
    spent: dict[tuple[str, str, str], Decimal] = {}
    for row in tables["payments"]:
        key = (row["unit"], row["fund"], row["function"])
        spent[key] = spent.get(key, Decimal(0)) + Decimal(row["amount"]) - Decimal(row.get("refund") or "0")
    tables["income"] = []
    tables["balances"] = [{"unit": unit, "item": "年初结转和结余", "fund": fund, "function": function, "amount": f"{amount:.2f}"} for (unit, fund, function), amount in spent.items()]


def no_expenditure(tables: Tables) -> None:
    tables["payments"], tables["receptions"], tables["contracts"] = [], [], []
    tables["income"] = [row for row in tables["income"] if not row.get("counterpart")]


def no_budget(tables: Tables) -> None:
    tables["budget"] = []
    tables["projects"] = [row | {"assessed": "否"} for row in tables["projects"]]


def one_fund(tables: Tables) -> None:
    """A government fund and nothing else: no general budget."""
    for id in ("budget", "payments", "income", "balances"):
        tables[id] = [row for row in tables[id] if row.get("fund") == FUND]
    _only_projects(tables, lambda code: code.endswith("10"))
    tables["receptions"], tables["last_year"] = [], []
    tables["contracts"] = tables["contracts"][-1:]


def nothing(tables: Tables) -> None:
    for id in ("budget", "payments", "income", "balances", "receptions", "contracts"):
        tables[id] = []
    _only_projects(tables, lambda code: False)
    tables["counts"] = [row | {"count": "0"} for row in tables["counts"]]


def new_unit(tables: Tables) -> None:
    """No last year, no balance brought forward."""
    tables["last_year"] = []
    for row in tables["balances"]:
        fiscal = row["fund"] != OWN
        tables["income"].append({"unit": row["unit"], "source": "财政拨款收入" if fiscal else "其他收入", "fund": row["fund"], "function": row["function"], "amount": row["amount"]})
    tables["balances"] = []


def no_projects(tables: Tables) -> None:
    _only_projects(tables, lambda code: False)
    for id in ("budget", "payments"):
        tables[id] = [row for row in tables[id] if not row.get("project")]
    tables["contracts"] = []
    tables["receptions"] = [row for row in tables["receptions"] if row["guest"] != "旅游企业考察团"]  # paid from a project


def classified_items(tables: Tables) -> None:
    classes = sorted({row["function"][:3] for id in ("budget", "payments") for row in tables[id]})
    tables["texts"] += [{"slot": f"classified.function.{code}", "text": "涉密"} for code in classes]
    tables["texts"] += [{"slot": f"classified.project.{row['code']}", "text": "涉密"} for row in tables["projects"]]


def classified(tables: Tables) -> None:
    classified_items(tables)
    roles = [heading.role for heading in load("cn-sichuan", 2023).headings if heading.role.startswith(("narrative.", "overview"))]
    tables["texts"] += [{"slot": f"classified.{role}", "text": "本节内容涉密，依法不予公开。"} for role in roles]


def _only_projects(tables: Tables, keep: Callable[[str], bool]) -> None:
    tables["projects"] = [row for row in tables["projects"] if keep(row["code"])]
    tables["indicators"] = [row for row in tables["indicators"] if keep(row["project"])]


#: name → (change of the sample books, what the text says, what it must not say)
EXTREMES: dict[str, tuple[Callable[[Tables], None], tuple[str, ...], tuple[str, ...]]] = {
    "no income": (no_income, ("本年收入合计0万元。",), ("收入决算结构图",)),
    "no expenditure": (no_expenditure, ("本年支出合计0万元。", "没有使用财政拨款安排的支出"), ("支出决算结构图", "主要用于以下方面")),
    "no budget": (no_budget, ("常年项目8个，没有安排预算。",), ("完成预算", "完成年初预算", "预算总金额")),
    "one fund": (one_fund, ("政府性基金预算财政拨款支出28.65万元",), ("人员经费0", "主要用于以下方面", "2022年度")),
    "nothing": (nothing, ("没有预算项目", "共有车辆0辆"), ("预算项目绩效分析", "没有须公开的附件", "0个项目", "使用非财政拨款结余0万元", "其中：1.")),
    "new unit": (new_unit, ("收、支总计均为",), ("2022年度", "上年度", "年初结转和结余：")),
    "no projects": (no_projects, ("没有预算项目",), ("0个项目", "预算项目绩效分析")),
    "classified items": (classified_items, ("涉密科目和项目未单独列出", "涉密项目的绩效自评表未公开"), ("文化旅游体育与传媒支出（类）", "乡村文化振兴示范点、", "具体情况其中：", "主要用于以下方面")),
    "classified": (classified, ("本节内容涉密，依法不予公开。",), ("乡村文化振兴示范点等", "群众文化")),
}  # fmt: skip
