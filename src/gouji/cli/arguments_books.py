"""The commands of compiling (编制): ``compile`` and ``explain`` with their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable

COMMANDS = ("compile", "explain", "render")

_COMPILE_CLOSING = """\
例：
  gouji template books -o 账套.xlsx                       先写出要填的账套
  gouji compile 账套.xlsx -o 编制结果/                     汇总全部单位
  gouji compile 账套/ -o 编制结果/ --unit 201002           账套是放 CSV、Parquet 的文件夹；只编一个单位
  gouji compile 财决.xlsx -o 编制结果/ --with 账套.xlsx      以财决报表为准，账套作为明细
  gouji compile 账套.xlsx -o 编制结果/ --last-year 2022年度决算.docx

退出状态：0 已编制，1 已编制但公开稿还缺文字（一次列全），2 账套有错（一次列全，没有导入任何数据）或文件读不了、写不进。
"""
_EXPLAIN_CLOSING = """\
例：
  gouji explain 编制结果/ expenditure.basic                基本支出从哪来，直到凭证
  gouji explain 编制结果/ 本年支出合计 --function 2010301 --fund 一般公共预算财政拨款
  gouji explain 编制结果/ 支出决算表 --row 2010301 --column 基本支出
"""

_RENDER_CLOSING = """\
例：
  gouji render 编制结果/dossier.json --to docx -o 某局2023年度部门决算.docx
  gouji render 编制结果/ -o 公开稿.html                     按文件名的结尾认格式
  gouji render 编制结果/ --to docx --gaps                   缺的文字先空着，看看版面
  gouji render 编制结果/ -o 公开稿.docx --layout 版式.docx    用本单位改过的版式

退出状态：0 已写出，1 还缺文字（一次列全，没有写出），2 文件读不了、写不进。
"""

Add = Callable[..., argparse.ArgumentParser]


def add_book_commands(add: Add) -> None:
    """Add the commands with ``add_parser`` of the command line's subparsers."""
    _compile(add("compile", help="从账套（或财决工作簿）编制决算", usage="gouji compile [选项] 账套 -o 文件夹", epilog=_COMPILE_CLOSING))
    _explain(add("explain", help="编制结果里的一个数从哪来：报表、指标、凭证", usage="gouji explain [选项] 编制结果 数", epilog=_EXPLAIN_CLOSING))
    _render(add("render", help="从编制结果写出公开稿（Word、PDF、网页、工作簿、文本、开放数据）", usage="gouji render [选项] 编制结果", epilog=_RENDER_CLOSING))


def _render(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("compiled", metavar="编制结果", help="gouji compile 写出的文件夹，或其中的 dossier.json")
    parser.add_argument("--to", metavar="格式", help="docx、pdf、html、xlsx、txt、json、data 开放数据文件夹（默认看输出文件的结尾）")
    parser.add_argument("-o", "--output", metavar="文件", help="写到这个文件（默认写在编制结果旁边，名为 disclosure）")
    parser.add_argument("--layout", metavar="版式.docx", help="Word 稿用这个文件的样式、页面和页眉页脚（先用 gouji template disclosure 写出来改）")
    parser.add_argument("--gaps", action="store_true", help="缺文字也写出，缺的句子空着")


def _compile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="账套", help="账套工作簿（xlsx），放有 CSV、Parquet 文件的文件夹，或财决工作簿")
    parser.add_argument("--with", dest="with_books", metavar="账套", help="给财决工作簿配上账套：补上报表里没有的，逐数下到凭证，列出不一致")
    parser.add_argument("--columns", metavar="列对应.json", help="财决工作簿各列的含义（编制时写出，可改正后沿用；默认用输出文件夹里的 columns.json）")
    parser.add_argument("--name", metavar="名称", help="财决工作簿里没有写单位名称时给出")
    parser.add_argument("-o", "--output", metavar="文件夹", required=True, help="编制结果写到这个文件夹")
    parser.add_argument("--unit", metavar="代码", help="只编这一个单位")
    parser.add_argument("--department", metavar="代码", help="这个单位连同它的下属单位汇总（默认从部门本级汇总）")
    parser.add_argument("--jurisdiction", metavar="辖区", help="用哪里的标准，如 cn-sichuan（默认看账套里的地区和单位名称）")
    parser.add_argument("--year", type=_year, metavar="年度", help="账套的年度（默认看账套里的年度和支付日期）")
    parser.add_argument("--last-year", metavar="文件", help="上年公开的决算，或上年的编制结果")
    parser.add_argument("--to", metavar="格式", default="docx,pdf,html,xlsx,txt,data", help="同时写出哪些公开稿，用逗号隔开（默认全部：docx,pdf,html,xlsx,txt,data；none 不写）")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", metavar="编制结果", help="gouji compile 写出的文件夹")
    parser.add_argument("figure", metavar="数", help="概念的编号或名称（expenditure.basic、基本支出），或报表名")
    parser.add_argument("--function", metavar="科目", help="功能科目代码")
    parser.add_argument("--fund", metavar="资金", help="资金性质，如 一般公共预算财政拨款、财政拨款")
    parser.add_argument("--economic", metavar="科目", help="经济科目代码")
    parser.add_argument("--project", metavar="项目", help="项目代码")
    parser.add_argument("--measure", metavar="种类", help="amount、share、change、change_rate、completion、count …")
    parser.add_argument("--phase", metavar="阶段", help="budget_initial、budget_adjusted、executed（默认）")
    parser.add_argument("--period", metavar="期间", help="如 2022、2023-06（默认本年）")
    parser.add_argument("--row", metavar="行", help="报表的行：代码、名称或行次")
    parser.add_argument("--column", metavar="栏", help="报表的栏：栏名，或从 1 数起第几栏")
    parser.add_argument("--books", metavar="账套", help="账套换了地方时给出它的新位置")
    parser.add_argument("--depth", type=int, default=2, metavar="层", help="由别的数算出的，往下说明几层（默认 2）")
    parser.add_argument("--vouchers", type=int, default=20, metavar="行数", help="最多列出多少张凭证（默认 20）")


def _year(text: str) -> int:
    value = int(text)
    if not 2000 <= value <= 2100:
        raise ValueError(text)
    return value
