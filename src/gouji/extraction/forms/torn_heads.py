"""Heads of torn forms (碎裂表头): which columns the labels name that stand behind each other, and where the run of them ends.

A head of two rows arrives row by row: what the second row names stands behind the first. Two cases can be told for certain: 目标值 and 完成值 at the
end under a caption (指标完成情况), and the levels at the end, which stand to the left of everything else.
"""

from __future__ import annotations

from gouji.extraction.forms.aligned import kind_of
from gouji.extraction.forms.cells import Cell
from gouji.extraction.forms.fragments import Words, bracket_end, spelled
from gouji.extraction.forms.labels import COLUMNS, LABELS, LISTED, LONGEST, MONEY, SUBTOTAL, bare, is_level1

_MONEY_HEAD = Words((word for words in MONEY.values() for word in words), LONGEST)
_COLUMN_HEAD = Words((word for words in COLUMNS.values() for word in words), LONGEST)
_OF_RATE = frozenset(f"{rate}{points}" for rate in MONEY["rate"] for points in ("权重", "分值", "得分"))
_MEASURES = Words(("改进措施", "整改措施"), 4)
_FIRST = frozenset(word[0] for word in _MONEY_HEAD.words | _COLUMN_HEAD.words)
_LEVELS = ("level1", "level2", "name")

#: start, stop, columns
Run = tuple[int, int, list[str]]


def find_heads(fragments: list[Cell], captions: list[tuple[int, int]]) -> tuple[Run | None, Run | None]:
    """The head of the money block (three or more of its columns side by side) and of the indicators (from 一级指标 on).

    ``captions``: the fragments that spell the captions of blocks; no head begins inside one (绩|效|指|标).
    """
    money: Run | None = None
    inside = {at for start, stop in captions for at in range(start + 1, stop)}
    at = 0
    while at < len(fragments):
        if fragments[at].text[:1] in _FIRST and at not in inside:
            if (found := columns_at(fragments, at)) is not None:
                return money, found
            listed = at > 0 and fragments[at - 1].text in LISTED  # 项目名称 | 年初预算 | …: a list of projects
            if money is None and not listed and (money := _money_at(fragments, at)) is not None:
                at = money[1]
                continue
        at += 1
    return money, None


def _money_at(fragments: list[Cell], at: int) -> Run | None:
    stop, labels = _head_run(fragments, at, _MONEY_HEAD)
    if len(labels) > 2 and any(kind.startswith("block.") for kind in LABELS[labels[0]]):
        labels = labels[1:]  # the caption of the block
    keys = [next(kind[6:] for kind in LABELS[word] if kind.startswith("money.")) for word in labels]
    fits = len({"budget_initial", "budget_adjusted", "executed", "rate"} & set(keys)) >= 2 and len(keys) >= 3 and len(set(keys)) == len(keys)
    return (at, stop, keys) if fits else None


def columns_at(fragments: list[Cell], at: int) -> Run | None:
    """The head of a table of indicators that begins here, None where there is none."""
    stop, labels = _head_run(fragments, at, _COLUMN_HEAD)
    keys: list[str] = []
    for word in _second_row(labels):
        key = _key(word)
        if key not in keys:
            keys.append(key)
    if len(keys) >= 4 and {"level1", "level2", "name"} & set(keys) and {"target", "actual"} & set(keys):
        return at, stop, keys
    return None


def _key(word: str) -> str:
    return next(kind[7:] for kind in LABELS[word] if kind.startswith("column."))


def _second_row(labels: list[str]) -> list[str]:
    """The labels in the order of their columns, where a second row of them stands behind the first."""
    keys = [_key(word) for word in labels]
    caption = next((at for at, word in enumerate(labels) if any(kind.startswith("block.") for kind in LABELS[word])), None)
    if caption is not None and len(labels) - caption > 3 and set(keys[-2:]) == {"target", "actual"}:
        return [*labels[:caption], *labels[-2:], *labels[caption + 1 : -2]]
    levels = next((at for at, key in enumerate(keys) if key in _LEVELS), len(keys))
    if 0 < levels <= len(keys) - 2 and all(key in _LEVELS for key in keys[levels:]) and keys[levels] != "name":
        return [*labels[levels:], *labels[:levels]]
    return labels


def _head_run(fragments: list[Cell], at: int, words: Words) -> tuple[int, list[str]]:
    """The labels side by side from ``at`` on, and where the run ends."""
    labels: list[str] = []
    while at < len(fragments) and (found := spelled(fragments, at, words) or (_measures(fragments, at) if labels and words is _COLUMN_HEAD else None)) is not None:
        if found[0] in _OF_RATE and (rate := _rate(fragments, at, found[1])) is not None:
            if rate[0] not in words.words:
                break
            found = rate
        labels.append(found[0] if found[0] in words.words else labels[-1])
        at = bracket_end(fragments, found[1]) if found[1] < len(fragments) else found[1]
    return at, labels


def _rate(fragments: list[Cell], at: int, stop: int) -> tuple[str, int] | None:
    """执行率 before 权重 or 得分, where these are fragments of their own: then they are columns of their own."""
    text = ""
    for end in range(at, stop - 1):
        text += fragments[end].text
        if bare(text) in MONEY["rate"]:
            return bare(text), end + 1
    return None


def _measures(fragments: list[Cell], at: int) -> tuple[str, int] | None:
    """改进措施 as the last column, behind the causes; elsewhere it is a field of its own."""
    found = spelled(fragments, at, _MEASURES)
    return found if found is not None and (at + 1 >= len(fragments) or is_level1(fragments[found[1]].text)) else None


def without_heads(fragments: list[Cell], captions: list[tuple[int, int]], keys: list[str], numbered: bool) -> list[Cell]:
    """The fragments under a head without the captions among them, without rows that add up, without the numbers of the rows, and without the head
    itself where a further page prints it again."""
    starts = dict(captions)
    kept: list[Cell] = []
    at, serial = 0, 1
    while at < len(fragments):
        if at in starts:
            at = starts[at]
        elif numbered and fragments[at].text == str(serial) and at + 1 < len(fragments) and kind_of(fragments[at + 1].text) in ("level1", "level2", "both"):
            at, serial = at + 1, serial + 1
        elif SUBTOTAL.match(fragments[at].text):
            at += 1
            while at < len(fragments) and kind_of(fragments[at].text) == "number":
                at += 1
        elif fragments[at].text[:1] in _FIRST and (again := columns_at(fragments, at)) is not None and again[2] == keys:
            at = again[1]
        else:
            kept.append(fragments[at])
            at += 1
    return kept
