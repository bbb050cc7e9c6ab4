"""The commands and their options, with help and complaints in Chinese.

argparse speaks English and knows no catalogue of other languages; its sentences are few, so they are translated one by one. One that is
not known (a later Python) is shown as it is behind a Chinese beginning.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from gouji.cli.arguments_books import COMMANDS as BOOK_COMMANDS
from gouji.cli.arguments_books import add_book_commands
from gouji.cli.arguments_forms import COMMANDS as FORM_COMMANDS
from gouji.cli.arguments_forms import add_form_commands
from gouji.cli.arguments_serve import COMMANDS as SERVE_COMMANDS
from gouji.cli.arguments_serve import add_serve_commands
from gouji.model.regex import regex

COMMANDS = ("check", "demo", "read", "rules", "selftest", *BOOK_COMMANDS, *FORM_COMMANDS, *SERVE_COMMANDS)
FORMATS = {"terminal": "终端", "json": "数据", "html": "网页", "xlsx": "工作簿"}
#: The report's format by the ending of the output's name, where --format does not say it.
BY_ENDING = {".json": "json", ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".txt": "terminal"}

_HELP_COLUMN, _HELP_WIDTH = 28, 88

_OPENING = """\
勾稽：核对部门决算公开与绩效自评，指出文中互相矛盾的数字、哪个数字多半有误、应当是多少。
不联网，不改动原文件。
"""
_CLOSING = """\
例：
  gouji demo                                 先看一份有差错的示例
  gouji check 某局2023年度部门决算.docx      核对一份文件
  gouji check 决算公开/ --format xlsx -o 问题清单.xlsx
  gouji rules share                          某条规则查什么、为什么

退出状态：0 没有错误，1 有错误，2 有文件读不了、写不进或命令有误。
"""
_CHECK_CLOSING = """\
例：
  gouji check 某局2023年度部门决算.docx
  gouji check 决算.docx --format html -o 报告.html      在浏览器里逐个数字查看
  gouji check 决算.docx --annotate 带批注.docx          把发现写成 Word 批注
  gouji check 决算.docx --with 2022年度决算.docx        与上年决算、预算或批复核对
  gouji check 决算.docx --format json -o 结果.json      留作下次 --since 之用
  gouji check 决算.docx --since 结果.json               只看改稿之后新出现和已消失的问题
  gouji check 决算公开/                                 整个文件夹；部门与所属单位另作汇总核对
"""

_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(pattern), chinese)
    for pattern, chinese in (
        (r"^the following arguments are required: (.+)$", r"缺少：\1"),
        (r"^unrecognized arguments: (.+)$", r"不认识：\1"),
        (r"^argument (.+?): expected (?:one|1) argument$", r"\1 后面缺少内容"),
        (r"^argument (.+?): expected at least one argument$", r"\1 后面至少要有一项"),
        (r"^argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+?)\)$", r"\1 不能是“\2”，可选：\3"),
        (r"^argument (.+?): invalid choice: '?(.*?)'?, maybe you meant '?(.+?)'\? \(choose from .*$", r"\1 不能是“\2”，是不是“\3”？"),
        (r"^argument (.+?): not allowed with argument (.+)$", r"\1 与 \2 不能同时使用"),
        (r"^argument (.+?): ignored explicit argument '?(.*?)'?$", r"\1 后面不能带“\2”"),
        (r"^ambiguous option: (.+?) could match (.+)$", r"\1 不明确，可能是：\2"),
        (r"^argument (.+?): invalid \S+ value: '?(.*?)'?$", r"\1 的值“\2”无效"),
        (r"^one of the arguments (.+) is required$", r"以下必须有一项：\1"),
    )
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with Chinese headings, in columns that reckon with wide characters (argparse counts characters, a console cells)."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=_HELP_COLUMN, width=_HELP_WIDTH)

    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)  # type: ignore[arg-type]

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading)
        self._current_section.heading = f"{heading}："

    def format_help(self) -> str:
        return super().format_help().replace("：:\n", "：\n")

    def _format_action(self, action: argparse.Action) -> str:
        from gouji.rendering.excerpt import cells, wrapped

        if isinstance(action, argparse._SubParsersAction):
            return "".join(self._format_action(each) for each in action._get_subactions())
        named = "  " + ", ".join(action.option_strings) if action.option_strings else f"  {action.metavar or action.dest}"
        if action.option_strings and action.nargs != 0:
            named += f" {action.metavar}"
        lines = wrapped(action.help or "", _HELP_WIDTH - _HELP_COLUMN)
        if cells(named) > _HELP_COLUMN - 2:
            return named + "\n" + "".join(" " * _HELP_COLUMN + line + "\n" for line in lines)
        first = named + " " * (_HELP_COLUMN - cells(named)) + lines[0] + "\n"
        return first + "".join(" " * _HELP_COLUMN + line + "\n" for line in lines[1:])


class CommandParser(argparse.ArgumentParser):
    """An argument parser whose every word to the user is Chinese."""

    def __init__(self, prog: str, **options: object) -> None:
        super().__init__(prog=prog, add_help=False, formatter_class=_Formatter, allow_abbrev=False, **options)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Exit with status 2 and a Chinese sentence that names the help."""
        self.exit(2, f"命令有误：{chinese(message)}。\n运行 {self.prog} --help 查看用法。\n")


def chinese(message: str) -> str:
    """argparse's sentence in Chinese.

    >>> chinese("the following arguments are required: 文件")
    '缺少：文件'
    """
    for pattern, sentence in _SENTENCES:
        if pattern.match(message):
            return pattern.sub(sentence, message).replace("', '", "、").replace(", ", "、").replace("'", "")
    return message


