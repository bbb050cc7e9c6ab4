"""The counts of all judged documents, real and fictitious: what is read, found, listed, judged, false.

``uv run python tests/real/counts.py`` prints the table; ``--unjudged`` prints the rows that nobody has judged yet, to be completed.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from real.audited import DOCUMENTS, NAMES, REAL, VERDICTS, audited, listed, misread, place_of, reported, unanswered
from unseen.slipped import SLIPS, SOURCES, found
from unseen.slipped import VERDICTS as SLIP_VERDICTS
from unseen.slipped import misread as misread_of_source
from unseen.slipped import reported as on_slips
from verdicts import skeleton, told

_HEAD = ("document", "figures", "misread", "errors", "warnings", "listed", "true", "true-but", "false", "unjudged", "missed")
_ROW = "{:44}" + "{:>10}" * (len(_HEAD) - 1)


def real() -> None:
    print("Real documents. listed: also on the auditor's list; missed: certain errors of the auditor's list that nothing answers")
    print(_ROW.format(*_HEAD))
    total: Counter[str] = Counter()
    for name in DOCUMENTS:
        findings = reported(name)
        counts = VERDICTS.counted((name, f) for f in findings)
        row = Counter(
            errors=sum(f.severity == "error" for f in findings),
            warnings=sum(f.severity == "warning" for f in findings),
            unjudged=counts[""],
            **{v: counts[v] for v in ("true", "true-but", "false")},
        )
        if name in NAMES:
            row.update(
                figures=len(audited(name).facts),
                misread=len(misread(name)),
                listed=sum(listed(name, f) for f in findings),
                missed=sum(len(unanswered(name, forms=forms)) for forms in (False, True)),
            )
        total.update(row)
        print(_ROW.format(name, *(row[column] for column in _HEAD[1:])))
    print(_ROW.format("together", *(total[column] for column in _HEAD[1:])))
    print(told(VERDICTS.counted((name, f) for name in DOCUMENTS for f in reported(name))))


def fictitious() -> None:
    figures = sum(misread_of_source(name)[1] for name in SOURCES)
    wrong = sum(misread_of_source(name)[0] for name in SOURCES)
    print(f"\nFictitious documents of tests/unseen: {len(SOURCES)} documents, {figures} annotated figures, misread {wrong}")
    naming = sum(any(names for _, names in found(case)) for case in SLIPS)
    print(f"{len(SLIPS)} planted slips, {naming} found with the figure named; with those of the demo: {told(SLIP_VERDICTS.counted(on_slips()))}")


def unjudged() -> None:
    for name in DOCUMENTS:
        for finding in reported(name):
            if VERDICTS.of(name, finding) is None:
                print(skeleton(name, finding, place_of(name, finding)), finding.zh, sep="\n    ")
    for name, finding in on_slips():
        if SLIP_VERDICTS.of(name, finding) is None:
            print(skeleton(name, finding, finding.places[0].line if finding.places else 0), finding.zh, sep="\n    ")


if __name__ == "__main__":
    if not REAL.is_dir():
        sys.exit("the real documents are not beside this checkout (set GOUJI_REAL)")
    if "--unjudged" in sys.argv:
        unjudged()
    else:
        real()
        fictitious()
