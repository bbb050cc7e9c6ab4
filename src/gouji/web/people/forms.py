"""The forms of persons and units."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from gouji.standards.loader import jurisdiction_name, jurisdictions
from gouji.web.choices import Worded
from gouji.web.people.models import PLACES, Organisation, Person, Role

#: Below which levels a level may stand (None: at the root).
_ABOVE: dict[str, tuple[str | None, ...]] = {
    "division": (None, "division"), "department": ("division",), "unit": ("department", "unit"),
}  # fmt: skip


_ELSEWHERE = "没有列出的地方选“全国”；下级随上级"


def _places(more: str = "") -> list[tuple[str, str]]:
    """The places that have standards of their own; ``more`` is what is kept of a place that has none yet."""
    names = jurisdictions()
    return [(name, jurisdiction_name(name)) for name in (*names, *((more,) if more and more not in names else ()))]


class FirstRunForm(forms.Form):
    """The first administrator and the division."""

    username = forms.CharField(label="用户名", max_length=60, initial="admin")
    name = forms.CharField(label="姓名", max_length=60)
    password = forms.CharField(label="密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), help_text="至少十位，不能全是数字")
    again = forms.CharField(label="再输一次", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    division_code = forms.CharField(label="财政区划代码", max_length=9, initial="", help_text="六位或九位，如 510500")
    division_name = forms.CharField(label="财政部门名称", max_length=120, help_text="如 某市财政局")
    jurisdiction = forms.ChoiceField(label="适用标准", choices=_places, initial="cn", help_text=_ELSEWHERE)

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("password") and told.get("password") != told.get("again"):
            raise ValidationError("两次输入的密码不一样")
        return told


class OrganisationForm(Worded, forms.ModelForm):  # type: ignore[type-arg]
    """A unit and its place in the tree."""

    class Meta:
        model = Organisation
        fields: ClassVar = ["parent", "level", "code", "name", "kind", "jurisdiction"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"] = forms.ChoiceField(label="适用标准", choices=_places(self.instance.jurisdiction), help_text=_ELSEWHERE)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        parent, level = told.get("parent"), told.get("level")
        if (parent.level if parent else None) not in _ABOVE.get(str(level), ()):
            self.add_error("parent", "上级不合适：主管部门挂在财政区划之下，预算单位挂在主管部门之下")
        if level == Organisation.Level.UNIT and not told.get("kind"):
            self.add_error("kind", "预算单位须填单位性质（机关运行经费只统计行政单位和参公事业单位）")
        return told


class PersonForm(Worded, forms.ModelForm):  # type: ignore[type-arg]
    """A person with role and place; a new password is for the first sign-in only."""

    password = forms.CharField(
        label="设新密码", required=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), help_text="留空则不改；本人下次登录时须自己再改一次"
    )

    class Meta:
        model = Person
        fields: ClassVar = ["username", "name", "role", "organisation", "knows_secrets", "is_active"]

    def clean_password(self) -> str:
        password = str(self.cleaned_data.get("password") or "")
        if password:
            password_validation.validate_password(password, self.instance)
        elif self.instance._state.adding:
            raise ValidationError("新人员须设初始密码")
        return password

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        role, organisation = told.get("role"), told.get("organisation")
        level = PLACES.get(role or "")
        if role == Role.ADMINISTRATOR and organisation is not None:
            self.add_error("organisation", "系统管理员不经办业务，不挂在单位之下")
        elif level is not None and (organisation is None or organisation.level != level):
            self.add_error("organisation", f"{Role(str(role)).label}须挂在{level.label}之下")
        if told.get("knows_secrets") and role == Role.ADMINISTRATOR:
            self.add_error("knows_secrets", "系统管理员不看业务数据，不列入知悉范围")
        return told


class PasswordForm(forms.Form):
    """A person's own new password."""

    current = forms.CharField(label="现在的密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    password = forms.CharField(label="新密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), help_text="至少十位，不能全是数字，不能太常见")
    again = forms.CharField(label="再输一次", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_current(self) -> str:
        if not self.person.check_password(self.cleaned_data["current"]):
            raise ValidationError("现在的密码不对")
        return str(self.cleaned_data["current"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("password"):
            if told["password"] != told.get("again"):
                raise ValidationError("两次输入的新密码不一样")
            if told["password"] == told.get("current"):
                raise ValidationError("新密码与现在的密码相同")
            password_validation.validate_password(told["password"], self.person)
        return told
