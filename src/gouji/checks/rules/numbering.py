"""Broken, repeated, skipped or mixed numbering of sections and items (编号)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.checks.context import TEXT_REGIONS, Context, Remark
from gouji.checks.registry import rule
from gouji.model.finding import Severity
from gouji.model.outline import Section
from gouji.model.regex import regex

_DIGITS = "一二三四五六七八九十"
_CHINESE = r"[一二三四五六七八九十]{1,3}"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("部分", regex(rf"^第({_CHINESE})部分")),
    ("一、", regex(rf"^({_CHINESE})、")),
    ("（一）", regex(rf"^\(({_CHINESE})\)")),
    ("（1）", regex(r"^\((\d{1,2})\)")),
    ("1.", regex(r"^(\d{1,2})[.．](?:(?![\d%])|(?=(?:19|20)\d\d年))")),
    ("1、", regex(r"^(\d{1,2})、(?:(?![\d%])|(?=(?:19|20)\d\d年))")),
    ("1）", regex(r"^(\d{1,2})\)(?!\d)")),
    ("附件", regex(r"^附件(\d{1,2})(?!\d)")),
)  # fmt: skip


@dataclass(slots=True)
class _List:
    """A list that may go on: its style and its last number."""

    style: str
    last: int
    index: int  # paragraph of the last item
    count: int = 1


@rule(id="numbering", zh="编号断续、重复或混用", severity="warning", authority="disclosure_procedure_form")
def numbering(context: Context) -> Iterator[Remark]:
    """同一层的标题或条目，编号应当从一起、逐一递增、写法一致。重号、跳号、倒号、从中间起号、“3、”混在“一、二、四、”之间，都会报告。

    为什么：编号错乱多半意味着少了或多了一条，引用“第几项”时也会指错。
    例：19.住房公积金……20.购房补贴……（两条都印作19.）
    报告：编号重复：“19.”连续出现两次，此处应为“20.”。
    不报：新开的一组从一重新编号；节选里跳过若干节、而该节编号正是规定编号的，或不从一起的（只作提示）；文件转换丢失的自动编号（全文只提示一次，且仅当同层另有编号）；一段之内的编号；表格与表单。
    """
    stack: list[_List] = []
    lost_above = False
    reached: dict[str, int] = {}  # the last number of each style, in whatever list: one numbering may run on over the titles between
    for index, paragraph in enumerate(context.paragraphs):
        if paragraph.region not in TEXT_REGIONS or paragraph.kind in ("contents_line", "cell", "caption", "source_note"):
            if paragraph.region in ("form", "statements", "contents"):
                stack, lost_above = [], True
            continue
        parsed = number_of(paragraph.text)
        if parsed is None:
            if paragraph.kind == "heading":
                stack, lost_above = [], True
            continue
        style, value = parsed
        before, reached[style] = reached.get(style, 0), value
        if style in ("部分", "附件"):
            stack, lost_above = [s for s in stack if s.style == style], False
        at = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].style == style), None)
        if at is None:
            remark = None
            if value > 1:
                if value == before + 1 or _runs_on(context, style, value, index):
                    stack.append(_List(style, value, index))
                    continue
                stray = next((i for i in range(len(stack) - 1, -1, -1) if _mixed(stack[i].style, style, stack[i].last, value)), None)
                if stray is not None:  # a stray style: the list it stands in goes on
                    del stack[stray + 1 :]
                    yield _strange(context, stack[-1], style, value, index)
                    stack[-1].last, stack[-1].index = value, index
                    reached[style] = 0
                    continue
                remark = _start(context, style, value, index, lost_above)
                if not context.complete and remark is None:
                    stack.clear()  # the fragment began inside a list of a lower rank
            if remark is not None:
                yield remark
            stack.append(_List(style, value, index))
            continue
        del stack[at + 1 :]
        current = stack[at]
        if (value == 1 and current.last != 1) or value == current.last + 1:
            current.last, current.index, current.count = value, index, (1 if value == 1 else current.count + 1)
            continue
        if value == 1 and index - current.index > 1:
            current.index = index
            continue
        wanted = current.last + 1
        if (value > wanted and _inside(context, style, wanted, value, current.index, index)) or _runs_on(context, style, value, index):
            current.last, current.index = value, index
            continue
        yield _broken(context, style, value, wanted, current.index, index)
        current.last, current.index = value, index
    yield from _lost(context)
    yield from _unnumbered_items(context)
    yield from _statements(context)


def number_of(text: str) -> tuple[str, int] | None:
    """The style and value of a paragraph's leading number; None where it has none."""
    for style, pattern in _STYLES:
        match = pattern.match(text)
        if match:
            value = value_of(match.group(1))
            return (style, value) if value else None
    return None


