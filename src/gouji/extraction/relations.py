"""The words between a name and its figure (关系词): what they say of the figure, read from the short text before it.

Everything here looks at a *gap*: the reading text between the previous figure and this one. A gap is cut into clauses at commas; the
last clause decides what the figure is, the clauses before it may name of what. ``is_filler`` is the guard of the whole grammar: a
figure belongs to a name only where nothing but filler stands between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gouji.model.fact import Direction, Phase
from gouji.model.record import record
from gouji.model.regex import regex

_YEAR = r"(?:(?:19|20)\d\d年(?:度|末|底|初)?|上一?年(?:度|末|底)?|去年|前年|本年(?:度|末)?|当年|今年|全年|年末|年底|上年同期|同期)"
_FILL = (
    rf"(?:(?:年初|全年|调整后?|年度)?预算数?(?:、|和|与|及)(?:支出)?决算数?(?=均|都)|{_YEAR}|截至|\d{{1,2}}月(?:\d{{1,2}}日)?|\d{{1,2}}日|一般公共预算财政拨款|财政拨款|支出决算数?|收入决算数?|决算支出|决算收入|支出|收入|决算总?数|决算|预算执行数?|执行总?数|执行|"
    r"金额|总额|总量|总计|合计|共计|累计|总共|共|数额|数量|总数|人数|数|额|为|是|计|约|实际|实有|现有|全部|年度|分别|仅|只|的|了|有|达到|达|:|“|”|\"|情况|规模|资金|经费|费用|部分|安排|"
    r"完成|实现|发生|开支|列支|使用|支付|年初批复预算数?|年初预算安排|年初预算数?|调整后?(?:的)?预算数?|全年预算数?|年度预算数?|批复预算数?|预算数?|在编|在职|各|均|都|总体|也|则|一共|包含|由|从|中|全口径|该项(?=预算)|此项(?=预算))"
)
_FILLER = regex(rf"(?:{_FILL})*+")
#: Stands for every character of a remark in brackets when the text around it is read.
MASK = "\0"
_PARENTHESES = regex(r"\([^()]{0,60}\)")

#: An increase or decrease, at the end of the gap. Both together are a template's open slot.
_UP = "增加|增长|上升|提高|上涨|增幅|增速|上浮|新增|增收|增支|多支出|多支|多收|扩大|升高|净增(?!加|长|幅|[到至])"
_DOWN = "减少|下降|降低|降幅|减幅|缩减|下浮|压减|压缩|下调|减收|减支|少收|少支出|少支|回落|节约|下跌|缩小|净减(?!少|[到至])"
CHANGED = regex(
    rf"(?:各|分别|均|都|对比|总体|同比|共|共计|合计|略有|有所|小幅|大幅|净|(?<![上去前])年均|环比)*(?P<word>(?:{_UP})[/(|或、](?:{_DOWN})\)?|(?:{_DOWN})[/(|或、](?:{_UP})\)?|{_UP}|{_DOWN})(?:额|率|幅度|比例|金额)?(?:了|为|约|达到|达|:|是)?$"
)
_COMPARED = regex(
    r"(?:与|同|和|比|较|相较(?:于)?|对比|相比(?:于)?)(?P<what>(?P<year>(?:19|20)\d\d)年(?:度|末|底|初)?(?P<planned>(?:年初|全年|调整后?)?预算(?:数|安排)?)?|上一?年(?:度|末|底)?(?:同期)?|去年(?:同期|末|底)?|前年|同期|其(?=[增减上下]|$)|年初(?:数)?(?!预算|批复|安排)|(?:上年度?)?决算数?|(?P<budget>年初预算|全年预算|调整后?预算|预算)(?:数|安排)?)"
)
#: 低于预算17.34万元, 大于年初预算数36.45万元: what is compared stands behind the word.
_BEYOND = regex(
    r"(?:(?P<up>高于|多于|大于|超过|超出|高出)|(?P<down>低于|少于|小于|不足))(?P<what>(?P<budget>年初预算|全年预算|调整后?预算|预算)(?:数|安排)?|上一?年(?:度)?(?:决算)?(?:数)?)(?:了|为|约)?$"
)
#: Behind a figure: what it grew or fell from (由1700万元增至1826.40万元).
GROWN = regex(r"(?:增加|增长|上升|提高|减少|下降|降低|增|升|减|降)(?:到|至)")
_SAME_PERIOD = regex(r"同比|环比|按?(?:同|可比)口径(?:下|计算)?")
_BUDGET_WORD: tuple[tuple[str, Phase], ...] = (
    ("年初批复预算", "budget_initial"), ("年初预算", "budget_initial"), ("调整后的预算", "budget_adjusted"), ("调整后预算", "budget_adjusted"), ("调整预算", "budget_adjusted"),
    ("全年预算", "budget_adjusted"), ("年度预算", "budget"), ("批复预算", "budget"), ("预算执行", "executed"), ("执行数", "executed"),
)  # fmt: skip
_COMPLETES = regex(
    r"(?:(?:完成|占|达到|达|为|实现)(?:了)?(?:该项|此项|本项)?(?P<of>年初|全年|调整后?的?|年度|批复)?预算(?:数|安排|总额|额)?\0*的?|(?P<of2>年初|全年|调整后?)?预算(?:支出)?(?:完成率|执行率|执行进度)|完成率|执行率|支出执行率|执行进度)"
    r"(?:比例)?(?:为|达到|达|是|:|约)*$"
)
_SHARE = regex(r"占(?P<base>[^,。;:]*?)(?:的)?(?:比重|比例|比率|比)?(?:约|为|达|达到|是|:|的)*$")
_OF = regex(r"(?:为|是|相当于)(?P<base>[^,。;:为是]{4,20}?)(?:的)$")
REASON = regex(
    r"原因|由于|系因|是因为|主要是(?!用于)|主要系|主要为(?!了)|增减变动|其中:?主要(?:是|原因|因)|系(?:本年|当年|因|由)|受[^,。;]{1,14}影响|所致|变动情况:|减少的是|增加的是|因素(?:是|为|有|:|同[上前])|(?:增加|减少|增长|下降|[增降减]幅)因(?!素|公)|[,;]因(?!公|此)"
)
PURPOSE = regex(r"(?:主要)?(?:是)?用于(?!以下)|主要包括(?!:?$)|开支范围|主要是用于")
OPENS = regex(
    r"其中:?|主要用于以下[^,。;:]{0,6}|具体(?:内容)?(?:包括|如下|为)|具体(?:情况|构成)(?:如下|为)|包括:|构成如下|按[^,。;]{2,12}(?:分类|划分|分)|(?:从|分)[^,。;:]{2,10}看[,:]|分别(?:为|是)|由[^,。;]{0,12}组成|(?:一部分|部分)是|分为"
)
_FAR = 800  # characters: what stands further before a figure than this is of another sentence
_STOP = regex(r"[。;!?]")
_LEVEL = "持平|一致|相同|无变化|无增减|没有变化|未发生变化|不变"


@dataclass(slots=True)
class Gap:
    """The text before a figure, cut: ``all`` behind the last stop, ``clause`` behind the last comma; ``all_at``, ``at`` where they begin."""

    all: str
    all_at: int
    clause: str
    at: int
    sentence: bool  # a full stop stands in it
    semicolon: bool  # its last stop is a semicolon


def gap_of(text: str, start: int, end: int) -> Gap:
    """The gap at reading positions [start, end) of ``text``."""
    far = end - start > _FAR
    if far:
        start = end - _FAR
    raw = text[start:end]
    cut, sentence, semicolon = 0, far, False
    for stop in _STOP.finditer(raw):
        cut = stop.end()
        sentence = sentence or stop[0] != ";"
        semicolon = stop[0] == ";"
    inner = raw[cut:]
    depth = comma = 0
    for index in range(len(inner) - 1, -1, -1):
        character = inner[index]
        if character == ")":
            depth += 1
        elif character == "(":
            if not depth:  # the figure stands in brackets that are still open
                comma = index + 1
                break
            depth -= 1
        elif character == "," and not depth:
            comma = index + 1
            break
    while comma < len(inner) and inner[comma] == "、":
        comma += 1
    return Gap(inner, start + cut, inner[comma:], start + cut + comma, sentence, semicolon)


def is_filler(text: str) -> bool:
    """Whether nothing but filler stands in ``text``: words that neither name a thing nor say something of it."""
    if not text:
        return True
    if "(" in text or MASK in text:
        text = _PARENTHESES.sub("", text).replace(MASK, "")
    match = _FILLER.match(text)
    return match is not None and match.end() == len(text)


def without_comparison(text: str) -> str:
    """``text`` without 与上年相比 and the like."""
    if not any(c in text for c in "与同和比较环总增减上下提降升平口"):
        return text
    text = re.sub(r"(?:与|同|和)[^,。;]{2,12}(?:相比较?|比较|对比|相较)", "", text)
    text = _COMPARED.sub("", text)
    text = re.sub(r"(?:增加|增长|上升|提高|减少|下降|降低|增|升|减|降)(?:到|至)", "", text)
    return _SAME_PERIOD.sub("", re.sub(r"相比(?:于)?|比较|总体|整体|持平(?:万元)?", "", text))


@record
class Change:
    """``direction`` None where the print leaves it open. ``year`` of the base where named (negative: years ago), ``budget`` its phase
    where it is a budget. ``before`` is the clause up to the relation word."""

    direction: Direction | None
    unresolved: bool
    compared: bool
    year: int | None
    budget: Phase | None
    before: str


def change_in(gap: Gap, default_budget: Phase) -> Change | None:
    """The change that the gap's end speaks of, or None."""
    found = CHANGED.search(gap.clause)
    if found is None:
        return _beyond(gap, default_budget)
    both = any(sign in found["word"] for sign in "/(|或、")
    direction: Direction | None = None
    if not both:
        direction = "increase" if re.match(_UP, found["word"]) else "decrease"
    compared = list(_COMPARED.finditer(gap.all))
    year: int | None = None
    budget: Phase | None = None
    if compared:
        last = compared[-1]
        year = int(last["year"]) if last["year"] else None
        if planned := last["budget"] or last["planned"]:
            budget = next((phase for word, phase in _BUDGET_WORD if planned.startswith(word)), default_budget)
        if last["what"].startswith("前年"):
            year = -2
    return Change(direction, both, bool(compared) or "相比" in gap.all or bool(_SAME_PERIOD.search(gap.clause)), year, budget, gap.clause[: found.start()])


