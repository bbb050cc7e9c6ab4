"""One form judged: its cells, the relations between them, which are broken, and which cell is probably the wrong one."""

from __future__ import annotations

from decimal import Decimal

from gouji.checks.blame import Search
from gouji.checks.forms.form import JudgedForm, Lone
from gouji.checks.forms.names import title
from gouji.checks.forms.table import NOWHERE, FormCell, FormTable, finest_step
from gouji.checks.forms.texts import own_score, place_in
from gouji.checks.laws.forms import Achieved, Execution, Row, fault
from gouji.checks.reading import ZERO
from gouji.checks.relation import About, Linear, Ratio, Relation
from gouji.model.dossier import Dossier
from gouji.model.fact import Measure
from gouji.model.finding import Severity
from gouji.model.records import Entry, Funding, Indicator, Project
from gouji.model.regex import regex
from gouji.scoring import Judgement, ProjectScore, Scored, number, operator_of, read_cell, score_project
from gouji.standards.folding import fold
from gouji.standards.scheme_records import Scheme

_ONE_BUDGET = "预算"  # the head of an overall form states one budget and does not say of which phase
_COLUMNS = (("budget_initial", "年初预算"), ("budget_adjusted", "调整后预算"), ("executed", "预算执行数"))
#: Rows of the money block that together make up the total, and those that stand inside one of them.
_SOURCES = regex(r"^(?:当年)?(?:财政(?:资金|拨款)|财政专户(?:管理)?资金|专户资金|单位(?:资金|自筹)|自筹资金|其他(?:来源)?资金|其他|上年结转.*|.*结转资金|社会投入资金|银行贷款|非财政.*|事业收入)$")
_NESTED = regex(r"结转|专户|事业收入")
_REST = regex(r"^(?:其他|单位|非财政|自筹)")
_PLAIN_NUMBER = regex(r"^[^\d]*\d[\d,，]*(?:\.\d+)?[^\d]*$")
HUNDRED = Decimal(100)
_FINE_RATE = Decimal("0.0001")
LARGEST = Decimal(10) ** 15  # what is larger is no figure of a form


def judge_form(project: Project, dossier: Dossier, scheme: Scheme, scored: ProjectScore | None = None) -> JudgedForm:
    """All relations of a form, the broken ones, and their causes."""
    form = _Builder(project, dossier, scheme, scored or score_project(project, None, scheme)).form
    table, relations = form.table, form.relations
    form.broken = [n for n, relation in enumerate(relations) if not relation.holds(table)]
    if form.broken:
        form.doubted = [n for n in form.broken if table.doubtful(relations[n].readings)]
        form.doubted += [n for n in _row_lost(form) if n not in form.doubted]
        searched = [n for n in form.broken if n not in form.doubted and relations[n].about.cap != "note"]
        if searched:
            form.search = Search(table, relations, searched, [n for n in form.broken if n not in searched])
            form.causes = form.search.causes()
        left = [n for n in form.broken if n not in searched and n not in form.doubted]
        form.doubted += left
    return form


def _row_lost(form: JudgedForm) -> list[int]:
    """The broken sums of weights and of scores, where both lack what one row would have: it was left out, or was not read."""
    sums: dict[str, list[int]] = {"form-weights": [], "form-total": []}
    for n in form.broken:
        relation = form.relations[n]
        if isinstance(relation, Linear) and relation.op == "=" and relation.about.law in sums:
            sums[relation.about.law].append(n)
    if not sums["form-weights"] or not sums["form-total"]:
        return []
    numbers = sums["form-weights"][0], sums["form-total"][0]
    weight, score = (-relation.gap(form.table) for relation in (form.relations[n] for n in numbers) if isinstance(relation, Linear))
    return list(numbers) if 0 < score <= weight else []


