"""The sample that the bureau re-scores: what was drawn (抽样), and every project in the sample, drawn or added by hand.

A draw is never changed, only withdrawn (作废) as a whole, with its reason, while nothing of it has been re-scored. Its list is a kept file
(:func:`gouji.web.performance.drawing.written`): drawn again from it with the recorded seed it gives the recorded sample.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from django.db import models

from gouji.scoring.cells import number
from gouji.web.people.models import Organisation, Role
from gouji.web.people.scope import touches
from gouji.web.performance.drawing import Lot, Terms, drawn, problems, read
from gouji.web.performance.models import Project
from gouji.web.store import StoredFile, path_of
from gouji.web.trail.recording import Recorded, Recording, Refused

WITHDRAWAL = "作废抽样"
#: Where the self-evaluation lies with the bureau: what may be drawn and re-scored.
WITH_THE_BUREAU = ("evaluation_bureau", "closed")
BUREAU = (Role.REVIEWER, Role.APPROVER)


class Draw(Recorded, StoredFile):
    """One draw of a year. ``name``, ``sha256`` and ``size`` are of its list."""

    class Method(models.TextChoices):
        COUNT = "count", "按个数"
        SHARE = "share", "按比例（%）"

    division = models.ForeignKey(Organisation, models.PROTECT, related_name="draws", verbose_name="抽样部门")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("第几次抽样", editable=False)
    method = models.CharField("抽取办法", max_length=8, choices=Method.choices, default=Method.SHARE)
    wanted = models.DecimalField("抽取个数或比例", max_digits=8, decimal_places=2, help_text="按比例的，不足一个按一个")
    by_unit = models.BooleanField("按单位分层", default=False)
    by_kind = models.BooleanField("按项目类别分层", default=False)
    by_money = models.BooleanField("按预算金额分层", default=False)
    bounds = models.CharField("金额分档的界限（万元）", max_length=120, blank=True, help_text="如 100、500，按金额分层才用")
    at_least_one = models.BooleanField("每层至少抽一个", default=False)
    seed = models.CharField("种子", max_length=60, blank=True, help_text="公开摇号得到的数，或当众约定的一串字；空着由系统随机产生")
    seed_given = models.BooleanField("种子由抽样人填写", default=False, editable=False)
    basis = models.CharField("抽样依据", max_length=300, help_text="工作方案、文号或会议")
    candidates = models.PositiveIntegerField("可抽项目数", editable=False)
    drawn = models.PositiveIntegerField("抽中项目数", editable=False)
    withdrawn = models.CharField("作废原因", max_length=300, blank=True, editable=False)

    trail_label = "复评抽样"

    class Meta:
        verbose_name = "复评抽样"
        ordering: ClassVar = ["year", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["division", "year", "number"], name="draws_of_a_year_are_counted")]

    def __str__(self) -> str:
        return f"{self.year}年度第 {self.number} 次抽样"

    def place(self) -> Organisation:
        return self.division

    @property
    def terms(self) -> Terms:
        return Terms(
            self.method == self.Method.SHARE,
            self.wanted or Decimal(0),
            self.by_unit,
            self.by_kind,
            self.by_money,
            bounds_of(self.bounds),
            self.at_least_one,
        )

    @property
    def manner(self) -> str:
        """The terms in words."""
        chosen = [
            title
            for is_so, title in (
                (self.by_unit, "单位"),
                (self.by_kind, "项目类别"),
                (self.by_money, f"预算金额（界限 {self.bounds} 万元）"),
            )
            if is_so
        ]
        amount = (
            f"抽 {self.wanted.normalize():f}%，不足一个按一个" if self.method == self.Method.SHARE else f"抽 {self.wanted.normalize():f} 个"
        )
        return f"{amount}；" + (f"按{'、'.join(chosen)}分层" + ("，每层至少一个" if self.at_least_one else "") if chosen else "不分层")

    @cached_property
    def lots(self) -> list[Lot]:
        """The kept list; empty where its file is gone or is no longer the one that was kept."""
        path = path_of(self.sha256)
        content = path.read_bytes() if path.exists() else b""
        return read(content) if hashlib.sha256(content).hexdigest() == self.sha256 else []

    @cached_property
    def repeats(self) -> bool:
        """Whether the recorded list and seed, drawn again, give the recorded sample."""
        candidates = [each.candidate for each in self.lots]
        return not problems(candidates, self.terms) and drawn(candidates, self.terms, self.seed) == self.lots

    @cached_property
    def taken(self) -> dict[str, str]:
        """The projects that the draw itself has taken, by id, with their stratum."""
        return {each.candidate.id: each.stratum for each in self.lots if each.taken} if self.repeats else {}

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        if told.actor is None:
            return
        if told.actor.role not in BUREAU or not touches(told.actor, self.division):
            raise Refused("复评抽样由财政部门办理")
        if not before:
            return
        if set(after) != {"withdrawn"} or told.action != WITHDRAWAL or not self.withdrawn.strip():
            raise Refused("抽样的结果不能改动；抽错了的，写明原因作废，再抽一次")
        if told.actor.role != Role.APPROVER:
            raise Refused("作废抽样由财政部门审批人决定")
        if self.sampled.exists():
            raise Refused("样本里还有这次抽中的项目，不能作废")


class Sampled(Recorded):
    """A project in the sample. ``draw`` is empty where somebody added it by hand; then ``reason`` says why."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="sampled")
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, blank=True, related_name="sampled", verbose_name="哪次抽样")
    stratum = models.CharField("层", max_length=300, blank=True)
    reason = models.CharField("加入理由", max_length=300, blank=True)

    trail_label = "复评样本"

    class Meta:
        verbose_name = "复评样本"
        ordering: ClassVar = ["project__unit__path", "project__code", "project__name"]

    def __str__(self) -> str:
        return self.project.name

    def place(self) -> Organisation:
        return self.project.unit

    def is_secret(self) -> bool:
        return self.project.confidential

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        if told.actor is None:
            return
        if told.actor.role not in BUREAU:
            raise Refused("复评样本由财政部门确定")
        if not self.project.open_to(told.actor):
            raise Refused("不在您的权限范围内")
        if before and after:
            raise Refused("样本里的项目不能改，只能移出")
        if before:
            self._guard_removal(told)
        elif not self.project.with_the_bureau:
            raise Refused("自评报到财政部门之后才能列入复评样本")
        elif self.draw is None and not self.reason.strip():
            raise Refused("不是抽中的，要写明为什么列入样本")
        elif self.draw is not None and (self.draw.withdrawn or str(self.project_id) not in self.draw.taken):
            raise Refused("这次抽样没有抽中这个项目")

    def _guard_removal(self, told: Recording) -> None:
        if hasattr(self.project, "rescoring"):
            raise Refused("已经复评的项目不能移出样本")
        if self.draw is not None and not (told.action == WITHDRAWAL and told.actor is not None and told.actor.role == Role.APPROVER):
            raise Refused("抽中的项目不能单独移出；抽错了的，整次作废")
        if not told.reason:
            raise Refused("移出样本要写明原因")


def bounds_of(text: str) -> tuple[Decimal, ...]:
    """The numbers of ``100、500``; what is no number counts as −1, which no list of bounds may hold."""
    parts = text.replace("、", " ").replace(",", " ").replace("，", " ").replace(";", " ").replace("；", " ").split()
    return tuple(Decimal(-1) if (value := number(each)) is None else value for each in parts)
