"""元 among 万元 in one list (同一句中单位不一)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.fact import Fact
from gouji.model.regex import regex

_LEAST = Decimal(1000)  # yuan: a total below it is told in 万元 as 0.0x
_TIMES = 3
_PART = regex(r"(?P<name>金额|支出|收入)(?P<number>0(?:\.0+)?)(?P<unit>万元|元)")


@rule(id="mixed-unit", zh="同一句中单位不一", severity="note", authority="disclosure_procedure_form")
def mixed_unit(context: Context) -> Iterator[Remark]:
    """并列的各项中，有的写“0元”，有的写“0万元”；同一段都以万元为单位、写到两位小数，只有一个不足千元的数写作“元”。

    为什么：为零时不影响数字，但改填实际数时容易沿用错误的单位，相差一万倍；万元写成元，数字本身看不出来。
    例：轿车0辆、金额0元，越野车0辆、金额0万元，载客汽车0辆、金额0万元
    报告：单位不一：“金额0元”与同句其他各项的“万元”不同。
    不报：确以元为单位的明细（如逐笔接待费）；不同句子；写作整数的元；同一项目的预算与决算大小不相近的。
    """
    yield from _small(context)
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


def _small(context: Context) -> Iterator[Remark]:
    """The one amount of a paragraph that is in 元, to two decimals like all the others."""
    paragraphs: dict[int, list[Fact]] = {}
    for fact in context.dossier.facts:
        if fact.figure.is_money and fact.place.table is None and not fact.unresolved:
            paragraphs.setdefault(context.index_at(fact.place.start), []).append(fact)
    for index, facts in paragraphs.items():
        odd = [fact for fact in facts if fact.figure.unit == "元"]
        others = [fact for fact in facts if fact.figure.unit == "万元" and fact.figure.value]
        if index < 0 or len(odd) != 1 or context.paragraphs[index].region != "narrative":
            continue
        (fact,) = odd
        concept = context.standards.concepts.get(fact.concept)
        if concept is None or concept.unit != "万元" or fact.figure.decimals != 2 or not fact.figure.value:
            continue
        beside = next((each for each in others if _alike(fact, each)), None)
        if beside is None and abs(fact.figure.yuan) >= _LEAST:
            continue
        nothing = any(each.figure.unit == "万元" and not each.figure.value and each.concept == fact.concept for each in facts)
        if not (nothing or (others and all(each.figure.decimals == 2 for each in others))):
            continue
        if any(each.key == fact.key and each.figure.unit == "万元" and each.figure.value == fact.figure.value for each in context.dossier.facts):
            continue  # stated elsewhere with its true unit: the agreement of the two says it already
        printed = fact.figure.printed
        why = "不足千元，同一段其他金额都以“万元”为单位、写到两位小数" if beside is None else f"与同一项目的{beside.figure.printed}相差上万倍"
        yield Remark(
            zh=f"单位不一：“{printed}”{why}。请核对是否应为“{printed[:-1]}万元”。",
            en=f"{printed} among amounts in 万元.", places=(fact.place,), key=("small", printed), severity="warning", facts=(fact.id,),
            subject=fact.concept, found=printed, expected=printed[:-1] + "万元", suggestion="核对单位。",
        )  # fmt: skip


def _alike(fact: Fact, other: Fact) -> bool:
    """Whether the budget and the outturn of one thing print numbers of one size, one of them in 元."""
    if (fact.concept, fact.key.dimensions, fact.measure) != (other.concept, other.key.dimensions, other.measure) or fact.measure != "amount":
        return False
    return fact.key != other.key and other.figure.value <= _TIMES * fact.figure.value and fact.figure.value <= _TIMES * other.figure.value
