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
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from gouji.model.figure import Place
from gouji.model.finding import Finding
from gouji.rendering import wording
from gouji.rendering.checked import CheckedDocument, Failure, packs_of, program_version
from gouji.rendering.excerpt import cells, cells_in, excerpt, wrapped
from gouji.rendering.verdict import counts_line, coverage_lines, no_findings_line
from gouji.rendering.wording import plain

_STYLE = {"error": "bold white on red", "warning": "bold black on yellow", "note": "black on cyan"}
_MARK_STYLE = {"error": "bold underline red", "warning": "bold underline yellow", "note": "underline cyan"}
_PLACES_SHOWN = 4  # further places of one finding are named by their lines only
_WIDEST = 120  # longer lines are hard to read, however wide the window

Line = tuple[str, str]  # text, style
Item = TypeVar("Item")


def print_check(
    console: Console, documents: Sequence[CheckedDocument], failures: Sequence[Failure] = (), *, all_notes: bool = False
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
    out = console or Console(stderr=True)
    if len(items) < 2 or not out.is_terminal:
        yield from items
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        yield from bar.track(items, description=label)


class _Printer:
    def __init__(self, console: Console, all_notes: bool) -> None:
        self.console = console
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
        for note in dossier.notes:
            self._paragraph("说明", note, "")
        self._blank()

        findings = checked.open_findings()
        shown = [f for f in findings if self.all_notes or f.severity != "note"]
        for finding in shown:
            self.finding(checked, finding)
        if len(shown) < len(findings):
            self._collapsed_notes([f for f in findings if f.severity == "note"])
        accepted = checked.accepted_findings()
        if accepted:
            self._print([(f"已有书面说明，不计入：{len(accepted)} 项", "bold")])
            for finding in accepted:
                self._paragraph("  " + finding.rule, f"{finding.zh}（说明：{finding.justification}）", "")
            self._blank()
        self._conclusion(checked, findings)

    def finding(self, checked: CheckedDocument, finding: Finding) -> None:
        """One finding as a block, an empty line after it."""
        place = wording.where(finding.places[0]) if finding.places else "全文"
        badge = f" {wording.SEVERITY[finding.severity]} "
        fresh = "  新" if finding.new else ""
        head = wrapped(f"{badge} {finding.rule}  {place}{fresh}", self.width)
        text = Text()
        first = self._safe(head[0]) if head[0].startswith(" ") else " " + self._safe(head[0])
        text.append(first[: len(badge)], _STYLE[finding.severity])
        text.append(first[len(badge) :] + "\n", "bold")
        for line in head[1:]:
            text.append(self._safe(line) + "\n", "bold")
        for line in wrapped(plain(finding.zh), self.width):
            text.append(self._safe(line) + "\n")
        self._excerpts(text, checked, finding)
        for label, value in self._explanation(checked, finding):
            for line, style in self._labelled(label, value):
                text.append(self._safe(line) + "\n", style)
        self.console.print(text, soft_wrap=True, highlight=False)

    def _excerpts(self, text: Text, checked: CheckedDocument, finding: Finding) -> None:
        outline = checked.dossier.outline
        places = _distinct(finding.places)
        shown = [p for p in places[:_PLACES_SHOWN] if p.end > p.start or outline.text]
        if not shown:
            return
        gutter = max(len(_gutter(place)) for place in shown)
        # Places of one sentence share its line where the sentence fits; the first place of all is the one most likely wrong.
        rows: dict[tuple[str, str], list[tuple[int, int, bool]]] = {}
        for i, place in enumerate(shown):
            piece = excerpt(outline, place, self.width - gutter - 5)
            before, marked = self._safe(piece.before), self._safe(piece.marked)
            line = before + marked + self._safe(piece.after)
            rows.setdefault((_gutter(place), line), []).append((len(before), len(before) + len(marked), i == 0))
        for (number, line), spans in rows.items():
            text.append(f"  {number:>{gutter}} | ", "dim")
            start = len(text)
            text.append(line + "\n")
            for begin, end, first in spans:
                text.stylize(_MARK_STYLE[finding.severity] if first else "underline", start + begin, start + end)
            if not self.colour:
                text.append(f"  {'':>{gutter}} | {self._underline(line, spans)}\n")
        if len(places) > len(shown):
            rest = "、".join(dict.fromkeys(wording.spot(place) for place in places[len(shown) :]))
            for line in wrapped(f"  另见{rest}", self.width):
                text.append(self._safe(line) + "\n", "dim")

    def _underline(self, line: str, spans: Sequence[tuple[int, int, bool]]) -> str:
        """``^^^`` below the figure most likely wrong, ``---`` below the others of the finding."""
        drawn = ""
        for begin, end, first in sorted(spans):
            drawn += " " * (cells_in(line[:begin], self.encoding) - len(drawn))
            drawn += ("^" if first else "-") * max(0, cells_in(line[:end], self.encoding) - len(drawn))
        return drawn.rstrip()

    def _explanation(self, checked: CheckedDocument, finding: Finding) -> Iterator[tuple[str, str]]:
        limits = []
        if finding.allowed is not None:
            limits.append(f"允许 {wording.allowed(finding.allowed)}")
        if finding.difference:
            limits.append(f"相差 {finding.difference}")
        bracket = f"（{'，'.join(limits)}）" if limits else ""
        if finding.expected:
            yield "应为", finding.expected + bracket
        elif bracket:
            yield "范围", "，".join(limits)
        yield from self._suspects(checked, finding)
        for i, line in enumerate(finding.derivation):
            yield ("理由" if i == 0 else ""), line
        if finding.explains:
            yield "同因", "、".join(finding.explains)
        if finding.suggestion:
            yield "建议", finding.suggestion
        if finding.rounding:
            yield "提示", "四舍五入可能造成这一差异"
        if finding.authority:
            yield "依据", finding.authority

    def _suspects(self, checked: CheckedDocument, finding: Finding) -> Iterator[tuple[str, str]]:
        facts = checked.dossier.facts
        known = [s for s in finding.suspects if 0 <= s.fact < len(facts)]
        if len(known) == 1:
            if known[0].slip:
                yield "疑因", f"{facts[known[0].fact].figure.printed} 可能有误：{known[0].slip}"
            return
        for i, suspect in enumerate(known):
            fact = facts[suspect.fact]
            slip = f"，{suspect.slip}" if suspect.slip else ""
            yield ("可能" if i == 0 else ""), f"{wording.spot(fact.place)} {fact.figure.printed} 应为 {suspect.expected}{slip}"

    def _collapsed_notes(self, notes: Sequence[Finding]) -> None:
        by_rule = Counter(note.rule for note in notes)
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
            self.console.print(Text(self._safe(line).rstrip(), style=style), soft_wrap=True, highlight=False)

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


def _distinct(places: Sequence[Place]) -> list[Place]:
    return list({(place.start, place.end): place for place in places}.values())


def _gutter(place: Place) -> str:
    return f"p{place.page}" if place.page is not None else str(place.line)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - cells(text))


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cells(text)) + text