def value_of(printed: str) -> int:
    """The value of Arabic or Chinese digits up to 99; 0 where they are none."""
    if printed.isdecimal():
        return int(printed)
    tens, ten, ones = printed.partition("十")
    if not ten:
        return _DIGITS.index(printed) + 1 if len(printed) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or tens == "十" or ones == "十":
        return 0
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)


def printed(style: str, value: int) -> str:
    """A number in its style: ``printed("（一）", 3)`` is （三）."""
    chinese = ""
    if value < 100:
        tens, ones = divmod(value, 10)
        chinese = ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens - 1] + "十") + (_DIGITS[ones - 1] if ones else "")
    forms = {"部分": f"第{chinese}部分", "一、": f"{chinese}、", "（一）": f"（{chinese}）", "（1）": f"（{value}）", "附件": f"附件{value}"}
    return forms.get(style, style.replace("1", str(value)))


def _inside(context: Context, style: str, wanted: int, value: int, first: int, last: int) -> bool:
    """Whether the numbers that seem skipped stand inside the paragraphs between (several items run together)."""
    between = "".join(p.text for p in context.paragraphs[first : last + 1])
    return all(re.search(rf"(?<![\d.]){re.escape(_folded(style, n))}", between) for n in range(wanted, value))


def _folded(style: str, value: int) -> str:
    return printed(style, value).replace("（", "(").replace("）", ")")


def _runs_on(context: Context, style: str, value: int, index: int) -> bool:
    """Whether the number before this one stands inside the paragraph before ("附件：1.… " and then "2.…")."""
    before = "\n".join(p.text[3:] for p in context.paragraphs[max(0, index - 2) : index])
    return value > 1 and re.search(rf"(?<![\d.]){re.escape(_folded(style, value - 1))}", before) is not None


def _strange(context: Context, current: _List, style: str, value: int, index: int) -> Remark:
    """A number in another style than those before it."""
    wanted = printed(current.style, value)
    is_ = printed(style, value)
    coarser = current.style.startswith("1")  # 1. 2. and then （三）: the earlier ones may be the stray ones
    return Remark(
        zh=f"编号写法不一：前面是“{printed(current.style, current.last)}”，此处作“{is_}”，{'应前后统一' if coarser else f'应为“{wanted}”'}。",
        en=f"Mixed numbering: {is_} where {wanted} is due.",
        places=(
            context.at(context.paragraphs[index], 0, len(_folded(style, value))),
            context.at(context.paragraphs[current.index], 0, len(_folded(current.style, current.last))),
        ),
        key=("mixed", style, str(value), context.paragraphs[index].text[:20]),
        found=is_,
        expected="" if coarser else wanted,
        suggestion="统一编号写法。" if coarser else f"改为“{wanted}”。",
    )


_SHAPE = regex(r"[一二三四五六七八九十\d]+")


def _first_seen(context: Context, index: int) -> bool:
    """Whether the heading is the first of its rank in a fragment, whose beginning is not there."""
    section = context.section(context.paragraphs[index])
    if section is None:
        return True
    shape = _SHAPE.sub("#", section.number)
    return index < 3 or not any(_SHAPE.sub("#", s.number) == shape for s in context.outline.sections[: section.index])


