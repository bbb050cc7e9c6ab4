"""``gouji demo``: the check of a disclosure that ships with the program, with planted slips, so that a new user sees what he gets; then the whole way from
fictitious books to a disclosure that is checked clean, into a folder (:mod:`gouji.cli.demo.whole`).

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
FOLDER = "gouji-demo"

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
        if (chosen.output or "").lower().endswith((".html", ".htm")):  # the report alone
            report = os.path.abspath(chosen.output)
            write_whole(chosen.output, report_bytes(outcome, "html"))
            whole: list[str] = []
        else:
            folder = _folder(chosen.output)
            report = os.path.join(folder, REPORT)
            write_whole(report, report_bytes(outcome, "html"))
            sys.stdout.flush()
            print("正在用一套虚构的账套走完全程：编制、写出、读回核对 …", file=sys.stderr)
            whole = _whole_way(folder)
        if chosen.save:
            write_whole(chosen.save, demo_bytes())
    except OSError as error:
        sys.stdout.flush()
        print(trouble_sentence(error), file=sys.stderr)
        return 2
    print_lines(console, [*whole, *_closing(report, chosen.save)])
    return 0


def _folder(output: str | None) -> str:
    """The folder to write into, made where it is missing; without a wish the usual one, or where that is not ours or cannot be written a temporary one."""
    if output:
        os.makedirs(output, exist_ok=True)
        return os.path.abspath(output)
    try:
        if not os.path.exists(FOLDER) or _ours(os.path.join(FOLDER, REPORT)):
            os.makedirs(FOLDER, exist_ok=True)
            if os.access(FOLDER, os.W_OK):
                return os.path.abspath(FOLDER)
    except OSError:
        pass
    return tempfile.mkdtemp(prefix="gouji-")


def _whole_way(folder: str) -> list[str]:
    """Writes the whole way and says what lies where."""
    from gouji.cli.demo.whole import write_whole_way

    shown = write_whole_way(folder)
    found = dict(shown.found)
    lines = ["", f"从账套到公开稿：一个虚构部门的账套（{shown.payments}笔支付）已编制成整份决算公开稿，读回核对；另有一份埋下差错的。都在 {folder}"]
    for file in shown.files:
        told = "账套" if file.startswith("books") else f"读回核对：{found[file]}处错误或警告" if file in found else "核对报告" if "report-" in file else "公开稿"
        lines.append(f"  {file}　{told}")
    return lines


def _ours(path: str) -> bool:
    """Whether an earlier demonstration wrote this file."""
    try:
        with open(path, "rb") as stream:
            return "勾稽</title>".encode() in stream.read(4096)
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
        "  gouji template books -o 账套.xlsx           取空的账套，填好后 gouji compile 编制公开稿",
        "  gouji demo --save 示例.docx                 另存这份示例，改改再核对",
    ]
    if saved:
        lines[-1:] = [f"示例的 Word 文件：{saved}"]
    return lines
