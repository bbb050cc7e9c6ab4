"""Tables as others print them: what is not certain carries its doubt, what is unknown keeps its words, nothing is read twice."""

from __future__ import annotations

from html import escape

import gouji
from gouji.documents import read_document
from gouji.extraction.read import read_dossier
from gouji.extraction.statements.lines import NO_CODE, NO_NAME, UNKNOWN
from gouji.extraction.statements.read import SPANS, TWICE, UNREADABLE
from gouji.model.dossier import Dossier
from gouji.model.fact import Fact

HEAD = "<h1>泸县数据服务中心2023年度部门决算</h1>"


def rows(*lines: str) -> str:
    """A table with a cell for each piece between bars; ``甲*2`` spans two columns."""
    made = []
    for line in lines:
        cells = []
        for piece in line.split("|"):
            words, _, wide = piece.strip().partition("*")
            cells.append(f"<td colspan={wide or 1}>{escape(words)}</td>")
        made.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(made)}</table>"


def read(*body: str) -> Dossier:
    page = f"<html><meta charset=utf-8><body>{HEAD}{''.join(body)}</body></html>"
    return read_dossier(read_document(page.encode(), name="决算.html"))[0]


def facts(dossier: Dossier) -> dict[str, Fact]:
    return {fact.figure.printed: fact for fact in dossier.facts}


EXPENDITURE = "科目编码|科目名称|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出"


def test_a_column_that_no_layout_knows_keeps_its_title_and_gives_no_fact() -> None:
    dossier = read("<p>支出决算表</p>", rows(EXPENDITURE + "|其中：培训", "201|一般公共服务支出|10.00|6.00|4.00||||1.23"))
    (statement,) = dossier.statements
    assert statement.columns[-1] == "其中：培训"
    assert statement.rows[0].cells[-1].text == "1.23"
    assert statement.rows[0].cells[-1].fact is None
    assert set(facts(dossier)) == {"10.00", "6.00", "4.00"}


def test_blank_cells_stay_blank_and_a_dash_is_no_number() -> None:
    dossier = read("<p>支出决算表</p>", rows(EXPENDITURE, "201|一般公共服务支出|10.00||—|||"))
    assert [cell.text for cell in dossier.statements[0].rows[0].cells] == ["10.00", "", "—", "", "", ""]
    assert not any(cell.doubt for cell in dossier.statements[0].rows[0].cells)


def test_a_name_without_its_code_is_found_beneath_the_one_above_with_doubt() -> None:
    dossier = read("<p>支出决算表</p>", rows(EXPENDITURE, "201|一般公共服务支出|10.00|10.00||||", "20103|政府办公厅（室）及相关机构事务|10.00|10.00||||", "|行政运行|9.00|9.00||||"))
    fact = dossier.facts[-1]
    assert dict(fact.key.dimensions)["function"] == "2010301"
    assert fact.figure.doubt == NO_CODE


def test_a_code_without_a_name_and_an_unknown_line_carry_doubt() -> None:
    dossier = read("<p>支出决算表</p>", rows(EXPENDITURE, "201||10.00|10.00||||", "|说不清的一行|9.00|||||"))
    first, second = dossier.statements[0].rows
    assert {cell.doubt for cell in first.cells if cell.text} == {NO_NAME}
    assert second.cells[0].doubt == UNKNOWN
    assert second.cells[0].fact is None


def test_a_cell_over_two_columns_is_read_with_doubt_and_breaks_no_law() -> None:
    dossier = read("<p>支出决算表</p>", rows(EXPENDITURE, "201|一般公共服务支出|10.00|6.00*2|||", "204|公共安全支出|10.00|不详|4.00|||"))
    assert dossier.statements[0].rows[0].cells[1].doubt == SPANS
    assert dossier.statements[0].rows[1].cells[1].doubt == UNREADABLE
    assert not [finding for finding in gouji.check(dossier).findings if finding.severity == "error"]


def test_a_statement_that_goes_on_under_its_title_is_one() -> None:
    dossier = read(
        "<p>支出决算表</p>", rows(EXPENDITURE, "|合计|10.00|6.00|4.00|||", "201|一般公共服务支出|6.00|6.00||||"),
        "<p>支出决算表（续表）</p>", rows(EXPENDITURE, "204|公共安全支出|4.00||4.00|||"),
    )  # fmt: skip
    (statement,) = dossier.statements
    assert [row.code for row in statement.rows] == ["", "201", "204"]
    assert len(dossier.facts) == 7


def test_columns_that_go_on_in_a_further_table_are_put_beside() -> None:
    dossier = read(
        "<p>支出决算表</p>", rows("科目编码|科目名称|本年支出合计|基本支出", "|合计|10.00|6.00", "201|一般公共服务支出|10.00|6.00"),
        "<p>支出决算表</p>", rows("科目编码|科目名称|项目支出|经营支出", "|合计|4.00|", "201|一般公共服务支出|4.00|"),
    )  # fmt: skip
    (statement,) = dossier.statements
    assert statement.columns == ("本年支出合计", "基本支出", "项目支出", "经营支出")
    assert [[cell.text for cell in row.cells] for row in statement.rows] == [["10.00", "6.00", "4.00", ""]] * 2


