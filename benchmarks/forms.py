"""Scores and checks of self-evaluation forms, from records: ``uv run python benchmarks/forms.py [--forms 1000]``.

The forms are made here (nine indicators each, names and results all different, the texts of targets repeated as in real disclosures).
"""

from __future__ import annotations

import argparse
import time
from decimal import Decimal

from gouji.checks.forms.judged import judge_forms
from gouji.model.dossier import Dossier, Source
from gouji.model.records import Entry, Funding, Indicator, Project
from gouji.scoring import score_project
from gouji.standards import load

LEVELS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"))


def forms(count: int) -> list[Project]:
    """``count`` forms in the Sichuan layout, consistent but for what chance makes of them."""
    made = []
    for number in range(count):
        rows = tuple(
            Indicator(
                *LEVELS[n % len(LEVELS)], f"指标{n}-{number}", Entry("≥"), Entry("100"), Entry("件"), Entry(str(100 + (number + n) % 25)), Entry("10"), Entry("10")
            )
            for n in range(9)
        )
        spent = Decimal(number % 100)
        money = Funding("", Entry("100.00"), Entry("100.00"), Entry(f"{spent}.00"), Entry(f"{spent}.00%"), Entry("10"), Entry(f"{spent / 10}"))
        made.append(Project(code=Entry(f"P{number:06d}"), name=Entry(f"项目{number}"), funding=(money,), indicators=rows, total_weight=Entry("100"), total_score=Entry(str(90 + spent / 10))))
    return made


def main() -> None:
    """Prints how many forms a second are scored, and judged with their derivations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=1000)
    count = parser.parse_args().forms
    projects = forms(count)
    standards = load("cn-sichuan", 2023)
    dossier = Dossier(Source("forms", "", "txt"), "某局", 2023, "department", "cn-sichuan", projects=tuple(projects))
    score_project(projects[0])
    for title, run in (
        ("scored", lambda: [score_project(project) for project in projects]),
        ("judged", lambda: list(judge_forms(tuple(projects), dossier, standards))),
    ):
        run()
        begun = time.perf_counter()
        run()
        seconds = time.perf_counter() - begun
        print(f"{title}: {count} forms in {seconds:.2f} s, {count / seconds:.0f} a second")


if __name__ == "__main__":
    main()
