"""Lines joined to paragraphs again (断行拼接): what a page, a column or a converter broke is one sentence, what is separate stays so.

Whether lines continue each other shows in the join itself (an open bracket, a comma, 万元 at the start of the next line), in the width of the
layout (a full line goes on) and in what the next line begins with (a number, a note, a picture, a new 类款项 path never continue).
"""

from __future__ import annotations

import re

from gouji.documents.blocks import Document
from gouji.extraction.lines import Line
from gouji.extraction.numbering import number_of
from gouji.extraction.reading import Runs, has_mark, read
from gouji.extraction.regions import CAPTION, Zone
from gouji.extraction.titles import Titles
from gouji.model.outline import ParagraphKind
from gouji.model.record import record
from gouji.model.regex import regex

_ENDED = regex(r"[。!?;:…](?:[\"”’)》】]{0,3})$")
_FULL_STOP = regex(r"[。!?…](?:[\"”’)》】]{0,3})$")
_GOES_ON = regex(r"[,、(〔“《/—与及]$|(?<!组)和$|[的为]$")
_CONTINUES = regex(r"[,。、;:)”》〕%]|(?:万|亿)?元(?![一-鿿]{2})|万元|\(2\d{2,6}\)|[类款项]\)|\([类款项]\)|-?\d[\d,]*(?:\.\d+)?(?:万元|亿元|元|%)(?!的)")
_STARTER = regex(r"\(?注[:：]|注:|\(?[附续]?[图表]\s?\d|单位:|[●◆■▪○□•]|-\s?\d|……|…$|[一二三四五六七八九]是|首先|其次|第[一二三四五六七八九十]{1,3}条")
_SOFT_STARTER = regex(
    r"其中:|[^,。;:()]{2,24}\((?:类|款)|(?:19|20)\d\d年度?(?:[收财一政国本“\"机部],?|[^,。]{0,24}(?:支出|收入|总计))|截至(?:19|20)\d\d"
)
#: A new clause that breaks off after a few characters: its rest is on the next line, whatever that looks like.
_DANGLES = regex(r"(?:;[一-龥]{1,12}|[,:][一-龥]{1,2})$")
_PATH_OPEN = regex(r"\([类款]\)$")
_SEQUEL = regex(r"(?:主要)?(?:变动|增减|增长|减少|增加|下降|上升)?的?(?:主要)?原因|决算数(?:小于|大于|等于|与|和)|与(?:20\d\d|上)年(?:度)?(?:相比|持平)")
_REASON = regex(r"原因(?:是|为|如下)?:$")
_ROW = regex(r"\S+(?:\s+\S+){2,}$")
_INSIDE = regex(r"[,。、:;]")
_AMOUNT = regex(r"(?:(?:19|20)\d\d年度?)?(?:年初预算|全年预算|预算数?|支出决算|决算数?|支出)(?:为|是|\d)")
_PATH_END = regex(r"\(项\)[:.。]?$")
_PATH_REST = regex(r"[^,。;:()]{2,30}\([款项]\)")
_DATE = regex(r"(?:(?:19|20)\d\d|[二〇○零一三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)?$", "月")
_REPORT = regex(r"^[^,。;:]{6,}(?:报告|总结|范本|自评表)(?:\(.{0,12}\))?$")
_NOTE = regex(r"\(?(?:注|备注|说明|数据来源)[:：]|\(注|\((?:解释|名词解释部分|如不涉及|仅罗列|此处)[^()]*(?:\([^()]*\)[^()]*)*\)$")


_INDENT = 4  # half-width columns by which the first line of a paragraph is set in


@record
class Layout:
    """How the file breaks lines: ``width`` of a full line in half-width columns (0: lines are not filled), ``loose``: sentences go over
    page breaks, so that a line without its full stop goes on in the next."""

    width: float
    loose: bool


