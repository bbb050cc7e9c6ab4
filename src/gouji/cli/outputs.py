"""Where reports go (输出): the screen, a file, a pipe. A file of the user's is never overwritten by mistake, and never left half written."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any

from gouji.model.record import record
from gouji.rendering.checked import CheckedDocument, Failure
from gouji.rendering.plain_console import PlainConsole

if TYPE_CHECKING:
    from rich.console import Console

    from gouji.checks.folder import Folder
    from gouji.cli.since import Since

#: Width of a terminal report that is written to a file.
_FILE_WIDTH = 100


@record
class Outcome:
    """What a run of ``gouji check`` has to say."""

    checked: Sequence[CheckedDocument]
    failures: Sequence[Failure] = ()
    folders: Sequence[Folder] = ()
    since: Since | None = None


def report_bytes(outcome: Outcome, format: str) -> bytes:
    """The report as json, html or xlsx."""
    if format == "html":
        from gouji.rendering.page import page

        return page(outcome.checked, outcome.failures).encode()
    if format == "xlsx":
        from gouji.rendering.workbook import workbook

        return workbook(outcome.checked, outcome.failures)
    from gouji.rendering.data import check_json

    return check_json(outcome.checked, outcome.failures, more=added_keys(outcome)).encode()


def added_keys(outcome: Outcome) -> dict[str, Any]:
    """What this run adds to the result's keys; within ``/1`` keys may be added."""
    keys: dict[str, Any] = {}
    if outcome.folders:
        from gouji.cli.folders import folder_data

        keys["folders"] = folder_data(outcome.folders, outcome.checked)
    if outcome.since is not None:
        from gouji.cli.since import since_data

        keys["since"] = since_data(outcome.since)
    return keys


def print_outcome(outcome: Outcome, *, all_notes: bool = False, to: IO[str] | None = None) -> None:
    """The report on the terminal, or as text into ``to``."""
    from gouji.rendering.terminal import print_check

    console = _console(to)
    print_check(console, outcome.checked, outcome.failures, all_notes=all_notes)
    lines: list[str] = []
    if outcome.folders:
        from gouji.cli.folders import folder_lines

        lines += folder_lines(outcome.folders, outcome.checked)
    if outcome.since is not None:
        from gouji.cli.since import since_lines

        lines += since_lines(outcome.since)
    if lines:
        print_lines(console, ["", *lines])


#: What tells ``rich`` of a terminal, or of something else, where the stream itself does not.
_TOLD = ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")


def _console(to: IO[str] | None) -> Console | PlainConsole:
    """The terminal, or, where the report goes into a pipe or a file, what needs no colours."""
    if to is not None:
        return PlainConsole(to, _FILE_WIDTH)
    told = sys.platform == "win32" or any(name in os.environ for name in _TOLD) or hasattr(builtins, "get_ipython")
    if not told and sys.stdout is not None and not sys.stdout.isatty():
        return PlainConsole(sys.stdout)
    from rich.console import Console

    return Console()


def print_lines(console: Console | PlainConsole, lines: Iterable[str]) -> None:
    """Plain lines, wrapped for the console, indented ones hanging; what they quote can neither colour nor steer it."""
    from gouji.rendering.excerpt import wrapped
    from gouji.rendering.wording import plain

    width = max(30, min(console.width - 1, 120))
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip(" ")))
        hanging = indent + "  " if indent else ""
        for i, part in enumerate(wrapped(plain(line.strip()), width - len(hanging)) or [""]):
            print((hanging if i else indent) + part, file=console.file)


def emit(content: bytes, output: str | None) -> None:
    """To a file, or to standard output: as text where that is a screen, else byte for byte (UTF-8)."""
    if output:
        write_whole(output, content)
        print(f"已写入 {output}", file=sys.stderr)
    elif sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(content.decode("utf-8", "replace"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)


def write_whole(path: str, content: bytes) -> None:
    """Writes a file whole or not at all. Raises OSError with the path the user gave."""
    try:
        if os.path.isdir(path):
            raise IsADirectoryError(21, "Is a directory", path)
        if os.path.exists(path) and not os.path.isfile(path):  # a device or a pipe
            with open(path, "wb") as stream:
                stream.write(content)
            return
        if os.path.exists(path) and not os.access(path, os.W_OK):
            raise PermissionError(13, "Permission denied", path)
        _replaced(os.path.realpath(path), content)
    except OSError as error:
        error.filename, error.filename2 = path, None
        raise


def _replaced(path: str, content: bytes) -> None:
    import tempfile  # for a report on the screen nothing of it

    handle, temporary = tempfile.mkstemp(prefix=".gouji-", dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        if os.name == "posix":  # mkstemp makes files that only their owner can read
            os.chmod(temporary, os.stat(path).st_mode & 0o777 if os.path.exists(path) else 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def overwritten(outputs: Iterable[str | None], inputs: Iterable[str]) -> str | None:
    """The first output that is one of the inputs, under whatever name."""
    given = [path for path in inputs if os.path.exists(path)]
    for output in outputs:
        if output and os.path.exists(output) and any(os.path.samefile(output, path) for path in given):
            return output
    return None
