"""What the page's script needs to explain a figure: meaning, other statements of the same fact, laws, findings.

Strings that recur stand once in a table and are named by their index, so that a document of some thousand figures stays light.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gouji.model.fact import Fact
from gouji.model.finding import Finding
from gouji.rendering import wording
from gouji.rendering.checked import CheckedDocument
from gouji.rendering.marks import Mark


def island(checked: CheckedDocument, found: Sequence[Mark], findings: Sequence[Finding]) -> dict[str, Any]:
    """The data of one document.

    ``strings``: the table; ``facts``: by id ``[mark, printed, concept, [label, value, …], place, group, about, base]`` where ``group`` is
    equal for statements of the same fact; ``laws``: ``[holds, text, [facts]]``; ``findings``: ``[message, severity]`` by number;
    ``notes``: mark → finding numbers (from 1).
    """
    table = _Strings()
    mark_of: dict[int, int] = {}
    for index, mark in enumerate(found):
        mark_of.update(dict.fromkeys(mark.facts, index))
    groups: dict[object, int] = {}
    facts = []
    for fact in checked.dossier.facts:
        group = groups.setdefault(fact.key, len(groups))
        facts.append([
            mark_of.get(fact.id, -1),
            table.index(wording.figure(fact)),
            table.index(wording.concept(fact.key, checked.concept_names)),
            _labelled(checked, fact, table),
            table.index(wording.spot_first(fact.place)),
            group,
            fact.about if fact.about is not None else -1,
            table.index(wording.meaning(fact.base, checked.concept_names)) if fact.base is not None else -1,
        ])
    return {
        "facts": facts,
        "laws": [[int(law.holds), law.text, list(law.facts)] for law in checked.report.laws],
        "findings": [[finding.zh, "a" if finding.justification else finding.severity[0]] for finding in findings],
        "notes": {str(i): [n + 1 for n in mark.findings] for i, mark in enumerate(found) if mark.findings},
        "strings": table.strings,
    }


def _labelled(checked: CheckedDocument, fact: Fact, table: _Strings) -> list[int]:
    key = fact.key
    rows = [("度量", wording.MEASURE.get(key.measure, key.measure)), ("阶段", wording.PHASE.get(key.phase, key.phase)), ("时期", wording.period(key.period))]
    if key.scope:
        rows.append(("口径", wording.SCOPE.get(key.scope, key.scope)))
    for name, value in key.dimensions:
        label, _, shown = wording.dimension(name, value, checked.concept_names).partition("：")
        rows.append((label, shown))
    if fact.direction is not None:
        rows.append(("方向", wording.DIRECTION[fact.direction]))
    if fact.figure.approximation:
        rows.append(("约数", fact.figure.approximation))
    if fact.figure.doubt:
        rows.append(("读取存疑", fact.figure.doubt))
    return [table.index(word) for row in rows for word in row]


class _Strings:
    def __init__(self) -> None:
        self.strings: list[str] = []
        self._at: dict[str, int] = {}

    def index(self, text: str) -> int:
        at = self._at.get(text)
        if at is None:
            at = self._at[text] = len(self.strings)
            self.strings.append(text)
        return at
