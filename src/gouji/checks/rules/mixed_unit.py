"""元 among 万元 in one list (同一句中单位不一)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule

_PART = re.compile(r"(?P<name>金额|支出|收入)(?P<number>0(?:\.0+)?)(?P<unit>万元|元)")


@rule(id="mixed-unit", zh="同一句中单位不一", severity="note", authority="disclosure_procedure_form")
def mixed_unit(context: Context) -> Iterator[Remark]:
    """并列的各项中，有的写“0元”，有的写“0万元”。

    为什么：为零时不影响数字，但改填实际数时容易沿用错误的单位，相差一万倍。
    例：轿车0辆、金额0元，越野车0辆、金额0万元，载客汽车0辆、金额0万元
    报告：单位不一：“金额0元”与同句其他各项的“万元”不同。
    不报：确以元为单位的明细（如逐笔接待费）；不同句子。
    """
    for paragraph in context.narrative:
        for sentence in re.finditer(r"[^。]+", paragraph.text):
            parts = list(_PART.finditer(sentence.group()))
            odd = [p for p in parts if p.group("unit") == "元"]
            if not odd or len(odd) * 2 >= len(parts):
                continue
            for part in odd:
                start = sentence.start() + part.start()
                yield Remark(
                    zh=f"单位不一：“{part.group()}”与同句其他各项的“万元”不同。",
                    en="元 among 万元 in one list.",
                    places=(context.at(paragraph, start, start + len(part.group())),),
                    key=(part.group(), sentence.group()[max(0, part.start() - 8) : part.start()]),
                    found=part.group(),
                    expected=part.group("name") + part.group("number") + "万元",
                    suggestion="统一为“万元”。",
                )
