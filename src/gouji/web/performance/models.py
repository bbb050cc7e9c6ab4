"""A project's year: register, targets with indicators, returns of monitoring, requests for adjustment, evidence, re-scoring, use of results.

Money is in 万元 as the official forms print it, points in 分.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models

from gouji.web.flow import Flow, Flowing, Step, guard_content
from gouji.web.people.models import Organisation, Role
from gouji.web.performance import flows
from gouji.web.performance.amounts import apart, money
from gouji.web.store import StoredFile
from gouji.web.trail.recording import Recorded, Recording, Refused, recording

MONTHS = (6, 9, 11)
#: What a preparer may write once the targets are approved: results, not targets.
RESULTS = frozenset({"executed", "result", "process", "conclusion", "problems", "measures"})
INDICATOR_RESULTS = frozenset({"actual", "score", "reason"})


class Project(Flowing):
    """A project in one year (项目库中的项目). ``budget_adjusted`` follows from granted adjustments."""

    class Kind(models.TextChoices):
        RECURRING = "recurring", "常年项目"
        PHASED = "phased", "阶段项目"
        SINGLE = "single", "一次性项目"

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="projects", verbose_name="实施单位")
    year = models.PositiveSmallIntegerField("年度")
    code = models.CharField("项目代码", max_length=21, blank=True)
    name = models.CharField("项目名称", max_length=200)
    kind = models.CharField("项目类别", max_length=12, choices=Kind.choices, default=Kind.RECURRING)
    entered_library = models.DateField("入库日期", null=True, blank=True)
    ex_ante = models.BooleanField("须做事前绩效评估（新出台的重大政策和项目）", default=False)
    confidential = models.BooleanField("涉密（只有本单位和知悉范围内的人看得到，公开稿和导出里不列）", default=False)
    budget_initial = money("年初预算")
    budget_adjusted = money("调整后预算")
    executed = money("预算执行数")
    goal = models.TextField("年度目标", blank=True)
    result = models.TextField("年度目标完成情况", blank=True)
    process = models.TextField("实施内容及过程概述", blank=True)
    conclusion = models.TextField("评价结论", blank=True)
    problems = models.TextField("存在问题", blank=True)
    measures = models.TextField("改进措施", blank=True)

    flow: ClassVar[Flow] = flows.PROJECT
    trail_label = "项目"

    class Meta:
        verbose_name = "项目"
        ordering: ClassVar = ["unit__path", "code", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "year", "name"], name="one_project_a_year")]
        indexes: ClassVar = [models.Index(fields=["year", "state"], name="project_state")]

    def __str__(self) -> str:
        return self.name

    def organisation(self) -> Organisation:
        return self.unit

    def open_to(self, person: Any) -> bool:
        return super().open_to(person) and (not self.confidential or person.sees_secrets)

    def is_secret(self) -> bool:
        return self.confidential

    @property
    def budget(self) -> Decimal | None:
        """What may be spent: the adjusted budget, else the initial one."""
        return self.budget_adjusted if self.budget_adjusted is not None else self.budget_initial

    @property
    def evaluating(self) -> bool:
        """Whether the year's targets are fixed and results are entered."""
        return self.state in ("evaluation", "evaluation_head", "evaluation_department", "evaluation_bureau", "closed")

    @property
    def with_the_bureau(self) -> bool:
        """Whether the self-evaluation lies with the bureau, to be sampled and re-scored."""
        return self.state in ("evaluation_bureau", "closed")

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        super().guard(before, after, told)
        names = set(before) | set(after)
        state = (self.__dict__.get("_stored") or {}).get("state", "draft")
        if before and told.actor is not None and not told.moving and state in ("approved", "evaluation") and not names <= RESULTS:
            raise Refused("目标批复之后不能直接改目标和预算；确需改动的，请提出调整申请")

    def obstacles(self, step: Step) -> list[str]:
        from gouji.web.performance.readiness import evaluation_obstacles, target_obstacles

        return target_obstacles(self) if step.name in ("submit", "sign") else evaluation_obstacles(self)


class Part(Recorded):
    """A row that belongs to a project and follows its state."""

    project: models.ForeignKey[Project, Project]
    #: Columns that may be written in the states ``approved`` and ``evaluation``.
    open_later: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def place(self) -> Organisation:
        return self.project.unit

    def is_secret(self) -> bool:
        return self.project.confidential

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        names = set(before) | set(after)
        guard_content(self.project, self.project.state, names, told)
        if told.actor is not None and not told.moving and self.project.state in ("approved", "evaluation") and not names <= self.open_later:
            raise Refused("目标批复之后不能直接改指标；确需改动的，请提出调整申请")


