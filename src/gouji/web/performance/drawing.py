"""Drawing a sample of projects for re-scoring (复评抽样), so that anyone can draw it again from its list and its seed.

Each project of the list gets a lot (抽签号): the SHA-256 of ``seed|id of the project``. The list is parted into strata, the sample is shared among
them by their numbers of projects (largest remainders, a tie goes to the first by name), and of each stratum the projects with the smallest lots are
taken. Nothing else decides, neither the order of the list nor the program's own chance.

    terms = Terms(share=True, wanted=Decimal(10), by_unit=True)
    drawn(candidates, terms, "2024031500")
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

_HEAD = ("项目编号", "单位", "类别", "预算（万元）", "层", "抽签号", "抽中")
ALL = "全部"  # the one stratum of a draw without strata


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that may be drawn: its id, unit (code and name) and kind in words, its money in 万元 (None where none is stated)."""

    id: str
    unit: str
    kind: str
    money: Decimal | None


@dataclass(frozen=True, slots=True)
class Terms:
    """How a sample is drawn. ``share``: ``wanted`` is a percentage of the list, rounded up; else a number. ``bounds`` part the money, in 万元, ascending."""

    share: bool
    wanted: Decimal
    by_unit: bool = False
    by_kind: bool = False
    by_money: bool = False
    bounds: tuple[Decimal, ...] = ()
    at_least_one: bool = False

    def count(self, whole: int) -> int:
        """How many of so many are drawn."""
        return int((self.wanted * whole / 100).to_integral_value(ROUND_CEILING)) if self.share else int(self.wanted)

    def stratum(self, each: Candidate) -> str:
        parts = [each.unit] * self.by_unit + [each.kind] * self.by_kind + [_band(each.money, self.bounds)] * self.by_money
        return "，".join(parts) or ALL


@dataclass(frozen=True, slots=True)
class Lot:
    """What became of one project of the list."""

    candidate: Candidate
    stratum: str
    lot: str
    taken: bool


def problems(candidates: Sequence[Candidate], terms: Terms) -> list[str]:
    """Why such a sample cannot be drawn, in Chinese; empty where it can."""
    whole, found = len(candidates), []
    if not whole:
        return ["没有可以抽的项目：自评报到财政部门、还没有进样本的非涉密项目才能抽"]
    if terms.share and not 0 < terms.wanted <= 100:
        return ["抽取比例应大于 0、不超过 100"]
    if not terms.share and (terms.wanted < 1 or terms.wanted != terms.wanted.to_integral()):
        return ["抽取个数应是大于 0 的整数"]
    if terms.count(whole) > whole:
        found.append(f"可以抽的只有 {whole} 个项目，抽不出 {terms.count(whole)} 个")
    if terms.by_money and not terms.bounds:
        found.append("按金额分层要写分档的界限，如 100、500")
    if any(each <= 0 for each in terms.bounds) or list(terms.bounds) != sorted(set(terms.bounds)):
        found.append("金额分档的界限应是从小到大、大于 0 的数")
    strata = len({terms.stratum(each) for each in candidates})
    if terms.at_least_one and terms.count(whole) < strata:
        found.append(f"共有 {strata} 层，只抽 {terms.count(whole)} 个，做不到每层至少一个")
    return found


def shares(sizes: Mapping[str, int], count: int, at_least_one: bool = False) -> dict[str, int]:
    """How many of each stratum: in proportion to their sizes, by largest remainders. ``count`` is at most the sum of the sizes.

    ``at_least_one``: each has one before the others are shared by what then remains of the sizes.
    """
    first = 1 if at_least_one else 0
    rest, whole = count - first * len(sizes), sum(sizes.values()) - first * len(sizes)
    if whole <= 0:
        return dict.fromkeys(sizes, first)
    given = {name: first + rest * (size - first) // whole for name, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda name: (-(rest * (sizes[name] - first) % whole), name))
    for name in by_remainder[: count - sum(given.values())]:
        given[name] += 1
    return given


def lot_of(seed: str, id: str) -> str:
    """The lot of a project: what anyone computes from the seed and the project's id."""
    return hashlib.sha256(f"{seed}|{id}".encode()).hexdigest()


def drawn(candidates: Iterable[Candidate], terms: Terms, seed: str) -> list[Lot]:
    """The whole list with its lots, by stratum and lot. Raises :class:`ValueError` where the terms do not fit the list."""
    rows = list(candidates)
    if found := problems(rows, terms):
        raise ValueError("；".join(found))
    strata: defaultdict[str, list[tuple[str, Candidate]]] = defaultdict(list)
    for each in rows:
        strata[terms.stratum(each)].append((lot_of(seed, each.id), each))
    given = shares({name: len(each) for name, each in strata.items()}, terms.count(len(rows)), terms.at_least_one)
    return [
        Lot(candidate, name, lot, at < given[name])
        for name in sorted(strata) for at, (lot, candidate) in enumerate(sorted(strata[name], key=lambda each: each[0]))
    ]  # fmt: skip


def strata(candidates: Iterable[Candidate], terms: Terms) -> list[tuple[str, int, int]]:
    """Name, size and share of the sample of every stratum, before anything is drawn."""
    sizes = Counter(terms.stratum(each) for each in candidates)
    given = shares(sizes, terms.count(sum(sizes.values())), terms.at_least_one)
    return [(name, sizes[name], given[name]) for name in sorted(sizes)]


def digest(candidates: Iterable[Candidate]) -> str:
    """Tells whether the list is still the one that somebody has seen."""
    told = "\n".join(f"{each.id},{each.unit},{each.kind},{_plain(each.money)}" for each in sorted(candidates, key=lambda each: each.id))
    return hashlib.sha256(told.encode()).hexdigest()


def written(lots: Iterable[Lot]) -> bytes:
    """The list of a draw as the CSV file that is kept: no names and codes of projects, which may become secret later."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_HEAD)
    for each in lots:
        one = each.candidate
        rows.writerow((one.id, one.unit, one.kind, _plain(one.money), each.stratum, each.lot, "是" if each.taken else ""))
    return out.getvalue().encode("utf-8-sig")


def read(content: bytes) -> list[Lot]:
    """The list that :func:`written` wrote."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]
    return [
        Lot(Candidate(id, unit, kind, Decimal(money) if money else None), stratum, lot, bool(taken))
        for id, unit, kind, money, stratum, lot, taken in rows
    ]


def _plain(money: Decimal | None) -> str:
    return "" if money is None else format(money.quantize(Decimal("0.000001")), "f")


def _band(money: Decimal | None, bounds: Sequence[Decimal]) -> str:
    if money is None:
        return "没有预算数"
    above = next((at for at, each in enumerate(bounds) if money < each), len(bounds))
    if above == len(bounds):
        return f"{bounds[-1].normalize():f}万元及以上" if bounds else ALL
    return (
        f"不满{bounds[0].normalize():f}万元"
        if above == 0
        else f"{bounds[above - 1].normalize():f}万元至不满{bounds[above].normalize():f}万元"
    )
