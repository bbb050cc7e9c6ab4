"""Whom and when a document speaks of (主体与年度): unit, accounting year, kind, jurisdiction, whether it is whole.

The unit's name is where documents put it: cover and title, 以下简称, the sentences on 机关运行经费, 政府采购 and vehicles, signatures. The year is
that of the slots (2023年度收、支总计…); a title that says otherwise is a doubt, told to the user.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from gouji.documents.blocks import Document
from gouji.extraction.reading import folded_whole
from gouji.model.dossier import Kind
from gouji.model.figure import Place
from gouji.model.outline import Paragraph, Section
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.loader import jurisdiction_of as _jurisdiction_of

_SUFFIX = (
    r"(?:局|委员会|办公室|厅|院|中心|学校|大学|学院|中学|小学|幼儿园|馆|所|站|队|处|社|联合会|协会|总会|工会|商会|委|府|部|政协|人大|街道|镇|乡|园区|园|集团|公司|司|协|联)"
)
_NAME = rf"[\u4e00-\u9fffX×]{{1,38}}?{_SUFFIX}"
#: The office's own account beside that of its whole department (本级): the unit is the office.
_OWN = r"(?:\((?:本级|机关|本部)\)|本级|机关)?"
_YEAR_WORD = r"(?:20\d\d年度?)"
_SELF = regex(r"^(?:本|我|全|各|该|其|上级|下属|所属|对|由|向|和|及|与|在|以|按|经|为|将|从)|决算|预算|支出|收入|以下|单位数")
#: Lines (with the line before or behind) that name the unit, how far each is to be trusted, the words of the pattern. Only short lines are tried.
_LINES: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (regex(pattern, *words), weight)
    for pattern, weight, *words in (
        (rf"{_YEAR_WORD}?({_NAME}){_OWN}{_YEAR_WORD}?\n?(?:部门|单位)?(?:决算|预算)(?:公开)?(?:说明|报告|草案|编制说明)?(?:\n|$)", 8, "决算", "预算"),
        (rf"({_NAME}){_OWN}\n{_YEAR_WORD}?\n?(?:部门|单位)(?:决算|预算)(?:公开)?(?:说明|报告)?(?:\n|$)", 8, "部门决算", "单位决算", "部门预算", "单位预算"),
        (rf"第[一二三]部分({_NAME})(?:概况|基本情况|{_YEAR_WORD})", 5, "第一部分", "第二部分", "第三部分"),
        (rf"({_NAME})\n?(?:关于)?{_YEAR_WORD}?(?:部门|单位)?(?:整体|预算)[^\n。]{{0,12}}报告(?:\n|$)", 4, "报告"),
        (rf"({_NAME})\n(?:关于[^\n]*\n)?[^\n]*(?:自评|评价)报告(?:\n|$)", 3, "自评报告", "评价报告"),
        (rf"(?:部门名称|预算单位名称|单位名称)\n({_NAME})(?:\n|$)", 4, "单位名称\n", "部门名称\n"),
        (rf"(?:部门|单位):({_NAME}){_OWN}(?:金额)?单位:", 4, "单位:"),
        (rf"({_NAME})\n20\d\d年\d{{1,2}}月(?:\d{{1,2}}日)?(?:\n|$)", 4, "月"),
    )
)
#: How sentences about the unit begin.
_BEGINNINGS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (regex(pattern, *words), weight)
    for pattern, weight, *words in (
        (rf"(?:第[一二三]条)?({_NAME}){_OWN}\((?:以下)?简称", 6, "简称"),
        (rf"({_NAME}){_OWN}{_YEAR_WORD}(?:收入|财政拨款|预算绩效|政府采购|政府性基金|国有资本|无)", 3, "20"),
        (rf"(?:第[一二三]条)?({_NAME}){_OWN}(?:是|为|系)[^,。\n]{{0,16}}(?:预算单位|行政单位|工作部门|事业单位|组成部门|内设机构|直属机构)", 4, "预算单位", "行政单位", "工作部门", "事业单位", "组成部门", "内设机构", "直属机构"),
        (rf"({_NAME}){_OWN}(?:内设|核定|总?编制|现有)", 3, "内设", "核定", "编制", "现有"),
    )
)
#: A name ends with one of these (or its line announces one); what a line that names the unit, with the next two, speaks of.
_MAY_NAME = regex(r"^[^\n]*?[局会厅院室心校学园馆所站队处社委府部协大道镇乡区团司联称][^\n]*", flags=re.MULTILINE)
_SPEAKS_OF = regex(r"决算|预算|报告|概况|情况|年|名称")
#: Words that the unit's name stands right before, inside a sentence.
_ANCHORS = regex(r"(?:下属|所属|下辖)二级(?:预算)?单位|机关运行经费(?:支出)?\d|政府采购(?:支出总额|金额)|共有车辆|(?:20\d\d年度?)(?:部门|单位)决算编制范围")
_BEFORE_ANCHOR = regex(rf"(?:^|[日年度])({_NAME}){_OWN}$")
_TOPIC = (
    r"(?:收[、,]?支总计|收入[、,]?支出总计|本年收入合计|本年支出合计|财政拨款收|一般公共预算(?:财政拨款)?(?:基本)?支出|“三公”经费|政府性基金预算"
    r"|国有资本经营预算|机关运行经费|政府采购|(?:部门|单位)决算|预算编制阶段|无)"
)
_SLOT_YEAR = regex(rf"(?<![与比较自从])(20\d\d)年度?,?[^,。;\n]{{0,30}}?{_TOPIC}")
_LAST_YEAR = regex(r"[与比较](20\d\d)年度?(?:相比|增|减|决算|持平|下降|上升)")
_YEAR_END = regex(r"截至(20\d\d)年(?:12月31日|末|底|年末|年底)")
_TITLE_YEAR = regex(rf"^(20\d\d)年度?.{{0,40}}(?:决算|预算|报告|绩效)|^(?:{_NAME})(20\d\d)年度?.{{0,20}}(?:决算|预算|报告)$|^(20\d\d)年度?$", flags=re.M)
_OPENING_YEAR = regex(r"(?:^|[。;])(?:\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十\d]{1,2}[、.])?(20\d\d)年度?(?![上下末底初以至到\-—]|\d{1,2}月|第?[一二三四]季)", flags=re.M)
_HEADING_YEAR = regex(r"^第[一二三四]部分.{0,40}?(20\d\d)年度?", flags=re.M)


_APART = frozenset({"form", "table", "contents", "glossary"})  # regions that do not tell whom the document is about


@record
class Identity:
    """``unit_names``: every mention of the unit by one of its names, in the order of the document."""

    unit: str
    year: int | None
    year_doubt: str | None
    kind: Kind
    jurisdiction: str
    complete: bool
    unit_names: tuple[tuple[str, Place], ...] = ()


def first_look(document: Document, jurisdiction_of: Callable[[str, str], str] | None = None) -> tuple[str, int | None, str]:
    """Unit, year and jurisdiction from the bare text, to choose the standards by before anything else is read."""
    lines = _lines(document)
    unit, _ = _unit_of(lines)
    year, _ = _year_of(lines)
    return unit, year, (jurisdiction_of or _jurisdiction_of)(unit, document.text)


def identify(
    document: Document,
    paragraphs: Sequence[Paragraph],
    sections: Sequence[Section] = (),
    truncated: bool = False,
    jurisdiction_of: Callable[[str, str], str] | None = None,
) -> Identity:
    """What the whole document shows of itself."""
    told = [p for p in paragraphs if p.region not in _APART]
    lines = "\n".join(p.text for p in told if p.text) or _lines(document)
    heads = "\n".join(p.text for p in paragraphs[:2000] if p.region == "form")[:3000]
    unit, found = _unit_of(f"{lines}\n{heads}")
    year, doubt = _year_of(lines)
    if year is None or not unit:  # the cover of a workbook is a sheet of cells
        everything = _lines(document)
        if year is None:
            year, doubt = _year_of(everything)
        if not unit:
            unit, found = _unit_of(everything)
    kind = _kind_of(paragraphs, sections, lines)
    jurisdiction = (jurisdiction_of or _jurisdiction_of)(unit, document.text)
    complete = not truncated and _is_whole(paragraphs, sections, kind)
    return Identity(unit, year, doubt, kind, jurisdiction, complete, _mentions(told, sections, unit, found))


def _lines(document: Document) -> str:
    """The text without blanks, line by line, as far as needed to see who speaks."""
    return re.sub(r"\n+", "\n", re.sub(r"[^\S\n]+|\[(?:image|bookmark):[^\]\n]{0,200}\]", "", folded_whole(document.text)[:80_000]))


# ------------------------------------------------------------------------------------------------------------ the unit


def _unit_of(lines: str) -> tuple[str, Counter[str]]:
    """The unit's name and all names found in its place, with their weights."""
    found: Counter[str] = Counter()
    for line in _MAY_NAME.finditer(lines):  # not most lines of a form
        row = line.group()
        if len(row) <= 70:
            near = lines[line.start() : _end_of_line(lines, _end_of_line(lines, line.end()))]
            for pattern, weight in _LINES if _SPEAKS_OF.search(near) else ():
                if (match := pattern.match(near)) is not None:
                    _count(found, match[1], weight)
            if len(row) < 8:
                continue
        for pattern, weight in _BEGINNINGS:
            if (match := pattern.match(row)) is not None:
                _count(found, match[1], weight)
        for anchor in _ANCHORS.finditer(row):
            before = row[max(0, anchor.start() - 44) : anchor.start()]
            before = before[max(before.rfind(sign) for sign in ",。;:入") + 1 :]
            if (match := _BEFORE_ANCHOR.search(before)) is not None:
                _count(found, match[1], 3)
    if not found:
        return "", found
    leading = max(found, key=lambda name: (found[name] * (1.0 if _has_place(name) else 0.6), len(name)))
    if not _has_place(leading):
        longer = [name for name in found if name != leading and name.endswith(leading[-2:]) and _has_place(name) and is_short_for(leading, name)]
        if longer:
            leading = max(longer, key=lambda name: (found[name], len(name)))
    return leading, found


