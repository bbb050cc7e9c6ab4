"""How the benchmarks time things: medians in one process, whole child processes with their peak memory, facts of the machine."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def median_ms(work: Callable[[], object], runs: int) -> float:
    """The median time of a call in milliseconds, after one call that is not counted."""
    work()
    taken = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def ratio(slow: Callable[[], object], fast: Callable[[], object], runs: int) -> tuple[float, float, float]:
    """Medians of two calls in milliseconds, taken turn by turn, and the median of their ratios: what a drifting machine leaves true."""
    slow(), fast()
    pairs = [(_once(slow), _once(fast)) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), statistics.median(a / b for a, b in pairs)


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def as_installed() -> dict[str, str]:
    """The environment of a user, to whom Python's compiled modules are kept from run to run."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def process_ms(arguments: list[str], runs: int) -> float:
    """The median wall time of a child process in milliseconds, after one that is not counted."""
    taken: list[float] = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        status = subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=as_installed()).returncode
        taken.append((time.perf_counter() - start) * 1000)
        if status not in (0, 1):
            raise RuntimeError(f"exit status {status}: {' '.join(arguments)}")
    return statistics.median(taken[1:])


#: Between us and the process stands a small one: a child's peak counts what its parent held when it was forked.
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_mb(arguments: list[str]) -> float | None:
    """The peak memory of a child process in MB, None where the system does not tell."""
    answer = subprocess.run([sys.executable, "-c", _PEAK, *arguments], capture_output=True, text=True, check=False, env=as_installed()).stdout.strip()
    return int(answer) / (1 << 20 if sys.platform == "darwin" else 1 << 10) if answer.isdigit() else None


def machine() -> str:
    """Processor, cores, memory, Python: one line."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        models = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        name = models[0] if models else name
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = f", {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GB"
    return f"{name}, {os.cpu_count()} cores{memory}, {platform.system()}, Python {platform.python_version()}"
