"""Scores and checks of self-evaluation forms from records, and forms read out of texts: ``uv run python benchmarks/forms.py [--forms 1000] [FILE …]``.

The forms are made here (nine indicators each, names and results all different, the texts of targets repeated as in real disclosures). For each text file
named, all its forms are read ten times; the fastest run is told. On a machine that others use as well the processor's time is the one to look at.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from gouji.checks.forms.judged import judge_forms
from gouji.documents import read_document
from gouji.extraction.forms import read_forms
from gouji.extraction.identity import first_look
from gouji.extraction.outline import build_outline
from gouji.model.dossier import Dossier, Source
from gouji.model.records import Entry, Funding, Indicator, Project
from gouji.scoring import score_project
from gouji.standards import jurisdiction_of, load

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


def measured(run: Callable[[], object], times: int = 1) -> tuple[float, float]:
    """Seconds by the clock and of the processor, of the fastest of so many runs."""
    found = []
    for _ in range(times):
        begun, spent = time.perf_counter(), time.process_time()
        run()
        found.append((time.perf_counter() - begun, time.process_time() - spent))
    return min(found, key=lambda pair: pair[1])


def read(path: Path) -> None:
    """Prints how long all forms of a document take to be read, beyond its outline."""
    document = read_document(path)
    _, year, jurisdiction = first_look(document)
    outline, _ = build_outline(document, load(jurisdiction or "cn", year), jurisdiction_of)
    count = len(read_forms(document, outline, year, 0).projects)
    clock, processor = measured(lambda: read_forms(document, outline, year, 0), 10)
    print(f"read: {count} forms of {len(document.text)} characters in {clock * 1000:.0f} ms, {processor * 1000:.0f} ms of the processor")


def main() -> None:
    """Prints how many forms a second are scored, and judged with their derivations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=1000)
    parser.add_argument("files", nargs="*", type=Path)
    chosen = parser.parse_args()
    count = chosen.forms
    projects = forms(count)
    standards = load("cn-sichuan", 2023)
    dossier = Dossier(Source("forms", "", "txt"), "某局", 2023, "department", "cn-sichuan", projects=tuple(projects))
    score_project(projects[0])
    for title, run in (
        ("scored", lambda: [score_project(project) for project in projects]),
        ("judged", lambda: list(judge_forms(tuple(projects), dossier, standards))),
    ):
        run()
        clock, processor = measured(run)
        print(f"{title}: {count} forms in {clock:.2f} s ({count / clock:.0f} a second), {processor:.2f} s of the processor ({count / processor:.0f} a second)")
    for path in chosen.files:
        read(path)


if __name__ == "__main__":
    main()
