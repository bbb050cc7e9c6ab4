"""The figures of a disclosure (图1–图7) on one sheet of the workbook: each a native chart beside the few amounts it is drawn from.

An amount that stands in a statement is taken from there by a formula, so that chart and statement cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gouji.rendering.disclosure.blocks import Chart
from gouji.rendering.disclosure.word_chart import COLOURS
from gouji.rendering.forms_workbook import FONT, Formats, paper, shown

_ROW, _ROWS = 21, 15  # points a row; rows a chart takes
_WIDTH = 690


def chart_sheet(book: Any, sheet: Any, name: str, charts: Sequence[Chart], where: Mapping[int, tuple[str, int, int]], formats: Formats) -> None:
    """All charts, one under the other, two a page."""
    from gouji.documents.sheets import column_name

    for column, width in enumerate((30, 15, 10)):
        sheet.set_column(column, column, width)
    sheet.set_column(3, 3, 2)
    sheet.hide_gridlines(2)
    title = formats.get(bold=True, font_size=11, text_wrap=False)
    head, cell = formats.get(border=1, bold=True, align="center"), formats.get(border=1)
    breaks = []
    top = 0
    for at, chart in enumerate(charts):
        if at and not at % 2:
            breaks.append(top)
        sheet.set_row(top, _ROW)
        sheet.write_string(top, 0, shown(f"{chart.caption}（单位：{chart.unit}）"), title)
        heads = ("项目", f"金额（{chart.unit}）", "占比") if any(point.share for point in chart.points) else ("项目", f"金额（{chart.unit}）")
        for column, text in enumerate(heads):
            sheet.write_string(top + 1, column, text, head)
        for row, point in enumerate(chart.points, top + 2):
            sheet.write_string(row, 0, shown(point.label), cell)
            number = formats.get(border=1, align="right", num_format="0.00")
            if point.fact in where:
                other, line, column = where[point.fact]
                sheet.write_formula(row, 1, f"='{other.replace(chr(39), chr(39) * 2)}'!{column_name(column)}{line + 1}", number, float(point.value))
            else:
                sheet.write_number(row, 1, float(point.value), number)
            if len(heads) > 2:
                sheet.write_string(row, 2, point.share, formats.get(border=1, align="right"))
        rows = max(_ROWS, len(chart.points) + 3)
        for row in range(top + 1, top + rows):
            sheet.set_row(row, _ROW)
        sheet.insert_chart(top, 4, _chart(book, name, chart, top + 2, rows), {"object_position": 2, "description": chart.caption})
        top += rows + 1
    sheet.set_h_pagebreaks(breaks)
    paper(sheet, landscape=True)


def _chart(book: Any, name: str, chart: Chart, first: int, rows: int) -> Any:
    last = first + len(chart.points) - 1
    font = {"name": FONT, "size": 10}
    series: dict[str, Any] = {"categories": [name, first, 0, last, 0], "values": [name, first, 1, last, 1]}
    if chart.kind == "pie":
        total = sum(point.value for point in chart.points)
        drawn = book.add_chart({"type": "pie"})
        series["points"] = [{"fill": {"color": f"#{COLOURS[at % len(COLOURS)]}"}, "border": {"color": "#FFFFFF"}} for at in range(len(chart.points))]
        # Small slices would write over each other; their shares stand in the table beside.
        small = [{"value": point.share} if point.value * 25 >= total and point.share else {"delete": True} for point in chart.points]
        series["data_labels"] = {"value": True, "custom": small, "font": font | {"color": "#FFFFFF", "bold": True}, "position": "inside_end"}
        drawn.set_legend({"position": "right", "font": font})
    else:
        drawn = book.add_chart({"type": "column"})
        series["points"] = [{"fill": {"color": f"#{COLOURS[0 if at == len(chart.points) - 1 else 2]}"}} for at in range(len(chart.points))]
        series |= {"gap": 120, "data_labels": {"value": True, "num_format": "0.00", "font": font, "fill": {"color": "#FFFFFF"}}}
        drawn.set_legend({"none": True})
        drawn.set_x_axis({"num_font": font, "major_tick_mark": "none", "label_position": "low"})
        low = {} if any(point.value < 0 for point in chart.points) else {"min": 0}
        drawn.set_y_axis({"num_font": font, "num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, "line": {"none": True}, **low})
    drawn.add_series(series)
    drawn.set_title({"name": f"图{chart.number} {chart.title}", "name_font": {"name": FONT, "size": 12, "bold": True}, "overlay": False})
    drawn.set_size({"width": _WIDTH, "height": int((rows - 0.5) * _ROW * 4 / 3)})
    drawn.set_chartarea({"border": {"color": "#D9D9D9"}})
    return drawn
