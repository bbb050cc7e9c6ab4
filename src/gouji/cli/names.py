"""Chinese names for a report: of concepts, and of the codes that a dossier's facts carry."""

from __future__ import annotations

from gouji.model.dossier import Dossier
from gouji.standards.pack import Standards


def concept_names(dossier: Dossier, standards: Standards) -> dict[str, str]:
    """Concept id → name, ``function=2010301`` → 行政运行, ``economic=30201`` → 办公费; only the codes that occur."""
    names = {concept.id: concept.zh for concept in standards.concepts.values()}
    tables = {"function": standards.functions, "economic": standards.economics}
    for fact in dossier.facts:
        for dimension, value in fact.key.dimensions:
            row = tables[dimension].get(value) if dimension in tables else None
            if row is not None:
                names[f"{dimension}={value}"] = row.name
    return names
