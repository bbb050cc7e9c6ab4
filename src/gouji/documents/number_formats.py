"""What a spreadsheet shows for a number: the number format codes of Excel (ECMA-376 part 1, 18.8.30–31) on exact decimals.

>>> shown(Decimal("0.1594"), "0.00%"), shown(Decimal("-1234.5"), '#,##0.00_ ;-#,##0.00 '), shown(Decimal("45291"), 'yyyy"年"m"月"')
('15.94%', '-1,234.50', '2023年12月')

A workbook stores binary floats of 15 digits; they are rounded to 15 digits first and then, half away from zero, to the format's decimals,
as Excel does. Dates read as a Chinese Excel shows them. Left out: fractions and Chinese numerals ([DBNum1]) show as plain numbers.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from gouji.documents.date_formats import is_date_code, shown_date
from gouji.model.regex import regex

#: The formats that a file names by number only, as the Chinese edition has them (18.8.30).
BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;-"¥"#,##0', 6: '"¥"#,##0;-"¥"#,##0', 7: '"¥"#,##0.00;-"¥"#,##0.00',
    8: '"¥"#,##0.00;-"¥"#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

_STORED = Context(prec=15)
_WIDE = Context(prec=700, rounding=ROUND_HALF_UP, Emax=999_999, Emin=-999_999)
_PLAIN = regex(r"(#,##)?0(?:\.(0+))?(%?)(?:_.)?")
_CONDITION = regex(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_TOKEN = regex(r'"([^"]*)"?|[\\!](.)|_.|\*.|\[([^\]]*)\]|(E[+-])|(General|G/通用格式)|([0#?.,%@/])|(.)', flags=re.DOTALL | re.IGNORECASE)


class Section(NamedTuple):
    """One part of a format: ``tokens`` are ("0", "#", "?" digits; "." "," "%" "E" "G" "@" "/" signs; "'…" literal text)."""

    condition: tuple[str, Decimal] | None
    tokens: tuple[str, ...]


def shown(value: Decimal, code: str, *, since_1904: bool = False) -> str:
    """The text that a cell with this number and format code shows, blanks at its ends left out."""
    value = _STORED.plus(value)
    if plain := _PLAIN.fullmatch(code):  # what nearly all cells have
        decimals, percent = len(plain.group(2) or ""), plain.group(3)
        rounded = _WIDE.quantize(value.scaleb(2) if percent else value, Decimal(1).scaleb(-decimals))
        rounded = rounded if rounded else abs(rounded)  # no minus before a zero
        return f"{rounded:,f}{percent}" if plain.group(1) else f"{rounded:f}{percent}"
    if is_date_code(code):
        text = shown_date(value, code, since_1904=since_1904)
        return general(value) if text is None else text
    sections = _sections(code)
    section, keep_sign = _choose(sections, value)
    if section is None:
        return general(value)
    sign = "-" if keep_sign and value < 0 else ""
    try:
        text = _number(abs(value), section.tokens)
    except InvalidOperation:
        return general(value)
    if sign and not any(character in "123456789" for character in text):
        sign = ""  # Excel shows no minus before a zero
    return (sign + text).strip()


def shown_text(text: str, code: str) -> str:
    """The text that a cell with text shows: its format may put words around it (fourth section, ``@"万元"``)."""
    if "@" not in code or code == "@":
        return text
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if "@" not in section.tokens:
        return text
    return "".join(text if token == "@" else token[1:] if token[0] == "'" else "" for token in section.tokens)


def general(value: Decimal) -> str:
    """The format General in a column wide enough: up to eleven characters of a fraction, whole numbers in full.

    >>> general(Decimal("0.333333333333333")), general(Decimal("110105199001011234")), general(Decimal("12.50"))
    ('0.333333333', '110105199001011000', '12.5')
    """
    value = _STORED.plus(value)
    if value == 0:
        return "0"
    if value.adjusted() < -9:
        return _exponent(value, 5, trimmed=True)
    whole = max(value.adjusted() + 1, 1)
    text = format(_WIDE.quantize(value, Decimal(1).scaleb(-max(10 - whole, 0))), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _exponent(value: Decimal, decimals: int, *, trimmed: bool = False) -> str:
    mantissa, _, power = f"{value:.{decimals}E}".partition("E")
    if trimmed and "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{'-' if power[0] == '-' else '+'}{power.lstrip('+-').zfill(2)}"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    """The parts of a format code, at most four."""
    found: list[Section] = []
    tokens: list[str] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code):
        quoted, escaped, bracket, exponent, standard, sign, other = match.groups()
        if quoted is not None:
            tokens.append("'" + quoted)
        elif escaped is not None:
            tokens.append("'" + escaped)
        elif bracket is not None:
            if stated := _CONDITION.match(match.group()):
                condition = stated.group(1), Decimal(stated.group(2))
            elif bracket.startswith("$") and (symbol := bracket[1:].split("-", 1)[0]):
                tokens.append("'" + symbol)
        elif exponent:
            tokens.append("E")
        elif standard:
            tokens.append("G")
        elif sign:
            tokens.append(sign)
        elif other == ";":
            found.append(Section(condition, tuple(tokens)))
            tokens, condition = [], None
        elif other:
            tokens.append("'" + other)
    found.append(Section(condition, tuple(tokens)))
    return tuple(found[:4])


def _choose(sections: tuple[Section, ...], value: Decimal) -> tuple[Section | None, bool]:
    """The part that shows a number, and whether a minus is put before it."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(value, *section.condition):
                return section, True
        return (numeric[-1], True) if len(numeric) > 1 else (None, True)
    if len(numeric) == 1 or value > 0 or (value == 0 and len(numeric) < 3):
        return numeric[0], len(numeric) == 1
    return (numeric[1] if value < 0 else numeric[2]), False