def _beyond(gap: Gap, default_budget: Phase) -> Change | None:
    """What lies above or below the budget, or last year, by the figure behind (低于预算17.34万元)."""
    found = _BEYOND.search(gap.clause)
    if found is None:
        return None
    budget = dict(_BUDGET_WORD).get(found["budget"], default_budget) if found["budget"] else None
    return Change("increase" if found["up"] else "decrease", False, True, None, budget, gap.clause[: found.start()])


@record
class Completion:
    """``phase`` of the budget that a completion is taken of, whether it is ``named``; ``before`` as in :class:`Change`."""

    phase: Phase
    named: bool
    before: str


def completion_in(gap: Gap, default_budget: Phase) -> Completion | None:
    """``完成年初预算的`` and its like at the gap's end."""
    found = _COMPLETES.search(gap.clause)
    if found is None:
        return None
    word = found["of"] or found["of2"] or ""
    phase: Phase = default_budget
    if word.startswith("年初"):
        phase = "budget_initial"
    elif word.startswith(("全年", "调整")):
        phase = "budget_adjusted"
    return Completion(phase, bool(word), gap.clause[: found.start()])


@record
class Share:
    """``base`` as printed, "" where the sentence names none; ``before`` as in :class:`Change`."""

    base: str
    before: str


def share_in(gap: Gap) -> Share | None:
    """``占…的`` or ``为…的`` at the gap's end, with its base as printed."""
    at = gap.clause.rfind("占")
    if at < 0 and (of := _OF.search(gap.clause)) is not None:
        return Share(of["base"], gap.clause[: of.start()])
    if at < 0 or len(gap.clause) - at > 60:
        return None
    found = _SHARE.match(gap.clause, at)
    return None if found is None else Share(found["base"], gap.clause[:at])


