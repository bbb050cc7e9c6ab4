"""What a printed functional path (类、款、项) means, by the official table.

>>> resolve_path(("社会保障和就业", "行政事业单位离退休", "行政单位离退休"), functions, old_names)
Resolution(code='2080501', certainty='attested', problems=('old_name',), suggestion='社会保障和就业支出（类）…', best='2080501')

类 names are printed with or without 支出: both are good style. For 款 and 项 a missing 支出 is a slip. Names shared by many 款
(行政运行 …) resolve only with their 款. A 款 or 项 under a 类 or 款 that is not its own is ``misfiled``. All functions are cached.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.folding import fold
from gouji.standards.pack import Code, Resolution

_LEVELS = ("类", "款", "项")
_LENGTH = {"类": 3, "款": 5, "项": 7}
_RANK = {"attested": 0, "law": 0, "knowledge": 1, "uncertain": 2}
#: A 项 name that so many 款 share says nothing without its 款.
_GENERIC = 5
#: So many characters may stand foreign before or behind a name; these before it make another name of it (未归口管理的行政单位离退休).
_FOREIGN = 5
_OTHER = regex(r"[未非不]|其[他它]")

Names = tuple[str, str, str]


@record
class _Match:
    """A row that a printed name may mean; ``problem`` says how the print deviates ("" where it does not)."""

    code: str
    problem: str
    cost: int


@dataclass(slots=True)
class Index:
    """The table by name. ``exact`` and ``stem`` per level, ``children`` per parent code; ``beginnings``: names and codes below a code by their first character."""

    rows: dict[str, Code]
    old: dict[str, str]
    exact: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    stem: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    paths: dict[Names, Resolution] = field(default_factory=dict)
    classes: dict[str, Resolution] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    beginnings: dict[tuple[int, str], dict[str, list[tuple[str, str]]]] = field(default_factory=dict)


def normal(name: str) -> str:
    """A name as compared: folded, without blanks and without quotation marks of the wrong kind."""
    return "".join(fold(name).split()).replace('"', "").replace("“", "").replace("”", "").replace("‘", "").replace("’", "")


def stem(name: str) -> str:
    """A normal name without its closing 支出 (and the 等 before it)."""
    if name.endswith("支出") and len(name) > 3:
        name = name[:-2]
    return name[:-1] if name.endswith("等") and len(name) > 3 else name


_indexes: dict[tuple[int, int], Index] = {}


def index_of(functions: dict[str, Code], old_names: dict[str, str]) -> Index:
    """The index of a table, built once for each pair of tables."""
    key = (id(functions), id(old_names))
    found = _indexes.get(key)
    if found is not None and found.rows is functions and (found.old is old_names or not old_names):
        return found
    index = Index(functions, old_names)
    index.exact = {level: {} for level in _LEVELS}
    index.stem = {level: {} for level in _LEVELS}
    for code, row in functions.items():
        name = normal(row.name)
        index.exact[row.level].setdefault(name, []).append(code)
        index.stem[row.level].setdefault(stem(name), []).append(code)
        index.children.setdefault(row.parent, []).append(code)
    if len(_indexes) > 16:
        _indexes.clear()
    _indexes[key] = index
    return index


def resolve_path(names: Names, functions: dict[str, Code], old_names: dict[str, str] | None = None) -> Resolution:
    """What the printed names of 类, 款 and 项 ("" where not printed) mean; the brackets （类） … already taken off."""
    index = index_of(functions, old_names if old_names is not None else _NONE)
    found = index.paths.get(names)
    if found is None:
        found = index.paths[names] = _resolve(tuple(normal(name) for name in names), index)
    return found


_NONE: dict[str, str] = {}


def class_of_name(name: str, functions: dict[str, Code], old_names: dict[str, str] | None = None) -> Resolution:
    """The 类 that a name means, with or without 支出 or by a former name; code "" where none."""
    index = index_of(functions, old_names if old_names is not None else _NONE)
    found = index.classes.get(name)
    if found is None:
        matches = _named(normal(name), "类", index)
        if not matches:
            found = Resolution("", "", ("unknown_name",))
        else:
            row = functions[matches[0].code]
            problem = matches[0].problem
            found = Resolution(row.code, row.certainty, (problem,) if problem else (), row.name if problem else "", row.code)
        index.classes[name] = found
    return found


def class_of_path(value: str, functions: dict[str, Code], old_names: dict[str, str] | None = None) -> str:
    """The 类 of a function as facts name it: of a code its first three digits, of names that the table does not know (``农林水支出/扶贫/…``) by the first."""
    return value[:3] if value[:3].isdigit() else class_of_name(value.split("/")[0], functions, old_names).code


def class_names(functions: dict[str, Code], old_names: dict[str, str] | None = None) -> dict[str, str]:
    """Every folded spelling of the 类 names (official, without 支出, former) with its code: for the lexicon of a listing by 类."""
    index = index_of(functions, old_names if old_names is not None else _NONE)
    names = index.spellings
    if not names:
        for code, row in functions.items():
            if row.level == "类":
                for name in (fold(row.name), stem(normal(row.name)), normal(row.name).removesuffix("支出")):
                    names.setdefault(name, code)
        for old, new in index.old.items():
            codes = index.exact["类"].get(normal(new), [])
            if codes:
                names.setdefault(normal(old), codes[0])
                names.setdefault(normal(old).removesuffix("支出"), codes[0])
    return names


def official_path(code: str, functions: dict[str, Code]) -> str:
    """``一般公共服务支出（类）商贸事务（款）招商引资（项）`` for 2011308."""
    path = ""
    for level, length in _LENGTH.items():
        if len(code) >= length and code[:length] in functions:
            path += f"{functions[code[:length]].name}（{level}）"
    return path


# ------------------------------------------------------------------------------------------------------------- names


def _named(name: str, level: str, index: Index) -> list[_Match]:
    """Rows of a level that bear the name: exactly, but for 支出, or by a former name."""
    if not name:
        return []
    if codes := index.exact[level].get(name):
        return [_Match(code, "", 0) for code in codes]
    if new := _former(name, index):
        codes = index.exact[level].get(normal(new)) or index.stem[level].get(stem(normal(new)))
        if codes:
            return [_Match(code, "old_name", 1) for code in codes]
    if codes := index.stem[level].get(stem(name)):
        lacking = "" if level == "类" else "missing_suffix"
        return [
            _Match(code, lacking if len(name) < len(normal(index.rows[code].name)) else "misprint" if lacking else "", 1) for code in codes
        ]
    return []


def _former(name: str, index: Index) -> str:
    old = index.old
    return old.get(name) or old.get(name + "支出") or old.get(stem(name)) or old.get(stem(name) + "等支出") or ""


def _damaged(name: str, codes: list[str], index: Index) -> list[_Match]:
    """Rows whose names the print misses by a character or two, or holds whole beside something foreign; the nearest only."""
    found: list[tuple[int, str]] = []
    for code in codes:
        official = normal(index.rows[code].name)
        distance = _distance(name, official, index.rows[code].level)
        if distance is not None:
            found.append((distance, code))
    if not found:
        return []
    best = min(found)[0]
    return [_Match(code, "misprint", 2 + best) for distance, code in found if distance == best]


def _distance(name: str, official: str, level: str) -> int | None:
    """How far a print is from a name, None where it is another name. Affixes count 1, edits 1 each, at most one in four characters."""
    for known in (official, stem(official)) if level == "类" else (official,):
        if len(known) >= 4 and len(known) < len(name) <= len(known) + _FOREIGN and (name.startswith(known) or (name.endswith(known) and not _OTHER.search(name[: -len(known)]))):
            return 1
        if len(name) >= 4 and len(name) * 3 >= len(known) * 2 and (known.startswith(name) or known.endswith(name)):
            return 1
    limit = min(2, max(len(name), len(official)) // 4)
    return _edits(name, official, limit) if limit else None


def _edits(a: str, b: str, limit: int) -> int | None:
    """Insertions, deletions and replacements from a to b, None where more than ``limit``."""
    if abs(len(a) - len(b)) > limit:
        return None
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None


# ------------------------------------------------------------------------------------------------------------- paths


def _resolve(names: tuple[str, ...], index: Index) -> Resolution:
    top, middle, bottom = names
    classes, class_level = _classes(top, index)
    sections = _named(middle, "款", index)
    items = _named(bottom, "项", index)
    if middle and not sections:
        sections = _damaged(middle, _within(classes, index, index.stem["款"]), index)
    if bottom and not items:
        items = _damaged(bottom, [child for match in sections for child in index.children.get(match.code, [])], index)
    if bottom and not items and not sections:
        items = _damaged(bottom, [child for match in classes for middle_code in index.children.get(match.code, [])
                                  for child in index.children.get(middle_code, [])], index)  # fmt: skip
    if middle and not sections and (crossed := _class_as_section(names, classes, index)):
        return crossed
    if bottom:
        return _with_item(names, classes, class_level, sections, items, index)
    if middle:
        return _with_section(names, classes, class_level, sections, index)
    return _outcome("", classes[0], [classes[0].problem, class_level], names, index) if classes else _unknown("", "", index)


def _classes(name: str, index: Index) -> tuple[list[_Match], str]:
    """类 that the name means; a 款 used as 类 stands for its 类 (``wrong_level``)."""
    if not name:
        return [], ""
    if found := _named(name, "类", index):
        return found, ""
    if sections := _named(name, "款", index):
        codes = sorted({match.code[:3] for match in sections})
        return [_Match(code, "", 1) for code in codes], "wrong_level"
    return _damaged(name, list(index.children.get("", [])), index), ""


def _class_as_section(names: tuple[str, ...], classes: list[_Match], index: Index) -> Resolution | None:
    """The outcome where the printed 款 is the name of a 类: of the same 类 at the wrong level, of another one misfiled."""
    top, middle, bottom = names
    tops = _named(middle, "类", index)
    if not tops:
        return None
    code = tops[0].code
    beneath = [child for section in index.children.get(code, []) for child in index.children.get(section, [])]
    items = [match for match in _named(bottom, "项", index) if match.code in beneath] or (
        _damaged(bottom, beneath, index) if bottom else []
    )
    best = items[0] if len(items) == 1 else tops[0]
    same = not top or code in {match.code for match in classes}
    return _outcome(code if same else "", best, ["wrong_level" if same else "misfiled"], names, index)


def _within(classes: list[_Match], index: Index, stems: dict[str, list[str]]) -> list[str]:
    if classes:
        return [child for match in classes for child in index.children.get(match.code, [])]
    return [code for codes in stems.values() for code in codes]


def _with_item(
    names: tuple[str, ...], classes: list[_Match], wrong: str, sections: list[_Match], items: list[_Match], index: Index
) -> Resolution:
    by_class = {match.code: match for match in classes}
    by_section = {match.code: match for match in sections}
    fitting = [item for item in items if item.code[:5] in by_section and (not names[0] or item.code[:3] in by_class)]
    if fitting:  # all printed names agree
        item = min(fitting, key=lambda match: match.cost)
        parents = [by_section[item.code[:5]].problem]
        if names[0]:
            parents = [by_class[item.code[:3]].problem, wrong, *parents]
        return _outcome(item.code, item, [*parents, item.problem], names, index)
    paired = [item for item in items if item.code[:5] in by_section]
    if paired:  # 款 and 项 agree, the 类 is another or unknown
        item = min(paired, key=lambda match: match.cost)
        problem = "misfiled" if classes else "unknown_name"
        code = "" if classes else item.code
        return _outcome(code, item, [problem, by_section[item.code[:5]].problem, item.problem], names, index)
    if not names[1]:  # no 款 printed
        fitting = [item for item in items if not names[0] or item.code[:3] in by_class]
        if len(fitting) == 1 and len(items) < _GENERIC:
            problem = by_class[fitting[0].code[:3]].problem if names[0] else ""
            return _outcome(fitting[0].code, fitting[0], [problem, wrong, fitting[0].problem], names, index)
        return _above(names, classes, sections, wrong, [] if fitting else ["unknown_name"], index)
    if not items:
        return _above(names, classes, sections, wrong, ["unknown_name"], index)
    same_class = [item for item in items if item.code[:3] in by_class]
    if sections:  # both names exist, but not together
        homes = same_class if len({match.code for match in same_class}) == 1 else items
        only = homes[0] if len({match.code for match in homes}) == 1 else None
        common = _common([*(section.code for section in sections[:1]), *([only.code] if only else [])], by_class, bool(names[0]))
        if only is None and any(section.code[:3] in by_class for section in sections):
            section = next(section for section in sections if section.code[:3] in by_class)
            return _outcome(section.code, section, ["unknown_name"], names, index, suggest=False)  # 行政运行 is not known under this 款
        return _outcome(common, only or sections[0], ["misfiled", wrong], names, index)
    if len(items) < _GENERIC and len({item.code for item in same_class or items}) == 1:  # the 款 is unknown, the 项 has one home
        item = (same_class or items)[0]
        return _outcome(item.code[:3] if same_class else "", item, ["unknown_name", wrong, item.problem], names, index)
    return _above(names, classes, sections, wrong, ["unknown_name"], index)


def _with_section(names: tuple[str, ...], classes: list[_Match], wrong: str, sections: list[_Match], index: Index) -> Resolution:
    by_class = {match.code: match for match in classes}
    if not sections:
        return _above(names, classes, [], wrong, ["unknown_name"], index)
    fitting = [section for section in sections if not names[0] or section.code[:3] in by_class]
    if fitting:
        parent = by_class[fitting[0].code[:3]].problem if names[0] else ""
        return _outcome(fitting[0].code, fitting[0], [parent, wrong, fitting[0].problem], names, index)
    return _outcome("", sections[0], ["misfiled" if classes else "unknown_name", sections[0].problem], names, index)


def _above(
    names: tuple[str, ...], classes: list[_Match], sections: list[_Match], wrong: str, problems: list[str], index: Index
) -> Resolution:
    """The lowest level that is known where the lower one is not."""
    by_class = {match.code: match for match in classes}
    fitting = [section for section in sections if not names[0] or section.code[:3] in by_class]
    if fitting:
        parent = by_class[fitting[0].code[:3]].problem if names[0] else ""
        return _outcome(fitting[0].code, fitting[0], [parent, wrong, fitting[0].problem, *problems], names, index, suggest=False)
    if classes:
        return _outcome(classes[0].code, classes[0], [classes[0].problem, wrong, *problems], names, index, suggest=False)
    return _unknown("", "unknown_name", index)


def _common(codes: list[str], by_class: dict[str, _Match], class_printed: bool) -> str:
    """The 类 that all printed names support, "" where they do not."""
    tops = {code[:3] for code in codes}
    if len(tops) != 1:
        return ""
    top = tops.pop()
    return top if not class_printed or top in by_class else ""


def _unknown(code: str, problem: str, index: Index) -> Resolution:
    return Resolution(code, index.rows[code].certainty if code else "", (problem,) if problem else ())


def _outcome(code: str, match: _Match, problems: list[str], names: tuple[str, ...], index: Index, suggest: bool = True) -> Resolution:
    best = match.code
    if not names[1] and not names[2]:
        code = best
    kept = tuple(dict.fromkeys(problem for problem in problems if problem))
    rows = [index.rows[best[:length]] for length in _LENGTH.values() if len(best) >= length and best[:length] in index.rows]
    certainty = max((row.certainty for row in rows), key=lambda value: _RANK[value])
    return Resolution(code, certainty, kept, official_path(best, index.rows) if kept and suggest else "", best)
