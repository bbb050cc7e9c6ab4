"""So many at so much each (数量乘以单价): the three figures stand beside one another, in whatever order.

``受助学生386人，按每生每年2000元发放，共77.20万元``; ``长6.4公里，建安费2880万元，每公里450万元``; ``创业补贴98.00万元，196户，每户5000元``. They are held against one another where
one slip of the pen explains the difference (``likely``): a rate may hold for some of the number, or for a part of the year. An amount is the total where a word says so, or where
nothing else can be meant: what stands behind a price by a name of its own (服务器96.60万元) is another thing's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.tokens import MONEY
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

_THINGS = "亩|人|生|户|名|台|套|平方米|公里|千米|吨|个|辆|次|场|期|件|所|校|村|条|座|处|株|盏|床|顶|头|只|份|册|米"
_EACH = regex(rf"每(?P<unit>{_THINGS})次?(?:每(?P<time>年|学年|学期|月|天|日))?(?P<what>[^,。;:()\d每]{{0,8}})$")
_PRICE = regex(r"[,(、](?P<what>[^,。;:()\d]{0,6}(?:单价|单位[^,。;:()\d]{1,4}|标准))(?:为|是|:)?$")
_PER = regex(rf"/(?P<unit>{_THINGS})")
_SAME = {
    "生": ("人", "名"), "人": ("人", "名", "人次"), "名": ("人", "名"), "公里": ("公里", "千米"), "亩": ("亩", "万亩"), "台": ("台", "套"), "套": ("套", "台"), "吨": ("吨", "万吨"),
    "平方米": ("平方米", "万平方米"),
}  # fmt: skip
_CEILING = regex(r"最高|不超过|不高于|以内|上限|至少|不低于|不少于|左右")
#: What the total is called behind the price.
_TOTAL = regex(rf"(?:/(?:{_THINGS}))?[^,。;:()\d]{{0,4}}[,、)](?P<name>(?:共|合计|共计|总计|小计|计|发放|兑付|支付|需|应|补助|补贴|奖补|资金|金额|预算)*)")
_ALONE = regex(rf"(?:/(?:{_THINGS}))?(?:计算|测算|补助|发放|执行)?[,、](?P<name>[^,。;:()\d]{{2,6}})")


def product(reckoner: ParagraphReckoner, each: int) -> None:
    """Adds what a price or a rate of pay at ``each`` is multiplied with and what that comes to."""
    numbers, gap = reckoner.numbers, reckoner.gap(each)
    if numbers[each].unit not in MONEY or not reckoner.free(each) or _CEILING.search(gap):
        return
    found, what = _EACH.search(gap), ""
    if found is not None:
        if found["time"] not in (None, "年", "学年"):
            return
        unit, what = found["unit"], found["what"]
    elif (price := _PRICE.search(gap)) is not None and (per := _PER.match(reckoner.text, numbers[each].end)) is not None:
        unit, what = per["unit"], price["what"]
    else:
        return
    units = _SAME.get(unit, (unit,))
    if each and numbers[each - 1].unit in units and "。" not in gap and ";" not in gap:
        if _behind(reckoner, each + 1, what):
            _add(reckoner, each - 1, each, each + 1)
        elif each > 1 and not what and numbers[each - 2].unit in MONEY and reckoner.gap(each - 1) == ",":
            _add(reckoner, each - 1, each, each - 2)  # 创业补贴98.00万元，196户，每户5000元
    elif each > 1 and not what and numbers[each - 1].unit in MONEY and numbers[each - 2].unit in units and re.fullmatch(r"[,(]每[^,。;:()\d]{1,3}", gap) and re.fullmatch(r",[^,。;:()\d]{0,6}", reckoner.gap(each - 1)):
        _add(reckoner, each - 2, each, each - 1)  # 长6.4公里，建安费2880万元，每公里450万元


def _behind(reckoner: ParagraphReckoner, total: int, what: str) -> bool:
    """Whether the figure behind a price for ``what`` is called what it comes to, or by the price's own name."""
    if total >= len(reckoner.numbers) or reckoner.numbers[total].unit not in MONEY:
        return False
    gap = reckoner.gap(total)
    return _TOTAL.fullmatch(gap) is not None or ((named := _ALONE.fullmatch(gap)) is not None and named["name"] in what)


def _add(reckoner: ParagraphReckoner, count: int, each: int, total: int) -> None:
    if reckoner.amount(total) > reckoner.amount(each):
        reckoner.add("product", total, [(1, count), (1, each)], likely="words", told=each)
