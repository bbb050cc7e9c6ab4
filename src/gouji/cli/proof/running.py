"""The proof run over many seeds (运行): on all cores, and to be gone on with: what became of a seed is a line of the result file, and a seed that is there is not run again.

A seed does not depend on the others, so that runs of several days, machines and ranges of seeds add up to one table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path

from gouji.cli.proof.measuring import Measured, Record, changed, clean

#: Seeds of changed disclosures are not those of clean ones.
FIRST_CHANGED = 1_000_000
_AHEAD = 3  # seeds a process that wait for it
_SEEDS = 100  # of one process: setting PDFs keeps memory
Progress = Callable[[str, int, int], None]


def run(dossiers: int, changes: int, *, first: int = 0, jobs: int = 1, results: Path | None = None, progress: Progress = lambda *_: None) -> Measured:
    """``dossiers`` clean seeds from ``first`` and then ``changes`` changes; the table counts all that the result file holds."""
    measured, known = Measured(), set[int]()
    for record in _held(results):
        measured.add(record)
        known.add(record["seed"])
    cut = [True] if results is not None and results.exists() and not results.read_bytes().endswith(b"\n") else []  # the last line was cut off
    stream = results.open("a", encoding="utf-8") if results else None

    def note(record: Record) -> None:
        measured.add(record)
        if stream:
            stream.write("\n" * bool(cut) + json.dumps(record, ensure_ascii=False) + "\n")
            cut.clear()
            stream.flush()

    try:
        wanted = [seed for seed in range(first, first + dossiers) if seed not in known]
        for number, record in enumerate(_each(clean, wanted, jobs), 1):
            note(record)
            progress(f"编制、写出、读回（有问题 {measured.wrong}）", number, len(wanted))
        made = _made(measured)
        if made < changes:
            seeds = (seed for seed in count(FIRST_CHANGED + first) if seed not in known)
            for record in _each(changed, seeds, jobs):
                note(record)
                made = _made(measured)
                progress("改动", made, changes)
                if made >= changes:
                    break
    finally:
        if stream:
            stream.close()
    measured.trouble.sort()
    return measured


def _made(measured: Measured) -> int:
    return sum(each.tried for each in measured.kinds.values())


def _held(results: Path | None) -> Iterator[Record]:
    """The lines of a result file; the last may have been cut off."""
    if results is None or not results.exists():
        return
    for line in results.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _each(job: Callable[[int], Record], seeds: Iterable[int], jobs: int) -> Iterator[Record]:
    """The records of the seeds as they come, by so many processes (one, too, is begun anew now and then, for what it keeps)."""
    jobs = max(1, jobs)
    left = iter(seeds)
    with ProcessPoolExecutor(jobs, get_context("spawn"), max_tasks_per_child=_SEEDS) as pool:
        waiting = {pool.submit(job, seed) for seed in islice(left, jobs * _AHEAD)}
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for each in done:
                    yield each.result()
                waiting |= {pool.submit(job, seed) for seed in islice(left, len(done))}
        finally:
            pool.shutdown(cancel_futures=True)
