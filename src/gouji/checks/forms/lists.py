"""Lists of items and projects with their money (清单): rates, adjustments, deviations and surpluses against the amounts beside them, sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from gouji.checks.context import Context, Remark
from gouji.checks.forms.names import bare
from gouji.checks.forms.table import NOWHERE
from gouji.model.figure import YUAN
from gouji.model.records import Entry, Project
from gouji.model.regex import regex
from gouji.scoring import read_cell
from gouji.scoring.scored import percent, words

_NUMBERED = regex(r"^(?:[一二三四五六七八九十]{1,2}[、.]|[(（][一二三四五六七八九十]{1,2}[)）])")
_TOTAL = regex(r"^(?:合计|总计|小计|总额|合计数|项目合计)$")
_NONE = ("无偏差", "无", "没有偏差", "/", "-", "—")
_LEADS = regex(r"其中|[(（]")
LIMIT = Fraction(1, 10)


def tables_of(listed: Sequence[Project]) -> list[list[Project]]:
    """The rows of each list together, in order."""
    found: dict[int, list[Project]] = {}
    for row in listed:
        found.setdefault(row.table, []).append(row)
    return list(found.values())


def total_row(row: Project) -> bool:
    """Whether a row is the list's total."""
    return _TOTAL.match(bare(row.name.text or "")) is not None


def amount_of(row: Project, entry: Entry) -> Decimal | None:
    """An amount of a list in yuan; None where the cell holds no plain figure."""
    cell = read_cell(entry.text or "")
    size = YUAN.get(cell.unit or row.money_unit)
    if cell.kind != "number" or cell.operator or cell.embedded or cell.approximate or cell.point is None or size is None:
        return None
    return cell.point * size


def rate_of(entry: Entry) -> Fraction | None:
    """A rate as a fraction of one: 5%, 0.05; words that say there is none are zero. A number above one without a sign is percent."""
    text = "".join((entry.text or "").split())
    if text in _NONE[:3]:
        return Fraction(0)
    cell = read_cell(text.rstrip("%％"))
    if cell.kind != "number" or cell.operator or cell.embedded or cell.approximate or cell.point is None:
        return None
    value = Fraction(cell.point)
    return value / 100 if text.endswith(("%", "％")) or abs(value) > 1 else value


def _half(entry: Entry) -> Fraction:
    """Half a unit of the last digit of a printed rate; whole percents where it prints none behind the point."""
    text = "".join((entry.text or "").split())
    digits = text.rstrip("%％").partition(".")[2]
    per = Fraction(1, 100) if text.endswith(("%", "％")) or (rate_of(entry) or 0) > 1 or not digits else Fraction(1)
    return per * Fraction(1, 2 * 10 ** len(digits))


def rows(context: Context) -> Iterator[Remark]:
    """Each row of each list, and the totals."""
    for table in tables_of(context.dossier.listed):
        if table[0].layout == "execution":
            yield from _doubted(table, [remark for row in table for remark in _row(row)])
            yield from _sums(table)


#: What a remark is about, and the column that says it.
_COLUMNS = {"执行率": "rate", "结余率": "surplus", "偏差程度": "deviation", "adjustment": "adjustment", "below": "below"}


def _doubted(table: list[Project], remarks: Sequence[Remark]) -> Iterator[Remark]:
    """What is wrong in most rows of a list is not wrong: its columns mean something else."""
    for remark in remarks:
        what = remark.key[2]
        wrong = sum(1 for each in remarks if each.key[2] == what)
        filled = sum(1 for row in table if getattr(row.money, _COLUMNS[what]).text)
        yield replace(remark, severity="note") if wrong > 1 and wrong * 2 > filled else remark


