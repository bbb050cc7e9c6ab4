"""How much the properties of this folder look at, and their shares in the terminal's summary.

``GOUJI_SLOW=1`` runs them over many more documents.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

SLOW = bool(os.environ.get("GOUJI_SLOW"))
_SHARES: list[str] = []

settings.register_profile(
    "gouji", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not SLOW, report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)  # fmt: skip


@pytest.fixture(autouse=True)
def _profile() -> None:
    settings.load_profile("gouji")


@pytest.fixture
def shares() -> list[str]:
    """Lines for the summary."""
    return _SHARES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _SHARES:
        terminalreporter.section("shares")
        for line in _SHARES:
            terminalreporter.write_line(line)
