"""Forms as a web page (网页): one table a form, readable without a network, printable on A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from gouji.rendering.forms_grid import Box, Form
from gouji.rendering.wording import plain

_STYLE = (
    "body{font:14px/1.5 'Source Han Serif SC','Noto Serif CJK SC',SimSun,serif;margin:2em auto;max-width:72em;color:#111}"
    "h1{font-size:1.5em;font-weight:600;text-align:center;margin:1.5em 0 .3em}p.under{text-align:center;margin:.2em 0}p.money{text-align:right}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}td,th{border:1px solid #333;padding:.25em .4em;text-align:center;"
    "vertical-align:middle;overflow-wrap:anywhere;font-weight:400}th{font-weight:600}td.prose{text-align:left}"
    "section{break-after:page}@media print{body{margin:0;font-size:11px}}"
)


def forms_page(forms: Sequence[Form], title: str = "绩效自评表") -> str:
    """The page as one string."""
    body = "\n".join(line for form in forms for line in _form(form))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def _form(form: Form) -> Iterator[str]:
    yield f"<section><h1>{escape(plain(form.title))}</h1>"
    for line in form.under:
        yield f'<p class="under{" money" if line.startswith("单位") else ""}">{escape(plain(line))}</p>'
    whole = sum(form.widths)
    yield "<table><colgroup>" + "".join(f'<col style="width:{100 * width / whole:.2f}%">' for width in form.widths) + "</colgroup>"
    for row in range(form.height):
        yield "<tr>" + "".join(_cell(box) for box in form.row(row)) + "</tr>"
    yield "</table></section>"


def _cell(box: Box) -> str:
    spans = (f' rowspan="{box.rows}"' if box.rows > 1 else "") + (f' colspan="{box.columns}"' if box.columns > 1 else "")
    tag, kind = ("th", "") if box.kind in ("label", "head") and not box.key else ("td", ' class="prose"' if box.kind == "prose" else "")
    return f"<{tag}{kind}{spans}>" + "<br>".join(escape(plain(line)) for line in box.text.split("\n")) + f"</{tag}>"