def _start(context: Context, style: str, value: int, index: int, lost: bool) -> Remark | None:
    """A list that starts in its middle: numbers lost before it, or a real fault."""
    paragraph = context.paragraphs[index]
    if lost or style in ("部分", "附件") or (not context.complete and _first_seen(context, index)):
        return None
    section = context.section(paragraph)
    # The first of several items gone from a whole disclosure: nothing else may tell, since what remains adds up to no stated sum.
    first_gone = value == 2 and context.complete and paragraph.region == "narrative" and _goes_on(context, style, index)
    severity: Severity = "warning" if (paragraph.kind == "heading" and context.complete) or first_gone else "note"
    return Remark(
        zh=f"编号从“{printed(style, value)}”开始，此前没有“{printed(style, value - 1)}”。",
        en=f"Numbering starts at {printed(style, value)}.",
        places=(context.at(paragraph, 0, len(_folded(style, value))),),
        key=("start", style, str(value), paragraph.text[:20], section.title if section else ""),
        severity=severity,
        found=printed(style, value),
        expected=printed(style, 1),
        suggestion="核对前面是否缺条目；不缺的，从头重新编号。",
    )


def _left_out(context: Context, style: str, value: int, index: int) -> bool:
    """Whether the heading of an extract bears the number that it has in the whole: what stands before it there was left out."""
    if context.complete or context.paragraphs[index].kind != "heading":
        return False
    section = context.section(context.paragraphs[index])
    if style == "部分" or section is None:
        return style == "部分"
    known = next((h for h in context.standards.headings if h.role == section.role), None)
    return known is not None and known.number.strip("、（）") == printed(style, value).strip("、（）")


def _goes_on(context: Context, style: str, index: int) -> bool:
    """Whether the next numbered paragraph of the section is the third."""
    section = context.paragraphs[index].section
    for paragraph in context.paragraphs[index + 1 :]:
        if paragraph.section != section and paragraph.kind == "heading" and not number_of(paragraph.text):
            return False
        parsed = number_of(paragraph.text)
        if parsed is not None:
            return parsed == (style, 3)
    return False


def _mixed(before: str, style: str, last: int, value: int) -> bool:
    """Whether a number in another style plainly continues the list before it (一、二、 then 3、; （一）（二） then （3）)."""
    return (before, style) in {("一、", "1、"), ("（一）", "（1）"), ("1.", "1、"), ("1、", "1."), ("1.", "（一）")} and value == last + 1 and last >= 2


def _broken(context: Context, style: str, value: int, wanted: int, before: int, index: int) -> Remark:
    paragraph = context.paragraphs[index]
    is_, due = printed(style, value), printed(style, wanted)
    severity: Severity = "warning"
    if value == wanted - 1:
        zh = f"编号重复：“{is_}”连续出现两次，此处应为“{due}”。"
    elif value > wanted:
        between = context.paragraphs[before + 1 : index]
        if any(p.kind == "prose" and 3 < len(p.text) < 30 and "。" not in p.text for p in between) or _left_out(context, style, value, index):
            severity = "note"  # the missing number may be lost, not its item
        zh = f"编号跳号：“{printed(style, wanted - 1)}”之后是“{is_}”，缺“{due}”。"
    else:
        severity = "note"  # rarely anything but a list whose first numbers were lost
        zh = f"编号倒退：“{printed(style, wanted - 1)}”之后是“{is_}”，应为“{due}”。"
    return Remark(
        zh=zh,
        en=f"Numbering: {is_} after {printed(style, wanted - 1)}.",
        places=(context.at(paragraph, 0, len(_folded(style, value))), context.at(context.paragraphs[before], 0, len(_folded(style, wanted - 1)))),
        key=(is_, due, paragraph.text[:24]),
        severity=severity,
        found=is_,
        expected=due,
        suggestion=f"改为“{due}”，其后顺延；若缺一条，请补上。",
    )


