"""类款项 names against the official classification (科目名称)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.finding import Severity
from gouji.model.outline import FunctionPath
from gouji.model.regex import regex
from gouji.standards.functions import normal, official_path, resolve_path, stem
from gouji.standards.pack import Resolution

_LEVELS = ("类", "款", "项")
_LENGTH = {"类": 3, "款": 5, "项": 7}
_LEAD = regex(r"^[^（）]{0,12}(?:用于|包括|安排|列入|列支|涉及|其中|分别为|[为是在])")
_MILD = {"old_name", "missing_suffix", "unknown_name"}


@rule(id="function-name", zh="支出功能科目名称有误", severity="warning", authority="classification")
def function_name(context: Context) -> Iterator[Remark]:
    """类、款、项名称与《政府收支分类科目》不符：查无此名、项不属于该款、用了旧名称、少了“支出”等字样。同一写法只报一次。

    为什么：科目名称对应唯一编码，名称不对就与报表对不上。
    例：一般公共服务（类）组织事务（款）统计抽样调查（项）：支出决算为8.51万元，完成预算100%。
    报告：科目归属有误：“统计抽样调查（项）”不属于“组织事务（款）”，应为“一般公共服务支出（类）统计信息事务（款）统计抽样调查（项）”。
    不报：类名省略“支出”二字；科目表未经证实的行、全文一律沿用的旧名称（只作提示；别处已用新名称的作警告）；没有填写的模板空位；
    决算年度不在科目表范围内。
    """
    named: dict[tuple[str, str, str], list[tuple[FunctionPath, Resolution]]] = {}
    whole: dict[tuple[str, str, str], list[tuple[FunctionPath, Resolution]]] = {}
    for path in context.outline.paths:
        if not path.problems or path.region not in ("narrative", "glossary", "annex", "overview"):
            continue
        names = _bare(context, path.names)
        resolved = resolve_path(names, context.standards.functions, context.standards.old_names)
        if not resolved.problems or _is_no_path(path, resolved):
            continue
        deviations = _deviations(context, names, resolved)
        if deviations and "misfiled" not in resolved.problems and (len(deviations) == 1 or "wrong_level" not in resolved.problems):
            for deviation in deviations:
                named.setdefault(deviation, []).append((path, resolved))
        else:
            whole.setdefault(names, []).append((path, resolved))
    for (level, name, due), members in named.items():
        resolved = members[0][1]
        problem = _problem(context, level, name, due, resolved)
        certainty = context.standards.functions[(resolved.best or resolved.code)[: _LENGTH[level]]].certainty
        severity, headline = _severity(problem, certainty), _HEADLINE[problem]
        if severity == "note" and problem in ("misprint", "unknown_name") and certainty == "knowledge" and _is_used(context, level, due):
            severity = "warning"
        if problem == "old_name" and certainty in ("attested", "law") and _is_used(context, level, due):
            severity, headline = "warning", _HEADLINE["two_names"]
        yield _remark(members, problem, f"{name}（{level}）", f"{due}（{level}）", headline, severity)
    for names, members in whole.items():
        resolved = members[0][1]
        official = resolved.suggestion or official_path(resolved.best or resolved.code, context.standards.functions)
        problem = next((p for p in ("wrong_level", "misfiled", "misprint", "unknown_name", "old_name", "missing_suffix") if p in resolved.problems), "unknown_name")
        row = context.standards.functions.get(resolved.best)
        headline = _HEADLINE[problem]
        if problem == "misfiled" and row is not None and row.name == names[2] and names[1]:
            headline = f"科目归属有误：“{names[2]}（项）”不属于“{names[1]}（款）”"
        severity = _severity(problem, resolved.certainty)
        if problem == "misfiled" and severity == "error" and not _tied(context, names[2], resolved.best):
            severity = "warning"
        sure = problem != "misfiled" or row is None or row.name == names[2]  # else the item itself is a guess
        yield _remark(members, problem, printed_path(names), official, headline, severity, sure)


_HEADLINE = {
    "wrong_level": "科目级次有误：“{}”不是该级科目",
    "misfiled": "科目归属有误：“{}”",
    "misprint": "科目名称有误：“{}”",
    "unknown_name": "科目名称查无此名：“{}”",
    "old_name": "科目用了旧名称：“{}”",
    "two_names": "科目新旧名称混用：此处是旧名称“{}”",
    "missing_suffix": "科目名称不完整：“{}”",
}


def _remark(
    members: list[tuple[FunctionPath, Resolution]], problem: str, shown: str, official: str, headline: str, severity: Severity, sure: bool = True
) -> Remark:
    zh = headline.format(shown)
    zh += f"，{'应为' if sure else '疑为'}“{official}”" if official and official != shown else "，请与《政府收支分类科目》核对"
    zh += f"（共{len(members)}处）。" if len(members) > 1 else "。"
    return Remark(
        zh=zh,
        en=f"Functional classification, {problem}: {shown}.",
        places=tuple(p.place for p, _ in members),
        key=(problem, shown),
        subject=members[0][0].code,
        severity=severity,
        found=shown,
        expected=official,
        facts=tuple(p.fact for p, _ in members if p.fact is not None),
        suggestion=f"{'' if sure else '核对报表中的科目编码后，'}改为“{official}”。" if official else "按当年《政府收支分类科目》改正。",
    )


def _bare(context: Context, names: tuple[str, str, str]) -> tuple[str, str, str]:
    """The names without the words of the sentence that lead to them: 主要用于城乡社区支出（类）, 包括公共卫生（款）."""

    def bare(name: str, level: str) -> str:
        lead = _LEAD.match(normal(name))
        rest = normal(name)[lead.end() :] if lead else ""
        if not rest:
            return name
        known = (normal(code.name) for code in context.standards.functions.values() if code.level == level)
        return rest if any(rest == each or rest.removesuffix("支出") == each.removesuffix("支出") for each in known) else name

    first, second, third = (bare(name, level) for name, level in zip(names, _LEVELS, strict=True))
    return first, second, third


def _is_no_path(path: FunctionPath, resolved: Resolution) -> bool:
    """Whether the print is no path at all: a slot of the template, or words of a sentence before （项） that no table row resembles."""
    return any("…" in name or "..." in name for name in path.names) or not (path.names[0] or path.names[1] or resolved.best or resolved.code)


def _is_used(context: Context, level: str, due: str) -> bool:
    """Whether the narrative or the glossary prints the official name elsewhere."""
    position = _LEVELS.index(level)
    return any(path.region in ("narrative", "glossary") and normal(path.names[position]) == normal(due) for path in context.outline.paths)


def _tied(context: Context, item: str, code: str) -> bool:
    """Whether an item's name carries that of its own 款 or 类 (其他商贸事务支出): it can stand nowhere else."""
    rows = [context.standards.functions.get(code[:length]) for length in (5, 3)]
    return any(row is not None and len(stem(normal(row.name))) >= 3 and stem(normal(row.name)) in normal(item) for row in rows)


