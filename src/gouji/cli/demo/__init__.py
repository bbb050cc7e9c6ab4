"""``gouji demo``: the check of a disclosure that ships with the program, with planted slips, so that a new user sees what he gets.

The department is fictitious. ``tests/cli/demo_slips.yaml`` lists what was planted; a test holds the findings against it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib.resources import files

from gouji.cli.check import check_document
from gouji.cli.faults import trouble_sentence
from gouji.cli.outputs import Outcome, print_lines, print_outcome, report_bytes, write_whole
from gouji.documents import Document, read_document

NAME = "云岭市林泉区文化和旅游局2023年度部门决算.docx"
REPORT = "勾稽演示.html"

_INTRODUCTION = (
    "勾稽演示：核对一份自带的示例。",
    "“云岭市林泉区文化和旅游局”是虚构的部门，它的2023年度部门决算按四川省的格式写成，文中有意埋下了十几处差错："
    "占比、合计、增减率算错，前后写法不一，模板文字没有删净，年份、编号、括号有误，等等。下面是勾稽找到的。",
    "",
)


def demo_bytes() -> bytes:
    """The Word file of the fictitious disclosure."""
    return files("gouji.cli.demo").joinpath("disclosure.docx").read_bytes()


def demo_document() -> Document:
    """The same as read, under the name that reports show."""
    return read_document(demo_bytes(), name=NAME)


def run_demo(chosen: argparse.Namespace) -> int:
    """The command. Returns 0 whatever was found: findings are what the demonstration is for."""
    from rich.console import Console

    console = Console()
    print_lines(console, _INTRODUCTION)
    checked, _ = check_document(demo_document())
    outcome = Outcome([checked])
    print_outcome(outcome)
    try:
        report = _write_report(report_bytes(outcome, "html"), chosen.output)
        if chosen.save:
            write_whole(chosen.save, demo_bytes())
    except OSError as error:
        sys.stdout.flush()
        print(trouble_sentence(error), file=sys.stderr)
        return 2
    print_lines(console, _closing(report, chosen.save))
    return 0


def _write_report(content: bytes, output: str | None) -> str:
    """Writes the web report; without a wish for its place into the current folder, or where that cannot be written a temporary one."""
    if output:
        write_whole(output, content)
        return output
    try:
        if not _taken(REPORT):
            write_whole(REPORT, content)
            return os.path.abspath(REPORT)
    except OSError:
        pass
    path = os.path.join(tempfile.mkdtemp(prefix="gouji-"), REPORT)
    write_whole(path, content)
    return path


def _taken(path: str) -> bool:
    """Whether a file of that name is there which no earlier demonstration wrote."""
    try:
        with open(path, "rb") as stream:
            return "勾稽</title>".encode() not in stream.read(4096)
    except FileNotFoundError:
        return False


def _closing(report: str, saved: str | None) -> list[str]:
    opening = f'start "" "{report}"' if os.name == "nt" else f'open "{report}"' if sys.platform == "darwin" else f'xdg-open "{report}"'
    lines = [
        "",
        f"网页报告：{report}",
        f"  双击它，或运行 {opening}",
        "  在浏览器里点文中任何一个数字，可以看到它的含义、其他写到它的地方和它参与的勾稽关系。",
        "接下来：",
        "  gouji check 决算.docx                       核对自己的文件或文件夹",
        "  gouji check 决算.docx --annotate 批注.docx  把发现写成 Word 批注",
        "  gouji rules                                 查什么、为什么",
        "  gouji demo --save 示例.docx                 另存这份示例，改改再核对",
    ]
    if saved:
        lines[-1:] = [f"示例的 Word 文件：{saved}"]
    return lines
