"""What the books must agree on among themselves: transfers inside the department, funds and codes that belong together; and what is only warned of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.accounts.books import Books, nature_of
from gouji.accounts.problems import NAMED_ROWS, Problem
from gouji.standards.books import BY_ID, FISCAL, FUNDS

_ZH = {value: key for key, value in FUNDS.items()}
#: What one unit pays is what the other receives: nature of the payment → source of the income.
TRANSFERS = {"subsidy": "superior_subsidy", "remitted": "affiliated"}


def check_consistency(books: Books) -> Iterator[Problem]:
    """Refused: one-sided transfers, fiscal income without a fund. Warned of: payments over budget, negative balances, projects without targets."""
    yield from _funds(books)
    yield from _transfers(books)
    yield from _over_budget(books)
    yield from _balances(books)
    yield from _targets(books)


def _problem(books: Books, table: str, column: str, row: int | None, found: object, message: str, remedy: str, rule: str, warning: bool = True) -> Problem:
    given = books.source.given.get(table)
    title = ((given.columns.get(column) if given else "") or BY_ID[table].column(column).zh) if column else ""
    shown = "" if found is None else str(found)
    return Problem("warning" if warning else "error", rule, given.sheet if given else BY_ID[table].zh, row, title, shown, message, remedy)


def _funds(books: Books) -> Iterator[Problem]:
    listed = ", ".join(f"'{each}'" for each in FISCAL)
    for row, fund in books.rows(
        f"SELECT \"row\", fund FROM t_income WHERE source = 'fiscal' AND (fund IS NULL OR fund NOT IN ({listed})) ORDER BY \"row\" LIMIT {NAMED_ROWS}"
    ):
        message = "财政拨款收入没有写是哪一种拨款" if fund is None else f"财政拨款收入的资金性质是“{_ZH.get(fund, fund)}”"
        yield _problem(books, "income", "fund", row, "", message, "请填一般公共预算、政府性基金预算或国有资本经营预算财政拨款。", "fiscal_fund", False)
    for row, fund in books.rows(
        f"SELECT \"row\", fund FROM t_income WHERE source <> 'fiscal' AND fund IN ({listed}) ORDER BY \"row\" LIMIT {NAMED_ROWS}"
    ):
        yield _problem(books, "income", "fund", row, _ZH[fund], "不是财政拨款的收入写了财政拨款的资金性质", "请改成财政专户管理资金或单位资金，或改收入来源。", "fiscal_fund", False)
    for row, fund in books.rows(
        f"SELECT \"row\", fund FROM t_balances WHERE item IN ('used_non_fiscal', 'distributed') AND fund IN ({listed}) ORDER BY \"row\" LIMIT {NAMED_ROWS}"
    ):
        yield _problem(books, "balances", "fund", row, _ZH[fund], "财政拨款没有结余分配，也不用非财政拨款结余弥补", "请改正资金性质。", "fiscal_fund", False)


def _transfers(books: Books) -> Iterator[Problem]:
    """Between two units of the books both must have booked the same; only then can they be eliminated."""
    nature = nature_of(books.standards.settings.get("books_basic_letters", "").split())
    for paid_as, received_as in TRANSFERS.items():
        paid = {
            (payer, payee): (amount, row)
            for payer, payee, amount, row in books.rows(
                f"SELECT unit, counterpart, sum(amount), min(first) FROM g_payments WHERE counterpart IS NOT NULL AND ({nature}) = '{paid_as}' GROUP BY 1, 2 ORDER BY 1, 2"
            )
            if payer in books.units and payee in books.units
        }
        received = {
            (payer, payee): (amount, row)
            for payer, payee, amount, row in books.rows(
                f"SELECT counterpart, unit, sum(amount), min(\"row\") FROM t_income WHERE counterpart IS NOT NULL AND source = '{received_as}' GROUP BY 1, 2 ORDER BY 1, 2"
            )
            if payer in books.units and payee in books.units
        }
        for pair in sorted(paid.keys() | received.keys()):
            out, back = paid.get(pair, (Decimal(0), None)), received.get(pair, (Decimal(0), None))
            if out[0] == back[0]:
                continue
            payer, payee = (books.units[each].name for each in pair)
            message = f"内部往来两边不一致：“{payer}”付给“{payee}” {out[0]:,.2f} 元，对方收到 {back[0]:,.2f} 元，差 {abs(out[0] - back[0]):,.2f} 元"
            table, row = ("payments", out[1]) if out[1] is not None else ("income", back[1])
            yield _problem(books, table, "counterpart", row, "", message, "两边记成同一个数，汇总时才能抵销。", "transfer", False)


def _over_budget(books: Books) -> Iterator[Problem]:
    if "budget" not in books.source.given:
        yield Problem("warning", "no_budget", "预算", None, "", "", "没有“预算”表，算不出预算数和完成率", "需要时请补上。")
        return
    rows = books.rows("""
        WITH p AS (SELECT unit, project, fund, function, sum(amount) AS paid, min(first) AS first FROM g_payments
                   WHERE coalesce(nature, '') NOT IN ('subsidy', 'remitted') GROUP BY ALL),
             b AS (SELECT unit, project, fund, function, sum(amount - coalesce(cut, 0)) AS budget FROM t_budget GROUP BY ALL)
        SELECT p.unit, p.project, p.fund, p.function, paid, coalesce(budget, 0), first
        FROM p LEFT JOIN b ON p.unit IS NOT DISTINCT FROM b.unit AND p.project IS NOT DISTINCT FROM b.project AND p.fund IS NOT DISTINCT FROM b.fund
          AND p.function IS NOT DISTINCT FROM b.function
        WHERE paid > coalesce(budget, 0) AND p.unit IS NOT NULL ORDER BY 1, 2, 3, 4""")
    for unit, project, fund, function, paid, budget, first in rows:
        what = "、".join(str(each) for each in (unit, project, function, _ZH.get(fund, fund)) if each)
        message = f"{what}：支付 {paid:,.2f} 元，超过预算 {budget:,.2f} 元" if budget else f"{what}：支付 {paid:,.2f} 元，没有预算"
        yield _problem(books, "payments", "amount", first, "", message, "请核对科目、项目和资金性质，或补上预算指标。", "over_budget")


def _balances(books: Books) -> Iterator[Problem]:
    """What is left at the year's end, by unit and fund; entered closing balances against it."""
    rows = books.rows("""
        SELECT unit, fund, sum(amount) FROM (
          SELECT unit, fund, amount FROM t_balances WHERE item IN ('opening', 'used_non_fiscal')
          UNION ALL SELECT unit, fund, -amount FROM t_balances WHERE item = 'distributed'
          UNION ALL SELECT unit, coalesce(fund, 'own'), amount FROM t_income
          UNION ALL SELECT unit, fund, -amount FROM g_payments) GROUP BY 1, 2 ORDER BY 1, 2""")
    left = {(unit, fund): amount for unit, fund, amount in rows if unit in books.units and fund is not None}
    entered = {(unit, fund): (amount, row) for unit, fund, amount, row in books.rows(
        "SELECT unit, fund, sum(amount), min(\"row\") FROM t_balances WHERE item = 'closing' GROUP BY 1, 2 ORDER BY 1, 2")}
    for (unit, fund), amount in left.items():
        if amount is not None and amount < 0:
            message = f"“{books.units[unit].name}”的{_ZH.get(fund, fund)}年末为负：{amount:,.2f} 元"
            yield _problem(books, "balances", "amount", None, "", message, "年初数与收入之和不够支出：请核对是否漏了收入或年初结转，或资金性质记错。", "negative_balance")
    for (unit, fund), (amount, row) in entered.items():
        computed = left.get((unit, fund), Decimal(0))
        if amount is not None and unit in books.units and amount != computed:
            message = f"年末{_ZH.get(fund, fund)}填了 {amount:,.2f} 元，按账计算是 {computed:,.2f} 元，差 {abs(amount - computed):,.2f} 元"
            yield _problem(books, "balances", "amount", row, amount, message, "以账上计算的为准；请查明差额。", "closing")


def _targets(books: Books) -> Iterator[Problem]:
    for code, title, row in books.rows(
        "SELECT code, name, \"row\" FROM t_projects WHERE code NOT IN (SELECT project FROM t_indicators WHERE project IS NOT NULL) AND coalesce(evaluated, '是') = '是' ORDER BY 3"
    ):
        yield _problem(books, "projects", "code", row, code, f"项目“{title}”没有绩效指标", "请在“绩效指标”表里填写；不自评的在“绩效自评”里填否。", "no_target")
    nature = nature_of(books.standards.settings.get("books_basic_letters", "").split())
    for unit, amount, first in books.rows(
        f"SELECT unit, sum(amount), min(first) FROM g_payments WHERE project IS NULL AND ({nature}) = 'project' GROUP BY 1 ORDER BY 1"
    ):
        yield _problem(books, "payments", "project", first, "", f"单位 {unit} 有 {amount:,.2f} 元项目支出没有写项目", "请补填项目代码，否则项目支出表里没有它的项目。", "no_project")