def test_the_same_statement_again_gives_no_second_facts() -> None:
    table = rows(EXPENDITURE, "|合计|10.00|6.00|4.00|||", "201|一般公共服务支出|10.00|6.00|4.00|||")
    other = rows(EXPENDITURE, "|合计|99.00|60.00|39.00|||", "201|一般公共服务支出|99.00|60.00|39.00|||")
    dossier = read("<p>支出决算表</p>", table, "<p>下属甲中心</p><p>支出决算表</p>", other)
    assert [statement.doubt for statement in dossier.statements] == [None, TWICE]
    assert len(dossier.facts) == 6


def test_class_section_and_item_may_stand_in_columns_of_their_own_and_be_printed_once() -> None:
    table = rows(
        "项目*4|合计|基本支出|项目支出", "支出功能分类科目编码*3|科目名称|||", "类|款|项||||",
        "201|||一般公共服务支出|10.00|10.00|", "|03||政府办公厅（室）及相关机构事务|10.00|10.00|", "||01|行政运行|10.00|10.00|",
    )  # fmt: skip
    dossier = read("<p>一般公共预算财政拨款支出决算表</p>", table)
    assert [row.code for row in dossier.statements[0].rows] == ["201", "20103", "2010301"]


def test_money_in_yuan_is_yuan() -> None:
    dossier = read("<p>支出决算表</p><p>金额单位：元</p>", rows(EXPENDITURE, "|合计|1,234.50|1,234.50||||"))
    assert dossier.facts[0].figure.unit == "元"
    assert str(dossier.facts[0].figure.value) == "1234.50"


def test_heads_in_another_order_are_known_by_their_words() -> None:
    table = rows("合计*2|因公出国（境）费*2|公务接待费*2", "预算数|决算数|预算数|决算数|预算数|决算数", "3.00|2.00|||3.00|2.00")
    dossier = read("<p>财政拨款“三公”经费支出决算表</p>", table)
    keys = {(fact.key.concept, fact.key.phase, str(fact.figure.value)) for fact in dossier.facts}
    assert keys == {(concept, phase, value) for concept in ("three_public.total", "three_public.reception")
                    for phase, value in (("budget_adjusted", "3.00"), ("executed", "2.00"))}  # fmt: skip


def test_an_empty_statement_has_no_rows_and_keeps_its_sentence() -> None:
    table = rows("科目编码|科目名称|年初结转和结余|本年收入|本年支出|年末结转和结余", "|合计||||")
    dossier = read("<p>政府性基金预算财政拨款收入支出决算表</p>", table, "<p>注：本部门2023年度没有政府性基金收支，故本表无数据。</p>")
    (statement,) = dossier.statements
    assert statement.rows == ()
    assert statement.notes == ("本部门2023年度没有政府性基金收支，故本表无数据。",)


def test_another_table_is_no_statement() -> None:
    dossier = read("<p>政府采购支出情况表</p>", rows("项目|金额|备注", "货物|3.00|", "服务|4.00|"), "<p>收入决算表见附件</p>", rows("序号|名称", "1|甲"))
    assert dossier.statements == ()


def test_the_narrative_is_read_as_before_beside_statements() -> None:
    prose = "<h2>第二部分 2023年度部门决算情况说明</h2><h3>三、支出决算情况说明</h3><p>2023年度本年支出合计10.00万元，其中：基本支出6.00万元，占60%；项目支出4.00万元，占40%。</p>"
    table = rows(EXPENDITURE, "|合计|10.00|6.00|4.00|||", "201|一般公共服务支出|10.00|6.00|4.00|||")
    alone, both = read(prose), read(prose, "<h2>第五部分 附表</h2><p>三、支出决算表</p>", table)
    assert [fact.key for fact in both.facts[: len(alone.facts)]] == [fact.key for fact in alone.facts]
    assert len(both.facts) == len(alone.facts) + 6
    assert {token.state for token in both.outline.numbers if token.printed.endswith(".00")} == {"bound"}


def test_a_text_whose_heads_were_merged_is_not_read_a_column_off() -> None:
    """项目 over 科目编码 and 科目名称 is one cell in a text: the row of the total, which has no code, would stand one column to the left."""
    rows = (
        "项目\t本年支出合计\t基本支出\t项目支出", "科目编码\t科目名称", "栏次\t1\t2\t3", "合计\t973.31\t423.35\t549.96",
        "201\t一般公共服务支出\t722.58\t172.62\t549.96", "208\t社会保障和就业支出\t250.73\t250.73\t0.00",
    )  # fmt: skip
    text = "云门县档案局2023年度部门决算\n支出决算表\n部门：云门县档案局\t金额单位：万元\n" + "\n".join(rows) + "\n"
    read = gouji.read(text.encode())
    totals = {str(fact.figure.value) for fact in read.facts if fact.concept == "expenditure.total" and not fact.key.dimensions}
    assert "423.35" not in totals
    assert [finding.zh for finding in gouji.check(read).findings if finding.severity != "note"] == []
