"""The slot notation's patterns stay linear on text made to be slow."""

from __future__ import annotations

import re

import pytest

from gouji.standards import fold, load
from gouji.standards.slots import parse, to_regex

LENGTH = 300_000


@pytest.mark.parametrize("seed", ["1", "一", "1,", "1.", "-", "项目", "个"])
def test_a_local_pattern_is_found_behind_a_long_line(seed: str) -> None:
    pattern = re.compile(to_regex(parse("{performance.targets}个项目[支出](编制|编报)[了]绩效目标", load("cn", 2023).concepts))[0])
    text = f"{seed * (LENGTH // len(seed))}。12个项目编制了绩效目标"
    assert [match[1] for match in pattern.finditer(text)] == ["12"]


def test_folding_keeps_the_length_of_a_long_line() -> None:
    assert fold("１（％" * (LENGTH // 3)) == "1(%" * (LENGTH // 3)
