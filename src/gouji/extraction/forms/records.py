"""Drafts made to records and facts (成录): every figure of a form once, as a fact; the record names it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from gouji.extraction.forms.cells import Cell
from gouji.extraction.forms.draft import Draft, FundingDraft
from gouji.extraction.forms.labels import OPERATORS, QUALITATIVE, kinds_of
from gouji.extraction.forms.values import figure_of, parse
from gouji.model.fact import Dimensions, Fact, Key, Measure, Phase, dimensions
from gouji.model.figure import Figure, Place
from gouji.model.records import ABSENT, Entry, Evaluation, EvaluationItem, Funding, Indicator, Problem, Project, Task
from gouji.model.regex import regex

_CODE = regex(r"([0-9A-Za-z]{10,})[-—–_/]*")
_MONEY: tuple[tuple[str, Phase], ...] = (("budget_initial", "budget_initial"), ("budget_adjusted", "budget_adjusted"), ("executed", "executed"))
_POINTS = regex(r"\(\d+(?:\.\d+)?分\)$")
_TITLE_END = regex(r"(?:预算)?(?:项目)?(?:支出)?(?:预算)?(?:项目)?(?:支出)?(?:绩效|目标).*$")
_NO_NAME = regex(r"(?:20\d\d年度?)?(?:[省市县区]级|本级)?(?:部门|单位|年度|项目|专项)*|.")
_MONTH = regex(r"(?<!\d)(1[0-2]|[1-9])月")
_WHOLE = regex(r"(?:部门|单位)?整体(?:支出)?")

Names = dict[str, str]


class Recorder:
    """Makes records and their facts, with ids from ``next_fact`` on; period is the document's year."""

    def __init__(self, text: str, year: int | None, next_fact: int) -> None:
        self.text = text
        self.lines = [match.start() for match in re.finditer("\n", text)]
        self.period = "" if year is None else str(year)
        self.next = next_fact
        self.facts: list[Fact] = []
        self.section = ""
        self.tables = 0  # lists so far

    def _fact(self, figure: Figure, key: Key, base: Key | None, about: int | None) -> int:
        self.facts.append(Fact(self.next, key, figure, base=base, about=about))
        self.next += 1
        return self.next - 1

    def key(self, concept: str, measure: Measure, phase: Phase, names: Names | Dimensions) -> Key:
        """The key of a fact of this document's year."""
        return Key(concept, measure, phase, "", self.period, names if isinstance(names, tuple) else dimensions(**names))

    def _placed(self, place: Place) -> Place:
        """A place with the line that it really begins on: a cell may be several lines."""
        line = bisect_left(self.lines, place.start) + 1
        return place if line == place.line else place._replace(line=line)

    def entry(self, cell: Cell | None) -> Entry:
        """A field without a figure."""
        if cell is None:
            return ABSENT
        return Entry(cell.printed(self.text), None, self._placed(cell.place(section=self.section)), cell.doubt, cell.restored)

    def number(self, cell: Cell | None, unit: str, key: Key, base: Key | None = None, about: int | None = None) -> Entry:
        """A field with a figure, where it holds exactly one."""
        if cell is None:
            return ABSENT
        figure = figure_of(cell, unit, self.section)
        if figure is not None and (place := self._placed(figure.place)) is not figure.place:
            figure = replace(figure, place=place)
        fact = None if figure is None else self._fact(figure, key, base, about)
        return Entry(cell.printed(self.text), fact, self._placed(cell.place(section=self.section)), cell.doubt, cell.restored)

    # -- projects ---------------------------------------------------------------------------------------------------

    def project(self, draft: Draft) -> Project:
        """The record of a form."""
        fields, total = draft.fields, draft.total
        code, name = split_name(fields.get("name"))
        if "code" in fields and fields["code"].text:
            code = fields["code"]
        overall = draft.overall or ("department" in fields and name is None and code is None)
        if name is None and draft.title is not None:
            name = name_of_title(draft.title, overall)
        names = {"project": (code.text if code else "") or (name.text if name else "")}
        self.section = _titled(self.section, "部门整体" if overall else (name or code), self.text)
        return Project(
            code=self.entry(code),
            name=self.entry(name),
            authority=self.entry(fields.get("authority")),
            unit=self.entry(fields.get("unit") or fields.get("department")),
            money_unit=draft.money_unit or "万元",
            funding=tuple(self.funding(row, draft, names) for row in draft.funding),
            goal=self.entry(fields.get("goal")),
            result=self.entry(fields.get("result")),
            indicators=tuple(self.indicators(draft.indicators, names)),
            total_weight=self.number(total.get("weight"), "分", self.key("project.total", "weight", "executed", names)),
            total_score=self.number(total.get("score"), "分", self.key("project.total", "score", "executed", names)),
            conclusion=self.entry(fields.get("conclusion")),
            problems=self.entry(fields.get("problems")),
            measures=self.entry(fields.get("measures")),
            manager=self.entry(fields.get("manager")),
            overall=overall,
            layout="overall" if overall else _layout(draft),
            place=self.whole(draft),
            doubts=tuple(draft.doubts),
            process=self.entry(fields.get("process")),
            finance=self.entry(fields.get("finance")),
            tasks=tuple(Task(self.entry(row.get("task")), self.entry(row.get("content")), self.entry(row.get("result"))) for row in draft.tasks),
            grade=self.entry(fields.get("grade")),
        )

    def whole(self, draft: Draft) -> Place:
        """Where the form stands."""
        return Place(draft.start, draft.end, draft.line, self.section)

    def funding(self, row: FundingDraft, draft: Draft, names: Names) -> Funding:
        """A row of the money block."""
        unit = draft.money_unit or "万元"
        named = names | ({"part": row.part} if row.part else {})
        here = dimensions(**named)
        entries: dict[str, Entry] = {}
        for key, phase in _MONEY:
            concept = "project.execution" if key == "executed" else "project.budget"
            entries[key] = self.number(row.cells.get(key), unit, self.key(concept, "amount", phase, here))
        base = self.key("project.budget", "amount", "budget_adjusted" if entries["budget_adjusted"].fact is not None else "budget_initial", here)
        for key, measure, printed in (("rate", "completion", "%"), ("weight", "weight", "分"), ("score", "score", "分")):
            rate = key == "rate"
            about = entries["executed"].fact if rate else None
            fact_key = self.key("project.execution", measure, "executed", here)  # type: ignore[arg-type]
            entries[key] = self.number(row.cells.get(key), printed, fact_key, base if rate else None, about)
        adjusted = self.key("project.budget", "change", "budget_adjusted", here)
        more = {"adjustment": self.number(row.cells.get("adjustment"), unit, adjusted)}
        for key in ("deviation", "surplus"):
            cell = row.cells.get(key)
            more[key] = ABSENT if cell is None else self.number(cell, "%", self.key("project.execution", "rate", "executed", named | {"rate": key}))
        return Funding(row.part, **entries, reason=self.entry(row.cells.get("reason")), **more, below=self.entry(row.cells.get("below")))

    def indicators(self, rows: list[dict[str, Cell]], names: Names, level2: str = "") -> list[Indicator]:
        """The rows of the indicator table; levels printed once for several rows are carried on."""
        found: list[Indicator] = []
        first = second = ""
        for number, row in enumerate(rows, 1):
            one, two = _text(row.get("level1")), _text(row.get("level2"))
            if one:
                first, second = bare_level(one), bare_level(two)
            elif two:
                second = bare_level(two)
            found.append(self.indicator(row, first, second or level2, names, number))
        return found

    def indicator(self, row: dict[str, Cell], level1: str, level2: str, names: Names, number: int) -> Indicator:
        """One indicator; a target printed with its sign and unit in one cell is taken apart."""
        name = row.get("name")
        path = "/".join(part for part in (level1, level2, _text(name)) if part)
        here = dimensions(**(names | {"indicator": path if _text(name) else f"{path}#{number}"}))
        operator, target, unit = row.get("operator"), row.get("target"), row.get("unit")
        if target is not None and operator is None and (parsed := parse(target.text)) is not None:
            if parsed.sign:
                operator = target.part(*parsed.sign_span)
            if parsed.unit and unit is None:
                unit = target.part(*parsed.unit_span)
            if parsed.sign or parsed.unit:
                target = target.part(parsed.sign_span[1], len(target.text)) if parsed.approximation else target.part(*parsed.number)
        measure_unit = _text(unit)
        sign = self.entry(operator)
        if operator is not None and operator.text in OPERATORS:
            sign = Entry(OPERATORS[operator.text], None, sign.place, sign.doubt, sign.restored)
        elif operator is not None and operator.text in QUALITATIVE:
            sign = Entry("定性", None, sign.place, sign.doubt, sign.restored)
        return Indicator(
            level1,
            level2,
            name.printed(self.text) if name is not None else "",
            sign,
            self.number(target, measure_unit, self.key("indicator", "value", "target", here)),
            self.entry(unit),
            self.number(row.get("actual"), measure_unit, self.key("indicator", "value", "executed", here)),
            self.number(row.get("weight"), "分", self.key("indicator", "weight", "target", here)),
            self.number(row.get("score"), "分", self.key("indicator", "score", "executed", here)),
            self.entry(row.get("reason")),
        )

    # -- lists and schemes ------------------------------------------------------------------------------------------

    def summary(self, draft: Draft) -> list[Project]:
        """The projects of a table of indicators over several projects: one record each, layout ``summary``."""
        self.tables += 1
        groups: list[tuple[Cell, list[dict[str, Cell]]]] = []
        for row in draft.indicators:
            name = row.get("project")
            if name is not None and name.text:
                groups.append((name, []))
            if groups:
                groups[-1][1].append({key: cell for key, cell in row.items() if key != "project"})
        return [
            Project(
                name=self.entry(name),
                indicators=tuple(self.indicators(rows, {"project": name.text}, draft.level2)),
                layout="summary",
                caption=draft.caption,
                table=self.tables,
                place=Place(name.start, max(cell.end for row in rows for cell in row.values()), name.line, self.section),
            )
            for name, rows in groups
        ]

    def targets(self, draft: Draft) -> Project:
        """A table of targets without results (绩效目标表): one record, layout ``targets``."""
        name = name_of_title(draft.title, False) if draft.title is not None else None
        indicators = tuple(self.indicators(draft.indicators, {"project": _text(name)}))
        return Project(name=self.entry(name), indicators=indicators, layout="targets", place=self.whole(draft))

    def execution(self, draft: Draft) -> list[Project]:
        """The rows of a table of budgets and payments: one record each, layout ``execution``."""
        self.tables += 1
        found: list[Project] = []
        for row in draft.funding:
            name = row.cells["project"]
            called = draft.caption + row.part if "part.total" in kinds_of(row.part) else row.part
            found.append(
                Project(
                    name=self.entry(name),
                    money_unit=draft.money_unit or "万元",
                    funding=(self.funding(FundingDraft("", row.cells), draft, {"project": called}),),
                    layout="execution",
                    place=Place(name.start, max(cell.end for cell in row.cells.values()), name.line, self.section),
                    caption=draft.caption,
                    table=self.tables,
                )
            )
        return found

    def items(self, draft: Draft) -> list[Project]:
        """The rows of a table of items with their codes: one record each, layout ``execution``; 财政拨款 and the like are rows of its money."""
        self.tables += 1
        found: list[Project] = []
        for row in draft.indicators:
            name, code = row["project"], row.get("code")
            if not any(parse(cell.text) is not None for key, cell in row.items() if key not in ("project", "code")):
                continue
            code = code if code is not None and code.text.isdigit() else None
            called = code.text if code is not None else draft.caption + name.text
            parts = dict.fromkeys(["", *(key.partition(" ")[2] for key in row)])
            money = [FundingDraft(part, {key.partition(" ")[0]: cell for key, cell in row.items() if key.partition(" ")[2] == part}) for part in parts]
            found.append(
                Project(
                    code=self.entry(code),
                    name=self.entry(name),
                    money_unit=draft.money_unit or "万元",
                    funding=tuple(self.funding(each, draft, {"project": called}) for each in money),
                    layout="execution",
                    place=Place((code or name).start, max(cell.end for cell in row.values()), name.line, self.section),
                    caption=draft.caption,
                    table=self.tables,
                )
            )
        return found

    def problems(self, draft: Draft) -> list[Problem]:
        """What an audit or inspection found; a unit printed once for several problems is carried on."""
        found: list[Problem] = []
        unit: Cell | None = None
        for row in draft.indicators:
            unit = row["unit"] if "unit" in row and row["unit"].text else unit
            if row["problem"].text:
                found.append(Problem(self.entry(unit), *(self.entry(row.get(key)) for key in ("problem", "rectification", "material"))))
        return found

    def progress(self, draft: Draft) -> None:
        """The facts of a table of progress: at the end of June, September … what was to be reached and what was."""
        for row in draft.indicators:
            month = _MONTH.search(_text(row.get("when")))
            if month is None or not self.period:
                continue
            period = f"{self.period}-{int(month.group(1)):02d}"
            for column, phase in (("target", "target"), ("actual", "executed")):
                key = Key("execution.progress", "rate", phase, "", period, ())  # type: ignore[arg-type]
                self.number(row.get(column), "%", key)

    def evaluation(self, draft: Draft) -> Evaluation:
        """A scored scheme: items with weight, score, and the reason of the deduction."""
        items: list[EvaluationItem] = []
        path = ["", "", ""]
        for row in draft.indicators:
            for level, column in enumerate(("level1", "level2", "name")):
                if text := _text(row.get(column)):
                    path[level:] = [bare_level(text)] + [""] * (2 - level)
            names = tuple(part for part in path if part)
            here = {"item": "/".join(names)}
            weight = self.number(row.get("weight"), "分", self.key("evaluation.item", "weight", "executed", here))
            score = self.number(row.get("score"), "分", self.key("evaluation.item", "score", "executed", here))
            off = self.number(row.get("deduction"), "分", self.key("evaluation.item", "deduction", "executed", here))
            items.append(EvaluationItem(names, weight=weight, score=score, deduction=off, reason=self.entry(row.get("reason"))))
        total = self.number(draft.total.get("score"), "分", self.key("evaluation.total", "score", "executed", {}))
        grade = self.entry(draft.fields.get("grade"))
        return Evaluation(items=tuple(items), total=total, grade=grade, place=self.whole(draft), doubts=tuple(draft.doubts))


