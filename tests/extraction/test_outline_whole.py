"""Nothing of a document is lost or read twice, whatever it looks like; sections nest; effort grows with the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.outline_samples import STANDARDS, document
from gouji.extraction.outline import build_outline
from gouji.extraction.reading import fold, read
from gouji.model.outline import Outline

LINES = st.lists(
    st.sampled_from([
        "", "", "第二部分 2023年度部门决算情况说明", "一、收入支出决算总体情况说明", "支出决算情况说明", "（一）机构组成。我局内设5个科室。", "1.履职效能。完成较好。",
        "2.人员情况", "2023年度本年收入合计90万元，其中：附属单", "位上缴收入0万元，占0%。", "1.文化支出（类）文化（款）图书馆（项）：", "支出决算为5万元。", "……",
        "\t一级指标", "\t指标值", "\t完成值", "\t", "指标", "\t300", "≥", "12", "万元", "（", "合计", "图3：支出决算结构图", "（注：数据来源于财决04表", "目录",
        "第一部分 部门概况\t1", "一、收入决算表.......49", "- 3 -", "附件1", "附件：1.项目自评表", "林泉区文化馆", "2024年5月13日", "关于2023年图书购置", "项目支出绩效自评报告",
        "第五部分 附表", "三、支出决算表", "[image: image3.emf]四、财政拨款收入支出决算总体情况说明", "201 06 01 行政运行 1,511.90 1,511.89", "部门名称\t\t文化局", "（七）其他任务；", "\u200b",
    ]),
    max_size=60,
)  # fmt: skip


def check(outline: Outline, text: str) -> None:
    held = [0] * (len(text) + 1)
    for paragraph in outline.paragraphs:
        for number, (reading, canonical) in enumerate(paragraph.runs):
            stop = paragraph.runs[number + 1][0] if number + 1 < len(paragraph.runs) else len(paragraph.text)
            for index in range(reading, stop):
                held[canonical + index - reading] += 1
    assert max(held) <= 1, "read twice"
    lost = "".join(char for at, char in enumerate(text) if not held[at])
    assert read(fold(lost), 0, len(lost))[0] == "", "lost"
    for index, section in enumerate(outline.sections):
        assert section.index == index
        assert section.parent < index
        assert section.paragraph < section.end_paragraph <= len(outline.paragraphs)
        if section.parent >= 0:
            parent = outline.sections[section.parent]
            assert parent.level == section.level - 1
            assert section.end_paragraph <= parent.end_paragraph
            assert section.path.startswith(parent.path)
    for at, paragraph in enumerate(outline.paragraphs):
        owner = outline.section_of(paragraph)
        assert owner is None or owner.paragraph - 3 <= at < owner.end_paragraph


@given(LINES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["txt", "pdf"]))
@settings(max_examples=300, deadline=None)
def test_every_character_is_read_once_and_sections_nest(lines: list[str], end: str, format: str) -> None:
    text = end.join(lines)
    check(build_outline(document(text, format), STANDARDS)[0], text)


def test_an_empty_text_has_an_empty_outline() -> None:
    outline, identity = build_outline(document(" \n\n"), STANDARDS)
    assert (outline.paragraphs, outline.sections, outline.truncated) == ((), (), False)
    assert (identity.unit, identity.year, identity.kind, identity.complete) == ("", None, "fragment", False)
