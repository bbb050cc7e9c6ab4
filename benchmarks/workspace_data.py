"""A bureau's year for ``benchmarks/workspace.py``: 300 units, 12,000 projects, 150,000 indicators, each row with its change in a valid trail.

Made by :func:`gouji.web.trail.recording.create_all`, the way an import of thousands goes in: the same walls, the same chain of digests.
"""

from __future__ import annotations

import os
import random
import sys
import time
from decimal import Decimal
from pathlib import Path

DEPARTMENTS, UNITS, PROJECTS, INDICATORS = 60, 5, 40, 12.5  # of the division, of a department, of a unit, of a project
PASSWORD = "压测口令-2023-甲"
_STATES = ("draft", "draft", "target_head", "target_department", "target_bureau", "approved", "approved", "approved", "evaluation", "evaluation", "evaluation_bureau", "closed")
_LEVELS = (
    ("产出指标", "数量指标", "整理归档档案", "≥", "12000", "卷"), ("产出指标", "质量指标", "数字化合格率", "≥", "98", "%"), ("产出指标", "时效指标", "按期完成率", "＝", "100", "%"),
    ("效益指标", "社会效益指标", "查档人次", "≥", "3500", "人次"), ("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "95", "%"), ("成本指标", "经济成本指标", "每卷成本", "≤", "8.5", "元"),
)  # fmt: skip


def fill() -> None:
    """Fills the empty database of ``GOUJI_DATA``."""
    from django.contrib.auth.hashers import make_password

    from gouji.web.people.models import Organisation, Person, Role
    from gouji.web.performance.models import Indicator, Monitoring, Project
    from gouji.web.trail.recording import create_all, recording

    chance, begun = random.Random(2023), time.monotonic()
    with recording(None, "压测数据"):
        division = Organisation(level="division", code="510900", name="林泉市财政局", jurisdiction="cn-sichuan")
        division.save()
        departments = [Organisation(parent=division, level="department", code=f"{300 + at}", name=f"林泉市第{at + 1}局", jurisdiction="cn-sichuan") for at in range(DEPARTMENTS)]
        create_all(departments)
        units = [
            Organisation(parent=each, level="unit", code=f"{each.code}{at:03}", name=f"{each.name}第{at + 1}单位", kind="public", jurisdiction="cn-sichuan")
            for each in departments for at in range(UNITS)
        ]  # fmt: skip
        create_all(units)
        password = make_password(PASSWORD)  # one hash for all: hashing takes longer than everything else here
        places = [(f"preparer{at}", Role.PREPARER, units[at * 8]) for at in range(34)] + [(f"head{at}", Role.HEAD, units[at * 8]) for at in range(5)]
        places += [(f"supervisor{at}", Role.SUPERVISOR, departments[at]) for at in range(4)] + [(f"reviewer{at}", Role.REVIEWER, division) for at in range(4)]
        places += [(f"approver{at}", Role.APPROVER, division) for at in range(2)]
        create_all([Person(username=name, name=name, role=role, organisation=place, password=password) for name, role, place in places])
        create_all([Person(username="admin0", name="管理员", role=Role.ADMINISTRATOR, password=password)])
    for number, unit in enumerate(units):
        with recording(None, "压测数据", moving=True):
            projects = [
                Project(
                    unit=unit, year=2023 + at % 2, code=f"5109{number:05}{at:03}", name=f"{chance.choice(('档案整理', '设备购置', '课题研究', '房屋修缮', '信息化运维'))}{number}-{at}",
                    kind=("recurring", "phased", "single")[at % 3], budget_initial=Decimal(chance.randrange(100, 90_000)) / 10, goal="完成全年任务，服务对象满意。" * 6,
                    state=_STATES[(at + number) % len(_STATES)], executed=Decimal(50) if at % 2 else None, result="基本完成。" * 10, conclusion="较好",
                )
                for at in range(PROJECTS)
            ]  # fmt: skip
            create_all(projects)
            create_all([
                Indicator(project=project, order=at, level1=level1, level2=level2, name=f"{name}{at}", operator=operator, target=target, unit=of, weight=Decimal(7), actual=target, score=Decimal(7))
                for count, project in enumerate(projects) for at in range(int(INDICATORS) + count % 2) for level1, level2, name, operator, target, of in [_LEVELS[at % len(_LEVELS)]]
            ])  # fmt: skip
            create_all([Monitoring(project=project, month=6, executed=Decimal(20), forecast=Decimal(90)) for project in projects if project.state in ("approved", "evaluation", "closed")])
        if number % 50 == 49:
            print(f"  {number + 1} units, {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    from gouji.web.serving import prepare

    prepare(Path(os.environ["GOUJI_DATA"]))
    sys.exit(fill())
