"""Formulas that a sentence writes out (文中写出的算式): ``控制率=7.83÷9.50×100%=82.42%``, ``变动率=(7.83-8.96)÷8.96×100%=-12.61%``.

What is written with signs of arithmetic leaves nothing to be read into it: sums, differences, products, quotients and changes of two figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

_UNIT = r"(?:亿元|万元|元|%|人次|人|个|件|户|批次|次|分|亩|辆)?"
_NUM = rf"-?\d[\d,]*(?:\.\d+)?{_UNIT}"
_HUNDRED = r"(?:[×xX*]100%)?"
_END = r"=(?P<result>-?\d[\d,]*(?:\.\d+)?)"
_BEFORE = r"(?<![\d.+\-×÷*/%)])"
#: What is written out, by kind; "a", "b", "c" are the places of its figures.
_RATE = regex(rf"{_BEFORE}\(?(?P<a>{_NUM})\)?[÷/]\(?(?P<b>{_NUM})\)?{_HUNDRED}{_END}%", "÷", "/")
_CHANGE = regex(rf"{_BEFORE}[(\[](?P<a>{_NUM})[-−–](?P<b>{_NUM})[)\]][÷/](?P<c>{_NUM}){_HUNDRED}{_END}%", "÷", "/")
_SUM = regex(rf"{_BEFORE}(?P<terms>{_NUM}(?:[+\-−–]{_NUM}){{1,11}}){_END}(?!\d*[÷/×*])", "=")
_PRODUCT = regex(rf"{_BEFORE}(?P<a>{_NUM})[×*](?P<b>{_NUM}){_END}(?![\d.,]*%)", "×", "*")
_TERM = regex(rf"(?P<sign>[+\-−–]?)(?P<value>\d[\d,]*(?:\.\d+)?){_UNIT}")


def formulas(reckoner: ParagraphReckoner) -> None:
    """Adds what the paragraph writes out."""
    if "=" not in reckoner.text:
        return
    at = {number.digits + (reckoner.text[number.digits] == "-"): n for n, number in enumerate(reckoner.numbers)}
    for match in _CHANGE.finditer(reckoner.text):
        a, b, c, result = (at.get(_digits(match.start(name), reckoner.text)) for name in ("a", "b", "c", "result"))
        if a is not None and b is not None and c is not None and result is not None:
            reckoner.add("rate", result, [(1, a), (_minus(reckoner, b), b)], c)
    for match in _RATE.finditer(reckoner.text):
        a, b, result = (at.get(_digits(match.start(name), reckoner.text)) for name in ("a", "b", "result"))
        if a is not None and b is not None and result is not None:
            reckoner.add("rate", result, [(1, a)], b)
    for match in _PRODUCT.finditer(reckoner.text):
        a, b, result = (at.get(_digits(match.start(name), reckoner.text)) for name in ("a", "b", "result"))
        if a is not None and b is not None and result is not None and "%" not in match["a"] + match["b"]:
            reckoner.add("product", result, [(1, a), (1, b)])
    for match in _SUM.finditer(reckoner.text):
        terms = [(term["sign"], at.get(match.start("terms") + term.start("value"))) for term in _TERM.finditer(match["terms"])]
        result = at.get(_digits(match.start("result"), reckoner.text))
        known = [(sign, n) for sign, n in terms if n is not None]
        telling = len(terms) > 2 or "+" in match["terms"] or "." in match["terms"]  # 附件2-3=1份 is no difference
        if telling and result is not None and len(known) == len(terms) and len({reckoner.numbers[n].unit for _, n in known if reckoner.numbers[n].unit}) < 2:
            reckoner.add("sum", result, [(1 if sign in ("", "+") else _minus(reckoner, n), n) for sign, n in known])


def _digits(start: int, text: str) -> int:
    """Where the digits of a figure begin, behind its sign."""
    return start + (text[start] == "-")


def _minus(reckoner: ParagraphReckoner, n: int) -> int:
    """The sign of what is taken off: a figure read with its sign (7.83-8.96) brings its own."""
    return 1 if reckoner.numbers[n].value < 0 else -1
