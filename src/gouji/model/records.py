"""Records (记录): forms and scored schemes as views over facts. Every number lives once, as a :class:`~gouji.model.fact.Fact`;
a record names it by the fact's id, so that agreement, blame and the report can point at any cell of any form.

Concepts of the facts behind a form: ``project.budget`` (phases budget_initial, budget_adjusted), ``project.execution`` (amount; measure
``completion`` is the execution rate, ``weight``/``score`` its points), ``indicator`` (measure ``value``, phases target and executed;
``weight``, ``score``), ``project.total`` (weight, score); dimensions ``project`` (code, else name), ``indicator`` (path of its names), ``part``
(财政拨款, 其他资金 …). Behind a scheme: ``evaluation.item``/``evaluation.total`` (weight, score, deduction; dimension ``item``).
"""

from __future__ import annotations

from dataclasses import field

from gouji.model.figure import Place
from gouji.model.record import record


@record
class Entry:
    """One field of a form as printed.

    ``text`` is None where the form has no such field or where it cannot be told which cell is meant, "" where it is printed blank.
    ``restored`` marks a value that stood elsewhere (torn text) and was put back; ``doubt`` says in Chinese why the reading is uncertain.
    """

    text: str | None = None
    fact: int | None = None
    place: Place | None = None
    doubt: str | None = None
    restored: bool = False


ABSENT = Entry()


@record
class Indicator:
    """One indicator (三级指标). ``operator`` is ≥ ≤ ＝ > < or 定性; ``unit`` the printed measure (度量单位); points in 分."""

    level1: str
    level2: str
    name: str
    operator: Entry = ABSENT
    target: Entry = ABSENT
    unit: Entry = ABSENT
    actual: Entry = ABSENT
    weight: Entry = ABSENT
    score: Entry = ABSENT
    reason: Entry = ABSENT  # 未完成原因分析 / 偏差原因


@record
class Funding:
    """One row of the money block: 总额, 其中：财政资金, 财政专户管理资金, 单位资金, 上年结转 … (``part`` "" is the total).

    The last four are columns of lists of items and projects, not of forms.
    """

    part: str
    budget_initial: Entry = ABSENT
    budget_adjusted: Entry = ABSENT
    executed: Entry = ABSENT
    rate: Entry = ABSENT
    weight: Entry = ABSENT
    score: Entry = ABSENT
    reason: Entry = ABSENT
    adjustment: Entry = ABSENT  # 中期调整
    deviation: Entry = ABSENT  # 偏差程度: |决算数 − 预算数| ÷ 决算数, or words (无偏差)
    surplus: Entry = ABSENT  # 资金结余率
    below: Entry = ABSENT  # 是否小于0.1


@record
class Task:
    """One of the main tasks of the year (年度主要任务) in an overall form."""

    name: Entry = ABSENT
    content: Entry = ABSENT
    result: Entry = ABSENT


@record
class Problem:
    """A problem that an audit or inspection found (审计发现问题), and what was done about it."""

    unit: Entry = ABSENT
    problem: Entry = ABSENT
    rectification: Entry = ABSENT
    material: Entry = ABSENT


@record
class Project:
    """A project's self-evaluation form (项目支出绩效自评表), or the department's overall form (部门整体支出绩效目标完成情况, ``overall``).

    ``layout`` names the layout that was recognised; ``money_unit`` the unit of the money block (万元, 元). ``caption`` and ``table``: what the list
    is called that a row of layout ``execution`` or ``summary`` stands in, and which of the document's lists it is.
    """

    code: Entry = ABSENT
    name: Entry = ABSENT
    authority: Entry = ABSENT  # 主管部门
    unit: Entry = ABSENT  # 实施单位 / 预算单位
    money_unit: str = "万元"
    funding: tuple[Funding, ...] = ()
    goal: Entry = ABSENT  # 年度目标 / 预期目标
    result: Entry = ABSENT  # 目标完成情况 / 实际完成情况
    indicators: tuple[Indicator, ...] = ()
    total_weight: Entry = ABSENT
    total_score: Entry = ABSENT
    conclusion: Entry = ABSENT
    problems: Entry = ABSENT
    measures: Entry = ABSENT
    manager: Entry = ABSENT
    overall: bool = False
    layout: str = ""
    place: Place | None = None
    doubts: tuple[str, ...] = ()
    process: Entry = ABSENT  # 项目实施内容及过程概述
    finance: Entry = ABSENT  # 财务负责人
    tasks: tuple[Task, ...] = ()
    grade: Entry = ABSENT  # 自评等级
    caption: str = ""
    table: int = 0

    @property
    def money(self) -> Funding:
        """The row of the total; an empty one where the form has none."""
        for row in self.funding:
            if not row.part:
                return row
        return Funding("")

    @property
    def key(self) -> str:
        """What the form's facts carry as dimension ``project``: its code, else its name."""
        return self.code.text or self.name.text or ""


@record
class EvaluationItem:
    """One item of a scored scheme, as a report or a table states it. ``path`` of names from the first level down."""

    path: tuple[str, ...]
    id: str = ""  # the item of the scheme that it was recognised as
    weight: Entry = ABSENT
    score: Entry = ABSENT
    deduction: Entry = ABSENT
    reason: Entry = ABSENT


@record
class Evaluation:
    """A scheme applied to a department or a service (部门整体绩效自评). ``scheme`` is the id of the scheme, "" where unknown."""

    scheme: str = ""
    items: tuple[EvaluationItem, ...] = ()
    total: Entry = ABSENT
    grade: Entry = ABSENT
    place: Place | None = None
    doubts: tuple[str, ...] = field(default=())
