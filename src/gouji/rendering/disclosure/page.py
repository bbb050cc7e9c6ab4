"""A disclosure as a web page (.html): one self-contained file, or a folder for a web site. Readable at a desk, on a phone and on paper; a click on a figure
shows how it came about. Nothing is loaded from anywhere, no script is needed to read it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from html import escape
from pathlib import Path

from gouji.model.dossier import Dossier
from gouji.model.records import Entry, Funding, Indicator
from gouji.rendering.disclosure.blocks import Block, Chart, Contents, Cover, Disclosure, FormBlock, Heading, Paragraph, Run, StatementBlock
from gouji.rendering.disclosure.derived import Origins
from gouji.rendering.disclosure.svg import chart_svg
from gouji.rendering.disclosure.tables import statement_table
from gouji.rendering.forms_grid import Box, Form
from gouji.rendering.wording import plain
from gouji.standards.pack import Standards

_HERE = Path(__file__).parent

def disclosure_page(disclosure: Disclosure, dossier: Dossier, standards: Standards) -> bytes:
    """The page as one file."""
    writer = _Writer(disclosure, dossier, standards)
    body = "\n".join(line for block in disclosure.blocks for line in writer.block(block))
    nav = "\n".join(writer.contents(disclosure.headings(2), {}))
    style, script = _read("page.css"), _read("page.js")
    return _page(disclosure.title, f"<style>\n{style}</style>", nav, body, writer.origins(), f"<script>\n{script}</script>").encode()


def disclosure_site(disclosure: Disclosure, dossier: Dossier, standards: Standards) -> dict[str, bytes]:
    """The files of a folder: ``index.html`` with cover and contents, a page a part, style, script."""
    parts = _parts(disclosure.blocks)
    names = [part[0].role.removeprefix("part.") if isinstance(part[0], Heading) else "index" for part in parts]
    where = {block.anchor: f"{name}.html" for name, part in zip(names, parts, strict=True) for block in part if isinstance(block, Heading)}
    files = {"style.css": _read("page.css").encode(), "script.js": _read("page.js").encode()}
    for at, (name, part) in enumerate(zip(names, parts, strict=True)):
        writer = _Writer(disclosure, dossier, standards)
        lines = [line for block in part for line in writer.block(block)]
        ends = [f'<a href="{names[to]}.html">{word}</a>' for to, word in ((at - 1, "上一部分"), (at + 1, "下一部分")) if 0 <= to < len(names)]
        nav = "\n".join(writer.contents(disclosure.headings(2), where))
        body = "\n".join([*lines, f'<p class="next">{" ".join(ends)}</p>'])
        page = _page(disclosure.title, '<link rel="stylesheet" href="style.css">', nav, body, writer.origins(), '<script src="script.js"></script>')
        files[f"{name}.html"] = page.encode()
    return files


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks, a new list before every heading of the first level."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            parts.append([])
        parts[-1].append(block)
    return parts


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _page(title: str, style: str, nav: str, body: str, origins: str, script: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(title)}</title>\n{style}\n</head>\n<body>\n<div class=\"frame\">\n<nav>\n{nav}\n</nav>\n<main>\n{body}\n</main>\n</div>\n"
        f'<aside id="origin" role="dialog" aria-label="数字的来历" hidden></aside>\n<script type="application/json" id="origins">{origins}</script>\n{script}\n</body>\n</html>\n'
    )


def _safe(text: str) -> str:
    return escape(plain(text))


class _Writer:
    """The lines of blocks; remembers whose origins the page has to explain."""

    def __init__(self, disclosure: Disclosure, dossier: Dossier, standards: Standards) -> None:
        self.disclosure, self.dossier, self.standards = disclosure, dossier, standards
        self.layouts = {layout.id: layout for layout in standards.statements}
        self.explainer = Origins(dossier, standards)
        self.shown: set[int] = set()

    def origins(self) -> str:
        """What the script shows, as JSON that cannot end its element."""
        data = self.explainer.explained(self.shown)
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

    def contents(self, headings: Sequence[Heading], where: dict[str, str]) -> Iterator[str]:
        title = next((block.title for block in self.disclosure.blocks if isinstance(block, Contents)), "目录")
        yield f"<h2>{_safe(title)}</h2>\n<ol>"
        for heading in headings:
            yield f'<li class="l{heading.level}"><a href="{where.get(heading.anchor, "")}#{heading.anchor}">{_safe(heading.text)}</a></li>'
        yield "</ol>"

    def block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Cover):
            yield '<div class="cover">' + "".join(f"<p>{_safe(line)}</p>" for line in block.lines) + "</div>"
        elif isinstance(block, Heading):
            level = min(block.level, 3)
            yield f'<h{level} id="{block.anchor}">{_safe(block.text)}</h{level}>'
        elif isinstance(block, Paragraph):
            kind = "" if block.style == "body" else f' class="{block.style}"'
            yield f"<p{kind}>" + "".join(self.run(run) for run in block.runs) + "</p>"
        elif isinstance(block, Chart):
            drawn = f'<div class="broad">{chart_svg(block)}</div><div class="narrow">{chart_svg(block, narrow=True)}</div>'
            yield f"<figure>{drawn}<figcaption>{_safe(block.caption)}（单位：{block.unit}）</figcaption></figure>"
        elif isinstance(block, FormBlock):
            yield f'<p class="title">{_safe(block.form.title)}</p>'
            for line in block.form.under:
                yield f'<p class="under">{_safe(line)}</p>'
            yield from self.table(linked(block, self.dossier), 0, "form")
        elif isinstance(block, StatementBlock):
            yield from self.statement(block)

    def run(self, run: Run) -> str:
        return _safe(run.text) if run.kind != "figure" or run.fact is None else self.figure(run.text, run.fact)

    def figure(self, text: str, fact: int) -> str:
        self.shown.add(fact)
        return f'<a class="fig" href="#origin" data-f="{fact}">{_safe(text)}</a>'

    def statement(self, block: StatementBlock) -> Iterator[str]:
        table = statement_table(block.statement, self.layouts.get(block.statement.id), self.disclosure)
        yield '<div class="lying">'
        if table.number:
            yield f'<p class="number">{_safe(table.number)}</p>'
        yield f'<p class="above"><span>{_safe(table.left)}</span> <span>{_safe(table.right)}</span></p>'
        yield from self.table(table.form, table.heads, "")
        yield "</div>"
        for note in block.notes:
            yield f'<p class="note">{_safe(note)}</p>'

    def table(self, form: Form, heads: int, kind: str) -> Iterator[str]:
        yield f'<div class="wide {kind}"><table>' if kind else '<div class="wide"><table>'
        if heads:
            yield "<thead>"
        for row in range(form.height):
            yield "<tr>" + "".join(self.cell(box) for box in form.row(row)) + "</tr>"
            if row == heads - 1:
                yield "</thead><tbody>"
        yield ("</tbody>" if heads else "") + "</table></div>"

    def cell(self, box: Box) -> str:
        spans = (f' rowspan="{box.rows}"' if box.rows > 1 else "") + (f' colspan="{box.columns}"' if box.columns > 1 else "")
        tag, kind = ("th", "") if box.kind == "head" else ("td", f' class="{box.kind}"')
        if box.key.startswith("fact/") and box.text:
            return f"<{tag}{kind}{spans}>{self.figure(box.text, int(box.key.removeprefix('fact/')))}</{tag}>"
        return f"<{tag}{kind}{spans}>" + "<br>".join(_safe(line) for line in box.text.split("\n")) + f"</{tag}>"


def linked(block: FormBlock, dossier: Dossier) -> Form:
    """A self-evaluation form whose boxes are keyed with the facts that they print."""
    if block.record != "project":
        return block.form  # is keyed so
    project = dossier.projects[block.at]
    facts: dict[str, int] = {}
    rows: list[tuple[str, Sequence[Funding | Indicator]]] = [("funding", project.funding), ("indicator", project.indicators)]
    for kind, records in rows:
        for at, record in enumerate(records):
            for each in fields(record):
                entry = getattr(record, each.name)
                if isinstance(entry, Entry) and entry.fact is not None:
                    facts[f"{kind}/{at}/{each.name}"] = entry.fact
    for name in ("total_weight", "total_score"):
        if (fact := getattr(project, name).fact) is not None:
            facts[name] = fact
    boxes = tuple(replace(box, key=f"fact/{facts[box.key]}") if box.key in facts else box for box in block.form.boxes)
    return replace(block.form, boxes=boxes)
