"""A number of things announced, and another number of names listed (所列个数与名单不符)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.outline import Paragraph
from gouji.model.record import record
from gouji.model.regex import regex

_NUMBER = r"(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})"
#: 对A、B等3个项目 / 选取甲、乙、丙等3个核心职能目标
_BEFORE = regex(
    r"(?:组织对|选取|包括|涵盖|内设|设有|设|对|由|涉及)(?P<list>[^。;:]{2,240}?)(?P<open>等)?" + _NUMBER + r"个(?P<noun>[一-鿿（(]{2,10})"
)
#: 内设4个机构，分别是A、B / 下属单位2个，包括：A、B
_AFTER = regex(
    r"(?P<noun>内设(?:机构|科室|处室|股室|职能科室)?|下属[^,。;\d]{0,10}?单位|二级(?:预算)?单位|事业单位|编[制报]范围的[^,。;\d]{0,8}单位)(?:总数|共|共有|共计)?" + _NUMBER
    + r"[个家](?P<kind>[^,。;:、\d]{0,14})[^。;:]{0,80}?(?:分别[是为]|具体(?:是|为|如下)|主要包括|包括|即|(?<=\d[个家]):)[::]?(?P<list>[^。;]*)"
)  # fmt: skip
#: 下设3个科室，分别是：A、B、C / 纳入决算编制范围的3家单位分别是：
_NUMBER_FIRST = regex(
    r"(?:内设|下设|设有|设立|设置|设|编[制报]范围的)" + _NUMBER + r"[个家](?P<kind>(?:内设|职能|预算|独立核算|二级|下属|直属)*(?P<noun>机构|科室|股室|处室|科\(室\)|部门|单位))(?:,)?(?:分别[是为]|具体(?:是|为|如下)|(?:主要)?包括|即)?[::]?(?<=[是为下括即::])(?P<list>[^。;]*)"
)  # fmt: skip
#: 覆盖甲、乙、丙3个县
_PLACES = regex(r"(?:覆盖|涉及|分布在|包括|涵盖|选取|抽取|在)(?P<list>(?:[一-鿿]{2,6}、){1,30}[一-鿿]{2,6}?(?:(?:和|及|与)[一-鿿]{2,6}?)?)(?P<open>等)?" + _NUMBER + r"个(?P<noun>县|区县|县区|县\(|市县|乡镇|镇乡|镇|乡|街道|村|社区|省|市|地区|片区|园区)")
#: 辖14个行政村：甲村、乙村…
_PLACES_BEHIND = regex(_NUMBER + r"个(?P<noun>行政村|自然村|村民委员会|村|社区|乡镇|镇|乡|街道|派出所|人民法庭)(?:,?(?:分别[是为]|包括|即))?[::](?P<list>[^。;:,\d]{4,600})(?=[。;,]|$)", ":", ":")
_PLACE = regex(r"(?:村|社区|镇|乡|街道|会|所|法庭)$")
#: 内设机构包括：A、B、C，共3个股室。
_TRAILING = regex(r"(?:包括|包含|设有|内设|下设|分别[是为]|构成[为是]|单位[为是]|即)[::]?(?P<list>[^。;:]{4,600}?)[,、]?(?:等)?(?:合计|总计|共计|一?共有?)" + _NUMBER + r"(?P<noun>[个家](?!月|人|方面|项)[^,。;:\d]{0,12})(?=[,。;(（]|$)")
#: What a name of a unit or of an office ends with: only lists of such names can be counted.
_OFFICE = regex(r"(?:科|室|股|处|组|部|中心|站|队|局|委|办|所|院|校|学|园|馆|厅|会|协|社|场|库|台|集团|公司|本级|机关|政府|单位|决算|街道|镇|乡)(?:\([^()]*\))?$")
#: 共11个，包括本级及所属9个二级预算单位
#: 本级决算和5个下属单位决算组成，共6个预算单位
_OWN_AND = (
    regex(r"(?:单位|机构)[^,。;:\d]{0,10}?" + _NUMBER + r"[个家],(?:其中)?(?:包括|包含|含)[::]?[^,。;:、\d]{0,24}?(?:本级|机关)(?:决算)?(?:和|及|以及|与|、)(?:所属|下属|其)?(?P<others>\d{1,2})[个家][^,。;:\d]{0,14}(?=[,。;:(]|$)"),
    regex(r"本级(?:决算)?(?:和|及|以及|与|、)(?:[局委厅院]属|所属|下属)(?P<others>\d{1,2})[个家][^,。;:\d]{0,14}[,。](?:其中)?(?:纳入)?(?:20\d\d年度?)?[^,。;:\d]{0,24}?(?:(?:单位|部门)(?:总数|共计|共有|共|为)" + _NUMBER + r"[个家]|(?:范围的)" + _NUMBER.replace("number", "number2") + r"[个家](?:预算)?单位)", "本级"),
    regex(r"本级(?:决算)?(?:和|及|以及|与|、)(?P<others>\d{1,2})[个家](?:所属|下属|二级|预算)[^,。;:\d]{0,10}(?:组成|构成),共" + _NUMBER + r"[个家](?:预算)?(?:单位|部门)", "构成,共", "组成,共"),
)
#: Of two introductions the later opens the list.
_INNER = regex(r"(?:成员)?(?:包括|包含|分别[是为])")
#: What may be a name of its own before a 和: 办公室和财务科, but no 儿童福利与社会事务股.
_WHOLE_NAME = regex(_OFFICE.pattern.removesuffix("$") + r"$|(?:项目|经费|资金|工程|专项|服务|建设|采购|类|款|项|支出|目标)$")
_PROJECTS = regex(r"项目总数" + _NUMBER + r"个,[^:;]{0,60}?(?:明细|具体|分别)[^。:]{0,8}[:为是](?P<list>[^。]+)", "项目总数")
#: 纳入决算汇编范围的独立核算单位共3个，具体情况如下： with a numbered table below it
_TABLED = regex(r"(?P<noun>单位|机构|项目)(?:\([^()]*\))?(?:总数|共有|共计|共|有|为)" + _NUMBER + r"个[,，:]?[^。;,，\d]{0,12}(?:如下|见下表|包括)[^。;,，\d]{0,6}[:：。]?$")
#: What is said of the last name behind a comma: 即县监测中心，该中心未独立核算、其收支并入局机关.
_SAID_OF = regex(r",(?=该|其(?!他|它|中)|均|都|未|并入|实行|由[^,、]{2,12}(?:管理|代管)|隶属|不(?:独立|单独))")
#: Said of the names listed, and no name: 均未单独编制决算, 全部纳入部门决算.
_REMARK = regex(r"[均都皆](?!匀)|全部|其中|其余|上述|以上|分别|(?:[各共由为未不已无系属与并且除]|统一|一并|实行|纳入|编制|同时)(?![^、,]*[局会厅院办校园段科股组心部处队所站馆室社团府]$)")
_ROW_NUMBER = regex(r"(\d{1,3})[、.]?(?![\d.,%])")
_ITEM_AMOUNT = regex(r"[\d.,]+(?:万元|元)$")


@record
class _Counted:
    number: int
    names: tuple[str, ...]
    open: bool
    span: tuple[int, int]
    what: str


@rule(id="announced-count", zh="个数与名单不符", severity="warning", authority="disclosure_procedure_form")
def announced_count(context: Context) -> Iterator[Remark]:
    """同一句里说了几个，又逐一列出名称（或在下面的表里逐行编号列出），两者数目不同。

    为什么：不是数目没有更新，就是名单漏列。
    例：组织对甲平台建设项目、乙路口改造项目、丙设备更新项目2个项目开展了预算事前绩效评估
    报告：写明2个，列出3个：甲平台建设项目、乙路口改造项目、丙设备更新项目。
    不报：“等”字之后个数多于所列；表中的行没有从1起逐一编号的；名称内部的顿号难以分辨的；另有职务、人员并列的。
    """
    for index, paragraph in context.running:
        if paragraph.kind not in ("prose", "heading"):
            continue
        yield from _with_own(context, paragraph)
        for counted in (*_before(paragraph.text), *_places(paragraph.text), *_after(context, index), *_trailing(paragraph.text), *_projects(paragraph.text), *_tabled(context, index)):
            listed = len(counted.names)
            if listed == counted.number or listed == 0 or (counted.open and listed < counted.number) or joined(counted.names, counted.number):
                continue
            yield Remark(
                zh=f"写明{counted.number}个，列出{listed}个：{'、'.join(counted.names)}。",
                en=f"{counted.number} announced, {listed} listed.",
                places=(context.at(paragraph, *counted.span),),
                key=(counted.what, str(counted.number), *counted.names),
                severity="note" if counted.open else "warning",
                found=str(counted.number),
                expected=str(listed),
                suggestion="核对后改正个数，或补正名单。",
            )


def _before(text: str) -> Iterator[_Counted]:
    for match in _BEFORE.finditer(text):
        if not match.group("noun").startswith(("项目", "专项", "核心", "职能", "科室", "机构", "预算", "部门", "二级", "单位", "股室", "处室", "科(大)队", "科队", "办公室", "内设", "事业", "下属", "所属")):
            continue
        names = split_names(_INNER.split(match.group("list"))[-1])
        # Only names that all look alike can be counted: project names hold 、 of their own.
        alike = all(re.search(r"(?:项目|经费|资金|工程|专项|服务|建设|采购|科|室|股|处|组|中心|站|队|目标)(?:\([^)]*\))?$", n) for n in names)
        if len(names) < 2 or not alike or re.search(r"\d[个家]", match["list"]):
            continue
        yield _Counted(_value(match.group("number")), names, match.group("open") is not None, match.span(), match.group("noun")[:4])


def _after(context: Context, index: int) -> Iterator[_Counted]:
    paragraph = context.paragraphs[index]
    for match in (match for pattern in (_AFTER, _NUMBER_FIRST) for match in pattern.finditer(paragraph.text)):
        if re.search(r"其中|[和及与]\d|名", match.group("kind")):
            continue
        between = paragraph.text[match.end("number") : match.start("list")]
        if re.search(r"[和及与]\d|\d[个家]", between):
            continue  # what is listed is counted by a later number
        text = match.group("list")
        is_open = text.endswith("等") or bool(re.search(r"等(?:单位|机构|科室)?$", text))
        names = split_names(_without_remark(re.sub(r"等[^、,]{0,6}$", "", text)))
        if not names:
            names, is_open = _following(context, index), False
        if names and names[0] in ("无", "0"):
            continue
        own = sum(1 for n in names if n == context.dossier.unit or re.search(r"(?:本级|机关)$|^本部门$", n))
        number = _value(match.group("number"))
        if (own and len(names) - own == number) or "经费" in text or re.search(r"\d", text):
            continue
        yield _Counted(number, names, is_open, match.span(), match.group("noun"))


def _places(text: str) -> Iterator[_Counted]:
    """``覆盖甲、乙、丙3个县``: names of places are short, and all of a kind."""
    for match in _PLACES.finditer(text):
        yield _Counted(_value(match["number"]), tuple(re.split("[、和及与]", match["list"])), match["open"] is not None, match.span(), match["noun"])
    for match in _PLACES_BEHIND.finditer(text):
        names = split_names(match["list"])
        if len(names) > 1 and all(_PLACE.search(name) and len(name) < 10 for name in names):
            yield _Counted(_value(match["number"]), names, False, match.span(), match["noun"])


def _trailing(text: str) -> Iterator[_Counted]:
    """Names first, their number behind them. A name may hold a 、 of its own: what does not end like a name belongs to the next."""
    for match in _TRAILING.finditer(text):
        told = match["list"]
        if re.search(r"\d", re.sub(r"\([^()]*\)", "", told)) or re.search(r"等[^、,]{0,6}$|等[,、]", told):
            continue
        names = split_names(re.sub(r"(?<=[^、,])(?:和|及|以及)(?=[^、,]{0,30}$)", "、", told) if "、" in told else told)
        whole = [name for name in names if _OFFICE.search(name)]
        if len(names) < 2 or len(whole) != len(names):
            continue
        yield _Counted(_value(match["number"]), names, False, match.span(), match["noun"][:4])


def _with_own(context: Context, paragraph: Paragraph) -> Iterator[Remark]:
    """``编制范围的单位共10个，包括本级及所属9个二级预算单位``: the office itself is one of them."""
    for match in (match for pattern in _OWN_AND for match in pattern.finditer(paragraph.text)):
        number, others = _value(match["number"] or match["number2"]), int(match["others"])
        if number != others + 1:
            yield Remark(
                zh=f"写明共{number}个，本级与所属{others}个合起来是{others + 1}个。", en=f"{number} announced, the office and {others} others are {others + 1}.",
                places=(context.at(paragraph, *match.span()),), key=("本级", str(number), str(others)), found=str(number), expected=str(others + 1), suggestion="核对后改正个数。",
            )  # fmt: skip


def _without_remark(text: str) -> str:
    """A list of names parted by 、 without what is said of them behind a comma.

    >>> _without_remark("县就业服务局、县社会保险服务局,均未单独编制决算")
    '县就业服务局、县社会保险服务局'
    """
    text = re.sub(r"(?:,(?:是|为|属|系)[^,]*)+$", "", text)  # 区服务中心，是全额拨款事业单位，为独立核算单位
    while "、" in text and (cut := text.rfind(",")) > text.rfind("、") and _REMARK.match(text, cut + 1):
        text = text[:cut]
    return text


def _following(context: Context, index: int) -> tuple[str, ...]:
    """Names set out one a paragraph below the sentence that announces them."""
    names: list[str] = []
    for paragraph in context.paragraphs[index + 1 : index + 60]:
        match = re.match(r"^[-·•]?(?:\(?\d{1,2}[.、)])([^。,;:]{2,40})[。;]?$", paragraph.text)
        if match is None or (paragraph.kind == "heading" and context.section(paragraph) is not None and (context.outline.sections[paragraph.section].role)):
            break
        names.append(match.group(1))
    return tuple(names)


def _tabled(context: Context, index: int) -> Iterator[_Counted]:
    """Names in the numbered rows of the table below the sentence that announces them; judged only where the numbers run 1, 2, 3 …"""
    match = _TABLED.search(context.paragraphs[index].text)
    if match is None:
        return
    rows: dict[int, list[str]] = {}
    for at, paragraph in enumerate(context.paragraphs[index + 1 : index + 400]):
        if paragraph.kind != "cell":
            break
        rows.setdefault(paragraph.cell.row if paragraph.cell is not None else at, []).append(paragraph.text)
    names: list[str] = []
    for cells in rows.values():
        number = _ROW_NUMBER.match(cells[0])
        if number is None:
            continue
        if int(number[1]) != len(names) + 1:
            return
        names.append(cells[0][number.end() :] or (cells[1] if len(cells) > 1 else ""))
    own = sum(1 for name in names if re.search(r"\(?本级\)?$|机关$", name))
    announced = _value(match["number"])
    if all(names) and not (own and len(names) - own == announced):
        yield _Counted(announced, tuple(names), False, match.span(), match["noun"])


def _projects(text: str) -> Iterator[_Counted]:
    for match in _PROJECTS.finditer(text):
        parts = [p for p in split_names(match.group("list")) if p]
        if len(parts) < 2 or not all(_ITEM_AMOUNT.search(p) for p in parts):
            continue
        names = tuple(_ITEM_AMOUNT.sub("", p) for p in parts)
        yield _Counted(_value(match.group("number")), names, False, match.span(), "项目总数")


def split_names(text: str) -> tuple[str, ...]:
    """Names set apart by 、 or commas, minding brackets and quotation marks.

    >>> split_names("办公室(行政审批科)、综合科,“一网、通办”项目")
    ('办公室(行政审批科)', '综合科', '“一网、通办”项目')
    """
    text = _SAID_OF.split(text, maxsplit=1)[0]
    names: list[str] = []
    depth, start = 0, 0
    for at, sign in enumerate(text):
        if sign in "(《“「":
            depth += 1
        elif sign in ")》”」":
            depth -= 1
        elif sign in "、," and depth <= 0:
            names.append(text[start:at])
            start = at + 1
    names.append(text[start:])
    return tuple(n.strip() for n in names if n.strip())


def joined(names: tuple[str, ...], number: int) -> bool:
    """Whether the number comes right when 和, 及, 与 in the names join two of them (甲项目、乙项目和丙项目)."""
    joints = sum(1 for name in names for joint in re.finditer(r"以及|和|及|与", name) if _WHOLE_NAME.search(name[: joint.start()]))
    return len(names) < number <= len(names) + joints


def _value(printed: str) -> int:
    from gouji.checks.rules.numbering import value_of

    return value_of(printed)
