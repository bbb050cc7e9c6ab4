"""Which lines are forms, tables, chart labels and contents, and so never narrative (区域辨识).

Files made from Word print a table cell by cell: one a line, led by a tab, with further lines of the cell not led by one. Drawn tables
come out torn to single words and punctuation. PDF files print rows. Each line gets one letter, runs of letters are judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from gouji.extraction.lines import Line
from gouji.extraction.numbering import number_of
from gouji.extraction.reading import has_mark, plain
from gouji.extraction.titles import Titles, bare
from gouji.model.regex import regex

#: Words that only self-evaluation forms and indicator tables print together (自评表, 指标表).
FORM_WORD = regex(
    r"自评表|自评得分|[一二三四]级指标|指标值|度量单位|指标性质|完成值|预算执行率|年度总体目标|年度绩效指标|绩效指标|项目年度目标|评价结论"
    r"|绩效目标|权重|计分标准|指标解释|评分标准|产出指标|效益指标|满意度指标|质量指标|时效指标|成本指标|数量指标|扣分原因|主管部门"
)
FORM_TITLE = regex(r"(?:自评表|目标表|目标申报表|指标体系|评分表|评价表|指标表|监控表|情况表|打分表|评价指标)(?:\(.{0,16}\))?$")
FORM_TAIL = regex(r"(?:评价|自评)结论|存在(?:的)?问题|改进措施|(?:项目|财务|填表|单位)(?:负责)?人|联系电话|备注")
TABLE_TITLE = regex(r"^(?:续?表\s*\d|\(?单位\s*:|金额单位|\(?\d{4}\s*年度?\)?$)|(?:[^,。;:]{2,30}表)(?:\(.{0,12}\))?$")
CAPTION = regex(r"^\(?(?:附?图|续?表)\s*[\d一二三四五六七八九十]{1,2}(?:[-.]\d{1,2})?\s*[:.、 \u4e00-\u9fff]|^\([^()]{0,4}[柱饼折]状?[线图][^()]*\)$|^[^,。;]{2,24}(?:示意|结构|情况|变动|构成|占比|对比|统计)图\)?(?:\([^()]*\))?$")
_YEAR_LINE = regex(r"20\d\d年度?")
_NUMERIC = regex(r"[-+]?\d[\d,]*(?:\.\d*)?\s*(?:%|万元|元|亿元)?$")
_NOT_CJK = regex(r"[^\u4e00-\u9fff]{1,30}$")
_PROSE = regex(r"[。;](?!$)|.{14}[,。;]|,.{14}")
_SENTENCE = regex(r"[,。;:](?![\d.])")
_LEADER = regex(r"(?:[.·…。_\-—]{3,}|…|\t)\s*\d{1,4}\s*$")
_ROW = regex(r"\S+(?:\s+\S+){2,}$")
_CAPTION = regex(r"图\s*\d{1,2}\s*[:.、]")
_LEGEND = regex(r"[^,。;:]{2,40}\s+-?[\d,]+(?:\.\d+)?\s*(?:万元|元)?(?:\s+[\d.]+%)?$")
_LEGEND_FIGURES = regex(r"-?[\d,]+(?:\.\d+)?\s*(?:万元|元)?\s+-?[\d.]+%$")
_LEGEND_NAME = regex(r"[^,。;:\d]{2,40}$")
_TORN = regex(r"[TRF]{3,}")
_GROUPED = regex(r"R(?=BR)|F(?=BRR)")  # behind a row or behind the head

Zone = str  # "form" | "table" | "chart" | "contents" | "page" (numbers and headers of pages) | ""


def zones_of(lines: list[Line], titles: Titles, own_tables: bool, furniture: Iterable[int] = ()) -> list[Zone]:
    """The zone of every line, "" for what is read as prose. ``own_tables``: the file format itself says what is a cell."""
    zones: list[Zone] = [""] * len(lines)
    for at in furniture:
        zones[at] = "page"
    mark_contents(lines, zones, titles)
    letters = _letters(lines, zones)
    _mark_groups(lines, letters, titles)
    _mark_cells(lines, zones, letters, titles, own_tables)
    for at, zone in enumerate(zones):
        if zone in ("form", "table"):
            letters[at] = "C"
    for run in _TORN.finditer("".join(letters)):
        _mark_torn(lines, zones, run.start(), run.end(), run.group(), titles)
    if not own_tables:
        _mark_titled(lines, zones, letters, titles)
        _grow_forms(lines, zones, titles)
        _mark_legends(lines, zones)
    _mark_titles(lines, zones, titles)
    return zones


def _mark_legends(lines: list[Line], zones: list[Zone]) -> None:
    """The legend of a pie above its caption, a part a line (公务接待费 3.03万元 26.84%): a pie of two has too few lines to be told by their number."""
    for at, line in enumerate(lines):
        if line.body[0] != "图" or not _CAPTION.match(line.body):
            continue
        while at:
            body = lines[at - 1].body
            size = 1 if zones[at - 1] == "page" or _LEGEND.match(body) else 0
            if not size and at > 1 and _LEGEND_FIGURES.match(body) and _LEGEND_NAME.match(lines[at - 2].body):
                size = 2
            if not size or any(zone not in ("", "chart", "page") for zone in zones[at - size : at]):
                break
            at -= size
            zones[at : at + size] = [zone or "chart" for zone in zones[at : at + size]]


def _letters(lines: list[Line], zones: list[Zone]) -> list[str]:
    """One letter a line: C cell, T tiny, R row of figures, F fragment, B anything that stands for itself."""
    letters: list[str] = []
    for line, zone in zip(lines, zones, strict=True):
        body = line.body
        if zone:
            letter = "F" if zone == "page" else "B"
        elif line.cell:
            letter = "C"
        elif len(body) <= 2:
            letter = "T"
        else:
            letter = _letter(body)
        letters.append(letter)
    return letters


def _mark_groups(lines: list[Line], letters: list[str], titles: Titles) -> None:
    """A short numbered line among rows of figures names a group of them (一、工程类), no section."""
    for found in _GROUPED.finditer("".join(letters)):
        at = found.start() + 1
        if len(lines[at].body) <= _GROUP and (found.group() == "R" or _ROW.match(lines[at - 1].body)) and not _is_heading(lines[at].body, titles):
            letters[at] = "F"


def _letter(body: str) -> str:
    if body[0] == "[" and has_mark(body):
        body = plain(body)
        if not body:
            return "B"
    if _NOT_CJK.match(body):
        return "T"
    if len(body) > 90:
        return "B"
    if " " in body and "。" not in body and (not _SENTENCE.search(body) or (len(body) < 40 and body[0] in "0123456789")) and _is_row(body):
        return "R"
    if len(body) > 45 or _PROSE.search(body) or CAPTION.search(body) or body.startswith(("注", "(注")):
        return "B"
    number = number_of(body)
    if number is not None and len(body) - number.length >= 2:
        return "B"
    return "F"


def _is_row(body: str) -> bool:
    """Whether blanks part the text into cells: figures among them, a running number before them, or a head of a table."""
    pieces = body.split()
    if pieces[0] == "序号" or (pieces[0].isdigit() and len(pieces[0]) <= 3 and pieces[1][0] not in "年月日个项人万元%."):
        return True
    return len(pieces) >= 3 and sum(1 for piece in pieces if _NUMERIC.match(piece)) * 2 >= len(pieces) - 1


def _mark_cells(lines: list[Line], zones: list[Zone], letters: list[str], titles: Titles, own_tables: bool) -> None:
    """Runs of cells with the further lines of their cells."""
    count = len(lines)
    at = 0
    while at < count:
        if letters[at] != "C":
            at += 1
            continue
        stop = at + 1
        while stop < count:
            if letters[stop] == "C" and not (own_tables and lines[stop].apart):
                stop += 1
                continue
            ahead = stop if own_tables else _cell_goes_on(lines, letters, stop, titles)
            if ahead == stop:
                break
            stop = ahead
        zone = _kind_of(lines, at, stop)
        for within in range(at, stop):
            zones[within] = zone
        at = stop


def _cell_goes_on(lines: list[Line], letters: list[str], at: int, titles: Titles) -> int:
    """Where the cell that printed further lines at ``at`` is over: the index of the next cell, or ``at`` where the table has ended."""
    if lines[at - 1].flow:
        return at  # a row that blanks part ends with its line
    ahead = at
    whole = _is_whole_row(lines, at - 1)
    while ahead < len(lines) and ahead - at < 14:
        line = lines[ahead]
        if letters[ahead] == "C":
            return at if line.apart and ahead > at + 2 else ahead
        if line.apart or _is_heading(line.body, titles) or (whole and _stands_alone(line.body)):
            return at
        ahead += 1
    return at


def _is_whole_row(lines: list[Line], at: int) -> bool:
    """Whether the cell is the last of a row that stands on one line, its cells parted by tabs: such tables hardly ever go on on a further line."""
    return at >= 2 and lines[at].line == lines[at - 1].line == lines[at - 2].line


def _stands_alone(body: str) -> bool:
    """Whether a line behind such a row is a paragraph of its own: numbered, or a whole sentence."""
    text = plain(body)
    number = number_of(text)
    return (number is not None and len(text) - number.length > 4) or (len(text) > 40 and text[-1] in "。;" and _PROSE.search(text) is not None)


def _is_heading(body: str, titles: Titles, of_forms: bool = False) -> bool:
    """Whether a line is certainly a section's heading. ``of_forms``: the title of a form does not count as one."""
    if len(body) > 60 or (of_forms and FORM_TITLE.search(body)):
        return False
    text = plain(body)
    number = number_of(text)
    if number is None:
        return len(text) >= 4 and bool(found := titles.match(text)) and found[0].score >= 0.99
    if number.style == "part":
        return True
    if number.style in ("cjk", "cjk_paren", "attachment"):
        found = titles.match(text[number.length :].rstrip("。:"))
        return bool(found) and found[0].score >= 0.75
    return False


