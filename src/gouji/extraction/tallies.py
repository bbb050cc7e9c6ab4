"""What a paragraph counts in parts (分项计数): lists whose words or whose other column say that they are complete.

``共18个项目，其中“优”14个、“良”3个、“中”1个``: the grades are all there are. ``接待86批次，支出9.87万元，包括：甲41批次4.62万元；乙45批次5.25万元``: where one column
adds up to its whole, the list is complete, and the other must add up as well. Any other list may pick out what is worth telling.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.tokens import RATES, sort_of, spoken_value
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

#: Words that open a list of all there is.
_ALL = r"按[^,。;:、\d]{1,8}?(?:划分|分类|分|统计)(?:别)?[,:为]*|分(?!别|布|项|成)[一-鿿]{1,3}?[为看:](?:是)?,?|分[两二三四五六七八九][批期年类次片]+[^,。;:\d]{0,6}[,:为]|分布(?:情况)?[为:]+|依次为|\((?!其中|含|包括)(?=[^()\d,。;:]{1,16}$)"
_EXHAUSTIVE = regex(_ALL)
_OPENS = regex(rf"其中|包括|包含|具体(?:内容)?(?:为|如下|是)|分别(?:为|是)|用于|{_ALL}")
_OPENED = regex(rf"^.*(?:其中|包括|包含|如下|分别|用于|具体为|{_ALL})[为是:,]*")
#: 三类, 两批: as many members has the list.
_SO_MANY = regex(r"(?<!第)(?P<count>[两二三四五六七八九]|\d)(?:个)?(?:类|批|种|片|部分|方面|标段|渠道|阶段|项)(?!支出|资金)")
_COUNTED = ("个", "人", "名", "家", "项", "场", "场次", "次", "批次", "件", "台", "辆", "套", "户", "期")
#: Kinds that leave nothing out where a list holds two of them and nothing else: levels, kinds of units and of staff, sexes, budgets.
_KINDS = tuple(
    regex(pattern)
    for pattern in (
        r"(?:国家级|部级|省部级|省级|自治区级|厅局?级|市厅级|地厅级|市级|州级|县级|区级|县（区）级|校级|院级|横向|纵向)[^,。;:、()\d]{0,6}",
        r"(?:局|委|厅|部门|机关|单位)?本级|行政(?:单位|机关)|(?:参照公务员法管理|参公管理|参公)的?(?:事业)?单位|(?:其他|公益[一二]类|财政(?:全额|差额)拨款|自收自支)?事业单位",
        r"(?:行政|参公|参照公务员法?管理|(?:其他|全额|差额|公益[一二]类)?事业|机关工勤|工勤|后勤)(?:事业)?(?:服务|聘用)?(?:编制|人员|在职|控制数)?(?:人员|编制)?",
        r"(?:人员类|运转类|特定目标类)(?:项目)?(?:支出)?",
        r"男性?(?:职工)?|女性?(?:职工)?",
        r"(?:年初|年中|年度中间|年度执行中)(?:部门)?(?:批复|下达|追加|新增|安排|预算|调增)+的?(?:预算)?(?:项目|任务)?",
        r"(?:管理|专业技术|专技|工勤(?:技能)?)(?:岗位?)?(?:人员)?",
        r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营预算)(?:财政拨款|安排)?(?:支出)?的?(?:项目)?",
    )
)
#: Two kinds that leave nothing between them.
_OPPOSITES = (
    ("合格", "不合格"), ("新建", "改"), ("新建", "续建"), ("农村", "城"), ("城镇", "乡村"), ("城区", "乡镇"), ("男", "女"), ("春季", "秋季"), ("线上", "线下"),
    ("国内", "国外"), ("省内", "省外"), ("市内", "市外"), ("县内", "县外"), ("上半年", "下半年"), ("在职", "退休"), ("专职", "兼职"), ("通过", "未通过"), ("中央", "地方"),
    ("村民", "居民"), ("达标", "未达标"), ("已完成", "未完成"), ("内资", "外资"), ("室内", "室外"), ("常年", "阶段"), ("常年", "一次性"), ("政府", "非政府"), ("机关", "事业"),
)  # fmt: skip
#: Where money comes from; the lowest source, or what is raised besides, ends a list of all of them.
_SOURCE = regex(r"(?:中央|省|市|州|县|区|镇|乡|本|校|院|自筹|配套|地方|社会|债券|其他|上级|村)[^,。;:、()\d]{0,14}|[^,。;:、()\d]{0,8}(?:自筹|配套|捐赠)[^,。;:、()\d]{0,6}")
_LOWEST = regex(r"自筹|配套|县|区|本级|其他|社会")
#: The indicators of the first level in every scored form: a list with results and effects among them holds all.
_INDICATOR = regex(r"(?:项目)?(?:预算)?(?:执行率?|预算执行|决策|过程|产出|效益|效果|满意度|成本|管理|投入|目标|履职|可持续)[^,。;:、()\d]{0,10}")
_NO_PART = regex(r"[比较占增减升降超]|^得$|扣|主要|每|均|率|计划|目标|剩|另|余|预算|执行|完成|结转|分别|不[超低高]|应|合计|总|共|用时|上年|去年|未[结办审执]|[年期][初末底]|(?:处置|报废|报损|划出|调出)(?!费|资金|支出|项目|工程|中心|设施|率)")
#: What the standards know but never as a complete list.
_ITEM = "three_public.reception.item"
_COLUMN_REACH = 8  # figures before a list among which the whole of its second column may be
_RECEPTION = "three_public.reception"
#: Of these none counts twice; a person can be a member of the Party and a woman.
_APART = ("公里", "亩", "万亩", "平方米", "平方公里", "吨", "场", "场次", "期", "篇", "处", "座", "条", "台", "辆", "套", "批次", "件")
#: The kind of budgets: 人员类, 运转类, 特定目标类.
_CATEGORY = 3
#: What a surplus is shared out to: all that the standards of account allow.
_SHARED_OUT = regex(r"结余分配(?:为|:)?$")
_SHARE_OUT = regex(r"(?:计提|提取)[^,。;:、()\d]{0,6}(?:专用|福利|奖励)?基金|(?:结转)?转入(?:事业基金|非财政拨款结余)|[交缴]纳(?:企业)?所得税")
_REST = regex(r"(?:其他|其它|其余)(?!事业|[^,]*(?:主要|是))[^,。;:、()\d]{0,16}")
_EACH = regex(r"[每均余剩]|单价|标准|结余|结转")
_CHANGE = regex(r"[增减升降](?!至|到)[^,。;:]{0,4}$")
_GLUE = regex(r"^[、,;:和及]*(?:其中)?[:、,]*|(?:共计|合计|共有|共|有|为|是|:)$")
_LABEL = regex(r"[^,。;:、()\d]{1,20}")
_GRADE = r"[“\"']?(?P<grade>优秀|良好|优|良|中|差|合格|不合格)[”\"']?"
_GRADE_BEFORE = regex(rf"[,、;:为得是的]{_GRADE}(?:等级|等次|级)?的?(?:项目)?(?:有|共|为)?$")
_GRADE_BEHIND = regex(rf"(?:项目)?[^,。;、:\d“\"]{{0,12}}(?:为|是|评为|等级|等次|得)[:]?{_GRADE}(?:等次|等级|级)?(?=[,。;、)]|$)")
_BAND = regex(r"\d%的(?:项目)?$|\d(?:分|%|万元|亿元|周?岁)?(?:\(不?含\))?(?:及?以上|及?以下|至|-|—|~)")
_HIGHEST = regex(r"100(?:分|%)?的?$|以上的?$")
#: Of other projects than the ones counted before.
_SOME = regex(r"抽取|抽查|随机|重点评价|复核|复评|其余|其中.*其中")
_BANDS = regex(r"以上|以下|不足")


_TIMES = regex(r"[一-龥]{0,4}\d+(?:台|部|辆|套|座|处|架|艘|眼|口)")  # 中波10千瓦1部、调频1千瓦2部: the size of each and how many


def tally(reckoner: ParagraphReckoner) -> None:
    """Adds the paragraph's counts in parts to its reckonings."""
    numbers, text = reckoner.numbers, reckoner.text
    if len(numbers) < 3:
        return
    _graded(reckoner)
    if _BANDS.search(text):
        _banded(reckoner)
    for index in range(1, len(numbers) - 1):
        if _OPENS.search(reckoner.gap(index)) or _SO_MANY.search(reckoner.gap(index)) or (reckoner.gap(index).startswith(":") and _SO_MANY.search(reckoner.gap(index - 1))):
            _kinds(reckoner, index)
            _columns(reckoner, index)
            _open_list(reckoner, index)
        if re.match(r"[,;]?(?:其中|包括|分别)?[为是]?:", reckoner.gap(index)):
            _second_column(reckoner, index)


