"""The title of a cited document against its number (引用文件名称)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.finding import Severity
from gouji.model.outline import Paragraph
from gouji.model.regex import regex

_CITED = regex(r"《(?P<title>[^《》]{6,60})》\((?P<number>[一-鿿]{2,8}[〔\[(]\d{4}[〕\])]\d{1,4}号)\)")
#: Documents that the glossaries of every disclosure cite, by number; those of the standards' authorities are added to them.
_KNOWN = {
    "国发〔1998〕23号": "国务院关于进一步深化城镇住房制度改革加快住房建设的通知",
    "国发〔1994〕43号": "国务院关于深化城镇住房制度改革的决定",
}
#: How like two titles must be to be one title misspelt, of 1.
_LIKE = 0.85


@rule(id="cited-title", zh="引用文件名称有误", severity="warning", authority="disclosure_procedure_form")
def cited_title(context: Context) -> Iterator[Remark]:
    """带文号引用的文件，名称与该文号的文件不符（只差一两个字的误写），或者同一文号在文中有两个名称。

    为什么：文件名称是固定的，名称解释里抄错的往往历年沿用。
    例：购房补贴（项）：指根据《国务院关于进一步深化城镇住房制度改革加块住房建设的通知》（国发〔1998〕23号）发放的补贴。
    报告：国发〔1998〕23号的名称是《国务院关于进一步深化城镇住房制度改革加快住房建设的通知》，此处写作“…改革加块住房建设的…”。
    不报：简称；只引名称或只引文号；转发、印发通知与所印发的办法（名称互相包含）；不认识的文号而全文写法一致。
    """
    known = {**_authorities(context), **_KNOWN}
    cited: dict[str, list[tuple[Paragraph, re.Match[str]]]] = {}
    for _, paragraph in context.running:
        if "《" in paragraph.text:
            for match in _CITED.finditer(paragraph.text):
                cited.setdefault(re.sub(r"[\[(](\d{4})[\])]", r"〔\1〕", match["number"]), []).append((paragraph, match))
    for number, places in cited.items():
        due = known.get(number) or _plain(places[0][1]["title"])
        for paragraph, match in places:
            title = _plain(match["title"])
            if title in due or due in title:
                continue
            like = SequenceMatcher(None, title, due).ratio()
            if like < _LIKE and number not in known:
                continue  # two documents under one mistaken number: which, nobody can tell
            severity: Severity = "warning" if like >= _LIKE and number in known else "note"
            at, end = _difference(title, due)
            cut = f"{'…' if at else ''}{title[at:end]}{'…' if end < len(title) else ''}"
            yield Remark(
                zh=f"{number}的名称是《{due}》，此处写作“{cut}”。"
                if number in known
                else f"{number}的名称前后不一：一处作《{due}》，此处作“{cut}”。",
                en=f"The title of {number} is misspelt.",
                places=(context.at(paragraph, *match.span("title")),),
                key=(number, title),
                severity=severity,
                found=title[at:end],
                expected=due,
                suggestion=f"改为“《{due}》（{number}）”。" if number in known else "查对原文件后统一。",
            )


def _authorities(context: Context) -> dict[str, str]:
    found = {}
    for authority in context.standards.authorities.values():
        match = re.match(r"《([^《》]+)》[（(]([^（）()]+〔\d{4}〕\d+号)[）)]", authority.zh)
        if match:
            found[match[2]] = _plain(match[1])
    return found


def _plain(title: str) -> str:
    return re.sub(r"[\s〈〉<>“”\"]", "", title)


def _difference(title: str, due: str) -> tuple[int, int]:
    """The span of a title in which it differs from the right one, with a few characters around it."""
    first = next((i for i, (a, b) in enumerate(zip(title, due, strict=False)) if a != b), min(len(title), len(due)))
    last = next((i for i, (a, b) in enumerate(zip(reversed(title), reversed(due), strict=False)) if a != b), 0)
    return max(0, first - 3), max(first + 1, min(len(title), len(title) - last + 5))
