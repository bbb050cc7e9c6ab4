"""The arithmetic of any table (表内勾稽): long tables, tables of every shape, and what chance or another definition makes of numbers."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

import gouji
from checks.outline_build import build
from documents import pdf_files, word_files
from documents.tilings import Tile
from documents.workbook_files import xlsx
from gouji.checks.tables.columns import laws_of
from gouji.checks.tables.grid import blocks_of
from gouji.checks.tables.relations import Relation
from gouji.checks.tables.suspects import suspicions
from gouji.checks.tables.totals import sums_of
from gouji.model.dossier import Dossier
from gouji.model.finding import Finding


def rows_of(rng: random.Random, count: int, every: int = 0) -> list[list[str]]:
    """A consistent table of towns: 到位 = 支出 + 结余, 支出率, 占比 and totals."""
    body: list[tuple[str, int, int]] = []
    for at in range(count):
        whole = rng.randrange(20_000, 900_000)
        body.append((f"第{at}镇", whole, rng.randrange(whole // 2, whole)))
    total = ("合计", sum(whole for _, whole, _ in body), sum(spent for *_, spent in body))
    rows = [["镇", "到位资金", "支出资金", "结余", "支出率", "占比"]]
    part: list[tuple[str, int, int]] = []
    for at, row in enumerate([*body, total]):
        if every and part and at % every == 0:
            rows.append(_printed(("小计", sum(r[1] for r in part), sum(r[2] for r in part)), total[1]))
            part = []
        part.append(row)
        rows.append(_printed(row, total[1]))
    return rows


def _printed(row: tuple[str, int, int], total: int) -> list[str]:
    name, whole, spent = row
    return [
        name,
        *(f"{Decimal(n) / 100:.2f}" for n in (whole, spent, whole - spent)),
        f"{Decimal(spent) * 100 / whole:.2f}%",
        f"{Decimal(whole) * 100 / total:.2f}%",
    ]


def dossier(rows: list[list[str]]) -> Dossier:
    return build(["表3 分镇资金情况", *("|| " + " | ".join(row) for row in rows)])


def relations(rows: list[list[str]]) -> list[Relation]:
    found: list[Relation] = []
    for block in blocks_of(dossier(rows).outline.paragraphs):
        found += [*sums_of(block), *laws_of(block)]
    return found


def judged(rows: list[list[str]]) -> list[Finding]:
    text = "\n".join("\t".join(row) for row in rows) + "\n"
    return [f for f in gouji.check(gouji.read(text.encode())).findings if f.rule == "table-figures"]


@pytest.mark.parametrize("seed", range(6))
def test_a_consistent_table_is_left_alone(seed: int) -> None:
    rows = rows_of(random.Random(seed), 5 + seed * 3, every=4 if seed % 2 else 0)
    assert all(relation.holds for relation in relations(rows))
    assert judged(rows) == []


@pytest.mark.parametrize("seed", range(12))
def test_two_digits_exchanged_in_an_amount_are_named_with_the_right_figure(seed: int) -> None:
    rng = random.Random(seed)
    rows = rows_of(rng, rng.randrange(4, 12))
    at, column = rng.randrange(1, len(rows)), rng.randrange(1, 4)
    right = rows[at][column]
    digits = [
        n
        for n in range(len(right) - 1)
        if right[n].isdigit() and right[n + 1].isdigit() and right[n] != right[n + 1] and (n or right[n + 1] != "0")
    ]
    place = rng.choice(digits)
    rows[at][column] = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    found = [f for f in judged(rows) if f.severity != "note"]
    assert len(found) == 1, [f.zh for f in found]
    assert found[0].found == rows[at][column]
    assert found[0].expected == right
    assert found[0].severity == "error"


def as_html(tiles: list[Tile]) -> bytes:
    rows: dict[int, list[str]] = {}
    for row, _, height, width, words in tiles:
        rows.setdefault(row, []).append(f"<td rowspan={height} colspan={width}>{words}</td>")
    return ("<html><meta charset=utf-8><p>资金情况表</p><table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values()) + "</table>").encode()


def as_word(tiles: list[Tile]) -> bytes:
    rows: dict[int, list[tuple[int, str]]] = {}
    for row, column, height, width, words in tiles:
        rows.setdefault(row, []).append((column, word_files.cell(words, columns=width, merge="restart" if height > 1 else None)))
        for more in range(1, height):
            rows.setdefault(row + more, []).append((column, word_files.cell("", columns=width, merge="continue")))
    body = [word_files.paragraph(word_files.run("资金情况表")), word_files.table(*([cell for _, cell in sorted(cells)] for _, cells in sorted(rows.items())))]
    return word_files.docx(*body)


def as_pdf(tiles: list[Tile]) -> bytes:
    columns = max(column + width for _, column, _, width, _ in tiles)
    rows = max(row + height for row, _, height, _, _ in tiles)
    drawing = pdf_files.table([40 + 85.0 * n for n in range(columns + 1)], [700 - 22.0 * n for n in range(rows + 1)], tiles)
    return pdf_files.drawn_pdf(drawing, size=(700, 800))


def as_text(tiles: list[Tile]) -> bytes:
    rows: dict[int, list[str]] = {}
    for row, column, height, width, words in tiles:
        for at in range(row, row + height):
            rows.setdefault(at, [""] * 6)[column : column + width] = [words if at == row else ""] + [""] * (width - 1)
    return ("资金情况表\n" + "\n".join("\t".join(cells) for cells in rows.values()) + "\n").encode()


@pytest.mark.parametrize("write", [as_html, as_word, as_pdf, as_text, xlsx], ids=lambda write: write.__name__)
def test_tables_of_every_format_are_judged(write: Callable[[list[Tile]], bytes]) -> None:
    rows = rows_of(random.Random(23), 6)
    tiles: list[Tile] = [(0, 0, 2, 1, "镇"), (0, 1, 1, 3, "资金（万元）"), (0, 4, 2, 1, "支出率"), (0, 5, 2, 1, "占比")]
    tiles += [(1, 1, 1, 1, "到位"), (1, 2, 1, 1, "支出"), (1, 3, 1, 1, "结余")]
    tiles += [(at, column, 1, 1, words) for at, row in enumerate(rows[1:], 2) for column, words in enumerate(row)]
    right = rows[3][3]
    wrong = ("3" if right[0] != "3" else "5") + right[1:]
    assert not [f.zh for f in gouji.check(gouji.read(write(tiles))).findings if f.rule == "table-figures"]
    slipped = [(*tile[:4], wrong if tile[4] == right else tile[4]) for tile in tiles]
    (finding,) = [f for f in gouji.check(gouji.read(write(slipped))).findings if f.rule == "table-figures"]
    assert (finding.found, finding.expected, finding.severity) == (wrong, right, "error")
    assert "结余" in finding.zh


def test_what_a_long_table_costs_grows_with_its_rows() -> None:
    """No relation is asked more often than once a row, and no total looks at more than its own rows but for a few."""
    counts = []
    for count in (1000, 4000):
        rows = rows_of(random.Random(3), count, every=10)
        found = relations(rows)
        counts.append((len(found), sum(len(relation.cells) for relation in found)))
    assert counts[1][0] < counts[0][0] * 4.5
    assert counts[1][1] < counts[0][1] * 4.5


def test_one_slip_in_thousands_of_rows_is_one_suspicion() -> None:
    rows = rows_of(random.Random(5), 3000)
    right = rows[2100][2]
    rows[2100][2] = f"{Decimal(right) + 30:.2f}"
    found = relations(rows)
    block = next(blocks_of(dossier(rows).outline.paragraphs))
    causes = suspicions(block, found)
    assert len(causes) == 1
    assert block.words(causes[0].mends[0].value, causes[0].mends[0].number.column) == right


def test_random_figures_keep_no_law() -> None:
    """What chance relates is no relation: three hundred tables of unrelated numbers."""
    rng = random.Random(11)
    for _ in range(300):
        width, top = rng.randrange(2, 7), rng.choice((9, 60, 400, 90_000))
        head = ["项目", *(rng.choice(("合计", "数量", "金额", "完成率", "计划")) for _ in range(width))]
        rows = [head, *([f"第{n}项", *(str(rng.randrange(top)) for _ in range(width))] for n in range(rng.randrange(3, 9)))]
        for block in blocks_of(dossier(rows).outline.paragraphs):
            assert not [relation.formula for relation in laws_of(block) if not relation.holds]


TWO_LISTS = """附表1 2023年度资金执行情况表（单位：万元）