def _open_list(reckoner: ParagraphReckoner, first: int) -> None:
    """A list that may pick out some: all of it where its words or its kinds say so, else where a slip alone keeps it from adding up."""
    numbers, opened = reckoner.numbers, reckoner.gap(first)
    unit, sort, whole = numbers[first].unit, sort_of(numbers[first].unit), first - 1
    start = reckoner.sentence_start(first - 1)
    if reckoner.concept(first).startswith(_ITEM) and (received := _received(reckoner, first)) is not None:
        whole = start = received
    while whole > start and (numbers[whole].unit in RATES or _CHANGE.search(reckoner.gap(whole)) or (reckoner.bracketed(whole) and not reckoner.bracketed(first))):
        whole -= 1
    shared = _SHARED_OUT.search(reckoner.gap(whole)) is not None
    if unit in RATES or sort_of(numbers[whole].unit) != sort or (_EACH.search(reckoner.gap(whole)) and not shared) or numbers[whole].value == 0 or "。" in opened.removeprefix("。") or _CHANGE.search(reckoner.gap(whole)):
        return
    counted = opened + (reckoner.gap(whole) if opened.startswith(":") else "")  # 全年分三批下达2000万元：第一批…
    parts, labels = [first], [re.split("[,。;:(]", _OPENED.sub("", re.sub(r"\([^()]*\)$", "", opened)))[-1]]
    for at in range(first + 1, len(numbers)):
        between = re.sub(r"\([^()]*\)|20\d\d(?=级|届)", "", reckoner.gap(at))
        label = re.sub(r"^[、,;](?:和|及|以及)?|^(?:和|及|以及)", "", between)
        other = between.startswith(";") and ":" not in opened  # 事业收入…，其中医疗收入…；其他收入…: of the list around
        other = other or (len(parts) > 1 and between[:1] in ",;" and not reckoner.gap(parts[-1]).startswith(between[:1]))  # the list's own stops end it
        if sort_of(numbers[at].unit) != sort or label == between or not _LABEL.fullmatch(label) or other or (_says_more(label) and not (shared and _SHARE_OUT.fullmatch(label))):
            break
        parts.append(at)
        labels.append(label)
    if shared and len(parts) > 1 and all(_SHARE_OUT.fullmatch(label) for label in labels) and not _more_behind(reckoner, parts[-1]):
        reckoner.add("sum", whole, [(1, at) for at in parts])
        return
    if len(parts) < 2 or _says_more(labels[0]) or _more_behind(reckoner, parts[-1]) or all(_TIMES.match(reckoner.text, numbers[at].end) for at in parts):
        return
    known = {reckoner.concept(at) for at in (whole, *parts) if not reckoner.free(at)}
    itemised = any(concept.startswith(_ITEM) for concept in known)
    if not itemised and (len(known) > 1 or (all(not reckoner.free(at) for at in (whole, *parts)) and not next(iter(known)).startswith("staff."))):
        return  # of two things that the standards know, or of one that they know how to add
    meant = _received(reckoner, first) if itemised else _meant(reckoner, whole, parts)
    if meant is None or siblings(re.split("[,。;:、(]", reckoner.gap(meant))[-1], labels[0]):
        return
    whole = meant
    last = reckoner.text[numbers[parts[-1]].end :]
    sure = sort != "分" and len(parts) == 2 and any((a in labels[0] and b in labels[1] and a not in labels[1].replace(b, "")) for a, b in _OPPOSITES)
    sure = sure or (sort == "money" and all(_SOURCE.fullmatch(label) for label in labels) and _LOWEST.search(labels[-1]) is not None)
    sure = sure or (sort == "分" and len(parts) > 2 and all(_INDICATOR.fullmatch(label) for label in labels) and any("效" in label for label in labels))
    sure = sure or _REST.fullmatch(labels[-1]) is not None or (len(parts) > 2 and all(_KINDS[_CATEGORY].fullmatch(label) for label in labels))
    sure = sure or (reckoner.free(whole) and _EXHAUSTIVE.search(opened) is not None and (len(parts) > 2 or "(" not in opened))
    sure = sure or any((int(m["count"]) if m["count"].isdigit() else spoken_value(m["count"])) == len(parts) for m in _SO_MANY.finditer(counted))
    if sure and not re.match(r"[^,。;:)]", last[:1] or "。"):
        reckoner.add("sum", whole, [(1, at) for at in parts])
    elif (unit in _APART or (sort == "money" and reckoner.is_amount(whole))) and sum(reckoner.amount(at) for at in parts) > reckoner.amount(whole):
        reckoner.add("bound", whole, [(1, at) for at in parts])
    else:
        reckoner.add("sum", whole, [(1, at) for at in parts], likely="words")


