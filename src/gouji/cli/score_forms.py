"""From a document to scored forms: reading, scoring and what the renderers take, put together for ``gouji score``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gouji.documents import Document, tables_of
from gouji.extraction.filled import Addresses, SchemeReturn, Unread, as_written, scheme_return, tasks_of, unread
from gouji.extraction.forms import read_forms
from gouji.extraction.identity import first_look
from gouji.extraction.outline import build_outline
from gouji.model.record import record
from gouji.model.records import Project
from gouji.model.regex import regex
from gouji.rendering.forms_explained import Explained, Problem, Row
from gouji.rendering.forms_grid import Form
from gouji.rendering.forms_layouts import LAYOUT_OF, Layout, form_of
from gouji.rendering.forms_scheme import fields_of, scheme_form, unweighted
from gouji.scoring import SchemeScore, project_scheme, score_scheme
from gouji.scoring.completing import Settled, Shortcoming, repeated, settle
from gouji.scoring.projects import RowScore
from gouji.scoring.scored import Scored, words
from gouji.standards import jurisdiction_of, load
from gouji.standards.scheme_records import Item, Scheme
from gouji.standards.schemes import UnknownScheme
from gouji.standards.schemes import scheme as scheme_by_id

#: No input has more digits before (or zeros behind) the point.
_MOST_DIGITS = 15
_YEAR = regex(r"[(（]\s*(20\d\d)\s*年度?\s*[)）]")


@record
class Filled:
    """What a file holds: the explanation of each form, the completed forms to be written, what to tell the user about the file."""

    explained: tuple[Explained, ...]
    forms: tuple[Form, ...]
    notes: tuple[str, ...] = ()


def filled_forms(document: Document, *, scheme_id: str | None = None, layout: Layout | None = None, recompute: bool = False) -> Filled:
    """Every filled form of a document. ``scheme_id``: score projects by this scheme; ``layout``: write them in this layout."""
    notes = tuple(note for note in document.notes if "公式" not in note)  # every formula is computed here
    given = scheme_return(document)
    if given is not None:
        return _scheme(document, given, notes)
    _, year, jurisdiction = first_look(document)
    outline, identity = build_outline(document, load(jurisdiction or "cn", year), jurisdiction_of)
    year = identity.year or year
    reading = read_forms(document, outline, year, 0)
    projects = [as_written(project, document) for project in reading.projects if _is_filled(project)]
    left = len(reading.projects) - len(projects)
    if left:
        notes = (*notes, f"有 {left} 张空白的表没有计算")
    addresses = Addresses(document)
    twice = repeated(projects)
    tables = tables_of(document)
    explained, forms = [], []
    for at, project in enumerate(projects):
        settled = settle(project, scheme_by_id(scheme_id) if scheme_id else scheme_of(project, _year(project, document) or year), recompute=recompute)
        found = list(settled.shortcomings) + ([twice[at]] if at in twice else [])
        if document.format == "xlsx":
            found += _unread(project, unread(project, tables))
        printed = _year(project, document) or year
        if printed is None:
            found.append(Shortcoming("warning", "年度", "没有写年度", "请在标题括号里写明，例如（2024年度）。"))
        explained.append(_explained(settled, document, addresses, printed, found))
        wanted = "overall" if project.overall else layout or LAYOUT_OF.get(project.layout, "cn-sichuan")
        forms.append(form_of(settled.complete, wanted, printed, tasks_of(project, document, tables) if project.overall else ()))
    return Filled(tuple(explained), tuple(forms), notes)


def _unread(project: Project, left: Unread) -> list[Shortcoming]:
    """What a sheet holds that is neither scored nor written out again."""
    missing = not project.indicators or any(all(getattr(one, key).text is None for one in project.indicators) for key in ("target", "actual", "weight"))
    found = [
        Shortcoming(
            "error" if missing else "warning", "表头", f"绩效指标的表头“{''.join(cell.text.split())}”不认识，这一栏没有读", "请恢复模板的表头（指标值、度量单位、完成值、权重、得分等）。",
            cell.place,
        )
        for cell in left.heads
    ]  # fmt: skip
    found += [
        Shortcoming(
            "error", f"{head}（合并单元格）", f"“{''.join(cell.text.split())}”填在合并了{cell.rows}行的单元格里，只算作其中第一行的", "请取消合并，每行各填一个数。", cell.place,
        )
        for cell, head in left.merged
    ]  # fmt: skip
    if left.outside and project.indicators:
        first = left.outside[0]
        shown = "、".join(f"“{''.join(cell.text.split())[:20]}”" for cell in left.outside[:3])
        found.append(Shortcoming("note", "表外内容", f"表格以外还有{len(left.outside)}处文字，不写入输出的表：{shown}", "需要公开的，请写进相应的栏目；原文件不会改动。", first.place))
    return found


def _year(project: Project, document: Document) -> int | None:
    """The year that the form itself prints in its title or right above it."""
    if project.place is None:
        return None
    match = _YEAR.search(document.text, max(project.place.start - 80, 0), project.place.end)
    return int(match[1]) if match is not None else None


def scheme_of(project: Project, year: int | None) -> Scheme:
    """The scheme that a form of this layout follows: Sichuan's own layout its scheme, every other the Ministry's."""
    return project_scheme(project, load("cn-sichuan" if project.layout in ("sichuan", "unweighted") else "cn", year))


def _is_filled(project: Project) -> bool:
    """Whether anybody wrote anything into the form."""
    entries = [project.code, project.name, project.authority, project.goal, project.result]
    entries += [each for row in project.funding for each in (row.budget_initial, row.budget_adjusted, row.executed)]
    entries += [] if project.overall and not project.unit.text else [project.unit]
    return bool(project.indicators) or any((each.text or "").strip() for each in entries)


def _explained(settled: Settled, document: Document, addresses: Addresses, year: int | None, found: Iterable[Shortcoming]) -> Explained:
    project, score, done = settled.project, settled.score, settled.complete
    rows: list[Row] = []
    if score.execution is not None:
        rows.append(_row(score.execution, done.money.score.text or "", arithmetic=True))
    rows += [_row(row, one.score.text or "") for row, one in zip(score.indicators, done.indicators, strict=True)]
    sheet = addresses.at(next((e.place for e in (project.name, project.unit, project.authority, project.goal) if e.place is not None), None))[0]
    total = done.total_score.text or ""
    grade = score.grade or "" if total and score.total.value is not None and total == words(score.total.value) else _grade(total, score.scheme, score.weights.total)
    problems = tuple(_problem(each, document, addresses, sheet) for each in found)
    return Explained(
        "department" if project.overall else "project", document.path, sheet, project.code.text or "", project.name.text or "", project.unit.text or "",
        year, project.layout, score.scheme.id, score.scheme.zh, tuple(rows), done.total_weight.text or "", total, words(score.weights.expected), grade,
        score.total.derivation, problems,
    )  # fmt: skip


def _grade(total: str, scheme: Scheme, weight: Decimal | None) -> str:
    from gouji.scoring import grade_of

    return (grade_of(Decimal(total), scheme) or "") if total and weight == scheme.total else ""


def _row(row: RowScore, final: str, arithmetic: bool = False) -> Row:
    scored = row.scored
    kind = row.judgement.kind if row.printed is not None else "review" if scored.review or scored.value is None else ""
    reason = row.judgement.reason if row.printed is not None else "；".join(scored.review)
    return Row(
        tuple(part for part in row.path if part), _text(scored.weight), _text(row.printed), _text(scored.value), final,
        (words(scored.low), words(scored.high)), scored.derivation, kind, reason,
    )  # fmt: skip


def _text(value: Decimal | None) -> str:
    return words(value) if value is not None else ""


def _problem(each: Shortcoming, document: Document, addresses: Addresses, sheet: str) -> Problem:
    place, cell = addresses.at(each.place)
    return Problem(each.severity, document.path, place or sheet, cell, each.subject, each.message, each.remedy)


# --------------------------------------------------------------------------------------------------------------- schemes


def _scheme(document: Document, given: SchemeReturn, notes: tuple[str, ...]) -> Filled:
    addresses = Addresses(document)
    try:
        scheme = scheme_by_id(given.scheme)
    except UnknownScheme as error:
        problem = Problem("error", document.path, "", "", "指标体系", str(error), "请核对“指标体系”一行，或用 gouji template --scheme 重新写出模板。")
        return Filled((_empty(document, given, problem),), (), notes)
    inputs, problems = _checked(scheme, given, document, addresses)
    score = score_scheme(scheme, inputs)
    problems += _open(scheme, score, given, document, addresses)
    rows = tuple(_item_row(path, item, score, given) for path, item in scheme.walk() if item.id in score.items and not item.items)
    rows += tuple(_item_row(path, item, score, given) for path, item in scheme.walk() if item.items and _by_hand(item, given) and item.id in score.items)
    extra = tuple((outcome.zh, score.outcomes[outcome.id].derivation) for outcome in scheme.outcomes if outcome.id in score.outcomes)
    explained = Explained(
        "scheme", document.path, next((addresses.cell(cell)[0] for cell in given.cells.values()), ""), "", "", given.unit, given.year, scheme.id, scheme.id, scheme.zh, rows,
        words(scheme.self_total), _text(score.total.value), words(scheme.self_total), score.grade or "", score.total.derivation, tuple(problems), extra,
    )  # fmt: skip
    scores = {key: _text(scored.value) for key, scored in score.items.items()}
    closed = {each for each in unweighted(scheme) if _by_hand(scheme.item(each), given) or not any(child.id in given.inputs for child in scheme.item(each).items)}
    form = scheme_form(scheme, scores, given.reasons, given.names, given.unit, given.year, _text(score.total.value), closed)
    return Filled((explained,), (form,), notes)


def _empty(document: Document, given: SchemeReturn, problem: Problem) -> Explained:
    return Explained("scheme", document.path, "", "", "", given.unit, given.year, given.scheme, given.scheme, given.scheme, (), "", "", "", "", "", (problem,))


def _by_hand(item: Item, given: SchemeReturn) -> bool:
    """A parent that is scored as a whole: its own score is filled and none of its parts."""
    return bool(item.items) and "score" in given.inputs.get(item.id, {}) and not any(child.id in given.inputs for child in item.items)


def _checked(scheme: Scheme, given: SchemeReturn, document: Document, addresses: Addresses) -> tuple[dict[str, dict[str, object]], list[Problem]]:
    """The inputs that are numbers where numbers are wanted; what is not is reported and left out."""
    problems = [Problem("warning", document.path, "", "", "编号", each, "请恢复模板里的编号。") for each in given.doubts]
    found: dict[str, dict[str, object]] = {}
    for field in fields_of(scheme):
        item, name, *subject = field.key.split(".", 2)
        raw: object = given.inputs.get(item, {}).get(name)
        value = raw.get(subject[0]) if subject and isinstance(raw, Mapping) else raw
        if value is None or isinstance(value, Mapping) or (field.kind == "text" and name == "name"):
            continue
        text = str(value).replace(",", "").replace("，", "").strip()
        if (field.kind not in ("choice", "text") and not _is_number(text)) or (field.kind == "choice" and field.choices and text not in field.choices):
            choices = f"，可选：{'、'.join(field.choices)}" if field.choices else ""
            sheet, cell = addresses.cell(given.cells[field.key]) if field.key in given.cells else ("", "")
            label = field.item.name if field.item is not None else field.label
            problems.append(Problem("error", document.path, sheet, cell, label, f"“{field.label}”填的“{value}”{'不在可选的范围里' if choices else '不是数字'}", f"请改填{'' if choices else '数字'}{choices.removeprefix('，')}。"))
            continue
        if subject:
            table = found.setdefault(item, {}).setdefault(name, {})
            if isinstance(table, dict):
                table[subject[0]] = text
        else:
            found.setdefault(item, {})[name] = text
    return found, problems


def _is_number(text: str) -> bool:
    try:
        value = Decimal(text.removesuffix("%"))
    except ArithmeticError:
        return False
    return value.is_finite() and (not value or abs(value.adjusted()) <= _MOST_DIGITS)


def _unexplained(item: Item, scored: Scored, document: Document, sheet: str, cell: str) -> list[Problem]:
    """Points lost by an item for which no reason is given."""
    if scored.weight is None or scored.value is None or scored.value >= scored.weight:
        return []
    return [Problem("warning", document.path, sheet, cell, item.name, f"扣了 {words(scored.weight - scored.value)} 分，没有写原因", "请在“扣分原因或说明”一栏写明。")]


def _open(scheme: Scheme, score: SchemeScore, given: SchemeReturn, document: Document, addresses: Addresses) -> list[Problem]:
    """What is missing, and what a person should look at, item by item."""
    found: list[Problem] = []
    fields = fields_of(scheme)
    skip = {child.id for _, item in scheme.walk() if _by_hand(item, given) for _, child in item.walk() if child is not item}
    for _, item in scheme.walk():
        if item.items or item.id in skip or item.id not in score.items:
            continue
        scored = score.items[item.id]
        own = [field for field in fields if field.key.startswith(f"{item.id}.") and not field.optional]
        blank = [field for field in own if field.key in given.cells and not _given(field.key, given)]
        first = blank[0] if blank else own[0] if own else None
        sheet, cell = addresses.cell(given.cells[first.key]) if first is not None and first.key in given.cells else ("", "")
        if scored.value is None:
            parent = next((above.name for above in _parents(scheme, item) if above.id in unweighted(scheme)), "")
            remedy = f"请填“{'”“'.join(field.label for field in blank[:3])}”" if blank else "请补填所需的数"
            found.append(Problem("error", document.path, sheet, cell, item.name, scored.derivation, remedy + (f"，或只填“{parent}”的得分。" if parent else "。")))
        else:
            found += [Problem("note", document.path, sheet, cell, item.name, text, "请复核。") for text in scored.review]
            if scored.weight is not None and scored.value > scored.weight:
                found.append(Problem("error", document.path, sheet, cell, item.name, f"得分 {words(scored.value)} 超过分值 {words(scored.weight)}", "请改正。"))
            elif item.id not in given.reasons:
                found += _unexplained(item, scored, document, sheet, cell)
    for path, item in scheme.walk():
        if _by_hand(item, given) and item.id in score.items:
            if not any(each.id in given.reasons for _, each in item.walk()):
                found += _unexplained(item, score.items[item.id], document, *addresses.cell(given.cells[f"{item.id}.score"]))
            found += [Problem("error", document.path, *addresses.cell(given.cells[f"{item.id}.score"]), path[-1], text, "请改正。") for text in score.items[item.id].review]
    found += _sums(scheme, score, document, given)
    if not given.unit:
        found.append(Problem("error", document.path, "", "", "单位名称", "没有填单位名称", "请在表头补填。"))
    if given.year is None:
        found.append(Problem("warning", document.path, "", "", "评价年度", "没有写年度", "请在表头写明，例如 2024年。"))
    return found


def _sums(scheme: Scheme, score: SchemeScore, document: Document, given: SchemeReturn) -> list[Problem]:
    """Parts that add up to more than their parent's points (where the parts' own points are not known)."""
    found = []
    for _, item in scheme.walk():
        scored = score.items.get(item.id)
        if item.items and scored is not None and scored.value is not None and item.weight is not None and scored.value > item.weight and not _by_hand(item, given):
            found.append(Problem("error", document.path, "", "", item.name, f"各项得分之和 {words(scored.value)} 超过“{item.name}”的 {words(item.weight)} 分", "请改正各项得分。"))
    return found


def _given(key: str, given: SchemeReturn) -> bool:
    item, name, *subject = key.split(".", 2)
    raw = given.inputs.get(item, {}).get(name)
    return (subject[0] in raw if isinstance(raw, Mapping) else False) if subject else raw is not None


def _parents(scheme: Scheme, item: Item) -> list[Item]:
    return [above for _, above in scheme.walk() if any(child is item for child in above.items)]


def _item_row(path: tuple[str, ...], item: Item, score: SchemeScore, given: SchemeReturn) -> Row:
    scored: Scored = score.items[item.id]
    names = (*path[:-1], given.names.get(item.id, path[-1]))
    value = _text(scored.value)
    return Row(names, _text(scored.weight), "", value, value, (words(scored.low), words(scored.high)), scored.derivation, "review" if scored.review else "fine", "；".join(scored.review))

