"""The page of statistics (统计): sums of what the files' rows say; nothing is judged here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from gouji.web.checking.models import CheckedFile


@dataclass(slots=True)
class ByRule:
    """One rule over all files."""

    rule: str
    title: str
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    files: int = 0


@dataclass(slots=True)
class ByUnit:
    """One unit over all its files."""

    unit: str
    files: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    duties_failed: int = 0


@dataclass(slots=True)
class Statistics:
    """``share``: percent of the checked files with at least one error; ``coverage``: percent of all numbers that were read."""

    done: int = 0
    with_errors: int = 0
    clean: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    numbers: int = 0
    unbound: int = 0
    rules: list[ByRule] = field(default_factory=list)
    units: list[ByUnit] = field(default_factory=list)
    reasons: list[tuple[str, list[CheckedFile]]] = field(default_factory=list)
    unread: int = 0
    skipped: int = 0
    kinds: list[tuple[str, int]] = field(default_factory=list)

    @property
    def share(self) -> str:
        return f"{self.with_errors * 100 / self.done:.1f}%" if self.done else "—"

    @property
    def coverage(self) -> str:
        return f"{(self.numbers - self.unbound) * 100 / self.numbers:.2f}%" if self.numbers else "—"

    @property
    def all_numbers(self) -> str:
        return f"{self.numbers:,}"


def statistics(files: Iterable[CheckedFile]) -> Statistics:
    """Counts over the files of one checking."""
    told = Statistics()
    rules: dict[str, ByRule] = {}
    units: dict[str, ByUnit] = {}
    reasons: defaultdict[str, list[CheckedFile]] = defaultdict(list)
    kinds: Counter[str] = Counter()
    for file in files:
        if file.state == CheckedFile.State.UNREAD:
            reasons[file.reason].append(file)
            told.unread += 1
        told.skipped += file.state == CheckedFile.State.SKIPPED
        if file.state != CheckedFile.State.DONE:
            continue
        told.done += 1
        told.with_errors += file.errors > 0
        told.clean += not (file.errors or file.warnings)
        kinds[f"{file.kind}{f'（{file.year}年度）' if file.year else ''}"] += 1
        unit = units.setdefault(file.unit, ByUnit(file.unit))
        unit.files += 1
        unit.duties_failed += file.duties_failed
        for each in (told, unit):
            each.errors += file.errors
            each.warnings += file.warnings
            each.notes += file.notes
        told.numbers += file.numbers
        told.unbound += file.unbound
        for rule, title, errors, warnings, notes in file.rules:
            row = rules.setdefault(rule, ByRule(rule, title))
            row.errors, row.warnings, row.notes, row.files = row.errors + errors, row.warnings + warnings, row.notes + notes, row.files + 1
    told.rules = sorted(rules.values(), key=lambda each: (-each.errors, -each.warnings, -each.notes, each.rule))
    told.units = sorted(units.values(), key=lambda each: (-each.errors, -each.warnings, -each.notes, each.unit))
    told.reasons = sorted(reasons.items(), key=lambda each: (-len(each[1]), each[0]))
    told.kinds = kinds.most_common()
    return told