def phase_in(text: str, default_budget: Phase) -> Phase | None:
    """The phase that filler names: 年初预算为 …"""
    for word, phase in _BUDGET_WORD:
        if word in text:
            return phase
    return default_budget if "预算" in text.replace("公共预算", "").replace("基金预算", "").replace("经营预算", "") else None


_OWN_YEAR = regex(r"(?P<year>(?:19|20)\d\d)年(?:度|末|底)?|(?P<last>上一?年(?:度|末|底)?|去年)|(?P<before>前年)")
_AGAINST = regex(r"(?:与|同|和|较|比)$", "与", "同", "和", "比", "较")


def period_in(gap: Gap, year: int | None) -> int | None:
    """The year that an amount is said to be of, None where the clause names none; of a text without a year the one before is -1.

    ``与2022年相比，…`` names no year of the amount.
    """
    year = year or 0
    chosen: int | None = None
    for found in _OWN_YEAR.finditer(gap.all):
        rest = gap.all[found.end() :]
        if re.match(r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:决算数?)?(?:相比|比较|对比|相较)", rest):
            continue
        if "," in rest and _AGAINST.search(gap.all[: found.start()]):
            continue
        chosen = int(found["year"]) if found["year"] else year - 1 if found["last"] else year - 2
    return chosen

