"""Forms whose cells are printed in order (规整表): a small grammar over rows of cells.

A row is a title, a head (of money, goals, indicators), a row under the open head, or labels with their values; what closes a form is the next
one's first label. The same grammar reads grids, rows on a line, and cells on lines; forms over several pages and several forms in one table.
"""

from __future__ import annotations

from gouji.extraction.forms.aligned import kind_of
from gouji.extraction.forms.cells import Cell, Row
from gouji.extraction.forms.draft import FundingDraft
from gouji.extraction.forms.heads import Head, goals_head, indicator_head, money_head, parts_head, places_of, progress_head, refined
from gouji.extraction.forms.labels import (
    ACCOUNTS,
    CAPTION,
    OVERALL,
    QUALITATIVE,
    SCALE,
    SUBTOTAL,
    TITLE,
    bare,
    is_level1,
    is_level2,
    kinds_of,
)
from gouji.extraction.forms.lists import LISTS, ListReader
from gouji.model.regex import regex

_UNIT = regex(r"(?:\(|单位:?|\()(万元|元|千元|亿元|百万元)(?=\)|,|$)")
_NUMBERED = regex(r"(?:附?表|附件|附录)[\d一二三四五六七八九十]{1,3}[^,。;]{2,40}$")
_UNIT_LINE = regex(r"\(?(?:金额)?单位:[^:]{1,4}$")
_INLINE = regex(r"([^:]{2,16}):(.*)$")
_YEAR_LINE = regex(r"\(?20\d\d年度?\)?")
_STARTS = ("name", "code", "authority", "department")
_FUNDING = ("budget_initial", "budget_adjusted", "executed", "rate", "weight", "score", "reason")
_CLOSING = ("field.conclusion", "field.problems", "field.measures", "field.manager", "field.finance", "field.grade", "field.other", "total.total")


