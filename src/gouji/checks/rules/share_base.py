"""Shares of one base told in one sentence, from which the base comes out differently (同一基数的占比互不相符)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.figure import Place
from gouji.model.outline import Paragraph
from gouji.model.record import record
from gouji.model.regex import regex

_UNIT = r"亿元|万元|元|亩|平方米|吨|公里|[个人辆户家项件台套名]"
_SHARED = regex(
    rf"(?P<amount>\d[\d,]{{0,20}}(?:\.\d{{1,6}})?)(?P<unit>{_UNIT})(?:\([^()]{{0,30}}\))?,?占(?P<base>[^,。;:()\d]{{4,24}}?)的?(?P<share>\d{{1,3}}(?:\.\d{{1,6}})?)%"
)
#: Bases that change their meaning from clause to clause, and words of another time between two shares.
_SHIFTING = regex(r"^(?:其|该|上述|同类|同期|各自|自身|预算|上年|去年)")
_OTHER_TIME = regex(r"\d{4}年|上年|去年|同期|分别")


@record
class _Shared:
    amount: Decimal
    unit: str
    base: str
    share: Decimal
    amount_step: Decimal
    share_step: Decimal
    span: tuple[int, int]
    match: re.Match[str]

    def bases(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest base that the printed digits allow; a share is at most 100 %."""
        amount, share = self.amount_step / 2, self.share_step / 2
        most = min(self.share + share, Decimal(100))
        least = self.share - share
        high = (self.amount + amount) * 100 / least if least > 0 else Decimal("Infinity")
        return max(self.amount - amount, Decimal(0)) * 100 / most, high


@rule(id="share-base", zh="同一基数的占比互不相符", severity="error", authority="arithmetic")
def share_base(context: Context) -> Iterator[Remark]:
    """一句话里先说整体占某总额的百分之几，“其中”又说部分占同一总额的百分之几，而总额没有写出。由两处金额和占比各推出一个总额，
    两个总额对不上，就有一个占比算错。

    为什么：同一总额只有一个数，部分比整体小，占比不可能与整体相同。
    例：自用房屋2000.00平方米，占账面房屋总面积的100.00%；其中：在用1900.00平方米，占账面房屋总面积的100.00%。
    报告：同占“账面房屋总面积”：2000.00平方米占100.00%，则1900.00平方米应占95.00%，此处为100.00%。
    不报：四舍五入能够解释的；两处之间换了年份或换了总额；不是“其中”的并列说法；总额已经写出的（由占比的算术核对）。
    """
    for paragraph in context.prose:
        if paragraph.text.count("%") < 2 or "其中" not in paragraph.text:
            continue
        found = list(_shared(paragraph))
        for number, part in enumerate(found):
            whole = next((w for w in reversed(found[:number]) if _comparable(paragraph, w, part)), None)
            if whole is None or part.amount > whole.amount:
                continue
            low, high = whole.bases()
            least, most = part.bases()
            if max(low, least) <= min(high, most) or _read(context, paragraph, part):
                continue
            yield _remark(context, paragraph, whole, part)


def _shared(paragraph: Paragraph) -> Iterator[_Shared]:
    for match in _SHARED.finditer(paragraph.text):
        if _SHIFTING.match(match["base"]) or re.search(r"[约近超余]$", paragraph.text[max(0, match.start() - 1) : match.start()]):
            continue
        amount, share = match["amount"], match["share"]
        yield _Shared(
            Decimal(amount.replace(",", "")), match["unit"], match["base"].removesuffix("的"), Decimal(share), _step(amount), _step(share),
            match.span("share"), match,
        )  # fmt: skip


def _step(printed: str) -> Decimal:
    return Decimal(1).scaleb(-len(printed.partition(".")[2]))


def _comparable(paragraph: Paragraph, whole: _Shared, part: _Shared) -> bool:
    """Whether one sentence tells both, the second as a part of the first."""
    between = paragraph.text[whole.match.end() : part.match.start()]
    same = whole.base == part.base and whole.unit == part.unit
    return same and "其中" in between[:8] and "。" not in between and _OTHER_TIME.search(between) is None


def _read(context: Context, paragraph: Paragraph, part: _Shared) -> bool:
    """Whether the share is bound to a base that the arithmetic of the account knows."""
    start = context.at(paragraph, *part.span).start
    return any(f.place.start == start and f.measure == "share" and f.base is not None for f in context.dossier.facts)


def _remark(context: Context, paragraph: Paragraph, whole: _Shared, part: _Shared) -> Remark:
    due = (part.amount * whole.share / whole.amount).quantize(min(part.share_step, Decimal("0.01")), ROUND_HALF_UP)
    places: tuple[Place, ...] = (context.at(paragraph, part.span[0], part.span[1] + 1), context.at(paragraph, whole.span[0], whole.span[1] + 1))
    starts = {p.start for p in places}
    return Remark(
        zh=f"同占“{part.base}”：{whole.match['amount']}{whole.unit}占{whole.match['share']}%，则{part.match['amount']}{part.unit}应占{due}%，"
        f"此处为{part.match['share']}%。",
        en=f"Shares of one base disagree: {part.match['share']}% where {due}% is due.",
        places=places,
        key=(part.base, part.match["amount"], part.match["share"], whole.match["amount"]),
        found=f"{part.match['share']}%",
        expected=f"{due}%",
        facts=tuple(f.id for f in context.dossier.facts if f.place.start in starts),
        suggestion=f"改为“{due}%”；若是前面的金额或占比有误，改正前面的。",
    )
