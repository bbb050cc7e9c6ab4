"""The commands of the workspace: ``serve``, ``backup``, ``restore`` with their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable

COMMANDS = ("backup", "restore", "serve")

_SERVE_CLOSING = """\
例：
  gouji serve --demo                        打开虚构部门的一年，每种角色一个账号
  gouji serve --data D:\\gouji               数据放在自己的文件夹
  gouji serve --host 0.0.0.0 --port 8080    让同一网络里的人访问（正式部署见 docs/deployment.md）
"""

Add = Callable[..., argparse.ArgumentParser]


def add_serve_commands(add: Add) -> None:
    """Adds the commands to the parser's own ``add_parser``."""
    serve = add("serve", help="启动工作台（浏览器里多人办理一年的绩效与决算）", usage="gouji serve [选项]", epilog=_SERVE_CLOSING)
    serve.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听的地址（默认 127.0.0.1，只有本机能访问）")
    serve.add_argument("--port", type=int, default=8900, metavar="端口", help="端口（默认 8900）")
    serve.add_argument("--data", metavar="文件夹", help="数据文件夹（默认 ~/.gouji；--demo 时默认 gouji-demo-data）")
    serve.add_argument("--demo", action="store_true", help="装入虚构的部门和账号，供试用")
    backup = add("backup", help="备份工作台的全部数据", usage="gouji backup --data 文件夹 -o 备份.zip")
    backup.add_argument("--data", metavar="文件夹", help="数据文件夹（默认 ~/.gouji）")
    backup.add_argument("-o", "--output", required=True, metavar="备份.zip", help="备份写到这个文件")
    restore = add("restore", help="从备份恢复到一个空的数据文件夹", usage="gouji restore 备份.zip --data 文件夹")
    restore.add_argument("file", metavar="备份.zip", help="gouji backup 写出的文件")
    restore.add_argument("--data", required=True, metavar="文件夹", help="恢复到这个文件夹，须是空的或还没有")
