"""Whether a cause is to be believed (可信与否): what nothing but itself speaks for is told as a doubt.

A mistake of the author's leaves more than one trace: several relations break at once, or a slip of the pen explains what broke. One sum alone that is off by
what no slip explains has, in a text that nobody has seen, more often been misread than misprinted: a part was not listed, a whole is that of something else.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gouji.checks.blame import Cause
from gouji.checks.laws.reckoned import likened
from gouji.checks.reading import Table
from gouji.checks.relation import Linear, Relation

UNEXPLAINED = "没有哪一处笔误能说明这一差额，也没有别的勾稽关系佐证，可能口径不同或读取有误，只作提示，请对照决算报表"
#: Sums of amounts that the reader put together; what a sentence reckons itself is judged where it is made.
_SUMS = ("whole", "equation", "difference", "changes-sum")
#: So many sums that hold for each that is broken show that a text is read rightly.
_WELL_READ = 30


def well_read(relations: Sequence[Relation], broken: Collection[int]) -> bool:
    """Whether so many of a document's sums hold that the one that does not is the document's fault."""
    numbers = [n for n, relation in enumerate(relations) if _a_sum(relation)]
    wrong = sum(n in broken for n in numbers)
    return len(numbers) - wrong >= _WELL_READ * max(1, wrong)


def _a_sum(relation: Relation) -> bool:
    return isinstance(relation, Linear) and relation.op == "=" and relation.about.kind in _SUMS and not relation.about.table


def believed(cause: Cause, relations: Sequence[Relation], table: Table) -> bool:
    """Whether several relations, a slip of the pen, another figure that explains the difference, or a statement speaks for a cause."""
    if len(cause.relations) > 1:
        return True
    relation = relations[cause.relations[0]]
    if not isinstance(relation, Linear) or not _a_sum(relation):
        return True
    if any(repair.slip.name for repair in (cause.repair, *cause.ties, *cause.others)):
        return True
    return any(table.in_statements(r) for r in relation.readings) or _of_one_line(relation, table) or likened(table, relation)


def _of_one_line(relation: Linear, table: Table) -> bool:
    """Whether one line tells a whole and its parts, each by a name of its own in the standards: 基本支出…，其中人员经费…，公用经费…."""
    if relation.about.kind != "whole":
        return False
    facts = table.dossier.facts
    lines = set.intersection(*({facts[f].place.line for f in table.readings[r].facts} for r in relation.readings))
    whole = next(table.readings[r].key.concept for c, r in relation.terms if c < 0)
    parts = [table.readings[r].key.concept for c, r in relation.terms if c > 0]
    return bool(lines) and len(set(parts)) == len(parts) and all(part.startswith(f"{whole}.") for part in parts)