class _Builder:
    """Makes the cells and relations of one form."""

    def __init__(self, project: Project, dossier: Dossier, scheme: Scheme, score: ProjectScore) -> None:
        self.project, self.dossier, self.scheme, self.score = project, dossier, scheme, score
        money = [text for row in project.funding for text in (row.budget_initial.text, row.budget_adjusted.text, row.executed.text)]
        rates = [(row.rate.text or "").strip().rstrip("%％") for row in project.funding if (row.rate.text or "").strip().endswith(("%", "％"))]
        self.table = FormTable(dossier, finest_step(money), score.grain, finest_step(rates))
        self.form = JudgedForm(project, score, self.table)
        self.weights: list[int | None] = []
        self.scores: list[int | None] = []
        self.execution_score: int | None = None
        self.execution_weight: int | None = None
        self._rows()
        self._money()
        self._sums()

    def cell(self, label: str, entry: Entry, measure: Measure, unit: str = "分") -> int | None:
        """The reading of an entry that holds a plain number."""
        value = number(entry.text)
        if value is None or abs(value) > LARGEST:
            return None
        return self.table.add(FormCell(label, entry, value, unit, measure, entry.place or NOWHERE))

    def relate(self, relation: Relation) -> None:
        self.form.relations.append(relation)

    # -- rows --------------------------------------------------------------------------------------------------------

    def _rows(self) -> None:
        for at, (indicator, row) in enumerate(zip(self.project.indicators, self.score.indicators, strict=True)):
            name = title(indicator, at)
            weight = self.cell(f"{name}的权重", indicator.weight, "weight")
            score = self.cell(f"{name}的得分", indicator.score, "score")
            self.weights.append(weight)
            self.scores.append(score)
            for reading in (weight, score):
                if reading is not None:
                    self.form.rows[reading] = at
            if weight is None or score is None:
                self._unscored(indicator, row.scored, weight)
                continue
            self.relate(Linear(About("form-score-bound", "error", 0, "form"), ((1, score), (-1, weight)), "<="))
            self._achieved(at, indicator, row.scored, score, weight, name)

    def _unscored(self, indicator: Indicator, scored: Scored, weight: int | None) -> None:
        """A row of a form without scores that plainly missed its target."""
        if any(number(each.score.text) is not None for each in self.project.indicators):
            return
        cells = (indicator.actual, indicator.target, indicator.operator)
        if scored.outcome == "missed" and scored.strict and not scored.qualitative and not explained_row(indicator):
            severity: Severity = "note" if any(each.doubt for each in cells) else "warning"
            judgement = Judgement("implausible", scored.derivation)
            self.form.lone.append(Lone("form-target-missed", severity, indicator, judgement, scored, cells))
        elif scored.slip:
            judgement = Judgement("implausible", scored.slip)
            severity = "note" if any(each.doubt for each in cells) else "warning"
            self.form.lone.append(Lone("form-unit-slip", severity, indicator, judgement, scored, (indicator.actual, indicator.target, indicator.unit)))

    def _achieved(self, at: int, indicator: Indicator, scored: Scored, score: int, weight: int, name: str) -> None:
        cost = "成本" in indicator.level1 or "成本" in indicator.level2
        sign = indicator.operator.text or ""
        own_name = indicator.name if not operator_of(sign) or "为" in indicator.name or ":" in fold(indicator.name) else ""
        row = Row(
            own_name, sign, indicator.target.text, indicator.unit.text or "", indicator.actual.text, indicator.reason.text, cost, self.scheme.id, self.score.grain
        )
        points, full = self.table.readings[score].point, self.table.readings[weight].point
        found, judgement = fault(row, points, full, scored) if points != full or scored.outcome != "met" or scored.slip else ("", _FINE)
        entries = (indicator.score, indicator.actual, indicator.target, indicator.weight, indicator.operator, indicator.unit)
        doubtful = any(each.doubt is not None for each in entries)
        if scored.slip and found:
            self.form.lone.append(Lone("form-unit-slip", "note" if doubtful else "warning", indicator, judgement, scored, entries[1:3] + entries[:1] + entries[5:]))
            return
        if found in ("spared", "low"):
            self.form.lone.append(Lone("form-points-lost", "note", indicator, judgement, scored, (*entries[:1], *entries[3:4], *entries[1:3])))
            return
        target, actual = self._measured(indicator, scored, name)
        for reading in (target, actual):
            if reading is not None:
                self.form.rows[reading] = at
        law = "form-points-lost" if found == "lost" else "form-target-missed"
        cap: Severity = "error" if found in ("", "impossible") else "warning"
        if doubtful and found:
            cap = "note"
        about = About(law, cap, 0, "form")
        both = target is not None and actual is not None
        self.relate(Achieved(about, score, weight, target if both and target is not None else -1, actual if both and actual is not None else -1, _sign(row), row))

    def _measured(self, indicator: Indicator, scored: Scored, name: str) -> tuple[int | None, int | None]:
        """Target and result as readings, where both are one plain number of the same unit."""
        if scored.qualitative or indicator.target.text is None or indicator.actual.text is None:
            return None, None
        wanted, got = read_cell(indicator.target.text), read_cell(indicator.actual.text)
        if wanted.point is None or got.point is None or max(abs(wanted.point), abs(got.point)) > LARGEST or wanted.embedded or got.embedded or got.approximate or got.operator:
            return None, None
        if not (_PLAIN_NUMBER.match(indicator.target.text) and _PLAIN_NUMBER.match(indicator.actual.text)):
            return None, None
        unit = indicator.unit.text or wanted.unit
        if {each for each in (wanted.unit, got.unit) if each} - {unit}:
            return None, None
        cells = [
            self.table.add(FormCell(f"{name}的{what}", entry, value, unit, "value", entry.place or NOWHERE))
            for what, entry, value in (("指标值", indicator.target, wanted.point), ("完成值", indicator.actual, got.point))
        ]
        return cells[0], cells[1]

    # -- money -------------------------------------------------------------------------------------------------------

    def _money(self) -> None:
        unit = self.project.money_unit
        columns: dict[str, list[tuple[Funding, int | None]]] = {name: [] for name, _ in _COLUMNS}
        for row in self.project.funding:
            label = row.part or "总额"
            single = self.project.overall and row.budget_adjusted.text is None
            names = {name: _ONE_BUDGET if single and name == "budget_initial" else zh for name, zh in _COLUMNS}
            cells = {name: self.cell(f"“{label}”的{zh}", getattr(row, name), "amount", unit) for name, zh in names.items()}
            for name, reading in cells.items():
                columns[name].append((row, reading))
            rate = self._rate(row, label)
            base = cells["budget_adjusted"] if cells["budget_adjusted"] is not None or row.budget_adjusted.text not in (None, "") else cells["budget_initial"]
            executed = cells["executed"]
            confirmed = False
            if rate is not None and base is not None and executed is not None and self.table.readings[base].point > 0:
                about = About("form-execution-rate", "error", 0, "form")
                ratio = Ratio(about, rate, ((1, executed),), ((1, base),))
                if not ratio.holds(self.table) and self._other_base(row, ratio, executed, cells):
                    about.cap = "note"
                self.relate(ratio)
                confirmed = ratio.holds(self.table)
            if not row.part and not self.project.overall:
                self._points(row, rate, base, executed, confirmed)
        for name, _ in _COLUMNS:
            self._parts(columns[name], name)

    def _rate(self, row: Funding, label: str) -> int | None:
        """The execution rate in percent; 0.99 without a sign means 99 %."""
        text = (row.rate.text or "").strip()
        value = number(text.rstrip("%％"))
        if value is None or abs(value) > LARGEST:
            return None
        budget, executed = number(row.budget_adjusted.text) or number(row.budget_initial.text), number(row.executed.text)
        if not text.endswith(("%", "％")) and 0 < value <= Decimal("1.5") and budget and executed and executed > budget / 20:
            value = value * HUNDRED
        return self.table.add(FormCell(f"“{label}”的预算执行率", row.rate, value, "%", "completion", row.rate.place or NOWHERE))

    def _other_base(self, row: Funding, ratio: Ratio, executed: int, cells: dict[str, int | None]) -> bool:
        """Whether the rate is that of the initial budget, or only cut off."""
        initial = cells["budget_initial"]
        if initial is not None and self.table.readings[initial].point > 0 and Ratio(ratio.about, ratio.rate, ((1, executed),), ((1, initial),)).holds(self.table):
            return True
        exact, printed = ratio.rate_of(self.table), self.table.readings[ratio.rate]
        return exact is not None and 0 <= exact - printed.point < printed.own * 2  # own is half a unit: less than one digit cut off

    def _points(self, row: Funding, rate: int | None, base: int | None, executed: int | None, confirmed: bool) -> None:
        weight = self.cell("预算执行的权重", row.weight, "weight")
        score = self.cell("预算执行的得分", row.score, "score")
        self.execution_weight, self.execution_score = weight, score
        if weight is None or score is None:
            return
        self.relate(Linear(About("form-score-bound", "error", 0, "form"), ((1, score), (-1, weight)), "<="))
        if rate is None and base is not None and executed is not None and self.table.readings[base].point > 0:
            share = min(self.table.readings[executed].point * HUNDRED / self.table.readings[base].point, HUNDRED).quantize(_FINE_RATE)
            entry = Entry(None, None, row.executed.place, row.executed.doubt or row.budget_adjusted.doubt, row.executed.restored)
            rate = self.table.add(FormCell("由金额算出的预算执行率", entry, share, "%", "completion", row.executed.place or NOWHERE))
        if rate is not None and base is not None and self.table.readings[base].point > 0:
            self.relate(Execution(About("form-execution-score", "error", 0, "form"), score, weight, rate, confirmed))

    def _parts(self, column: list[tuple[Funding, int | None]], name: str) -> None:
        """The total of a column against the rows of its sources; what may stand inside of another source is no more than that."""
        total = next((reading for row, reading in column if not row.part), None)
        rows = [(row, reading) for row, reading in column if row.part and _SOURCES.match(row.part)]
        if total is None or not rows:
            return
        if any(reading is None and not _blank(getattr(row, name)) for row, reading in rows):
            return
        stated = [(row.part, reading) for row, reading in rows if reading is not None]
        closed = len(rows) > 1 and any(_REST.match(row.part) for row, _ in rows)
        if not stated:
            return
        about = About("form-funding", "error", 0, "form")
        relation = Linear(about, (*((1, r) for _, r in stated), (-1, total)), "=" if closed else "<=")
        nested = [r for part, r in stated if _NESTED.search(part)]
        if not relation.holds(self.table) and nested:
            without = tuple((1, r) for _, r in stated if r not in nested)
            around = max((self.table.readings[r].point for _, r in without), default=HUNDRED)
            if all(self.table.readings[r].point <= around for r in nested) and without and Linear(about, (*without, (-1, total)), "=").holds(self.table):
                relation = Linear(about, (*without, (-1, total)), "=")
        self.relate(relation)

    # -- sums --------------------------------------------------------------------------------------------------------

    def _sums(self) -> None:
        project, table = self.project, self.table
        total_weight = self.cell("权重合计", project.total_weight, "weight")
        total_score = self.cell("合计得分", project.total_score, "score")
        if total_weight is not None and total_score is not None:
            self.relate(Linear(About("form-score-bound", "error", 0, "form"), ((1, total_score), (-1, total_weight)), "<="))
        weights = [r for r in self.weights if r is not None]
        if weights and len(weights) == len(self.weights):
            self._weight_sum(weights, total_weight)
        self._score_sum(total_score, total_weight)
        said = own_score(project.conclusion)
        if said is not None and total_score is not None and said[0] != table.readings[total_score].point:
            place = place_in(self.dossier.outline.text, project.conclusion, said[1], "自评")
            stated = table.add(FormCell("评价结论中的得分", project.conclusion, said[0], "分", "score", place))
            self.relate(Linear(About("form-conclusion-score", "error", 0, "form"), ((1, stated), (-1, total_score)), "="))

    def _weight_sum(self, weights: list[int], total: int | None) -> None:
        everything = [*weights, self.execution_weight] if self.execution_weight is not None else weights
        scored = any(each is not None for each in self.scores)
        if total is not None:
            about = About("form-weights", "error", 0, "form")
            relation = Linear(about, (*((1, r) for r in everything), (-1, total)), "=")
            rows_only = Linear(about, (*((1, r) for r in weights), (-1, total)), "=")
            self.relate(rows_only if self._apart(total) and rows_only.holds(self.table) else relation)
            return
        added = sum((self.table.readings[r].point for r in everything), ZERO)
        expected = self.score.weights.expected
        cap: Severity = "warning" if scored and added > expected else "note"  # rows may be unread where no total closes the table
        self.relate(Linear(About("form-weights", cap, 0, "form"), tuple((1, r) for r in everything), "=", constant=-expected))

    def _apart(self, total_weight: int | None) -> bool:
        """Whether the row 合计 leaves the points for execution out: it closes the indicators alone, or one of them is the execution."""
        if total_weight is not None and self.table.readings[total_weight].point <= 90:
            return True
        return any("预算执行" in each.name or "预算执行" in each.level1 for each in self.project.indicators)

    def _score_sum(self, total: int | None, total_weight: int | None) -> None:
        project, table = self.project, self.table
        scores = [r for r in self.scores if r is not None]
        if not scores:
            return
        missing: list[tuple[str, Entry, tuple[Entry, ...], int | None, Decimal | None]] = []
        for at, (score, weight) in enumerate(zip(self.scores, self.weights, strict=True)):
            indicator = project.indicators[at]
            if score is None and not _is_number(indicator.score):
                around: tuple[Entry, ...] = (indicator.actual, indicator.weight, indicator.target, indicator.operator)
                missing.append((title(indicator, at), indicator.score, around, weight, self.score.indicators[at].scored.value))
        row = project.money
        execution = self.score.execution
        if self.execution_weight is not None and self.execution_score is None and execution is not None and not _is_number(row.score) and not _no_budget(row):
            missing.append(("预算执行", row.score, (row.weight, row.rate, row.executed), self.execution_weight, execution.scored.value))
        everything = [*scores, self.execution_score] if self.execution_score is not None else scores
        if total is not None:
            about = About("form-total", "error", 0, "form")
            if not missing:
                relation = Linear(about, (*((1, r) for r in everything), (-1, total)), "=")
                rows_only = Linear(about, (*((1, r) for r in scores), (-1, total)), "=")
                self.relate(rows_only if self._apart(total_weight) and rows_only.holds(table) else relation)
            elif all(weight is not None for _, _, _, weight, _ in missing):
                self.relate(Linear(about, (*((1, r) for r in everything), (-1, total)), "<="))
                lent = [weight for _, _, _, weight, _ in missing if weight is not None]
                self.relate(Linear(about, (*((1, r) for r in (*everything, *lent)), (-1, total)), ">="))
        if len(missing) * 2 > len(self.scores):
            return  # a form that scores only some rows
        rest = None
        if len(missing) == 1 and total is not None:
            rest = table.readings[total].point - sum((table.readings[r].point for r in everything), ZERO)
        self.form.missing.extend((name, entry, around, rest) for name, entry, around, _, _ in missing)


_FINE = Judgement("fine", "")


def explained_row(indicator: Indicator) -> bool:
    """Whether the row says why its target was missed or points were taken off."""
    text = indicator.reason.text
    return bool(text and text.strip(" /-—无。\n\t"))


def _sign(row: Row) -> str:
    sign = operator_of(row.sign) or read_cell(row.target or "").operator
    return sign if sign in ("≥", "≤", "＝", ">", "<") else ("≤" if row.cost else "≥")


def _blank(entry: Entry) -> bool:
    return entry.text is not None and entry.text.strip(" /-—\\\n\t") == ""


def _no_budget(row: Funding) -> bool:
    """A budget printed as zero has no rate of execution and so earns no points: their place is rightly blank."""
    return number((row.budget_adjusted if row.budget_adjusted.text is not None else row.budget_initial).text) == 0


def _is_number(entry: Entry) -> bool:
    return number(entry.text) is not None
