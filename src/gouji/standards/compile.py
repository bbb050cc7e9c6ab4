"""YAML packs → compiled JSON, one file a pack and one a code year, small and fast to load.

``python -m gouji.standards compile`` rewrites ``compiled/``; ``--check`` verifies that it is current. Notation is parsed, alternatives
in lexicon texts are multiplied out and everything that is matched against reading text is folded here, so that loading only builds records.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from gouji.standards.folding import fold
from gouji.standards.notation import (
    MEASURES,
    PHASES,
    NotationError,
    check_dimensions,
    each_parts,
    parse_each,
    parse_equation,
    parse_ref,
    parse_terms,
)
from gouji.standards.pack import Concept, Ref, Term
from gouji.standards.plan import parse_step
from gouji.standards.scheme_source import SchemeError, scales_row, scheme_row
from gouji.standards.slots import Choice, Literal, Optional, Parts, parse
from gouji.standards.source import COMPILED, DATA, Entry, PackError, PackSource, packs, read_codes, read_pack
from gouji.standards.statements import layout_row

#: kinds of entries in the order in which the compiled file holds them
KINDS = (
    "concepts", "aliases", "phrases", "partitions", "equations", "pairings", "headings", "duties", "authorities", "residues",
    "templates", "old_names", "settings", "statements", "footings", "explanations", "sheets",
)  # fmt: skip
Row = list[Any]


def compiled_files(data: Path = DATA) -> dict[str, str]:
    """File name → content of everything that stands in ``compiled/``. Raises :class:`PackError`."""
    files: dict[str, str] = {}
    concepts: dict[str, dict[str, Concept]] = {"": {}}
    statements: dict[str, dict[str, Mapping[str, Any]]] = {"": {}}
    errors: list[str] = []
    authorities: dict[str, dict[str, str]] = {"": {}}
    schemes: list[Any] = []
    scales: list[Any] = []
    for pack in packs(data):
        try:
            source = read_pack(pack, data)
            parent = str(source.about.get("extends") or "")
            if parent not in concepts:
                errors += [] if errors else [f"{pack}/pack.yaml：extends 的 {parent} 不存在"]
                continue
            known = dict(concepts[parent])
            forms = statements[pack] = dict(statements[parent])
            files[f"{pack}.json"] = _document(_Compilation(source, known, forms).run())
            concepts[pack] = known
            cited = authorities[pack] = {**authorities.get(parent, {}), **{e.name: str(e.values["zh"]) for e in source.entries("authorities")}}
            for name, entry in source.schemes():
                _collect(errors, schemes, entry, partial(_scheme, entry, pack, name, cited))
            for entry in source.entries("scales"):
                _collect(errors, scales, entry, partial(scales_row, entry))
        except PackError as error:
            errors += error.errors
    if errors:
        raise PackError(errors)
    files["schemes.json"] = _document({"schemes": schemes, "scales": scales})
    functions, economics = read_codes("functional_classification", data), read_codes("economic_department", data)
    for year in functions:
        files[f"codes-{year}.json"] = _document({"functions": functions[year], "economics": economics.get(year, [])})
    return files


def _scheme(entry: Entry, pack: str, name: str, cited: Mapping[str, str]) -> dict[str, Any]:
    """A scheme with the words of its authority, so that it loads without its pack."""
    row = scheme_row(entry, pack, name)
    return {**row, "authority_zh": cited.get(row["authority"], "")}


def _collect(errors: list[str], rows: list[Any], entry: Entry, build: Callable[[], dict[str, Any]]) -> None:
    try:
        rows.append(build())
    except KeyError as error:
        errors.append(entry.error(f"缺少 {error.args[0]}"))
    except (SchemeError, ValueError, TypeError, AttributeError) as error:
        errors.append(entry.error(str(error)))


def write_compiled(data: Path = DATA, target: Path = COMPILED, check: bool = False) -> list[str]:
    """Write ``compiled/`` (or with ``check`` only compare); the names of files that were not current."""
    wanted = compiled_files(data)
    target.mkdir(exist_ok=True)
    present = {path.name: path.read_text(encoding="utf-8") for path in target.glob("*.json")}
    stale = sorted(name for name in {*wanted, *present} if wanted.get(name) != present.get(name))
    if not check:
        for name in stale:
            if name in wanted:
                (target / name).write_text(wanted[name], encoding="utf-8", newline="\n")
            else:
                (target / name).unlink()
    return stale


def _document(content: Mapping[str, Any]) -> str:
    """JSON with one entry a line, so that a change of a pack shows as a small difference."""
    lines = []
    for key, value in content.items():
        if isinstance(value, list) and value:
            rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in value)
            lines.append(f"{json.dumps(key)}:[\n{rows}]")
        else:
            lines.append(f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def expand(text: str) -> list[str]:
    """All wordings of a lexicon text: ``公务用车购置(及|和)运行[维护]费`` is four, folded."""
    return [fold(wording) for wording in _wordings(parse(text))]


def _wordings(parts: Parts) -> list[str]:
    found = [""]
    for part in parts:
        if isinstance(part, Literal):
            pieces = [part.text]
        elif isinstance(part, Choice):
            pieces = [wording for option in part.options for wording in _wordings(option)]
        elif isinstance(part, Optional):
            pieces = ["", *_wordings(part.parts)]
        else:
            raise NotationError(f"词条里不能有槽 {{{part.key}}}")
        found = [head + piece for head in found for piece in pieces]
    return found


def ref_row(ref: Ref) -> Row:
    """A reference as a row of JSON."""
    return [ref.concept, ref.measure, ref.phase, [list(pair) for pair in ref.dimensions], ref.each, ref.period]


def term_row(term: Term) -> Row:
    """A term as a row of JSON."""
    return [term.coefficient, ref_row(term.ref), term.optional]


class _Compilation:
    """One pack. ``concepts`` and ``statements`` are those of its parents and grow by its own; errors are collected so that all are shown."""

    def __init__(self, source: PackSource, concepts: dict[str, Concept], statements: dict[str, Mapping[str, Any]]) -> None:
        self.source, self.concepts, self.statements, self.errors = source, concepts, statements, list[str]()
        self.order = 0

    def run(self) -> dict[str, Any]:
        about = self.source.about
        rows: dict[str, list[Row]] = {kind: [] for kind in KINDS}
        for entry in self.source.entries("concepts"):
            self.guard(entry, partial(self.concept, entry))
        for entry in self.source.entries("concepts"):
            self.collect(rows["concepts"], entry, self.concept_row)
        for kind, file, key, build in (
            ("aliases", "lexicon", "aliases", self.alias_rows), ("phrases", "lexicon", "phrases", self.phrase_rows),
            ("partitions", "partitions", None, self.partition_row), ("equations", "equations", None, self.equation_row),
            ("pairings", "bounds", None, self.pairing_row), ("headings", "sections", None, self.heading_row),
            ("duties", "duties", None, self.duty_row), ("authorities", "authorities", None, self.authority_row),
            ("residues", "residues", None, self.residue_row), ("templates", "templates", None, self.template_row),
            ("old_names", "names", "old_names", self.name_rows), ("settings", "settings", None, self.setting_row),
            ("statements", "statements", None, self.statement_row), ("footings", "footings", None, self.footing_rows),
            ("explanations", "explanations", None, self.setting_row), ("sheets", "sheets", None, self.statement_row),
        ):  # fmt: skip
            for entry in self.source.entries(file, key):
                self.collect(rows[kind], entry, build)
        plan = [dict(entry.values) for entry in self.source.entries("disclosure") if self.guard(entry, partial(parse_step, entry.values, self.concepts))]
        rows["disclosure"] = [[None, "plan", plan]] if plan else []
        if self.errors:
            raise PackError(self.errors)
        head = {
            "id": self.source.id, "extends": about.get("extends") or "", "zh": about["zh"], "years": about["years"],
            "extended": about.get("extended") or {}, "codes": {str(k): v for k, v in (about.get("codes") or {}).items()},
            "drop": about.get("drop") or {}, "required_roles": " ".join(about.get("required_roles") or []),
            "jurisdiction": about.get(
            "jurisdiction") or {}, "sha256": self.source.sha256,
        }  # fmt: skip
        return {**head, **rows}

    def guard(self, entry: Entry, build: Callable[[], Any]) -> Any:
        try:
            return build()
        except KeyError as error:
            self.errors.append(entry.error(f"缺少 {error.args[0]}"))
        except (NotationError, ValueError, TypeError, AttributeError) as error:
            self.errors.append(entry.error(str(error)))
        return None

    def collect(self, rows: list[Row], entry: Entry, build: Callable[[Entry], list[Row]]) -> None:
        """Every row begins with its years ([first, last] or None) and its key."""
        for row in self.guard(entry, lambda: build(entry)) or []:
            rows.append([self.guard(entry, lambda: _years(entry.values.get("years"))), *row])

    # --------------------------------------------------------------------------------------------------------- rows

    def ref(self, text: str) -> Ref:
        return parse_ref(text, self.concepts)

    def concept(self, entry: Entry) -> None:
        values = entry.values
        if values["kind"] not in ("money", "count", "rate", "score", "value"):
            raise ValueError(f"kind {values['kind']} 不存在")
        self.concepts[entry.name] = Concept(entry.name, values["zh"], values["en"], values["kind"], str(values.get("unit", "")))

    def concept_row(self, entry: Entry) -> list[Row]:
        values = entry.values
        base = ref_row(self.ref(values["base"])) if values.get("base") else None
        parent = values.get("parent", "")
        if parent and parent not in self.concepts:
            raise NotationError(f"parent {parent} 没有定义")
        return [
            [
                entry.name,
                values["zh"],
                values["en"],
                values["kind"],
                str(values.get("unit", "")),
                base,
                parent,
                bool(values.get("need_reason")),
            ]
        ]

    def alias_rows(self, entry: Entry) -> list[Row]:
        values = entry.values
        only = bool(values.get("dimension_only"))
        concept = values.get("concept", "") if only else values["concept"]
        for name in (concept, values.get("part", "")):
            if name and name not in self.concepts:
                raise NotationError(f"指标 {name} 没有定义")
        measure, phase = values.get("measure"), values.get("phase")
        if measure not in (None, *MEASURES):
            raise ValueError(f"度量 {measure} 不存在")
        if phase not in (None, *PHASES):
            raise ValueError(f"阶段 {phase} 不存在")
        dims = [list(pair) for pair in check_dimensions({k: str(v) for k, v in (values.get("dims") or {}).items()})]
        roles, part = list(values.get("roles") or []), values.get("part", "")
        texts = dict.fromkeys(wording for text in values["texts"] for wording in expand(str(text)))
        return [[f"{t}|{','.join(roles)}|{part}", t, concept, measure, phase, dims, roles, part, only] for t in texts]

    def phrase_rows(self, entry: Entry) -> list[Row]:
        text = entry.values["text"]
        parse(text, self.concepts)
        return [[text, text, list(entry.values.get("roles") or [])]]

    def partition_row(self, entry: Entry) -> list[Row]:
        values = entry.values
        each = parse_each(values["for_each"]) if values.get("for_each") else ""
        parts = parse_terms(values["parts"], self.concepts)
        if any(term.coefficient != 1 or term.optional for term in parts):
            raise NotationError("分组的各部分只能相加，不能有 - 或 ?")
        refs = [ref_row(term.ref) for term in parts]
        return [[values["id"], values["zh"], ref_row(self.ref(values["whole"])), refs, bool(values["closed"]), values["authority"],
                 values.get("certainty", "attested"), each]]  # fmt: skip

    def equation_row(self, entry: Entry) -> list[Row]:
        values = entry.values
        left, op, right = parse_equation(values["equation"], self.concepts)
        each = parse_each(values["for_each"]) if values.get("for_each") else ""
        return [[values["id"], values["zh"], [term_row(t) for t in left], op, [term_row(t) for t in right], values["severity"],
                 values["authority"], values.get("certainty", "attested"), values.get("explain", ""), list(values.get("kinds") or []),
                 list(values.get("cases") or []), each]]  # fmt: skip

    def pairing_row(self, entry: Entry) -> list[Row]:
        values = entry.values
        op = "<=>" if "<=>" in values["pair"] else "=>"
        left, found, right = values["pair"].partition(op)
        if not found:
            raise NotationError(f"{values['pair']!r} 应写作 甲 <=> 乙 或 甲 => 乙")
        return [[values["id"], values["zh"], ref_row(self.ref(left)), ref_row(self.ref(right)), op, values["severity"], values["authority"],
                 values.get("certainty", "attested")]]  # fmt: skip

    def heading_row(self, entry: Entry) -> list[Row]:
        values = entry.values
        titles = dict.fromkeys(wording for text in values["titles"] for wording in expand(str(text)))
        return [[values["role"], list(titles), int(values["level"]), int(values["order"]), fold(str(values.get("number", ""))),
                 values.get("parent", ""), values.get("region", ""), bool(values.get("required")), values.get("short", ""),
                 ref_row(self.ref(values["speaks"])) if values.get("speaks") else None]]  # fmt: skip

    def duty_row(self, entry: Entry) -> list[Row]:
        values = entry.values
        unless = ref_row(self.ref(values["unless_zero"])) if values.get("unless_zero") else None
        refs = [ref_row(self.ref(text)) for text in values.get("refs") or []]
        if not refs and not values.get("role"):
            raise ValueError("refs 与 role 至少要有一个")
        return [[values["id"], values["zh"], values["authority"], refs, bool(values.get("any_of")), values.get("role", ""), unless,
                 list(values.get("kinds") or ["department", "unit"]), values.get("certainty", "attested")]]  # fmt: skip

    def authority_row(self, entry: Entry) -> list[Row]:
        values = entry.values
        return [[entry.name, values["zh"], values.get("document", ""), values.get("article", ""), str(values.get("applies", "")),
                 values.get("certainty", "attested")]]  # fmt: skip

    def residue_row(self, entry: Entry) -> list[Row]:
        values = entry.values
        return [[values["id"], values["pattern"], values["severity"], values["zh"], list(values.get("roles") or [])]]

    def template_row(self, entry: Entry) -> list[Row]:
        texts = entry.values["value"]
        for text in texts:
            parse(text, self.concepts)
        return [[entry.name, list(texts)]]

    def name_rows(self, entry: Entry) -> list[Row]:
        return [[fold(str(old)), fold(entry.name)] for old in entry.values["value"]]

    def statement_row(self, entry: Entry) -> list[Row]:
        """What an entry does not state is as in the pack that this one extends; the order is that of the particular pack."""
        name, self.order = str(entry.values["id"]), self.order + 1
        values = self.statements[name] = {**self.statements.get(name, {}), **entry.values}
        return [layout_row(values, self.order, expand, lambda text: ref_row(self.ref(text)))]

    def footing_rows(self, entry: Entry) -> list[Row]:
        """One row for each figure of ``over``; its place in the list tells them apart."""
        values, rows = entry.values, []
        each = [list(each_parts(parse_each(text))[:2]) for text in values.get("for_each") or []]
        for number, figure in enumerate(values.get("over") or [""]):
            left, op, right = parse_equation(values["sum"].replace("%", figure), self.concepts)
            if op != "=" or len(left) != 1 or any(term.coefficient != 1 for term in (*left, *right)):
                raise NotationError("合计应写作 整体 = 部分之和")
            rows.append([f"{values['id']}.{number}" if figure else values["id"], values["zh"], ref_row(left[0].ref), [term_row(t) for t in right],
                         each, values["authority"], values.get("certainty", "attested")])  # fmt: skip
        return rows

    def setting_row(self, entry: Entry) -> list[Row]:
        return [[entry.name, str(entry.values["value"])]]


def _years(text: Any) -> list[int] | None:
    """``2023``, ``2023-2024``, ``2023-``, ``-2022`` as [first, last]."""
    if text is None:
        return None
    first, dash, last = str(text).partition("-")
    if not dash:
        last = first
    return [int(first or 0), int(last or 9999)]
