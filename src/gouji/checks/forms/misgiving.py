"""Forms whose checks show by themselves that the reading went wrong (表的误读之疑): what is broken there is told as one doubt, never as errors.

A slip of the pen stands in one cell, and putting that cell right mends what it broke. A table that was read a column off leaves other traces: weights of
nothing or of more than a hundred; points beyond their weight that are to the digit what stands under another column of the same row; a rate that is an
amount of its own block; sums that no slip in any one cell explains, several of them in one form, or the same one in most forms of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.checks.blame import Cause
from gouji.checks.forms.form import JudgedForm
from gouji.checks.laws.forms import Execution
from gouji.checks.relation import Linear, Ratio, Relation
from gouji.model.records import Entry
from gouji.scoring import number

HUNDRED = Decimal(100)
#: So many breaches without a slip in one form, so many breaches at all: then the form was misread.
_UNEXPLAINED, _BREACHES = 2, 4
#: So many forms of a document share a breach before it is one of the reading.
_FORMS = 3
#: Points of one row are seldom more: a larger figure that stands in its row as a result as well is no chance.
_POINTS = 30


def with_misgivings(forms: Sequence[JudgedForm]) -> None:
    """Moves the causes that the reading explains to the doubts of their forms."""
    for form in forms:
        _doubt(form, _of_form(form))
    for law in ("form-total", "form-weights", "form-score-bound", "form-funding", "form-execution-rate"):
        concerned = [form for form in forms if any(relation.about.law == law for relation in form.relations)]
        broken = {id(form): [cause for cause in form.causes if law in _laws(form, cause) and not (law == "form-total" and explained(cause))] for form in concerned}
        hit = [form for form in concerned if broken[id(form)]]
        if len(hit) >= _FORMS and len(hit) * 2 > len(concerned):
            for form in hit:
                _doubt(form, broken[id(form)])
    _missing_scores(forms)


def explained(cause: Cause) -> bool:
    """Whether a slip of the pen in one cell explains what is broken."""
    return any(len(repair.changes) == 1 and bool(repair.slip.name) for repair in (cause.repair, *cause.ties, *cause.others))


def _doubt(form: JudgedForm, causes: Sequence[Cause]) -> None:
    if causes:
        numbers = dict.fromkeys(n for cause in causes for n in cause.relations)
        form.causes = [cause for cause in form.causes if not any(cause is each for each in causes)]
        form.misread += [n for n in numbers if n not in form.misread]


def _laws(form: JudgedForm, cause: Cause) -> set[str]:
    return {form.relations[n].about.law for n in cause.relations}


def _of_form(form: JudgedForm) -> list[Cause]:
    """The causes of one form that its reading explains; all of them where several have no other explanation."""
    causes = [cause for cause in form.causes if form.severity(cause.relations) != "note"]
    if len(causes) >= _BREACHES or sum(not explained(cause) for cause in causes) >= _UNEXPLAINED:
        return causes
    return [cause for cause in causes if not explained(cause) and any(_shifted(form, form.relations[n]) or _weights_open(form, form.relations[n]) for n in cause.relations)]


def _weights_open(form: JudgedForm, relation: Relation) -> bool:
    """Whether the rows' weights do not even make up the hundred that they should: a wrong total beside right rows is a mistake."""
    if relation.about.law != "form-weights" or not isinstance(relation, Linear):
        return False
    return sum((form.table.cells[r].value for c, r in relation.terms if c > 0), Decimal(0)) != form.score.weights.expected


def _no_weight(form: JudgedForm, relation: Relation) -> bool:
    """Whether a row's weight is none: nothing, or more than a hundred."""
    cells = form.table.cells
    return any(cells[r].measure == "weight" and r in form.rows and not 0 < cells[r].value <= HUNDRED for r in relation.readings)


def _shifted(form: JudgedForm, relation: Relation) -> bool:
    """Whether a broken relation holds a figure that belongs to another column."""
    cells, law = form.table.cells, relation.about.law
    if _no_weight(form, relation):
        return True
    if law == "form-score-bound":
        score = cells[relation.readings[0]]
        if relation.readings[0] not in form.rows:
            return any(number((each.text or "").rstrip("%％")) == score.value for each in _money(form) if each is not score.entry)
        row = form.project.indicators[form.rows[relation.readings[0]]]
        return score.value > _POINTS and any(number(each.text) == score.value for each in (row.target, row.actual))
    if isinstance(relation, Execution):
        return _strange(form, relation.weight) or _strange(form, relation.score)
    if isinstance(relation, Ratio):
        return _strange(form, relation.rate)
    return isinstance(relation, Linear) and law == "form-weights" and any(_strange(form, r) for r in relation.readings if r not in form.rows)


def _money(form: JudgedForm) -> Iterator[Entry]:
    """The amounts and the rate of the block of money's total."""
    row = form.project.money
    yield from (row.budget_initial, row.budget_adjusted, row.executed, row.rate)


def _strange(form: JudgedForm, reading: int) -> bool:
    """Whether weight, score or rate of the execution is to the digit an amount of the form: it stands under another column."""
    cell = form.table.cells[reading]
    if cell.value in (0, 10, HUNDRED):
        return False  # what any column may print
    return any(number(each.text) == cell.value for row in form.project.funding for each in (row.budget_initial, row.budget_adjusted, row.executed) if each is not cell.entry)


def _missing_scores(forms: Sequence[JudgedForm]) -> None:
    """Rows without a score, where the score may stand under another column: a row that prints a figure for its reason, or the same in most forms."""
    lacking = [form for form in forms if form.missing]
    often = len(lacking) >= _FORMS and len(lacking) * 2 > len(forms)
    for form in lacking:
        form.unsure = form.unsure or often or bool(form.misread) or any(number(row.reason.text) is not None for row in form.project.indicators)
