"""Names of statements in the contents, in part five and in the notes (报表名称)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.numbering import value_of
from gouji.model.outline import Paragraph
from gouji.model.regex import regex

_ENTRY = regex(r"^[-·•]?([一二三四五六七八九十]{1,3})、(?P<name>[^。,;:]{2,40}?表)(?:[.…·\s\d]*)$")
#: How like two names must be to count as one table, of 1.
_NEAR = 0.8
_QUOTED = regex(r"[《“](?P<name>[^《》“”]{4,40}?决算(?:明细)?表)[》”]")


@rule(id="statement-names", zh="报表名称前后不一", severity="warning", authority="disclosure_procedure_form")
def statement_names(context: Context) -> Iterator[Remark]:
    """同一张报表在目录、附表清单和说明中的名称不同，或说明中提到的表不在清单里。

    为什么：按名称才能找到表；名称错了，也可能是附错了表。
    例：（目录）八、一般公共预算财政拨款基本支出决算明细表　（附表）八、一般公共预算财政拨款基本支出决算表
    报告：第八张表，目录作“一般公共预算财政拨款基本支出决算明细表”，附表作“一般公共预算财政拨款基本支出决算表”。
    不报：目录或附表清单缺其一；页码和引导点；只差引号写法；说明中提到、与清单各表都不相近的表（只作提示）。
    """
    contents = _entries(context, ("contents",))
    attached = _entries(context, ("statements",))
    for number, (paragraph, name) in attached.items():
        known = contents.get(number)
        if known is None or _plain(known[1]) == _plain(name) or not _alike(known[1], name):
            continue
        yield Remark(
            zh=f"第{_chinese(number)}张表，目录作“{known[1]}”，附表作“{name}”。",
            en=f"Statement {number} has two names.",
            places=(context.at(paragraph), context.at(known[0])),
            key=(known[1], name),
            found=name,
            expected=known[1],
            suggestion="按规定的报表名称统一目录和附表。",
        )
    listed = {_plain(name) for _, name in (*attached.values(), *contents.values())}
    if len(listed) < 5:
        return
    for paragraph in context.paragraphs:
        if paragraph.region not in ("statements", "notes", "narrative"):
            continue
        for match in _QUOTED.finditer(paragraph.text):
            name = match.group("name")
            if _plain(name) in listed or re.search(r"财决|公开\d", name):
                continue
            near = max(listed, key=lambda other: SequenceMatcher(None, other, name).ratio())
            close = SequenceMatcher(None, near, name).ratio() >= _NEAR
            yield Remark(
                zh=f"“{name}”不在附表清单中{f'，清单中相近的是“{near}”' if close else ''}。",
                en=f"{name} is not in the list of statements.",
                places=(context.at(paragraph, *match.span("name")),),
                key=(name,),
                severity="warning" if close else "note",
                found=name,
                expected=near if close else "",
                suggestion=f"核对所指的表；确指该表的，改为“{near}”。" if close else "核对所指的表，按附表清单的名称改正。",
            )


def _entries(context: Context, regions: tuple[str, ...]) -> dict[int, tuple[Paragraph, str]]:
    found: dict[int, tuple[Paragraph, str]] = {}
    for paragraph in context.paragraphs:
        match = _ENTRY.match(paragraph.text) if paragraph.region in regions and len(paragraph.text) < 90 else None
        if match:
            found.setdefault(value_of(match.group(1)), (paragraph, match.group("name")))
    return found


def _plain(name: str) -> str:
    return re.sub(r"[“”\"'‘’《》\s]", "", name)


def _alike(first: str, second: str) -> bool:
    """Whether two names are variants of one rather than two tables (a list shifted by one row)."""
    a, b = set(_plain(first)), set(_plain(second))
    return len(a & b) * 10 >= len(a | b) * 7


def _chinese(number: int) -> str:
    from gouji.checks.rules.numbering import printed

    return printed("一、", number).rstrip("、")
