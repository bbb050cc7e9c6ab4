"""Money as the projects' columns keep it, and how far two totals of points are apart."""

from __future__ import annotations

from decimal import Decimal

from django.db import models


def money(title: str) -> models.DecimalField[Decimal | str | int | None, Decimal | None]:
    """A column of money in 万元; empty where nothing is stated (blank is not zero)."""
    return models.DecimalField(f"{title}（万元）", max_digits=18, decimal_places=6, null=True, blank=True)


def apart(own: Decimal, total: Decimal) -> Decimal:
    """|自评 − 复评| ÷ 复评, in percent."""
    return abs(own - total) * 100 / total if total else Decimal(100)
