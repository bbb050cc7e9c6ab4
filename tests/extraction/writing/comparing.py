"""What a reader made of a written document, held against what was written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extraction.writing.disclosure import Disclosure
from extraction.writing.sentences import Written
from gouji.documents import read_document
from gouji.extraction.read import read_dossier
from gouji.model.dossier import Dossier
from gouji.model.fact import Fact, Key
from gouji.standards.pack import Standards


def read(text: bytes) -> tuple[Dossier, Standards]:
    return read_dossier(read_document(text, name="样例.txt"))


def plain(key: Key) -> Key:
    """An itemised reception's name is the reader's choice of words."""
    return key._replace(
        dimensions=tuple((k, "*" if k == "item" and key.concept.startswith("three_public") else v) for k, v in key.dimensions)
    )


@dataclass(frozen=True)
class Difference:
    """``missing``: written, not read; ``wrong``: the place is bound to something else; ``extra``: bound, though nothing was written there."""

    missing: tuple[str, ...]
    wrong: tuple[str, ...]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.wrong or self.extra)

    def __str__(self) -> str:
        return "\n".join(
            [*(f"没有读出：{m}" for m in self.missing), *(f"读错：{w}" for w in self.wrong), *(f"多读：{e}" for e in self.extra)]
        )


def difference(written: Disclosure, dossier: Dossier) -> Difference:
    """Figure by figure, at the place where each was written."""
    missing, wrong, extra = [], [], []
    by_start = {fact.place.start: fact for fact in dossier.facts if fact.concept != "outcome"}
    used: set[int] = set()
    for figure in written.figures:
        fact = next((f for at in range(figure.start, figure.end) if (f := by_start.get(at)) is not None), None)
        around = written.text[max(0, figure.start - 24) : figure.end + 6].replace("\n", "⏎")
        said = f"{_name(figure.key)} {figure.value}{figure.unit} 〔…{around}…〕"
        if fact is None:
            missing.append(said)
            continue
        used.add(fact.id)
        if problem := _disagreement(figure, fact):
            wrong.append(f"{said} 读作 {_name(fact.key)} {fact.figure.value}{fact.figure.unit}（{problem}）")
    for fact in by_start.values():
        if fact.id not in used and fact.figure.value != 0:  # 上年基数为0 may be read as last year's amount
            start, end = fact.place.start, fact.place.end
            extra.append(f"{_name(fact.key)} {fact.figure.printed} 〔…{written.text[max(0, start - 24) : end + 6]}…〕")
    return Difference(tuple(missing), tuple(wrong), tuple(extra))


def _disagreement(figure: Written, fact: Fact) -> str:
    if plain(fact.key) != plain(figure.key):
        return "意义不同"
    if fact.figure.value != figure.value or (
        figure.unit and fact.figure.unit != figure.unit and not fact.figure.unit.startswith(figure.unit)
    ):
        return "数值或单位不同"
    if figure.direction != fact.direction and figure.key.measure in ("change", "change_rate"):
        return f"方向不同：{fact.direction}"
    if figure.key.measure in ("share", "completion", "change", "change_rate") and fact.base is not None and fact.base != figure.base:
        return f"基数不同：{_name(fact.base)}"
    return ""


def _name(key: Key) -> str:
    dims = ",".join(f"{k}={v}" for k, v in key.dimensions)
    return f"{key.concept}{{{dims}}}|{key.measure}@{key.phase}^{key.period}"


def groups(differences: list[Difference]) -> Counter[str]:
    """The kinds of difference by concept and measure, for a summary."""
    found: Counter[str] = Counter()
    for each in differences:
        for kind, lines in (("missing", each.missing), ("wrong", each.wrong), ("extra", each.extra)):
            found.update(f"{kind} {line.split('@')[0]}" for line in lines)
    return found
