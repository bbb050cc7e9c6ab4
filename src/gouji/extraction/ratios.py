"""Rates that a sentence reckons itself (文中比率): completion, shares of named wholes, rates named after what is counted, percentage points.

``抽检6248批次，其中合格6106批次，合格率97.73%``; ``完成投资14860万元，占概算21800万元的68.17%``; ``由71%提高到92%，提高21个百分点``. A rate whose base only its name
tells is held against it where one slip of the pen explains the difference (``likely``), for it may have another base.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.tokens import MONEY
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

_PLANNED = regex(r"计划|目标|应|任务|指标|下达|发放|申报|拟|设计")
_DONE = regex(r"实际|完成|已|到位|回收|收回|有效|布设|建成|举办|兑付|合格")
_DONE_RATE = regex(r"[,(](?:目标|任务|计划|实际|项目|指标|问卷)*(?:完成率|完成比例|回收率|有效回收率|有效率|兑现率|兑付率|到位率)(?:为|达|达到|:)*|[,(]完成(?:目标|计划|任务|目标任务)(?:数|值)?的(?:比例为)?")
_BUDGETED = regex(r"(?:年初|全年|调整后?|当年|本年|财政拨款)?预算(?:数|安排|金额|为|资金)*$")
_SPENT = regex(r"[,;](?:实际|全年|本年|当年)?(?:支出|执行|决算|完成|使用)(?:决算|支出|执行)?(?:数|资金)?(?:为)?")
#: 两项资金合计9010万元，执行8253.42万元，综合执行率91.60%: of the money right before.
_MONEY_FOR = regex(r"(?:资金|预算|投资|经费)(?:安排|下达|总额|总量|总计|合计|共计|共|为)+$")
_DONE_RATE_OF = regex(r"[,(](?:综合|总体|整体|资金|项目|预算)*(?:执行|支出|使用)率(?:为|达|达到)?")
_DONE_OF = regex(r"[,(](?:完成|占)(?:年初|全年|调整|调整后|当年)?预算(?:数)?的?(?:比例|比重)?(?:为)?|[,(](?:预算)?(?:执行|完成)(?:率|进度)(?:为|达|达到)?")
_SATISFIED = regex(r"[;,](?:其中)?(?:满意|非常满意和满意|基本满意及以上)(?:的)?(?:问卷)?")
_SATISFACTION = regex(r"[,(](?:群众|公众|居民|服务对象)?满意(?:度|率)(?:为|达|达到|:)*")
_OF_NAMED = regex(r"[,(](?:占(?!用)[^,。;:()\d]{1,18}|完成(?:年度|全年|年初)?(?:目标|计划|任务)(?:任务|数|值)?)")
_SO_FAR = regex(r"(?:累计|实际)(?:支出|支付|执行|完成|拨付)?(?:资金|金额)?$")
_PROGRESS = regex(r"[,(](?:预算)?(?:支出|执行|支付|资金支付|投资完成)(?:进度|率)(?:为|达|达到)?")
_STEM = regex(r"[,、(;](?:[^,。;:、()\d]{0,6}?)(?P<stem>[一-鿿]{2,4})(?:比?率|度)(?:为|达|达到|:)*")
_OTHER_RATES = regex(r"执行|完成|增长|开放|利用|使用|支付|综合|优良|保障|知晓|公开|得分|及时|预算|进|结余|安全|在线")
_TO_POINTS = regex(r"[,、(]?(?:同比|共|累计)?(?P<word>提高|上升|增加|提升|增长|降低|下降|减少)(?:了)?")
_ROSE_TO = regex(r"(?:[^,。;:\d]{0,6})(?:提高|上升|增加|提升|增长|降低|下降|减少|增|升|降)(?:到|至)")
_FROM_OWN = regex(r"[由从][^,。;:]{0,24}$")
_THAN = regex(r"[,(](?:比|较|与)[^,。;:()]{0,16}的?")
_UP = ("提", "上", "增")
#: How far the final figure is from the budget, and the final budget from the first: both of the figure before.
_DEVIATION = regex(r"[,(;](?:预决算|预算|收入|支出)*(?:差异|偏差|偏离)(?:率|度|幅度)(?:为|达|达到|:)*")
_FINAL = regex(r"[,;](?:实际|全年|本年)?(?:支出|收入)?(?:决算|执行)(?:数|支出|收入|金额)*(?:为)?")
_ADJUSTMENT = regex(r"[,(;](?:年中)?预算(?:调整|追加)(?:率|幅度)(?:为|达|达到|:)*")
_INITIAL = regex(r"年初(?:批复)?(?:部门)?(?:收入|支出)?(?:批复)?预算(?:数|安排|金额|资金|为)*$")
_CUT = regex(r"[追调压核]减")
_ADJUSTED = regex(r"(?:调整后?(?:的)?|全年)预算(?:数|安排|金额|资金|为)*$")


def rate(reckoner: ParagraphReckoner, index: int) -> None:
    """Adds what a rate at ``index`` is reckoned from."""
    numbers = reckoner.numbers
    if numbers[index].unit == "个百分点":
        _points(reckoner, index)
    elif numbers[index].unit == "%" and index > 1 and reckoner.free(index):
        _deviation(reckoner, index) or _adjustment(reckoner, index) or _completion(reckoner, index) or _share(reckoner, index) or _progress(reckoner, index) or _named(reckoner, index)


def _words(reckoner: ParagraphReckoner, index: int) -> str:
    """The words right before a figure."""
    return re.split(r"[。;,:()]", reckoner.gap(index))[-1]


def _changed(reckoner: ParagraphReckoner, index: int, before: int, now: int) -> None:
    """A rate is the change of a figure on the one before it, with its sign or without."""
    rises = reckoner.amount(now) >= reckoner.amount(before) or reckoner.numbers[index].value < 0
    reckoner.add("rate", index, [(1, now), (-1, before)] if rises else [(1, before), (-1, now)], before)


def _deviation(reckoner: ParagraphReckoner, index: int) -> bool:
    """``年初预算数1022.36万元，决算数1289.59万元，预决算差异率26.14%``."""
    planned, final = index - 2, index - 1
    if not _DEVIATION.fullmatch(reckoner.gap(index)):
        return False
    if reckoner.numbers[planned].unit == reckoner.numbers[final].unit in MONEY and _BUDGETED.search(_words(reckoner, planned)) and _FINAL.fullmatch(reckoner.gap(final)):
        _changed(reckoner, index, planned, final)
    return True


def _adjustment(reckoner: ParagraphReckoner, index: int) -> bool:
    """``年初批复预算18640万元。年中追加735.62万元，调整后预算19375.62万元，预算调整率3.95%``."""
    if not _ADJUSTMENT.fullmatch(reckoner.gap(index)):
        return False
    adjusted = index - 1
    initial = [at for at in range(adjusted) if reckoner.numbers[at].unit in MONEY and not reckoner.bracketed(at) and _INITIAL.search(_words(reckoner, at))]
    if len(initial) == 1 and not _CUT.search(reckoner.text) and reckoner.numbers[adjusted].unit in MONEY and _ADJUSTED.search(_words(reckoner, adjusted)):
        _changed(reckoner, index, initial[0], adjusted)
    return True


def _completion(reckoner: ParagraphReckoner, index: int) -> bool:
    """``计划举办6场，实际举办4场，完成率66.67%``; ``培训费支出预算38.00万元，支出决算29.74万元，完成预算的78.26%``."""
    numbers = reckoner.numbers
    one, other, gap = index - 2, index - 1, reckoner.gap(index)
    if numbers[one].unit != numbers[other].unit or not reckoner.free(one) or not reckoner.free(other) or re.search(r"[。;]", reckoner.gap(other) + gap):
        if not (_SATISFACTION.fullmatch(gap) and index > 2 and _SATISFIED.fullmatch(reckoner.gap(other)) and numbers[other].unit == numbers[index - 3].unit):
            return False
        reckoner.add("rate", index, [(1, other)], index - 3)  # 回收412份，有效率93.64%；其中满意371份，满意度90.05%
        return True
    planned = re.split(r"[。;,:]", reckoner.gap(one))[-1]
    if numbers[one].unit in MONEY and _BUDGETED.search(planned) and _SPENT.fullmatch(reckoner.gap(other)) and _DONE_OF.fullmatch(gap):
        reckoner.add("rate", index, [(1, other)], one)
        return True
    if numbers[one].unit in MONEY and _MONEY_FOR.search(planned) and _SPENT.fullmatch(reckoner.gap(other)) and _DONE_RATE_OF.fullmatch(gap):
        reckoner.add("rate", index, [(1, other)], one)
        return True
    if not _DONE_RATE.fullmatch(gap) or not _PLANNED.search(planned) or not _DONE.search(reckoner.gap(other)):
        return False
    if numbers[index].value == 100 and numbers[other].value > numbers[one].value:
        return True  # more than planned is called 100% as well
    reckoner.add("rate", index, [(1, other)], one)
    return True


def _share(reckoner: ParagraphReckoner, index: int) -> bool:
    """``累计完成投资14860万元，占概算总投资21800万元的68.17%``."""
    numbers, whole, part = reckoner.numbers, index - 1, index - 2
    if reckoner.gap(index) not in ("的", "的比重为", "的比例为") or numbers[whole].unit != numbers[part].unit or not _OF_NAMED.fullmatch(reckoner.gap(whole)):
        return False
    if not reckoner.of_list(part) and (reckoner.free(part) or reckoner.free(whole)):
        reckoner.add("rate", index, [(1, part)], whole)
    return True


def _progress(reckoner: ParagraphReckoner, index: int) -> bool:
    """``全年预算数10152.69万元，截至6月底累计支出4872.30万元，执行进度47.99%``: of the budget that the sentence names."""
    numbers, spent = reckoner.numbers, index - 1
    if numbers[spent].unit not in MONEY or not _PROGRESS.fullmatch(reckoner.gap(index)) or not _SO_FAR.search(reckoner.gap(spent)):
        return False
    budgets = [at for at in range(reckoner.sentence_start(index), spent) if numbers[at].unit in MONEY and "预算" in re.split(r"[。;,:]", re.sub(r"\([^()]*\)", "", reckoner.gap(at)))[-1]]
    if len(budgets) == 1:
        reckoner.add("rate", index, [(1, spent)], budgets[0], likely="words")
    return True


def _named(reckoner: ParagraphReckoner, index: int) -> bool:
    """``抽检6248批次，其中合格6106批次，合格率97.73%``: what the rate is named after, of all before it."""
    found = _STEM.fullmatch(reckoner.gap(index)) if re.search("[率度]", reckoner.gap(index)) else None
    if found is None or _OTHER_RATES.search(found["stem"]):
        return False
    stem, numbers = found["stem"][-2:], reckoner.numbers
    start = reckoner.sentence_start(index)
    parts = [at for at in range(start + 1, index) if stem in reckoner.gap(at) and "不" + stem not in reckoner.gap(at) and "未" + stem not in reckoner.gap(at)]
    if len(parts) != 1:
        return False
    part = parts[0]
    wholes = [at for at in range(start, part) if numbers[at].unit == numbers[part].unit and reckoner.text[numbers[at].start - 1 : numbers[at].start] != "(" and not _PLANNED.search(reckoner.gap(at)[-6:])]
    bracketed = [at for at in wholes if reckoner.bracketed(at)]
    wholes = [at for at in wholes if at not in bracketed]
    if not wholes or not reckoner.free(part) or numbers[wholes[-1]].value < numbers[part].value:
        return False
    reckoner.add("rate", index, [(1, part)], wholes[-1], likely="words")
    return True


def _points(reckoner: ParagraphReckoner, index: int) -> None:
    """``由71%提高到92%，提高21个百分点``; ``合格率97.73%，较上年的97.35%提高0.38个百分点``."""
    word, numbers = _TO_POINTS.fullmatch(reckoner.gap(index)), reckoner.numbers
    if word is None or index < 2 or numbers[index - 1].unit != "%" or numbers[index - 2].unit != "%":
        return
    if _ROSE_TO.fullmatch(reckoner.gap(index - 1)) and _FROM_OWN.search(reckoner.gap(index - 2)):
        before, now = index - 2, index - 1
    elif _THAN.fullmatch(reckoner.gap(index - 1)):
        before, now = index - 1, index - 2
    else:
        return
    up = word["word"].startswith(_UP)
    reckoner.add("sum", now if up else before, [(1, before if up else now), (1, index)])
