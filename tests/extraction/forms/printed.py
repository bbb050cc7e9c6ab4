"""Fictitious forms and every way to print them: grids of four file formats, a cell a line, a row a line, torn fragments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from documents.pdf_files import drawn_pdf
from documents.pdf_files import table as ruled
from documents.tilings import Tile
from documents.word_files import cell, docx, table
from documents.workbook_files import xlsx
from gouji.documents.blocks import Document
from gouji.documents.reading import read_document
from gouji.extraction.forms import FormReading, read_forms
from gouji.extraction.identity import first_look
from gouji.extraction.outline import build_outline
from gouji.model.records import Project
from gouji.standards import jurisdiction_of, load

Line = tuple[str, ...]


@dataclass(frozen=True)
class FormText:
    """What a form prints. ``money``: part, initial, adjusted, executed, weight, rate, score. ``rows``: level 1, level 2, name, sign, target,
    unit, actual, weight, score, reason; points are empty in a form without weights."""

    name: str
    authority: str
    unit: str
    money: tuple[Line, ...]
    goal: str
    result: str
    rows: tuple[Line, ...]
    total: tuple[str, str] = ("100", "100")
    code: str = ""
    texts: tuple[str, str, str] = field(default=("", "", ""))


def ministry(form: FormText) -> list[Tile]:
    """The layout of 财预〔2020〕10号: points before the rate, sign, figure and unit of a target in one cell."""
    tiles: list[Tile] = [(0, 0, 1, 9, "项目支出绩效自评表"), (1, 0, 1, 9, "（2024年度）"), (2, 0, 1, 2, "项目名称"), (2, 2, 1, 7, form.name)]
    tiles += [(3, 0, 1, 2, "主管部门"), (3, 2, 1, 3, form.authority), (3, 5, 1, 2, "实施单位"), (3, 7, 1, 2, form.unit)]
    high = len(form.money) + 1
    tiles += [(4, 0, high, 2, "项目资金（万元）"), (4, 2, 1, 1, ""), (4, 3, 1, 1, "年初预算数"), (4, 4, 1, 1, "全年预算数"), (4, 5, 1, 1, "全年执行数")]
    tiles += [(4, 6, 1, 1, "分值"), (4, 7, 1, 1, "执行率"), (4, 8, 1, 1, "得分")]
    for at, (part, *amounts) in enumerate(form.money, 5):
        tiles.append((at, 2, 1, 1, part or "年度资金总额"))
        tiles += [(at, column, 1, 1, text) for column, text in enumerate(amounts, 3)]
    at = 4 + high
    tiles += [(at, 0, 2, 1, "年度总体目标"), (at, 1, 1, 4, "预期目标"), (at, 5, 1, 4, "实际完成情况")]
    tiles += [(at + 1, 1, 1, 4, form.goal), (at + 1, 5, 1, 4, form.result)]
    at += 2
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    tiles.append((at, 0, len(form.rows) + 1, 1, "绩效指标"))
    tiles += [(at, column, 1, 1, text) for column, text in enumerate(heads, 1)]
    for row, texts in enumerate(form.rows, at + 1):
        level1, level2, name, sign, target, unit, actual, weight, score, reason = texts
        tiles += [(row, 3, 1, 1, name), (row, 4, 1, 1, ("" if sign == "定性" else sign) + target + unit)]
        tiles += [(row, column, 1, 1, text) for column, text in enumerate((actual, weight, score, reason), 5)]
        _merge_level(tiles, form.rows, row - at - 1, at + 1, 1, level1, 0)
        _merge_level(tiles, form.rows, row - at - 1, at + 1, 2, level2, 1)
    at += len(form.rows) + 1
    tiles += [(at, 0, 1, 6, "总分"), (at, 6, 1, 1, form.total[0]), (at, 7, 1, 1, form.total[1]), (at, 8, 1, 1, "")]
    return tiles


def sichuan(form: FormText) -> list[Tile]:
    """The Sichuan layout: sign, figure and unit in columns of their own, the rate before the points, conclusions at the end."""
    tiles: list[Tile] = [(0, 0, 1, 11, "部门预算项目支出绩效自评表（2024年度）"), (1, 0, 1, 2, "项目名称"), (1, 2, 1, 9, f"{form.code}-{form.name}" if form.code else form.name)]
    tiles += [(2, 0, 1, 2, "主管部门"), (2, 2, 1, 4, form.authority), (2, 6, 1, 2, "实施单位（盖章）"), (2, 8, 1, 3, form.unit)]
    tiles += [(3, 0, 2, 1, "项目基本情况"), (3, 1, 2, 1, "1.项目年度目标完成情况"), (3, 2, 1, 4, "项目年度目标"), (3, 6, 1, 5, "年度目标完成情况")]
    tiles += [(4, 2, 1, 4, form.goal), (4, 6, 1, 5, form.result)]
    high = len(form.money) + 1
    heads = ("年度预算数（万元）", "年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分")
    tiles.append((5, 0, high, 1, "预算执行情况（10分）"))
    tiles += [(5, 1 + column, 1, 1, text) for column, text in enumerate(heads)]
    tiles.append((5, 8, 1, 3, "原因"))
    for at, (part, initial, adjusted, executed, weight, rate, score) in enumerate(form.money, 6):
        tiles += [(at, 1 + column, 1, 1, text) for column, text in enumerate((part or "总额", initial, adjusted, executed, rate, weight, score))]
        tiles.append((at, 8, 1, 3, ""))
    at = 5 + high
    heads = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析")
    tiles.append((at, 0, len(form.rows) + 1, 1, "绩效指标（90分）"))
    tiles += [(at, column, 1, 1, text) for column, text in enumerate(heads, 1)]
    for row, texts in enumerate(form.rows, at + 1):
        tiles += [(row, column, 1, 1, text) for column, text in enumerate(texts[2:], 3)]
        _merge_level(tiles, form.rows, row - at - 1, at + 1, 1, texts[0], 0)
        _merge_level(tiles, form.rows, row - at - 1, at + 1, 2, texts[1], 1)
    at += len(form.rows) + 1
    tiles += [(at, 0, 1, 8, "合计"), (at, 8, 1, 1, form.total[0]), (at, 9, 1, 1, form.total[1]), (at, 10, 1, 1, "")]
    for label, text in zip(("评价结论", "存在问题", "改进措施"), form.texts, strict=True):
        at += 1
        tiles += [(at, 0, 1, 1, label), (at, 1, 1, 10, text)]
    return tiles


def _merge_level(tiles: list[Tile], rows: tuple[Line, ...], at: int, base: int, column: int, text: str, depth: int) -> None:
    """A level's cell over all rows that share it."""
    path = rows[at][: depth + 1]
    if at and rows[at - 1][: depth + 1] == path:
        return
    stop = at
    while stop < len(rows) and rows[stop][: depth + 1] == path:
        stop += 1
    tiles.append((base + at, column, stop - at, 1, text))


