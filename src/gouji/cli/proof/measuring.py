"""Clean dossiers and changed ones, counted (计量): the table of ``gouji selftest --full`` and of docs/selftest.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from random import Random
from typing import Any

from gouji.cli.proof.mutations import CELL_KINDS, TEXT_KINDS, Change, cell_change, text_change
from gouji.cli.proof.oracle import Verdict, verdict
from gouji.cli.proof.round_trip import generated, round_trip
from gouji.model.dossier import Dossier
from gouji.model.finding import Finding
from gouji.standards.pack import Standards

#: By turns; their number shares no divisor with the turns of places and scopes (4 and 5), so that every combination occurs. A PDF costs twice what the others do.
CLEAN_FORMATS = ("txt", "docx", "html", "xlsx", "txt", "pdf", "docx", "html", "txt", "xlsx", "txt")
CHANGED_FORMATS = ("txt", "docx")
_PER_DOSSIER = 24  # changes of one rendered disclosure
#: What is seen by rules on words, not by laws: it is to be found all the same.
_BY_WORDS = frozenset({"residue"})
#: What became of one seed, as a line of JSON holds it.
Record = dict[str, Any]


@dataclass(slots=True)
class Count:
    """Of one kind or law. ``visible``: a law (or a rule on words) sees it; ``beyond``: reported although no law sees it."""

    tried: int = 0
    visible: int = 0
    found: int = 0
    unique: int = 0
    first: int = 0
    beyond: int = 0


@dataclass(slots=True)
class Measured:
    """``formats``: clean dossiers by format, and those that were not read the same or had findings. ``trouble`` names what was not as it should be, for a person.

    ``unfit``: disclosures that had findings before anything was changed.
    """

    formats: dict[str, list[int]] = field(default_factory=dict)
    kinds: dict[str, Count] = field(default_factory=dict)
    laws: dict[str, Count] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    unfit: int = 0

    @property
    def clean(self) -> int:
        """How many clean dossiers went through a file and back."""
        return sum(count for count, _ in self.formats.values())

    @property
    def wrong(self) -> int:
        """How many of them were not read the same or had findings."""
        return sum(wrong for _, wrong in self.formats.values())

    def add(self, record: Record) -> None:
        """What became of one seed."""
        which = f"{record['seed']} {record['format']}"
        if "wrong" in record:
            counts = self.formats.setdefault(record["format"], [0, 0])
            counts[0] += 1
            counts[1] += bool(record["wrong"])
            self.trouble += [f"{which}：{line}" for line in record["wrong"][:2]]
            return
        self.unfit += record["unfit"]
        for change in record["changes"]:
            self._change(change, which)

    def _change(self, change: Record, which: str) -> None:
        kind, laws, reported = change["kind"], change["laws"], change["reported"]
        visible = bool(laws) or kind in _BY_WORDS
        for count in [self.kinds.setdefault(kind, Count()), *(self.laws.setdefault(law, Count()) for law in laws)]:
            count.tried += 1
            count.visible += visible
            count.found += visible and bool(reported)
            count.unique += change["unique"]
            count.first += change["first"]
            count.beyond += not visible and bool(reported)
        if visible and not reported:
            self.trouble.append(f"没有发现 {which} {kind} {change['what']}（{'、'.join(laws)}）")
        elif change["unique"] and not change["first"]:
            self.trouble.append(f"没有先指出 {which} {kind} {change['what']}：{reported[:1]}")


def clean(seed: int, to: str = "") -> Record:
    """The round trip of one generated department, through the format whose turn it is."""
    to = to or CLEAN_FORMATS[seed % len(CLEAN_FORMATS)]
    try:
        wrong = round_trip(generated(seed), to)
    except Exception as error:  # one of ten thousand that stops the program is a result, and must not stop the run
        wrong = [f"{type(error).__name__}: {error}"]
    return {"seed": seed, "format": to, "wrong": [line[:300] for line in wrong[:12]]}


def changed(seed: int, to: str = "", most: int = _PER_DOSSIER) -> Record:
    """Changes of one rendered disclosure, the kinds by turns."""
    import gouji
    from gouji.rendering.disclosure.formats import render
    from gouji.standards import load

    to = to or CHANGED_FORMATS[seed % len(CHANGED_FORMATS)]
    source = Random(seed)
    dossier = generated(seed, payments=40)
    standards = load(dossier.jurisdiction, dossier.year)

    def write(each: Dossier, to: str = to, standards: Standards = standards) -> bytes:
        return render(each, standards, to, gaps=True)

    name = f"公开稿.{to}"
    read = gouji.read(write(dossier), name=name)
    findings = gouji.check(read).findings
    record: Record = {"seed": seed, "format": to, "unfit": any(f.severity != "note" for f in findings), "changes": []}
    if record["unfit"]:  # says nothing of how changes are found
        return record
    before = {f.fingerprint for f in findings}
    names = tuple(TEXT_KINDS) if to == "txt" else tuple(CELL_KINDS)
    for at in range(most):
        kind = names[(at + seed) % len(names)]
        made = text_change(kind, read, source) if to == "txt" else cell_change(kind, dossier, read, write, source)
        if made is None:
            continue
        again = gouji.read(made.data, name=name)
        reported = [f for f in gouji.check(again).findings if f.fingerprint not in before and f.severity != "note"]
        record["changes"].append(_change_record(made, verdict(read, made, standards), reported, again))
    return record


def _change_record(made: Change, seen: Verdict, reported: Sequence[Finding], again: Dossier) -> Record:
    return {
        "kind": made.kind, "what": made.what, "laws": list(seen.laws), "reported": [f"{f.rule} {f.zh[:110]}" for f in reported[:3]],
        "unique": bool(seen.mended), "first": bool(seen.mended) and _names(reported, seen, again),
    }  # fmt: skip


def _names(reported: Sequence[Finding], seen: Verdict, again: Dossier) -> bool:
    """Whether the first suspect of a finding is the figure that can be mended."""
    wanted = {(f.key, f.figure.value) for f in seen.mended}
    for finding in reported:
        for suspect in finding.suspects[:1]:
            fact = again.facts[suspect.fact]
            if (fact.key, fact.figure.value) in wanted:
                return True
    return False


def table(measured: Measured) -> list[str]:
    """The table, as Markdown."""
    each = "、".join(f"{to} {count} 份（{wrong}）" for to, (count, wrong) in sorted(measured.formats.items()))
    lines = [f"未改动的公开稿 {measured.clean} 份，读回不同或有错误、警告的 {measured.wrong} 份。按格式（括号里是其中有问题的）：{each}。", ""] if measured.clean else []
    total = _sum(measured.kinds.values())
    if total.tried:
        lines += [
            "| 改动 | 处数 | 勾稽可见 | 发现 | 唯一最省的改法 | 首先指出 | 勾稽看不见 | 看不见而仍报告 |", "|---|---:|---:|---:|---:|---:|---:|---:|",
            *(_row(f"{zh}", measured.kinds[kind]) for kind, zh in {**TEXT_KINDS, **CELL_KINDS}.items() if kind in measured.kinds), _row("合计", total), "",
            "| 规则 | 破坏它的改动 | 发现 | 唯一最省的改法 | 首先指出 |", "|---|---:|---:|---:|---:|",
            *(f"| {law} | {c.tried} | {_share(c.found, c.visible)} | {c.unique} | {_share(c.first, c.unique)} |" for law, c in sorted(measured.laws.items())),
        ]  # fmt: skip
    return lines


def _sum(counts: Iterable[Count]) -> Count:
    total: Counter[str] = Counter()
    for count in counts:
        for each in fields(Count):
            total[each.name] += getattr(count, each.name)
    return Count(**total)


def _row(name: str, count: Count) -> str:
    return (
        f"| {name} | {count.tried} | {count.visible} | {_share(count.found, count.visible)} | {count.unique} | {_share(count.first, count.unique)} | "
        f"{_share(count.tried - count.visible, count.tried)} | {count.beyond} |"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"
