"""Heads of tables inside forms (表头): which columns a row of labels names, and how later rows are laid under them."""

from __future__ import annotations

from dataclasses import dataclass

from gouji.extraction.forms.aligned import align
from gouji.extraction.forms.cells import Cell, Row, joined
from gouji.extraction.forms.labels import CODED_NAMES, CODES, LISTED, PROBLEMS, PROGRESS, TASKS, bare, is_level2, kinds_of

_MONEY = ("budget_initial", "budget_adjusted", "executed", "rate")
_RESULTS = frozenset(("field.result", "column.actual", "block.goals"))


@dataclass(slots=True)
class Head:
    """Columns by key with the place (column, width) of each. ``width``: cells of the whole row. ``level2``: the level that the head fixes."""

    places: dict[str, tuple[int, int]]
    width: int
    sure: bool
    level2: str = ""

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in sorted(self.places.items(), key=lambda item: item[1])]

    def lay(self, row: Row) -> dict[str, Cell]:
        """The cells of a row under their columns; a cell that covers several columns counts for the first of them."""
        found: dict[str, Cell] = {}
        if not (self.sure and row.sure):
            return {key: row.cells[column] for key, (column, _) in self.places.items() if column < len(row.cells)}
        seen: set[int] = set()
        for key in self.keys:
            column, width = self.places[key]
            for cell in row.cells:
                over = cell.column < column + width and column < cell.column + cell.columns
                if over and id(cell) not in seen and (key not in found or not found[key].text):
                    found[key] = cell
            if key in found and found[key].text:
                seen.add(id(found[key]))
        return found

    def lay_loosely(self, cells: list[Cell]) -> list[dict[str, Cell]]:
        """Rows of a run of cells that does not fit the width."""
        named = {column: key for key, (column, _) in self.places.items()}
        covered = {column + more for column, wide in self.places.values() for more in range(1, wide)}
        columns = [named.get(at, f"_{at}") for at in range(self.width) if at in named or at not in covered]
        rows = align(cells, columns, torn=False)
        return [{key: joined(pieces) for key, pieces in row.items() if key[0] != "_"} for row in rows]


def places_of(row: Row) -> list[tuple[Cell, int, int]]:
    """The cells of a row with column and width, by the table or by their order."""
    return [(cell, cell.column if row.sure else at, cell.columns if row.sure else 1) for at, cell in enumerate(row.cells)]


def indicator_head(row: Row, above: Row | None = None) -> Head | None:
    """The head of an indicator table or of a scored scheme, or None. ``above``: the row before it, where a head takes two rows."""
    places: dict[str, tuple[int, int]] = {}
    strangers = 0
    level2 = ""
    for cell, column, width in places_of(row):
        if not cell.text:
            continue
        kinds = kinds_of(cell.text)
        key = next((kind[7:] for kind in kinds if kind.startswith("column.")), "")
        if key == "name" and "name" in places:
            continue
        if key and key not in places:
            places[key] = (column, width)
        elif cell.text in LISTED:
            places.setdefault("project", (column, width))
        elif not kinds and is_level2(cell.text) and not level2:
            level2 = cell.text
            places.setdefault("name", (column, width))
        elif not key and not any(kind.startswith(("block.", "field.")) for kind in kinds):
            strangers += 1
    if above is not None and {"level1", "level2", "name"} & set(places) and not {"target", "actual", "score", "weight"} & set(places):
        _add_above(places, row, above)
    keys = set(places)
    named = keys & {"level1", "level2", "name"}
    valued = keys & {"target", "actual", "score", "weight"}
    if not named or len(keys) < 3 or not valued or strangers > 2 or not (named - {"name"} or {"target", "score"} & keys):
        return None
    if "name" not in places:
        last = max(named, key=lambda key: places[key])  # the last level there is holds the names
        places["name"] = places.pop(last)
    if "level2" in places and "level1" not in places:
        before = [(column, width) for cell, column, width in places_of(row) if not cell.text and column + width == places["level2"][0]]
        if before:
            places["level1"] = before[-1]  # the corner of the head is blank
    width = max(len(row.cells), max(column + wide for column, wide in places.values()))
    return Head(places, width, row.sure, level2)


