"""A chart of a disclosure as SVG, for web pages and PDF: drawn by hand, so that labels never cover each other and nothing else is needed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from html import escape

from gouji.rendering.disclosure.blocks import Chart
from gouji.rendering.disclosure.word_chart import COLOURS
from gouji.rendering.wording import plain

_FONT = "font-family=\"'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif\""
_WIDTH, _COLUMN_HEIGHT = 640, 280


def chart_svg(chart: Chart) -> str:
    """The drawing, with its caption and figures as its title for those who cannot see it."""
    height, body = _pie(chart) if chart.kind == "pie" else (_COLUMN_HEIGHT, list(_columns(chart)))
    told = f"{chart.caption}：" + "；".join(f"{point.label}{point.printed}{chart.unit}" for point in chart.points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" {_FONT} font-size="14" fill="#222">'
        f"<title>{_safe(told)}</title>{''.join(body)}</svg>"
    )


def _safe(text: str) -> str:
    return escape(plain(text))


def _columns(chart: Chart) -> Iterator[str]:
    values = [float(point.value) for point in chart.points]
    low, high, step = _ticks(min(0.0, *values), max(0.0, *values))
    left, right, top, bottom = 92.0, 620.0, 24.0, 236.0

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


def _pie(chart: Chart) -> tuple[int, list[str]]:
    """The pie on the left, colour, name, amount and share of each slice on the right."""
    total = sum((point.value for point in chart.points), Decimal(0))
    line = 28
    height = max(250, 36 + line * len(chart.points))
    x, y, radius = 150.0, height / 2, 108.0
    longest = max(len(f"{point.label}{point.printed}{chart.unit}{point.share}") for point in chart.points)
    parts: list[str] = []
    angle = -math.pi / 2
    for at, point in enumerate(chart.points):
        share = float(point.value / total)
        colour = COLOURS[at % len(COLOURS)]
        if share > 0.9999:
            parts.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#{colour}"/>')
        else:
            end = angle + share * 2 * math.pi
            ends = [f"{x + radius * math.cos(a):.2f} {y + radius * math.sin(a):.2f}" for a in (angle, end)]
            parts.append(f'<path d="M{x} {y}L{ends[0]}A{radius} {radius} 0 {int(share > 0.5)} 1 {ends[1]}Z" fill="#{colour}" stroke="#fff"/>')
            angle = end
        beside = y - line * len(chart.points) / 2 + line * at
        parts.append(f'<rect x="300" y="{beside + 6:.1f}" width="13" height="13" fill="#{colour}"/>')
        words = f"{_safe(point.label)}　{point.printed}{chart.unit}" + (f"　{point.share}" if point.share else "")
        parts.append(f'<text x="322" y="{beside + 18:.1f}" font-size="{13 if longest < 26 else 12}">{words}</text>')
    return height, parts
