"""Numbers as lists print them: 一、 （二） ③ iv. by the names that Word gives to its number formats.

>>> list_number(12, "chineseCountingThousand"), list_number(3, "decimalEnclosedCircle"), list_number(4, "lowerRoman")
('十二', '③', 'iv')
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def _counting(number: int, digits: str = _DIGITS, places: str = "十百千") -> str:
    """1 to 9,999 as they are counted; ten to nineteen without the leading one."""
    if not 0 < number < 10_000:
        return str(number)
    text, zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + (places[power - 1] if power else "")
            zero = False
        else:
            zero = True
    return text[1:] if digits is _DIGITS and 10 <= number <= 19 else text


def _formal(number: int) -> str:
    return _counting(number, _FORMAL, "拾佰仟")


def _by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _chinese_counting(number: int) -> str:
    return _counting(number) if number < 100 else _by_digit(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text


def _letters(number: int) -> str:
    """a … z, aa, bb …, as Word repeats letters."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _from(first: str, count: int, otherwise: Callable[[int], str] = str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else otherwise(number)


def _circled(number: int) -> str:
    for first, low, high in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if low <= number <= high:
            return chr(ord(first) + number - low)
    return str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "koreanCounting": _counting,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "japaneseLegal": _formal,
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10] if number > 0 else str(number),
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12] if number > 0 else str(number),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from("⑴", 20, lambda number: f"({number})"),
    "decimalEnclosedFullstop": _from("⒈", 20, lambda number: f"{number}."),
    "ideographEnclosedCircle": _from("㊀", 10, lambda number: f"({_counting(number)})"),
    "ordinal": lambda number: f"{number}.",
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
    "bullet": lambda number: "",
}


def list_number(number: int, form: str) -> str:
    """``number`` in a format of Word's ``w:numFmt``; decimal where the format is not known."""
    return _FORMATS.get(form, str)(number)
