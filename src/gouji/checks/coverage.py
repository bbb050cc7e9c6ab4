"""Coverage (覆盖): what became of every number of the document. “No errors found” is never said without it."""

from __future__ import annotations

from collections import Counter

from gouji.model.dossier import Dossier
from gouji.model.outline import NumberToken
from gouji.model.record import record


@record
class Coverage:
    """Counts of number tokens; ``other`` by kind, most frequent first; ``unbound`` in the order of the document."""

    numbers: int
    bound: int
    other: tuple[tuple[str, int], ...]
    unbound: tuple[NumberToken, ...]

    @property
    def share(self) -> float:
        """The share of bound numbers among those that state something (bound or unbound), from 0 to 1."""
        stating = self.bound + len(self.unbound)
        return self.bound / stating if stating else 1.0


def coverage(dossier: Dossier) -> Coverage:
    """What became of every number of the document."""
    states = Counter(token.state for token in dossier.outline.numbers)
    kinds = Counter(token.kind for token in dossier.outline.numbers if token.state == "other")
    return Coverage(
        numbers=len(dossier.outline.numbers),
        bound=states["bound"],
        other=tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        unbound=tuple(token for token in dossier.outline.numbers if token.state == "unbound"),
    )
