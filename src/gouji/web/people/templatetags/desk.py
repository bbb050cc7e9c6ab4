"""How the desk writes money, rates and states: as officials do."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template
from django.utils.safestring import SafeString

from gouji.web.dates import DateText

register = template.Library()


@register.filter
def wan(value: object) -> str:
    """An amount in yuan as 万元 with two decimals and separators: ``1,234.57``; nothing for nothing."""
    if value in (None, ""):
        return ""
    return f"{(Decimal(str(value)) / 10_000).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


@register.filter
def yuan(value: object) -> str:
    """An amount in yuan with two decimals and separators."""
    return "" if value in (None, "") else f"{Decimal(str(value)).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


@register.filter
def money(value: object) -> str:
    """An amount that is kept in 万元: separators, two decimals, more only where they are there."""
    if value in (None, ""):
        return ""
    amount = Decimal(str(value))
    return f"{amount.quantize(Decimal('0.01')):,}" if amount == amount.quantize(Decimal("0.01")) else f"{amount.normalize():,f}"


@register.filter
def points(value: object) -> str:
    """Points or a plain number without idle zeros; nothing for nothing."""
    if value in (None, ""):
        return ""
    amount = Decimal(str(value))
    return f"{amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount.normalize():f}"


@register.filter
def share(part: object, whole: object) -> str:
    """part ÷ whole as ``75.02%``; a dash where there is no whole."""
    try:
        return f"{(Decimal(str(part)) * 100 / Decimal(str(whole))).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"
    except (InvalidOperation, ZeroDivisionError):
        return "—"


@register.simple_tag
def date_input(name: str, value: object = None, id: str = "") -> SafeString:
    """The field for a day outside of a form object; ``id`` as its label names it."""
    return DateText().render(name, value, {"id": id or name})


@register.filter
def tone(state: object) -> str:
    """The colour word of a state: what waits, what is returned, what is done."""
    text = str(state)
    if text in ("approved", "published", "done", "closed", "granted", "taken"):
        return "good"
    if text in ("returned", "failed", "late", "refused"):
        return "bad"
    return "calm" if text in ("draft", "none", "waiting") else "busy"


@register.filter
def minus(value: object, taken: object) -> str:
    """value − taken, as points."""
    return points(Decimal(str(value)) - Decimal(str(taken)))
