"""Composes the fictitious disclosures of ``sources/`` (marked texts) into texts, annotated figures and planted slips.

A source starts with lines ``name = expression`` and, behind ``====``, holds the text with slots ⟦expression|meaning|!slip⟧:

* the expression is computed exactly, so that sums, shares and changes of the composed text are right by construction;
* ``meaning`` (may be missing) is the annotation: ``concept[:measure] key=value …`` with the abbreviations of ``SHORT``;
* ``!slip`` (may be missing) is what stands there instead in the version with this one planted contradiction.

>>> compose("A = 120\\n====\\n本年支出合计⟦A|expenditure.total|!102⟧万元。").text
'本年支出合计120.00万元。'

``python tests/unseen/composing.py`` writes ``documents/*.txt`` again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).parent
SHORT = {
    "gb": ("fund", "general_budget"), "gf": ("fund", "government_fund"), "sc": ("fund", "state_capital"), "ff": ("fund", "fiscal"),
    "bi": ("phase", "budget_initial"), "ba": ("phase", "budget_adjusted"), "budget": ("phase", "budget/budget_adjusted"),
    "gbf": ("fund", "general_budget/fiscal"),
}  # fmt: skip
MEASURES = {"rate": "change_rate", "done": "completion"}
_SLOT = re.compile(r"⟦([^⟦⟧|]*)(?:\|([^⟦⟧|]*))?(?:\|!([^⟦⟧|]*))?⟧")
_NUMBER = re.compile(r"(?<![\w.'])\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the figure printed at ``start`` of the text means; ``dims`` holds fund, function, phase, period … as annotated."""

    start: int
    printed: str
    concept: str
    measure: str
    dims: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A planted contradiction: in ``text`` the span [start, end) prints ``wrong`` instead of ``right``."""

    text: str
    start: int
    end: int
    right: str
    wrong: str

    @property
    def line(self) -> int:
        return self.text.count("\n", 0, self.start) + 1


@dataclass(frozen=True, slots=True)
class Composed:
    text: str
    meanings: tuple[Meaning, ...]
    slips: tuple[Slip, ...]


def hundredth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def pct(part: Decimal, whole: Decimal) -> Decimal:
    """part ÷ whole in percent, two decimals."""
    return hundredth(part * 100 / whole)


def up(now: Decimal, before: Decimal) -> Decimal:
    assert now > before, (now, before)
    return now - before


def down(now: Decimal, before: Decimal) -> Decimal:
    assert now < before, (now, before)
    return before - now


def rise(now: Decimal, before: Decimal) -> Decimal:
    return pct(up(now, before), before)


def fall(now: Decimal, before: Decimal) -> Decimal:
    return pct(down(now, before), before)


def wide(value: object) -> str:
    """In full-width digits, as some input methods leave them."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in _print(value, "plain"))


def _print(value: object, style: str) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    plain = f"{value:,.2f}" if style == "comma" else f"{value:f}" if style == "exact" else f"{value:.2f}"
    return plain.rstrip("0").rstrip(".") if style == "strip" else plain


def _meaning(words: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    head, *rest = words.split()
    concept, _, measure = head.partition(":")
    dims: dict[str, str] = {}
    for word in rest:
        key, equals, value = word.partition("=")
        if equals:
            dims["function" if key == "f" else "period" if key == "y" else key] = value
        else:
            dims[SHORT[word][0]] = SHORT[word][1]
    return concept, MEASURES.get(measure, measure) or "amount", tuple(sorted(dims.items()))


def compose(source: str) -> Composed:
    header, _, body = source.partition("====\n")
    names: dict[str, object] = {
        "pct": pct, "up": up, "down": down, "rise": rise, "fall": fall, "n": lambda v: str(int(v)), "comma": lambda v: f"{v:,.2f}",
        "strip": lambda v: _print(v, "strip"), "yuan": lambda v: str(int(v * 10000)), "D": Decimal, "wide": wide,
    }  # fmt: skip

    def computed(expression: str) -> object:
        return eval(_NUMBER.sub(lambda m: f"D('{m.group()}')", expression), {"__builtins__": {}}, names)

    for line in header.splitlines():
        name, equals, expression = line.partition("=")
        if equals:
            names[name.strip()] = expression.strip() if name.strip() == "style" else computed(expression)
    style = str(names.get("style", "plain"))
    pieces: list[str] = []
    length = at = 0
    meanings: list[Meaning] = []
    planted: list[tuple[int, str, str]] = []
    for slot in _SLOT.finditer(body):
        before = body[at : slot.start()]
        expression = slot.group(1).strip()
        printed = expression if re.fullmatch(r"[\d.,]+", expression) else _print(computed(expression), style)
        pieces += [before, printed]
        length += len(before)
        if slot.group(2):
            meanings.append(Meaning(length, printed, *_meaning(slot.group(2))))
        if slot.group(3):
            assert slot.group(3) != printed, (slot.group(0), printed)
            planted.append((length, printed, slot.group(3)))
        length += len(printed)
        at = slot.end()
    text = "".join(pieces) + body[at:]
    slips = tuple(Slip(text[:s] + wrong + text[s + len(right) :], s, s + len(wrong), right, wrong) for s, right, wrong in planted)
    return Composed(text, tuple(meanings), slips)


def sources() -> list[Path]:
    return sorted((HERE / "sources").glob("*.txt"))


if __name__ == "__main__":
    for path in sources():
        (HERE / "documents" / path.name).write_text(compose(path.read_text("utf-8")).text, "utf-8")
