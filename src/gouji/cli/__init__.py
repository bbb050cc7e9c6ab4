"""The command line (命令行): ``gouji check``, ``compile``, ``explain``, ``render``, ``demo``, ``read``, ``rules``, ``schemes``, ``template``, ``score``, ``monitor``, ``selftest``.

Nothing is imported here but what tells the command: reading a text needs neither lxml nor rich, and a run needs one report only.

Exit status: 2 where a file could not be read or written (or the command itself is wrong), else 1 where a finding is an error, else 0;
130 after Ctrl-C, 141 where the reader of our output has gone (``gouji rules | head -1``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from argparse import Namespace

INTERRUPTED = 130
READER_GONE = 141


def command() -> NoReturn:
    """What ``gouji`` and ``python -m gouji.cli`` start: :func:`main` and the end of the process.

    Python takes every object of a process apart before it ends: after a long document that is a twentieth of the run, for nothing,
    since ``check`` and ``read`` leave nothing behind but what they have printed and written, and the patterns that they compiled, for the next run.
    """
    if sys.argv[1:2] not in (["check"], ["read"]):
        sys.exit(main())
    from gouji.cli.patterns import kept_patterns

    kept = kept_patterns()
    status = main()
    if kept is not None:
        kept.keep()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # a stream that is closed, or none
            stream.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. Never raises, never prints a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot show a character (GBK) gets ? in its place
            stream.reconfigure(errors="replace")
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("\n已中断，没有完成。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_gone()
    except OSError as error:
        from gouji.cli.faults import is_closed_pipe, trouble_sentence

        if is_closed_pipe(error):
            return _reader_gone()
        print(trouble_sentence(error), file=sys.stderr)
        return 2
    except Exception as error:
        from gouji.cli.faults import fault_sentence

        print(fault_sentence("", error), file=sys.stderr)
        return 2


def _run(arguments: list[str]) -> int:
    from gouji.cli.arguments import parse

    chosen = parse(arguments)
    if isinstance(chosen, int):
        return chosen
    if chosen.command == "check":
        from gouji.cli.check import run_check

        return run_check(chosen)
    if chosen.command == "read":
        from gouji.cli.read import run_read

        return run_read(chosen)
    if chosen.command == "rules":
        from gouji.cli.rules import run_rules

        return run_rules(chosen)
    if chosen.command == "selftest":
        from gouji.cli.selftest import run_selftest

        return run_selftest(chosen)
    if chosen.command == "render":
        from gouji.cli.render import run_render

        return run_render(chosen)
    if chosen.command in ("compile", "explain"):
        from gouji.cli.compile import run_compile, run_explain

        return run_compile(chosen) if chosen.command == "compile" else run_explain(chosen)
    if chosen.command in ("schemes", "template", "score", "monitor"):
        return _run_forms(chosen)
    if chosen.command in ("serve", "backup", "restore"):
        from gouji.cli.serve import run_serve

        return run_serve(chosen)
    from gouji.cli.demo import run_demo

    return run_demo(chosen)


def _run_forms(chosen: Namespace) -> int:
    """The commands of self-evaluation and monitoring."""
    if chosen.command == "schemes":
        from gouji.cli.schemes import run_schemes

        return run_schemes(chosen)
    if chosen.command == "template":
        from gouji.cli.template import run_template

        return run_template(chosen)
    if chosen.command == "score":
        from gouji.cli.score import run_score

        return run_score(chosen)
    from gouji.cli.monitor import run_monitor

    return run_monitor(chosen)


def _reader_gone() -> int:
    """What is still buffered must not be written at exit, or Python complains about the closed pipe there."""
    with suppress(OSError, ValueError, AttributeError):  # a stream that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return READER_GONE
