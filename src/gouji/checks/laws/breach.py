"""A breach that one statement shows by itself: no other figure could be the culprit, so blame has nothing to search."""

from __future__ import annotations

from gouji.model.figure import Place
from gouji.model.finding import Severity
from gouji.model.record import record


@record
class Breach:
    """``readings`` are those it concerns, the suspicious first; ``places`` are used where no reading is (a claim in words)."""

    law: str
    severity: Severity
    subject: str
    readings: tuple[int, ...]
    zh: str
    en: str
    expected: str = ""
    difference: str = ""
    suggestion: str = ""
    derivation: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
