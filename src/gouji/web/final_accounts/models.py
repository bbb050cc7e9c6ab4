"""A department's or unit's final account of one year, and everything that belongs to it.

What is computed (statements, findings, files) is not kept in rows: it stands in the store by its content (:mod:`.contents`) and follows from
the rows here. Money is in yuan inside the dossier.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from gouji.web.final_accounts import flows
from gouji.web.flow import CORRECTION, Flow, Flowing, Step, guard_content
from gouji.web.people.models import Organisation, Role
from gouji.web.people.scope import touches
from gouji.web.store import StoredFile
from gouji.web.trail.recording import Recorded, Recording, Refused


class FinalAccount(Flowing):
    """The final account of ``subject`` (a department with its units, or one unit alone), prepared at ``unit``.

    ``dossier``: digest of the compiled dossier in force ("" before the first import); ``entered``: of the evaluation's entries that it holds. ``seen``: digest of the check that stood when the last
    step was taken, so that what is new since can be told.
    """

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="prepared_accounts", verbose_name="编报单位")
    subject = models.ForeignKey(Organisation, models.PROTECT, related_name="final_accounts", verbose_name="决算主体")
    year = models.PositiveSmallIntegerField("年度")
    books = models.ForeignKey("Import", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账套")
    sheets = models.ForeignKey("Import", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="财决工作簿")
    dossier = models.CharField("编制结果", max_length=64, blank=True)
    entered = models.CharField("编入的评价数据", max_length=64, blank=True)
    seen = models.CharField("办理时的核对结果", max_length=64, blank=True)
    approved_on = models.DateField("批复日期", null=True, blank=True)
    approval_number = models.CharField("批复文号", max_length=60, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    address = models.URLField("公开网址", max_length=300, blank=True)

    flow: ClassVar[Flow] = flows.ACCOUNT
    quiet = frozenset({"dossier", "entered"})  # compiled anew from what persons have entered, each recorded for itself
    trail_label = "决算"

    class Meta:
        verbose_name = "决算"
        ordering: ClassVar = ["-year", "subject__path"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "year"], name="one_account_a_year")]
        indexes: ClassVar = [models.Index(fields=["year", "state"], name="account_state")]

    def __str__(self) -> str:
        return f"{self.subject.name}{self.year}年度{self.title}"

    def organisation(self) -> Organisation:
        return self.unit

    @property
    def kind(self) -> str:
        """``department`` with all its units, or ``unit`` alone."""
        return "department" if self.subject.level == Organisation.Level.DEPARTMENT else "unit"

    @property
    def title(self) -> str:
        return "部门决算" if self.kind == "department" else "单位决算"

    def obstacles(self, step: Step) -> list[str]:
        from gouji.web.final_accounts.readiness import obstacles

        return obstacles(self, step)

    def moved(self, step: Step, told: Recording) -> None:
        from gouji.web.final_accounts.contents import latest, product

        found = product(self, "check") or latest(self, "check")
        self.seen = found.sha256 if found is not None else ""


class Part(Recorded):
    """A row that belongs to an account and follows its state."""

    account: models.ForeignKey[FinalAccount, FinalAccount]

    class Meta:
        abstract = True

    def place(self) -> Organisation:
        return self.account.unit

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        guard_content(self.account, self.account.state, set(before) | set(after), told)


class Import(Part, StoredFile):
    """A file that was brought in: the books (账套) or the 财决 workbook. ``details``: digest of its problems and differences in the store."""

    class Kind(models.TextChoices):
        BOOKS = "books", "账套"
        SHEETS = "sheets", "财决工作簿"

    class Outcome(models.TextChoices):
        READING = "reading", "正在读取"
        REFUSED = "refused", "没有导入"
        READY = "ready", "待确认"
        TAKEN = "taken", "已采用"
        DROPPED = "dropped", "已放弃"

    account = models.ForeignKey(FinalAccount, models.CASCADE, related_name="imports")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, default=Outcome.READING)
    details = models.CharField(max_length=64, blank=True)
    dossier = models.CharField("编制结果", max_length=64, blank=True)
    errors = models.PositiveIntegerField("要改的", default=0)
    warnings = models.PositiveIntegerField("提示", default=0)
    differences = models.PositiveIntegerField("与现用数据不同的", default=0)
    reason = models.CharField("没有导入的原因", max_length=500, blank=True)

    trail_label = "导入"

    class Meta:
        verbose_name = "导入"
        ordering: ClassVar = ["-change"]


class ColumnMapping(Recorded):
    """What a person has said of the columns of a subject's 财决 workbooks (列对应), by sheet and letter with the heads above; it holds next year too."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="编报单位")
    subject = models.OneToOneField(Organisation, models.PROTECT, related_name="column_mapping", verbose_name="决算主体")
    columns = models.JSONField("各列的含义", default=dict)
    heads = models.JSONField("各列的表头", default=dict)

    trail_label = "列对应"

    class Meta:
        verbose_name = "列对应"

    def __str__(self) -> str:
        return self.subject.name

    def place(self) -> Organisation:
        return self.unit

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        if told.actor is not None and (told.actor.role != Role.PREPARER or not touches(told.actor, self.unit)):
            raise Refused("列对应由编报单位的经办人更正")


