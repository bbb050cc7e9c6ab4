"""The evaluation schemes that ship: ``schemes()`` lists them, ``scheme(id)`` gives one.

A scheme is one file ``data/<pack>/schemes-<name>.yaml``; its id is ``<pack>/<name>``. A new scheme is a new file.

>>> scheme("cn-sichuan/department-2023").item("budget").weight
Decimal('25')
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from gouji.standards.loader import COMPILED, chain
from gouji.standards.pack import Certainty, Standards
from gouji.standards.scheme_records import (
    Bands,
    Case,
    Checkpoint,
    Formula,
    Grade,
    Input,
    Item,
    Kind,
    Outcome,
    Part,
    QualitativeBand,
    Rounding,
    Rule,
    Scheme,
    Split,
    Step,
    Target,
    Use,
    UseRule,
    WordScale,
)


class UnknownScheme(LookupError):
    """No scheme of that id; the sentence names those that exist."""


@cache
def _compiled(folder: Path = COMPILED) -> dict[str, Any]:
    return cast(dict[str, Any], json.loads((folder / "schemes.json").read_text(encoding="utf-8")))


@cache
def _all(folder: Path = COMPILED) -> dict[str, Scheme]:
    return {row["id"]: build(row) for row in _compiled(folder)["schemes"]}


def schemes(standards: Standards | None = None, folder: Path = COMPILED) -> tuple[Scheme, ...]:
    """The schemes of a jurisdiction and year, the most particular pack first; without ``standards`` all there are."""
    found = _all(folder)
    if standards is None:
        return tuple(found.values())
    names = [pack.id for pack in standards.packs][::-1]
    return tuple(
        each for name in names for each in found.values() if each.pack == name and each.years[0] <= standards.year <= each.years[1]
    )


def scheme(identifier: str, folder: Path = COMPILED) -> Scheme:
    """One scheme. Raises :class:`UnknownScheme` with a sentence that lists what there is."""
    found = _all(folder)
    if identifier not in found:
        raise UnknownScheme(f"没有名为“{identifier}”的指标体系。现有：{'、'.join(found)}")
    return found[identifier]


def scheme_for(standards: Standards, kind: Kind) -> Scheme | None:
    """The scheme of that kind that applies: the one that the pack's settings name, else the first of the most particular pack."""
    named = standards.settings.get("report_scheme", "") if kind == "department" else ""
    candidates = [each for each in schemes(standards) if each.kind == kind]
    for each in candidates:
        if each.id == named:
            return each
    plain = [each for each in candidates if not any(item.target for item in each.leaves())]
    return next(iter(plain or candidates), None)


def related(jurisdiction: str, folder: Path = COMPILED) -> tuple[Scheme, ...]:
    """All schemes of a jurisdiction, of those above it and of those beneath it, the most general pack first."""
    try:
        above = chain(jurisdiction, folder)
    except FileNotFoundError:
        above = ("cn",)
    return tuple(each for each in _all(folder).values() if each.pack in above or each.pack.startswith(f"{jurisdiction}-"))


@cache
def word_scales(folder: Path = COMPILED) -> tuple[WordScale, ...]:
    """The ordered scales of words for qualitative indicators."""
    return tuple(
        WordScale(row["id"], tuple(tuple(step["words"]) for step in row["steps"]), tuple(step["means"] for step in row["steps"]))
        for row in _compiled(folder)["scales"]
    )


# ------------------------------------------------------------------------------------------------------------ building


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _number(value: Any) -> Decimal:
    return Decimal(str(value))


def _sources(row: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (row,) if isinstance(row, str) else tuple(row)


def _formula(row: Mapping[str, Any] | None) -> Formula | None:
    if row is None:
        return None
    return Formula(
        row["name"], row["zh"],
        tuple(
            Input(i["id"], i["zh"], i.get("unit", ""), i.get("kind", "number"), bool(i.get("optional")), i.get("otherwise", ""), _sources(i.get("source", ())))
            for i in row.get("inputs", ())
        ),
        tuple(Step(_decimal(s.get("bound")), bool(s.get("inclusive")), _decimal(s["give"]), s.get("word", "")) for s in row.get("steps", ())),
        tuple(Part(p["id"], p["zh"], _number(p["points"]), bool(p["graded"])) for p in row.get("parts", ())),
        tuple(
            Checkpoint(c["id"], c["zh"], int(c["month"]), _number(c["demand"]), _number(c["target"]), _number(c["points"]))
            for c in row.get("checkpoints", ())
        ),
        tuple(
            Case(c["zh"], tuple(c["when"].items()), cast(Formula, _formula(c["formula"])), bool(c.get("open"))) for c in row.get("cases", ())
        ),
        tuple(row.get("subjects", ())), tuple(row.get("over", ())),
        tuple((key, _number(value)) for key, value in row.get("constants", {}).items()),
    )  # fmt: skip


def _item(row: Mapping[str, Any], certainty: Certainty) -> Item:
    target = row.get("target")
    return Item(
        row["id"], row["name"], _decimal(row.get("weight")), tuple(row.get("aliases", ())), row.get("explanation", ""),
        tuple(row.get("evidence", ())), _formula(row.get("formula")), row.get("assessor", "self"), row.get("certainty", certainty),
        row.get("note", ""), bool(row.get("chosen")),
        Target(target["level2"], target["operator"], target["value"], target["unit"]) if target else None,
        tuple(_item(each, certainty) for each in row.get("items", ())),
    )  # fmt: skip


def _rule(row: Mapping[str, Any] | None) -> Rule | None:
    if row is None:
        return None
    start, review_from = _decimal(row.get("from")), _decimal(row.get("review_from"))
    return Rule(row.get("zh", ""), row["authority"], row["certainty"], row.get("note", ""), start, review_from)


def build(row: Mapping[str, Any]) -> Scheme:
    """The record of one compiled scheme."""
    certainty = row["certainty"]
    bands, qualitative, use = row.get("bands"), row.get("qualitative"), row.get("use")
    return Scheme(
        row["id"], row["zh"], row["kind"], row["pack"], (row["years"][0], row["years"][1]), row["authority"], row["authority_zh"], certainty,
        _number(row["total"]), _number(row["self_total"]), tuple(_item(each, certainty) for each in row["items"]),
        Rounding(_decimal(row["rounding"]["grain"]), row["rounding"]["zh"], row["rounding"]["certainty"]),
        tuple(
            Split(s["id"], s["zh"], s["when"], tuple((k, _number(v)) for k, v in s["weights"].items()), s["authority"], s["certainty"], s["note"])
            for s in row.get("splits", ())
        ),
        row.get("free_splits", ""),
        Bands(tuple(Grade(g["grade"], _number(g["from"])) for g in bands["grades"]), bands["authority"], bands["certainty"]) if bands else None,
        tuple(
            QualitativeBand(b["id"], b["zh"], _number(b["low"]), _number(b["high"]), bool(b.get("open_high"))) for b in qualitative["bands"]
        ) if qualitative else (),
        _rule(qualitative), _rule(row.get("completion")), _rule(row.get("over_achievement")),
        tuple(Outcome(o["id"], o["zh"], cast(Formula, _formula(o["formula"])), o.get("note", "")) for o in row.get("outcomes", ())),
        tuple(row.get("notes", ())),
        UseRule(tuple(Use(u["grade"], u["decision"], u["zh"]) for u in use["rules"]), use["authority"], use["certainty"]) if use else None,
    )  # fmt: skip
