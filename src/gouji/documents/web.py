"""Web pages (.html, also the ones that Word and report systems write): what a browser shows, in reading order.

Pages labelled gb2312 or gbk are gb18030. Scripts, styles and hidden elements are left out; navigation is not, a reader sees it. A table
used for layout (around other tables, around a whole article) is transparent; any other becomes cells, with their spans.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from gouji.documents.blocks import Block, BlockKind
from gouji.documents.encoding import decode, marked
from gouji.documents.list_numbers import list_number
from gouji.documents.refusals import Refusal, refuse
from gouji.documents.transcript import Transcript
from gouji.documents.web_tables import Table, is_layout
from gouji.model.figure import Cell
from gouji.model.regex import regex

_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "head", "select", "option", "datalist", "iframe", "object", "embed", "applet", "svg", "math",
    "canvas", "audio", "video", "map", "textarea", "button", "input",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
))  # fmt: skip
_LIST_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "none": "none", "decimal": "decimal",
    "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand", "trad-chinese-informal": "chineseCountingThousand",
    "simp-chinese-formal": "chineseLegalSimplified", "cjk-decimal": "ideographDigital", "disc": "bullet", "circle": "bullet", "square": "bullet",
}  # fmt: skip
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_\-]+)", re.IGNORECASE
)
_HIDDEN = regex(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", flags=re.IGNORECASE)
_LIST_STYLE = regex(r"list-style(?:-type)?\s*:\s*([a-z\-]+)", flags=re.IGNORECASE)
_BLANKS = regex(r"[ \t\r\n\f\xa0]+")
_ENDS = regex(r"</(?:html|body)\b[^<>]{0,20}>", flags=re.IGNORECASE)
_ATTACHMENT = regex(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:[?#]|$)", flags=re.IGNORECASE)
_LINE = "\u2028"  # a line break inside a block, until its blanks are settled
_SHELL = 400  # characters: a page with less text than this and an attachment is its shell


class WebReading(NamedTuple):
    """What was read of a web page: canonical text, blocks, title, notes for the user."""

    text: str
    blocks: tuple[Block, ...]
    title: str
    notes: tuple[str, ...]


def read_web(data: bytes) -> WebReading:
    """Reads a page. Raises :class:`Refusal`."""
    source = _decode(data).replace("\x00", "").replace(_LINE, " ")
    if source.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        source = source.lstrip("\ufeff \t\r\n").partition("?>")[2]
    # A browser goes on behind </html> (whole pages are pasted into articles); libxml2 stops there without a word.
    source = _ENDS.sub("", source)
    # Deep nesting is no danger to a walk without recursion, and huge_tree raises libxml2's own limit from 256 to 2,048 levels.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise refuse("blank") from error
    if root is None:  # nothing but a DOCTYPE or comments
        raise refuse("blank")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # libxml2 stops here without a word, and a document with its end missing would be judged as one that ends there.
        raise Refusal("网页的标签嵌套过深或单个标签过长，读不完整，已停止读取", "请在浏览器里打开后全选复制到 Word，另存为 .docx 再试。")
    page = _Page(root)
    text, blocks = page.transcript.finish()
    attachments = list(dict.fromkeys(page.attachments))
    if not text.strip():
        if attachments:
            raise Refusal("网页里没有文字，只有附件链接：" + "、".join(attachments[:5]), "请打开网页下载附件，再对附件运行。")
        raise Refusal(
            "网页里没有文字（内容可能由脚本载入，或只有图片）", "请在浏览器里打开后全选复制到 Word 另存为 .docx，或下载网页里的附件再试。"
        )
    notes: tuple[str, ...] = ()
    if attachments and len(text) < _SHELL:
        notes = ("这个网页的文字很少，公开内容可能在附件里，附件没有读：" + "、".join(attachments[:5]),)
    return WebReading(text, blocks, page.title, notes)


def _decode(data: bytes) -> str:
    if marked(data)[0] or b"\x00" in data[:64]:
        return decode(data)
    found = _CHARSET.search(data[:8192])
    stated = (found.group(1) or found.group(2)).decode("ascii").lower() if found else ""
    if stated in ("gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk", "hz-gb-2312"):
        stated = "gb18030"
    if stated.startswith("utf-16"):  # the statement was read as ASCII, so it is wrong
        stated = ""
    try:
        if stated:
            return data.decode(stated)
    except (UnicodeDecodeError, LookupError):
        pass
    try:
        return decode(data)
    except Refusal:
        # A browser shows a page with some damaged characters, and so does Gouji.
        text = data.decode(stated if stated in ("gb18030", "utf-8", "big5") else "utf-8", "replace")
        if text.count("\ufffd") > len(text) // 200 + 5:
            raise
        return text


class _Page:
    """One walk over a page, without recursion."""

    def __init__(self, root: etree._Element) -> None:
        self.transcript = Transcript()
        self.attachments: list[str] = []
        title = root.find(".//title")
        self.title = " ".join("".join(str(piece) for piece in title.itertext()).split()) if title is not None else ""
        self._inline: list[str] = []
        self._levels: list[int | None] = [None]
        self._kinds: list[BlockKind] = ["paragraph"]
        self._tables: list[Table | None] = []  # None: a layout table
        self._count = 0
        self._lists: list[tuple[str, list[int]]] = []
        self._number = ""
        self._preserved = 0
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                if element.tag in _SKIPPED or _is_hidden(element):
                    walk.skip_subtree()
                    skipped = element
                else:
                    self._start(element, str(element.tag))
            elif element is skipped:
                skipped = None
            elif event == "end":
                self._end(str(element.tag))
            if event != "start" and element.tail:
                self._inline.append(element.tail if self._preserved == 0 else element.tail.replace("\n", _LINE))
        self._flush()

    def _start(self, element: etree._Element, tag: str) -> None:
        if tag == "br":
            self._inline.append(_LINE)
        elif tag in _BLOCKS:
            self._flush()
            if tag[0] == "h" and tag[1:].isdigit():
                self._levels.append(int(tag[1:]))
                self._kinds.append("heading")
            elif tag == "table":
                self._open_table(element)
            elif tag == "caption":
                self._kinds.append("caption")
            elif tag == "pre":
                self._preserved += 1
            elif self._tables and (table := self._tables[-1]) is not None:
                if tag == "tr":
                    self._end_row(table)
                    table.next_row()
                elif tag in ("td", "th"):
                    self._open_cell(table, element)
            if tag in ("ol", "ul", "dir", "menu"):
                self._lists.append(_list_form(element, tag))
            elif tag == "li" and self._lists:
                form, count = self._lists[-1]
                stated = element.get("value", "")
                count[0] = int(stated) if stated.isdigit() and len(stated) < 7 else count[0] + 1
                number = list_number(count[0], form)
                self._number = number + ("、" if "一" <= number[:1] <= "龥" else ". ") if number else ""
        elif tag == "a" and _ATTACHMENT.search(address := element.get("href", "")):
            name = " ".join("".join(str(piece) for piece in element.itertext()).split())
            self.attachments.append(name or address.rsplit("/", 1)[-1])
        if element.text:
            self._inline.append(element.text if self._preserved == 0 else element.text.replace("\n", _LINE))

    def _end(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag[0] == "h" and tag[1:].isdigit() and len(self._levels) > 1:
            self._levels.pop()
            self._kinds.pop()
        elif tag == "caption" and len(self._kinds) > 1:
            self._kinds.pop()
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            if table is not None:
                self._end_row(table)
        elif tag == "pre":
            self._preserved -= 1
        elif tag in ("td", "th") and self._tables and (table := self._tables[-1]) is not None:
            self._close_cell(table)
        elif tag in ("ol", "ul", "dir", "menu") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._number = ""

    def _open_table(self, element: etree._Element) -> None:
        if (self._tables and self._tables[-1] is not None) or is_layout(element):
            self._tables.append(None)
        else:
            self._tables.append(Table(self._count))
            self._count += 1

    def _open_cell(self, table: Table, element: etree._Element) -> None:
        self._close_cell(table)
        for _ in range(table.place(element.get("colspan", ""), element.get("rowspan", ""))):
            self.transcript.skip_cell(1)
        table.first = self.transcript.open_cell(table.cell, 1)
        table.start = self.transcript.length
        table.open = True

    def _close_cell(self, table: Table) -> None:
        if table.open:
            table.open = False
            table.written = True
            self.transcript.close_cell(table.cell, table.first, table.start, table.columns, table.rows)

    def _end_row(self, table: Table) -> None:
        self._close_cell(table)
        if table.written:
            for _ in range(table.pass_covered()):
                self.transcript.skip_cell(1)
            self.transcript.new_line()
            table.written = False

    @property
    def _cell(self) -> Cell | None:
        for table in reversed(self._tables):
            if table is not None:
                return table.cell if table.open else None
        return None

    def _flush(self) -> None:
        if not self._inline:
            return
        raw = "".join(self._inline)
        self._inline.clear()
        lines = [_settled(line, self._preserved > 0) for line in raw.split(_LINE)]
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        if not lines:
            return
        number, self._number = self._number, ""
        cell = self._cell
        kind = self._kinds[-1]
        self.transcript.new_line()
        self.transcript.paragraph(
            number + "\n".join(lines), "cell" if cell is not None else kind, level=self._levels[-1], cell=cell, number=number.strip()
        )


def _settled(line: str, preserved: bool) -> str:
    """A line with its blanks as a browser shows them: runs become one, a newline between two Chinese characters none (CSS Text 3, 4.1.2)."""
    if preserved:
        return line.replace("\t", " ").rstrip()

    def blank(found: re.Match[str]) -> str:
        if "\n" in found.group() and "\xa0" not in found.group():
            before, after = line[found.start() - 1 : found.start()], line[found.end() : found.end() + 1]
            if before >= "\u2e80" and after >= "\u2e80":
                return ""
        return " "

    return _BLANKS.sub(blank, line).strip()


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _list_form(element: etree._Element, tag: str) -> tuple[str, list[int]]:
    """The number format of a list, and the number before its first."""
    found = _LIST_STYLE.search(element.get("style", ""))
    stated = found.group(1).lower() if found else element.get("type", "")
    form = _LIST_FORMS.get(stated, "decimal") if tag == "ol" else "none"
    start = element.get("start", "")
    return form, [int(start) - 1 if start.isdigit() and len(start) < 7 else 0]
