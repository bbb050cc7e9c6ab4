"""A fictitious disclosure of any length, as text and as a Word file, so that the benchmarks need no real document.

The arithmetic is consistent and the same at every run. A project's self-evaluation form is printed as converters print forms:
one scrap of a cell a line, blank lines between; in the Word file it is a table. Prose and forms stand in the proportion of a
long real disclosure: a few hundred paragraphs of prose, thousands of scraps.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from xml.sax.saxutils import escape

UNIT = "云岭市林泉区文化和旅游局"
_PROJECTS = ("图书馆免费开放", "文化遗产普查", "旅游厕所改造", "乡村文化站维修", "公共演出采购", "智慧旅游平台运维", "讲解员培训", "古籍修复")
_STAGES = "零一二三四五六七八九"
#: (类, 款, 项)
_ITEMS = (
    ("文化旅游体育与传媒支出", "文化和旅游", "行政运行"),
    ("文化旅游体育与传媒支出", "文化和旅游", "图书馆"),
    ("文化旅游体育与传媒支出", "文化和旅游", "群众文化"),
    ("文化旅游体育与传媒支出", "文物", "文物保护"),
    ("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出"),
    ("卫生健康支出", "行政事业单位医疗", "行政单位医疗"),
    ("住房保障支出", "住房改革支出", "住房公积金"),
)
_CELLS = ("一级指标", "二级指标", "三级指标", "度量单位", "指标值", "完成值", "权重", "得分", "扣分原因")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of text, or the rows of a table."""

    text: str = ""
    heading: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def _money(value: Decimal) -> str:
    return f"{value:.2f}万元"


def _rate(part: Decimal, whole: Decimal) -> str:
    return f"{(part * 100 / whole).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def _narrative(chance: random.Random) -> Iterator[Part]:
    """The ten sections of the narrative, every figure consistent with the others."""
    amounts = [Decimal(chance.randrange(2_000, 90_000)) / 100 for _ in _ITEMS]
    total = sum(amounts, Decimal(0))
    basic = sum(amounts[4:], amounts[0])
    before = total - Decimal("126.40")
    classes: dict[str, Decimal] = {}
    for (name, _, _), amount in zip(_ITEMS, amounts, strict=True):
        classes[name] = classes.get(name, Decimal(0)) + amount
    change = f"与2022年度相比，{{}}增加126.40万元，增长{_rate(Decimal('126.40'), before)}。主要变动原因是新建的图书馆本年开馆。"
    yield Part(f"{UNIT}2023年度部门决算")
    yield Part("第一部分 部门概况", 1)
    yield Part("一、部门职责", 2)
    yield Part("（一）拟订全区文化和旅游事业的发展规划，组织实施重点文化设施建设，管理公共文化服务。")
    yield Part("二、机构设置", 2)
    yield Part(f"{UNIT}下属二级预算单位2个，其中行政单位0个，参照公务员法管理的事业单位1个，其他事业单位1个。")
    yield Part("第二部分 2023年度部门决算情况说明", 1)
    yield Part("一、收入支出决算总体情况说明", 2)
    yield Part(f"2023年度收、支总计均为{_money(total)}。" + change.format("收、支总计各"))
    yield Part("二、收入决算情况说明", 2)
    yield Part(f"2023年度本年收入合计{_money(total)}，其中：一般公共预算财政拨款收入{_money(total)}，占100%。")
    yield Part("三、支出决算情况说明", 2)
    project = total - basic
    yield Part(
        f"2023年度本年支出合计{_money(total)}，其中：基本支出{_money(basic)}，占{_rate(basic, total)}；项目支出{_money(project)}，占{_rate(project, total)}。"
    )
    yield Part("四、财政拨款收入支出决算总体情况说明", 2)
    yield Part(f"2023年度财政拨款收、支总计均为{_money(total)}。" + change.format("财政拨款收、支总计各"))
    yield Part("五、一般公共预算财政拨款支出决算情况说明", 2)
    yield Part("（一）一般公共预算财政拨款支出决算总体情况", 3)
    yield Part(f"2023年度一般公共预算财政拨款支出{_money(total)}，占本年支出合计的100%。" + change.format("一般公共预算财政拨款支出"))
    yield Part("（二）一般公共预算财政拨款支出决算结构情况", 3)
    listed = "；".join(f"{name}{_money(amount)}，占{_rate(amount, total)}" for name, amount in classes.items())
    yield Part(f"2023年度一般公共预算财政拨款支出{_money(total)}，主要用于以下方面：{listed}。")
    yield Part("（三）一般公共预算财政拨款支出决算具体情况", 3)
    yield Part(f"2023年度一般公共预算支出决算数为{total:.2f}万元，完成预算100%。其中：")
    for number, ((first, second, third), amount) in enumerate(zip(_ITEMS, amounts, strict=True), 1):
        yield Part(f"{number}.{first}（类）{second}（款）{third}（项）：支出决算为{_money(amount)}，完成预算100%，决算数与预算数持平。")
    yield Part("六、一般公共预算财政拨款基本支出决算情况说明", 2)
    yield Part(f"2023年度一般公共预算财政拨款基本支出{_money(basic)}，其中：")
    yield Part(f"人员经费{_money(basic - 40)}，主要包括：基本工资、津贴补贴、奖金、住房公积金等。")
    yield Part("公用经费40.00万元，主要包括：办公费、水费、电费、差旅费、公务接待费等。")
    yield Part("七、财政拨款“三公”经费支出决算情况说明", 2)
    yield Part("（一）“三公”经费财政拨款支出决算总体情况说明", 3)
    yield Part("2023年度“三公”经费财政拨款支出决算为9.50万元，完成预算95%，较上年度减少0.50万元，下降5%。")
    yield Part("（二）“三公”经费财政拨款支出决算具体情况说明", 3)
    yield Part("公务用车购置及运行维护费支出决算6.00万元，占63.16%；公务接待费支出决算3.50万元，占36.84%。具体情况如下：")
    yield Part("八、政府性基金预算支出决算情况说明", 2)
    yield Part("2023年度政府性基金预算财政拨款支出0.00万元。")
    yield Part("九、国有资本经营预算支出决算情况说明", 2)
    yield Part("2023年度国有资本经营预算财政拨款支出0.00万元。")
    yield Part("十、其他重要事项的情况说明", 2)
    yield Part(f"2023年度，{UNIT}机关运行经费支出40.00万元，与2022年度持平。")
    yield Part("第三部分 名词解释", 1)
    yield Part("1.财政拨款收入：指单位从本级财政取得的资金。")
    yield Part("第四部分 附件", 1)


