"""What every report is made from: checked documents (已核对的文件), and files that could not be read.

A :class:`CheckedDocument` is handed to each output as it is; renderers arrange and never compute a judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field

from gouji.model.dossier import Dossier
from gouji.model.finding import DutyState, Finding, Report, Severity
from gouji.model.outline import NumberToken
from gouji.model.record import record

#: Worst first.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@record
class CheckedDocument:
    """A dossier with the report of its check.

    ``concept_names`` gives the Chinese name of a concept id; it may also name a dimension's value under ``dimension=value``
    (``function=2010301`` → 行政运行) and a rule under ``rule=id`` (``rule=share`` → 占比等于部分除以所称基数). What it does not name is shown by its id.
    """

    dossier: Dossier
    report: Report
    concept_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.dossier.source_name

    def open_findings(self) -> list[Finding]:
        """Findings that count: those without a written justification, worst first, otherwise in the report's order."""
        found = [f for f in self.report.findings if not f.justification]
        return sorted(found, key=lambda f: SEVERITIES.index(f.severity))

    def accepted_findings(self) -> list[Finding]:
        """Findings with a written justification (已说明): visible, out of the count."""
        return [f for f in self.report.findings if f.justification]

    def counts(self) -> dict[Severity, int]:
        """How many open findings there are of each severity."""
        found = Counter(f.severity for f in self.report.findings if not f.justification)
        return {severity: found[severity] for severity in SEVERITIES}

    def coverage(self) -> Coverage:
        """What became of every number of the document."""
        numbers = self.dossier.outline.numbers
        return Coverage(
            numbers=len(numbers),
            bound=sum(1 for n in numbers if n.state == "bound"),
            other=tuple(n for n in numbers if n.state == "other"),
            unbound=tuple(n for n in numbers if n.state == "unbound"),
        )

    def duties(self, state: str) -> list[DutyState]:
        """The duties of disclosure that are in ``state``."""
        return [d for d in self.report.duties if d.state == state]


@record
class Coverage:
    """Numbers of the document: bound to a fact, of another kind (date, document number …), or unbound and listed."""

    numbers: int
    bound: int
    other: tuple[NumberToken, ...]
    unbound: tuple[NumberToken, ...]

    def kinds(self) -> list[tuple[str, int]]:
        """Kinds of the other numbers, most frequent first."""
        return sorted(Counter(n.kind for n in self.other).items(), key=lambda item: (-item[1], item[0]))


@record
class Failure:
    """A file that could not be read: its path as given, and a sentence in Chinese that names the remedy."""

    path: str
    message: str


def program_version() -> str:
    """The version of Gouji that stands in every output."""
    import gouji

    stated = getattr(gouji, "__version__", None)
    if isinstance(stated, str):
        return stated
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("gouji")
    except PackageNotFoundError:  # run from an unpacked source tree
        return "0"


def packs_of(documents: Sequence[CheckedDocument]) -> list[tuple[str, int, str]]:
    """Every standards pack used, once, in order of first use: (id, year, sha256)."""
    seen: dict[tuple[str, int, str], None] = {}
    for document in documents:
        for pack in document.dossier.packs:
            seen.setdefault((pack.id, pack.year, pack.sha256))
    return list(seen)