def _titled(section: str, form: Cell | str | None, text: str) -> str:
    """Where the cells of a form stand: the part of the document, then the form. The heading that comes last before it is another report's."""
    name = form if isinstance(form, str) else "".join(form.printed(text).split()) if form is not None else ""
    name = name.replace("“", "‘").replace("”", "’")
    called = f"“{name if len(name) <= 28 else name[:27] + '…'}”自评表" if name else "自评表"
    return " › ".join((*section.split(" › ")[:1], called)) if section else called


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def bare_level(text: str) -> str:
    """A level's name without the points printed behind it: 产出指标(40分) is 产出指标."""
    return _POINTS.sub("", text)


def split_name(cell: Cell | None) -> tuple[Cell | None, Cell | None]:
    """51050021T000000039075-快递服务 is a code and a name; dashes before a name fall away."""
    if cell is None or not cell.text:
        return None, cell
    match = _CODE.match(cell.text)
    code = None
    start = 0
    if match is not None and any(char.isdigit() for char in match.group(1)[:6]):
        code, start = cell.part(*match.span(1)), match.end()
    while start < len(cell.text) and cell.text[start] in "-—–":
        start += 1
    return code, cell.part(start, len(cell.text)) if start < len(cell.text) else None


def name_of_title(title: Cell, overall: bool) -> Cell | None:
    """The project's name where only the title tells it: 体检费预算项目绩效目标自评表."""
    text = re.sub(r"\([^()]*\)$", "", title.text)
    if overall:
        match = _WHOLE.search(text)
        return title.part(*match.span()) if match is not None else None
    cut = _TITLE_END.search(text)
    if cut is None or _NO_NAME.fullmatch(text[: cut.start()]):
        return None
    return title.part(0, cut.start())


def _layout(draft: Draft) -> str:
    columns = set(draft.columns)
    if draft.ministry or not columns:
        return "ministry" if columns else ""
    if "operator" in columns and "weight" in columns:
        return "sichuan"
    return "ministry" if {"weight", "score"} & columns else "unweighted"
