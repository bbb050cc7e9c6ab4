"""What is said when something goes wrong that nobody foresaw (程序缺陷), or when the system refuses (写不进).

A user gets one sentence with the exception's class and place, so that a report of it can be acted on; never a traceback.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_REASONS = {
    errno.ENOENT: "所在的文件夹不存在",
    errno.EACCES: "没有写入的权限，或文件正被另一个程序（如 Word、Excel）打开",
    errno.EPERM: "没有写入的权限，或文件正被另一个程序（如 Word、Excel）打开",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径的中间一段是文件，不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "这个位置是只读的",
    errno.ENAMETOOLONG: "路径太长",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "磁盘已满",
}


def fault_sentence(path: str, error: Exception) -> str:
    """One line for an exception that is a fault of the program: what happened, where, that it is ours, what to do."""
    subject = f"{path}：" if path else ""
    cause = "内存不够" if isinstance(error, MemoryError) else "程序出错"
    return (
        f"{subject}处理时{cause}（{type(error).__name__}，{_place(error)}）。这是勾稽的缺陷，不是文件的问题；"
        "请把这一行连同文件（能公开的话）报告给勾稽项目。"
    )


def _place(error: Exception) -> str:
    """The last line of our own code that the exception passed: ``checks/check.py 第36行``."""
    import traceback

    place = "位置不明"
    for frame in traceback.extract_tb(error.__traceback__):
        try:
            within = Path(frame.filename).resolve().relative_to(_PACKAGE)
        except (ValueError, OSError):
            continue
        place = f"{within.as_posix()} 第{frame.lineno}行"
    return place


def trouble_sentence(error: OSError, path: str = "") -> str:
    """A sentence for a file that cannot be written (or a device that fails)."""
    named = path or (os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else "输出")
    reason = _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
    return f"{named}：写不进去，{reason}。请换一个位置或文件名后再试。"


def is_closed_pipe(error: OSError) -> bool:
    """Whether nobody reads our output any more. Windows says EINVAL where others say EPIPE."""
    return error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL and not error.filename)