def _holds(value: Decimal, sign: str, bound: Decimal) -> bool:
    return {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound, "=": value == bound, "<>": value != bound}[sign]


def _number(value: Decimal, tokens: tuple[str, ...]) -> str:
    if "G" in tokens or "@" in tokens:
        return "".join(general(value) if token in "G@" else token[1:] if token[0] == "'" else "%" if token == "%" else "" for token in tokens)
    digits = [index for index, token in enumerate(tokens) if token in "0#?"]
    if not digits:
        return "".join(token[1:] if token[0] == "'" else token if token == "%" else "" for token in tokens)
    if "/" in tokens:
        return general(value)
    if "E" in tokens:
        point = tokens.index(".") if "." in tokens else len(tokens)
        return _exponent(value, sum(1 for index in digits if point < index < tokens.index("E")))
    point = tokens.index(".") if "." in tokens else next((i for i in range(digits[-1] + 1, len(tokens))), len(tokens))
    scale = 2 * tokens.count("%")
    for index in range(digits[-1] + 1, len(tokens)):  # commas behind the last digit divide by a thousand each
        if tokens[index] != ",":
            break
        scale -= 3
    before = [index for index in digits if index < point]
    if "." in tokens and before:
        for index in range(before[-1] + 1, point):
            scale -= 3 * (tokens[index] == ",")
    grouped = any(tokens[index] == "," for index in range(before[0], before[-1])) if before else False
    decimals = [index for index in digits if index > point]
    rounded = format(_WIDE.quantize(value.scaleb(scale, _WIDE), Decimal(1).scaleb(-len(decimals))), "f")
    whole, _, fraction = rounded.partition(".")
    return _whole(whole.lstrip("0"), tokens[:point], before, grouped) + _rest(fraction, tokens[point:])


def _whole(whole: str, tokens: tuple[str, ...], places: list[int], grouped: bool) -> str:
    """The digits before the point put into their places from right to left; the first place takes all that are left."""
    pieces: list[str] = []
    written = 0
    if not places and whole:
        pieces.append(whole)
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token[0] == "'":
            pieces.append(token[1:])
        elif token == "%":
            pieces.append("%")
        elif token in "0#?":
            taken = whole[-1:] if index != places[0] else whole
            whole = whole[: len(whole) - len(taken)]
            if not taken:
                taken = {"0": "0", "#": "", "?": " "}[token]
            for digit in reversed(taken):
                if grouped and written and written % 3 == 0 and digit.isdigit():
                    pieces.append(",")
                pieces.append(digit)
                written += 1
    return "".join(reversed(pieces))


def _rest(fraction: str, tokens: tuple[str, ...]) -> str:
    """What stands from the point on."""
    optional = len(fraction)
    for token in reversed([token for token in tokens if token in "0#?"]):
        if token == "0" or not fraction[:optional].endswith("0"):
            break
        optional -= 1
    pieces = []
    at = 0
    for token in tokens:
        if token in "0#?":
            pieces.append(fraction[at] if at < optional else "")
            at += 1
        elif token[0] == "'":
            pieces.append(token[1:])
        elif token in ".%":
            pieces.append(token)
    return "".join(pieces)
