"""The one slot notation for reading and for writing sentences.

A sentence is literal text with slots, alternatives and optional pieces; the notation's own signs are half-width, so full-width
brackets are literal text::

    parse("本年支出合计{expenditure.total}万元，其中：基本支出{expenditure.basic}万元[，占{expenditure.basic|share}%]")

======================================  =======================================================================
``{concept|measure@phase^-1 fund=…}``   a figure, written and read without its unit
``{concept|change:direction}``          the word of its direction: 增加, 减少; of a ``change_rate``: 增长, 下降
``{Y}`` ``{Y-1}``                       the year and the year before
``{unit}``                              the unit's name
``{text:reason.income}``                a piece of free text
``{word:kind}``                         a few words without marks and digits
``{names:units}``                       names with 、 between them
``(次|个|批)``                           one of these; the first is what is written unless a choice is given
``[…]`` ``[a|b]``                       written where all its slots have values; may be missing when read
======================================  =======================================================================

:func:`to_regex` gives a pattern over *reading text* (folded, without blanks); :func:`write` gives the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal as Only

from gouji.model.record import record
from gouji.standards.folding import fold
from gouji.standards.notation import NotationError, parse_dimensions, parse_ref
from gouji.standards.pack import Concept, Ref

#: A number as reading text prints it: 1,234.56, 1031.84, 九 or 三十二 (groups inside are not captured).
NUMBER = r"(?<![\d.])[-－]?\d+(?:,\d{3})*(?:\.\d+)?|[〇零一二两三四五六七八九十百千]{1,12}"
INCREASE = ("增加", "增长", "上升", "提高", "上涨")
DECREASE = ("减少", "下降", "降低", "下滑")
LEVEL = ("持平", "一致", "无变化", "无增减")
_DIRECTION = "|".join((*INCREASE, *DECREASE, *LEVEL))
_TEXT = r"[^。;]{0,600}?"
_UNIT = r"[^。;:,、0-9]{2,40}?"
_NAMES = r"[^。;:,0-9()]{2,200}?"
_WORD = r"[^。;:,、0-9()]{0,16}?"


@record
class Literal:
    """Text that stands as it is."""

    text: str


@record
class Slot:
    """``key`` is the slot as written, without blanks beyond one: the name of its value in :func:`write`."""

    key: str
    kind: Only["figure", "direction", "year", "unit", "text", "word", "names"]
    ref: Ref | None = None
    offset: int = 0  # of a year


@record
class Choice:
    """One of several wordings; the first is written unless another is chosen."""

    options: tuple[Parts, ...]


@record
class Optional:
    """Parts that may be missing."""

    parts: Parts


Part = Literal | Slot | Choice | Optional
Parts = tuple[Part, ...]


def parse(text: str, concepts: Mapping[str, Concept] | None = None) -> Parts:
    """The parts of a sentence. With ``concepts``, slots must resolve. Raises :class:`NotationError`."""
    parts, at = _sequence(text, 0, "", concepts)
    if at != len(text):
        raise NotationError(f"句式 {text!r} 在第 {at + 1} 字处多出 {text[at]!r}")
    return parts


def _sequence(text: str, at: int, stops: str, concepts: Mapping[str, Concept] | None) -> tuple[Parts, int]:
    parts: list[Part] = []
    literal: list[str] = []

    def flush() -> None:
        if literal:
            parts.append(Literal("".join(literal)))
            literal.clear()

    while at < len(text) and text[at] not in stops:
        sign = text[at]
        if sign == "{":
            close = text.find("}", at)
            if close < 0:
                raise NotationError(f"句式 {text!r} 的 {{ 没有收尾")
            flush()
            parts.append(_slot(text[at + 1 : close], concepts))
            at = close + 1
        elif sign == "(":
            flush()
            options, at = _alternatives(text, at, ")", concepts)
            parts.append(Choice(options))
        elif sign == "[":
            flush()
            inner, at = _alternatives(text, at, "]", concepts)
            parts.append(Optional(inner[0] if len(inner) == 1 else (Choice(inner),)))
        elif sign in "})]|":
            raise NotationError(f"句式 {text!r} 在第 {at + 1} 字处多出 {sign!r}；文中的括号请写全角")
        else:
            literal.append(sign)
            at += 1
    flush()
    return tuple(parts), at


def _alternatives(text: str, at: int, close: str, concepts: Mapping[str, Concept] | None) -> tuple[tuple[Parts, ...], int]:
    """The options between the bracket at ``at`` and its ``close``, and where the text goes on behind it."""
    opened, options = text[at], list[Parts]()
    while True:
        option, at = _sequence(text, at + 1, "|" + close, concepts)
        options.append(option)
        if at >= len(text):
            raise NotationError(f"句式 {text!r} 的 {opened} 没有收尾")
        if text[at] == close:
            return tuple(options), at + 1


def _slot(text: str, concepts: Mapping[str, Concept] | None) -> Slot:
    key = " ".join(text.split())
    if key == "unit":
        return Slot(key, "unit")
    if match := re.fullmatch(r"Y(?:-(\d))?", key):
        return Slot(key, "year", None, -int(match[1] or 0))
    if key.startswith(("text:", "word:", "names:")):
        if not re.fullmatch(r"(?:text|word|names):[a-z_]+(?:\.[a-z_]+)*", key):
            raise NotationError(f"文字槽 {{{text}}} 的名称应为小写字母和点")
        return Slot(key, "text" if key.startswith("text") else "names" if key.startswith("names") else "word")
    head, _, tail = key.partition(" ")
    direction = head.endswith(":direction")
    ref = parse_ref(head.removesuffix(":direction"), concepts)
    if tail:
        ref = Ref(ref.concept, ref.measure, ref.phase, parse_dimensions(tail, " "), "", ref.period)
    if direction and ref.measure not in ("change", "change_rate"):
        raise NotationError(f"方向槽 {{{text}}} 只能用于 change 或 change_rate")
    return Slot(key, "direction" if direction else "figure", ref)


def to_regex(parts: Parts) -> tuple[str, tuple[Slot, ...]]:
    """A pattern over reading text and its slots: group i + 1 is ``slots[i]`` (None where its piece was not printed)."""
    slots: list[Slot] = []
    return _regex(parts, slots), tuple(slots)


def words_of(parts: Parts) -> tuple[tuple[str, ...], ...]:
    """The words that stand in every text which the parts match: one of each group, the longest first.

    >>> words_of(parse("[全年]接待来访团组{Y}(个|批)"))
    (('接待来访团组',), ('个', '批'))
    """
    groups: list[tuple[str, ...]] = []
    for part in parts:
        if isinstance(part, Literal):
            groups.append((_plain(part.text),))
        elif isinstance(part, Choice):
            groups.append(tuple(max((_plain(one.text) for one in option if isinstance(one, Literal)), key=len, default="") for option in part.options))
    return tuple(sorted((group for group in groups if all(group)), key=lambda group: -min(map(len, group))))


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _regex(parts: Parts, slots: list[Slot]) -> str:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, Literal):
            pieces.append(re.escape(_plain(part.text)))
        elif isinstance(part, Choice):
            pieces.append("(?:" + "|".join(_regex(option, slots) for option in part.options) + ")")
        elif isinstance(part, Optional):
            pieces.append("(?:" + _regex(part.parts, slots) + ")?")
        else:
            slots.append(part)
            pieces.append(
                "(" + {"figure": NUMBER, "direction": _DIRECTION, "year": r"\d{4}", "unit": _UNIT, "text": _TEXT, "word": _WORD, "names": _NAMES}[part.kind] + ")"
            )
    return "".join(pieces)


#: Which of n alternatives to write (n = 2 for an optional piece without slots: 0 leaves it out).
Choose = Callable[[int], int]


def write(parts: Parts, values: Mapping[str, str | Decimal | int], choose: Choose | None = None) -> str:
    """The sentence. ``values`` by slot key; a ``Decimal`` change carries its sign, which gives the direction word.

    ``{Y-1}`` follows from ``Y``. A slot without a value outside an optional piece raises :class:`NotationError`.
    """
    chosen = choose or (lambda count: 0)
    return "".join(_write(part, values, chosen) for part in parts)


def _write(part: Part, values: Mapping[str, str | Decimal | int], choose: Choose) -> str:
    if isinstance(part, Literal):
        return part.text
    if isinstance(part, Choice):
        return write(part.options[choose(len(part.options))], values, choose)
    if isinstance(part, Optional):
        slots = to_regex(part.parts)[1]
        if any(_value(slot, values) is None for slot in slots) or (not slots and not choose(2)):
            return ""
        return write(part.parts, values, choose)
    value = _value(part, values)
    if value is None:
        raise NotationError(f"没有给出 {{{part.key}}} 的值")
    return value


def _value(slot: Slot, values: Mapping[str, str | Decimal | int]) -> str | None:
    given = values.get(slot.key)
    if given is None and slot.kind == "year":
        year = values.get("Y")
        return None if year is None else str(int(year) + slot.offset)
    if given is None and slot.kind == "direction":
        change = values.get(slot.key.replace(":direction", ""))
        if not isinstance(change, Decimal | int):
            return None
        rate = slot.ref is not None and slot.ref.measure == "change_rate"
        return ("下降" if rate else "减少") if change < 0 else ("增长" if rate else "增加")
    if given is None:
        return None
    if isinstance(given, Decimal):
        shown = abs(given) if slot.ref is not None and slot.ref.measure in ("change", "change_rate") else given
        return format(shown, "f")
    return str(given)
