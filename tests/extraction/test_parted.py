"""Tables in plain text whose cells only blanks part: a grid where every row is told, none where one is not."""

from __future__ import annotations

import pytest

import gouji
from gouji.documents import Document, read_document, tables_of
from gouji.extraction.lined import lined
from gouji.extraction.parted import with_tables
from gouji.extraction.titles import titles_of
from gouji.model.dossier import Dossier
from gouji.standards import load

BEFORE = "某县林业局2023年度部门决算说明\n二、资金使用情况\n各项目资金情况如下。\n"
BEHIND = "三、存在的问题\n部分项目进度偏慢，下一步将加强调度。\n"
HEAD = "项目 计划 已拨 未拨"
ROWS = ("油茶抚育 480.00 452.60 27.40", "防火林道 312.60 312.60 0.00", "合 计 792.60 765.20 27.40")


def text(*lines: str) -> str:
    return BEFORE + "\n".join(lines) + "\n" + BEHIND


def _with_tables(document: Document) -> Document:
    return with_tables(document, lined(document, titles_of(load("cn", 2023))))[0]


def grids(content: str) -> list[list[list[str]]]:
    document = _with_tables(read_document(content.encode()))
    return [[[cell.text if cell is not None else "" for cell in row] for row in table.grid()] for table in tables_of(document)]


def read(content: str) -> Dossier:
    return gouji.read(content.encode())


def told(content: str) -> list[str]:
    return [finding.rule for finding in gouji.check(read(content)).findings if finding.severity in ("error", "warning")]


@pytest.mark.parametrize("blank", [" ", "   ", "　"])
def test_rows_that_blanks_part_are_a_grid(blank: str) -> None:
    found = grids(text(HEAD.replace(" ", blank), *(row.replace(" ", blank) for row in ROWS)))
    assert [[cell.replace(blank, "") for cell in row] for row in found[0]][1:] == [
        ["油茶抚育", "480.00", "452.60", "27.40"],
        ["防火林道", "312.60", "312.60", "0.00"],
        ["合计", "792.60", "765.20", "27.40"],
    ]


def test_a_figure_that_breaks_its_row_and_its_column_is_named() -> None:
    assert told(text(HEAD, *ROWS)) == []
    assert told(text(HEAD, ROWS[0].replace("452.60", "425.60"), *ROWS[1:])) == ["table-figures"]


def test_the_canonical_text_stays_and_cells_point_into_it() -> None:
    content = text(HEAD, *ROWS)
    dossier = read(content)
    assert dossier.outline is not None
    assert dossier.outline.text == content
    cells = [paragraph for paragraph in dossier.outline.paragraphs if paragraph.cell is not None]
    assert [content[cell.canonical(0) : cell.end] for cell in cells[-4:]] == ["合 计", "792.60", "765.20", "27.40"]
    assert {cell.line for cell in cells} == {4, 5, 6, 7}


def test_a_total_has_no_number_and_few_rows_have_a_remark() -> None:
    found = grids(text(f"序号 {HEAD} 备注", f"1 {ROWS[0]}", f"2 {ROWS[1]} 全长6公里, 预留3%质保金", ROWS[2]))
    assert found[0][2] == ["2", "防火林道", "312.60", "312.60", "0.00", "全长6公里, 预留3%质保金"]
    assert found[0][3][:3] == ["", "合 计", "792.60"]


def test_a_dash_stands_for_a_remark_or_a_figure() -> None:
    found = grids(text("一级指标 分值 得分 扣分原因", "投入 15 15 —", "过程 30 28.5 采购滞后扣1分, 制度未修订扣0.5分", "合计 45 43.5 等级: 良"))
    assert [row[3] for row in found[0][1:]] == ["—", "采购滞后扣1分, 制度未修订扣0.5分", "等级: 良"]


def test_groups_of_rows_have_their_names_between() -> None:
    found = grids(text(HEAD, "一、造林类", ROWS[0], "二、设施类", ROWS[1], ROWS[2]))
    assert [row[0] for row in found[0]] == ["项目", "一、造林类", "油茶抚育", "二、设施类", "防火林道", "合 计"]
    assert told(text(HEAD, "一、造林类", ROWS[0], ROWS[1], ROWS[2])) == []  # no section of that number


def test_heads_over_several_columns() -> None:
    rows = ("甲站 30.00 20.00 10.00 28.00 19.00 9.00", "乙站 12.00 8.00 4.00 11.00 8.00 3.00")
    found = grids(text("单位 预算数 决算数", "合计 一般 基金 合计 一般 基金", *rows))
    assert found[0][0] == ["单位", "预算数", "预算数", "预算数", "决算数", "决算数", "决算数"]
    assert found[0][1][1:] == ["合计", "一般", "基金"] * 2
    assert grids(text("单位 预算数 决算数", "合计 一般 基金 小计 一般 其他", *rows)) == []  # 3 under each is a guess


SIDES = (
    "收入支出决算总表", "金额单位：万元", "收入 支出", "项目 行次 决算数 项目 行次 决算数", "栏次 1 栏次 2",
    "一、一般公共预算财政拨款收入 1 310.40 五、教育支出 36 300.15", "八、其他收入 8 2.60 八、社会保障和就业支出 39 9.85",
)  # fmt: skip
HALF = "十九、住房保障支出 50 3.00"
TOTALS = ("本年收入合计 27 313.00 本年支出合计 58 313.00", "总计 31 313.00 总计 62 313.00")