def layout_of(document: Document, lines: list[Line], zones: list[Zone]) -> Layout:
    """What the prose lines of the file show. Word and web files keep their paragraphs whole."""
    if document.format not in ("txt", "pdf"):
        return Layout(0, False)
    widths = sorted(_width(line) for line, zone in zip(lines, zones, strict=True) if not zone and line.broken and len(line.body) > 14)
    if not widths:
        return Layout(0, document.format == "pdf")
    widest, filled = _widest(widths, 0.97), False
    for most, share in ((140, 0.97), (64, 0.93), (64, 0.88)):  # the remarks under lying tables are longer than the lines of the text
        width = _widest(widths, share)
        full = sum(1 for each in widths if each >= width * 0.92)
        if width <= most and len(widths) >= 6 and full * 100 >= len(widths) * 30:
            widest, filled = width, True
            break
    cells = sum(1 for line in lines if line.cell and line.broken)
    made_from_word = cells > 5 or "[image: " in document.text or "[bookmark: " in document.text
    return Layout(widest if filled else 0, not made_from_word)


def _widest(widths: list[float], share: float) -> float:
    """The width that this share of the lines does not exceed."""
    return widths[max(int(len(widths) * share) - (1 if len(widths) > 1 else 0), 0)]


def _width(line: Line) -> float:
    body = line.body
    return (len(body.encode("utf-8", "replace")) + len(body)) / 2 + body.count(",") + body.count("(") + body.count(")") + body.count(":") + body.count(";")


def drafts_of(document: Document, folded: str, lines: list[Line], zones: list[Zone], titles: Titles) -> list[Line]:
    """The paragraphs of the document, headings not yet told apart."""
    layout = layout_of(document, lines, zones)
    drafts: list[Line] = []
    waiting: list[Line] = []
    opened = _Joined(Line(-1, "", 0, 0, 0, False, False, False))
    last: Line | None = None  # the line that the last paragraph ends with, while it may go on
    for line, zone in zip(lines, zones, strict=True):
        start, body = line.start, line.body
        if zone:
            line.zone = zone
            line.kind = _ZONE_KIND[zone]
            if " " in body or "[" in body or "\u200b" in body or "\t" in body:
                line.text, line.runs = read(folded, start, line.end)
            else:
                line.runs = ((0, start),)
            if zone == "page" and last is not None:
                waiting.append(line)  # a sentence may go on behind the page's number
                continue
            drafts += (*waiting, line)
            waiting.clear()
            last = None
            continue
        text, runs = read(folded, start, line.end)
        if last is not None and text and not has_mark(body) and _continues(opened.short, text, last, line, layout, titles):
            opened.join(text, runs, line.end)
        else:
            opened.close()
            drafts += waiting
            waiting.clear()
            line.text, line.runs, line.kind = text, runs, "marker" if not text else _kind_of(text)
            drafts.append(line)
            opened = _Joined(line)
        goes_on = line.broken or (text != "" and _PATH_END.search(text[-8:]) is not None)
        last = line if goes_on and opened.draft.kind not in ("caption", "marker") else None
    opened.close()
    drafts += waiting
    _mark_signatures(drafts)
    return drafts


_ZONE_KIND: dict[str, ParagraphKind] = {"form": "cell", "table": "cell", "chart": "caption", "contents": "contents_line", "page": "marker"}


def _kind_of(text: str) -> ParagraphKind:
    if len(text) < 80 and CAPTION.search(text):
        return "caption"
    if _NOTE.match(text):
        return "source_note"
    return "prose"


