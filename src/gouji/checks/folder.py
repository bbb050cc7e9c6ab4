"""A folder that holds a department's disclosure and those of its units (部门与所属单位).

Who is the department, which units named in its 机构设置 have no disclosure here, which are here and not named, and whether the department's
totals are the sum of its units' (R29; internal transfers may make the total smaller, never larger).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.checks.against import amounts, name_of, yuan_interval
from gouji.checks.catalogue import SECOND_INPUTS
from gouji.checks.check import distinct, ordered
from gouji.checks.context import Remark
from gouji.checks.rules.announced_count import split_names
from gouji.checks.rules.unit_name import related
from gouji.model.dossier import Dossier
from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.finding import Finding, Report
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.pack import Standards

_RULES = {rule.id: rule for rule in SECOND_INPUTS}
_NAMED = regex(r"(?:二级预算单位|下属单位|所属单位|预算单位|事业单位)[^。;:]{0,40}?(?:包括|如下|分别[是为]|为)[::]?(?P<list>[^。;]*)")
_ITEM = regex(r"^[-·•]?(?:\(?[一二三四五六七八九十\d]{1,3}[.、)])?(?P<name>[一-鿿()]{4,40}?(?:局|委员会|委|办公室|中心|站|所|院|校|学校|队|馆|厅|处|社|台))[。;]?$")
@record
class Folder:
    """``department`` and ``units`` index the dossiers given; ``named``: units that the department names; ``missing`` of them are not here."""

    department: int
    units: tuple[int, ...]
    named: tuple[tuple[str, Place], ...]
    missing: tuple[tuple[str, Place], ...]
    extra: tuple[int, ...]


def recognise_folder(dossiers: Sequence[Dossier]) -> tuple[Folder, ...]:
    """The departments of a run with their units, by year. A run of unrelated documents gives nothing."""
    folders: list[Folder] = []
    for number, dossier in enumerate(dossiers):
        if dossier.kind != "department" or dossier.year is None or not dossier.unit:
            continue
        same_year = [i for i, d in enumerate(dossiers) if i != number and d.year == dossier.year and d.kind in ("unit", "department") and d.unit]
        named = named_units(dossier)
        members = [i for i in same_year if any(related(dossiers[i].unit, name) for name, _ in named)]
        own = [i for i in same_year if i not in members and dossiers[i].kind == "unit" and _own(dossiers[i].unit, dossier.unit)]
        if not members and not own:
            continue
        units = tuple(sorted({*members, *own}))
        missing = tuple(
            (name, place) for name, place in named if not any(related(dossiers[i].unit, name) for i in units) and not _own(name, dossier.unit)
        )
        extra = tuple(i for i in same_year if i not in units and dossiers[i].kind == "unit" and len(folders) == 0)
        folders.append(Folder(number, units, named, missing, extra))
    return tuple(folders)


def _own(name: str, department: str) -> bool:
    """Whether a name is that of the department's own office (本级, 机关)."""
    plain = re.sub(r"[(（]?(?:本级|机关)[)）]?$", "", name)
    return related(plain, department) and plain[-1:] == department[-1:]


def named_units(dossier: Dossier) -> tuple[tuple[str, Place], ...]:
    """The subordinate units that a department names in its 机构设置, with places."""
    names: dict[str, Place] = {}
    for claim in dossier.claims:
        if claim.kind == "names" and claim.concept == "organisation.subordinate":
            for name in claim.names:
                names.setdefault(name, claim.place)
    if names:
        return tuple(names.items())
    paragraphs = dossier.outline.paragraphs
    context = _Places(dossier)
    for index, paragraph in enumerate(paragraphs):
        if paragraph.region != "overview" or paragraph.kind not in ("prose", "heading"):
            continue
        match = _NAMED.search(paragraph.text)
        if match is None:
            continue
        inline = [n for n in split_names(re.sub(r"等$", "", match.group("list"))) if len(n) > 3]
        for name in inline:
            start = paragraph.text.find(name, match.start("list"))
            names.setdefault(name, context.at(index, start, start + len(name)))
        if inline:
            continue
        for follower in range(index + 1, min(index + 80, len(paragraphs))):
            item = _ITEM.match(paragraphs[follower].text)
            if item is None:
                break
            names.setdefault(item.group("name"), context.at(follower, *item.span("name")))
    return tuple(names.items())