def test_a_statement_of_two_sides_is_read() -> None:
    content = text(*SIDES, HALF, *TOTALS)
    found = grids(content)
    assert found[0][0] == ["收入"] * 3 + ["支出"] * 3
    assert found[0][5] == ["", "", "", "十九、住房保障支出", "50", "3.00"]
    stated = {(fact.concept, dict(fact.key.dimensions).get("function", "")): str(fact.figure.value) for fact in read(content).facts}
    assert stated["expenditure.total", "221"] == "3.00"
    assert stated["income.total", ""] == "313.00"
    assert told(content) == []
    assert told(content.replace("300.15", "301.50")) != []


def test_half_a_row_that_may_stand_on_either_side_leaves_no_grid() -> None:
    assert grids(text(*SIDES[2:], "某项 9 3.00", *TOTALS))[0][5][3:] == ["", "", ""]  # 9 is of the left side only
    assert grids(text(*SIDES[2:], "某项 3.00 3.00", *TOTALS)) == []
    apart = [line.replace(" 36 ", " 2 ").replace(" 39 ", " 9 ") for line in SIDES[2:]]
    assert grids(text(*apart, "某项 11 3.00", *TOTALS)) == []


FALLEN = ("一级指标", "投入", "过程", "效果", "合计", "分值", "40", "35", "25", "100", "得分", "39.5", "30", "23", "92.5")


def test_a_table_fallen_to_one_cell_a_line() -> None:
    assert grids(text(*FALLEN)) == [[list(FALLEN[at : at + 5]) for at in (0, 5, 10)]]
    assert told(text(*FALLEN)) == []
    assert told(text(*FALLEN[:-1], "93.5")) == ["table-figures"]


@pytest.mark.parametrize(
    "lines",
    [
        (HEAD, ROWS[0], "防火林道 312.60 312.60", ROWS[2]),  # a blank cell
        (HEAD, ROWS[0], "苗木 5.00", ROWS[1], ROWS[2]),
        (HEAD, *ROWS, "其他 3.00"),  # a row behind the total
        ("项目 金额", *ROWS),  # fewer names than cells
        ("项目 计划 已拨 未拨 备注", *ROWS),  # a column that no row fills
        (HEAD, ROWS[0], "其中：", ROWS[1], ROWS[2]),
        (HEAD, ROWS[0], "续表", ROWS[1], ROWS[2]),
        (HEAD, ROWS[0], "该项目年内完工，", "防火林道 312.60 312.60 0.00", ROWS[2]),
        (HEAD, "油茶抚育 480.00万元 452.60万元 27.40", *ROWS[1:]),
        (HEAD, ROWS[0]),  # one row
        ROWS,  # no head
        (*FALLEN, "备注"),  # more cells than the rows told
        (*FALLEN[:7], *FALLEN[8:]),
        ("2023 年 本单位 收入 480.00 万元,", "2022 年 支出 452.60 万元,", "2021 年 结余 27.40 万元。"),
    ],
)
def test_what_is_not_told_is_no_grid(lines: tuple[str, ...]) -> None:
    assert grids(text(*lines)) == []
    assert "table-figures" not in told(text(*lines))


def test_forms_are_left_to_their_reader() -> None:
    lines = ("项目支出绩效自评表", "（2023年度）", "项目名称 油茶抚育", "主管部门 某县林业局 实施单位 某县林业站", "资金情况 年初预算数 全年预算数 全年执行数 分值 执行率 得分",
             "年度资金总额 480.00 480.00 452.60 10 94.29% 9.43", "其中：财政资金 480.00 480.00 452.60 — — —", "绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分",
             "产出指标 数量指标 抚育面积 ≥300亩 320亩 20 20", "效益指标 社会效益指标 带动就业 ≥50人 56人 30 30", "总分 100 99.43")  # fmt: skip
    assert grids(text(*lines)) == []


def test_a_table_of_indicators_that_stands_alone_is_no_form() -> None:
    rows = ("一级指标 决策 过程 产出 效益 合计", "权重 15 20 35 30 100", "得分 13.50 16.80 31.20 26.40 87.90", "得分率 90.00% 84.00% 89.14% 88.00% 87.90%")
    assert len(grids(text("表1 绩效评价得分情况表", *rows))) == 1
    assert told(text("表1 绩效评价得分情况表", *rows)) == []
    assert told(text("表1 绩效评价得分情况表", *rows[:3], rows[3].replace("89.14", "81.94"))) == ["table-figures"]


@pytest.mark.parametrize("content", ["a 1 2\n" + "\n" * 60_000, "甲\n" * 30_000 + "1 2", "甲\n1\n2\n" * 10_000, f"{HEAD}\n" * 20_000 + "1 2 3 甲", "甲" + " 1" * 60_000])
def test_long_files_lose_nothing(content: str) -> None:
    """How their cost grows is in ``benchmarks/growth.py``."""
    document = read_document(content.encode())
    made = _with_tables(document)
    assert made.text == document.text
    assert "".join("".join(made.text[block.start : block.end] for block in made.blocks).split()) == "".join(content.split())