def _kind_of(lines: list[Line], start: int, stop: int) -> Zone:
    """``form`` where the vocabulary of self-evaluation forms is printed, else ``table``."""
    words: set[str] = set()
    for at in range(max(0, start - 2), stop):
        words.update(FORM_WORD.findall(lines[at].body))
        if len(words) >= 3:
            return "form"
    return "form" if "自评表" in words else "table"


def _mark_torn(lines: list[Line], zones: list[Zone], start: int, stop: int, run: str, titles: Titles) -> None:
    """A run of scraps: a torn form or table, rows of a table, or the labels of a chart."""
    begin = start
    tiny, rows, size = run.count("T"), run.count("R"), stop - start
    if size >= 20 and tiny >= 8 and (tiny + rows) * 4 >= size:
        for at in range(start, min(start + 6, stop)):
            if FORM_TITLE.search(lines[at].body):
                start = at
                break
        zone = _kind_of(lines, start, stop)
    elif rows >= 3 and rows * 3 >= size:
        zone = _kind_of(lines, start, stop)
    elif size <= 60 and tiny + rows >= 2 and sum(1 for at in range(start, stop) if _NUMERIC.match(plain(lines[at].body))) >= 2:
        zone = "chart"
    else:
        return
    while start < stop and (lines[start].body[-1] == "。" or run[start - begin] == "F") and _is_tail(lines, start):
        start += 1
    if zone == "chart" or size < 200:
        start, stop = _between_headings(lines, start, stop, titles)
    if zone == "chart":
        start, stop = _whole_chart(lines, zones, start, stop, titles)
    for at in range(start, stop):
        zones[at] = zone


