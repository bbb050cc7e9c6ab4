"""Sentences of other provinces with what each figure means marked in them, every line a document of its own: read right, and nothing found.

``writing/marked/*.txt``: ``# section`` opens the lines of a section; figures stand in the slots of :mod:`unseen.composing`, ``\\n`` is a line's end.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from unseen.composing import compose
from unseen.judging import described, misread, read, strong

MARKED = Path(__file__).parent / "writing" / "marked"
HEADINGS = {
    "total": "一、收入支出决算总体情况说明",
    "income": "二、收入决算情况说明",
    "expenditure": "三、支出决算情况说明",
    "fiscal": "四、财政拨款收入支出决算总体情况说明",
    "general": "五、一般公共预算财政拨款支出决算情况说明",
    "structure": "五、一般公共预算财政拨款支出决算情况说明\n（二）一般公共预算财政拨款支出决算结构情况",
    "items": "五、一般公共预算财政拨款支出决算情况说明\n（三）一般公共预算财政拨款支出决算具体情况",
    "basic": "六、一般公共预算财政拨款基本支出决算情况说明",
    "three public": "七、财政拨款“三公”经费支出决算情况说明",
    "government fund": "八、政府性基金预算财政拨款支出决算情况说明",
    "state capital": "九、国有资本经营预算财政拨款支出决算情况说明",
    "other": "十、其他重要事项的情况说明",
}
TOP = "云江市水务局\n2023年度部门决算\n"


def document(section: str, sentence: str) -> str:
    body = sentence.replace("\\n", "\n")
    if section == "organisation":
        return f"{TOP}第一部分 部门概况\n二、机构设置\n{body}\n"
    if section == "report":
        return f"{TOP}第四部分 附件\n附件1\n部门整体支出绩效评价报告\n{body}\n"
    if section == "programme":
        return f"云江市2023年度山塘整治项目支出绩效自评报告\n{body}\n"
    return f"{TOP}第二部分 2023年度部门决算情况说明\n{HEADINGS.get(section, section)}\n{body}\n"


def table() -> list[object]:
    found: list[object] = []
    for path in sorted(MARKED.glob("*.txt")):
        section = ""
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.startswith("# "):
                section = line[2:]
            elif line and not line.startswith("//"):
                found.append(pytest.param(section, line, id=f"{path.stem}-{number}"))
    return found


@pytest.mark.parametrize(("section", "line"), table())
def test_every_figure_is_read_as_marked_and_nothing_is_found(section: str, line: str) -> None:
    composed = compose("style = plain\n====\n" + document(section, line))
    dossier = read(composed.text)
    trouble = [*misread(dossier, composed.meanings), *map(described, strong(dossier))]
    assert not trouble, "\n".join(["", line, *trouble])