def _row(row: Project) -> Iterator[Remark]:
    money = row.money
    initial, adjusted, executed = (amount_of(row, entry) for entry in (money.budget_initial, money.budget_adjusted, money.executed))
    budgets = [value for value in (adjusted, initial) if value is not None]
    slack = Fraction(YUAN.get(row.money_unit, Decimal(1))) / 200
    if executed is not None and budgets:
        yield from _rate(row, money.rate, "执行率", [(Fraction(executed), Fraction(budget)) for budget in budgets], slack, lambda a, b: a / b, "执行数÷预算数")
        yield from _rate(row, money.surplus, "结余率", [(Fraction(executed), Fraction(budget)) for budget in budgets], slack, lambda a, b: 1 - a / b, "1－执行数÷预算数")
        first = initial if initial is not None else budgets[0]
        pairs = [(Fraction(first), Fraction(executed)), (Fraction(executed), Fraction(first))]
        yield from _rate(row, money.deviation, "偏差程度", pairs, slack, lambda a, b: abs(a - b) / b, "|决算数－预算数|÷决算数")
    yield from _below(row)
    change = amount_of(row, money.adjustment)
    if change is not None and initial is not None and adjusted is not None and abs(initial + change - adjusted) > 3 * slack and abs(adjusted + change - initial) > 3 * slack:
        yield _remark(
            row, f"年初预算{money.budget_initial.text}加调整{money.adjustment.text}应为{words((initial + change) / YUAN[row.money_unit])}，调整后写作{money.budget_adjusted.text}",
            (money.budget_adjusted, money.adjustment, money.budget_initial), "adjustment", expected=words((initial + change) / YUAN[row.money_unit]),
        )  # fmt: skip


def _rate(row: Project, entry: Entry, zh: str, pairs: Sequence[tuple[Fraction, Fraction]], slack: Fraction, rule: Callable[[Fraction, Fraction], Fraction], formula: str) -> Iterator[Remark]:
    """A printed rate against the amounts: wrong only where no amounts within their rounding give it, on any of the bases."""
    printed = rate_of(entry)
    if printed is None or not entry.text:
        return
    half = _half(entry)
    signed = "%" in entry.text or "％" in entry.text
    readings = [(abs(printed), half)] if signed or printed > 1 else [(abs(printed), half), (abs(printed) / 100, half / 100)]
    exact = None
    for above, below in pairs:
        if below <= slack:
            if above <= slack:
                return  # nothing of nothing: any rate is a convention
            continue
        ends = [rule(max(a, Fraction(0)), b) for a in (above - slack, above + slack) for b in (below - slack, below + slack) if b > 0]
        exact = exact if exact is not None else rule(above, below)
        if any(min(ends) - slip <= value <= max(ends) + slip for value, slip in readings):
            return
    if exact is None:
        return
    money = row.money
    yield _remark(
        row, f"{zh}按金额计算（{formula}）应为{percent(exact)}，写作{entry.text}", (entry, money.executed, money.budget_initial if money.budget_initial.text else money.budget_adjusted),
        zh, expected=percent(exact),
    )  # fmt: skip


def _below(row: Project) -> Iterator[Remark]:
    """是否小于0.1 against the rate beside it."""
    text, rate = "".join((row.money.below.text or "").split()), rate_of(row.money.surplus)
    if rate is None or text not in ("是", "否") or not row.money.surplus.text:
        return
    if (rate < LIMIT) != (text == "是"):
        right = "是" if rate < LIMIT else "否"
        yield _remark(row, f"资金结余率{row.money.surplus.text}，“是否小于0.1”应填“{right}”，写作“{text}”", (row.money.below, row.money.surplus), "below", expected=right)


def _remark(row: Project, said: str, entries: Sequence[Entry], what: str, expected: str) -> Remark:
    doubt = any(each.doubt for each in entries)
    name = bare(row.name.text or row.code.text or "")
    return Remark(
        zh=f"{f'“{row.caption}”' if row.caption else '清单'}中“{name}”：{said}。",
        en="A figure of a list does not follow from those beside it.",
        places=tuple(each.place for each in entries if each.place is not None) or (NOWHERE,),
        key=(row.caption, name, what, entries[0].text or ""),
        subject="project.execution",
        severity="note" if doubt else None,
        found=entries[0].text or "",
        expected=expected,
        facts=tuple(each.fact for each in entries if each.fact is not None),
        suggestion="核对金额和比率，按实际数改正。",
    )


# ---------------------------------------------------------------------------------------------------------------- sums