class _Places:
    """Places of a dossier's paragraphs."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def at(self, index: int, start: int, end: int) -> Place:
        paragraph = self.dossier.outline.paragraphs[index]
        first, last = paragraph.span(start, end)
        line = paragraph.line + self.dossier.outline.text.count("\n", paragraph.canonical(0), first)
        section = self.dossier.outline.section_of(paragraph)
        return Place(first, last, line, section.path if section else "", paragraph.page, paragraph.cell)


def judge_folder(dossiers: Sequence[Dossier], standards: Standards) -> dict[int, list[Finding]]:
    """Findings about a folder by the index of the document they belong to (the department's)."""
    found: dict[int, list[Finding]] = {}
    for folder in recognise_folder(dossiers):
        remarks = [("folder-members", r) for r in _members(folder, dossiers)]
        if not folder.missing and folder.units:
            remarks.extend(("folder-sum", r) for r in _sums(folder, dossiers, standards))
        found[folder.department] = [_RULES[rule].finding(remark, standards.authorities) for rule, remark in remarks]
    return found


def judge_together(reports: Sequence[Report], dossiers: Sequence[Dossier], standards: Standards) -> list[Report]:
    """The reports of a run with what only the documents together show: each department's findings among its own."""
    found = judge_folder(dossiers, standards)
    return [
        replace(report, findings=tuple(distinct(ordered([*report.findings, *found[number]])))) if number in found else report
        for number, report in enumerate(reports)
    ]


def _members(folder: Folder, dossiers: Sequence[Dossier]) -> list[Remark]:
    remarks = []
    if folder.missing:
        names = "、".join(name for name, _ in folder.missing)
        remarks.append(
            Remark(
                zh=f"部门机构设置所列的{names}，文件夹里没有{'它' if len(folder.missing) == 1 else '它们'}的决算公开。",
                en=f"{len(folder.missing)} unit(s) named by the department are not in the folder.",
                places=tuple(place for _, place in folder.missing),
                key=("missing", *(name for name, _ in folder.missing)),
                found=names,
                suggestion="补充这些单位的文件；不单独公开的，不必理会。",
            )
        )
    if folder.extra:
        names = "、".join(dossiers[i].unit for i in folder.extra)
        place = folder.named[0][1] if folder.named else Place(0, 0, 1)
        remarks.append(
            Remark(
                zh=f"文件夹里有{names}的决算公开，部门机构设置没有列出。",
                en=f"{len(folder.extra)} unit(s) in the folder are not named by the department.",
                places=(place,),
                key=("extra", *(dossiers[i].unit for i in folder.extra)),
                found=names,
                suggestion="核对部门机构设置，或把无关文件移出文件夹。",
            )
        )
    return remarks


def _sums(folder: Folder, dossiers: Sequence[Dossier], standards: Standards) -> list[Remark]:
    """Totals of the units against the department's; judged only where every unit, the office itself included, states them."""
    department = dossiers[folder.department]
    if not any(_own(dossiers[i].unit, department.unit) for i in folder.units):
        return []  # the department's own office (本级) is not here: the sum would lack it
    remarks = []
    whole = amounts(department, department.year)
    for term in standards.settings.get("rolled_up", "").split():  # R29
        concept, _, fund = term.partition("/")
        dims = (("fund", fund),) if fund else ()
        stated = whole.get((concept, dims))
        parts: list[tuple[Dossier, Fact]] = []
        for index in folder.units:
            facts = amounts(dossiers[index], department.year).get((concept, dims))
            if facts:
                parts.append((dossiers[index], facts[0]))
        if not stated or len(parts) != len(folder.units):
            continue
        total = yuan_interval(department, stated[0])
        low = high = Decimal(0)
        for dossier, fact in parts:
            interval = yuan_interval(dossier, fact)
            if interval is None:
                break
            low, high = low + interval.low, high + interval.high
        else:
            if total is None or (total.low <= high and low <= total.high):
                continue
            gap = sum((f.figure.yuan for _, f in parts), Decimal(0)) - stated[0].figure.yuan
            more = gap < 0
            name = name_of(stated[0].key, standards)
            printed = f"{abs(gap) / 10000:.2f}万元"
            summed = f"{sum((f.figure.yuan for _, f in parts), Decimal(0)) / 10000:.2f}万元"
            tail = f"少{printed}。" if more else f"多{printed}；差额可能是单位之间的内部往来。"
            remarks.append(
                Remark(
                    zh=f"各单位{name}之和{summed}，比部门公开的{stated[0].figure.printed}{tail}",
                    en=f"{concept}: units add up to {summed}, the department states {stated[0].figure.printed}.",
                    places=(stated[0].place,),
                    key=(term, summed, stated[0].figure.printed),
                    subject=concept,
                    severity="warning" if more else "note",
                    found=stated[0].figure.printed,
                    expected=summed,
                    difference=f"{-gap / 10000:.2f}万元",
                    facts=(stated[0].id,),
                    suggestion="核对汇总范围和抵销项目。",
                )
            )
    return remarks