def _add_above(places: dict[str, tuple[int, int]], row: Row, above: Row) -> None:
    """Columns that the upper row of a head names over blank cells of the lower: by the table's columns, or counted from the right."""
    shift = 0 if row.sure and above.sure else len(row.cells) - len(above.cells)
    for cell, column, width in places_of(above):
        key = next((kind[7:] for kind in kinds_of(cell.text) if kind.startswith("column.") and kind != "column.name"), "")
        at = column + shift
        if key and key not in places and at >= 0 and all(not (c <= at < c + w) for c, w in places.values()):
            places[key] = (at, width)


def refined(head: Head, row: Row) -> Head | None:
    """The head with the columns that a second row of labels sets under one of its captions (指标完成情况 over 目标值 | 完成值)."""
    placed = [(cell, column, width) for cell, column, width in places_of(row) if cell.text]
    keys = [next((kind[7:] for kind in kinds_of(cell.text) if kind.startswith("column.")), "") for cell, _, _ in placed]
    if not keys or not all(keys) or len(set(keys)) < len(keys) or not {"target", "actual"} & set(keys) or head.sure != row.sure:
        return None
    first, last = placed[0][1], placed[-1][1] + placed[-1][2]
    if last - first != sum(width for _, _, width in placed):
        return None
    shift = 0 if head.sure else last - first - 1
    places = {key: (column + shift if column > first else column, width) for key, (column, width) in head.places.items()}
    places = {key: at for key, at in places.items() if key not in keys and not (at[0] < last and first < at[0] + at[1])}
    places |= {key: (column, width) for key, (_, column, width) in zip(keys, placed, strict=True)}
    return Head(places, head.width + shift, head.sure, head.level2)


def money_head(row: Row) -> Head | None:
    """The head of a money block: at least two of its columns side by side, and no values between."""
    places: dict[str, tuple[int, int]] = {}
    last, beside = -9, False
    strangers = 0
    for at, (cell, column, width) in enumerate(places_of(row)):
        if not cell.text:
            continue
        kinds = kinds_of(cell.text)
        key = next((kind[6:] for kind in kinds if kind.startswith("money.")), "")
        caption = any(kind.startswith("block.") for kind in kinds)
        if bare(cell.text) in LISTED and not places:
            places["project"] = (column, width)
        elif key and key not in places and not (caption and not set(places) - {"project"} and "project" not in places):
            if key in _MONEY:
                beside = beside or at == last + 1
            if key in _MONEY or key == "adjustment":
                last = at
            places[key] = (column, width)
        elif not caption and not any(kind.startswith("part.") for kind in kinds):
            strangers += 1
    if not beside or sum(key in places for key in _MONEY) < 2 or strangers > 3:
        return None
    return Head(places, len(row.cells), row.sure)


def parts_head(row: Row) -> Head | None:
    """A head that names the sources of the money side by side (资金总额 | 财政拨款 | 其他资金); the amounts stand in the next row."""
    places: dict[str, tuple[int, int]] = {}
    last, beside = -9, False
    for at, (cell, column, width) in enumerate(placed for placed in places_of(row) if placed[0].text):
        kinds = kinds_of(cell.text)
        if any(kind.startswith("part.") for kind in kinds):
            places[cell.text] = (column, width)
            beside = beside or at == last + 1
            last = at
        elif not kinds:
            return None
    return Head(places, len(row.cells), row.sure) if beside and len(places) >= 2 else None


def goals_head(row: Row) -> Head | None:
    """预期目标 | 实际完成情况 side by side, the texts in the next row."""
    before: tuple[Cell, int, int] | None = None
    for cell, column, width in places_of(row):
        if not cell.text:
            continue
        if before is not None and "field.goal" in kinds_of(before[0].text) and _RESULTS & set(kinds_of(cell.text)):
            return Head({"goal": before[1:], "result": (column, width)}, len(row.cells), row.sure)
        before = (cell, column, width)
    return None


