"""The standards of a jurisdiction and year, from the compiled packs: ``load("cn-sichuan", 2023)``.

Packs extend each other (``cn`` ← ``cn-sichuan``): an entry of the particular pack replaces the general one of the same id, others are
added. An unknown jurisdiction falls back to ``cn``, a year without a pack to the nearest that has one; ``Standards.notes`` says so.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

from gouji.model.dossier import Pack
from gouji.model.regex import regex
from gouji.standards.pack import (
    Alias,
    Authority,
    Certainty,
    Code,
    Concept,
    Duty,
    Equation,
    Footing,
    HeadingRole,
    Pairing,
    Partition,
    Phrase,
    Ref,
    Residue,
    Standards,
    StatementLayout,
    Term,
)
from gouji.standards.statements import layouts

COMPILED = Path(__file__).parent / "compiled"
ROOT = "cn"
_LEVEL = {3: "类", 5: "款", 7: "项"}
_WEAKER: dict[str, Certainty] = {"attested": "knowledge", "law": "knowledge", "knowledge": "uncertain", "uncertain": "uncertain"}


@cache
def _document(name: str, folder: Path = COMPILED) -> dict[str, Any]:
    return cast(dict[str, Any], json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))


@cache
def jurisdictions(folder: Path = COMPILED) -> tuple[str, ...]:
    """The ids of all packs, the general one first."""
    names = (path.stem for path in folder.glob("*.json") if not path.stem.startswith(("codes-", "schemes")))
    return tuple(sorted(names, key=lambda name: (name.count("-"), name)))


def jurisdiction_name(jurisdiction: str, folder: Path = COMPILED) -> str:
    """The place whose pack applies: 四川省. The nearest known one, as in :func:`load`."""
    known, name = jurisdictions(folder), jurisdiction
    while name not in known and "-" in name:
        name = name.rpartition("-")[0]
    return str(_document(name if name in known else ROOT, folder)["jurisdiction"]["name"])


def chain(jurisdiction: str, folder: Path = COMPILED) -> tuple[str, ...]:
    """A pack and those it extends, the general one first."""
    names: list[str] = []
    name = jurisdiction
    while name:
        names.insert(0, name)
        name = _document(name, folder)["extends"]
    return tuple(names)


@cache
def load(jurisdiction: str = ROOT, year: int | None = None, folder: Path = COMPILED) -> Standards:
    """The standards that apply. Never fails on an unknown jurisdiction or year: see ``notes`` of the result."""
    notes: list[str] = []
    known = jurisdictions(folder)
    name = jurisdiction
    while name not in known and "-" in name:
        name = name.rpartition("-")[0]
    if name not in known:
        name = ROOT
    if name != jurisdiction:
        notes.append(f"辖区“{jurisdiction}”没有专门的标准，按“{_document(name, folder)['zh']}”判断")
    elif name == ROOT:
        notes.append("未识别出所属省份，按全国通用标准判断")
    about = _document(name, folder)
    applied = _nearest(about["years"], year, [each for each in about["years"] if str(each) not in about["extended"]], notes)
    reason = about["extended"].get(str(applied))
    if reason:
        notes.append(reason)
    names = chain(name, folder)
    merged = _merge([_document(each, folder) for each in names], applied)
    required = {role for each in names for role in _document(each, folder)["required_roles"].split()}
    code_year = int(_document(ROOT, folder)["codes"].get(str(applied), applied))
    codes = _document(f"codes-{code_year}", folder)
    weaker = code_year != applied or applied != (year or applied)
    if weaker:
        notes.append(f"没有{year or applied}年度的政府收支分类科目表，按{code_year}年度的表核对，不据此判错")
    packs = tuple(Pack(each, applied, _document(each, folder)["sha256"]) for each in names)
    extended = bool(reason) or applied != (year or applied)
    return _standards(packs, name, applied, merged, required, codes, weaker, extended, tuple(notes))


@cache
def sheets(jurisdiction: str = ROOT, year: int | None = None, folder: Path = COMPILED) -> tuple[StatementLayout, ...]:
    """The internal statements (财决) of a jurisdiction and year, as layouts; loaded apart, since only compiling wants them."""
    standards = load(jurisdiction, year, folder)
    merged = _merge([_document(each, folder) for each in chain(standards.jurisdiction, folder)], standards.year)
    return layouts(merged["sheets"], standards.functions, standards.economics, _ref)


def _nearest(years: list[int], year: int | None, settled: list[int], notes: list[str]) -> int:
    """The year whose standards apply: without a year the latest that does not itself rest on another's."""
    if year is None:
        latest = max(settled or years)
        notes.append(f"未识别出决算年度，按{latest}年度的标准判断")
        return latest
    nearest = min(years, key=lambda each: (abs(each - year), -each))
    if nearest != year:
        notes.append(f"没有{year}年度的标准，按最近的{nearest}年度判断，相关结论仅供参考")
    return nearest


def _merge(documents: list[dict[str, Any]], year: int) -> dict[str, list[Any]]:
    """Rows by kind without years and keys: the particular pack's row in the place of the general one's."""
    merged: dict[str, dict[str, Any]] = {}
    for document in documents:
        for kind, ids in document["drop"].items():
            for each in ids:
                merged.get(kind, {}).pop(each, None)
        for kind, rows in document.items():
            if isinstance(rows, list) and kind != "years":
                into = merged.setdefault(kind, {})
                for row in rows:
                    span = row[0]
                    if span is None or span[0] <= year <= span[1]:
                        into[row[1]] = row
    return {kind: list(rows.values()) for kind, rows in merged.items()}


def _ref(row: list[Any]) -> Ref:
    return Ref(row[0], row[1], row[2], tuple((a, b) for a, b in row[3]), row[4], row[5])