_PART_OF_YEAR = regex(
    r"(?:截至|截止|到|至)[^,。;:\d]{0,6}(?:20\d\d年)?(?P<month>\d{1,2})月(?:底|末|份|\d{1,2}日)?|(?<!\d)(?P<end>\d{1,2})月(?:底|末)|1月?(?:-|—|–|~|至)(?P<through>\d{1,2})月"
    r"|(?P<some>[上下]半年|(?:[前第][一二三四两]|[前第]\d)个?季度|(?<!\d)\d{1,2}月(?:份)?单月|[当单]月)"
)
_OVER_YEARS = regex(r"[两二三四五六七八九十\d]年(?:来)?(?:累计|合计|共计|总计)|(?:以来|期间)[^,。;:\d]{0,8}累计")
_WHOLE_YEAR = regex(r"全年|年末|年底|年终|本年(?!度?内)")


def part_of_year(words: str) -> str | None:
    """Which part of the year a clause speaks of: "06" up to a month's end, "-" for any other part, "" for all of it, None where it does not say.

    >>> part_of_year("截至6月底累计支出"), part_of_year("第三季度支出"), part_of_year("截至12月31日,"), part_of_year("支出"), part_of_year("三年累计支出")
    ('06', '-', '', None, '-')
    """
    if _OVER_YEARS.search(words):
        return "-"  # 三年累计: of more than the year
    found = list(_PART_OF_YEAR.finditer(words))
    whole = max((m.end() for m in _WHOLE_YEAR.finditer(words)), default=-1)
    if not found or found[-1].start() < whole:
        return "" if whole >= 0 else None
    if found[-1]["some"]:
        return "-"
    month = int(found[-1]["month"] or found[-1]["end"] or found[-1]["through"])
    return f"{month:02d}" if 1 <= month < 12 else ""


@record
class Level:
    """与…持平 said without a figure, at reading positions [start, end): against last ``year`` or against the ``budget``."""

    against: str
    start: int
    end: int


_LEVEL_SAID = regex(
    rf"(?:(?:与|同|和|较|比)(?P<against>预算数?|年初预算数?|全年预算数?|调整后?预算数?|上一?年(?:度)?|(?:19|20)\d\d年(?:度)?|去年)(?:决算数?|支出|预算数?|相比)*,?(?:基本|总体)?)(?:{_LEVEL})"
    r"|决算数?(?P<equal>等于)预算数?|(?:同比|(?<=支出)决算|,(?:收支|收入支出|收、支|支出|收入)?总计)(?:基本)?持平"
)


def levels_in(text: str) -> list[Level]:
    """All statements that something equals its budget or last year, in words alone."""
    found = []
    for match in _LEVEL_SAID.finditer(text):
        against = "budget" if match["equal"] or "预算" in (match["against"] or "") else "year"
        found.append(Level(against, match.start(), match.end()))
    return found
