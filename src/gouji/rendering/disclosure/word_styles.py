"""The typography of official documents (公文格式, GB/T 9704) as Word styles: A4, 方正小标宋 for titles, 黑体 and 楷体 for headings, 仿宋 for the text,
22 lines of 28 characters a page. Machines without these fonts take the ones that the font table names instead."""

from __future__ import annotations

from gouji.rendering.word_grid import HEAD, WORD

TITLE, BLACK, KAI, BODY, TABLE = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
#: font → the name to use where it is missing, its class for Word's own choice
_INSTEAD = {TITLE: ("华文中宋", "auto"), BLACK: ("SimHei", "swiss"), KAI: ("楷体", "modern"), BODY: ("仿宋", "modern"), TABLE: ("SimSun", "auto")}
#: The id of each style and the name that Word shows for it (built-in names it shows in Chinese).
NAMES = {
    "Normal": "Normal", "Title": "Title", "Subtitle": "Subtitle", "TOCHeading": "TOC Heading", "TOC1": "toc 1", "TOC2": "toc 2", "Heading1": "heading 1",
    "Heading2": "heading 2", "Heading3": "heading 3", "StatementTitle": "报表标题", "ReportTitle": "报告标题", "Figure": "图", "Caption": "caption",
    "FormTitle": "自评表标题", "FormLine": "表上行", "FormCell": "自评表文字", "StatementCell": "报表文字（小）", "StatementMiddle": "报表文字（中）",
    "StatementLarge": "报表文字（大）", "Note": "附注", "Footer": "footer",
}  # fmt: skip
LINE = 560  # twips a line: 28 points
_CENTRE = '<w:ind w:firstLine="0"/><w:jc w:val="center"/>'


def font_table() -> str:
    """``word/fontTable.xml``: what stands in for a font that is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (instead, family) in _INSTEAD.items()
    )
    return f'{HEAD}<w:fonts xmlns:w="{WORD}">{fonts}</w:fonts>'


def styles() -> str:
    """``word/styles.xml``."""
    return (
        f'{HEAD}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY)}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:widowControl/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:before="0" w:after="0" '
        f'w:line="{LINE}" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/></w:pPr></w:style>'
        + _style("Title", TITLE, 56, f'<w:spacing w:line="1000" w:lineRule="exact"/>{_CENTRE}')
        + _style("Subtitle", TITLE, 36, f'<w:keepNext/><w:spacing w:before="240" w:after="240" w:line="{LINE}" w:lineRule="exact"/>{_CENTRE}')
        + _style("TOCHeading", BLACK, 36, f'<w:pageBreakBefore/><w:spacing w:after="240"/>{_CENTRE}')
        + _style("TOC1", BLACK, 28, _contents(0))
        + _style("TOC2", BODY, 28, _contents(420))
        + _style("Heading1", TITLE, 44, f'<w:keepNext/><w:spacing w:before="240" w:after="360" w:line="700" w:lineRule="exact"/>{_CENTRE}', 0)
        + _style("Heading2", BLACK, 32, "<w:keepNext/>", 1)
        + _style("Heading3", KAI, 32, "<w:keepNext/>", 2, "<w:b/>")
        + _style("StatementTitle", TITLE, 32, f'<w:keepNext/><w:spacing w:line="480" w:lineRule="exact"/>{_CENTRE}', 1)
        + _style("ReportTitle", TITLE, 36, f'<w:keepNext/><w:spacing w:before="240" w:after="240" w:line="{LINE}" w:lineRule="exact"/>{_CENTRE}', 1)
        + _style("Figure", BODY, 24, f'<w:keepNext/><w:spacing w:before="120" w:line="240" w:lineRule="auto"/>{_CENTRE}')
        + _style("Caption", BLACK, 24, f'<w:spacing w:after="120" w:line="400" w:lineRule="exact"/>{_CENTRE}')
        + _small("FormTitle", TITLE, 36, '<w:keepNext/><w:spacing w:before="0" w:after="120"/><w:ind w:firstLine="0"/><w:jc w:val="center"/>')
        + _small("FormLine", TABLE, 20, '<w:keepNext/><w:spacing w:before="0" w:after="20"/><w:ind w:firstLine="0"/>')
        + _small("FormCell", TABLE, 18, '<w:ind w:firstLine="0"/>')
        + _small("StatementCell", TABLE, 15, '<w:ind w:firstLine="0"/>')
        + _small("StatementMiddle", TABLE, 18, '<w:ind w:firstLine="0"/>')
        + _small("StatementLarge", TABLE, 21, '<w:ind w:firstLine="0"/>')
        + _small("Note", TABLE, 18, '<w:spacing w:before="20" w:after="0"/><w:ind w:firstLine="0"/><w:jc w:val="left"/>')
        + _small("Footer", TABLE, 28, _CENTRE)
        + "</w:styles>"
    )


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{name}"/>'


def _contents(left: int) -> str:
    return f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs><w:ind w:left="{left}" w:firstLine="0"/><w:jc w:val="left"/>'


def _style(ident: str, font: str, size: int, paragraph: str, outline: int | None = None, more: str = "") -> str:
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{NAMES[ident]}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{paragraph}{level}</w:pPr><w:rPr>{_fonts(font)}{more}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _small(ident: str, font: str, size: int, paragraph: str) -> str:
    """A style of tables: lines as high as their letters."""
    if "<w:spacing" not in paragraph:
        paragraph = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>' + paragraph
    else:
        paragraph = paragraph.replace('<w:spacing', '<w:spacing w:line="240" w:lineRule="auto"', 1)
    return _style(ident, font, size, paragraph)