def _terms(rows: list[list[Any]]) -> tuple[Term, ...]:
    return tuple(Term(row[0], _ref(row[1]), row[2]) for row in rows)


def _codes(rows: list[list[str]], weaker: bool) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for code, name, certainty in rows:
        level = cast(Any, _LEVEL[len(code)])
        found[code] = Code(code, name, level, code[:-2] if len(code) > 3 else "", cast(Any, _WEAKER[certainty] if weaker else certainty))
    return found


def _standards(
    packs: tuple[Pack, ...], jurisdiction: str, year: int, rows: dict[str, list[Any]], required: set[str],
    codes: dict[str, Any], weaker: bool, extended: bool, notes: tuple[str, ...],
) -> Standards:  # fmt: skip
    templates = {row[1]: tuple(row[2]) for row in rows["templates"]}
    doubt: Certainty | None = "uncertain" if extended else None
    functions, economics = _codes(codes["functions"], weaker), _codes(codes["economics"], weaker)
    return Standards(
        packs=packs, jurisdiction=jurisdiction, year=year,
        concepts={r[1]: Concept(r[1], r[2], r[3], r[4], r[5], _ref(r[6]) if r[6] else None, r[7], r[8]) for r in rows["concepts"]},
        aliases=tuple(Alias(r[2], r[3], r[4], r[5], tuple((a, b) for a, b in r[6]), tuple(r[7]), r[8], r[9]) for r in rows["aliases"]),
        phrases=tuple(Phrase(r[2], tuple(r[3])) for r in rows["phrases"]),
        partitions=tuple(
            Partition(r[1], r[2], _ref(r[3]), tuple(map(_ref, r[4])), r[5], r[6], r[7], r[8]) for r in rows["partitions"]
        ),
        equations=tuple(
            Equation(r[1], r[2], _terms(r[3]), r[4], _terms(r[5]), r[6], r[7], r[8], r[9], tuple(r[10]), tuple(r[11]), r[12])
            for r in rows["equations"]
        ),
        pairings=tuple(Pairing(r[1], r[2], _ref(r[3]), _ref(r[4]), r[5], r[6], r[7], r[8]) for r in rows["pairings"]),
        headings=tuple(
            sorted(
                (HeadingRole(r[1], tuple(r[2]), r[3], r[4], r[5], r[6], r[7], r[8] or r[1] in required, r[9], _ref(r[10]) if r[10] else None) for r in rows["headings"]),
                key=lambda heading: heading.order,
            )
        ),
        duties=tuple(
            Duty(r[1], r[2], r[3], tuple(map(_ref, r[4])), r[5], r[6], _ref(r[7]) if r[7] else None, tuple(r[8]), doubt or r[9])
            for r in rows["duties"]
        ),
        authorities={r[1]: Authority(r[1], r[2], r[3], r[4], r[5], r[6]) for r in rows["authorities"]},
        residues=tuple(Residue(r[1], r[2], r[3], r[4], tuple(r[5])) for r in rows["residues"]),
        functions=functions, economics=economics,
        old_names={r[1]: r[2] for r in rows["old_names"]}, settings={r[1]: r[2] for r in rows["settings"]},
        templates={key: variants[0] for key, variants in templates.items()}, notes=notes, template_variants=templates,
        footings=tuple(
            Footing(r[1], r[2], _ref(r[3]), _terms(r[4]), tuple((a, b) for a, b in r[5]), r[6], r[7]) for r in rows["footings"]
        ),
        statements=layouts(rows["statements"], functions, economics, _ref),
        disclosure=tuple(rows["disclosure"][0][2]) if rows["disclosure"] else (), explanations={r[1]: r[2] for r in rows["explanations"]},
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------ jurisdiction

_PROJECT_CODE = regex(r"(?<![0-9A-Za-z])(\d{2})\d{4}\d{2}[A-Z]\d{12}(?!\d)")


@cache
def _places(folder: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str], int]:
    """Place name → pack (``cn`` for a province without one), division prefix → pack, province → pack, length of the longest place name."""
    places: dict[str, str] = {}
    provinces: dict[str, str] = {}
    divisions: dict[str, str] = {}
    for name in jurisdictions(folder):
        about = _document(name, folder)["jurisdiction"]
        for place in (*about.get("places", ()), *about.get("counties", ())):
            places[place] = name
        for province in about.get("provinces", ()):
            provinces[province] = name
        for prefix in about.get("divisions", ()):
            divisions[str(prefix)] = name
    return places, divisions, provinces, max(map(len, places))


def jurisdiction_of(name: str, text: str = "", folder: Path = COMPILED) -> str:
    """The pack for a unit's name (泸州市… → ``cn-sichuan``), helped by the document's text where the name gives no place.

    The place at the beginning of the name decides, then a place anywhere in it, then the project codes of the text (their first two
    digits are the province), then the province that the text names by far most often. ``cn`` where nothing is found.
    """
    places, divisions, provinces, longest = _places(folder)
    name = "".join(name.split())
    for start in range(min(len(name), 60)):
        for length in range(min(longest, len(name) - start), 1, -1):
            if (found := places.get(name[start : start + length])) is not None:
                return found
    counts: dict[str, int] = {}
    for prefix in _PROJECT_CODE.findall(text):
        if prefix in divisions:
            counts[divisions[prefix]] = counts.get(divisions[prefix], 0) + 1
    if not counts:
        for province, pack in provinces.items():
            if seen := text.count(province):
                counts[pack] = counts.get(pack, 0) + seen
        total = sum(counts.values())
        counts = {pack: seen for pack, seen in counts.items() if seen >= 2 and seen * 3 >= total * 2}
    return max(counts, key=lambda pack: counts[pack]) if counts else ROOT