def _is_tail(lines: list[Line], at: int) -> bool:
    """Whether a line is the end of the prose before it, wrapped."""
    if lines[at].body[-1] in "。:;":
        return True
    above = lines[at - 1].body if at else ""
    return len(above) >= 30 and _PROSE.search(above) is not None and above[-1] not in "。:;!?)"


def _whole_chart(lines: list[Line], zones: list[Zone], start: int, stop: int, titles: Titles) -> tuple[int, int]:
    """The labels with the names of the parts and the chart's own title beside them."""
    while stop < len(lines) and not zones[stop] and _is_label(lines[stop].body, titles):
        stop += 1
    while start > 0 and not zones[start - 1] and _is_label(lines[start - 1].body, titles):
        start -= 1
    return start, stop


def _is_label(body: str, titles: Titles) -> bool:
    return len(body) <= 16 and not re.search(r"[,。;:(]|^图", body) and number_of(body) is None and not _is_heading(body, titles)


def _between_headings(lines: list[Line], start: int, stop: int, titles: Titles) -> tuple[int, int]:
    """The run without the headings (their numbers lost) that stand at its edges or inside it: the part with the most lines."""
    edges = [start - 1, *(at for at in range(start, stop) if _is_heading(lines[at].body, titles)), stop]
    parts = [(after - before - 1, before + 1, after) for before, after in pairwise(edges)]
    _, first, last = max(parts)
    return first, last


