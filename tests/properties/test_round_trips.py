"""Generated departments all the way: books, disclosure, file, and back: the same content, and no error and no warning. GOUJI_SLOW=1 tries many more; `.ci/run` has 300 of them beside."""

from __future__ import annotations

import pytest

from gouji.cli.proof.round_trip import generated, round_trip
from properties.amount import SEED, SLOW

#: format → how many departments are written and read in it
COUNTS = {"txt": 30, "docx": 11, "html": 9, "xlsx": 6, "pdf": 4}


@pytest.mark.parametrize("to", COUNTS)
def test_generated_departments_are_read_back_the_same_and_found_right(to: str, shares: list[str]) -> None:
    count = COUNTS[to] * (25 if SLOW else 1)
    start = 100_000 * SEED + {"txt": 0, "docx": 200, "html": 300, "xlsx": 620, "pdf": 640}[to]
    trouble = [f"{seed}: {line[:200]}" for seed in range(start, start + count) for line in round_trip(generated(seed), to)[:3]]
    shares.append(f"round trip through {to}: {count} generated departments, {len({each.split(':')[0] for each in trouble})} not read the same or with findings")
    assert not trouble, "\n".join(trouble[:20])


@pytest.mark.parametrize("units", [1, 40])
def test_one_unit_and_a_department_of_forty(units: int) -> None:
    for to in ("txt", "docx"):
        assert not round_trip(generated(8 + units, units=units), to)
