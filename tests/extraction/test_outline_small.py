"""Small texts: fragments, torn tables, chart labels, broken sentences, false headings."""

from __future__ import annotations

import pytest

from extraction.outline_samples import STANDARDS, document
from gouji.documents.blocks import Block, Document
from gouji.extraction.outline import build_outline
from gouji.model.figure import Cell
from gouji.model.outline import Outline, Paragraph


def outline_of(text: str, format: str = "txt") -> Outline:
    return build_outline(document(text, format), STANDARDS)[0]


def paragraphs(text: str, format: str = "txt") -> list[Paragraph]:
    return list(outline_of(text, format).paragraphs)


def roles(text: str) -> list[str]:
    return [section.role for section in outline_of(text).sections]


def test_a_bare_sentence_is_narrative() -> None:
    (paragraph,) = paragraphs("2023年度本年收入合计88.5万元。")
    assert (paragraph.kind, paragraph.region, paragraph.section, paragraph.whole) == ("prose", "narrative", -1, True)


def test_a_text_that_breaks_off_says_so() -> None:
    outline = outline_of("一、收入决算情况说明\n2023年度本年收入合计88.5万元，其中：一般公共预算财政拨款收入8")
    assert outline.truncated
    assert not outline.paragraphs[-1].whole
    identity = build_outline(document("一、收入决算情况说明\n2023年度本年收入合计88.5万元，其中：上级"), STANDARDS)[1]
    assert (identity.kind, identity.complete) == ("fragment", False)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2023年度本年收入合计90万元，其中：附属单", "位上缴收入0万元，占0%。"),
        ("8.社会保障和就业支出（类）抚恤（款）死亡抚恤（项）：", "支出决算为7.5万元，完成预算100%。"),
        ("23.资源勘探工业信息等支出（类）工业和信息产业监管（款）", "产业发展（项）：支出决算为2万元。"),
        ("本年度公务接待费支出决算为3.2", "万元，完成预算100%。"),
        ("组织对图书购置、文化惠民（含流动服务", "点建设）等项目开展了绩效评价。"),
        ("支出决算为5万元，完成预算62.5%，", "差额为尚未验收的设备款。"),
        ("支出决算为5万元，完成预算62.5%，决算数小于预算数的主要原因是：", "设备尚未验收。"),
    ],
)
def test_a_sentence_that_a_page_broke_is_one_paragraph(first: str, second: str) -> None:
    found = [p.text for p in paragraphs(f"{first}\n\n{second}") if p.kind != "heading"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一般公共服务（类）统计信息事务（款）行政运行（项）：支出决算为2万元，完成预算100%", "一般公共服务（类）组织事务（款）行政运行（项）：支出决算为3万元"),
        ("主要用于接待来访，共计支出8200元等", "（注：数据来源于财决附03表）"),
        ("2023年度政府性基金预算财政拨款支出0万元", "国有资本经营预算支出决算情况说明"),
        ("2023年度收、支总计均为90万元，比上年增加一成", "（图1：收、支决算总计变动情况图）（柱状图）"),
        ("纳入2023年度部门决算编制范围的二级预算单位包括：", "1.林泉区文化馆"),
        ("1.政策研究室", "2.公共服务科"),
        ("2023年度支出合计90万元。其中：", "人员经费60万元。"),
    ],
)
def test_what_is_separate_stays_separate(first: str, second: str) -> None:
    assert len(paragraphs(f"{first}\n\n{second}")) == 2


def test_pages_number_and_head_do_not_break_a_sentence() -> None:
    found = paragraphs("2023年度林泉区文化馆本年支出合计为九十余万元，其\n\n- 12 -\n\n中基本支出六十万元。")
    assert [p.text for p in found if p.kind == "prose"] == ["2023年度林泉区文化馆本年支出合计为九十余万元,其中基本支出六十万元。"]
    assert [p.kind for p in found if p.text == "-12-"] == ["marker"]


def test_labels_torn_out_of_a_chart_are_no_narrative() -> None:
    text = "支出决算情况说明\n2023年度本年支出合计90万元。\n\n[image: image3.emf]60.5\n\n66.67%\n\n30\n\n万元\n\n33.33%\n\n支出决算结构图\n\n基本支出\n\n项目支出\n\n（图3：支出决算结构图）（饼状图）\n四、财政拨款收入支出决算总体情况说明\n"
    found = paragraphs(text)
    labels = [p for p in found if p.region == "table"]
    assert [p.text for p in labels] == ["60.5", "66.67%", "30", "万元", "33.33%", "支出决算结构图", "基本支出", "项目支出"]
    assert {p.kind for p in labels} == {"caption"}
    assert [p.kind for p in found if p.text.startswith("(图3")] == ["caption"]