def _end_of_line(lines: str, end: int) -> int:
    """Where the line behind the one that ends at ``end`` ends itself."""
    behind = lines.find("\n", end + 1)
    return behind if behind >= 0 else len(lines)


def _count(found: Counter[str], name: str, weight: int) -> None:
    if len(name) >= 3 and not _SELF.search(name):
        found[name] += weight


def _has_place(name: str) -> bool:
    """Whether the name begins with a place (泸州市…), not with the bare 市 or 区 of an abbreviation."""
    at = min((place for place in (name.find(sign) for sign in "省市县区州旗盟") if place >= 0), default=-1)
    return at > 0


def is_short_for(short: str, full: str) -> bool:
    """Whether the one is the other with characters left out (市经信局 of 某某市经济和信息化局)."""
    at = 0
    for char in full:
        if at < len(short) and short[at] == char:
            at += 1
    return at == len(short) and len(short) <= len(full)


def _mentions(
    paragraphs: Sequence[Paragraph], sections: Sequence[Section], unit: str, found: Counter[str]
) -> tuple[tuple[str, Place], ...]:
    if not unit:
        return ()
    full = max((name for name in found if name.endswith(unit)), key=len, default=unit)
    others = [name for name in found if not is_short_for(name, full)]
    known = set(found)
    mentions: list[tuple[str, Place]] = []
    for paragraph in paragraphs:
        if paragraph.region == "statements" or paragraph.kind in ("cell", "marker"):
            continue
        text = paragraph.text
        spans = {
            (first, last)
            for first, last in _short_names(text, full)
            if last - first >= 5 or text[first:last] in known or (last - first == 4 and text[first] in "省市县区州旗")
        }
        for name in others:
            at = text.find(name)
            while at >= 0:
                spans.add((at, at + len(name)))
                at = text.find(name, at + len(name))
        path = sections[paragraph.section].path if paragraph.section >= 0 and sections else ""
        for first, last in sorted(spans):
            start, end = paragraph.span(first, last)
            mentions.append((text[first:last], Place(start, end, paragraph.line, path, paragraph.page, paragraph.cell)))
    return tuple(mentions)