class Indicator(Part):
    """An indicator of a project (三级指标), target and result."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators")
    order = models.PositiveSmallIntegerField("序号", default=0)
    level1 = models.CharField("一级指标", max_length=30)
    level2 = models.CharField("二级指标", max_length=40)
    name = models.CharField("三级指标", max_length=200)
    operator = models.CharField("指标性质", max_length=4, choices=[(each, each) for each in ("≥", "≤", "＝", ">", "<", "定性")], default="≥")
    target = models.CharField("指标值", max_length=60)
    unit = models.CharField("度量单位", max_length=20, blank=True)
    weight = models.DecimalField("权重", max_digits=6, decimal_places=2, null=True, blank=True)
    last_year = models.CharField("上年实际", max_length=60, blank=True)
    actual = models.CharField("完成值", max_length=60, blank=True)
    score = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True, blank=True)
    reason = models.TextField("未完成原因分析", blank=True)

    trail_label = "指标"
    open_later = INDICATOR_RESULTS

    class Meta:
        verbose_name = "指标"
        ordering: ClassVar = ["project", "order"]

    def __str__(self) -> str:
        return self.name


class ExAnte(Part):
    """The assessment before a new project enters the library (事前绩效评估): five questions, a conclusion, the report."""

    class Answer(models.TextChoices):
        YES = "yes", "符合"
        PARTLY = "partly", "基本符合"
        NO = "no", "不符合"

    class Conclusion(models.TextChoices):
        SUPPORT = "support", "予以支持"
        CHANGE = "change", "调整完善后支持"
        REJECT = "reject", "不予支持"

    project = models.OneToOneField(Project, models.CASCADE, related_name="ex_ante_record")
    held = models.DateField("评估日期")
    held_by = models.CharField("评估组织方式", max_length=120, help_text="如 单位自行评估、委托第三方（写明机构）")
    necessity = models.CharField("立项必要性", max_length=8, choices=Answer.choices)
    economy = models.CharField("投入经济性", max_length=8, choices=Answer.choices)
    goals = models.CharField("绩效目标合理性", max_length=8, choices=Answer.choices)
    plan = models.CharField("实施方案可行性", max_length=8, choices=Answer.choices)
    funding = models.CharField("筹资合规性", max_length=8, choices=Answer.choices)
    conclusion = models.CharField("评估结论", max_length=8, choices=Conclusion.choices)
    opinion = models.TextField("意见和建议", blank=True)
    name = models.CharField("评估报告", max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    trail_label = "事前绩效评估"

    class Meta:
        verbose_name = "事前绩效评估"

    def __str__(self) -> str:
        return self.project.name

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The five questions with their answers, as they are shown."""
        names = ("necessity", "economy", "goals", "plan", "funding")
        return [(str(self._meta.get_field(name).verbose_name), self.Answer(getattr(self, name)).label) for name in names]  # type: ignore[union-attr]


class Monitoring(Part):
    """The return of one date (6、9、11 月末): paid so far, expected at the year's end, what stands against it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="monitorings")
    month = models.PositiveSmallIntegerField("监控时点", choices=[(each, f"{each}月末") for each in MONTHS])
    executed = money("累计执行数")
    forecast = money("预计全年执行数")
    reason = models.TextField("偏差原因", blank=True)
    measures = models.TextField("纠偏措施", blank=True)

    trail_label = "监控"
    open_later = frozenset({"project_id", "month", "executed", "forecast", "reason", "measures"})

    class Meta:
        verbose_name = "绩效监控"
        ordering: ClassVar = ["project", "month"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "month"], name="one_return_a_date")]

    def __str__(self) -> str:
        return f"{self.project.name} {self.month}月末"


class Adjustment(Flowing):
    """A request to change money or a target after approval; granted, it changes the project in the same transaction."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="adjustments")
    budget = money("调整后预算改为")
    indicator = models.ForeignKey(Indicator, models.CASCADE, null=True, blank=True, related_name="adjustments", verbose_name="要调整的指标")
    target = models.CharField("指标值改为", max_length=60, blank=True)
    reason = models.TextField("调整理由")

    flow: ClassVar[Flow] = flows.ADJUSTMENT
    trail_label = "调整申请"

    class Meta:
        verbose_name = "调整申请"
        ordering: ClassVar = ["project", "change"]

    def __str__(self) -> str:
        return f"{self.project.name}的调整"

    def organisation(self) -> Organisation:
        return self.project.unit

    def open_to(self, person: Any) -> bool:
        return self.project.open_to(person)

    def is_secret(self) -> bool:
        return self.project.confidential

    def obstacles(self, step: Step) -> list[str]:
        found = []
        if self.project.state != "approved":
            found.append(f"项目现在是“{self.project.state_title}”，只有目标已批复、尚未自评的项目能调整")
        if self.budget is None and not (self.indicator_id and self.target):
            found.append("没有写要调整什么：填调整后预算，或选一个指标并填新的指标值")
        if self.budget is not None and self.budget < 0:
            found.append("调整后预算不能是负数")
        if not self.reason.strip():
            found.append("没有写调整理由")
        return found

    def moved(self, step: Step, told: Recording) -> None:
        if step.name != "grant":
            return
        if found := self.obstacles(step):
            raise Refused("还不能批准：" + "；".join(found))
        with recording(told.actor, f"批准的调整：{self.reason}"[:300], action="批准调整", moving=True):
            if self.budget is not None:
                project = Project.objects.get(pk=self.project_id)
                project.budget_adjusted = self.budget
                project.save()
            if self.indicator_id and self.target:
                indicator = Indicator.objects.get(pk=self.indicator_id)
                indicator.target = self.target
                indicator.save()