def parse(arguments: Sequence[str]) -> argparse.Namespace | int:
    """The chosen command with its options, or the exit status where help, version or a complaint has been printed."""
    arguments = list(arguments)
    parser = command_parser()
    if not arguments:
        parser.print_help()
        return 0
    if arguments[0] not in COMMANDS and not arguments[0].startswith("-") and os.path.exists(arguments[0]):
        arguments.insert(0, "check")  # a file dragged onto the program
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    complaint = _complaint(chosen) if chosen.command == "check" else None
    if complaint:
        print(f"命令有误：{complaint}\n运行 gouji check --help 查看用法。", file=sys.stderr)
        return 2
    return chosen


def _complaint(chosen: argparse.Namespace) -> str | None:
    """Options that cannot go together, before anything is read; sets the format that the output's name tells."""
    if chosen.format is None:
        chosen.format = BY_ENDING.get(Path(chosen.output).suffix.lower(), "terminal") if chosen.output else "terminal"
    if chosen.annotate and len(chosen.files) > 1:
        return f"--annotate 一次只能给一份 Word 文件加批注，现在给了 {len(chosen.files)} 份；请逐份运行。"
    if chosen.annotate and Path(chosen.files[0]).is_dir():
        return "--annotate 要一份 Word 文件，不能是文件夹；请逐份运行。"
    if chosen.format == "xlsx" and not chosen.output and sys.stdout.isatty():
        return "工作簿不能显示在屏幕上，请用 -o 指定文件，例如 -o 问题清单.xlsx。"
    return None


def command_parser() -> CommandParser:
    """All commands."""
    parser = CommandParser("gouji", description=_OPENING, epilog=_CLOSING, usage="gouji 命令 [选项] …")
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", title="命令", parser_class=CommandParser, prog="gouji")
    _add_check(commands.add_parser("check", help="核对一份或多份公开文件", usage="gouji check [选项] 文件 …", epilog=_CHECK_CLOSING))
    _add_demo(commands.add_parser("demo", help="核对自带的一份有差错的示例，再从账套到公开稿走完全程", usage="gouji demo [选项]"))
    _add_read(commands.add_parser("read", help="只读取，不判断", usage="gouji read [选项] 文件 …"))
    _add_rules(commands.add_parser("rules", help="列出并解释核对规则", usage="gouji rules [规则 …]"))
    add_book_commands(commands.add_parser)
    add_form_commands(commands.add_parser)
    add_serve_commands(commands.add_parser)
    selftest = commands.add_parser("selftest", help="检查本机的安装是否正常", usage="gouji selftest [--full]")
    selftest.add_argument("--full", action="store_true", help="再把示例里的数字逐个改动；编制、写出、读回虚构部门的公开稿，并各改一处看能否发现（数小时）")
    selftest.add_argument("--dossiers", type=int, default=10_000, metavar="份数", help="--full 时写出、读回多少份（默认 10000）")
    selftest.add_argument("--mutations", type=int, default=5_000, metavar="处数", help="--full 时改动多少处（默认 5000）")
    selftest.add_argument("--from", dest="first", type=int, default=0, metavar="种子", help="--full 时从哪个种子起（默认 0）")
    selftest.add_argument("--jobs", type=int, default=0, metavar="个数", help="--full 时用几个进程（默认与处理器个数相同）")
    selftest.add_argument("--results", metavar="结果.jsonl", help="--full 时逐份记下结果；再次运行从没有做过的接着做，表里合计文件中的全部结果")
    return parser


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("files", nargs="+", metavar="文件", help="txt、docx、html、有文字层的 pdf，或文件夹；- 表示标准输入")
    check.add_argument(
        "--format", choices=tuple(FORMATS), metavar="格式", help="terminal 终端（默认）、json、html、xlsx；给了 -o 而没有给格式的，看文件名结尾"
    )
    check.add_argument("-o", "--output", metavar="输出", help="报告写到这个文件")
    check.add_argument("--annotate", metavar="输出.docx", help="另存一份带批注的 Word 文件，正文不动")
    check.add_argument("--accepted", action="append", default=[], metavar="说明.csv", help="已有书面说明的问题（按指纹），可给多份")
    check.add_argument("--with", dest="against", action="append", default=[], metavar="文件", help="上年决算、同年预算或批复，可给多份")
    check.add_argument("--since", metavar="上次结果.json", help="与上次 --format json 的结果比较：哪些新出现，哪些已消失")
    check.add_argument("--all", action="store_true", help="逐条列出提示")


def _add_demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("-o", "--output", metavar="文件夹", help="账套、公开稿、报告写到这个文件夹（默认 gouji-demo）；以 .html 结尾则只写示例的网页报告")
    demo.add_argument("--save", metavar="示例.docx", help="另存一份示例的 Word 文件，可以拿来练习")


def _add_read(read: argparse.ArgumentParser) -> None:
    read.add_argument("files", nargs="+", metavar="文件", help="txt、docx、html、有文字层的 pdf，或文件夹；- 表示标准输入")
    read.add_argument("--text", action="store_true", help="输出规范文本（报告里的行号、位置都指它）")
    read.add_argument("-o", "--output", metavar="输出", help="写到这个文件")


def _add_rules(rules: argparse.ArgumentParser) -> None:
    rules.add_argument("ids", nargs="*", metavar="规则", help="规则编号，如 share；不给则列出全部")


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from gouji import __version__

        print(f"勾稽 Gouji {__version__}")
        parser.exit(0)
