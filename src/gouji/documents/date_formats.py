"""What a spreadsheet shows for a date or a time: a day number since 1900 (or 1904) and a format code, as a Chinese Excel shows them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from gouji.model.regex import regex

_NOT_CODE = regex(r'"[^"]*"?|[\\!_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', flags=re.DOTALL | re.IGNORECASE)
_DATE_SIGN = regex(r"[ymdhsea]", flags=re.IGNORECASE)
_TOKEN = regex(
    r'"([^"]*)"?|[\\!](.)|_.|\*.|\[(h+|m+|s+)\]|\[[^\]]*\]|(AM/PM|A/P|上午/下午)|(y+|e+|m+|d+|h+|s+|a{3,4})|(\.0+)|(.)', flags=re.DOTALL | re.IGNORECASE
)
_DAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_LAST = 2_958_466  # 31 December 9999 is the last day that a sheet can show


@lru_cache(maxsize=512)
def is_date_code(code: str) -> bool:
    """Whether a format code shows dates or times: it has their signs outside quotes, and no places for digits but parts of seconds."""
    first = code.split(";", 1)[0] if '"' not in code else code
    bare = _NOT_CODE.sub("", first)
    if "general" in bare.lower() or "通用格式" in bare or re.search(r"E[+-]", bare):
        return False
    return bool(_DATE_SIGN.search(bare)) and not re.search(r"[#?]|0", re.sub(r"[sS]\.0+", "s", bare))


def shown_date(serial: Decimal, code: str, *, since_1904: bool = False) -> str | None:
    """The date as text, None where the number is no date (negative, after the year 9999)."""
    if not 0 <= serial < _LAST:
        return None
    if "[$-F800]" in code.upper():
        code = 'yyyy"年"m"月"d"日"'
    elif "[$-F400]" in code.upper():
        code = "h:mm:ss"
    milliseconds = int((serial * 86_400_000).to_integral_value())
    days, part = divmod(milliseconds, 86_400_000)
    if since_1904:
        moment = datetime(1904, 1, 1) + timedelta(days=days)
    else:  # the sheet's calendar has a 29 February 1900
        moment = datetime(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)
    tokens = list(_TOKEN.finditer(code.split(";", 1)[0] if '"' not in code else code))
    names = [(match.group(3) or match.group(5) or "").lower() for match in tokens]
    twelve = any(match.group(4) for match in tokens)
    if not any(match.group(6) for match in tokens) and "s" in "".join(names):
        part += 500  # seconds are rounded, longer units cut off
        if part >= 86_400_000:
            part -= 86_400_000
            moment += timedelta(days=1)
    seconds, thousandths = divmod(part, 1000)
    pieces: list[str] = []
    for index, match in enumerate(tokens):
        quoted, escaped, elapsed, half, unit, fraction, other = match.groups()
        if elapsed:
            total = days * 86_400 + seconds
            pieces.append(str(total // {"h": 3600, "m": 60, "s": 1}[elapsed[0].lower()]).zfill(len(elapsed)))
        elif half:
            pieces.append(half.split("/")[seconds >= 43_200])
        elif unit:
            name = names[index]
            if name[0] == "m" and len(name) < 3 and _is_minute(names, index):
                name = "n" * len(name)
            pieces.append(_unit(name, moment, seconds, twelve))
        elif fraction:
            pieces.append(("." + f"{thousandths:03d}"[: len(fraction) - 1]) if index and "s" in names[index - 1] else fraction)
        elif other == ";":
            break
        else:
            pieces.append(quoted or escaped or other or "")
    return "".join(pieces).strip()


def _is_minute(names: list[str], at: int) -> bool:
    """m is minutes right after hours or right before seconds."""
    before = next((name for name in reversed(names[:at]) if name), "")
    after = next((name for name in names[at + 1 :] if name), "")
    return before.startswith("h") or after.startswith("s")


def _unit(name: str, moment: datetime, seconds: int, twelve: bool) -> str:
    kind, length = name[0], len(name)
    if kind in "ye":
        return f"{moment.year % 100:02d}" if kind == "y" and length < 3 else str(moment.year)
    if kind == "m":
        english = _MONTHS[moment.month - 1]
        return str(moment.month).zfill(length) if length < 3 else english[:3] if length == 3 else english[0] if length == 5 else english
    if kind == "d":
        english = _ENGLISH_DAYS[moment.weekday()]
        return str(moment.day).zfill(length) if length < 3 else english[:3] if length == 3 else english
    if kind == "a":
        return ("星期" if length == 4 else "") + _DAYS[moment.weekday()]
    if kind == "h":
        hour = seconds // 3600
        return str((hour - 1) % 12 + 1 if twelve else hour).zfill(min(length, 2))
    return str(seconds // 60 % 60 if kind == "n" else seconds % 60).zfill(min(length, 2))
