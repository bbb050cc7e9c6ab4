"""What is said of the tables: how sure a suspicion is, and the sentence that names row, column, the printed and the right figure, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.tables.grid import Block, Number, blocks_of
from gouji.checks.tables.noted import noted, notes_of
from gouji.checks.tables.relations import Rate, Relation, Sum
from gouji.checks.tables.suspects import Mend, Suspicion, kind, suspicions
from gouji.checks.tables.totals import means_of
from gouji.checks.tables.turned import all_relations
from gouji.model.figure import Place
from gouji.model.finding import Severity, Suspect
from gouji.model.slips import TRANSPOSED, likeness

_BACK = 3  # paragraphs before a table among which its caption is looked for
_CAPTION = 40
_PLACES = 12
_ALONE = 4  # digits of a figure that only one relation and no other column speaks of
_NEAR = 4  # a total is within a quarter of the sum
_FEW = 2  # rows or columns that alone show nothing
_FAR = 100  # steps by which a mean is no other kind of mean


def remarks(context: Context) -> Iterator[Remark]:
    """Every cell of every table that breaks what its table keeps."""
    paragraphs = context.paragraphs
    if not any(paragraph.cell is not None for paragraph in paragraphs):
        return
    teller = _Teller(context)
    known = {cell.place.start for each in context.dossier.statements if each.id and not each.doubt for row in each.rows for cell in row.cells if cell.place is not None}
    notes = notes_of(paragraphs)
    for block in blocks_of(paragraphs):
        if known and any(teller.place(number).start in known for row in block.rows[:_BACK] for number in row.numbers.values()):
            continue  # a statement that its layout knows is judged by its own footings
        for suspicion in suspicions(block, [*all_relations(block), *noted(block, notes.get(block.table, ()))]):
            severity = _severity(suspicion)
            if severity is not None:
                yield teller.remark(block, suspicion, severity)
        for mean, numbers in means_of(block):
            yield from teller.mean(block, mean, numbers)


def _severity(suspicion: Suspicion) -> Severity | None:
    """How sure it is; None where it may be the table's way."""
    if not suspicion.mends:
        return "note" if any(not each.lone for each in suspicion.broken) else None
    best = suspicion.mends[0]
    meant = [each for each in best.mends if not each.lone]
    likely = any(each.likely for each in suspicion.mends)
    if best.crossing:
        sure = best.likely and len(suspicion.mends) == 1 and len(meant) == len(best.mends) and _square(meant)
        return "error" if sure else "warning" if likely or len(suspicion.mends) == 1 else "note"
    if meant and not likely and all(isinstance(each, Sum) and each.kind == "row" and abs(each.gap) * _NEAR > abs(each.cells[0].n) for each in meant):
        return None  # nobody adds that column up
    if meant and (likely or max(each.support for each in meant) > _FEW):
        return "warning" if likely else "note"
    if meant:
        return None
    settled = any(each.settled for each in suspicion.broken)
    return "warning" if any(each.likely and (settled or each.number.digits >= _ALONE) for each in suspicion.mends) else None


def _square(relations: Sequence[Relation]) -> bool:
    """Whether a row of totals and a relation of columns meet."""
    kinds = {kind(each) for each in relations}
    return "row" in kinds and not kinds.isdisjoint(("column", "rate", "share"))


