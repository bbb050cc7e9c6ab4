"""A day is written one way in every form, and understood as officials write it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db import models

from gouji.web.dates import WRITTEN, DateField, DateText, parse_date
from gouji.web.final_accounts.auditing import AuditFindingForm
from gouji.web.performance.forms import ExAnteForm, TargetForm

TEMPLATES = Path(__file__).parents[2] / "src" / "gouji" / "web" / "templates"


@pytest.mark.parametrize("text", ["2024-06-30", "2024年6月30日", "2024年06月30", "2024.6.30", "2024/6/30", "20240630", " ２０２４．６．３０ ", "2024 年 6 月 30 日"])
def test_a_day_is_understood_as_it_is_written(text: str) -> None:
    assert parse_date(text) == date(2024, 6, 30)


@pytest.mark.parametrize("text", ["06/30/2024", "2024-02-30", "2024-6.30", "2024", "六月三十日", "2024-06-30x", "24.6.30", "99999-01-01"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_date(text)
    with pytest.raises(forms.ValidationError, match="没有这一天"):
        DateField().clean(text)


def test_blank_is_no_day_and_no_mistake() -> None:
    assert parse_date("  ") is None
    assert DateField(required=False).clean("") is None


def test_a_day_is_printed_one_way_whatever_the_browser_speaks() -> None:
    printed = DateText().render("held", date(2024, 6, 3))
    assert 'value="2024-06-03"' in printed
    assert 'type="text"' in printed
    assert WRITTEN in printed


def test_every_form_has_the_one_field_and_no_page_the_browsers_own() -> None:
    dated = {field.name for app in ("performance", "final_accounts") for model in apps.get_app_config(app).get_models() for field in model._meta.get_fields() if isinstance(field, models.DateField)}
    for form in (TargetForm, ExAnteForm, AuditFindingForm):
        found = {name: field for name, field in form.base_fields.items() if name in dated}  # type: ignore[attr-defined]
        assert found
        assert {type(field) for field in found.values()} == {DateField}, form
    own = [str(path) for path in TEMPLATES.rglob("*.html") if re.search(r"type=[\"']?(date|datetime-local|month)\b", path.read_text(encoding="utf-8"))]
    assert own == []
