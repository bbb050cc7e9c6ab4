"""The unit that a document declares for all amounts printed without one (计量单位的统一说明)."""

from __future__ import annotations

from gouji.model.regex import regex

_BEGINNING = 600  # characters in which a line of its own speaks of the whole document, not of a table below it
_LINE = regex(r"^[ \t\u3000]*[(（]?(?:金额)?(?:计量)?单位[:：][ \u3000]*(?:人民币)?(?P<unit>元|万元|亿元)[)）]?[ \t\u3000]*$", "单位", flags=8)  # re.MULTILINE
_ALL = regex(r"(?:以下|下列|下同|文中|本文|上述|金额|各项|数据)[^。；;\n]{0,10}单位(?:均|都|统一)(?:为|是|以)(?:人民币)?(?P<unit>元|万元|亿元)", "单位均", "单位都", "单位统一")


def declared_unit(text: str) -> str:
    """The unit of amounts without one, "" where the text declares none or several.

    >>> declared_unit("某林场2016年度单位决算公开\\n(金额单位:元)\\n一、收支情况"), declared_unit("按科目分（金额单位均为万元）：")
    ('元', '万元')
    """
    units = {found["unit"] for found in _LINE.finditer(text[:_BEGINNING])} or {found["unit"] for found in _ALL.finditer(text)}
    return units.pop() if len(units) == 1 else ""
