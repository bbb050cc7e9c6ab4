"""Chinese names for every report: of concepts, of the codes that a dossier's facts carry, of the rules."""

from __future__ import annotations

from gouji.checks.registry import catalogue
from gouji.model.dossier import Dossier
from gouji.standards.pack import Standards


def concept_names(dossier: Dossier, standards: Standards) -> dict[str, str]:
    """Concept id → name, ``function=2010301`` → 行政运行, ``economic=30201`` → 办公费 (only the codes that occur), ``rule=share`` → the rule's title."""
    names = {concept.id: concept.zh for concept in standards.concepts.values()}
    names.update((f"rule={rule.id}", rule.zh) for rule in catalogue(standards))
    tables = {"function": standards.functions, "economic": standards.economics}
    for fact in dossier.facts:
        for dimension, value in fact.key.dimensions:
            row = tables[dimension].get(value) if dimension in tables else None
            if row is not None:
                names[f"{dimension}={value}"] = row.name
    return names
