"""Lost heading numbers: which they should be, and how sure one can be of the loss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.outline_build import build, standards
from gouji.checks.context import Context, Remark
from gouji.checks.rules.numbering import numbering

_PART = "# [part.narrative] 第二部分 决算情况说明"
_HEADINGS = [
    "## [narrative.total] 收入支出决算总体情况说明",
    "## [narrative.income] 收入决算情况说明",
    "## [narrative.expenditure] 三、支出决算情况说明",
    "## [narrative.fiscal] 四、财政拨款收入支出决算总体情况说明",
    "## [narrative.general] 一般公共预算财政拨款支出决算情况说明",
]


def remarks(format: str, headings: list[str]) -> list[Remark]:
    dossier = build([_PART, *headings])
    dossier = replace(dossier, source=replace(dossier.source, format=format))
    return list(numbering(Context(dossier, standards())))


@pytest.mark.parametrize(("format", "severity"), [("txt", "note"), ("docx", "warning")])
def test_a_number_that_its_siblings_settle_is_named_and_a_word_file_cannot_have_lost_it(format: str, severity: str) -> None:
    (remark,) = remarks(format, _HEADINGS)
    assert remark.severity == severity
    for due in ("“收入支出决算总体情况说明”（按顺序应为“一、”）", "（按顺序应为“二、”）", "（按顺序应为“五、”）"):
        assert due in remark.zh
    assert ("可不理会" in remark.zh) == (format == "txt")


def test_no_number_is_named_where_those_printed_do_not_fit_their_places() -> None:
    headings = [h.replace("三、", "五、").replace("四、", "六、") for h in _HEADINGS]
    lost = [r for r in remarks("docx", headings) if r.key[0] == "lost"]
    assert [r.severity for r in lost] == ["note"]
    assert "按顺序应为" not in lost[0].zh