def _received(reckoner: ParagraphReckoner, first: int) -> int | None:
    """The cost of receptions that a paragraph tells before it lists some of them."""
    of = [at for at in range(first) if reckoner.concept(at) == _RECEPTION and reckoner.numbers[at].unit == reckoner.numbers[first].unit and reckoner.facts[reckoner.ids[at]].measure == "amount"]
    return next((at for at in reversed(of) if reckoner.facts[reckoner.ids[at]].key.phase == "executed" and sort_of(reckoner.numbers[at].unit) == "money"), None)


def siblings(one: str, other: str) -> bool:
    """Whether two names are of members of one list: 第一批, 第二批.

    >>> siblings("第一批", "第二批"), siblings("改造道路", "县道"), siblings("", "县道")
    (True, False, False)
    """
    return len(one) > 1 and len(one) == len(other) and one[0] == other[0] and one[-1] == other[-1]


def _says_more(label: str) -> bool:
    """Whether what stands before a figure is more than the name of a part."""
    return _NO_PART.search(re.sub("预算执行率?", "", label)) is not None and _REST.fullmatch(label) is None and _KINDS[_CATEGORY].fullmatch(label) is None


def _end(reckoner: ParagraphReckoner, index: int) -> int:
    """Behind the last figure of the sentence that a figure stands in."""
    for after in range(index + 1, len(reckoner.numbers)):
        if "。" in reckoner.gap(after):
            return after
    return len(reckoner.numbers)