class Passage(Part):
    """A text of the author's (文字) in one slot of the narrative; it stands before what the books' own sheet says."""

    account = models.ForeignKey(FinalAccount, models.CASCADE, related_name="passages")
    slot = models.CharField("位置", max_length=80)
    text = models.TextField("内容", blank=True)

    trail_label = "文字"

    class Meta:
        verbose_name = "文字"
        ordering: ClassVar = ["account", "slot"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "slot"], name="one_passage_a_slot")]

    def __str__(self) -> str:
        from gouji.web.final_accounts.narrative import title_of

        return title_of(self.slot, {})


class EvaluationEntry(Part):
    """What a person gives for one item of the department's evaluation: inputs by name (or ``score``), and why points are lost."""

    account = models.ForeignKey(FinalAccount, models.CASCADE, related_name="entries")
    item = models.CharField("指标", max_length=80)
    given = models.JSONField("数据", default=dict)
    reason = models.TextField("扣分原因", blank=True)

    trail_label = "整体评价"

    class Meta:
        verbose_name = "整体评价"
        ordering: ClassVar = ["account", "item"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "item"], name="one_entry_an_item")]

    def __str__(self) -> str:
        from gouji.web.final_accounts.evaluating import scheme_of

        scheme = scheme_of(self.account)
        return next((each.name for _, each in scheme.walk() if each.id == self.item), self.item) if scheme else self.item


class ItemEvidence(Part, StoredFile):
    """A file that proves an item of the evaluation (佐证材料)."""

    account = models.ForeignKey(FinalAccount, models.CASCADE, related_name="evidence")
    item = models.CharField("指标", max_length=80)

    trail_label = "佐证材料"

    class Meta:
        verbose_name = "佐证材料"
        ordering: ClassVar = ["account", "change"]


class AuditFinding(Part):
    """What an audit or inspection found (审计发现问题), and its rectification (整改)."""

    class Rectified(models.TextChoices):
        OPEN = "open", "尚未整改"
        UNDERWAY = "underway", "正在整改"
        DONE = "done", "已经整改"

    account = models.ForeignKey(FinalAccount, models.CASCADE, related_name="audit_findings")
    source = models.CharField("由谁发现", max_length=120, help_text="如审计机关、财政监督、巡察、内部审计")
    found_on = models.DateField("发现日期", null=True, blank=True)
    problem = models.TextField("问题")
    measures = models.TextField("整改情况", blank=True)
    rectified = models.CharField("整改状态", max_length=10, choices=Rectified.choices, default=Rectified.OPEN)
    rectified_on = models.DateField("整改完成日期", null=True, blank=True)

    trail_label = "审计发现问题"

    class Meta:
        verbose_name = "审计发现问题"
        ordering: ClassVar = ["account", "change"]

    def __str__(self) -> str:
        return self.problem[:60]