class _Teller:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._facts: dict[int, int] | None = None

    def place(self, number: Number) -> Place:
        return self._context.at(self._context.paragraphs[number.at])

    def fact(self, number: Number) -> int | None:
        if self._facts is None:
            self._facts = {fact.place.start: fact.id for fact in self._context.dossier.facts}
        place = self.place(number)
        return next((self._facts[at] for at in range(place.start, place.end) if at in self._facts), None)

    def caption(self, block: Block) -> str:
        """The short line before a table."""
        at = block.first
        paragraphs = self._context.paragraphs
        table = paragraphs[at].cell
        while at >= 0 and table is not None and (cell := paragraphs[at].cell) is not None and cell.table == table.table:
            at -= 1
        for paragraph in reversed(paragraphs[max(0, at + 1 - _BACK) : at + 1]):
            if paragraph.cell is not None or len(paragraph.text) > _CAPTION:
                break
            if "表" in paragraph.text or paragraph.kind in ("caption", "heading"):
                return self._context.quote(paragraph, 0, len(paragraph.text))
        return ""

    def remark(self, block: Block, suspicion: Suspicion, severity: Severity) -> Remark:
        """One cause. Where no cell is likelier than the others, all that would mend it are named."""
        chosen = [mend for mend in suspicion.mends if mend.alike] or list(suspicion.mends)
        first = suspicion.broken[0]
        numbers = [mend.number for mend in chosen] or list(first.cells)
        lead = chosen[0].number if chosen else first.cells[0]
        told = self.named(block, lead)
        reasons = "；".join(dict.fromkeys(_reason(each) for each in suspicion.broken[:3]))
        if chosen:
            right = block.words(chosen[0].value, lead.column)
            said = f"{told}写作{lead.text}，{reasons}，按此应为{right}" + (f"（{chosen[0].slip.name}）" if chosen[0].slip.name else "")
            others = [f"{self.named(block, mend.number)}{mend.number.text}应为{block.words(mend.value, mend.number.column)}" for mend in chosen[1:4]]
            if others:
                said += "；也可能是" + "，或".join(others)
        else:
            right = ""
            said = f"{told}写作{lead.text}，{reasons}，这里不符"
        caption = self.caption(block)
        ids = [self.fact(number) for number in numbers[:_PLACES]]
        return Remark(
            zh=f"{f'“{caption}”' if caption else '表'}中{said}。",
            en="A cell breaks what the other rows and columns of its table keep.",
            places=tuple(self.place(number) for number in numbers[:_PLACES]),
            key=(caption, told, lead.text, first.formula),
            severity=severity,
            found=lead.text,
            expected=right,
            facts=tuple(each for each in ids if each is not None),
            suspects=self._suspects(block, chosen),
            suggestion="对照原始数据核对这一格和同行、同列的数。",
            derivation=tuple(dict.fromkeys(each.formula for each in suspicion.broken)),
        )

    def _suspects(self, block: Block, chosen: Sequence[Mend]) -> tuple[Suspect, ...]:
        found = ((self.fact(mend.number), mend) for mend in chosen[:4])
        return tuple(Suspect(fact, block.words(mend.value, mend.number.column), (), mend.slip.name) for fact, mend in found if fact is not None)

    def named(self, block: Block, number: Number) -> str:
        column = next(each for each in block.columns if each.index == number.column)
        label = block.rows[number.row].label(column.stub)
        return f"“{label}”行{column.name}" if label else f"第{number.row + 1}行{column.name}"

    def mean(self, block: Block, mean: Number, numbers: Sequence[Number]) -> Iterator[Remark]:
        """A row of averages: only what a slip of the pen explains, for there are averages of other kinds."""
        total = sum(number.n for number in numbers)
        right = round(total / len(numbers) / mean.step) * mean.step
        if abs(mean.n * len(numbers) - total) <= len(numbers) * mean.step or self._weighted(block, mean, numbers):
            return
        slip = likeness(mean.value, Decimal(right).scaleb(-block.decimals), mean.decimals)
        if slip.cost > TRANSPOSED.cost or mean.digits < 2:
            return
        sure = slip is TRANSPOSED or abs(mean.n - right) >= _FAR * mean.step
        words = block.words(right, mean.column)
        told, caption, fact = self.named(block, mean), self.caption(block), self.fact(mean)
        yield Remark(
            zh=f"{f'“{caption}”' if caption else '表'}中{told}写作{mean.text}，{len(numbers)}行的平均数是{words}（{slip.name}）。",
            en="The average of a table is not that of its rows.",
            places=(self.place(mean),),
            key=(caption, told, mean.text, "mean"),
            severity="warning" if sure else "note",
            found=mean.text,
            expected=words,
            facts=(fact,) if fact is not None else (),
            suggestion="按各行的数重新计算平均数。",
        )

    @staticmethod
    def _weighted(block: Block, mean: Number, numbers: Sequence[Number]) -> bool:
        """Whether it is an average weighted by another column."""
        for column in block.columns:
            weights = [block.rows[number.row].numbers.get(column.index) for number in numbers]
            if column.index == mean.column or any(weight is None for weight in weights):
                continue
            sizes = [weight.n for weight in weights if weight is not None]
            if sum(sizes) > 0 and abs(sum(number.n * size for number, size in zip(numbers, sizes, strict=True)) / sum(sizes) - mean.n) <= mean.step:
                return True
        return False


def _reason(relation: Relation) -> str:
    if isinstance(relation, Rate) or relation.kind == "column":
        return f"{relation.formula}（其余{relation.support}行都是这样）" if relation.support else relation.formula
    return f"{relation.formula}（另{relation.support}列都是这样）" if relation.support else relation.formula
