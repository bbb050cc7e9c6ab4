"""Verdicts on findings, made by hand: somebody read the place in the document, did the sum, and wrote down what is right.

A row is [document, rule, fingerprint, place, found, verdict, reason]: ``true`` (the document is at fault here and the message says rightly
how), ``true-but`` (a fault, but the suspect, the expected value, the severity or the words mislead, as the reason says), ``false`` (no fault
of the department: a misreading, a wrong law, rounding, lawful practice). A finding is recognised by its fingerprint, which moves when the
printed values do; then its verdict is to be made again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gouji.model.finding import Finding

FALSE_ALLOWED = 2  # of a hundred errors and warnings reported
VERDICTS = ("true", "true-but", "false")


@dataclass(frozen=True, slots=True)
class Verdict:
    document: str
    rule: str
    fingerprint: str
    place: int  # line, or page of a pdf
    found: str
    verdict: str
    reason: str


class Verdicts:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = tuple(Verdict(*row) for row in json.loads(path.read_text("utf-8")))
        self._by_finding = {(row.document, row.fingerprint): row for row in self.rows}

    def of(self, document: str, finding: Finding) -> Verdict | None:
        return self._by_finding.get((document, finding.fingerprint))

    def counted(self, reported: Iterable[tuple[str, Finding]]) -> Counter[str]:
        """How many findings have which verdict; ``""`` where nobody has judged."""
        return Counter(row.verdict if (row := self.of(document, finding)) else "" for document, finding in reported)


def told(counts: Counter[str]) -> str:
    """The counts as a line: ``151 findings: true 131, true-but 19, false 1 (0.7 %)``."""
    judged = sum(counts[v] for v in VERDICTS)
    share = f" ({100 * counts['false'] / judged:.1f} % of the judged)" if judged else ""
    return f"{judged + counts['']} findings: " + ", ".join(f"{v} {counts[v]}" for v in VERDICTS) + share + f", not judged {counts['']}"


def skeleton(document: str, finding: Finding, place: int) -> str:
    """The row to be completed by whoever judges the finding."""
    row = [document, finding.rule, finding.fingerprint, place, finding.found[:12], "true | true-but | false", "why, in a few words of your own"]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
