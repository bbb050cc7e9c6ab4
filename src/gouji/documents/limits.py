"""How much of a file Gouji is willing to read: guards against bombs and mistakes, all of them settings."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes. ``ratio`` is the largest allowed unzipped ÷ zipped size of one part of a zip once that part is over ``ratio_from``:
    Word's XML of a table-heavy disclosure compresses 20 to 60 times, a zip bomb 1,000 times. ``parts`` counts the members of a zip, ``cells``
    the filled cells of a workbook, ``line`` the characters of one line: the longest account seen has 160,000 altogether."""

    file_bytes: int = 64 * _MB
    unzipped_bytes: int = 500 * _MB
    pages: int = 2_000
    parts: int = 20_000
    ratio: int = 400
    ratio_from: int = 8 * _MB
    cells: int = 1_000_000
    line: int = 500_000

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) <= 0:
                raise ValueError(f"limit {name} must be positive")


def size(count: int) -> str:
    """A byte count as people read it.

    >>> size(64 * 1024 * 1024)
    '64 MB'
    """
    if count >= _MB:
        return f"{count / _MB:.0f} MB"
    return f"{count / 1024:.0f} KB" if count >= 1024 else f"{count} 字节"