class _Joined:
    """A paragraph while lines are put behind it; ``short`` is its beginning and end, enough to judge the next line by."""

    __slots__ = ("draft", "length", "parts", "runs", "short")

    def __init__(self, draft: Line) -> None:
        self.draft, self.short, self.length = draft, draft.text[:120] + draft.text[120:][-280:], len(draft.text)
        self.parts, self.runs = [draft.text], list(draft.runs)

    def join(self, text: str, runs: Runs, end: int) -> None:
        """The text put behind; between two Latin words the line break stays as a blank (a number broken in two is one)."""
        if _is_latin(self.short[-1:]) and _is_latin(text[0]):
            self.runs.append((self.length, self.draft.end))
            self.parts.append(" ")
            self.length += 1
        self.runs += [(reading + self.length, canonical) for reading, canonical in runs]
        self.parts.append(text)
        self.length += len(text)
        self.draft.end = end
        self.short += text
        if len(self.short) > 400:
            self.short = self.short[:120] + self.short[-280:]

    def close(self) -> None:
        if len(self.parts) > 1:
            self.draft.text, self.draft.runs = "".join(self.parts), tuple(self.runs)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _continues(before: str, text: str, last: Line, line: Line, layout: Layout, titles: Titles) -> bool:
    """Whether a line goes on with the paragraph before it."""
    if not before:
        return False
    if not last.broken:
        return _AMOUNT.match(text) is not None
    if line.flow:
        return line.flow == "goes_on"
    if _PATH_OPEN.search(before) and _PATH_REST.match(text):
        return True
    if _CONTINUES.match(text) and not text.startswith(")."):
        return True
    if _starts_anew(text, titles):
        return False
    soft = _SOFT_STARTER.match(text) is not None
    if not soft and (_PATH_END.search(before) or _REASON.search(before)) and len(before) < 400:
        return True
    if any(_ROW.match(row.body) and not _INSIDE.search(row.body) for row in (last, line)):
        return False
    indented = _width(last) + _INDENT if len(before) <= len(last.body) else 0.0  # the first line of a paragraph
    full = layout.width > 0 and not line.apart and (_width(last) >= layout.width * 0.86 or indented >= layout.width * 0.9)
    if layout.width > 0 and len(text) <= 8 and len(before) <= 60 and _completes(before, text, titles):
        return True
    if _is_title(before, titles):
        return False
    if _DANGLES.search(before) and len(before) >= 16:
        return True
    if soft and not (layout.width > 0 and before[-1] in ",、;" and not line.apart):
        return False
    if _SEQUEL.match(text) and (layout.loose or layout.width) and len(before) >= 16:
        return True
    if before[-1] == ";" and layout.width > 0 and _width(last) >= layout.width * 0.75:
        return True
    if _ENDED.search(before):
        if _FULL_STOP.search(before) or before.endswith(":"):
            return full and _width(last) >= layout.width * 0.95 and len(before) > 20
        return full
    if full:
        return True
    if before.startswith(("(注", "注:")):
        return False
    if _GOES_ON.search(before) and len(before) >= 8:
        return True
    tail = before[-60:]
    if tail.rfind("(") > tail.rfind(")") or tail.rfind("“") > tail.rfind("”") or tail.rfind("《") > tail.rfind("》"):
        return len(before) >= 12
    return layout.loose and not layout.width and len(before) >= 22


def _starts_anew(text: str, titles: Titles) -> bool:
    if text[0] == "(" and text[-1] == ")" and "(" not in text[1:-1] and len(text) > 4:
        return True
    if number_of(text) is not None or _STARTER.match(text) or CAPTION.search(text[:40]):
        return True
    return len(text) <= 40 and _is_title(text, titles)


def _completes(before: str, text: str, titles: Titles) -> bool:
    """Whether a line is the broken-off end of the title before it."""
    if _ENDED.search(text) or _ENDED.search(before):
        return False
    number = number_of(before)
    title = before[number.length :] if number else before
    whole = titles.of_part(title + text)
    short = titles.of_part(title)
    return bool(whole) and whole[0].score >= 0.8 and whole[0].score > (short[0].score if short else 0.0) + 0.02


def _is_title(text: str, titles: Titles) -> bool:
    """Whether the text is a heading by its number or by its known title."""
    if len(text) > 60 or "。" in text[:-1]:
        return False
    number = number_of(text)
    if (number is not None and number.style in ("part", "attachment")) or _REPORT.search(text):
        return True
    found = titles.match(text[number.length :] if number else text)
    if found and found[0].score >= (0.8 if number else 0.9):
        return True
    return number is not None and number.style in ("cjk", "cjk_paren") and len(text) <= 24 and not re.search(r"[,;:]", text)


def _mark_signatures(drafts: list[Line]) -> None:
    """A date on a line of its own, and the unit above it (落款)."""
    for at, draft in enumerate(drafts):
        if draft.kind == "prose" and not draft.zone and len(draft.text) <= 16 and _DATE.match(draft.text):
            draft.kind = "signature"
            if at and drafts[at - 1].kind == "prose" and not drafts[at - 1].zone:
                above = drafts[at - 1].text
                if 3 <= len(above) <= 30 and not re.search(r"[,。;:、\d]", above) and above[-1] in "局会厅办院校心委部处队所站馆室社团府科":
                    drafts[at - 1].kind = "signature"