def _problem(context: Context, level: str, name: str, due: str, resolved: Resolution) -> str:
    """Which of a path's problems concerns one name in it."""
    if "wrong_level" in resolved.problems:
        return "wrong_level"
    if stem(normal(name)) == stem(normal(due)):
        return "missing_suffix"
    if context.standards.old_names.get(name) or normal(name) in {normal(old) for old in context.standards.old_names}:
        return "old_name"
    return next((p for p in ("misprint", "old_name", "unknown_name") if p in resolved.problems), "misprint")


def _deviations(context: Context, names: tuple[str, str, str], resolved: Resolution) -> tuple[tuple[str, str, str], ...]:
    """(level, printed, official) of every printed name that is not the official one; 支出 may be left off a 类."""
    code = resolved.best or resolved.code
    found = []
    for position, length in enumerate((3, 5, 7)):
        row = context.standards.functions.get(code[:length]) if len(code) >= length else None
        name = names[position]
        if not name or row is None or normal(name) == normal(row.name):
            continue
        if position == 0 and normal(name).removesuffix("支出") == normal(row.name).removesuffix("支出"):
            continue
        found.append((_LEVELS[position], name, row.name))
    return tuple(found)


def _severity(problem: str, certainty: str) -> Severity:
    """A row that is not attested never causes an error, an uncertain one never more than a note."""
    if problem in _MILD or certainty not in ("attested", "law", "knowledge"):
        return "note"
    if problem in ("misfiled", "wrong_level"):
        return "error" if certainty in ("attested", "law") else "warning"
    return "warning" if certainty in ("attested", "law") else "note"


def printed_path(names: tuple[str, str, str]) -> str:
    """A path as documents print it: ``教育支出（类）普通教育（款）``."""
    return "".join(f"{name}（{level}）" for name, level in zip(names, _LEVELS, strict=True) if name)
