"""Which money a section speaks of (资金口径): told by its role, its titles or the section around it."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.outline import Outline

#: Sections that tell of all money of the unit.
_ALL = ("narrative.total", "narrative.income", "narrative.expenditure")
_SMALLER = (("government_fund", "政府性基金"), ("state_capital", "国有资本经营"))


def fund_of(role: str, outline: Outline, roles: Sequence[str], section: int) -> str:
    """The fund of a section with ``role``: 一般公共预算 unless its titles name another, or name 财政拨款 alone (all three); "" is all money.

    ``roles`` are those of the outline's sections, ``section`` is the index of the section or -1.
    """
    titles = outline.sections[section].path if section >= 0 else ""
    own = titles.rpartition("›")[2] if "narrative.general" not in role else titles
    for fund, name in _SMALLER:
        if fund in role or (name in own and "公共" not in own and "." not in role):
            return fund
    if role in _ALL or ("." not in role and _around(outline, roles, section) in _ALL):
        return ""
    return "fiscal" if "财政拨款" in own and "一般公共" not in titles else "general_budget"


def _around(outline: Outline, roles: Sequence[str], at: int) -> str:
    """The role of the nearest section that has one, from the section ``at`` outwards."""
    while at >= 0 and not roles[at]:
        at = outline.sections[at].parent
    return roles[at] if at >= 0 else ""
