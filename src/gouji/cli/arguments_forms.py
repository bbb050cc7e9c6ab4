"""The commands of self-evaluation and monitoring (自评与监控): ``schemes``, ``template``, ``score``, ``monitor`` with their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable

COMMANDS = ("monitor", "schemes", "score", "template")
LAYOUTS = ("cn-sichuan", "cn")
SCORE_FORMATS = ("terminal", "json", "xlsx", "docx", "html")
MONITOR_FORMATS = ("terminal", "json", "xlsx")

_TEMPLATE_CLOSING = """\
例：
  gouji template self-evaluation -o 自评.xlsx --projects 3        三个项目的自评表
  gouji template self-evaluation -o 自评.xlsx --layout cn         财预〔2020〕10号的版式
  gouji template department -o 整体.xlsx                          部门整体支出绩效目标
  gouji template --scheme cn-sichuan-suining/department-2023 -o 评价.xlsx
  gouji template monitor -o 监控.xlsx
  gouji template books -o 账套.xlsx                               编制决算要填的账套
  gouji template disclosure -o 版式.docx                          公开稿的样式、页面、页眉页脚，改好交给 gouji render --layout
"""
_SCORE_CLOSING = """\
例：
  gouji score 自评.xlsx                      逐项算分，指出漏填和不合常理之处
  gouji score 自评.xlsx -o 自评结果/         另写出正式的工作簿、Word 文件和评分说明
  gouji score 自评.xlsx -o 自评表.docx       只写 Word 文件

退出状态：0 没有问题，1 有缺漏或不可能的数，2 有文件读不了或写不进。
"""
_MONITOR_CLOSING = """\
例：
  gouji monitor 监控.xlsx                    进度、年末预计、要调减多少、会扣多少分
  gouji monitor 支付.csv --month 9 -o 监控结果.xlsx

退出状态：0 都达到要求，1 有项目达不到要求或填报有误，2 有文件读不了或写不进。
"""

Add = Callable[..., argparse.ArgumentParser]


def add_form_commands(add: Add) -> None:
    """Add the commands with ``add_parser`` of the command line's subparsers."""
    _schemes(add("schemes", help="列出并解释评价指标体系", usage="gouji schemes [编号 …]"))
    _template(add("template", help="写出填报模板（自评表、指标体系、监控表）", usage="gouji template [选项] 种类", epilog=_TEMPLATE_CLOSING))
    _score(add("score", help="给填好的自评表算分并写出正式的表", usage="gouji score [选项] 文件 …", epilog=_SCORE_CLOSING))
    _monitor(add("monitor", help="监控预算执行：进度、年末预计、调减", usage="gouji monitor [选项] 文件", epilog=_MONITOR_CLOSING))


def _schemes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="编号", help="指标体系编号，如 cn/project-2020；不给则列出全部")


def _template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="?", choices=("self-evaluation", "department", "monitor", "books", "disclosure"), default="self-evaluation", metavar="种类",
        help="self-evaluation 项目自评表（默认）、department 部门整体绩效目标、monitor 监控表、books 账套、disclosure 公开稿的 Word 版式",
    )  # fmt: skip
    parser.add_argument("-o", "--output", metavar="输出", help="写到这个文件")
    parser.add_argument("--projects", type=_count, metavar="个数", help="几个项目（自评表默认 1，监控表默认 10）")
    parser.add_argument("--layout", choices=LAYOUTS, default="cn-sichuan", metavar="版式", help="cn-sichuan 四川省（默认），cn 财预〔2020〕10号")
    parser.add_argument("--scheme", metavar="编号", help="某个指标体系的填报模板，编号见 gouji schemes")
    parser.add_argument("--year", type=_year, metavar="年度", help="印在表头的年度")


def _score(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="文件", help="填好的工作簿（也可以是 docx、html、pdf 里的自评表）")
    parser.add_argument("-o", "--output", metavar="输出", help="文件夹：写工作簿、Word 文件和评分说明；文件：按结尾写一种")
    parser.add_argument("--format", choices=SCORE_FORMATS, metavar="格式", help="terminal 终端（默认）、json、xlsx、docx、html")
    parser.add_argument("--scheme", metavar="编号", help="按这个指标体系评分（默认按表的版式选）")
    parser.add_argument("--layout", choices=LAYOUTS, metavar="版式", help="写出的表用这个版式（默认与填报的表相同）")
    parser.add_argument("--recompute", action="store_true", help="规则不允许的得分改用算得的分（默认保留填报的分并指出）")


def _monitor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs=1, metavar="文件", help="监控表（xlsx）或 csv")
    parser.add_argument("-o", "--output", metavar="输出", help="写到这个文件（.xlsx、.json、.txt）")
    parser.add_argument("--format", choices=MONITOR_FORMATS, metavar="格式", help="terminal 终端（默认）、json、xlsx")
    parser.add_argument("--scheme", metavar="编号", help="按这个指标体系的进度和结余要求（默认选有进度要求的）")
    parser.add_argument("--month", type=_month, metavar="月份", help="截至几月（默认看表头，再看最后有数的月份）")


def _count(text: str) -> int:
    return _whole(text, 1, 200)


def _year(text: str) -> int:
    return _whole(text, 2000, 2100)


def _month(text: str) -> int:
    return _whole(text, 1, 12)


def _whole(text: str, least: int, most: int) -> int:
    """A whole number within bounds. Raises ValueError, which argparse tells the user of."""
    value = int(text)
    if not least <= value <= most:
        raise ValueError(text)
    return value