class Evidence(Part, StoredFile):
    """A file that proves a result (佐证材料)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="evidence")
    indicator = models.ForeignKey(Indicator, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name="证明哪个指标")

    trail_label = "佐证材料"
    open_later = StoredFile.FILE_COLUMNS | {"project_id", "indicator_id"}

    class Meta:
        verbose_name = "佐证材料"
        ordering: ClassVar = ["project", "change"]


class Rescoring(Recorded):
    """The bureau's own scores of a sampled project (抽查复评); ``scores`` by indicator id, ``execution`` for the execution row."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="rescoring")
    scores = models.JSONField("复评得分", default=dict)
    remark = models.TextField("复评说明", blank=True)
    total = models.DecimalField("复评总分", max_digits=6, decimal_places=2)
    self_total = models.DecimalField("自评总分", max_digits=6, decimal_places=2)
    deduction = models.DecimalField("自评准确性扣分", max_digits=6, decimal_places=2, null=True, blank=True)

    trail_label = "抽查复评"

    class Meta:
        verbose_name = "抽查复评"

    def __str__(self) -> str:
        return self.project.name

    def place(self) -> Organisation:
        return self.project.unit

    @property
    def difference(self) -> Decimal:
        return apart(self.self_total, self.total)

    def is_secret(self) -> bool:
        return self.project.confidential

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        if told.actor is not None and told.actor.role != Role.REVIEWER:
            raise Refused("抽查复评由财政部门审核人办理")
        if told.actor is not None and not self.project.open_to(told.actor):
            raise Refused("不在您的权限范围内")
        if not self.project.with_the_bureau:
            raise Refused("自评报到财政部门之后才能抽查复评")
        if told.actor is not None and not before and not hasattr(self.project, "sampled"):
            raise Refused("这个项目不在复评样本里，不用复评；确需复评的，先写明理由列入样本")


class Use(Recorded):
    """What the result leads to (结果应用): the rule's suggestion stays beside the decision."""

    class Decision(models.TextChoices):
        KEEP = "keep", "维持"
        WARN = "warn", "提醒整改"
        CUT = "cut", "压减预算"
        STOP = "stop", "取消项目"

    project = models.OneToOneField(Project, models.CASCADE, related_name="use")
    suggestion = models.CharField("建议", max_length=300)
    decision = models.CharField("决定", max_length=8, choices=Decision.choices)
    cut = money("压减金额")
    reason = models.TextField("理由", blank=True)

    trail_label = "结果应用"

    class Meta:
        verbose_name = "结果应用"

    def __str__(self) -> str:
        return self.project.name

    def place(self) -> Organisation:
        return self.project.unit

    def is_secret(self) -> bool:
        return self.project.confidential

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        if told.actor is not None and told.actor.role != Role.APPROVER:
            raise Refused("结果应用由财政部门审批人决定")
        if told.actor is not None and not self.project.open_to(told.actor):
            raise Refused("不在您的权限范围内")
        if self.project.state != "closed":
            raise Refused("自评审定之后才能决定结果应用")
        if told.actor is not None and hasattr(self.project, "sampled") and not hasattr(self.project, "rescoring"):
            raise Refused("这个项目在复评样本里，复评之后才能决定结果应用")


class LibraryIndicator(Recorded):
    """An indicator that others have used well (指标库), by kind of project."""

    division = models.ForeignKey(Organisation, models.PROTECT, related_name="library")
    subject = models.CharField("适用的项目", max_length=60)
    level1 = models.CharField("一级指标", max_length=30)
    level2 = models.CharField("二级指标", max_length=40)
    name = models.CharField("三级指标", max_length=200)
    operator = models.CharField("指标性质", max_length=4, default="≥")
    unit = models.CharField("度量单位", max_length=20, blank=True)
    hint = models.CharField("怎样取数", max_length=300, blank=True)

    trail_label = "指标库"

    class Meta:
        verbose_name = "指标库"
        ordering: ClassVar = ["subject", "level1", "level2", "name"]

    def __str__(self) -> str:
        return self.name

    def place(self) -> Organisation:
        return self.division

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        if told.actor is not None and told.actor.role not in (Role.REVIEWER, Role.SUPERVISOR):
            raise Refused("指标库由财政部门和主管部门维护")


from gouji.web.performance import draws  # noqa: E402, F401 - the sample's models stand on the project's, and the framework looks for all of them here