def _short_names(text: str, full: str) -> list[tuple[int, int]]:
    """Spans of the text that are the full name or the full name with characters left out, at least three characters long."""
    spans: list[tuple[int, int]] = []
    at = text.find(full[-1])
    while at >= 0:
        first, left = at, len(full) - 1
        while first > 0:
            before = full.rfind(text[first - 1], 0, left)
            if before < 0:
                break
            first, left = first - 1, before
        if at + 1 - first >= 3:
            spans.append((first, at + 1))
        at = text.find(full[-1], at + 1)
    return spans


# ------------------------------------------------------------------------------------------------------------ the year


def _year_of(lines: str) -> tuple[int | None, str | None]:
    """The accounting year and, in Chinese, why it is in doubt."""
    votes: dict[int, float] = defaultdict(float)
    titles: Counter[int] = Counter()
    for match in _TITLE_YEAR.finditer(lines[:3000]):
        titles[int(next(group for group in match.groups() if group))] += 1
    for match in _HEADING_YEAR.finditer(lines):
        votes[int(match[1])] += 2
    for match in _SLOT_YEAR.finditer(lines):
        votes[int(match[1])] += 1
    for match in _YEAR_END.finditer(lines):
        votes[int(match[1])] += 1
    for match in _LAST_YEAR.finditer(lines):
        votes[int(match[1]) + 1] += 0.5
    title = titles.most_common(1)[0][0] if titles else None
    if title is not None:
        votes[title] += 2
    if not votes:  # a piece of a disclosure without its title: the year in which all its statements that open with one stand
        opened = {int(match[1]) for match in _OPENING_YEAR.finditer(lines)}
        return (opened.pop(), None) if len(opened) == 1 else (None, None)
    year = max(votes, key=lambda each: (votes[each], each))
    if title is not None and title != year:
        return year, f"标题写的是{title}年度，正文多数表述为{year}年度"
    rivals = [each for each in votes if each != year and votes[each] * 2 >= votes[year]]
    if rivals:
        return year, f"正文中{year}年度与{rivals[0]}年度的表述并存"
    return year, None


