"""Clean dossiers and changed ones, counted (计量): the table of ``gouji selftest --full`` and of docs/selftest.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from random import Random

from gouji.cli.proof.mutations import CELL_KINDS, TEXT_KINDS, Change, cell_change, text_change
from gouji.cli.proof.oracle import Verdict, verdict
from gouji.cli.proof.round_trip import generated, round_trip
from gouji.model.dossier import Dossier
from gouji.model.finding import Finding
from gouji.standards.pack import Standards

CLEAN_FORMATS = ("txt", "txt", "docx", "txt", "html", "txt")  # by turns: a text is read in a fraction of the time
_PER_DOSSIER = 24  # changes of one rendered disclosure
#: What is seen by rules on words, not by laws: it is to be found all the same.
_BY_WORDS = frozenset({"residue"})


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
    """``trouble`` names what was not as it should be, for a person."""

    clean: int = 0
    wrong: int = 0
    kinds: dict[str, Count] = field(default_factory=dict)
    laws: dict[str, Count] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    unfit: int = 0


def clean(measured: Measured, seeds: Sequence[int], progress: Callable[[int], None] = lambda _: None) -> None:
    """Round trips of generated departments."""
    for number, seed in enumerate(seeds):
        to = CLEAN_FORMATS[number % len(CLEAN_FORMATS)]
        found = round_trip(generated(seed), to)
        measured.clean += 1
        measured.wrong += bool(found)
        measured.trouble += [f"{seed} {to}：{line[:200]}" for line in found[:2]]
        progress(number + 1)


def changed(measured: Measured, count: int, start: int = 0, formats: Sequence[str] = ("txt", "docx"), progress: Callable[[int], None] = lambda _: None) -> None:
    """``count`` changes of rendered disclosures, the kinds by turns."""
    import gouji
    from gouji.rendering.disclosure.formats import render
    from gouji.standards import load

    tried, seed = 0, start
    while tried < count:
        to = formats[seed % len(formats)]
        source = Random(seed)
        dossier = generated(seed, payments=40)
        standards = load(dossier.jurisdiction, dossier.year)

        def write(each: Dossier, to: str = to, standards: Standards = standards) -> bytes:
            return render(each, standards, to, gaps=True)

        name = f"公开稿.{to}"
        read = gouji.read(write(dossier), name=name)
        findings = gouji.check(read).findings
        before = {f.fingerprint for f in findings}
        seed += 1
        if any(f.severity != "note" for f in findings):  # says nothing of how changes are found
            measured.unfit += 1
            continue
        names = tuple(TEXT_KINDS) if to == "txt" else tuple(CELL_KINDS)
        for at in range(min(_PER_DOSSIER, count - tried)):
            kind = names[(at + seed) % len(names)]
            made = text_change(kind, read, source) if to == "txt" else cell_change(kind, dossier, read, write, source)
            if made is None:
                continue
            seen = verdict(read, made, standards)
            again = gouji.read(made.data, name=name)
            reported = [f for f in gouji.check(again).findings if f.fingerprint not in before and f.severity != "note"]
            _note(measured, made, seen, reported, again, f"{seed - 1} {to}")
            tried += 1
            progress(tried)


def _note(measured: Measured, made: Change, seen: Verdict, reported: Sequence[Finding], again: Dossier, which: str) -> None:
    visible = bool(seen.laws) or made.kind in _BY_WORDS
    first = bool(seen.mended) and _names(reported, seen, again)
    for count in [measured.kinds.setdefault(made.kind, Count()), *(measured.laws.setdefault(law, Count()) for law in seen.laws)]:
        count.tried += 1
        count.visible += visible
        count.found += visible and bool(reported)
        count.unique += bool(seen.mended)
        count.first += first
        count.beyond += not visible and bool(reported)
    if visible and not reported:
        measured.trouble.append(f"没有发现 {which} {made.kind} {made.what}（{'、'.join(seen.laws)}）")
    elif seen.mended and not first:
        measured.trouble.append(f"没有先指出 {which} {made.kind} {made.what}：{[f.zh[:110] for f in reported[:1]]}")


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
    lines = [f"未改动的公开稿 {measured.clean} 份，读回不同或有错误、警告的 {measured.wrong} 份。", ""] if measured.clean else []
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
