"""Fictitious books (虚构账套) as plain tables: how yearly amounts become budget lines and payments. The sample and the random books are made of it.

A table is a list of rows, a row a dictionary of the form's column ids; all cells are text, as a person would enter them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from gouji.model.record import record
from gouji.standards.books import BY_ID, FUNDS, NATURES, SOURCES

Row = dict[str, str]
Tables = dict[str, list[Row]]
_FUND = {value: key for key, value in FUNDS.items()}
_NATURE = {value: key for key, value in NATURES.items()}
_SOURCE = {value: key for key, value in SOURCES.items()}


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals.

    >>> yuan(-5), yuan(123456)
    ('-0.05', '1234.56')
    """
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


@record
class Line:
    """A yearly amount of a unit under one function, economic code, fund and project: initial budget, its later change, what was spent (fen)."""

    unit: str
    function: str
    economic: str
    fund: str
    initial: int
    changed: int
    spent: int
    project: str = ""
    nature: str = ""
    counterpart: str = ""
    procurement: str = ""
    size: str = ""
    carried: int = 0  # budget carried over from last year


@dataclass(slots=True)
class Making:
    """Books in the making."""

    year: int
    random: Random
    tables: Tables = field(default_factory=lambda: {id: [] for id in BY_ID})
    lines: list[Line] = field(default_factory=list)
    _budget: int = 0
    _vouchers: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, **cells: str) -> None:
        """A row of a table."""
        self.tables[table].append({key: value for key, value in cells.items() if value != ""})

    def budget_lines(self) -> None:
        """年初 for the initial budget, 上年结转 for what was carried over, 追加 or 调减 for what came later."""
        for line in self.lines:
            for kind, amount, day in (("年初", line.initial, 15), ("上年结转", line.carried, 20), ("追加" if line.changed > 0 else "调减", line.changed, 200)):
                if amount:
                    self._budget += 1
                    self.add(
                        "budget", id=f"ZB{self.year}{self._budget:05d}", unit=line.unit, project=line.project, nature=_NATURE.get(line.nature, ""),
                        function=line.function, economic=line.economic, fund=_FUND[line.fund], kind=kind,
                        date=(date(self.year, 1, 1) + timedelta(days=day)).isoformat(), amount=yuan(amount),
                    )  # fmt: skip

    def payment_rows(self, count: int) -> None:
        """Vouchers for what was spent, altogether about ``count`` of them, in the order of their days within each unit."""
        spent = [line for line in self.lines if line.spent]
        weights = self._shares(len(spent), max(count, len(spent)))
        rows: list[tuple[str, int, int, Line]] = []
        for line, number in zip(spent, weights, strict=True):
            rows += [(line.unit, self.random.randrange(365), amount, line) for amount in self.pieces(line.spent, number)]
        rows.sort(key=lambda row: (row[0], row[1]))
        for unit, day, amount, line in rows:
            self._vouchers[unit] = self._vouchers.get(unit, 0) + 1
            refund = 0
            if amount > 20_000 and self.random.random() < 0.01:
                refund = self.random.randrange(100, 10_000)
            self.add(
                "payments", date=(date(self.year, 1, 1) + timedelta(days=day)).isoformat(), voucher=f"记-{self._vouchers[unit]:06d}", unit=unit,
                project=line.project, nature=_NATURE.get(line.nature, ""), function=line.function, economic=line.economic, fund=_FUND[line.fund],
                amount=yuan(amount + refund), refund=yuan(refund) if refund else "", procurement={"goods": "货物", "works": "工程", "services": "服务"}.get(line.procurement, ""),
                size={"micro": "微型", "small": "小型", "medium": "中型", "large": "大型"}.get(line.size, ""), counterpart=line.counterpart,
            )  # fmt: skip

    def _shares(self, parts: int, whole: int) -> list[int]:
        if not parts:
            return []
        each, rest = divmod(whole, parts)
        return [each + (1 if at < rest else 0) for at in range(parts)]

    def pieces(self, amount: int, number: int) -> list[int]:
        """An amount in so many pieces of its sign (fewer where it is too small)."""
        sign = -1 if amount < 0 else 1
        left = abs(amount)
        number = max(1, min(number, left))
        found = []
        for rest in range(number, 1, -1):
            middle = left // rest
            piece = max(1, min(left - rest + 1, middle + self.random.randrange(-(middle // 2), middle // 2 + 1) if middle > 1 else 1))
            found.append(sign * piece)
            left -= piece
        return [*found, sign * left]

    def income_rows(self, opening: Iterable[tuple[str, str, str, int]] = (), other: Iterable[tuple[str, str, str, int, str]] = ()) -> None:
        """Balances brought forward (unit, fund, function, fen), fiscal income that covers what was budgeted this year, other income (unit, source, function,
        fen, counterpart)."""
        for unit, fund, function, amount in opening:
            self.add("balances", unit=unit, item="年初结转和结余", fund=_FUND[fund], function=function, amount=yuan(amount))
        granted: dict[tuple[str, str, str], int] = {}
        for line in self.lines:
            if line.fund in ("general_budget", "government_fund", "state_capital"):
                key = (line.unit, line.fund, line.function)
                granted[key] = granted.get(key, 0) + max(line.spent - line.carried, 0)
        for (unit, fund, function), amount in sorted(granted.items()):
            if amount:
                self.add("income", unit=unit, source="财政拨款收入", fund=_FUND[fund], function=function, amount=yuan(amount))
        for unit, source, function, amount, counterpart in other:
            self.add("income", unit=unit, source=_SOURCE[source], fund="单位资金", function=function, counterpart=counterpart, amount=yuan(amount))