class SecondInput(Part, StoredFile):
    """A file that the account is held against (对照文件): last year's account, the year's budget, the approval. It changes nothing of the account.

    ``kind`` is the rule of :mod:`gouji.checks.against` that it serves, told from the file; ``by`` the role that brought it, which alone takes it back.
    """

    class Kind(models.TextChoices):
        PRIOR = "against-prior", "上年决算"
        BUDGET = "against-budget", "本年预算"
        APPROVAL = "against-approval", "决算批复"

    class Outcome(models.TextChoices):
        READING = "reading", "正在读取"
        READY = "ready", "用于核对"
        REFUSED = "refused", "没有用"

    account = models.ForeignKey(FinalAccount, models.CASCADE, related_name="second_inputs")
    by = models.CharField("由谁加入", max_length=16, choices=Role.choices)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, default=Outcome.READING)
    kind = models.CharField("种类", max_length=20, choices=Kind.choices, blank=True)
    unit_name = models.CharField("文件写的单位", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("文件写的年度", null=True, blank=True)
    reason = models.CharField("没有用的原因", max_length=500, blank=True)

    trail_label = "对照文件"

    class Meta:
        verbose_name = "对照文件"
        ordering: ClassVar = ["account", "change"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "sha256"], name="one_second_input_a_file")]

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        if told.actor is not None and not may_hold_against(self.account, told.actor, self.by):
            raise Refused("现在不能加入或撤下这份对照文件")


def may_hold_against(account: FinalAccount, person: Any, by: str = "") -> bool:
    """Who may hold the account against another file: the preparer while the account is theirs or approved, and at any time who reviews it.

    ``by``: a file that stands already is only taken back by the role that brought it.
    """
    if not touches(person, account.unit) or (by and by != person.role):
        return False
    if person.role == Role.PREPARER:
        return account.state in (*account.flow.editable, *account.flow.closed)
    return person.role in (Role.SUPERVISOR, Role.REVIEWER) and account.state != "draft"


class Justification(Part):
    """Why a finding may stand (出错说明), by the finding's fingerprint; ``finding`` is its sentence when the words were written."""

    account = models.ForeignKey(FinalAccount, models.CASCADE, related_name="justifications")
    fingerprint = models.CharField("指纹", max_length=16)
    finding = models.CharField("问题", max_length=500, blank=True)
    words = models.TextField("说明", blank=True)

    trail_label = "出错说明"

    class Meta:
        verbose_name = "出错说明"
        ordering: ClassVar = ["account", "change"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "fingerprint"], name="one_justification_a_finding")]

    def __str__(self) -> str:
        return self.finding[:60] or self.fingerprint


class Correction(Part):
    """A change after the approval (更正): what, old, new and why, as anybody may read it."""

    account = models.ForeignKey(FinalAccount, models.CASCADE, related_name="corrections")
    what = models.CharField("更正的内容", max_length=200)
    old = models.TextField("原来", blank=True)
    new = models.TextField("更正为", blank=True)
    reason = models.TextField("原因")
    on = models.DateField("日期", default=timezone.localdate)

    trail_label = "更正"

    class Meta:
        verbose_name = "更正"
        ordering: ClassVar = ["-change"]

    def __str__(self) -> str:
        return self.what

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        super().guard(before, after, told)
        if told.actor is not None and (told.action != CORRECTION or before):
            raise Refused("更正只能新增，不能改动")


class Deadline(Recorded):
    """By when a stage of the year's accounts is due in a division (报送期限)."""

    class Stage(models.TextChoices):
        SUBMIT = "submit", "单位提交"
        FORWARD = "forward", "主管部门报送财政"
        APPROVE = "approve", "财政批复"

    division = models.ForeignKey(Organisation, models.PROTECT, related_name="deadlines")
    year = models.PositiveSmallIntegerField("年度")
    stage = models.CharField("环节", max_length=10, choices=Stage.choices)
    due = models.DateField("期限")

    trail_label = "期限"

    class Meta:
        verbose_name = "期限"
        ordering: ClassVar = ["-year", "due"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["division", "year", "stage"], name="one_deadline_a_stage")]

    def __str__(self) -> str:
        return f"{self.year}年度{self.get_stage_display()}"

    def place(self) -> Organisation:
        return self.division

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        if told.actor is not None and told.actor.role not in (Role.REVIEWER, Role.APPROVER):
            raise Refused("期限由财政部门设定")


class Product(models.Model):
    """Something computed of an account (核对结果, a file) for one state of its content; made again at will, so that no record is kept of it."""

    account = models.ForeignKey(FinalAccount, models.CASCADE, related_name="products")
    kind = models.CharField(max_length=10)  # check, or a format of the disclosure
    content = models.CharField(max_length=64)  # digest of what it was made of
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    gaps = models.BooleanField(default=False)  # made while texts were missing
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "成品"
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "kind", "content"], name="one_product_a_content")]

    def __str__(self) -> str:
        return f"{self.kind} {self.content[:8]}"
