"""A chart of a disclosure as SVG, for web pages and PDF: drawn by hand, so that labels never cover each other and nothing else is needed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from html import escape

from gouji.rendering.disclosure.blocks import Chart
from gouji.rendering.disclosure.word_chart import COLOURS
from gouji.rendering.excerpt import cells
from gouji.rendering.wording import plain

_FONT = "font-family=\"'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif\""
_WIDTH, _NARROW, _COLUMN_HEIGHT = 640, 360, 280
_ACROSS = 48  # half-width characters that fit beside a colour


def chart_svg(chart: Chart, narrow: bool = False) -> str:
    """The drawing, with its caption and figures as its title for those who cannot see it. ``narrow``: as wide as a phone, so that its letters are not made
    smaller there; the words of a pie stand under it."""
    width = _NARROW if narrow else _WIDTH
    if chart.kind == "pie":
        height, body = _pie(chart, narrow)
    else:
        height, body = _COLUMN_HEIGHT, list(_columns(chart, *((66.0, 352.0) if narrow else (92.0, 620.0))))
    told = f"{chart.caption}：" + "；".join(f"{point.label}{point.printed}{chart.unit}" for point in chart.points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" {_FONT} font-size="14" fill="#222">'
        f"<title>{_safe(told)}</title>{''.join(body)}</svg>"
    )


def _safe(text: str) -> str:
    return escape(plain(text))


def _columns(chart: Chart, left: float, right: float) -> Iterator[str]:
    values = [float(point.value) for point in chart.points]
    low, high, step = _ticks(min(0.0, *values), max(0.0, *values))
    top, bottom = 24.0, 236.0

    def y(value: float) -> float:
        return round(bottom - (value - low) / (high - low) * (bottom - top), 1)

    for number in range(round((high - low) / step) + 1):
        value = low + number * step
        yield f'<line x1="{left}" y1="{y(value)}" x2="{right}" y2="{y(value)}" stroke="#ddd"/>'
        yield f'<text x="{left - 8}" y="{y(value) + 5}" text-anchor="end" font-size="12" fill="#666">{_tick(value, step)}</text>'
    room = (right - left) / len(values)
    wide = min(room * 0.5, 120)
    for at, (point, value) in enumerate(zip(chart.points, values, strict=True)):
        middle = round(left + room * (at + 0.5), 1)
        edge = min(y(value), y(0))
        colour = COLOURS[0] if at == len(values) - 1 else COLOURS[2]
        yield f'<rect x="{middle - wide / 2:.1f}" y="{edge}" width="{wide:.1f}" height="{abs(y(value) - y(0)):.1f}" fill="#{colour}"/>'
        yield f'<text x="{middle}" y="{edge - 7:.1f}" text-anchor="middle">{point.printed}</text>'
        yield f'<text x="{middle}" y="{bottom + 24}" text-anchor="middle">{_safe(point.label)}</text>'
    yield f'<line x1="{left}" y1="{y(0)}" x2="{right}" y2="{y(0)}" stroke="#888"/>'


def _ticks(low: float, high: float) -> tuple[float, float, float]:
    """Round ends and step of an axis with about five lines."""
    span = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(span / 4))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor * 5 >= span * 1.08)
    return math.floor(low / step) * step, math.ceil(high * 1.04 / step) * step or step, step


def _tick(value: float, step: float) -> str:
    return f"{Decimal(repr(round(value, 6))).normalize():f}" if step < 1 else f"{value:,.0f}" if step == int(step) else f"{value:,.1f}"


def _pie(chart: Chart, narrow: bool) -> tuple[int, list[str]]:
    """The pie on the left, colour, name, amount and share of each slice on the right; or these under it."""
    total = sum((point.value for point in chart.points), Decimal(0))
    words = [(_safe(point.label), f"{point.printed}{chart.unit}" + (f"　{point.share}" if point.share else "")) for point in chart.points]
    longest = max(cells(f"{label}　{amount}") for label, amount in words)
    parted = longest > _ACROSS  # the amount under the name
    line = 44 if parted else 28
    legend = line * len(words)
    radius = 108.0
    if narrow:
        x, y, height = 180.0, 120.0, 240 + legend
        first, left = 240.0, 20
    else:
        height = max(250, 36 + legend)
        x, y = 150.0, height / 2
        first, left = y - legend / 2, 300
    parts: list[str] = []
    angle = -math.pi / 2
    for at, (point, (label, amount)) in enumerate(zip(chart.points, words, strict=True)):
        share = float(point.value / total)
        colour = COLOURS[at % len(COLOURS)]
        if share > 0.9999:
            parts.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#{colour}"/>')
        else:
            end = angle + share * 2 * math.pi
            ends = [f"{x + radius * math.cos(a):.2f} {y + radius * math.sin(a):.2f}" for a in (angle, end)]
            parts.append(f'<path d="M{x} {y}L{ends[0]}A{radius} {radius} 0 {int(share > 0.5)} 1 {ends[1]}Z" fill="#{colour}" stroke="#fff"/>')
            angle = end
        beside = first + line * at
        parts.append(f'<rect x="{left}" y="{beside + 6:.1f}" width="13" height="13" fill="#{colour}"/>')
        size = 13 if narrow or longest < 46 else 12
        rows = (label, amount) if parted else (f"{label}　{amount}",)
        parts.extend(f'<text x="{left + 22}" y="{beside + 18 + 18 * row:.1f}" font-size="{size}">{text}</text>' for row, text in enumerate(rows))
    return height, parts