def progress_head(row: Row) -> Head | None:
    """The head of a table of progress: points of the year, what was to be reached, what was reached."""
    places: dict[str, tuple[int, int]] = {}
    for cell, column, width in places_of(row):
        if not places and bare(cell.text) in PROGRESS:
            places["when"] = (column, width)
        elif places:
            key = next((kind[7:] for kind in kinds_of(cell.text) if kind in ("column.target", "column.actual", "column.reason")), "")
            if key:
                places.setdefault(key, (column, width))
    return Head(places, len(row.cells), row.sure) if {"when", "target", "actual"} <= set(places) else None


def problems_head(row: Row) -> Head | None:
    """提出的问题 | 整改情况, with the unit before and the material behind."""
    head = _worded(row, PROBLEMS)
    return head if head is not None and {"problem", "rectification"} <= set(head.places) else None


def tasks_head(row: Row) -> Head | None:
    """任务名称 | 主要内容, behind the caption 年度主要任务."""
    head = _worded(row, TASKS)
    return head if head is not None and {"task", "content"} <= set(head.places) else None


def _worded(row: Row, words: dict[str, tuple[str, ...]]) -> Head | None:
    places: dict[str, tuple[int, int]] = {}
    strangers = 0
    captions = [cell for cell in row.cells if cell.text]
    for cell, column, width in places_of(row):
        text = bare(cell.text)
        key = next((key for key, names in words.items() if text in names and key not in places), "")
        if key and not (cell is captions[0] and any(kind.startswith("block.") for kind in kinds_of(text)) and len(captions) > 2):
            places[key] = (column, width)
        elif text and cell is not captions[0]:
            strangers += 1
    return Head(places, len(row.cells), row.sure) if places and strangers <= 2 else None


def grouped_head(row: Row, above: Row | None) -> Head | None:
    """项目 | 资金来源 | 支出数 | 完成率 over 科目代码 | 科目名称 | 合计 | 财政拨款 | 合计 | 财政拨款: columns ``executed``, ``executed 财政拨款`` …"""
    if above is None or row.sure != above.sure:
        return None
    lower = places_of(row)
    if not any(bare(cell.text) in CODED_NAMES for cell, _, _ in lower):
        return None
    groups = _by_columns(lower, places_of(above)) if row.sure else _in_order(lower, places_of(above))
    places: dict[str, tuple[int, int]] = {}
    for upper, cells in groups:
        phase = _phase(upper.text)
        for cell, column, width in cells:
            text = bare(cell.text)
            if text in CODES:
                places.setdefault("code", (column, width))
            elif text in CODED_NAMES:
                places.setdefault("project", (column, width))
            elif phase in ("budget_initial", "budget_adjusted", "executed") and text:
                total = "part.total" in kinds_of(text)
                places.setdefault(phase if total else f"{phase} {text}", (column, width))
            elif phase and not text:
                places.setdefault(phase, (column, width))
    if "project" not in places or "executed" not in places or not {"budget_initial", "budget_adjusted"} & set(places):
        return None
    return Head(places, len(row.cells), row.sure)


_Placed = tuple[Cell, int, int]


def _phase(text: str) -> str:
    money = next((kind[6:] for kind in kinds_of(text) if kind.startswith("money.")), "")
    return "budget_adjusted" if bare(text) == "资金来源" else money


def _by_columns(lower: list[_Placed], upper: list[_Placed]) -> list[tuple[Cell, list[_Placed]]]:
    """The cells of the lower row beneath each of the upper; a cell that covers both rows stands for itself."""
    found = []
    for over, column, width in upper:
        beneath = [placed for placed in lower if column <= placed[1] < column + width]
        found.append((over, beneath or [(Cell("", (), over.start, over.line), column, width)]))
    return found


def _in_order(lower: list[_Placed], upper: list[_Placed]) -> list[tuple[Cell, list[_Placed]]]:
    """The same for rows whose widths are not printed: a group begins at each 合计, and each blank is one by itself."""
    groups: list[list[_Placed]] = []
    for placed in lower:
        if not groups or not placed[0].text or "part.total" in kinds_of(placed[0].text):
            groups.append([])
        groups[-1].append(placed)
    return [(over[0], cells) for over, cells in zip(upper, groups, strict=True)] if len(groups) == len(upper) else []
