"""The money of torn forms (碎裂表的资金): figures behind the names of their parts, laid under the columns that the head names.

Blank cells are not printed: a row with fewer figures than columns is laid where only one way agrees with its rate, else it stays open.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.extraction.forms.aligned import align, kind_of
from gouji.extraction.forms.cells import Cell, joined
from gouji.extraction.forms.draft import Draft, FundingDraft
from gouji.extraction.forms.fragments import LABELLED, bracket_end, spelled, without_guesses
from gouji.extraction.forms.labels import LABELS
from gouji.extraction.forms.values import value_of

_AMOUNTS = ("budget_initial", "budget_adjusted", "executed")


def read_funding(draft: Draft, fragments: list[Cell], stop: int, keys: list[str], parts: Sequence[tuple[int, int, str]]) -> None:
    """The rows of the money block: a part's name and its figures, a text behind them is the reason. ``parts``: start, stop, name."""
    columns = [key for key in keys if key != "reason"] + ["reason"]
    for number, (_, at, text) in enumerate(parts):
        end = parts[number + 1][0] if number + 1 < len(parts) else stop
        cells = _without_lead(fragments[at:end])
        part = "" if any(kind == "part.total" for kind in LABELS[text]) else text
        laid = _laid(draft, cells, columns, part) if cells else {}
        figures = any(kind_of(cell.text) in ("number", "percent") for cell in laid.values())
        for key in columns:
            if key not in laid and (not figures or (key == "reason" and "reason" in keys)):
                before = fragments[at - 1]
                laid[key] = Cell("", (), before.end, before.line)
        draft.funding.append(FundingDraft(part, without_guesses(laid, columns)))


def _without_lead(cells: list[Cell]) -> list[Cell]:
    """The figures of a part without the 其中： before the next one."""
    while cells and (kind_of(cells[-1].text) == "punct" or cells[-1].text == "其中"):
        cells = cells[:-1]
    return cells


def _laid(draft: Draft, cells: list[Cell], columns: list[str], part: str) -> dict[str, Cell]:
    laid = _aligned(cells, columns)
    if not part:
        return laid
    figures = sum(kind_of(cell.text) == "number" for cell in cells)
    if figures > sum(key in _AMOUNTS for key in columns) and _points_fit(draft, laid):
        return laid
    amounts = _aligned(cells, [key for key in columns if key not in ("weight", "score") or (key in laid and kind_of(laid[key].text) == "slash")])
    return laid if not _rate_fits(amounts) and _rate_fits(laid) else amounts  # parts seldom print points: what stands there are amounts


def _rate_fits(laid: dict[str, Cell]) -> bool:
    """Whether budget and execution give the printed rate; True where there is none."""
    rate, executed = value_of(laid.get("rate")), value_of(laid.get("executed"))
    budget = value_of(laid.get("budget_adjusted")) or value_of(laid.get("budget_initial"))
    return rate is None or executed is None or not budget or abs(executed * 100 / budget - rate) < 1


def _aligned(cells: list[Cell], columns: list[str]) -> dict[str, Cell]:
    return {key: joined(pieces) for key, pieces in (align(cells, columns, torn=True, many=False) or [{}])[0].items()}


def _points_fit(draft: Draft, laid: dict[str, Cell]) -> bool:
    """Whether what stands under weight and score can be points: no more than those of the whole."""
    total = next((row.cells for row in draft.funding if not row.part), {})
    weight, given = value_of(total.get("weight")), value_of(laid.get("weight"))
    score = value_of(laid.get("score"))
    if given is None and score is None:
        return True
    if weight is None:
        return False
    return (given is None or given <= weight) and (score is None or score <= weight)


def read_amounts_beside(draft: Draft, fragments: list[Cell]) -> None:
    """The older form: 预算数：118.5 执行数：110.2 其中：财政拨款 98.5 其中：财政拨款 90.2; or 年度资金总额 118.5 实际支出 110.2 执行率 93%.

    Read where labels and figures alternate without exception.
    """
    pairs: list[tuple[str, Cell]] = []
    at = 0
    while at < len(fragments):
        if fragments[at].text in ("其中", ":") or kind_of(fragments[at].text) == "punct":
            at += 1
            continue
        found = spelled(fragments, at, LABELLED)
        if found is None:
            return
        stop = bracket_end(fragments, found[1]) if found[1] < len(fragments) else found[1]
        while stop < len(fragments) and fragments[stop].text == ":":
            stop += 1
        name = _named(LABELS[found[0]], found[0])
        if name:
            wanted = ("number", "percent") if name == "rate" else ("number", "slash")
            if stop >= len(fragments) or kind_of(fragments[stop].text) not in wanted:
                return
            pairs.append((name, fragments[stop]))
            stop += 1
        elif not any(kind.startswith("block.") for kind in LABELS[found[0]]):
            return
        at = max(stop, at + 1)
    _lay_beside(draft, pairs)


def _named(kinds: Sequence[str], word: str) -> str:
    """What a label beside its figure names: a column of the whole, or a part; "" where it names nothing of the kind."""
    column = next((kind[6:] for kind in kinds if kind.startswith("money.") and kind[6:] in (*_AMOUNTS, "rate")), "")
    return word if "part.part" in kinds else column or ("budget_adjusted" if "part.total" in kinds else "")


def _lay_beside(draft: Draft, pairs: list[tuple[str, Cell]]) -> None:
    names = [name for name, _ in pairs]
    phases = [name for name in dict.fromkeys(names) if name in _AMOUNTS]
    parts = [name for name in dict.fromkeys(names) if name not in (*_AMOUNTS, "rate")]
    if "executed" not in phases or any(names.count(name) != 1 for name in phases) or any(names.count(part) != len(phases) for part in parts):
        return
    rows = {part: FundingDraft(part, {}) for part in ("", *parts)}
    for name, value in pairs:
        if name in rows:
            rows[name].cells[phases[len(rows[name].cells)]] = value
        else:
            rows[""].cells[name] = value
    draft.funding += rows.values()


def read_parts_beside(draft: Draft, fragments: list[Cell], parts: Sequence[str]) -> None:
    """The overall form: 资金总额 | 财政拨款 | 其他资金 and their amounts behind. The whole is never blank; fewer figures leave the parts open."""
    numbers: list[Cell] = []
    for cell in fragments:
        if kind_of(cell.text) not in ("number", "slash"):
            break
        numbers.append(cell)
    whole = next(at for at, word in enumerate(parts) if "part.total" in LABELS[word])
    if not numbers or len(numbers) > len(parts) or (len(numbers) < len(parts) and whole):
        return
    laid = dict(zip(parts if len(numbers) == len(parts) else parts[:1], numbers, strict=False))
    for word in parts:
        cells = {"budget_initial": laid[word]} if word in laid else {}
        draft.funding.append(FundingDraft("" if "part.total" in LABELS[word] else word, cells))
