"""What a dossier says (内容), as a value that can be compared: ``content(read(render(d))) == content(publish(d))``.

Left out: outline and places (where it stands), doubt, the order and the number of repetitions of a fact, the names of files and of packs, the jurisdiction
(which standards apply the reader concludes, the document does not say it), and results that an author's own words count (``outcome``): they are texts. Money is compared in
yuan, whatever unit was printed; counts without their unit (个, 次 say the same of a group). Texts are compared with all white space taken out: a line break
or a blank in a document is layout.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest

from gouji.model.dossier import Dossier
from gouji.model.fact import Fact
from gouji.model.record import record
from gouji.model.records import Entry, Evaluation, Project
from gouji.model.regex import regex
from gouji.model.statement import Statement

#: An office's accounts beside those of its department: readers name the office itself, and the kind says that it is one unit.
_OWN = regex(r"[（(](?:本级|机关|本部)[）)]$")
Said = tuple[str, str, str, str, str, tuple[tuple[str, str], ...], str, Decimal, str]
Cells = tuple[str, ...]


@record
class Content:
    """``facts``: concept, measure, phase, scope, period, dimensions, unit, value, direction; ``texts`` by slot; records as their printed fields."""

    unit: str
    year: int | None
    kind: str
    facts: frozenset[Said]
    texts: tuple[tuple[str, str], ...]
    statements: tuple[tuple[str, str, Cells, tuple[Cells, ...]], ...] = ()
    projects: tuple[Cells, ...] = ()
    evaluations: tuple[Cells, ...] = ()

    def difference(self, other: Content) -> str:
        """What the two do not have in common, for a person; "" where they are equal."""
        lines = [f"{name}: {mine!r} | {theirs!r}" for name in ("unit", "year", "kind") if (mine := getattr(self, name)) != (theirs := getattr(other, name))]
        lines += [f"- {fact}" for fact in sorted(self.facts - other.facts, key=repr)] + [f"+ {fact}" for fact in sorted(other.facts - self.facts, key=repr)]
        for name in ("texts", "statements", "projects", "evaluations"):
            lines += _apart(name, getattr(self, name), getattr(other, name))
        if not lines and self != other:
            lines.append("the order of records differs")
        return "\n".join(lines)


def _apart(name: str, mine: tuple[object, ...], theirs: tuple[object, ...]) -> list[str]:
    """The records that only one side has; of two that begin alike, or two statements, only the fields and rows that differ."""
    lines: list[str] = []
    left, right = [each for each in mine if each not in theirs], [each for each in theirs if each not in mine]
    for one in list(left):
        same = next((each for each in right if isinstance(each, tuple) and isinstance(one, tuple) and each[0] == one[0]), None)
        if isinstance(one, tuple) and isinstance(same, tuple) and one[0]:
            left.remove(one)
            right.remove(same)
            at = f"{name} {one[0]}"
            if name == "statements" and one[:3] == same[:3]:
                lines += _apart(at, one[3], same[3]) or [f"the order of rows in {at}"]
            else:
                lines += [f"{at}: {a!r} | {b!r}" for a, b in zip_longest(one[1:], same[1:]) if a != b]
    return lines + [f"- {name}: {each}" for each in left] + [f"+ {name}: {each}" for each in right]


def content(dossier: Dossier) -> Content:
    """The comparable value of a dossier."""
    return Content(
        _OWN.sub("", bare(dossier.unit)), dossier.year, dossier.kind, frozenset(_said(fact) for fact in dossier.facts if fact.concept != "outcome"),
        tuple(sorted((text.slot, bare(text.text)) for text in dossier.texts)),
        tuple(_statement(each) for each in dossier.statements), tuple(_project(each) for each in dossier.projects),
        tuple(_evaluation(each) for each in dossier.evaluations),
    )  # fmt: skip


def bare(text: str) -> str:
    """The white-space rule: none of it counts."""
    return "".join(text.split())


def _said(fact: Fact) -> Said:
    figure, key = fact.figure, fact.key
    money = figure.is_money
    value = figure.yuan if money else figure.value
    unit = "元" if money else "%" if figure.is_rate else ""
    dims = tuple((name, bare(_item(word)) if name == "item" else bare(word)) for name, word in key.dimensions)
    return (key.concept, key.measure, key.phase, key.scope, key.period, dims, unit, Decimal(0) if value == 0 else value.normalize(), fact.direction or "")


def _item(word: str) -> str:
    """How a reception is called depends on the sentence around it: 接待邻县考察团 is 邻县考察团."""
    return word.removeprefix("接待").removesuffix("来访")


def _cell(entry: Entry) -> str:
    """What a field prints: nothing where it is blank and where the form has no such field."""
    return bare(entry.text or "")


def _statement(statement: Statement) -> tuple[str, str, Cells, tuple[Cells, ...]]:
    # A numbered line (行次) prints no code: who knows the classification may add it.
    rows = tuple(("" if row.number else row.code, bare(row.name), *map(_cell, row.cells)) for row in statement.rows)
    return statement.id, statement.unit, tuple(map(bare, statement.columns)), rows


def _project(project: Project) -> Cells:
    own = (project.code, project.name, project.authority, project.unit, project.goal, project.result, project.process, project.total_weight,
           project.total_score, project.conclusion, project.problems, project.measures, project.manager, project.finance)  # fmt: skip
    funding = [(bare(row.part), *map(_cell, (row.budget_initial, row.budget_adjusted, row.executed, row.rate, row.weight, row.score, row.reason))) for row in project.funding]
    indicators = [
        (bare(one.level1), bare(one.level2), bare(one.name), *map(_cell, (one.operator, one.target, one.unit, one.actual, one.weight, one.score, one.reason)))
        for one in project.indicators
    ]
    return (*map(_cell, own), project.money_unit, *("|".join(row) for row in (*funding, *indicators)))


def _evaluation(evaluation: Evaluation) -> Cells:
    items = ("|".join((*map(bare, item.path), *map(_cell, (item.weight, item.score, item.deduction, item.reason)))) for item in evaluation.items)
    return (evaluation.scheme, _cell(evaluation.total), _cell(evaluation.grade), *items)
