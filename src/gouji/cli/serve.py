"""``gouji serve``, ``gouji backup``, ``gouji restore``: the workspace, where its packages are installed."""

from __future__ import annotations

import importlib.util
import sys
from argparse import Namespace
from pathlib import Path

_MISSING = "工作台需要另外安装几个软件包，请运行：pip install 'gouji[web]'（或 uv sync --extra web），再试一次。"


def run_serve(chosen: Namespace) -> int:
    """Runs ``serve``, ``backup`` or ``restore`` and returns the exit status."""
    if importlib.util.find_spec("django") is None or importlib.util.find_spec("waitress") is None:
        print(_MISSING, file=sys.stderr)
        return 2
    data = Path(chosen.data or ("gouji-demo-data" if getattr(chosen, "demo", False) else Path.home() / ".gouji")).expanduser().resolve()
    if chosen.command == "serve":
        from gouji.web.serving import serve

        return serve(chosen.host, chosen.port, data, chosen.demo)
    from gouji.web.keeping import backup, restore

    return backup(data, Path(chosen.output)) if chosen.command == "backup" else restore(Path(chosen.file), data)
