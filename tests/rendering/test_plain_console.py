"""A report into a pipe or a file is the one that the library for terminals prints there."""

from __future__ import annotations

import io
import os

import pytest
from rich.console import Console
from rich.text import Text

from gouji.rendering.plain_console import PlainConsole, PlainText
from gouji.rendering.terminal import print_check
from rendering.sample import sample, spotless

TEXTS = ("", "一行", "一行\n", "两行\n\n  缩进 ", "很长" * 100, "a\tb\t长\t短\n\tx", "控\a\b\v\f\r制", "[bold]不是样式[/bold] :smile: http://x.y")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_printed_as_it_is_where_there_are_no_colours(text: str) -> None:
    plain, rich = io.StringIO(), io.StringIO()
    ours, theirs = PlainText(text, "bold"), Text(text, style="bold")
    for each in (ours, theirs):
        each.append("尾", "red")
    PlainConsole(plain, 40).print(ours, soft_wrap=True, highlight=False)
    Console(file=rich, width=40, color_system=None, legacy_windows=False).print(theirs, soft_wrap=True, highlight=False)
    assert plain.getvalue() == rich.getvalue()


@pytest.mark.parametrize("width", [30, 72, 100])
@pytest.mark.parametrize("all_notes", [False, True])
def test_a_whole_report_is_the_same(width: int, all_notes: bool) -> None:
    plain, rich = io.StringIO(), io.StringIO()
    print_check(PlainConsole(plain, width), [sample(), spotless()], all_notes=all_notes)
    print_check(Console(file=rich, width=width, color_system=None, legacy_windows=False), [sample(), spotless()], all_notes=all_notes)
    assert plain.getvalue() == rich.getvalue()
    assert len(plain.getvalue()) > 500


@pytest.mark.parametrize("columns", ["", "100", "0", "wide"])
def test_the_width_is_what_the_library_takes(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert PlainConsole(io.StringIO()).width == Console(file=io.StringIO(), legacy_windows=False, _environ=os.environ).width
