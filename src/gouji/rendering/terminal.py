"""The report on a terminal (终端): findings worst first, each with its sentence and the figure marked, then coverage and duties.

The shape of a finding is that of hledger's messages: place, excerpt with the figure underlined, what it should be, why. Everything
is made as plain lines first, so that a pipe, a file, a narrow window and a colour terminal say the same words::

    错误  share  二、支出决算情况说明 第5行
    基本支出占本年支出合计的比重算得 39.75%，印作 37.95%
       5 | …其中：基本支出1240.36万元，占37.95%；项目支出…
         |                               ^^^^^^
    应为  39.75%（允许 39.748 ～ 39.750，相差 -1.80）

A console that cannot show a character (GBK) gets a substitute; nothing in a document can send it control sequences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from gouji.model.figure import Place
from gouji.model.finding import Finding
from gouji.model.outline import Outline
from gouji.rendering import telling, wording
from gouji.rendering.checked import CheckedDocument, Failure, packs_of, program_version
from gouji.rendering.excerpt import Sentence, cells, cells_in, excerpt, headed, sentence, wrapped
from gouji.rendering.plain_console import PlainConsole, PlainText
from gouji.rendering.verdict import counts_line, coverage_lines, no_findings_line, notes_of
from gouji.rendering.wording import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_STYLE = {"error": "bold white on red", "warning": "bold black on yellow", "note": "black on cyan"}
_MARK_STYLE = {"error": "bold underline red", "warning": "bold underline yellow", "note": "underline cyan"}
_PLACES_SHOWN = 4  # further places of one finding are named by their lines only
_REASON_LINES = 8  # further derivations are only counted
_WIDEST = 120  # longer lines are hard to read, however wide the window

Line = tuple[str, str]  # text, style
Item = TypeVar("Item")


def print_check(
    console: Console | PlainConsole, documents: Sequence[CheckedDocument], failures: Sequence[Failure] = (), *, all_notes: bool = False
) -> None:
    """Print the whole report of a run. ``all_notes``: every note as its own block instead of counts by rule."""
    printer = _Printer(console, all_notes)
    for document in documents:
        printer.document(document)
    for failure in failures:
        printer.failure(failure)
    if len(documents) + len(failures) > 1:
        printer.summary(documents, failures)
    printer.footer(documents)


def progress(items: Sequence[Item], label: str = "正在核对", console: Console | None = None) -> Iterator[Item]:
    """Go through ``items`` with a bar on standard error, shown only on a terminal and gone when done."""
    from rich.console import Console as Terminal

    out = console or Terminal(stderr=True)
    if len(items) < 2 or not out.is_terminal:
        yield from items
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        yield from bar.track(items, description=label)


def _colourable() -> type[Text]:
    from rich.text import Text

    return Text


class _Printer:
    def __init__(self, console: Console | PlainConsole, all_notes: bool) -> None:
        self.console = console
        self._text: type[Text | PlainText] = PlainText if isinstance(console, PlainConsole) else _colourable()
        self.all_notes = all_notes
        self.width = max(30, min(console.width - 1, _WIDEST))
        self.colour = console.is_terminal and not console.no_color and console.color_system is not None
        self.encoding = console.encoding or "utf-8"

    # -- one document ------------------------------------------------------------------------------------------------

    def document(self, checked: CheckedDocument) -> None:
        dossier = checked.dossier
        self._print([(self._rule(checked.name), "bold")])
        about = [dossier.unit or "单位名称未识别", f"{dossier.year}年度" if dossier.year else "年度未识别", wording.KIND[dossier.kind]]
        self._paragraph("", " · ".join(about), "")
        for note in notes_of(checked):
            self._paragraph("说明", note, "")
        self._blank()

        findings = checked.open_findings()
        shown = [f for f in findings if self.all_notes or f.severity != "note"]
        for finding in shown:
            self.finding(checked, finding)
        if len(shown) < len(findings):
            self._collapsed_notes(checked, [f for f in findings if f.severity == "note"])
        accepted = checked.accepted_findings()
        if accepted:
            self._print([(f"已有书面说明，不计入：{len(accepted)} 项", "bold")])
            for finding in accepted:
                self._paragraph("  " + wording.SEVERITY[finding.severity], f"{finding.zh}（说明：{finding.justification}）", "")
            self._blank()
        self._conclusion(checked, findings)

    def finding(self, checked: CheckedDocument, finding: Finding) -> None:
        """One finding as a block, an empty line after it."""
        facts, names = checked.dossier.facts, checked.concept_names
        badge = f" {wording.SEVERITY[finding.severity]} "
        text = self._text()
        text.append(self._safe(badge), _STYLE[finding.severity])
        text.append(self._safe(f" {self._head(finding, self.width - cells(badge) - 1)}\n"), "bold")
        told = telling.message(finding, facts)
        for line in wrapped(told.text, self.width):
            text.append(self._safe(line) + "\n")
        for line, style in self._bullets(told.options):
            text.append(self._safe(line) + "\n", style)
        for line in wrapped(told.tail, self.width) if told.tail else ():
            text.append(self._safe(line) + "\n")
        self._excerpts(text, checked, finding)
        for label, value in self._explanation(checked, finding, told.open):
            for line, style in self._labelled(label, value):
                text.append(self._safe(line) + "\n", style)
        cited = telling.short_authority(finding, names)
        rule = f"{telling.title(finding.rule, names)}（{finding.rule}）" if f"rule={finding.rule}" in names else finding.rule
        for line, _ in self._labelled("规则", rule + (f"；依据 {cited}" if cited else "")):
            text.append(self._safe(line) + "\n", "dim")
        self.console.print(text, soft_wrap=True, highlight=False)

    def _head(self, finding: Finding, room: int) -> str:
        """Where it is, on one line: the place, then as many levels of its section as fit."""
        fresh = "  新" if finding.new else ""
        if not finding.places:
            return "全文" + fresh
        for levels in (2, 1):
            line = wording.spot_first(finding.places[0], levels) + fresh
            if cells(line) <= room:
                return line
        return headed(line.removesuffix(fresh), room - cells(fresh)) + fresh

    def _bullets(self, options: Sequence[str]) -> Iterator[Line]:
        for option in options:
            for i, line in enumerate(wrapped(option, self.width - 4)):
                yield ("  · " if i == 0 else "    ") + line, ""

    def _excerpts(self, text: Text | PlainText, checked: CheckedDocument, finding: Finding) -> None:
        shown = telling.shown_places(finding, checked.dossier.facts, _PLACES_SHOWN)
        shown = [p for p in shown if p.end > p.start or checked.dossier.outline.text]
        if not shown:
            return
        gutter = max(len(_gutter(place)) for place in shown)
        for number, line, spans in self._rows(checked.dossier.outline, shown, self.width - gutter - 5):
            text.append(f"  {number:>{gutter}} | ", "dim")
            start = len(text)
            text.append(line + "\n")
            for begin, end, first in spans:
                text.stylize(_MARK_STYLE[finding.severity] if first else "underline", start + begin, start + end)
            if not self.colour:
                text.append(f"  {'':>{gutter}} | {self._underline(line, spans)}\n")
        rest = telling.elsewhere(finding.places, shown)
        for line in wrapped(f"  另见{rest}", self.width) if rest else ():
            text.append(self._safe(line) + "\n", "dim")

    def _rows(self, outline: Outline, shown: Sequence[Place], width: int) -> list[tuple[str, str, list[tuple[int, int, bool]]]]:
        """Gutter, line and marks: places of one sentence share its line; the first place of all is the one most likely wrong."""
        rows: list[tuple[str, str, list[tuple[int, int, bool]]]] = []
        left = list(shown)
        while left:
            group = [left.pop(0)]
            for other in list(left):
                if other.line == group[0].line and sentence(outline, [*group, other], width) is not None:
                    group.append(other)
                    left.remove(other)
            one = sentence(outline, group, width)
            if one is None:
                piece = excerpt(outline, group[0], width)
                one = Sentence(piece.line, ((len(piece.before), len(piece.before) + len(piece.marked)),))
            if not one.line.strip():
                continue  # a field left blank: its place is told, there is nothing to quote
            marks = [(*self._moved(one.line, span), place == shown[0]) for place, span in zip(group, one.spans, strict=True)]
            rows.append((_gutter(group[0]), self._safe(one.line), marks))
        return rows

    def _moved(self, line: str, span: tuple[int, int]) -> tuple[int, int]:
        """A span of the line as this console shows it: a sign that it lacks may become several."""
        begin = len(self._safe(line[: span[0]]))
        return begin, begin + len(self._safe(line[span[0] : span[1]]))

    def _underline(self, line: str, spans: Sequence[tuple[int, int, bool]]) -> str:
        """``^^^`` below the figure most likely wrong, ``---`` below the others of the finding."""
        drawn = ""
        for begin, end, first in sorted(spans):
            drawn += " " * (cells_in(line[:begin], self.encoding) - len(drawn))
            drawn += ("^" if first else "-") * max(0, cells_in(line[:end], self.encoding) - len(drawn))
        return drawn.rstrip()

    def _explanation(self, checked: CheckedDocument, finding: Finding, optional: bool) -> Iterator[tuple[str, str]]:
        """``optional``: several corrections would do, none of which is the one that is due."""
        beside = telling.bounds(finding) if not optional else ""
        if finding.expected and not optional:
            yield "应为", telling.due(finding) + (f"（{beside}）" if beside else "")
        elif beside:
            yield "相差", beside.removeprefix("相差 ")
        if telling.slip(finding):
            yield "疑因", telling.slip(finding)
        for i, line in enumerate(telling.suspects(finding, checked.dossier.facts)):
            yield ("可能" if i == 0 else ""), line
        reasons = telling.reasons(finding)
        left = _REASON_LINES
        for i, line in enumerate(reasons):
            left -= len(wrapped(line, self.width - 6))
            if i and left < 0:
                yield "", f"另有 {len(reasons) - i} 条关系也因此不成立"
                break
            yield ("理由" if i == 0 else ""), line
        if finding.explains:
            yield "同因", telling.titles(finding.explains, checked.concept_names)
        if telling.suggestion(finding):
            yield "建议", telling.suggestion(finding)
        if finding.rounding:
            yield "提示", telling.ROUNDING

    def _collapsed_notes(self, checked: CheckedDocument, notes: Sequence[Finding]) -> None:
        by_rule = Counter(telling.title(note.rule, checked.concept_names) for note in notes)
        listed = "，".join(f"{rule} {count}" for rule, count in sorted(by_rule.items(), key=lambda item: (-item[1], item[0])))
        self._paragraph("提示", f"{len(notes)} 项（{listed}），加 --all 逐条列出", "")
        self._blank()

    def _conclusion(self, checked: CheckedDocument, findings: Sequence[Finding]) -> None:
        for line in coverage_lines(checked):
            self._paragraph(line[0], line[1], "")
        for reason in checked.report.not_judged:
            self._paragraph("未判断", reason, "")
        self._paragraph("结果", counts_line(checked) if findings else no_findings_line(checked), "bold")
        self._blank()

    # -- several documents -------------------------------------------------------------------------------------------

    def failure(self, failure: Failure) -> None:
        self._print([(self._rule(plain(failure.path.replace("\\", "/").rsplit("/", 1)[-1])), "bold")])
        self._paragraph("读不了", failure.message, "bold red")
        self._blank()

    def summary(self, documents: Sequence[CheckedDocument], failures: Sequence[Failure]) -> None:
        """One row a file. The file's name gets what the figures leave of the width."""
        heads = ("错误", "警告", "提示", "识别率", "缺公开")[: 5 if self.width >= 50 else 3]
        rows: list[tuple[str, tuple[str, ...], str]] = []
        for document in documents:
            counts, coverage = document.counts(), document.coverage()
            readable = coverage.numbers - len(coverage.other)
            rate = f"{coverage.bound * 100 / readable:.1f}%" if readable else "无数字"
            values = (*(str(counts[s]) for s in wording.SEVERITY), rate, str(len(document.duties("failed"))))  # type: ignore[index]
            rows.append((document.name, values[: len(heads)], "red" if counts["error"] else ""))
        rows += [(failure.path.replace("\\", "/").rsplit("/", 1)[-1], ("读不了",), "red") for failure in failures]
        widths = [max(cells(head), *(cells(row[1][i]) for row in rows if i < len(row[1]) > 1), 4) for i, head in enumerate(heads)]
        room = max(8, self.width - sum(widths) - 2 * len(widths))
        name_width = min(room, max(cells(plain(row[0])) for row in rows) if rows else room)
        name_width = max(name_width, 4)
        self._print([(self._rule("汇总"), "bold")])
        self._print([(_padded("文件", name_width) + "".join("  " + _right(h, w) for h, w in zip(heads, widths, strict=True)), "bold")])
        for name, values, style in rows:
            lines = wrapped(plain(name), name_width)
            figures = "".join("  " + _right(v, w) for v, w in zip(values, widths, strict=False)) if len(values) > 1 else "  " + values[0]
            self._print([(_padded(lines[0], name_width) + figures, style), *((line, style) for line in lines[1:])])
        self._blank()

    def footer(self, documents: Sequence[CheckedDocument]) -> None:
        packs = "，".join(f"{i} {year}（{sha[:8]}）" for i, year, sha in packs_of(documents)) or "无"
        self._paragraph("", f"勾稽 Gouji {program_version()}；标准 {packs}", "dim")

    # -- lines -------------------------------------------------------------------------------------------------------

    def _labelled(self, label: str, value: str) -> Iterator[Line]:
        """``label`` and its text with a hanging indent."""
        indent = 6
        for i, line in enumerate(wrapped(plain(value).replace("\n", " "), self.width - indent)):
            yield _padded(label if i == 0 else "", indent) + line, ""

    def _paragraph(self, label: str, value: str, style: str) -> None:
        if not label:
            self._print([(line, style) for line in wrapped(plain(value), self.width)])
            return
        indent = max(6, cells(label) + 2)
        lines = wrapped(plain(value).replace("\n", " "), max(10, self.width - indent))
        self._print([(_padded(label if i == 0 else "", indent) + line, style) for i, line in enumerate(lines)])

    def _rule(self, title: str) -> str:
        shown = wrapped(plain(title), self.width - 6)[0]
        return f"== {shown} " + "=" * max(2, self.width - cells(shown) - 4)

    def _print(self, lines: Iterable[Line]) -> None:
        for line, style in lines:
            self.console.print(self._text(self._safe(line).rstrip(), style=style), soft_wrap=True, highlight=False)

    def _blank(self) -> None:
        self.console.print()

    def _safe(self, text: str) -> str:
        """What this console can show: a character outside its encoding becomes a likeness, else ``?``."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return text.translate(_LIKENESS).encode(self.encoding, "replace").decode(self.encoding, "replace")
        except LookupError:
            return text.encode("ascii", "replace").decode("ascii")
        return text


#: What stands in for signs that GBK lacks.
_LIKENESS = str.maketrans({"−": "-", "✓": "√", "✗": "×", "•": "·", "\xa0": " ", "–": "-"})

def _gutter(place: Place) -> str:
    return f"p{place.page}" if place.page is not None else str(place.line)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - cells(text))


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cells(text)) + text