def _mark_titled(lines: list[Line], zones: list[Zone], letters: list[str], titles: Titles) -> None:
    """Forms printed in lines, from their titles on: what stands between the title and the last of its rows, sentences in wide cells and all."""
    starts = [at for at, line in enumerate(lines) if not line.cell and zones[at] not in ("contents", "page") and _is_form_title(line.body)]
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(lines)
        words: set[str] = set()
        last = at = start
        for at in range(start + 1, min(stop, start + _LONGEST_FORM)):
            body = lines[at].body
            if lines[at].cell or zones[at] == "contents" or (len(body) <= 60 and _ends_forms(body, titles)) or at > last + _SENTENCES:
                break
            found = FORM_WORD.findall(body)
            words.update(found)
            if zones[at] in ("form", "table") or letters[at] in "TR" or (found and len(body) <= 60 and not _PROSE.search(body) and not FORM_TAIL.match(body)):
                last = at
        if at + 1 == stop < len(lines) and stop - last <= _CONCLUSIONS:
            last = stop - 1  # between the titles of two forms stands nothing else
        if len(words) >= 6 and _HEAD_WORDS & words:  # the conclusions behind the last row are left to those who let forms grow
            zones[start : last + 1] = ["page" if zone == "page" else "form" for zone in zones[start : last + 1]]


_GROUP = 16  # characters of the name of a group of rows
#: So many lines a form has at most, and so many lines of sentences stand in its cells without a label or a figure among them.
_LONGEST_FORM, _SENTENCES = 700, 14
#: Further lines behind the last row: conclusions and what was drawn late.
_CONCLUSIONS = 40
_HEAD_WORDS = frozenset(("一级指标", "二级指标", "三级指标", "指标值"))


def _is_form_title(body: str) -> bool:
    """Whether a line is the title of a self-evaluation form and no sentence that names one."""
    if "自" not in body or "表" not in body:  # hardly any line goes beyond this
        return False
    text = plain(body)
    return len(text) <= 45 and "自评表" in text and FORM_TITLE.search(text) is not None and _PROSE.search(text) is None and not re.search(r"详?见|附后|如下|[,。;:]", text)


def _ends_forms(body: str, titles: Titles) -> bool:
    """Whether a line is a numbered heading of the document, or the title of a table of another kind."""
    text = plain(body)
    return (len(text) <= 45 and FORM_TITLE.search(text) is not None) or (number_of(text) is not None and _is_heading(body, titles, of_forms=True))


