"""What a Word part says of looks alone (fonts, sizes, indents, borders), taken out before a tree is built of it.

Three quarters of the bytes of a Word file say how the text looks, and no reader asks. An element is taken out only whole and only where it is
empty, so what remains is as well formed as before, and paragraphs and texts keep their count:

>>> without_formatting(b'<w:p><w:r><w:rPr><w:sz w:val="32"/><w:b/></w:rPr><w:t>1.00</w:t></w:r></w:p>')
b'<w:p><w:r><w:t>1.00</w:t></w:r></w:p>'
>>> without_formatting(b'<w:rPr><w:vanish/></w:rPr>')  # hides text: kept
b'<w:rPr><w:vanish/></w:rPr>'
"""

from __future__ import annotations

import re

#: A run's properties, unless one of them hides, names a style or tells a tracked change; then elements of paragraphs, tables and sections.
_FORMATTING = re.compile(
    rb"<w:(?:"
    rb"rPr>(?:<w:(?!vanish|rStyle|ins|del|move)[^<>]+/>)*+</w:rPr>"
    rb"|(?:spacing|ind|jc|tcW|vAlign|top|left|bottom|right|insideH|insideV|shd|rFonts|sz|szCs|lang|color|kern|b|bCs"
    rb"|trHeight|snapToGrid|widowControl|adjustRightInd|textAlignment|keepNext|keepLines|kinsoku|overflowPunct|autoSpaceDE|autoSpaceDN"
    rb"|gridCol|noWrap|bookmarkStart|bookmarkEnd|proofErr|lastRenderedPageBreak)(?: [^<>]*)?/>)"
)


def without_formatting(source: bytes) -> bytes:
    """An XML part without its formatting. What stands in a CDATA section is text, not markup: such a part (Word writes none) is left alone."""
    return source if b"<![CDATA[" in source else _FORMATTING.sub(b"", source)