def _lost(context: Context) -> Iterator[Remark]:
    """Headings without a number among numbered ones of the same parent. Converters lose automatic numbers: only a note."""
    children: dict[tuple[int, int], list[Section]] = {}
    for section in context.outline.sections:
        if context.paragraphs[section.paragraph].region in (*TEXT_REGIONS, "form", "statements"):
            children.setdefault((section.parent, section.level), []).append(section)
    bare: list[Section] = []
    due: dict[int, str] = {}
    for (parent, _), siblings in children.items():
        numbered = [s for s in siblings if s.number and (parent >= 0 or s.number.startswith("第"))]
        lacking = [
            s
            for s in siblings
            if not s.number and s.role and not s.role.startswith(("form", "statement.")) and (parent >= 0 or s.role.startswith("part."))
        ]
        if numbered and lacking:
            bare.extend(lacking)
            due.update(_due_numbers(siblings, lacking))
    if not bare:
        return
    bare.sort(key=lambda s: s.index)
    titles = [s.title for s in bare]
    shown = "、".join(f"“{s.title[:24]}”{f'（按顺序应为“{due[s.index]}”）' if s.index in due else ''}" for s in bare[:6]) + ("等" if len(bare) > 6 else "")
    word = context.dossier.source.format == "docx"  # its automatic numbers are read: what bears none has none
    yield Remark(
        zh=f"同层标题有的有编号、有的没有：{shown}没有编号。{'' if word else '若是文件转换丢失了自动编号，可不理会。'}",
        en=f"{len(titles)} headings lack the number that their siblings have.",
        places=tuple(s.place for s in bare),
        key=("lost", *titles[:6]),
        severity="warning" if word and len(due) == len(bare) else "note",
        suggestion="补上编号，并核对目录。" if word else "补上编号，或把自动编号转成文字。",
    )


def _due_numbers(siblings: list[Section], lacking: list[Section]) -> dict[int, str]:
    """The numbers due to headings without one, by section index, where those printed fit their siblings' places; none otherwise."""
    ordered = [s for s in siblings if s.number or s in lacking]
    parsed = [number_of(f"{s.number}甲") if s.number else None for s in ordered]
    known = [(place, p) for place, p in enumerate(parsed, 1) if p is not None]
    if len(known) < 2 or len({p[0] for _, p in known}) != 1 or any(p[1] != place for place, p in known):
        return {}
    return {s.index: printed(known[0][1][0], place) for place, (s, p) in enumerate(zip(ordered, parsed, strict=True), 1) if p is None}


def _unnumbered_items(context: Context) -> Iterator[Remark]:
    """Items by 类款项 of which some bear a number and some do not."""
    groups: dict[int, list[int]] = {}
    for path in context.outline.paths:
        index = context.index_at(path.place.start)
        if index >= 0 and path.region == "narrative" and path.names[2] and context.paragraphs[index].kind == "prose":
            group = groups.setdefault(context.paragraphs[index].section, [])
            if not group or group[-1] != index:
                group.append(index)
    for indices in groups.values():
        bare = [i for i in indices if number_of(context.paragraphs[i].text) is None]
        if len(indices) < 4 or not bare or len(bare) == len(indices):
            continue
        yield Remark(
            zh=f"逐项说明的{len(indices)}个科目中，有{len(bare)}个没有编号。若是文件转换丢失了自动编号，可不理会。",
            en=f"{len(bare)} of {len(indices)} items lack a number.",
            places=tuple(context.at(context.paragraphs[i], 0, 12) for i in bare),
            key=("items", str(len(bare)), context.paragraphs[bare[0]].text[:20]),
            severity="note",
            suggestion="各项统一编号。",
        )


def _statements(context: Context) -> Iterator[Remark]:
    """A list of statements that does not begin with the first."""
    for paragraph in context.paragraphs:
        parsed = number_of(paragraph.text.lstrip("-")) if paragraph.region == "statements" and len(paragraph.text) < 60 else None
        if parsed is None or parsed[0] != "一、" or not paragraph.text.rstrip(".…0123456789").endswith("表"):
            continue
        if parsed[1] > 1 and context.complete:
            yield Remark(
                zh=f"附表清单从“{printed('一、', parsed[1])}”开始，前面的表没有列出。",
                en="The list of statements does not begin with the first.",
                places=(context.at(paragraph),),
                key=("statements", str(parsed[1])),
                severity="note",
                suggestion="补上前面的表名。",
            )
        return
