"""The same disclosure in other words (改写): changes of wording, marks and spacing that leave what is said as it was.

Offices write one thing in many ways. Where a text that holds no contradiction gets a finding by being reworded, it was misread, not mistaken.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial
from typing import Final

#: What stands in a sentence, and other ways to say the same.
_WORDS: Final = tuple(
    (re.compile(pattern), others)
    for pattern, others in (
        (r"与上年相比", ("较上年", "与去年相比", "和上年比较")),
        (r"较上年(?=增|减|下降|上升)", ("比上年", "比去年", "较去年")),
        (r"比上年(?=增|减|下降|上升)", ("较上年", "比去年", "较上年度")),
        (r"主要原因(?:是|为)", ("主要系", "原因主要是", "主要是因为")),
        (r"增长(?=\d[\d.,]*%)", ("上升", "提高", "上涨")),
        (r"下降(?=\d[\d.,]*%)", ("降低", "降幅", "减少")),
        (r"减少(?=\d[\d.,]*万元)", ("下降", "降低", "少支出")),
        (r"，占(?=\d)", ("，占比", "，占比为", "，比重为")),
        (r"其中：", ("其中", "其中,", "包括：")),
        (r"完成预算(?=\d)", ("完成年度预算的", "为预算的", "完成全年预算的")),
        (r"支出决算为(?=\d)", ("支出", "决算支出", "支出决算数为", "实际支出", "支出决算")),
        (r"主要用于", ("用于", "支出内容为")),
        (r"合计(?=\d)", ("共计", "合计为")),
        (r"本年收入合计", ("本年收入", "收入合计")),
        (r"收、支总计", ("收入、支出总计", "收支总计")),
        (r"万元，", ("万元、", "万元；", "万元,")),
    )
)
_CHANGED = 0.3  # of all places


def _instead(others: tuple[str, ...], chance: random.Random, found: re.Match[str]) -> str:
    return chance.choice(others) if chance.random() < _CHANGED else found[0]


def words(text: str, chance: random.Random) -> str:
    """Other words for some of those that stand there."""
    for pattern, others in _WORDS:
        text = pattern.sub(partial(_instead, others, chance), text)
    return text


def marks(text: str, chance: random.Random) -> str:
    """Some of the marks （款）（项） left out, as offices do."""
    return re.sub(r"（[款项]）", lambda found: "" if chance.random() < _CHANGED else found[0], text)


def spaces(text: str, chance: random.Random) -> str:
    """Blanks between figures and their units."""
    return re.sub(r"(\d)(万元|%|个|人|辆)", lambda found: f"{found[1]} {found[2]}" if chance.random() < _CHANGED else found[0], text)


def thousands(text: str, chance: random.Random) -> str:
    """Separators in some of the large amounts."""
    return re.sub(
        r"(?<![\d.,])(\d{4,})(\.\d\d)(?= ?万元)", lambda found: f"{int(found[1]):,}{found[2]}" if chance.random() < _CHANGED else found[0], text
    )


def half(text: str, chance: random.Random) -> str:
    """Half-width punctuation throughout."""
    return text.translate(str.maketrans("，；（）", ",;()"))


WAYS: Final[dict[str, Callable[[str, random.Random], str]]] = {"words": words, "marks": marks, "spaces": spaces, "thousands": thousands, "half": half}


def reworded(text: str, seed: int) -> str:
    """The prose of a text in other words; every way of rewording but one, which the seed leaves out."""
    chance = random.Random(seed)
    ways = list(WAYS.values())
    del ways[seed % len(ways)]
    lines = []
    for line in text.split("\n"):
        if "\t" not in line and re.search("[，。；：]", line):
            for way in ways:
                line = way(line, chance)
        lines.append(line)
    return "\n".join(lines)