def _grow_forms(lines: list[Line], zones: list[Zone], titles: Titles) -> None:
    """Sentences in the cells of a form that was printed in lines: from its title down to its rows, and its conclusions behind them."""
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and zones[stop] == "form" and not lines[stop].cell:
            stop += 1
        if stop == at:
            at += 1
            continue
        for before in range(at - 1, max(-1, at - 20), -1):
            if zones[before] or (_is_heading(lines[before].body, titles, of_forms=True) and number_of(plain(lines[before].body)) is not None):
                break  # 项目基本情况 without a number is a head inside many forms
            if FORM_TITLE.search(lines[before].body) and len(lines[before].body) <= 45:
                zones[before:at] = ["form"] * (at - before)
                break
        last = stop
        for behind in range(stop, min(stop + 40, len(lines))):
            if zones[behind] or behind > last + 8 or _is_heading(lines[behind].body, titles):
                break
            if FORM_TAIL.match(lines[behind].body):
                last = behind
        if last > stop or (stop < len(lines) and FORM_TAIL.match(lines[stop].body)):
            if last + 1 < len(lines) and not zones[last + 1] and FORM_TAIL.fullmatch(lines[last].body) and not _is_heading(lines[last + 1].body, titles):
                last += 1  # 评价结论 alone on its line: its sentence is the next one
            while last + 1 < len(lines) and not zones[last + 1] and _PROSE.search(lines[last].body) and lines[last].body[-1] not in "。;":
                last += 1
            zones[stop : last + 1] = ["form"] * (last + 1 - stop)
            stop = last + 1
        at = stop


def _mark_titles(lines: list[Line], zones: list[Zone], titles: Titles) -> None:
    """The title, year and unit lines right before a form or table belong to it."""
    for at in range(1, len(lines)):
        if zones[at] not in ("form", "table") or zones[at - 1]:
            continue
        for before in range(at - 1, max(-1, at - 5), -1):
            body = plain(lines[before].body)
            if zones[before] or len(body) > 45 or number_of(body) is not None or not TABLE_TITLE.search(body) or _is_heading(body, titles):
                break
            zones[before] = zones[at]


def mark_contents(lines: list[Line], zones: list[Zone], titles: Titles) -> None:
    """The table of contents: from 目录 until an entry comes again as a heading; and any line with leaders and a page number."""
    limit = min(len(lines), 400)
    opening = next((at for at in range(limit) if plain(lines[at].body) in ("目录", "目次")), None)
    if opening is not None:
        stop = _end_of_contents(lines, opening + 1)
        for at in range(opening, stop):
            if not lines[at].body.startswith(("公开", "发布")):
                zones[at] = "contents"
    for at in range(limit):
        if not zones[at] and len(lines[at].body) < 90 and not lines[at].cell and _LEADER.search(lines[at].body):
            zones[at] = "contents"


def _end_of_contents(lines: list[Line], start: int) -> int:
    seen: set[str] = set()
    parts: set[int] = set()
    last_leader, cover = start, 0
    for at in range(start, min(len(lines), start + 150)):
        body = lines[at].body
        if _LEADER.search(body):
            last_leader = at + 1
            body = _LEADER.sub("", body)
        text = plain(body)
        numbered, title = _titled(text)
        if title and len(title) >= 3 and title in seen:
            return cover or at
        if (part := number_of(text)) is not None and part.style == "part":
            if part.value in parts:
                return cover or at  # 第一部分 again: four lines of parts are a table of contents too
            parts.add(part.value)
        if len(text) > 60 or "。" in text[:-1]:
            return last_leader
        if len(title) >= 3 and (numbered or _LEADER.search(lines[at].body)):
            seen.add(title)
            cover = 0
        elif not cover and _YEAR_LINE.fullmatch(text):
            cover = at  # on a page the contents may stand before the cover
    return min(len(lines), start + 150) if len(lines) <= start + 150 else last_leader


def _titled(text: str) -> tuple[bool, str]:
    """Whether an entry is numbered, and its title; a list's own number may stand before that of the heading (``1.第一部分 单位概况``)."""
    numbered = False
    while (number := number_of(text)) is not None and number.length and len(text) > number.length:
        numbered, text = True, text[number.length :]
    return numbered, bare(text)
