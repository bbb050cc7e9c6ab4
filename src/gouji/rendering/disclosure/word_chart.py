"""A chart of a disclosure as native chart XML: Word and WPS draw it from the numbers, so that it can be restyled like any other.

Its numbers stand in a workbook of its own inside the file, which 编辑数据 opens; it holds what the chart shows and nothing else.
"""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

from gouji.rendering.disclosure.blocks import Chart
from gouji.rendering.forms_workbook import CREATED, OPTIONS
from gouji.rendering.word_grid import HEAD, OFFICE

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
#: Colours that keep apart in print and for the colour-blind.
COLOURS = ("2F5597", "C55A11", "7F7F7F", "BF9000", "5B9BD5", "548235", "7030A0", "264478", "9E480E", "636363", "997300", "255E91")
_SHEET = "图表数据"
_FONT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)


def _placed(x: str, y: str, width: str, height: str) -> str:
    return (
        '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x}"/><c:y val="{y}"/><c:w val="{width}"/><c:h val="{height}"/></c:manualLayout></c:layout>'
    )


#: The pie on the left, its words on the right: labels around small slices would cover each other.
_PIE, _BESIDE = _placed("0.04", "0.06", "0.40", "0.88"), _placed("0.48", "0.08", "0.51", "0.84")


def chart_part(chart: Chart) -> str:
    """The XML of ``word/charts/chartN.xml``."""
    labels = _labels(chart)
    body = _pie(chart, labels) if chart.kind == "pie" else _columns(chart, labels)
    legend = f'<c:legend><c:legendPos val="r"/>{_BESIDE}<c:overlay val="0"/>{_FONT.format(size=1000)}</c:legend>' if chart.kind == "pie" else ""
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" xmlns:r="{OFFICE}"><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f'<c:plotArea>{_PIE if chart.kind == "pie" else "<c:layout/>"}{body}</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def chart_data(chart: Chart) -> bytes:
    """The workbook behind the chart: names in the first column, values in the second."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet(_SHEET)
        sheet.set_column(0, 0, 40)
        sheet.write_string(0, 1, chart.unit)
        shown = book.add_format({"num_format": "0.00"})
        for at, (label, point) in enumerate(zip(_labels(chart), chart.points, strict=True), 1):
            sheet.write_string(at, 0, label)
            sheet.write_number(at, 1, float(point.value), shown)
    return target.getvalue()


def _labels(chart: Chart) -> list[str]:
    return [f"{point.label} {point.printed}{chart.unit} {point.share}".rstrip() if chart.kind == "pie" else point.label for point in chart.points]


def _series(chart: Chart, labels: list[str], more: str) -> str:
    count = len(labels)
    names = "".join(f'<c:pt idx="{at}"><c:v>{escape(label)}</c:v></c:pt>' for at, label in enumerate(labels))
    values = "".join(f'<c:pt idx="{at}"><c:v>{point.value:f}</c:v></c:pt>' for at, point in enumerate(chart.points))
    return (
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>{_SHEET}!$B$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(chart.unit)}</c:v></c:pt></c:strCache></c:strRef></c:tx>{more}'
        f'<c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${count + 1}</c:f><c:strCache><c:ptCount val="{count}"/>{names}</c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>{_SHEET}!$B$2:$B${count + 1}</c:f><c:numCache><c:formatCode>0.00</c:formatCode><c:ptCount val="{count}"/>{values}'
        "</c:numCache></c:numRef></c:val></c:ser>"
    )


def _fill(at: int) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{COLOURS[at % len(COLOURS)]}"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr>'


def _shown(value: bool, share: bool) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="{int(share)}"/>'
        '<c:showBubbleSize val="0"/>'
    )


def _pie(chart: Chart, labels: list[str]) -> str:
    points = "".join(f'<c:dPt><c:idx val="{at}"/><c:bubble3D val="0"/>{_fill(at)}</c:dPt>' for at in range(len(labels)))
    none = f"<c:dLbls>{_shown(False, False)}</c:dLbls>"
    return f'<c:pieChart><c:varyColors val="1"/>{_series(chart, labels, points + none)}<c:firstSliceAng val="0"/></c:pieChart>'


def _columns(chart: Chart, labels: list[str]) -> str:
    shown = f'<c:dLbls><c:numFmt formatCode="0.00" sourceLinked="0"/><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>{_FONT.format(size=1050)}<c:dLblPos val="outEnd"/>{_shown(True, False)}</c:dLbls>'
    points = "".join(f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{_fill(0 if at else 2)}</c:dPt>' for at in range(len(labels)))
    series = _series(chart, labels, f'{_fill(0)}<c:invertIfNegative val="0"/>{points}{shown}')
    axis = (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_FONT.format(size=1050)}<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        '<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_FONT.format(size=1000)}<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
    )
    if any(point.value < 0 for point in chart.points):
        axis = axis.replace('<c:min val="0"/>', "")
    return (
        f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="120"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:barChart>{axis}'
    )


def chart_run(chart: Chart, relation: str, width: int = 5220000, height: int = 2520000) -> str:
    """The run that shows the chart; sizes in EMU. The words for those who cannot see it are the caption and its figures."""
    told = escape(f"{chart.caption}：" + "；".join(f"{point.label}{point.printed}{chart.unit}" for point in chart.points), {'"': "&quot;"})
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{chart.number}" name="图{chart.number}" descr="{told}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{DRAWING}"><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" xmlns:r="{OFFICE}" r:id="{relation}"/></a:graphicData></a:graphic>'
        '</wp:inline></w:drawing></w:r>'
    )
