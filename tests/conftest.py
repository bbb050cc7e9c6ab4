"""The shares that tests measure (properties, verdicts on findings), in the terminal's summary."""

from __future__ import annotations

import gc

import pytest

# Tests keep many dossiers; looking through them all after every few hundred new objects takes a good part of the suite's time.
gc.set_threshold(100_000, 20, 20)

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
