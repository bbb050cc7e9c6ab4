"""Names of economic items in the lists of 人员经费 and 公用经费 (经济科目名称)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.announced_count import split_names
from gouji.model.figure import Place
from gouji.model.finding import Severity
from gouji.model.regex import regex

_LIST = regex(r"(?:人员经费|公用经费)[\d.,]+万?元,?(?:主要)?包括[::]?(?P<names>[^。;]+)")


@rule(id="economic-name", zh="经济科目名称不规范", severity="note", authority="classification")
def economic_name(context: Context) -> Iterator[Remark]:
    """人员经费、公用经费所列（以及表中只差一字）的款级科目名称，与部门预算支出经济分类科目的名称不同。全文合并为一条。
    表中只差一字的是误写，另列为警告。

    为什么：名称与报表一致才能对照。
    例：公用经费239.37万元，主要包括：办公费、水费、其他交通费、其他商品和服务支出等。
    报告：经济科目名称与分类科目不同：其他交通费（应为“其他交通费用”）。
    不报：找不到相近名称的；分类科目表未经证实的行只作提示。
    """
    official = {row.name: row for row in context.standards.economics.values() if row.level == "款" and row.code.startswith("3")}
    if not official:
        return
    plain = {_plain(row.name) for row in context.standards.economics.values()}  # of classes too: heads of statements name them
    found: list[tuple[str, str]] = []
    places: list[Place] = []
    misprints: list[tuple[str, str]] = []
    misprinted: list[Place] = []
    for paragraph in context.narrative:
        match = _LIST.search(paragraph.text)
        if match is None:
            continue
        at = match.start("names")
        for name in split_names(re.sub(r"等$", "", match.group("names"))):
            start = paragraph.text.find(name, at)
            if _plain(name) in plain or start < 0:
                continue
            near = next((o for o in official if name and (o.startswith(name) or name.startswith(o)) and abs(len(o) - len(name)) <= 2), None)
            if near:
                found.append((name, near))
                places.append(context.at(paragraph, start, start + len(name)))
    for paragraph in context.paragraphs:
        if paragraph.kind != "cell" or not 6 <= len(paragraph.text) <= 20 or paragraph.text in plain or not paragraph.text.endswith(("费", "支出", "补助")):
            continue
        near = next((o for o in official if len(o) == len(paragraph.text) and sum(a != b for a, b in zip(o, paragraph.text, strict=True)) == 1), None)
        if near and _plain(paragraph.text) not in plain and (paragraph.text, near) not in misprints:
            misprints.append((paragraph.text, near))
            misprinted.append(context.at(paragraph))
    severity: Severity = "warning" if all(official[b].certainty in ("attested", "law") for _, b in misprints) else "note"
    yield from _remark(misprints, misprinted, severity)
    yield from _remark(found, places, "note")


def _remark(found: list[tuple[str, str]], places: list[Place], severity: Severity) -> Iterator[Remark]:
    if found:
        yield Remark(
            zh=f"经济科目名称与分类科目不同：{'；'.join(f'{a}（应为“{b}”）' for a, b in found)}。",
            en="Names of economic items differ from the classification.",
            places=tuple(places),
            key=tuple(a for a, _ in found),
            severity=severity,
            found="、".join(a for a, _ in found),
            expected="、".join(b for _, b in found),
            suggestion="改用分类科目的名称。",
        )


def _plain(name: str) -> str:
    return re.sub(r"[()（）]", "", name)