def _form(chance: random.Random, number: int) -> Iterator[Part]:
    """One project: a paragraph of prose and its self-evaluation form."""
    turn = number // len(_PROJECTS)
    name = f"{_PROJECTS[number % len(_PROJECTS)]}{_STAGES[turn % 10]}{_STAGES[turn // 10 % 10]}期项目"
    budget = Decimal(chance.randrange(100, 1_900)) / 100
    yield Part(f"{name}预算{_money(budget)}，执行{_money(budget)}，预算执行率100%，自评得分{chance.randrange(85, 100)}分，各项指标按期完成。")
    rows: list[tuple[str, ...]] = [
        ("部门预算项目支出绩效自评表（2023年度）",),
        ("项目名称", name, "主管部门", UNIT),
        ("预算数", f"{budget:.2f}", "执行数", f"{budget:.2f}", "预算执行率", "100.00%"),
        _CELLS,
    ]
    count = chance.randrange(6, 14)
    for indicator in range(count):
        target, weight = chance.randrange(20, 400), str(60 // count + (indicator < 60 % count))
        rows.append(("产出指标", "数量指标", f"第{indicator + 1}类活动场次", "场", f"≥{target}", str(target + 2), weight, weight, ""))
    rows.append(("效益指标", "社会效益指标", "服务读者和游客人次", "人次", f"≥{count}00", f"{count}08", "30", "30", ""))
    rows.append(("满意度指标", "服务对象满意度指标", "读者和游客满意度", "%", "≥90", "95", "10", "10", ""))
    yield Part(rows=tuple(rows))
    yield Part(f"评价结论：{name}按计划完成。")


def parts(size: int, measure: str = "lines") -> list[Part]:
    """A disclosure of about ``size`` printed lines (text) or characters (Word)."""
    chance = random.Random(2023)
    made: list[Part] = list(_narrative(chance))
    count = sum(_size(part, measure) for part in made)
    number = 0
    while count < size:
        for part in _form(chance, number):
            made.append(part)
            count += _size(part, measure)
        number += 1
    return made


def _size(part: Part, measure: str) -> int:
    if measure == "lines":
        return 2 * sum(len(row) for row in part.rows) or 2
    return len(part.text) + sum(len(cell) for row in part.rows for cell in row)


def text_of(made: list[Part]) -> str:
    """The text as an office converter leaves it: a blank line behind every paragraph and every scrap of a form."""
    lines: list[str] = []
    for part in made:
        if part.rows:
            lines += [cell for row in part.rows for cell in row if cell]
        else:
            lines.append(part.text)
    return "\n\n".join(lines) + "\n"


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RUN = '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="宋体"/><w:color w:val="000000"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr>'
_PARAGRAPH = '<w:pPr>{style}<w:spacing w:line="600" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr></w:pPr>'
_CELL = '<w:tc><w:tcPr><w:tcW w:w="1240" w:type="dxa"/><w:tcBorders><w:top w:val="single" w:sz="4"/></w:tcBorders><w:vAlign w:val="center"/></w:tcPr>{}</w:tc>'


def _paragraph(text: str, heading: int = 0) -> str:
    """A paragraph in runs as Word cuts them: the digits apart from the characters."""
    style = f'<w:pStyle w:val="{heading}"/>' if heading else ""
    runs: list[str] = []
    for character in text:
        if runs and runs[-1][-1].isascii() == character.isascii():
            runs[-1] += character
        else:
            runs.append(character)
    body = "".join(f"<w:r>{_RUN}<w:t>{escape(run)}</w:t></w:r>" for run in runs)
    return f"<w:p>{_PARAGRAPH.format(style=style)}{body}</w:p>"


def word_of(made: list[Part]) -> bytes:
    """The Word file: paragraphs in several runs with their fonts, headings by style, forms as tables."""
    body: list[str] = []
    for part in made:
        if part.rows:
            rows = "".join("<w:tr>" + "".join(_CELL.format(_paragraph(cell)) for cell in row) + "</w:tr>" for row in part.rows)
            body.append(f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{rows}</w:tbl>')
        else:
            body.append(_paragraph(part.text, part.heading))
    return _package("".join(body))


def word_of_paragraphs(opening: str, text: str, closing: str, depth: int) -> bytes:
    """A Word file of one paragraph within ``depth`` elements, or of ``depth`` runs where nothing is to be nested."""
    if not opening:
        return _package(f"<w:p>{f'<w:r><w:t>{text}</w:t></w:r>' * depth}</w:p>")
    return _package(f"{opening * depth}<w:p><w:r><w:t>{text}</w:t></w:r></w:p>{closing * depth}")


def _package(body: str) -> bytes:
    """The body's XML as a Word file."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/><w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
        for level in range(1, 10)
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name), head + content, zipfile.ZIP_DEFLATED)  # without a date: the same file at every run
    return out.getvalue()
