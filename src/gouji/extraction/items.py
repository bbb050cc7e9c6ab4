"""Which item a bare name means (项的归属): of the codes that bear the name the one that the document's own statements list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gouji.extraction.lexicon import Lexicon
from gouji.model.fact import Fact


def told_by_statements(facts: Iterable[Fact], cells: Sequence[Fact], lexicon: Lexicon) -> tuple[Fact, ...]:
    """The facts of sentences, then those of statements; 征地和拆迁补偿支出 in a sentence under the code that a statement prints for it."""
    printed = {(fact.dimension("fund"), fact.dimension("function")) for fact in cells}
    names = {fund: {code: codes for codes in of.values() if len(codes) > 1 for code in codes} for fund, of in lexicon.items.items()}
    found = []
    for fact in facts:
        fund, code = fact.dimension("fund") or "", fact.dimension("function") or ""
        codes = names.get(fund, {}).get(code, [])
        if codes and (fund, code) not in printed and len(mine := [c for c in codes if (fund, c) in printed]) == 1:
            dimensions = tuple((k, mine[0] if k == "function" else v) for k, v in fact.key.dimensions)
            fact = replace(fact, key=fact.key._replace(dimensions=dimensions))
        found.append(fact)
    return (*found, *cells)
