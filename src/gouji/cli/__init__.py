"""The command line: ``gouji check``, ``gouji read``, ``gouji rules``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit status: 2 where a file could not be read, else 1 where a finding is an error, else 0."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(prog="gouji", description="勾稽：核对部门决算公开与绩效自评")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    check = commands.add_parser("check", help="核对一份或多份公开文件")
    check.add_argument("files", nargs="+", metavar="文件", help="txt、docx、html 或有文字层的 pdf；- 表示标准输入")
    check.add_argument("--format", choices=("terminal", "json", "html", "xlsx"), default="terminal")
    check.add_argument("-o", "--output", metavar="输出", help="写到这个文件")
    check.add_argument("--annotate", metavar="输出.docx", help="把发现写成 Word 批注")
    check.add_argument("--accepted", metavar="说明.csv", help="已说明的问题（按指纹）")
    check.add_argument("--with", dest="against", action="append", default=[], metavar="文件", help="上年决算、预算或批复")
    check.add_argument("--all", action="store_true", help="逐条列出提示")
    read = commands.add_parser("read", help="只读取，不判断")
    read.add_argument("files", nargs="+", metavar="文件")
    read.add_argument("--text", action="store_true", help="输出规范文本")
    rules = commands.add_parser("rules", help="列出并解释规则")
    rules.add_argument("id", nargs="?", metavar="规则")
    chosen = parser.parse_args(arguments)
    from gouji.cli import commands as run

    return run.run(chosen)


def data_of(path: str) -> Path | bytes:
    return sys.stdin.buffer.read() if path == "-" else Path(path)
