"""Dates that cannot be (日期不可能)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.figure import Place
from gouji.model.finding import Severity
from gouji.model.regex import regex

_DATE = regex(r"(?P<year>20(?<!\d20)\d\d)(?:年(?P<month>\d{1,2})月|[./-](?P<month2>\d{1,2})[月./-])(?P<day>\d{1,2})(?:日|(?![\d.万%]))")
_MONTH = regex(r"20(?<!\d20)\d\d年(?P<month>\d{1,2})月")
_PUBLISHED = regex(r"(?:公开|公布|发布)(?:时间|日期)[::]?$")


@rule(id="impossible-date", zh="日期不可能", severity="error", authority="budget_law_14")
def impossible_date(context: Context) -> Iterator[Remark]:
    """公开日期或落款日期早于决算年度终了，或日历上没有这一天。

    为什么：决算在年度终了之后才能编制、批复和公开；公开日期早于年末，年份必有一处写错。
    例：公开时间：2024年9月17日（2024年度决算）
    报告：日期不可能：2024年度决算的公开日期写作“2024年9月17日”，早于年度终了。
    不报：正文提到的会议、合同、文件日期；年份不明的文件；起止日期。
    """
    year = context.year
    for hit in context.scan(_DATE):
        paragraph, date = hit.paragraph, hit.group()
        printed, month, day = (int(hit.group(name) or hit.group("month2")) for name in ("year", "month", "day"))
        place = context.at(paragraph, *hit.span())
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(printed, month)[1]:
            if "年" in date:  # otherwise a version, a code
                yield _remark(f"日期不可能：日历上没有“{date}”。", (date,), place, date, "error", "核对月份和日期。")
            continue
        if year is None or printed > year or (printed, month, day) >= (year, 12, 31):
            continue
        label = _PUBLISHED.search(paragraph.text[max(0, hit.start - 12) : hit.start])
        signed = paragraph.text == date and paragraph.kind in ("signature", "prose") and paragraph.region in ("annex", "cover", "overview")
        if not label and not signed:
            continue
        what = "公开日期" if label or paragraph.region == "cover" else "落款日期"
        severity: Severity = context.year_severity("error") if label else "note" if (printed, month) == (year, 12) else "warning"
        zh = f"日期不可能：{year}年度决算的{what}写作“{date}”，早于年度终了。"
        yield _remark(zh, (what, date), place, date, severity, f"年份应不早于{year + 1}年，请核对。")
    for hit in context.scan(_MONTH):
        if not 1 <= int(hit.group("month")) <= 12 and not _DATE.match(hit.paragraph.text, hit.start):
            place = context.at(hit.paragraph, *hit.span())
            yield _remark(f"日期不可能：没有“{hit.group()}”。", (hit.group(),), place, hit.group(), "error", "核对月份。")


def _remark(zh: str, key: tuple[str, ...], place: Place, found: str, severity: Severity, suggestion: str) -> Remark:
    return Remark(zh=zh, en=f"Impossible date {found}.", places=(place,), key=key, found=found, severity=severity, suggestion=suggestion)