def test_a_form_torn_to_words_is_a_form_up_to_the_next_heading() -> None:
    scraps = ["项目名称", "图书购置", "主管部门", "文旅局", "（", "10", "分", "）", "预算执行率", "权重", "得分", "总额", "20.00", "20.00", "100%", "10", "10", "绩效指标", "一级指标", "指标值", "≥", "300", "册", "312", "20", "20", "合计", "100", "98", "改进措施", "无", "。"]
    text = "四、评价结论及建议\n项目按期完成。\n部门预算项目支出绩效自评表（2023年度）\n\n" + "\n\n".join(scraps) + "\n五、财政拨款支出决算明细表\n"
    outline = outline_of(text)
    form = [p for p in outline.paragraphs if p.region == "form"]
    assert len(form) == len(scraps) + 1
    assert outline.sections[-1].role == "statements.5"


def test_prose_between_two_tables_stays_prose() -> None:
    table = "\t科目\n\t预算\n\t决算\n\n\t办公费\n\t2\n\t2\n\n\n"
    text = f"附件\n部门整体支出绩效评价报告\n一、部门基本情况\n（一）机构组成\n具体见下表：\n{table}2.及时处置\n\n我单位全年没有调整预算。\n\n{table}四、评价结论及建议\n较好。\n"
    found = {p.text: p for p in paragraphs(text)}
    assert found["我单位全年没有调整预算。"].region == "annex"
    assert found["2.及时处置"].kind == "heading"
    assert found["办公费"].region == "table"


