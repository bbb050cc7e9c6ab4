"""Headings of the contents and of the text that differ (目录与正文标题)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_LINE = regex(r"^(?P<number>[一二三四五六七八九十]{1,3}、)(?P<title>[^。,;:.…·\d]{4,40})")


@rule(id="contents-headings", zh="目录与正文标题不一", severity="note", authority="disclosure_procedure_form")
def contents_headings(context: Context) -> Iterator[Remark]:
    """目录里的标题与正文相应标题的文字不同。

    为什么：目录没有随正文更新。
    例：（目录）十一、其他重要事项说明　（正文）十一、其他重要事项的情况说明
    报告：目录作“十一、其他重要事项说明”，正文作“十一、其他重要事项的情况说明”。
    不报：引号、书名号写法；报表名称（另报）；正文丢失编号的标题；两者相差很大、难以对应的。
    """
    titles: dict[str, list[tuple[int, str]]] = {}
    for section in context.outline.sections:
        heading = context.paragraphs[section.paragraph]
        if heading.region in ("overview", "narrative") and section.number:
            titles.setdefault(section.number, []).append((section.index, section.title))
    for paragraph in context.paragraphs:
        if paragraph.region != "contents":
            continue
        match = _LINE.match(paragraph.text)
        if match is None or match.group("title").endswith("表"):
            continue
        number, title = match.group("number"), match.group("title").strip()
        same = titles.get(number, [])
        if not same or any(_plain(t) == _plain(title) for _, t in same):
            continue
        index, nearest = max(same, key=lambda entry: SequenceMatcher(None, _plain(entry[1]), _plain(title)).ratio())
        if SequenceMatcher(None, _plain(nearest), _plain(title)).ratio() < 0.7:
            continue
        yield Remark(
            zh=f"目录作“{number}{title}”，正文作“{number}{nearest}”。",
            en="A heading differs between contents and text.",
            places=(context.at(paragraph), context.outline.sections[index].place),
            key=(number, title, nearest),
            found=title,
            expected=nearest,
            suggestion="核对标题：正文无误的，更新目录；目录无误的，改正正文标题。",
        )


def _plain(text: str) -> str:
    return re.sub(r"[“”\"'‘’《》()\s]", "", text)
