"""The sample of the README, taken from what the demo prints: ``uv run python tests/shape/sample.py`` copies it again."""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
from pathlib import Path

from gouji.cli import main

README = Path(__file__).resolve().parents[2] / "README.md"
BLOCK = re.compile(r"(?<=```text\n).*?(?=```)", re.DOTALL)
WIDTH = "88"
MOST_LINES = 20


def sample() -> str:
    """The first error that is short enough to be read here, and the verdict with coverage and duties."""
    former = os.environ.get("COLUMNS")
    printed = io.StringIO()
    os.environ["COLUMNS"] = WIDTH
    try:
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(printed):
            status = main(["demo", "-o", str(Path(folder) / "demo.html")])
    finally:
        os.environ.pop("COLUMNS")
        if former is not None:
            os.environ["COLUMNS"] = former
    assert status == 0, printed.getvalue()
    paragraphs = [part.split("\n") for part in re.sub(r"[ \t]+$", "", printed.getvalue(), flags=re.MULTILINE).split("\n\n")]
    finding = next(lines for lines in paragraphs if lines[0].lstrip().startswith("错误") and len(lines) <= MOST_LINES)
    verdict = next(lines for lines in paragraphs if lines[0].startswith("数字"))
    return "\n".join([*finding, "…", *verdict, ""])


if __name__ == "__main__":
    README.write_text(BLOCK.sub(lambda _: sample(), README.read_text(encoding="utf-8"), count=1), encoding="utf-8", newline="\n")
