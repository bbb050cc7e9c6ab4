"""What a form's lists of choices say before anything is chosen: words instead of Django's dashes."""

from __future__ import annotations

from typing import Any

from django import forms

CHOOSE, NONE = "请选择", "（无）"


class Worded(forms.BaseForm):
    """A form whose empty choices are words: to be chosen where the field is required, none where it may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            word = CHOOSE if field.required else NONE
            if isinstance(field, forms.ModelChoiceField):
                if field.empty_label is not None:
                    field.empty_label = word
            elif isinstance(field, forms.ChoiceField):
                field.choices = [(value, word if value == "" else title) for value, title in list(field.choices)]  # type: ignore[arg-type]
