"""The proof over many seeds: what is in the result file is not run again, and runs add up."""

from __future__ import annotations

import json
from pathlib import Path

from gouji.cli.proof.running import run


def test_a_run_goes_on_where_the_last_one_stopped(tmp_path: Path) -> None:
    results = tmp_path / "results.jsonl"
    told: list[int] = []
    first = run(1, 0, first=0, results=results, progress=lambda _, number, __: told.append(number))
    assert (first.clean, first.wrong, told) == (1, 0, [1])
    earlier = {"seed": 7, "format": "pdf", "wrong": ["读回不同"]}
    results.write_text(results.read_text(encoding="utf-8") + json.dumps(earlier) + '\n{"seed": 8, "for', encoding="utf-8")  # cut off
    again = run(1, 0, first=0, results=results, progress=lambda _, number, __: told.append(number))
    assert told == [1]
    assert again.formats == {"txt": [1, 0], "pdf": [1, 1]}
    assert again.trouble == ["7 pdf：读回不同"]
