"""What every test of the command line may ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.samples import SLIP, Ran, runner


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    return runner(capfd)


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    """A text file with one wrong share."""
    path = tmp_path / "支出.txt"
    path.write_text(SLIP, encoding="utf-8")
    return path