项目	年初预算	全年预算	执行数	执行率（%）
基本支出	812.40	845.60	845.60	100.00
项目支出	1360.00	1502.35	1420.18	94.53
合计	2172.40	2347.95	2265.78	96.50

附表2 近三年支出与灌溉面积

年度	支出总额（万元）	其中：基本支出（万元）	其中：项目支出（万元）	灌溉面积（万亩）
2021年	1987.20	790.15	1197.05	35.2
2022年	2101.46	801.33	1300.13	36.8
2023年	2265.78	845.60	1420.18	38.1
合计	6354.44	2437.08	3917.36	110.1
"""


@pytest.mark.parametrize("between", ["附表2 近三年支出与灌溉面积\n", ""])
def test_a_head_of_its_own_begins_another_table(between: str) -> None:
    text = TWO_LISTS.replace("附表2 近三年支出与灌溉面积\n", between)
    read = gouji.read(text.encode())
    assert [row.name.text for row in read.listed] == ["基本支出", "项目支出", "合计"]
    assert [f.zh for f in gouji.check(read).findings if f.severity != "note"] == []


def test_a_rate_that_is_wrong_in_most_rows_is_another_rate() -> None:
    rows = ["项目\t全年预算\t执行数\t执行率（%）", "渠道衬砌\t640.00\t612.35\t88.20", "泵站改造\t520.00\t498.71\t91.40", "量水设施\t300.00\t285.16\t76.50"]
    text = "附表3 2023年项目资金执行情况表（单位：万元）\n\n" + "\n".join(rows) + "\n"
    assert [f.zh for f in gouji.check(gouji.read(text.encode())).findings if f.severity != "note"] == []
    right = text.replace("88.20", "95.68").replace("76.50", "95.05").replace("91.40", "95.19")
    found = [f.zh for f in gouji.check(gouji.read(right.encode())).findings if f.severity != "note"]
    assert found
    assert all("95.19" in zh and "95.91" in zh for zh in found)


VEHICLES = [
    ["项目", "预算数", "决算数", "上年决算数"],
    ["因公出国（境）费", "0", "0", "0"],
    ["公务接待费", "6", "2.47", "3.05"],
    ["公务用车购置及运行费", "96", "93.76", "61.20"],
    ["其中：公务用车运行维护费", "60", "57.84", "61.20"],
    ["公务用车购置费", "36", "35.92", ""],
    ["总计", "102", "96.23", "64.25"],
]


def test_all_rows_behind_among_are_parts_of_the_row_above_it() -> None:
    assert not judged(VEHICLES)
    slipped = [*VEHICLES[:-1], ["总计", "102", "96.32", "64.25"]]
    assert [finding.severity for finding in judged(slipped)] == ["warning"]


def test_rows_behind_among_that_do_not_make_up_the_row_above_are_left_alone() -> None:
    rows = [row[:] for row in VEHICLES]
    rows[5][1] = "30"  # 其中 names some of its parts
    assert not [finding for finding in judged(rows) if finding.severity != "note"]


def test_points_have_no_slack() -> None:
    rows = [["项目", "投入", "过程", "产出", "效果", "合计"], ["分值", "10", "35", "25", "30", "100"], ["得分", "10", "32.5", "23", "27", "92.5"]]
    assert not judged(rows)
    assert [finding.severity for finding in judged([*rows[:2], [*rows[2][:-1], "93.5"]])] == ["warning"]


def test_a_row_that_leaves_blank_cells_out_breaks_nothing() -> None:
    rows = [["收入", "行次", "金额", "支出", "行次", "金额"], ["拨款", "1", "90.00", "教育", "31", "60.00"], ["事业收入", "2", "10.00", "住房", "32", "30.00"],
            ["其他收入", "3", "卫生", "33", "10.00"], ["合计", "4", "100.00", "合计", "34", "100.00"]]  # fmt: skip
    assert not judged(rows)


ASSETS = ("项目 行次 资产总额 流动资产 固定资产小计 房屋 车辆 其他固定资产 无形资产", "栏次 1 2 3 4 5 6 7", "合计 1 960.18 310.45 640.53 520.30 88.13 32.10 9.20")
NOTE = "填报说明：1.资产总额=流动资产+固定资产+无形资产；2.固定资产=房屋+车辆+其他固定资产。"


def below(*lines: str) -> list[Finding]:
    text = "\n".join(("某县水利站2022年度单位决算", "国有资产占用情况表", *lines, ""))
    return [f for f in gouji.check(gouji.read(text.encode())).findings if f.rule == "table-figures" and f.severity != "note"]


def test_a_sum_that_a_note_below_the_table_tells_is_asked_of_its_rows() -> None:
    slipped = ASSETS[2].replace("640.53", "604.53")
    assert not below(*ASSETS, NOTE)
    (found,) = below(*ASSETS[:2], slipped, NOTE)
    assert (found.found, found.expected) == ("604.53", "640.53")
    assert "表下所注" in found.zh
    assert not below(*ASSETS[:2], slipped)


@pytest.mark.parametrize(
    "note",
    [
        "注：资产总额=流动资产+固定资产+在建工程。",  # no such column
        "注：固定资产包括房屋、车辆和其他固定资产。",
        "流动资产+固定资产=资产总额，以决算报表为准。",  # no note
        "注：得分=分值×完成率。",
        "注：资产总额=流动资产+流动资产+固定资产。",
    ],
)
def test_notes_that_tell_no_sum_of_columns_are_left_alone(note: str) -> None:
    assert not below(*ASSETS[:2], ASSETS[2].replace("640.53", "604.53"), note)


def test_a_note_that_most_rows_break_speaks_of_something_else() -> None:
    rows = ("单位 合计 在编 编外 退休", "甲站 30 21 5 9", "乙站 18 12 4 6", "丙站 25 16 5 9")  # 合计 without 编外
    assert not below(*rows, "注：合计=在编+编外。")
