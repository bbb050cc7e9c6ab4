"""Dates as officials write them, whatever language the browser speaks: one field for all forms, 2024-06-30, and 2024年6月30日 or 2024.6.30 as well.

A browser's own date field prints 06/30/2024 where its language is English, and reads a sheet's 2024.6.30 as nothing.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms

WRITTEN = "日期写成 2024-06-30，也可以写 2024年6月30日、2024.6.30"
#: As a browser compiles it too (the v flag: no bare separators in classes).
_FORM = r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d\d)(\d\d))"


def parse_date(text: str) -> date | None:
    """The day that is written, in any of the forms, full-width digits too; None for blank. Raises :class:`ValueError` for what is no day."""
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if not bare:
        return None
    found = re.fullmatch(_FORM, bare, re.ASCII)
    if found is None:
        raise ValueError(WRITTEN)
    year, month, day = (int(each) for each in found.groups() if each is not None)
    return date(year, month, day)


class DateText(forms.TextInput):
    """A text field for a day. The script of the pages writes what was typed as 2024-06-30 and says in Chinese what is no day."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "date", "placeholder": "2024-06-30", "title": WRITTEN, "maxlength": "20", "autocomplete": "off", "data-date": "", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else super().format_value(value)


class DateField(forms.DateField):
    """The form field: refused is what is no day, with the ways to write one."""

    widget = DateText
    default_error_messages = {"invalid": f"没有这一天。{WRITTEN}"}  # noqa: RUF012 – Django's own name and shape

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        try:
            return parse_date(str(value))
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