class OrderlyReader(ListReader):
    """Reads the rows of a document into drafts, one after the other."""

    def feed(self, row: Row) -> None:
        """The next row of the document."""
        filled = [cell for cell in row.cells if cell.text]
        if self.again is not None and filled and not self._goes_on(filled[0].text):
            title, self.again = self.again, None
            self.end()
            self._title([title])
        if not filled or self._title(filled):
            return
        self.again = None
        if len(filled) == 1 and (CAPTION.search(filled[0].text) or _NUMBERED.match(filled[0].text)):
            if self.mode == "money" and self.draft.kind == "execution" and self.draft.funding:
                self.end()  # the next table begins
            self.caption = bare(filled[0].text)
        if self.mode == "indicators" and self.head is not None and self.fresh and (head := refined(self.head, row)) is not None:
            self.head, self.draft.columns = head, head.keys
            return
        if (head := indicator_head(row, self.above)) is not None:
            self.accounts = False
            self._open_indicators(row, head)
            return
        if self._list_head(row) or (self.mode in LISTS and self._list_row(row, filled)):
            return
        if (head := progress_head(row)) is not None:
            self.end()
            self.draft.kind = "progress"
            self._open(row, "progress", head)
            return
        if self.mode == "progress" and self.head is not None:
            self.draft.indicators.append(self.head.lay(row))
            return
        self.above = row
        if self.mode == "indicators" and self._indicator(row, filled):
            return
        if self.accounts or any(len(cell.text) <= 12 and ACCOUNTS.match(cell.text) for cell in filled):
            self.accounts = True
            return
        if (head := money_head(row)) is not None:
            self._open_money(row, head)
            return
        if self.mode == "money" and self._funding(row, filled):
            return
        if (head := goals_head(row)) is not None:
            self._pairs(row, stop=head.places["goal"][0])
            self._open(row, "goals", head)
            return
        if self.mode == "goals" and self._goals(row, filled):
            return
        if (head := parts_head(row)) is not None:
            self._note_unit(row)
            self._open(row, "parts", head)
            return
        if self.mode == "parts" and self._parts(row, filled):
            return
        self._pairs(row)

    def _goes_on(self, text: str) -> bool:
        """Whether a form goes on behind its own title printed again: not with the year, nor with a form's first label."""
        return not (_YEAR_LINE.fullmatch(text) or any(kind[6:] in (*_STARTS, "unit") for kind in kinds_of(text) if kind.startswith("field.")))

    # -- titles and starts ------------------------------------------------------------------------------------------

    def _title(self, filled: list[Cell]) -> bool:
        if len(filled) > 1 or len(filled[0].text) > 70:
            return False
        if len(filled[0].text) <= 14 and (match := _UNIT.search(filled[0].text)) is not None:
            self.draft.money_unit = self.draft.money_unit or match.group(1)
            return True
        text = bare(_UNIT_LINE.sub("", filled[0].text))
        if not TITLE.search(text):
            return False
        if self.draft.title is not None and not self.draft.empty and self.draft.title.text == filled[0].text:
            self.again = filled[0]  # the next form, or a further page of this one: the next row tells
            return True
        if not self.draft.empty or self.draft.title is not None:
            self.end()
        unit = _UNIT_LINE.search(filled[0].text)
        self.draft.title = filled[0] if unit is None else filled[0].part(0, unit.start())
        self._note_unit(Row(filled))
        self.draft.overall = OVERALL.search(text) is not None
        self.draft.cover(filled[0])
        return True

    def _start(self, key: str) -> None:
        """A label that begins forms: where the open form has it already, or is past its beginning, the next form begins."""
        draft = self.draft
        if (draft.kind != "form" or draft.indicators or draft.funding or key in draft.fields) and not draft.empty:
            self.end()

    def _note_unit(self, row: Row) -> None:
        for cell in row.cells:
            if "元" in cell.text and len(cell.text) <= 40 and (match := _UNIT.search(cell.text)) is not None:
                self.draft.money_unit = self.draft.money_unit or match.group(1)

    # -- indicators -------------------------------------------------------------------------------------------------

    def _open_indicators(self, row: Row, head: Head) -> None:
        again = self.mode == "indicators" and self.head is not None and head.keys == self.head.keys
        if not again:
            scheme = not {"target", "actual"} & set(head.places)
            listed = "project" in head.places
            if self.draft.indicators or (self.draft.kind == "form" and (scheme or listed) and not self.draft.empty):
                self.end()
            self.draft.kind = "summary" if listed else "scheme" if scheme else "form"
            self.draft.columns, self.draft.level2 = head.keys, head.level2
            if any("分值" in cell.text or "年度指标值" in cell.text for cell in row.cells):
                self.draft.ministry = True
        self._open(row, "indicators", head)
        self.fresh = True

    def _indicator(self, row: Row, filled: list[Cell]) -> bool:
        head = self.head
        assert head is not None
        self.fresh = False
        if SUBTOTAL.match(filled[0].text) or (len(filled) > 1 and SUBTOTAL.match(filled[1].text) and len(filled) <= 4):
            self._flush()
            for cell in filled:
                self.draft.cover(cell)
            return True
        kinds = kinds_of(filled[0].text)
        if not kinds and (inline := _INLINE.match(filled[0].text)) is not None:
            kinds = kinds_of(inline.group(1))
        if any(kind in _CLOSING for kind in kinds):
            self._flush()
            self.mode = ""
            if "total.total" in kinds or "part.total" in kinds:
                self._total(row, filled, head)
                return True
            return False
        if any(kind[6:] in _STARTS for kind in kinds if kind.startswith("field.")) and not (len(filled) > 2 and len(row.cells) >= head.width):
            self._flush()
            self.mode = ""
            return False
        if len(row.cells) == 1 and not self.buffer and head.width >= 4 and len(filled[0].text) > 20:
            self.mode = ""  # a note under the table
            return False
        for cell in filled:
            self.draft.cover(cell)
        if (head.sure and row.sure) or (len(row.cells) == head.width and len(self.buffer) < head.width):
            self._flush()
            self._add(self._with_merged(head.lay(row), row))
            return True
        self.buffer += row.cells
        if len(self.buffer) == head.width:
            self._add(head.lay(Row(self.buffer)))
            self.buffer = []
        elif len(self.buffer) > head.width:
            self._flush()
        return True

    def _total(self, row: Row, filled: list[Cell], head: Head) -> None:
        """合计 | 100 | 99.9: weight and score by their columns, else in their order."""
        numbers = [cell for cell in filled[1:] if kind_of(cell.text) in ("number", "slash")]
        total = self.draft.total
        for cell in filled:
            self.draft.cover(cell)
        if head.sure and row.sure:
            laid = head.lay(row)
            for key in ("weight", "score"):
                if key in laid and laid[key] in numbers:
                    total[key] = laid[key]
        if not total and len(numbers) >= 2:
            turned = head.places.get("score", (0, 0)) < head.places.get("weight", (0, 0)) and "score" in head.places
            total["score" if turned else "weight"], total["weight" if turned else "score"] = numbers[0], numbers[-1]
        elif not total and numbers:
            total["score" if "score" in head.places else "weight"] = numbers[0]

    # -- money, goals -----------------------------------------------------------------------------------------------

    def _open_money(self, row: Row, head: Head) -> None:
        if "project" in head.places:
            self.end()
            self.draft.kind, self.draft.caption = "execution", self.caption
            self.draft.columns = head.keys
        elif self.draft.indicators:
            self.end()
        self._note_unit(row)
        if any("年度资金总额" in cell.text or "分值" in cell.text for cell in row.cells):
            self.draft.ministry = True
        self._open(row, "money", head)

    def _funding(self, row: Row, filled: list[Cell]) -> bool:
        head = self.head
        assert head is not None
        if self.draft.kind == "execution":
            if self.draft.funding and _other_head(row, head):
                self.end()
            else:
                self._listed(row, head)
            return True
        label = next((cell for cell in filled if any(kind.startswith("part.") for kind in kinds_of(cell.text))), None)
        if label is None or any(kind.startswith("field.") for kind in kinds_of(filled[0].text)):
            self.mode = ""
            return False
        laid = {key: cell for key, cell in head.lay(row).items() if cell is not label}
        if not (head.sure and row.sure) and len(row.cells) != head.width:
            # A row of its own length: the values behind the label in the order of the head.
            after = row.cells[row.cells.index(label) + 1 :]
            laid = dict(zip([key for key in head.keys if key in _FUNDING], after, strict=False))
        total = "part.total" in kinds_of(label.text)
        self.draft.funding.append(FundingDraft("" if total else bare(label.text), laid))
        for cell in filled:
            self.draft.cover(cell)
        return True

    def _listed(self, row: Row, head: Head) -> None:
        """A row of a list of projects or items with their money; where the name's own column is blank, a neighbour names the row."""
        laid = head.lay(row)
        if not any(kind_of(cell.text) in ("number", "percent") for cell in laid.values()):
            return
        name = laid.get("project")
        if name is None or not name.text:
            name = next((cell for cell in row.cells if kind_of(cell.text) == "text"), None)
        if name is None:
            return
        self.draft.funding.append(FundingDraft(bare(name.text), laid | {"project": name}))
        for cell in row.cells:
            if cell.text:
                self.draft.cover(cell)

    def _goals(self, row: Row, filled: list[Cell]) -> bool:
        head = self.head
        assert head is not None
        self.mode = ""
        if any(kind.startswith(("block.", "field.")) for kind in kinds_of(filled[0].text)) and len(filled[0].text) < 16 and len(filled) != 2:
            return False
        laid = head.lay(row)
        if len(filled) == 2 and not all(key in laid and laid[key].text for key in head.places) and not any(kinds_of(cell.text) for cell in filled):
            laid = dict(zip(("goal", "result"), filled, strict=True))  # a text prints the row without the merged cells before it
        for key, cell in laid.items():
            if key not in self.draft.fields or not self.draft.fields[key].text:
                self.draft.fields[key] = cell
                self.draft.cover(cell)
        return True

    def _parts(self, row: Row, filled: list[Cell]) -> bool:
        head = self.head
        assert head is not None
        if not any(kind_of(cell.text) in ("number", "value") for cell in filled):
            self.mode = ""
            return False
        phase = next((kind[6:] for cell in filled for kind in kinds_of(cell.text) if kind.startswith("money.")), "budget_initial")
        for label, cell in head.lay(row).items():
            self._amount("" if "part.total" in kinds_of(label) else bare(label), phase, cell, cell)
        return True

    # -- labels with values -----------------------------------------------------------------------------------------

    def _pairs(self, row: Row, stop: int | None = None) -> None:
        """Labels and the values behind them; 预算数 and 执行数 with their parts make the money block of the older form."""
        cells = [cell for cell, column, _ in places_of(row) if stop is None or column < stop]
        self._note_unit(row)
        amounts = at = 0
        spent = any("money.executed" in kinds_of(cell.text) for cell in cells)
        while at < len(cells):
            cell = cells[at]
            kinds = kinds_of(cell.text)
            value: Cell | None = None
            if not kinds and (inline := _INLINE.match(cell.text)) is not None and (kinds := kinds_of(inline.group(1))):
                value = cell.part(inline.start(2), len(cell.text))
            elif kinds and at + 1 < len(cells) and (not kinds_of(cells[at + 1].text) or _is_value(cells[at + 1].text)):
                at += 1
                while row.sure and not cells[at].text and at + 1 < len(cells) and not kinds_of(cells[at + 1].text):
                    at += 1  # a blank column of a wide cell
                value = cells[at]
            elif kinds and cell.text.endswith(":"):
                value = cell.part(len(cell.text), len(cell.text))
            at += 1
            if value is not None and spent and "part.total" in kinds and not self.draft.funding:
                self._amount("", "budget_adjusted", value, cell)  # 年度资金总额 | 118.5 | 实际支出 | 110.2
            elif value is not None:
                amounts += self._pair(kinds, cell, value, amounts)

    def _pair(self, kinds: tuple[str, ...], label: Cell, value: Cell, amounts: int) -> bool:
        """One label with its value; True where it was the amount of a part (``amounts``: how many of them the row had before)."""
        field = next((kind[6:] for kind in kinds if kind.startswith("field.")), "")
        money = next((kind[6:] for kind in kinds if kind.startswith("money.")), "")
        if not field and "column.actual" in kinds and "goal" in self.draft.fields and not self.draft.indicators:
            field = "result"  # 实际完成情况 beneath the goal
        if field:
            if field in _STARTS:
                self._start(field)
            if field not in self.draft.fields or not self.draft.fields[field].text:
                self.draft.fields[field] = value
            self.draft.cover(label)
            self.draft.cover(value)
        elif money in ("budget_initial", "budget_adjusted", "executed", "rate"):
            self._amount("", money, value, label)
        elif any(kind.startswith("part.") for kind in kinds):
            known = [phase for phase in ("budget_initial", "budget_adjusted", "executed") if any(phase in one.cells for one in self.draft.funding)]
            if known:
                part = "" if "part.total" in kinds else bare(label.text)
                self._amount(part, known[min(amounts, len(known) - 1)], value, label)
                return True
        return False

    def _amount(self, part: str, key: str, value: Cell, label: Cell) -> None:
        known = next((one for one in self.draft.funding if one.part == part), None)
        if known is None:
            known = FundingDraft(part, {})
            self.draft.funding.append(known)
        known.cells.setdefault(key, value)
        self.draft.cover(label)
        self.draft.cover(value)


def _other_head(row: Row, head: Head) -> bool:
    """Whether a row under a list of money is the head of another table: words of its own over every column of figures."""
    laid = head.lay(row)
    over = [cell.text for key, cell in laid.items() if key != "project" and cell.text]
    words = [text for text in over if kind_of(text) == "text" and len(text) > 1]
    return len(words) > 1 and len(words) == len(over) == len(set(over)) and len(over) == len(head.places) - ("project" in head.places)


def _is_value(text: str) -> bool:
    """A word that is a label and can be a value as well."""
    return text in SCALE or text in QUALITATIVE or is_level1(text) or is_level2(text)
