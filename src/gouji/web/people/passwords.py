"""What the framework's own check of passwords does not say in Chinese."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError


class LongEnough(MinimumLengthValidator):
    """Django 5.2 has lost the translation of this one message."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.min_length:
            raise ValidationError(f"密码太短，至少 {self.min_length} 位", code="password_too_short")

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 位"