def test_word_tables_are_regions_by_their_cells() -> None:
    text = "附件1\n项目绩效自评表\n一级指标\n指标值\n完成值\n图书购置量\n300\n312\n填表人已复核。\n"
    spans = [(at, at + len(line)) for at, line in zip((0, 4, 12, 17, 21, 25, 31, 35, 39), text.split("\n"), strict=False)]
    blocks = [Block("cell" if 2 <= n <= 7 else "paragraph", a, b, n + 1, cell=Cell(0, (n - 2) // 3, (n - 2) % 3) if 2 <= n <= 7 else None) for n, (a, b) in enumerate(spans)]
    outline, _ = build_outline(Document("表.docx", "docx", "", text, tuple(blocks)), STANDARDS)
    assert [p.region for p in outline.paragraphs if p.kind == "cell"] == ["form"] * 7
    assert outline.paragraphs[-1].region == "annex"


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("支出决算情况说明", "narrative.expenditure"),
        ("二、支出决算情况说明", "narrative.expenditure"),
        ("三、支出决算情况", "narrative.expenditure"),
        ("四、财政拨款收支决算总体情况说明", "narrative.fiscal"),
        ("五、一般公共预算财政拨款支出情况说明", "narrative.general"),
        ("六、一般公共预算财政拨款基本支出情况说明", "narrative.basic"),
        ("八、政府性基金预算财政拨款支出决算情况说明", "narrative.government_fund"),
        ("九、国有资本经营预算财政拨款支出决算情况说明", "narrative.state_capital"),
        ("十、其他重要事项情况说明", "narrative.other"),
        ("７、财政拨款“三公”经费支出决算情况说明", "narrative.three_public"),
    ],
)
def test_a_title_is_known_though_its_number_or_a_word_is_wrong(heading: str, role: str) -> None:
    assert roles(f"第二部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n总计9万元。\n{heading}\n合计9万元。\n")[-1] == role


def test_an_unlike_title_gets_no_role() -> None:
    assert roles("第二部分 2023年度部门决算情况说明\n一、财政专户管理资金支出说明\n合计9万元。\n")[-1] == ""


def test_list_items_and_glossary_entries_are_no_headings() -> None:
    text = "第三部分 名词解释\n一、财政拨款收入：指单位从财政取得的资金。\n二、其他收入：指其余收入。\n"
    assert len(outline_of(text).sections) == 1
    lists = "附件\n部门整体支出绩效评价报告\n一、部门基本情况\n（一）机构组成\n1.办公室\n2.人事科\n3.规划科\n"
    assert len(outline_of(lists).sections) == 4


def test_signatures_and_notes_have_their_kinds() -> None:
    kinds = [p.kind for p in paragraphs("（注：数据来源于财决04表）\n林泉区文化馆\n2024年5月13日\n")]
    assert kinds == ["source_note", "signature", "signature"]


def test_rows_of_a_statement_in_a_pdf_are_cells_not_headings() -> None:
    text = "第二部分 林泉区文化馆2024年度部门决算表\n收入支出决算总表\n单位：万元\n一、一般公共预算财政拨款收入 12.5 一、外交支出\n二、政府性基金预算财政拨款收入 二、国防支出\n总计 12.5 总计 12.5\n第三部分林泉区文化馆2024年度部门决算情况说明\n一、收入支出决算总体情况说明\n"
    outline = outline_of(text, "pdf")
    assert [s.role for s in outline.sections] == ["statements", "statements.1", "narrative", "narrative.totals"]
    assert [p.region for p in outline.paragraphs if p.kind == "cell"] == ["statements"] * 4


def test_numbers_that_word_generates_count_as_printed() -> None:
    lines = [("第二部分", "部门决算情况说明"), ("一、", "收入支出决算总体情况说明"), ("", "总计9万元。"), ("二、", "其他专门事项说明"), ("1.", "图书购置情况"), ("", "购书一批。"),
             ("1.", "甲项目"), ("2.", "乙项目"), ("3.", "丙项目")]  # fmt: skip
    text = "\n".join(line for _, line in lines)
    blocks, at = [], 0
    for n, (number, line) in enumerate(lines, 1):
        blocks.append(Block("paragraph", at, at + len(line), n, number=number))
        at += len(line) + 1
    outline, _ = build_outline(Document("稿.docx", "docx", "", text, tuple(blocks)), STANDARDS)
    assert [(s.number, s.title, s.level) for s in outline.sections] == [
        ("第二部分", "部门决算情况说明", 1), ("一、", "收入支出决算总体情况说明", 2), ("二、", "其他专门事项说明", 2), ("1.", "图书购置情况", 3),
    ]  # fmt: skip


def test_text_before_the_first_heading_is_read_too() -> None:
    found = paragraphs("林泉区文化馆部门决算\n2023年度收、支总计均为90万元，与2022年度持平，没有结转。\n第三部分 名词解释\n1.基本支出：指日常支出。\n")
    assert [p.region for p in found] == ["cover", "narrative", "glossary", "glossary"]


def test_a_title_may_hold_the_unit_and_the_year() -> None:
    text = "第二部分 部门决算情况说明\n一、云岭市林泉区文化馆2023年度收入决算情况说明\n合计9万元。\n二、关于2023年度支出决算情况说明\n合计9万元。\n"
    assert roles(text) == ["narrative", "narrative.income", "narrative.expenditure"]


def test_a_part_printed_again_over_its_text_opens_no_second_part() -> None:
    assert roles("第二部分 2023年度部门决算情况说明\n2023年度部门决算情况说明\n一、收入决算情况说明\n合计9万元。\n") == ["narrative", "narrative.income"]


def test_line_breaks_inside_a_word_paragraph_part_its_lines() -> None:
    text = "一、收入决算情况说明\n2023年度本年收入合计9万元。\n二、支出决算情况说明\n2023年度本年支出合计9万元。"
    outline, _ = build_outline(Document("页.html", "html", "", text, (Block("paragraph", 0, len(text), 1),)), STANDARDS)
    assert [s.role for s in outline.sections] == ["narrative.income", "narrative.expenditure"]
    assert [p.line for p in outline.paragraphs] == [1, 2, 3, 4]


def test_an_item_and_its_amount_in_two_word_paragraphs_are_one() -> None:
    lines = ["1.文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）：", "支出决算为9万元，完成预算100%。", "支出决算情况良好。"]
    text = "\n".join(lines)
    spans = [(0, len(lines[0])), (len(lines[0]) + 1, len(lines[0]) + 1 + len(lines[1])), (len(text) - len(lines[2]), len(text))]
    blocks = tuple(Block("paragraph", a, b, n) for n, (a, b) in enumerate(spans, 1))
    outline, _ = build_outline(Document("稿.docx", "docx", "", text, blocks), STANDARDS)
    assert [p.text.endswith("100%。") for p in outline.paragraphs] == [True, False]


PRINTED_FORM = """\
第四部分 附件
部门预算项目支出绩效自评表（2023年度）
项目名称 51000023T000000000001-图书免费开放
主管部门 林泉区文旅局 实施单位 林泉区图书馆
项目基本情况
1.项目年度目标完成情况
项目年度目标 年度目标完成情况
全年开放不少于三百天，接待读者十万人次， 全年开放312天，接待读者12.4万人次，举办活
举办活动五十场，读者满意。 动61场，读者普遍满意，超额完成目标。
预算执行情况（10分）
年度预算数（万元） 年初预算 调整后预算数 预算执行数 预算执行率 权重 得分
总额 19.00 19.00 18.90 99.47% 10 9.9
其中：财政资金 19.00 19.00 18.90 99.47% / /
其他资金 0.00 0.00 0.00 0.00% / /
绩效指标（90分）
一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分
产出指标 数量指标 开放天数 ≥ 300 天 312 20 20
质量指标 图书上架及时率 ＝ 100 % 100 10 10
时效指标 完成时间 ≤ 12 月 12 10 10
效益指标 社会效益指标 读者受益 定性 优 优 20 20
满意度指标 读者满意度 ≥ 90 % 96 10 10
成本指标 经济成本指标 购书费 ≤ 19 万元 18.9 20 20
合计 100 99.9
评价结论 2023年，图书馆全年开放312天，接待读者12.4万
人次，达到预期目标，自评得分99.9分。
存在问题 无
改进措施 无
第五部分 附表
一、收入支出决算总表
"""


def test_a_form_printed_in_lines_is_a_form_with_its_sentences() -> None:
    found = paragraphs(PRINTED_FORM, "pdf")
    assert [p.region for p in found if p.kind != "heading"] == ["form"] * 26
    assert [p.text for p in found if p.kind == "heading"] == ["第四部分附件", "第五部分附表", "一、收入支出决算总表"]
