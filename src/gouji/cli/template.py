"""``gouji template``: empty workbooks to fill in: self-evaluation forms, the overall form, any scheme, monitoring; the editable Word layout of a disclosure."""

from __future__ import annotations

import argparse
import sys

from gouji.cli.faults import trouble_sentence
from gouji.cli.outputs import emit

WHAT = {"self-evaluation": "项目支出绩效自评表", "department": "部门整体支出绩效目标完成情况自评表", "monitor": "绩效监控表", "books": "账套", "disclosure": "公开稿版式"}


def run_template(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status."""
    content = _content(chosen)
    if content is None:
        return 2
    if not chosen.output and sys.stdout.isatty():
        print("文件不能显示在屏幕上，请用 -o 指定文件名，例如 -o 自评.xlsx、-o 版式.docx。", file=sys.stderr)
        return 2
    try:
        emit(content, chosen.output)
    except OSError as error:
        if not chosen.output:
            raise
        print(trouble_sentence(error, chosen.output), file=sys.stderr)
        return 2
    return 0


def _content(chosen: argparse.Namespace) -> bytes | None:
    if chosen.scheme:
        return _scheme(chosen)
    if chosen.what == "books":
        from gouji.rendering.books_template import books_workbook

        return books_workbook()
    if chosen.what == "disclosure":
        from gouji.rendering.disclosure.layout_template import layout_template
        from gouji.standards import load

        return layout_template(load("cn-sichuan" if chosen.layout == "cn-sichuan" else "cn", chosen.year))
    if chosen.what == "monitor":
        from gouji.rendering.forms_monitor import monitor_template

        return monitor_template(chosen.projects or 10, chosen.year)
    from gouji.rendering.forms_template import self_evaluation_template

    if chosen.what == "department":
        return self_evaluation_template("overall", 1, chosen.year)
    return self_evaluation_template(chosen.layout, chosen.projects or 1, chosen.year)


def _scheme(chosen: argparse.Namespace) -> bytes | None:
    from gouji.rendering.forms_scheme_template import scheme_template
    from gouji.rendering.forms_template import self_evaluation_template
    from gouji.standards.schemes import UnknownScheme, scheme

    try:
        found = scheme(chosen.scheme)
    except UnknownScheme as error:
        print(f"{error}。", file=sys.stderr)
        return None
    if found.kind != "project":
        return scheme_template(found, chosen.year)
    layout = "cn-sichuan" if found.pack.startswith("cn-sichuan") else "cn"
    return self_evaluation_template(layout, chosen.projects or 1, chosen.year, scheme=found)  # type: ignore[arg-type]
