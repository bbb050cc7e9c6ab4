"""What is new since the last run (上次结果): ``--since 结果.json`` takes what ``--format json`` wrote then.

Findings are the same where their fingerprints are, and fingerprints are compared within one document: the same slip in two units'
documents is two findings. A document is found again by its path, else by unit, year and kind, else by its file name, else because each
run had only one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from gouji.model.dossier import Dossier
from gouji.model.finding import Finding
from gouji.model.record import record
from gouji.rendering.checked import CheckedDocument
from gouji.rendering.wording import SEVERITY

_REMEDY = "请给出 gouji check --format json -o 写下的文件。"


class LastRunError(ValueError):
    """A former result that cannot be used, with a Chinese sentence."""


@record
class OldFinding:
    """A finding of the last run: ``open`` where it had no written justification then."""

    id: str
    rule: str
    severity: str
    message: str
    open: bool


@record
class OldDocument:
    """A document of the last run: ``path`` as it was given then, and what was found in it."""

    path: str
    unit: str
    year: int | None
    kind: str
    findings: tuple[OldFinding, ...]


@record
class Comparison:
    """One document of this run against the last. ``then`` is None where the last run did not have it: nothing is new or gone then."""

    path: str
    then: OldDocument | None
    new: tuple[Finding, ...] = ()
    gone: tuple[OldFinding, ...] = ()


@record
class Since:
    """The comparison of a whole run; ``absent``: paths of documents that the last run had and this one has not."""

    source: str
    documents: tuple[Comparison, ...]
    absent: tuple[str, ...]


def read_last_run(data: bytes, name: str) -> tuple[OldDocument, ...]:
    """The documents of a former result with their findings. Raises :class:`LastRunError`."""
    try:
        result = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LastRunError(f"{name}：不是核对结果（不是 UTF-8 文字）。{_REMEDY}") from None
    except (json.JSONDecodeError, RecursionError):
        raise LastRunError(f"{name}：不是完整的 JSON。{_REMEDY}") from None
    if not isinstance(result, dict) or str(result.get("schema", "")) != "gouji.check/1":
        raise LastRunError(f"{name}：不是核对结果，或是另一版本的格式。{_REMEDY}")
    try:
        return tuple(_old_document(each) for each in result["documents"])
    except (KeyError, TypeError, AttributeError):
        raise LastRunError(f"{name}：核对结果不完整，可能被改动过。{_REMEDY}") from None


def _old_document(stated: dict[str, Any]) -> OldDocument:
    about = stated["document"]
    findings = tuple(
        OldFinding(f["id"], f["rule"], f["severity"], f["message"]["zh"], not f.get("justification")) for f in stated["findings"]
    )
    return OldDocument(about["path"], about["unit"], about["year"], about["kind"], findings)


def compare(checked: Sequence[CheckedDocument], last: Sequence[OldDocument], source: str) -> tuple[list[CheckedDocument], Since]:
    """The documents with ``new`` set on their findings, and the comparison."""
    pairs = _pairs([document.dossier for document in checked], last)
    marked: list[CheckedDocument] = []
    compared: list[Comparison] = []
    for number, document in enumerate(checked):
        path = document.dossier.source.path
        if number not in pairs:
            marked.append(document)
            compared.append(Comparison(path, None))
            continue
        then = last[pairs[number]]
        known = {finding.id for finding in then.findings}
        findings = tuple(replace(f, new=f.fingerprint not in known) for f in document.report.findings)
        here = {finding.fingerprint for finding in findings}
        marked.append(replace(document, report=replace(document.report, findings=findings)))
        new = tuple(f for f in findings if f.new and not f.justification)
        compared.append(Comparison(path, then, new, tuple(f for f in then.findings if f.open and f.id not in here)))
    absent = tuple(each.path for number, each in enumerate(last) if number not in pairs.values())
    return marked, Since(source, tuple(compared), absent)


def _pairs(dossiers: Sequence[Dossier], last: Sequence[OldDocument]) -> dict[int, int]:
    """Index now → index then. What is told by a surer sign is taken first, and only where the sign is unique on both sides."""
    signs: tuple[tuple[Callable[[Dossier], object], Callable[[OldDocument], object]], ...] = (
        (lambda d: d.source.path, lambda o: o.path),
        (lambda d: (d.unit, d.year, d.kind) if d.unit else None, lambda o: (o.unit, o.year, o.kind) if o.unit else None),
        (lambda d: d.source_name, lambda o: _name(o.path)),
    )
    pairs: dict[int, int] = {}
    for now, then in signs:
        left = [i for i in range(len(dossiers)) if i not in pairs]
        right = [i for i in range(len(last)) if i not in pairs.values()]
        often_now, often_then = Counter(now(dossiers[i]) for i in left), Counter(then(last[i]) for i in right)
        at = {then(last[i]): i for i in right}
        for i in left:
            sign = now(dossiers[i])
            if sign is not None and often_now[sign] == 1 and often_then[sign] == 1:
                pairs[i] = at[sign]
    if not pairs and len(dossiers) == len(last) == 1:
        pairs[0] = 0
    return pairs


def since_lines(since: Since) -> list[str]:
    """The comparison in Chinese, the sum first."""
    several = len(since.documents) > 1
    new = [f for each in since.documents for f in each.new]
    gone = [f for each in since.documents for f in each.gone]
    lines = [f"与上次（{_name(since.source)}）相比：新出现 {_counted([f.severity for f in new])}，已消失 {_counted([f.severity for f in gone])}。"]
    for each in since.documents:
        name = f"《{_name(each.path)}》" if several else ""
        if each.then is None:
            lines.append(f"  上次没有{name or '这份文件'}，不作比较。")
            continue
        lines += [f"  已消失  {SEVERITY.get(old.severity, old.severity)}  {name}{old.message}" for old in each.gone if old.severity != "note"]
        lines += [f"  新出现  {SEVERITY[f.severity]}  {name}{f.zh}" for f in each.new if f.severity != "note"]
    lines += [f"  上次有、这次没有核对：{_name(path)}" for path in since.absent]
    return lines


def _name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _counted(severities: Sequence[str]) -> str:
    if not severities:
        return "0 处"
    by = Counter(severities)
    parts = "、".join(f"{word} {by[severity]}" for severity, word in SEVERITY.items() if by[severity])
    return f"{len(severities)} 处（{parts}）"


def since_data(since: Since) -> dict[str, Any]:
    """The comparison for the JSON result, under the added key ``since``."""
    return {
        "source": since.source,
        "documents": [
            {
                "path": each.path,
                "then": each.then.path if each.then else None,
                "new": [f.fingerprint for f in each.new],
                "gone": [{"id": f.id, "rule": f.rule, "severity": f.severity, "message": f.message} for f in each.gone],
            }
            for each in since.documents
        ],
        "absent": list(since.absent),
    }
