"""Units in a tree (财政区划 → 主管部门 → 单位) and persons with one role at one place of it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from gouji.standards.loader import jurisdiction_name
from gouji.web.trail.recording import Recorded, RecordedQuerySet


class Organisation(Recorded):
    """A place of the tree. ``path`` is the codes from the root down, each ended by ``/``: a subtree is one prefix."""

    class Level(models.TextChoices):
        DIVISION = "division", "财政区划"
        DEPARTMENT = "department", "主管部门"
        UNIT = "unit", "预算单位"

    class Kind(models.TextChoices):
        ADMINISTRATIVE = "administrative", "行政单位"
        CIVIL_SERVICE = "civil_service", "参照公务员法管理的事业单位"
        PUBLIC = "public", "其他事业单位"

    level = models.CharField("层级", max_length=12, choices=Level.choices)
    code = models.CharField("单位代码", max_length=21)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("单位性质", max_length=16, choices=Kind.choices, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级")
    path = models.CharField(max_length=120, unique=True, editable=False)
    jurisdiction = models.CharField("适用标准", max_length=60, default="cn", help_text="如 cn-sichuan；下级随上级")

    trail_label = "单位"

    class Meta:
        verbose_name = "单位"
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def standards_name(self) -> str:
        """Of which place the standards are that apply here."""
        return jurisdiction_name(self.jurisdiction)

    def prepare(self) -> None:
        self.path = (self.parent.path if self.parent else "") + self.code + "/"

    def place(self) -> Organisation:
        return self


class Role(models.TextChoices):
    """What a person is in the yearly cycle."""

    PREPARER = "preparer", "单位经办人"
    HEAD = "head", "单位负责人"
    SUPERVISOR = "supervisor", "主管部门审核人"
    REVIEWER = "reviewer", "财政部门审核人"
    APPROVER = "approver", "财政部门审批人"
    ADMINISTRATOR = "administrator", "系统管理员"


#: At which level of the tree a role stands.
PLACES: dict[str, Organisation.Level] = {
    Role.PREPARER: Organisation.Level.UNIT,
    Role.HEAD: Organisation.Level.UNIT,
    Role.SUPERVISOR: Organisation.Level.DEPARTMENT,
    Role.REVIEWER: Organisation.Level.DIVISION,
    Role.APPROVER: Organisation.Level.DIVISION,
}


class Persons(BaseUserManager.from_queryset(RecordedQuerySet)):  # type: ignore[misc]
    """Persons are made like every recorded row; ``get_by_natural_key`` is what signing in asks for."""


class Person(AbstractBaseUser, Recorded):
    """Someone who signs in: one role, at one place of the tree (an administrator at none)."""

    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="persons", verbose_name="所在单位")
    is_active = models.BooleanField("可以登录", default=True)
    knows_secrets = models.BooleanField(
        "列入涉密项目知悉范围", default=False, help_text="主管部门和财政部门的人员，列入后才看得到所辖单位涉密项目的名称和内容；本单位的经办人和负责人不用列"
    )
    must_change_password = models.BooleanField("下次登录须改密码", default=False)

    objects: ClassVar[Persons] = Persons()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    trail_label = "人员"
    trail_hidden: ClassVar[frozenset[str]] = frozenset({"password"})  # a change of it is recorded, its hash is not
    trail_free: ClassVar[frozenset[str]] = frozenset({"last_login"})

    class Meta:
        verbose_name = "人员"
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def sees_secrets(self) -> bool:
        """Whether names and contents of secret projects (涉密) in the person's part of the tree are open to them: to who prepares and signs them in
        their own unit, above only to who was named for it, never to an administrator."""
        if self.role in (Role.PREPARER, Role.HEAD):
            return True
        return self.knows_secrets and self.role in (Role.SUPERVISOR, Role.REVIEWER, Role.APPROVER)

    def place(self) -> Organisation | None:
        return self.organisation

    def check_password(self, raw_password: str | None) -> bool:
        """Without the framework's silent rehash, which would be a write that nobody recorded."""
        return check_password(raw_password, self.password)
