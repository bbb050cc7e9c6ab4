"""Scores explained (评分说明): what ``gouji score`` says of each form, as lines for people, as data for machines, as rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from gouji.model.record import record
from gouji.rendering.checked import Failure, program_version

Severity = Literal["error", "warning", "note"]
SEVERITY_ZH = {"error": "错误", "warning": "警告", "note": "提示"}
VERDICT_ZH = {"impossible": "不可能", "implausible": "不合常理", "review": "须复核", "fine": "相符", "": ""}


@record
class Problem:
    """Something to be put right: in which file, sheet and cell, what, and what to do."""

    severity: Severity
    file: str
    sheet: str
    cell: str
    subject: str
    message: str
    remedy: str

    @property
    def where(self) -> str:
        """Sheet and cell in one; the file stands above."""
        sheet = f"工作表“{self.sheet}”" if self.sheet and not self.sheet.startswith("第") else self.sheet
        return " ".join(part for part in (sheet, self.cell) if part) or "全表"


@record
class Row:
    """One scored row: ``printed`` as filled ("" blank), ``computed`` by the rules, ``final`` as the completed form has it; points as texts."""

    path: tuple[str, ...]
    weight: str
    printed: str
    computed: str
    final: str
    allowed: tuple[str, str]
    derivation: str
    verdict: str
    reason: str = ""


@record
class Explained:
    """A form with its scores. ``kind``: project, department (overall form) or scheme. ``extra``: further results (a fee reduction), name and line."""

    kind: Literal["project", "department", "scheme"]
    file: str
    sheet: str
    code: str
    name: str
    unit: str
    year: int | None
    layout: str
    scheme: str
    scheme_zh: str
    rows: tuple[Row, ...]
    weight: str
    total: str
    full: str
    grade: str
    derivation: str
    problems: tuple[Problem, ...]
    extra: tuple[tuple[str, str], ...] = ()

    def count(self, severity: Severity) -> int:
        """How many problems there are of a kind."""
        return sum(each.severity == severity for each in self.problems)


def lines(forms: Sequence[Explained]) -> Iterator[str]:
    """The explanation for a terminal, one entry a line; indented lines belong to the one above."""
    for number, form in enumerate(forms):
        if number:
            yield ""
        title = " ".join(part for part in (form.code, form.name) if part) or form.unit or "（没有名称）"
        sheet = f"（{form.file} 工作表“{form.sheet}”）" if form.sheet and not form.sheet.startswith("第") else f"（{form.file}）"
        yield f"■ {title}{sheet}"
        yield f"  按 {form.scheme_zh} 评分" + (f"，{form.year}年度" if form.year is not None else "，年度没有写")
        for row in form.rows:
            points = f"{row.final or '—'}/{row.weight or '—'}"
            yield f"  {' › '.join(row.path)}　{points} 分　{row.derivation}"
            if row.printed and row.verdict in ("impossible", "implausible", "review") and row.reason:
                yield f"      {VERDICT_ZH[row.verdict]}：{row.reason}"
        total = f"  合计　{form.total or '—'}/{form.full} 分"
        yield total + (f"　等级：{form.grade}" if form.grade else "") + (f"　{form.derivation}" if form.derivation and not form.total else "")
        for name, text in form.extra:
            yield f"  {name}：{text}"
        if not form.problems:
            yield "  没有发现缺漏或不合常理之处。"
        for problem in form.problems:
            yield f"  {SEVERITY_ZH[problem.severity]}　{problem.where}　{problem.subject}：{problem.message}。{problem.remedy}"
    if forms:
        counts = {severity: sum(form.count(severity) for form in forms) for severity in ("error", "warning", "note")}
        yield ""
        yield f"共 {len(forms)} 张表；错误 {counts['error']}，警告 {counts['warning']}，提示 {counts['note']}。"


def data(forms: Sequence[Explained], failures: Sequence[Failure]) -> dict[str, Any]:
    """The explanation as data, schema ``gouji.score/1``; within it keys may be added, none renamed or removed. Points and weights are decimal texts, "" is blank."""
    return {
        "schema": "gouji.score/1",
        "gouji": program_version(),
        "forms": [
            {
                "kind": form.kind, "file": form.file, "sheet": form.sheet, "code": form.code, "name": form.name, "unit": form.unit, "year": form.year,
                "layout": form.layout, "scheme": form.scheme,
                "rows": [
                    {"path": list(row.path), "weight": row.weight, "printed": row.printed, "computed": row.computed, "final": row.final,
                     "allowed": list(row.allowed), "derivation": row.derivation, "verdict": row.verdict, "reason": row.reason}
                    for row in form.rows
                ],
                "weight": form.weight, "total": form.total, "full": form.full, "grade": form.grade,
                "extra": dict(form.extra),
                "problems": [
                    {"severity": each.severity, "sheet": each.sheet, "cell": each.cell, "subject": each.subject, "message": each.message, "remedy": each.remedy}
                    for each in form.problems
                ],
            }
            for form in forms
        ],
        "failures": [{"path": each.path, "message": each.message} for each in failures],
    }  # fmt: skip


def rows_of(forms: Sequence[Explained]) -> list[list[str]]:
    """One row a score, the head first, for a sheet 评分说明. The head's words are none that a form prints, so that it is not read as one."""
    found = [["所属表", "评分事项", "可得", "填报", "算得", "采用", "怎样算出", "判断", "判断的理由"]]
    for form in forms:
        name = form.name or form.unit
        for row in form.rows:
            found.append([name, " › ".join(row.path), row.weight, row.printed, row.computed, row.final, row.derivation, VERDICT_ZH[row.verdict], row.reason])
        found.append([name, "全表", form.full, "", "", form.total, form.derivation, f"等级：{form.grade}" if form.grade else "", ""])
    return found


def problem_rows(forms: Sequence[Explained]) -> list[list[str]]:
    """One row a problem, the head first, for a sheet 要改的地方."""
    found = [["轻重", "文件", "工作表", "所在格", "事项", "问题", "怎样改"]]
    for form in forms:
        for each in form.problems:
            found.append([SEVERITY_ZH[each.severity], each.file, each.sheet, each.cell, each.subject, each.message, each.remedy])
    return found
