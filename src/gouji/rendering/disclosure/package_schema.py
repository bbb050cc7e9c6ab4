"""The tables of the open data: their fields with titles, types and what is allowed, as Table Schema and as DuckDB types."""

from __future__ import annotations

from typing import Any

from gouji.model.record import record

_SQL = {"integer": "BIGINT", "number": "DECIMAL(24,6)", "string": "VARCHAR", "year": "VARCHAR"}


@record
class Field:
    """A column. ``needed``: never blank; ``values``: the only ones there are."""

    name: str
    title: str
    type: str = "string"
    needed: bool = False
    values: tuple[str, ...] = ()
    description: str = ""

    @property
    def sql(self) -> str:
        return _SQL[self.type]

    def described(self) -> dict[str, Any]:
        """As Table Schema has it."""
        limits: dict[str, Any] = ({"required": True} if self.needed else {}) | ({"enum": list(self.values)} if self.values else {})
        found: dict[str, Any] = {"name": self.name, "type": self.type, "title": self.title}
        return found | ({"description": self.description} if self.description else {}) | ({"constraints": limits} if limits else {})


@record
class Table:
    """A table. ``links``: (own field, table, field there)."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...] = ()


_MEASURES = ("amount", "share", "change", "change_rate", "completion", "count", "weight", "score", "deduction", "rate", "value")
_PHASES = ("budget_initial", "budget_adjusted", "executed", "budget", "target")
_FUNDS = ("general_budget", "government_fund", "state_capital", "fiscal")

TABLES = (
    Table("facts", "公开的数", "公开稿里印出的每一个数，连同含义和出处；同一个数印几次就有几行。", (
        Field("id", "序号", "integer", True), Field("concept", "概念", needed=True), Field("name", "概念名称"),
        Field("measure", "种类", needed=True, values=_MEASURES), Field("phase", "阶段", needed=True, values=_PHASES), Field("period", "年度", needed=True),
        Field("fund", "资金性质", values=_FUNDS, description="空白为全部资金；fiscal 为三类财政拨款合计"),
        Field("function", "功能分类科目编码", description="《政府收支分类科目》类、款、项"), Field("function_name", "功能分类科目名称"),
        Field("economic", "部门预算支出经济分类科目编码"), Field("economic_name", "经济分类科目名称"), Field("project", "项目"),
        Field("dimensions", "其他分类", description="JSON 对象"), Field("value", "数值", "number", True), Field("unit", "计量单位"),
        Field("direction", "增减方向", values=("increase", "decrease", "none"), description="增减额、增减率的方向；数值本身不带符号"),
        Field("place", "所在", needed=True, values=("narrative", "statement", "form")), Field("section", "章节或报表", needed=True),
        Field("row", "报表第几行", "integer"), Field("column", "报表栏目"),
    ), ("id",)),
    Table("statements", "决算报表", "各张报表，每个单元格一行；空白单元格的数值为空。", (
        Field("statement", "报表", needed=True), Field("number", "表号"), Field("title", "报表名称", needed=True), Field("row", "第几行", "integer", True), Field("line", "行次"),
        Field("code", "科目编码或项目代码"), Field("name", "项目或科目名称"), Field("column", "栏目", needed=True, description="多层表头用“ / ”连接"),
        Field("value", "数值", "number"), Field("unit", "金额单位", needed=True), Field("fact", "公开的数的序号", "integer"),
    ), ("statement", "row", "column"), (("fact", "facts", "id"),)),
    Table("projects", "项目绩效自评", "每张自评表一行。", (
        Field("project", "序号", "integer", True), Field("code", "项目代码"), Field("name", "项目名称"), Field("authority", "主管部门"), Field("unit", "实施单位"),
        Field("money_unit", "金额单位"), Field("goal", "年度目标"), Field("result", "完成情况"), Field("total_weight", "总分值", "number"), Field("total_score", "总得分", "number"),
        Field("conclusion", "评价结论"),
    ), ("project",)),
    Table("indicators", "绩效指标", "自评表的每个指标一行；目标值和完成值照印，可能是文字。", (
        Field("project", "项目序号", "integer", True), Field("number", "序号", "integer", True), Field("level1", "一级指标"), Field("level2", "二级指标"), Field("name", "三级指标"),
        Field("operator", "指标性质"), Field("target", "目标值"), Field("unit", "计量单位"), Field("actual", "完成值"), Field("weight", "分值", "number"), Field("score", "得分", "number"),
        Field("reason", "未完成原因"),
    ), ("project", "number"), (("project", "projects", "project"),)),
)  # fmt: skip


def foreign(table: Table) -> dict[str, Any]:
    """The links of a table as Table Schema has them."""
    if not table.links:
        return {}
    return {"foreignKeys": [{"fields": [own], "reference": {"resource": other, "fields": [there]}} for own, other, there in table.links]}