def _kinds(reckoner: ParagraphReckoner, first: int) -> None:
    """``共11个预算单位，其中：行政单位1个，公益一类事业单位10个``."""
    unit, whole = reckoner.numbers[first].unit, first - 1
    same = {unit, *("人", "名")} if unit in ("人", "名") else {unit}
    if unit not in _COUNTED or reckoner.numbers[whole].unit not in same or re.search(r"[。;]", reckoner.gap(first)) or _CHANGE.search(reckoner.gap(whole)):
        return
    parts, labels = [], []
    for at in range(first, len(reckoner.numbers)):
        between = re.sub(r"\([^()]*\)", "", reckoner.gap(at))
        label = re.sub(r"^.*(?:其中|包括|分别)[为是:]*", "", between) if at == first else between
        bare = _GLUE.sub("", label).strip("、,;:")
        if reckoner.numbers[at].unit not in same or re.search(r"[。]", between) or not _LABEL.fullmatch(bare) or (at > first and "其中" in between):
            break
        parts.append(at)
        labels.append(bare)
    closed = any(all(kind.fullmatch(label) for label in labels) for kind in _KINDS) or (_REST.fullmatch(labels[-1]) is not None if labels else False)
    meant = _meant(reckoner, whole, parts) if parts else None
    if len(parts) > 1 and closed and len(set(labels)) == len(labels) and not _more_behind(reckoner, parts[-1]) and meant is not None:
        reckoner.add("sum", meant, [(1, at) for at in parts])


