"""Brackets and quotation marks without their partner (括号引号不成对)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_PAIRS = {"(": ")", "《": "》", "“": "”", "【": "】", "「": "」", "[": "]", "〔": "〕", "‘": "’"}
_WIDE = {"(": "（", ")": "）", "[": "［", "]": "］"}
_CLOSERS = {close: opening for opening, close in _PAIRS.items()}
_SIGN = regex("[" + "".join(re.escape(sign) for pair in _PAIRS.items() for sign in pair) + "]")
_MARKER = regex(r"(?:^|(?<=[。;,、:\s]))\(?(?:[0-9]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})\)")
#: A bracket may close this many paragraphs further on, where the layout or the writer broke the line inside it.
_REACH = 3


@rule(id="torn-bracket", zh="括号或引号不成对", severity="warning", authority="disclosure_procedure_form")
def torn_bracket(context: Context) -> Iterator[Remark]:
    """一段之内括号、书名号、引号有左无右或有右无左。

    为什么：类款项名称、注释靠括号分界，缺一半就读不出哪些字属于科目名称。
    例：一般公共服务（类组织事务（款）其他组织事务支出（项）：支出决算为8.51万元，完成预算100%。
    报告：括号不成对：“一般公共服务（类组织事务（款）”缺右括号“）”。
    不报：“1）”“（一）”之类的编号；跨段闭合的括号；公式、表格和表单单元格；全角半角混用。
    """
    loose: list[tuple[int, int, str]] = []
    last = len(context.paragraphs) - 1
    for index, paragraph in context.running:
        broken_off = index == last > 0 and paragraph.text[-1:] not in "。;!?)”…"
        if paragraph.whole and not broken_off:
            loose.extend((index, at, sign) for at, sign in unpaired(paragraph.text))
    used: set[int] = set()
    for number, (index, at, sign) in enumerate(loose):
        if number in used:
            continue
        if sign in _PAIRS:
            partner = next(
                (
                    other
                    for other in range(number + 1, min(number + 8, len(loose)))
                    if other not in used and loose[other][2] == _PAIRS[sign] and 0 < loose[other][0] - index <= _REACH
                ),
                None,
            )
            if partner is not None:
                used.add(partner)
                continue
        elif sign in ("’", "‘"):
            continue  # also an apostrophe
        paragraph = context.paragraphs[index]
        around = context.quote(paragraph, at - 10, at + 9)
        partner_sign = _WIDE.get(_PAIRS.get(sign) or _CLOSERS[sign], _PAIRS.get(sign) or _CLOSERS[sign])
        missing = f"缺{'右' if sign in _PAIRS else '左'}{_name(sign)}“{partner_sign}”"
        yield Remark(
            zh=f"{_name(sign)}不成对：“{around}”{missing}。",
            en=f"Unpaired {sign!r}.",
            places=(context.at(paragraph, at, at + 1),),
            key=(sign, around),
            severity="note" if paragraph.region == "notes" else "warning",
            found=context.quote(paragraph, at, at + 1),
            expected=partner_sign,
            suggestion=f"补上“{partner_sign}”，或删去多余的“{context.quote(paragraph, at, at + 1)}”。",
        )


def _name(sign: str) -> str:
    return "书名号" if sign in "《》" else "引号" if sign in "“”‘’「」" else "括号"


def unpaired(text: str) -> list[tuple[int, str]]:
    """Positions of brackets and quotation marks that have no partner in the text; list markers are left out."""
    markers = {m.end() - 1 for m in _MARKER.finditer(text) if not m.group().startswith("(")}
    open_signs: list[tuple[int, str]] = []
    waiting: Counter[str] = Counter()  # how many of each sign are open
    found: list[tuple[int, str]] = []
    for match in _SIGN.finditer(text):
        at, sign = match.start(), match.group()
        if sign in _PAIRS:
            open_signs.append((at, sign))
            waiting[sign] += 1
        elif at not in markers:
            wanted = _CLOSERS[sign]
            if not waiting[wanted]:
                found.append((at, sign))
                continue
            while open_signs[-1][1] != wanted:
                waiting[open_signs[-1][1]] -= 1
                found.append(open_signs.pop())
            waiting[wanted] -= 1
            open_signs.pop()
    return sorted(found + [o for o in open_signs if o[1] != "‘"])
