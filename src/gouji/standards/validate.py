"""What a pack must satisfy beyond being readable: ``python -m gouji.standards validate``.

Every concept, authority, code, role and name that an entry mentions must exist, no lexicon text may mean two things at one place, what
rests on knowledge alone may not cause an error, residue patterns must find their examples and leave the others alone. Every error names
file and entry.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gouji.standards.compile import compiled_files, expand
from gouji.standards.folding import fold
from gouji.standards.loader import chain, load
from gouji.standards.notation import PHASES, each_parts
from gouji.standards.pack import Alias, Ref, Standards
from gouji.standards.plan import plan_of, sentences_of
from gouji.standards.scheme_source import check_scheme, scheme_row
from gouji.standards.slots import parse, to_regex
from gouji.standards.source import DATA, Entry, PackError, PackSource, packs, read_pack
from gouji.standards.statements import faults

SEVERITIES = ("error", "warning", "note")
CERTAINTIES = ("attested", "law", "knowledge", "uncertain")
REGIONS = ("overview", "narrative", "glossary", "annex", "statements", "form", "notes")


def validate(data: Path = DATA) -> list[str]:
    """All errors of all packs, each a sentence with file and entry; empty where the packs are good."""
    try:
        files = compiled_files(data)
    except PackError as error:
        return error.errors
    errors: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        for name, content in files.items():
            (target / name).write_text(content, encoding="utf-8")
        for pack in packs(data):
            source = read_pack(pack, data)
            for year in source.about["years"]:
                standards = load(pack, int(year), target)
                errors += [error for error in _check(source, standards) if error not in errors]
            errors += _residues(source)
            errors += _schemes(source, load(pack, None, target))
            if not set(chain(pack, target)) <= set(packs(data)):
                errors.append(f"{pack}/pack.yaml：extends 的标准包不存在")
    return errors


def _check(source: PackSource, standards: Standards) -> Iterator[str]:
    yield from _authorities(source, standards)
    yield from _certainties(source)
    yield from _roles(source, standards)
    yield from _references(source, standards)
    yield from _lexicon(source, standards)
    yield from _templates(source, standards)
    yield from _plan(source, standards)
    yield from _names(source, standards)
    yield from _statements(source, standards)


def _authorities(source: PackSource, standards: Standards) -> Iterator[str]:
    for file in ("partitions", "equations", "bounds", "duties", "statements", "footings", "sheets"):
        for entry in source.entries(file):
            authority = entry.values.get("authority")
            if authority is not None and authority not in standards.authorities:
                yield entry.error(f"依据 {authority} 没有在 authorities.yaml 中定义")


def _certainties(source: PackSource) -> Iterator[str]:
    """Knowledge never causes an error, what is uncertain never more than a note."""
    for file in ("partitions", "equations", "bounds", "duties", "authorities", "statements", "footings", "sheets"):
        for entry in source.entries(file):
            certainty, severity = entry.values.get("certainty", "attested"), entry.values.get("severity")
            if certainty not in CERTAINTIES:
                yield entry.error(f"可信程度 {certainty} 不存在，应为 {'、'.join(CERTAINTIES)}")
            elif severity is not None and severity not in SEVERITIES:
                yield entry.error(f"严重程度 {severity} 不存在，应为 {'、'.join(SEVERITIES)}")
            elif severity == "error" and certainty in ("knowledge", "uncertain"):
                yield entry.error(f"可信程度为 {certainty} 的条目不能报为 error")
            elif severity == "warning" and certainty == "uncertain":
                yield entry.error("可信程度为 uncertain 的条目最多报为 note")


def _roles(source: PackSource, standards: Standards) -> Iterator[str]:
    known = {heading.role for heading in standards.headings}
    prefixes = {role[:end] for role in known for end in (*(at for at, sign in enumerate(role) if sign == "."), len(role))}
    for file, key in (("lexicon", "aliases"), ("lexicon", "phrases"), ("residues", None)):
        for entry in source.entries(file, key):
            for role in entry.values.get("roles") or []:
                if role not in prefixes:
                    yield entry.error(f"章节 {role} 没有在 sections.yaml 中定义")
    for entry in source.entries("duties"):
        role = entry.values.get("role", "")
        if role and role not in known:
            yield entry.error(f"章节 {role} 没有在 sections.yaml 中定义")
    for entry in source.entries("sections"):
        parent, region = entry.values.get("parent", ""), entry.values.get("region", "")
        if parent and parent not in known:
            yield entry.error(f"上级章节 {parent} 没有定义")
        if region not in REGIONS:
            yield entry.error(f"区域 {region} 不存在，应为 {'、'.join(REGIONS)}")
    for role in source.about.get("required_roles") or []:
        if role not in known:
            yield f"{source.id}/pack.yaml：required_roles：章节 {role} 没有定义"


def _references(source: PackSource, standards: Standards) -> Iterator[str]:
    """Codes and official names that references mention. (Concepts were resolved when compiling.)"""
    names = {row.name for row in standards.functions.values()}
    of_entry: dict[str, list[Ref]] = {}
    for partition in standards.partitions:
        of_entry[f"{source.id}/partitions.yaml：{partition.id}"] = [partition.whole, *partition.parts]
    for equation in standards.equations:
        of_entry[f"{source.id}/equations.yaml：{equation.id}"] = [term.ref for term in (*equation.left, *equation.right)]
    for duty in standards.duties:
        of_entry[f"{source.id}/duties.yaml：{duty.id}"] = list(duty.refs)
    for footing in standards.footings:
        name = footing.id.rpartition(".")[0] if footing.id.rpartition(".")[2].isdigit() else footing.id
        of_entry.setdefault(f"{source.id}/footings.yaml：{name}", []).extend((footing.whole, *(term.ref for term in footing.parts)))
    own = {entry.name for file in ("partitions", "equations", "duties", "footings") for entry in source.entries(file)}
    for place, refs in of_entry.items():
        if place.rpartition("：")[2] not in own:
            continue
        for ref in refs:
            for dimension, value in ref.dimensions:
                table = {"function": standards.functions, "economic": standards.economics}.get(dimension)
                if table is not None and value != "*" and value not in table:
                    yield f"{place}：{dimension} 代码 {value} 不在分类科目表中"
            if ref.each:
                for name in each_parts(ref.each)[2]:
                    if name not in names:
                        yield f"{place}：科目名称“{name}”不在功能分类科目表中"


def _meaning(alias: Alias) -> tuple[Any, ...]:
    return alias.concept, alias.measure, alias.phase, alias.dimensions, alias.dimension_only


def _lexicon(source: PackSource, standards: Standards) -> Iterator[str]:
    """A text means one thing in a section: the same text twice with a common role and the same part must agree."""
    yield from _twice(source)
    by_text: dict[tuple[str, str], list[Alias]] = {}
    for alias in standards.aliases:
        by_text.setdefault((alias.text, alias.part), []).append(alias)
    for (text, _), aliases in by_text.items():
        for number, first in enumerate(aliases):
            for second in aliases[number + 1 :]:
                shared = set(first.roles) & set(second.roles) or (not first.roles and not second.roles)
                if shared and _meaning(first) != _meaning(second):
                    yield f"{source.id}/lexicon.yaml（aliases）：“{text}”在同一章节有两种含义：{first.concept} 与 {second.concept}"


def _twice(source: PackSource) -> Iterator[str]:
    """Texts that one file gives twice in the same place: the second would silently win."""
    seen: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    for entry in source.entries("lexicon", "aliases"):
        values = entry.values
        meaning = (values.get("concept"), values.get("measure"), values.get("phase"), values.get("dims"))
        place = (",".join(values.get("roles") or []), values.get("part", ""))
        for wording in {wording for text in values["texts"] for wording in expand(str(text))}:
            if seen.setdefault((wording, *place), meaning) != meaning:
                yield entry.error(f"“{wording}”在同一章节有两种含义：{seen[(wording, *place)][0]} 与 {values.get('concept')}")
            if not wording:
                yield entry.error("词条可以是空的文字")


def _templates(source: PackSource, standards: Standards) -> Iterator[str]:
    for entry in source.entries("templates"):
        for text in entry.values["value"]:
            pattern, slots = to_regex(parse(text, standards.concepts))
            if re.compile(pattern).groups != len(slots):
                yield entry.error("句式的槽与编译出的分组数不一致")
    for entry in source.entries("lexicon", "phrases"):
        if not to_regex(parse(entry.values["text"], standards.concepts))[1]:
            yield entry.error("短语里没有槽")


def _plan(source: PackSource, standards: Standards) -> Iterator[str]:
    """Sentences and roles that the plan of a disclosure names."""
    if source.files.get("disclosure") is None:
        return
    steps, roles = plan_of(standards), {heading.role for heading in standards.headings}
    for sentence in sentences_of(steps):
        if sentence not in standards.template_variants:
            yield f"{source.id}/disclosure.yaml：句式 {sentence} 没有在 templates.yaml 中定义"
    for step in steps:
        if step.kind == "heading" and step.name not in roles:
            yield f"{source.id}/disclosure.yaml：章节 {step.name} 没有在 sections.yaml 中定义"


def _names(source: PackSource, standards: Standards) -> Iterator[str]:
    official = {fold(row.name) for row in standards.functions.values()}
    for entry in source.entries("names", "old_names"):
        if fold(entry.name) not in official:
            yield entry.error(f"现名“{entry.name}”不在功能分类科目表中")
        for old in entry.values["value"]:
            if fold(str(old)) in official:
                yield entry.error(f"旧名“{old}”同时是现行科目名称")
    base = standards.settings.get("completion_base", "")
    if base not in PHASES:
        yield f"{source.id}/settings.yaml：completion_base：阶段 {base} 不存在"


def _statements(source: PackSource, standards: Standards) -> Iterator[str]:
    """The statements that the pack lists: ids once, codes that exist, and everything of :func:`gouji.standards.statements.faults`."""
    layouts = {layout.id: layout for layout in standards.statements}
    seen: set[str] = set()
    for entry in source.entries("sheets"):
        yield from _known_codes(entry, standards)
    for entry in source.entries("statements"):
        if entry.name in seen:
            yield entry.error("编号重复")
        seen.add(entry.name)
        yield from _known_codes(entry, standards)
        if entry.name in layouts:
            for sentence in faults(layouts[entry.name]):
                yield entry.error(sentence)
    if seen and len(seen) != len(layouts):
        yield f"{source.id}/statements.yaml：没有列出 {'、'.join(sorted(set(layouts) - seen))}（用 drop 去掉或补上，次序由本文件决定）"


def _known_codes(entry: Entry, standards: Standards) -> Iterator[str]:
    for side in entry.values.get("sides") or []:
        for part in (*side["columns"], *side["rows"]):
            for key, table in (("classes", standards.functions), ("economic", standards.economics)):
                for code in part.get(key) or []:
                    if str(code) not in table:
                        yield entry.error(f"代码 {code} 不在分类科目表中")


def _schemes(source: PackSource, standards: Standards) -> Iterator[str]:
    for name, entry in source.schemes():
        yield from check_scheme(scheme_row(entry, source.id, name), entry.file, standards.authorities)


def _residues(source: PackSource) -> Iterator[str]:
    for entry in source.entries("residues"):
        yield from _residue(entry)


def _residue(entry: Entry) -> Iterator[str]:
    if entry.values["severity"] not in SEVERITIES:
        yield entry.error(f"严重程度 {entry.values['severity']} 不存在")
    try:
        pattern = re.compile(entry.values["pattern"])
    except re.error as error:
        yield entry.error(f"正则表达式无效：{error}")
        return
    for key in ("hits", "misses"):
        if not entry.values.get(key):
            yield entry.error(f"缺少例子 {key}")
    for text in entry.values.get("hits") or []:
        if not pattern.search(fold(str(text))):
            yield entry.error(f"应当命中而没有命中：{text}")
    for text in entry.values.get("misses") or []:
        if pattern.search(fold(str(text))):
            yield entry.error(f"不应命中而命中：{text}")