LAYOUTS = {"ministry": ministry, "sichuan": sichuan}


# -- ways to print --------------------------------------------------------------------------------------------------


def as_html(tiles: list[Tile]) -> bytes:
    """A web page with one table."""
    rows = [
        "".join(f"<td rowspan={high} colspan={wide}>{escape(text)}</td>" for _, _, high, wide, text in _row(tiles, at)) for at in range(_height(tiles))
    ]
    return ("<!DOCTYPE html><meta charset=utf-8><table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>").encode()


def as_docx(tiles: list[Tile]) -> bytes:
    """A Word file; a cell merged from above is a cell that continues."""
    rows = []
    for at in range(_height(tiles)):
        covered = [(column, cell("", columns=wide, merge="continue")) for row, column, high, wide, _ in tiles if row < at < row + high]
        own = [(column, cell(text, columns=wide, merge="restart" if high > 1 else None)) for _, column, high, wide, text in _row(tiles, at)]
        rows.append([xml for _, xml in sorted(covered + own)])
    return docx(table(*rows))


def as_xlsx(tiles: list[Tile]) -> bytes:
    """A workbook."""
    return xlsx(tiles)


def as_cells(tiles: list[Tile]) -> bytes:
    """A cell a line, led by a tab; a blank line ends a row; a cell merged from above is blank."""
    lines: list[str] = []
    for at in range(_height(tiles)):
        covered = [(column, "") for row, column, high, _, _ in tiles if row < at < row + high]
        own = [(column, text) for _, column, _, _, text in _row(tiles, at)]
        lines += ["\t" + text for _, text in sorted(covered + own)] + [""]
    return "\n".join(lines).encode()


