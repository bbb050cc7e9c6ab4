"""The reporting unit's name changes inside the document (单位名称前后不一)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.figure import Place
from gouji.model.regex import regex

_ABBREVIATED = regex(r"以下(?:统一)?简称[:为“\"]*([^”\")。,;]{2,16})")
_NAME = r"(?P<name>[一-鿿]{2,24}?(?:局|委员会|委|办公室|厅|中心|院|馆|处|站|会))"
#: Slots in which the template names the reporting unit.
_SLOTS = (
    regex(rf"20\d\d年度?,?{_NAME}(?=机关运行经费|政府采购支出总额)"),
    regex(rf"12月31日,{_NAME}(?=共有车辆)", "共有车辆"),
    regex(r"(?:形成|[,;。、])(?P<name>[一-鿿]{2,24}?(?:局|委员会|委|办公室|厅|中心|院|馆|处|站))(?=部门整体(?:\(|绩效|支出))", "部门整体"),
)
_PRONOUNS = regex(r"^(?:本|我|该|各)?(?:部门|单位|局|委|办|中心|机关|院|厅|处)$")


@rule(id="unit-name", zh="单位名称前后不一", severity="warning", authority="disclosure_procedure_form")
def unit_name(context: Context) -> Iterator[Remark]:
    """同一份决算里，报告单位用了互不为简称的两个名称。

    为什么：多半是沿用了别的单位或往年的稿子，读者会疑心数字属于谁。
    例：……形成林泉区文贸商科局部门整体绩效自评报告……（全文其余各处作“林泉区文广商科局”）
    报告：单位名称不一：“林泉区文贸商科局”与“林泉区文广商科局”，不是同一名称的全称和简称。
    不报：全称与简称（简称的字都依次见于全称）；文中声明的简称；下属单位和其他单位的名称。
    """
    names: dict[str, list[Place]] = {}
    for name, place in (*context.dossier.unit_names, *slot_names(context)):
        if len(name) > 3 and not _PRONOUNS.match(name) and place not in names.get(name, ()):
            names.setdefault(name, []).append(place)
    if len(names) < 2:
        return
    declared = {hit.group(1) for hit in context.scan(_ABBREVIATED)}
    main = context.dossier.unit if context.dossier.unit in names else max(names, key=lambda n: len(names[n]))
    family = {name for name in names if related(name, main)}
    undeclared = [name for name in family if name not in declared and not main.endswith(name)]
    if len(undeclared) > 1 or any(len(name) > len(main) for name in undeclared):
        listed = "、".join(f"“{name}”" for name in (main, *sorted(undeclared, key=lambda n: names[n][0].start)))
        yield Remark(
            zh=f"单位名称有{len(undeclared) + 1}种写法：{listed}，简称没有在文中说明。",
            en=f"{len(undeclared) + 1} names for one unit, none introduced as a short form.",
            places=tuple(names[name][0] for name in (*sorted(undeclared, key=lambda n: names[n][0].start), main)),
            key=("variants", *sorted(undeclared)),
            severity="note",
            found=listed,
            suggestion="统一名称，或在首次出现时说明“以下简称”。",
        )
    for name, where in names.items():
        if name in family or name in declared or any(related(name, other) for other in family):
            continue
        nearest = max(family, key=lambda other: (len(set(name) & set(other)), -len(other)))
        own, other = heart_of(name), heart_of(nearest)
        if name[-1] != nearest[-1] or len(set(own) & set(other)) * 2 < len(set(own)) or not own:
            continue  # another body, not a slip of this one's name
        yield Remark(
            zh=f"单位名称不一：“{name}”与“{nearest}”，不是同一名称的全称和简称。",
            en=f"The unit is called {name} here and {nearest} elsewhere.",
            places=tuple(where),
            key=(name, nearest),
            found=name,
            expected=nearest,
            suggestion=f"统一为“{nearest}”。",
        )


def related(first: str, second: str) -> bool:
    """Whether one name is a short form of the other: its characters stand in the other in the same order."""
    short, long = sorted((first, second), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)


def slot_names(context: Context) -> Iterator[tuple[str, Place]]:
    """Names that stand in a slot of the template for the reporting unit, with places."""
    for paragraph in context.narrative:
        for pattern in _SLOTS:
            for match in pattern.finditer(paragraph.text):
                start = match.start("name") + (2 if match.group("name").startswith("形成") else 0)
                yield paragraph.text[start : match.end("name")], context.at(paragraph, start, match.end("name"))


def heart_of(name: str) -> str:
    """A name without the places before it and the word for its kind behind it.

    >>> heart_of("云岭市林泉区文化和旅游局")
    '文化和旅游'
    """
    return re.sub(r"(?:局|委员会|委|办公室|办|厅|中心|院|馆|站|队|处)$", "", re.sub(r"^.*(?:省|自治区|市|县|区|州|旗)(?=.{2,})", "", name))