# ------------------------------------------------------------------------------------------------- kind, completeness


def _kind_of(paragraphs: Sequence[Paragraph], sections: Sequence[Section], lines: str) -> Kind:
    narrative = sum(1 for section in sections if section.role.startswith("narrative.") and section.role.count(".") == 1)
    parts = sum(1 for section in sections if section.number.startswith("第") or section.role.startswith("part."))
    reports = sum(1 for section in sections if section.title.rstrip("。").endswith(("报告", "范本", "总结")))
    cover = "\n".join(p.text for p in paragraphs[:40] if p.region in ("cover", "contents"))
    titles = "\n".join(section.title for section in sections if section.level == 1)
    if "决算" not in cover + titles and re.search(r"(?:部门|单位)预算(?:$|公开|编制|说明)", f"{cover}\n{titles}", re.M):
        return "budget"
    if "决算" not in lines and re.search(r"预算(?:安排)?(?:情况)?(?:说明|公开)", lines):
        return "budget"  # a piece of one
    if narrative < 2 and parts < 2:
        return "performance-report" if reports and not narrative else "fragment"
    for text in (cover, titles, lines):
        units, departments = text.count("单位决算"), text.count("部门决算")
        if units != departments:
            return "unit" if units > departments else "department"
    return "department"


def _is_whole(paragraphs: Sequence[Paragraph], sections: Sequence[Section], kind: Kind) -> bool:
    """Whether the document shows itself to be whole, so that something may be missing from it."""
    if kind in ("department", "unit", "budget"):
        parts = sum(1 for s in sections if s.parent < 0 and (s.number.startswith("第") or s.role.startswith("part.") or not s.role))
        narrative = {section.role for section in sections if section.role.startswith("narrative.") and section.role.count(".") == 1}
        contents = sum(1 for p in paragraphs[:400] if p.region == "contents")
        return parts >= 4 or (parts >= 3 and (contents >= 5 or len(narrative) >= 8))
    if kind == "performance-report":
        tops = [section for section in sections if section.parent >= 0 and sections[section.parent].parent < 0]
        return len(tops) >= 3 and tops[0].number.startswith(("一", "1"))
    return False
