"""File formats of a disclosure by their ending, and the one way in: nothing is written while a text is missing that a reader would miss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from gouji.model.dossier import Dossier
from gouji.rendering.disclosure.blocks import Disclosure, Missing
from gouji.rendering.disclosure.compose import compose
from gouji.standards.pack import Standards

if TYPE_CHECKING:
    from gouji.rendering.disclosure.layout import Layout

#: ending → what it is
FORMATS: dict[str, str] = {"docx": "Word文档", "pdf": "PDF", "html": "网页", "xlsx": "工作簿", "txt": "纯文本", "data": "开放数据", "json": "JSON"}
#: Formats for programs: they are not read back as a disclosure.
DATA = frozenset(("data", "json"))


class DisclosureIncomplete(Exception):
    """Texts or figures are missing; ``missing`` names each with its section."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.missing = tuple(missing)
        listed = "\n".join(f"  {each.where}：{each.slot}——{each.why}" for each in self.missing)
        super().__init__(f"公开稿还缺 {len(self.missing)} 处，没有写出：\n{listed}")


def render(dossier: Dossier, standards: Standards, to: str, *, gaps: bool = False, layout: Layout | None = None) -> bytes:
    """The bytes of a file. Raises :class:`DisclosureIncomplete` where a required text is missing, unless ``gaps`` allows it; ``ValueError`` for a format
    that is none."""
    if to not in FORMATS:
        raise ValueError(f"没有“{to}”这种格式，可以是 {'、'.join(FORMATS)}")
    disclosure = compose(dossier, standards)
    required = [each for each in disclosure.missing if each.required]
    if required and not gaps:
        raise DisclosureIncomplete(required)
    return writer(to, layout)(disclosure, dossier, standards)


def writer(to: str, layout: Layout | None = None) -> Callable[[Disclosure, Dossier, Standards], bytes]:
    """What writes a format; a format's libraries are imported when it is asked for. ``layout``: the looks of a Word file, where they are a unit's own."""
    if to == "docx":
        from gouji.rendering.disclosure.word import disclosure_word

        return lambda disclosure, _, standards: disclosure_word(disclosure, standards, layout)
    if to == "html":
        from gouji.rendering.disclosure.page import disclosure_page

        return disclosure_page
    if to == "pdf":
        from gouji.rendering.disclosure.portable import disclosure_portable

        return lambda disclosure, _, standards: disclosure_portable(disclosure, standards)
    if to in DATA:
        from gouji.rendering.disclosure.package import disclosure_json, disclosure_zip

        return disclosure_json if to == "json" else disclosure_zip
    if to == "xlsx":
        from gouji.rendering.disclosure.book import disclosure_book

        return disclosure_book
    from gouji.rendering.disclosure.text import disclosure_text

    return lambda disclosure, _, standards: disclosure_text(disclosure, standards)