def _sums(table: list[Project]) -> Iterator[Remark]:
    """The total against the rows that make it up: the numbered ones, those with class codes, or all where nothing stands under anything."""
    totals = [row for row in table if total_row(row)]
    if len(totals) != 1:
        return
    total, parts = totals[0], _parts(table)
    for column, zh in (("budget_initial", "年初预算"), ("budget_adjusted", "预算数"), ("executed", "执行数")):
        entry: Entry = getattr(total.money, column)
        whole = amount_of(total, entry)
        amounts = [amount_of(row, getattr(row.money, column)) for row in parts]
        if whole is None or len(parts) < 2 or any(value is None for value in amounts):
            continue
        added = sum((value for value in amounts if value is not None), Decimal(0))
        size = YUAN.get(total.money_unit, Decimal(1))
        if abs(added - whole) <= size / 200 * (len(parts) + 1):
            continue
        yield _remark(
            total, f"{zh}为{entry.text}，所列{len(parts)}项之和为{words(added / size)}，差{words(abs(added - whole) / size)}",
            (entry, *(getattr(row.money, column) for row in parts)), f"sum {column}", expected=words(added / size),
        )  # fmt: skip


def _parts(table: list[Project]) -> list[Project]:
    """The rows that a total is the sum of, none where it cannot be told."""
    rows_ = [row for row in table if not total_row(row)]
    if any(row.code.text for row in rows_):
        shortest = min((len(row.code.text) for row in rows_ if row.code.text), default=0)
        return [row for row in rows_ if row.code.text and len(row.code.text) == shortest] if all(row.code.text for row in rows_) else []
    numbered = [row for row in rows_ if _NUMBERED.match(row.name.text or "")]
    if numbered:
        return numbered
    names = {bare(row.name.text or "") for row in rows_}
    if any(_LEADS.match(row.name.text or "") for row in rows_) or ("基本支出" in names and {"人员经费", "公用经费"} & names):
        return []
    return rows_


# ------------------------------------------------------------------------------------------------------------ coverage

_PROJECTS = regex(r"(?:本部门|本单位|全部|纳入[^,。;]{0,12}?)(?:部门)?(?:预算)?项目(?:共|共计|总数|合计)?(?:为)?(\d{1,3})个")


def coverage(context: Context) -> Iterator[Remark]:
    """A list that says it holds all projects, against 项目支出 of the account."""
    stated = context.facts_of("expenditure.project")
    values = {context.amount(f) for f in stated}
    if len(values) != 1:
        return
    numbers = {int(match[1]) for paragraph in context.prose for match in _PROJECTS.finditer(paragraph.text)}
    whole = values.pop()
    for table in tables_of(context.dossier.listed):
        rows_ = [row for row in table if not total_row(row)]
        amounts = [amount_of(row, row.money.executed) for row in rows_]
        if table[0].layout != "execution" or len(rows_) < 2 or numbers != {len(rows_)} or any(value is None for value in amounts):
            continue
        if any(row.money.deviation.text is not None or bare(row.name.text or "") in ("基本支出", "项目支出") for row in rows_):
            continue
        added = sum((value for value in amounts if value is not None), Decimal(0))
        if abs(added - whole) <= whole / 200:
            continue
        unit = stated[0].figure.unit
        size = YUAN.get(unit, Decimal(1))
        entries = [row.money.executed for row in rows_]
        yield Remark(
            zh=f"清单列出{len(rows_)}个项目，执行数合计{words(added / size)}{unit}，正文的项目支出是{stated[0].figure.printed}，{'少' if added < whole else '多'}{words(abs(added - whole) / size)}{unit}。",
            en="The listed projects do not make up the project expenditure of the account.",
            places=(*(f.place for f in stated[:4]), *(entry.place for entry in entries if entry.place is not None))[:24],
            key=(words(added / size), stated[0].figure.printed),
            subject="expenditure.project",
            severity="note" if any(entry.doubt for entry in entries) else None,
            found=f"{words(added / size)}{unit}",
            expected=stated[0].figure.printed,
            facts=(*(f.id for f in stated[:4]), *(entry.fact for entry in entries if entry.fact is not None))[:24],
            suggestion="把没有列入的项目纳入绩效目标和自评，或改正项目总数。",
        )
