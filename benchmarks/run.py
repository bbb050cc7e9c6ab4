"""``uv run python benchmarks/run.py [--quick] [NAME …]``: one table of what Gouji takes, against its aims, on this machine.

Names: text, word, cold, memory, tenfold. Real documents are looked for beside the checkout (``../shared/real``) or where ``GOUJI_REAL``
says; a synthetic document of the same size always runs, so that the table stands without them. No threshold fails: read the table.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from disclosure import parts, text_of, word_of
from lxml import etree
from timing import machine, median_ms, peak_mb, process_ms, ratio

import gouji
from gouji.documents import read_document

LINES = 22_000
PAGE = 700  # characters of a printed page
REAL = Path(os.environ.get("GOUJI_REAL") or Path(__file__).resolve().parents[2] / "shared" / "real")


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    measured: str
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Documents as bytes: the largest real text (None where absent), a synthetic one of its size, a Word file of 50 pages."""

    real: bytes | None
    text: bytes
    word: bytes
    runs: int


def inputs(quick: bool) -> Inputs:
    texts = sorted(REAL.glob("*.txt"), key=lambda path: path.stat().st_size) if REAL.is_dir() else []
    text = text_of(parts(LINES)).encode()
    return Inputs(texts[-1].read_bytes() if texts else None, text, word_of(parts(50 * PAGE, "characters")), 3 if quick else 9)


def read_and_check(data: bytes) -> None:
    gouji.check(gouji.read(data))


def texts(given: Inputs) -> Iterator[tuple[str, bytes]]:
    if given.real is not None:
        yield "largest real text", given.real
    yield "synthetic text", given.text


def text(given: Inputs) -> Iterator[Row]:
    """Warm reading and checking of a long text, and where the time goes."""
    for name, data in texts(given):
        document, dossier = read_document(data), gouji.read(data)
        lines = document.text.count("\n")
        whole = median_ms(lambda data=data: read_and_check(data), given.runs)  # type: ignore[misc]
        yield Row(f"{name} ({lines:,} lines, {len(document.text):,} characters): read + check, warm", f"{whole:.0f} ms", "150 ms")
        opened = median_ms(lambda data=data: read_document(data), given.runs)  # type: ignore[misc]
        read = median_ms(lambda data=data: gouji.read(data), given.runs)  # type: ignore[misc]
        checked = median_ms(lambda dossier=dossier: gouji.check(dossier), given.runs)  # type: ignore[misc]
        yield Row("— document / extraction / checks", f"{opened:.0f} / {read - opened:.0f} / {checked:.0f} ms")


def word(given: Inputs) -> Iterator[Row]:
    """A Word file of 50 pages against unzipping and parsing its XML alone."""

    def parse() -> None:
        with zipfile.ZipFile(io.BytesIO(given.word)) as package:
            for name in package.namelist():
                etree.fromstring(package.read(name))

    slow, fast, times = ratio(lambda: read_document(given.word), parse, given.runs)
    yield Row(f"docx of 50 pages: document ({slow:.0f} ms) ÷ unzip and parse its XML ({fast:.0f} ms)", f"{times:.2f} ×", "≤ 4 ×")
    slow, _, times = ratio(lambda: gouji.read(given.word), parse, given.runs)
    yield Row(f"docx of 50 pages: dossier ({slow:.0f} ms) ÷ the same", f"{times:.2f} ×")
    yield Row("docx of 50 pages: read + check, warm", f"{median_ms(lambda: read_and_check(given.word), given.runs):.0f} ms")


def _files(given: Inputs, folder: str) -> Iterator[tuple[str, str]]:
    for name, data in (*texts(given), ("docx of 50 pages", given.word)):
        path = Path(folder, f"{name}.{'docx' if data is given.word else 'txt'}")
        path.write_bytes(data)
        yield name, str(path)


def cold(given: Inputs) -> Iterator[Row]:
    """The command as a user starts it."""
    yield Row("(a bare Python process)", f"{process_ms([sys.executable, '-c', 'pass'], given.runs):.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _files(given, folder):
            taken = process_ms([sys.executable, "-m", "gouji.cli", "check", path], given.runs)
            yield Row(f"cold `gouji check`, {name}", f"{taken:.0f} ms", "600 ms")


def memory(given: Inputs) -> Iterator[Row]:
    """Peak memory of the process."""
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _files(given, folder):
            peak = peak_mb([sys.executable, "-m", "gouji.cli", "check", path])
            yield Row(f"peak memory of `gouji check`, {name}", f"{peak:.0f} MB" if peak else "—", "about 150 MB")


def tenfold(given: Inputs) -> Iterator[Row]:
    """A document ten times over against the document once."""
    runs = max(3, given.runs // 3)
    once = parts(50 * PAGE, "characters")
    for name, data in texts(given):
        slow, fast, times = ratio(lambda data=data: read_and_check(data * 10), lambda data=data: read_and_check(data), runs)  # type: ignore[misc]
        yield Row(f"{name}, ten times over ({slow:.0f} ms) ÷ once ({fast:.0f} ms)", f"{times:.1f} ×", "≤ 11 ×")
    ten = word_of(once * 10)
    slow, fast, times = ratio(lambda: read_and_check(ten), lambda: read_and_check(given.word), runs)
    yield Row(f"docx of 50 pages, ten times over ({slow:.0f} ms) ÷ once ({fast:.0f} ms)", f"{times:.1f} ×", "≤ 11 ×")


BENCHMARKS: dict[str, Callable[[Inputs], Iterator[Row]]] = {
    "text": text, "word": word, "cold": cold, "memory": memory, "tenfold": tenfold,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="three runs of each")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(BENCHMARKS):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}")
    given = inputs(chosen.quick)
    print(f"{machine()}; medians of {given.runs} runs.\n")
    print("| what | measured | aim |\n| --- | ---: | ---: |")
    for name in chosen.names or BENCHMARKS:
        for row in BENCHMARKS[name](given):
            print(f"| {row.what} | {row.measured} | {row.aim} |", flush=True)


if __name__ == "__main__":
    main()
