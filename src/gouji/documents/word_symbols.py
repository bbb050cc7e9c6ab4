"""Characters that Word takes from symbol fonts (``w:sym``), as Unicode."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x80: "⓪", 0x8B: "⓿", 0x9F: "•", 0xA1: "○", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS.update({0x81 + i: chr(ord("①") + i) for i in range(10)})
_WINGDINGS.update({0x8C + i: chr(ord("❶") + i) for i in range(10)})
_WINGDINGS_2 = {0x2A: "□", 0x52: "☑", 0x51: "☒", 0x50: "✓", 0x4F: "✗", 0xA3: "□", 0x54: "☒", 0x53: "☒"}
_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xA5: "∞", 0xAE: "→",
    0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xE5: "∑", 0xD6: "√", 0x2D: "−", 0xB2: "″", 0xA2: "′",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """The character at a hexadecimal ``code`` (F0xx or xx) of a font; the replacement character where it is not known.

    >>> symbol("Wingdings", "F0FE"), symbol("Symbol", "F0B3"), symbol("宋体", "25A1")
    ('☑', '≥', '□')
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    own = _FONTS.get(font.strip().lower())
    if own is not None and (point < 0x100 or 0xF000 <= point <= 0xF0FF):
        at = point & 0xFF
        if at in own:
            return own[at]
        return chr(at) if own is _SYMBOL and 0x20 <= at < 0x7F else "\ufffd"
    if not 0x20 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return ""
    return "\ufffd" if 0xE000 <= point <= 0xF8FF else chr(point)