def as_rows(tiles: list[Tile]) -> bytes:
    """A row a line, cells parted by tabs; every merged cell leaves blanks."""
    width = max(column + wide for _, column, _, wide, _ in tiles)
    lines = []
    for at in range(_height(tiles)):
        fields = [""] * width
        for _, column, _, _, text in _row(tiles, at):
            fields[column] = text.replace("\n", "")  # a row is one line
        lines.append("\t".join(fields))
    return "\n".join(lines).encode()


def as_torn(tiles: list[Tile], width: int = 12) -> bytes:
    """Fragments: cut at every change between words, figures and signs and at the ends of lines; blank cells leave nothing."""
    pieces: list[str] = []
    for at in range(_height(tiles)):
        for _, _, _, wide, text in _row(tiles, at):
            for line in _wrapped(text, width * wide):
                pieces += re.findall(r"[一-鿿]+|[0-9A-Za-z][0-9A-Za-z.,]*%?|[^一-鿿0-9A-Za-z\s]", line)
    return "\n\n".join(pieces).encode()


def _wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)] if re.fullmatch(r"[一-鿿]+", text) else [text]


def _row(tiles: list[Tile], at: int) -> list[Tile]:
    return sorted(tile for tile in tiles if tile[0] == at)


def _height(tiles: list[Tile]) -> int:
    return max(row + high for row, _, high, _, _ in tiles)


def as_spaced(tiles: list[Tile]) -> bytes:
    """A row a line, cells parted by blanks, as text copied from a page without rules; blank cells leave nothing."""
    return "\n".join("  ".join(text for *_, text in _row(tiles, at) if text) for at in range(_height(tiles))).encode()


def as_pdf(tiles: list[Tile]) -> bytes:
    """A page with a ruled table."""
    width, high = max(column + wide for _, column, _, wide, _ in tiles), _height(tiles)
    xs, ys = [20.0 + 90 * at for at in range(width + 1)], [30.0 * (high + 1) - 30 * at for at in range(high + 1)]
    return drawn_pdf(ruled(xs, ys, list(tiles)), size=(int(xs[-1]) + 20, int(ys[0]) + 30))


WAYS = {"html": as_html, "docx": as_docx, "xlsx": as_xlsx, "cells": as_cells, "rows": as_rows, "torn": as_torn, "pdf": as_pdf, "spaced": as_spaced}


def reading(data: bytes, name: str = "自评表") -> tuple[FormReading, Document]:
    """What is read of a file."""
    document = read_document(data, name=name)
    _, year, jurisdiction = first_look(document)
    outline, _ = build_outline(document, load(jurisdiction or "cn", year), jurisdiction_of)
    return read_forms(document, outline, year or 2024, 0), document


def back(project: Project, layout: str) -> FormText:
    """A record as the text of a form, to be held against what was printed."""
    ministerial = layout == "ministry"
    money = tuple(
        (row.part, *(getattr(row, key).text or "" for key in ("budget_initial", "budget_adjusted", "executed", "weight", "rate", "score")))
        for row in project.funding
    )
    rows = tuple(
        (
            one.level1,
            one.level2,
            one.name,
            one.operator.text or ("定性" if ministerial else ""),
            *(getattr(one, key).text or "" for key in ("target", "unit", "actual", "weight", "score", "reason")),
        )
        for one in project.indicators
    )
    total = (project.total_weight.text or "", project.total_score.text or "")
    texts = ("", "", "") if ministerial else (project.conclusion.text or "", project.problems.text or "", project.measures.text or "")
    return FormText(
        project.name.text or "", project.authority.text or "", project.unit.text or "", money, project.goal.text or "", project.result.text or "",
        rows, total, project.code.text or "", texts,
    )  # fmt: skip