def _meant(reckoner: ParagraphReckoner, whole: int, parts: list[int]) -> int | None:
    """Which figure before the parts is their whole; None where they add up to another than the nearest, for then that one is meant.

    A list whose total is one of several figures told before it (自评31个项目，其中甲类29个、乙类2个。优24个、良7个) is of the one it comes nearest to.
    """
    sort, total = sort_of(reckoner.numbers[parts[0]].unit), sum(reckoner.amount(at) for at in parts)
    told = [at for at in range(whole + 1) if sort_of(reckoner.numbers[at].unit) == sort and at not in parts and not _EACH.search(reckoner.gap(at))]
    if reckoner.amount(whole) != total and any(reckoner.amount(at) == total for at in told):
        return None
    return min(told, key=lambda at: (abs(reckoner.amount(at) - total), -at), default=None)


def _more_behind(reckoner: ParagraphReckoner, last: int) -> bool:
    """Whether the list goes on behind its last counted member in words (…等, 其余为…)."""
    return re.match(r"(?:\([^()]*\))?(?:等|、(?!\d)[^,。;\d]{2,20}若干|,其余)", reckoner.text[reckoner.numbers[last].end :]) is not None


def _columns(reckoner: ParagraphReckoner, first: int) -> None:
    """Items with two figures each: both columns add up to the wholes before the list, if one does."""
    last, start = _end(reckoner, first), reckoner.sentence_start(first - 1 if reckoner.gap(first).startswith("。其中") else first)
    wholes = {sort_of(reckoner.numbers[at].unit): at for at in range(start, first) if reckoner.numbers[at].unit not in RATES and not _EACH.search(reckoner.gap(at))}
    columns: dict[str, list[int]] = {sort: [] for sort in wholes}
    order: list[str] = []
    for at in range(first, last):
        if at > first and _OPENS.search(reckoner.gap(at)):
            return
        sort = sort_of(reckoner.numbers[at].unit)
        if sort in columns:
            columns[sort].append(at)
            order.append(sort)
    columns = {sort: column for sort, column in columns.items() if column}
    lengths = {len(column) for column in columns.values()}
    if len(columns) < 2 or len(lengths) != 1 or next(iter(lengths)) < 2:
        return
    width = len(columns)
    if any(set(order[at : at + width]) != set(columns) for at in range(0, len(order), width)):
        return
    if not any(_adds(reckoner, wholes[sort], column) for sort, column in columns.items()):
        return
    if any(all(_TIMES.match(reckoner.text, reckoner.numbers[at].end) for at in column) for column in columns.values()):
        return
    for sort, column in columns.items():
        if not _adds(reckoner, wholes[sort], column):
            reckoner.add("sum", wholes[sort], [(1, at) for at in column])


