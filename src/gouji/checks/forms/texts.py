"""What the sentences of a form say in numbers: the score of the conclusion, amounts behind the name of an indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.model.figure import Place
from gouji.model.record import record
from gouji.model.records import Entry
from gouji.model.regex import regex
from gouji.standards.folding import fold

_SCORE = regex(
    r"(?:自评|综合|评价|绩效|项目|最终)(?:综合|绩效|评价|评分|自评)?(?:总)?(?:得分|评分|总分|分值|得|为|评)*[为是:]?(\d{1,3}(?:\.\d{1,2})?)分(?!以|钟|之|及|值?以)"
)
_NOT_OWN = regex(r"(?:上年|去年|20\d\d年度?|第三方|财政局?|主管部门|平均|复核|抽查|以上|不低于|满分|年度考核|满意度?|测评|等保)[^,。;]{0,12}$")
_AMOUNT = regex(
    r"(?P<noun>[一-鿿“”《》、]{2,40}?)(?P<verb>为|达到|达|共计|共|约|累计|超过|超|完成|近)*(?P<number>\d[\d,]*(?:\.\d+)?)(?P<more>余|多)?"
    r"(?P<scale>万|亿)?(?P<unit>%|[一-鿿]{1,2})?"
)
_QUOTED = 26  # characters of a clause that messages show
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_STAGED = regex(r"其中|上年|去年|同期|同比|较上|比上|上半年|季度|\d月|截至|目标|计划|预计|力争|不低于|不少于|每[年月日天个户家]|20\d\d|第[一二三四]|分别|增长|下降|提高|平均")


@record
class Said:
    """A number in a sentence with the words right before it. ``value`` in single units; ``step`` of its last digit; ``more``: 余, 多 behind it."""

    noun: str
    value: Decimal
    step: Decimal
    unit: str
    printed: str
    more: bool
    entry: Entry
    span: tuple[int, int]  # in the text without blanks
    clause: str

    @property
    def quoted(self) -> str:
        """The clause up to the number, with it; of a long clause the end."""
        return (self.clause if len(self.clause) <= _QUOTED else f"…{self.clause[-_QUOTED:]}") + self.printed


def plain(text: str) -> str:
    """Folded, without blanks."""
    return "".join(fold(text).split())


def own_score(entry: Entry) -> tuple[Decimal, str] | None:
    """The form's score as a conclusion states it, with its print; None where it states none, or two."""
    if not entry.text:
        return None
    text = plain(entry.text)
    found = {m[1] for m in _SCORE.finditer(text) if not _NOT_OWN.search(text[: m.start()]) and Decimal(m[1]) <= 150}
    if len(found) != 1:
        return None
    printed = found.pop()
    return Decimal(printed), printed


def amounts(entry: Entry) -> Iterator[Said]:
    """The numbers of a text that speak of this form's year as a whole."""
    if not entry.text:
        return
    text = plain(entry.text)
    for match in _AMOUNT.finditer(text):
        cut = max(text.rfind(stop, 0, match.start("number")) for stop in "。;,(:")
        clause = text[cut + 1 : match.start("number")]
        if _STAGED.search(clause):
            continue
        printed = match["number"].replace(",", "")
        scale = _SCALES[match["scale"] or ""]
        exponent = Decimal(printed).as_tuple().exponent
        step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * scale
        yield Said(
            match["noun"].strip("“”、"), Decimal(printed) * scale, step, match["unit"] or "", match.group()[len(match["noun"]) :].strip("为达到共计约累超过完成近"),
            bool(match["more"]), entry, match.span("number"), clause,
        )  # fmt: skip


def place_in(document: str, entry: Entry, printed: str, lead: str = "") -> Place:
    """Where a number stands inside a field, as narrowly as the canonical text allows; the field's own place where it cannot be told."""
    place = entry.place
    if place is None:
        return Place(0, 0, 1)
    body = document[place.start : place.end]
    start = max(0, body.find(lead)) if lead else 0
    pattern = re.compile(r"(?<![\d.])" + r"[,，]?".join(map(re.escape, printed)) + r"(?![\d.]*\d)")
    match = pattern.search(body, start) or pattern.search(body)
    if match is None:
        return place
    first = place.start + match.start()
    return Place(first, place.start + match.end(), place.line + body.count("\n", 0, match.start()), place.section, place.page, place.table)
