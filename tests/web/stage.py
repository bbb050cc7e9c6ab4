"""What a killed machine's database holds before: people, and projects that wait for the bureau's approval (``python -m web.stage``)."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

COUNT = 40


def fill() -> None:
    from gouji.web.performance.models import Project
    from gouji.web.trail.recording import recording
    from web.tree import grow

    grown = grow()
    with recording(None, "测试", moving=True):
        for at in range(COUNT):
            Project(unit=grown.unit, year=2023, name=f"项目{at}", budget_initial=Decimal(10), goal="目标", state="target_bureau").save()


if __name__ == "__main__":
    from gouji.web.serving import prepare

    prepare(Path(os.environ["GOUJI_DATA"]))
    fill()
