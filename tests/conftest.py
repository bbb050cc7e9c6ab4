"""The shares that tests measure (properties, verdicts on findings), in the terminal's summary."""

from __future__ import annotations

import pytest

_SHARES: list[str] = []


@pytest.fixture(scope="session")
def shares() -> list[str]:
    """Lines for the summary."""
    return _SHARES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _SHARES:
        terminalreporter.section("shares")
        for line in _SHARES:
            terminalreporter.write_line(line)
