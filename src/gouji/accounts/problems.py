"""What is wrong with books on entry (录入问题): each with sheet, row, column and remedy. Books with an error are not imported at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from gouji.model.record import record

if TYPE_CHECKING:
    from gouji.accounts.sheets import Mapping

#: So many rows are named where one and the same thing is wrong with many; the rest are counted.
NAMED_ROWS = 100

#: Every check of entry: the words for its documentation. error: refused; warning: imported all the same.
RULES: dict[str, str] = {
    "no_table": "缺少必需的表",
    "twice": "同一张表给了两份",
    "no_head": "找不到表头",
    "no_column": "缺少必填的列",
    "unused_column": "有不认识的列（提示）",
    "no_year": "不知道是哪一年的账",
    "blank": "必填的格空着",
    "not_money": "不是金额，或多于两位小数",
    "not_date": "不是日期",
    "not_count": "不是整数",
    "not_number": "不是数字",
    "not_choice": "不在可选的范围里",
    "not_flag": "不是“是”或“否”",
    "negative_refund": "退回、调减的金额写成负数",
    "positive_cut": "指标类型是调减而金额为正",
    "unknown_code": "本年度的科目表里没有这个代码",
    "level": "钱记在类或款上",
    "unit": "单位不在单位树里",
    "tree": "单位树有两个本级、断开或成圈",
    "duplicate": "单位、项目、指标或合同的代码重复",
    "voucher": "同一单位的凭证重复",
    "year": "日期不在本年度",
    "reference": "所引的项目、指标不存在，或与自己往来",
    "fiscal_fund": "收入来源与资金性质不符",
    "transfer": "内部往来两边不一致",
    "no_budget": "没有预算表（提示）",
    "over_budget": "支付超过预算或没有预算（提示）",
    "negative_balance": "年末结转和结余为负（提示）",
    "closing": "填报的年末数与按账计算的不同（提示）",
    "no_target": "项目没有绩效指标（提示）",
    "no_project": "项目支出没有写项目（提示）",
    "contradiction": "财决工作簿的同一个数在两处不同",
    "broken_sum": "财决工作簿里合计不等于各项之和（提示）",
    "no_unit": "财决工作簿没有写单位名称",
}


@record
class Problem:
    """``row`` counts from 1 as the sheet or file shows it (None: the whole table); ``column`` is the column's title; ``found`` the cell as it stands.

    ``rule`` is the check's id, ``remedy`` a sentence that says what to do. ``more``: further rows with the same problem that are not named.
    """

    severity: Literal["error", "warning"]
    rule: str
    sheet: str
    row: int | None
    column: str
    found: str
    message: str
    remedy: str
    more: int = 0

    def __post_init__(self) -> None:
        RULES[self.rule]

    @property
    def zh(self) -> str:
        """One line for a person: ``支付 第17行 功能科目“201”：…。…``."""
        place = self.sheet + (f" 第{self.row}行" if self.row is not None else "")
        if self.column:
            place += f" {self.column}" + (f"“{self.found}”" if self.found else "")
        more = f"（另有 {self.more} 行同样）" if self.more else ""
        return f"{place}：{self.message}{more}。{self.remedy}"


class BooksRefused(Exception):
    """Books that cannot be imported; ``problems`` has everything that is wrong, warnings too; ``mapping`` how far a workbook's columns were understood."""

    def __init__(self, path: str, problems: Sequence[Problem], mapping: Mapping | None = None) -> None:
        self.path, self.problems, self.mapping = path, tuple(problems), mapping
        errors = [each for each in problems if each.severity == "error"]
        lines = [f"{path}：账套里有 {len(errors)} 处要改的地方，没有导入任何数据。", *(f"  {each.zh}" for each in errors)]
        super().__init__("\n".join(lines))


def ordered(problems: Iterable[Problem], sheets: Sequence[str]) -> tuple[Problem, ...]:
    """Errors first, then by sheet in the order of the books, by row, by column; the same sentence once."""
    place = {name: at for at, name in enumerate(sheets)}
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda each: (each.severity, place.get(each.sheet, len(place)), each.row or 0, each.column, each.rule)))