def _second_column(reckoner: ParagraphReckoner, first: int) -> None:
    """``共7.1公里：甲村2.4公里、86.5万元，乙村1.8公里、64万元，…``: the kilometres say that these are all, so the money is an amount that was told before."""
    numbers, last = reckoner.numbers, _end(reckoner, first)
    one, other = (sort_of(numbers[at].unit) for at in (first, first + 1))
    rows = (last - first) // 2
    whole = first - 1
    if one == other or other != "money" or rows < 3 or sort_of(numbers[whole].unit) != one or (last - first) % 2:
        return
    if any(sort_of(numbers[at].unit) != (one, other)[(at - first) % 2] for at in range(first, last)) or not _adds(reckoner, whole, list(range(first, last, 2))):
        return
    before = [at for at in range(max(0, whole - _COLUMN_REACH), whole) if sort_of(numbers[at].unit) == other]
    for at in before:
        reckoner.add("sum", at, [(1, part) for part in range(first + 1, last, 2)], likely="words", told=first + 1)


def _adds(reckoner: ParagraphReckoner, whole: int, parts: list[int]) -> bool:
    return reckoner.amount(whole) == sum(reckoner.amount(at) for at in parts)


def _graded(reckoner: ParagraphReckoner) -> None:
    """``18个项目…“优”14个、“良”3个、“中”1个``; ``11个项目自评等级为“优”，…``: two grades named side by side are all that occur."""
    graded: list[tuple[int, str]] = []
    for at, number in enumerate(reckoner.numbers):
        if number.unit not in ("个", "项"):
            continue
        found = _GRADE_BEFORE.search(reckoner.gap(at)) or _GRADE_BEHIND.match(reckoner.text[number.end :][:40])
        if found is not None:
            graded.append((at, found["grade"]))
    runs: list[list[tuple[int, str]]] = []
    for at, grade in graded:
        run = runs[-1] if runs else []
        if not run or any(reckoner.numbers[i].unit in ("个", "项") for i in range(run[-1][0] + 1, at)) or "。" in reckoner.text[reckoner.numbers[run[-1][0]].end : reckoner.numbers[at].start]:
            runs.append([(at, grade)])
        else:
            run.append((at, grade))
    for run in runs:
        whole = next((i for i in range(run[0][0] - 1, -1, -1) if reckoner.numbers[i].unit in ("个", "项")), -1)
        if whole < 0 or len(run) < 2 or len({grade for _, grade in run}) < len(run) or "项目" not in reckoner.text[: reckoner.numbers[whole].end + 12]:
            continue
        between = reckoner.text[reckoner.numbers[whole].end : reckoner.numbers[run[0][0]].start]
        meant = _meant(reckoner, whole, [at for at, _ in run])
        if not _SOME.search(between) and not _more_behind(reckoner, run[-1][0]) and meant is not None:
            reckoner.add("sum", meant, [(1, at) for at, _ in run])


def _banded(reckoner: ParagraphReckoner) -> None:
    """``48个项目中得分90分（含）以上的41个，80（含）至90分的6个，80分以下的1个``."""
    bands: list[int] = []
    whole, crossed = -1, ""
    for at, number in enumerate(reckoner.numbers):
        if number.unit not in ("个", "项", "人", "名", "户"):
            continue
        before = reckoner.text[reckoner.numbers[bands[-1] if bands else whole].end if bands or whole >= 0 else 0 : number.start]
        if _BAND.search(before.rpartition("。")[2]) and not (bands and "。" in before):
            crossed = crossed or (before if "。" in before else "")
            bands.append(at)
        elif not bands:
            whole = at
        else:
            break
    if whole < 0 or len(bands) < 2 or len({reckoner.numbers[at].unit for at in (whole, *bands)}) > 1 or _SOME.search(crossed):
        return
    lowest = reckoner.text[: reckoner.numbers[bands[-1]].start].endswith(("以下的", "以下")) and _HIGHEST.search(reckoner.text[reckoner.numbers[whole].end : reckoner.numbers[bands[0]].start]) is not None
    reckoner.add("sum", whole, [(1, at) for at in bands], likely="words" if crossed and not lowest else "")
