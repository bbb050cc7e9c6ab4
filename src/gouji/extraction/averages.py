"""What a sentence divides or multiplies (均值与单价): so many, each so much, together so much.

``补植0.91万亩，每亩160元，合计145.60万元``; ``投入172.40万元，亩均1368.25元``; ``14个行政村平均每村24.47万元``; ``按在职人员58人计算，人均公用经费8512.93元``.
The three figures stand beside one another, or the words of the average say of which amount it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.tokens import MONEY
from gouji.model.fact import Fact
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

_EACH = regex(r"[,(](?:[^,。;:()\d]{0,8}?)(?:每(?P<unit>亩|人|户|台|平方米|公里|吨|个|辆|次|套|场|期)|(?P<mean>人|户|亩|台|辆|车|次)均)[^,。;:()\d]{0,12}")
_IN_ALL = regex(r"[,)](?:合计|共|共计|总计|计)(?:[^,。;:()\d]{0,8})")
_COUNTED = {"人": ("人", "人次", "名"), "户": ("户",), "亩": ("亩", "万亩"), "辆": ("辆", "台"), "车": ("辆", "台"), "台": ("台", "套"), "次": ("次", "批次", "人次")}
#: What an average is taken of, by its words: the amount, what it is divided by.
_AVERAGES: tuple[tuple[str, str, str, str], ...] = (
    ("人", r"接待", "three_public.reception", "three_public.reception.domestic.persons"),
    ("人", r"出国|出境", "three_public.abroad", "three_public.abroad.persons"),
    ("车辆", r"购置", "three_public.vehicle.purchase", "three_public.vehicle.purchased"),
    ("车辆", r"运行|维护|运维", "three_public.vehicle.operation", "three_public.vehicle.held"),
)
_AVERAGE = regex(r"(?:(?P<of>人|车|辆|单车|台)均|每(?P<each>人|车|辆))(?:支出|使用|每年)?(?P<what>[^,。;:\d]{0,16})$")
#: An average behind the amount and the number that it is of. 每人每年, 每次每人 are rates of pay.
_MEAN = regex(r"[,(;]?(?:平均)?(?:每(?P<unit>亩|人|户|台|平方米|公里|吨|个|辆|次|套|场|期|件|所|校|村)|(?P<mean>人|户|亩|台|辆|车|次|件|场|期|校|村)均)(?P<what>(?:支出|投入|补助|费用|成本|资金|约|为|使用)*)")
#: The amount right behind the number that it was spent on.
_SPENT_ON = regex(r"[,、;](?:共|累计|总|共计|合计|实际)*(?:投入|支出|兑付|发放|补助|拨付|使用|花费|安排)(?:资金|补贴|补助|经费|金额|费用|支出)*(?:共计|合计|为)?")
_OF_PLACES = regex(r"(?P<of>[^,。;:()\d]{0,6}?)(?P<place>村|社区|乡镇|镇|街道|学校|单位|项目|企业|机构)平均每(?:个)?(?P=place)?(?:补助|安排|投入|支出)?(?:为)?")
_SOME = regex(r"[,;](?:剩余|其余|余下|另)")
_COUNTED_BY = regex(r"按[^,。;:()\d]{0,16}$")
_RECKONED = regex(r"(?:人|户|名)?(?:计算|测算|计|算),(?:人|户)均(?P<what>[^,。;:()\d]{2,12}?)(?:为|是|:)?")


def in_all(reckoner: ParagraphReckoner, index: int) -> None:
    """``补植0.91万亩，每亩160元，合计145.60万元``."""
    numbers = reckoner.numbers
    if index < 2 or numbers[index].unit not in MONEY or numbers[index - 1].unit not in MONEY or not reckoner.free(index) or not _IN_ALL.fullmatch(reckoner.gap(index)):
        return
    each = _EACH.fullmatch(reckoner.gap(index - 1)) or _EACH.search(reckoner.gap(index - 1)[-24:])
    if each is None:
        return
    units = _COUNTED.get(each["unit"] or each["mean"], (each["unit"],))
    counts = [i for i in range(reckoner.sentence(index), index - 1) if numbers[i].unit in units]
    if counts and all("其中" in reckoner.text[numbers[counts[0]].end : numbers[i].start] for i in counts[1:]):
        reckoner.add("product", index, [(1, counts[0]), (1, index - 1)])


def average(reckoner: ParagraphReckoner, index: int) -> None:
    """``人均接待费119元``: of the amount and the number that the document states, or that stand right before it."""
    if reckoner.numbers[index].unit not in MONEY or not reckoner.free(index):
        return
    if _beside(reckoner, index):
        return
    found = _AVERAGE.search(re.split(r"[,。;:]", reckoner.gap(index))[-1])
    if found is None:
        return
    for of, what, amount, count in _AVERAGES:
        if (found["of"] or found["each"])[-1] not in of or not (re.search(what, found["what"]) or (not found["what"] and index and reckoner.concept(index - 1) == count)):
            continue
        money, number = _stated(reckoner.facts, amount), _stated(reckoner.facts, count)
        if money is not None and number is not None and reckoner.facts[number].figure.value:
            reckoner.keep("product", money, [(1, number), (1, reckoner.ids[index])], None, reckoner.numbers[index].start)
        return


def _beside(reckoner: ParagraphReckoner, index: int) -> bool:
    """Whether the amount and the number that an average is of stand right before it: then that is reckoned."""
    numbers = reckoner.numbers
    if index < 2:
        return False
    gap, one, other = reckoner.gap(index), index - 2, index - 1
    if (mean := _MEAN.fullmatch(gap)) is not None and numbers[other].unit in MONEY:
        units = _COUNTED.get(mean["unit"] or mean["mean"], (mean["unit"] or mean["mean"],))
        if numbers[one].unit in units and _SPENT_ON.fullmatch(reckoner.gap(other)) and numbers[one].value and not _SOME.match(reckoner.text, numbers[index].end):
            reckoner.add("product", other, [(1, one), (1, index)], told=index)  # 建立1260亩，投入172.40万元，亩均1368.25元
            return True
    if _OF_PLACES.fullmatch(gap) and numbers[other].unit in ("个", "所", "家") and numbers[one].unit in MONEY and reckoner.gap(other) in (",", ";") and numbers[other].value and not _SOME.match(reckoner.text, numbers[index].end):
        reckoner.add("product", one, [(1, other), (1, index)], told=index)  # 补助342.6万元，14个行政村平均每村24.47万元
        return True
    if (by := _RECKONED.fullmatch(gap)) is not None and _COUNTED_BY.search(reckoner.gap(other)) and numbers[other].value:
        named = [at for at in range(other) if numbers[at].unit in MONEY and by["what"] in re.split(r"[,。;:]", reckoner.gap(at))[-1]]
        if named:
            reckoner.add("product", named[-1], [(1, other), (1, index)], told=index)  # 按在职人员58人计算，人均公用经费8512.93元
            return True
    return False


def _stated(facts: list[Fact], concept: str) -> int | None:
    """The only value of a concept that the document has stated so far."""
    told = [f for f in facts if f.concept == concept]
    latest = max((f.key.period for f in told), default="")
    of = [f for f in told if f.key.phase == "executed" and f.measure in ("amount", "count") and not f.key.dimensions and f.key.period == latest]
    return of[-1].id if of and len({f.figure.value * (10000 if f.figure.unit == "元" else 1) for f in of}) == 1 else None
