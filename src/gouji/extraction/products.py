"""So many at so much each (数量乘以单价): the three figures stand beside one another, in whatever order.

``受助学生386人，按每生每年2000元发放，共77.20万元``; ``长6.4公里，建安费2880万元，每公里450万元``; ``创业补贴98.00万元，196户，每户5000元``. They are held against one another where
one slip of the pen explains the difference (``likely``): a rate may hold for some of the number, or for a part of the year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.tokens import MONEY, sort_of
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

_THINGS = "亩|人|生|户|名|台|套|平方米|公里|千米|吨|个|辆|次|场|期|件|所|校|村|条|座|处|株|盏|床|顶|头|只|份|册|月|米"
_EACH = regex(rf"(?:^|[,(、]|[^,。;:()\d]{{0,10}})每(?P<unit>{_THINGS})(?:每(?P<time>年|学年|学期|月|天|日|次))?[^,。;:()\d每]{{0,8}}$")
_PRICE = regex(r"(?:^|[,(、])[^,。;:()\d]{0,6}(?:单价|单位[^,。;:()\d]{1,4}|标准)(?:为|是|:)?$")
_PER = regex(rf"/(?P<unit>{_THINGS})")
_SAME = {"生": ("人", "名"), "人": ("人", "名", "人次"), "名": ("人", "名"), "公里": ("公里", "千米"), "亩": ("亩", "万亩"), "台": ("台", "套"), "套": ("套", "台"), "吨": ("吨", "万吨"), "平方米": ("平方米", "万平方米")}
#: Between the members of the reckoning; what compares or parts belongs to another.
_BETWEEN = regex(r"(?:发放|补助|补贴|执行|计算|测算|安排)?[,(、)](?:[^,。;:()\d每]{0,8})")
_NO_TOTAL = regex(r"[比较占增减余欠超]|其中|剩|平均|上年|去年|另|其余|含|已|未|尚|先|首|扣|奖")


def product(reckoner: ParagraphReckoner, each: int) -> None:
    """Adds what a price or a rate of pay at ``each`` is multiplied with and what that comes to."""
    numbers = reckoner.numbers
    if numbers[each].unit not in MONEY or not reckoner.free(each) or ("每" not in reckoner.gap(each) and reckoner.text[numbers[each].end : numbers[each].end + 1] != "/"):
        return
    found = _EACH.search(reckoner.gap(each))
    if found is None and _PRICE.search(reckoner.gap(each)):
        found = _PER.match(reckoner.text, numbers[each].end)
    if found is None or (found.groupdict().get("time") or "年") not in ("年", "学年"):
        return
    units = _SAME.get(found["unit"], (found["unit"],))
    for count, total in ((each - 1, each + 1), (each - 2, each - 1), (each - 1, each - 2)):
        if min(count, total) < 0 or max(count, total) >= len(numbers):
            continue
        if numbers[count].unit in units and numbers[total].unit in MONEY and _together(reckoner, sorted((count, each, total)), total):
            reckoner.add("product", total, [(1, count), (1, each)], likely="words", told=each)
            return


def _together(reckoner: ParagraphReckoner, three: list[int], total: int) -> bool:
    """Whether the three stand beside one another with no word between them that makes the total another one's, and it is larger than the price."""
    if not all(_BETWEEN.fullmatch(re.sub(rf"^/(?:{_THINGS})", "", reckoner.gap(at))) or "每" in reckoner.gap(at) for at in three[1:]):
        return False
    if any(re.search(r"[。;]", reckoner.gap(at)) for at in three[1:]) or _NO_TOTAL.search(re.split(r"[,。;:()]", reckoner.gap(total))[-1]):
        return False
    return sort_of(reckoner.numbers[total].unit) == "money" and all(reckoner.amount(total) > reckoner.amount(at) for at in three if at != total and reckoner.numbers[at].unit in MONEY)
