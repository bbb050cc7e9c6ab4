"""The repository as these tests see it: its files (those of git, and new ones that git would take), its rooms, its Python modules."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "gouji"
#: What git ignores, for a copy of the repository without git.
_IGNORED = {
    ".git",
    ".venv",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "dist",
    "build",
}
_TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".csv", ".txt", ".html", ".css", ".js", ".svg", ".sh", ""}


@cache
def files() -> tuple[Path, ...]:
    """All files of the repository, as paths below its root."""
    listing = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode == 0:
        names = [Path(name) for name in listing.stdout.decode().split("\0") if name]
    else:
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.name != "uv.lock"]
        names = [name for name in names if not _IGNORED & set(name.parts)]
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


@cache
def texts() -> dict[Path, str]:
    """The text files of the repository with their content."""
    return {name: (ROOT / name).read_text(encoding="utf-8", errors="replace") for name in files() if name.suffix in _TEXT}


@cache
def modules() -> dict[Path, ast.Module]:
    """The Python files below ``src``, ``tests`` and ``benchmarks``, parsed."""
    return {name: ast.parse(text) for name, text in texts().items() if name.suffix == ".py"}


def program() -> dict[Path, ast.Module]:
    """The modules of the program itself; what Django writes of changed tables (``migrations``) is not ours to shape."""
    return {name: module for name, module in modules().items() if name.parts[:2] == ("src", "gouji") and "migrations" not in name.parts}


def rooms() -> list[str]:
    """The rooms of the program: the folders below ``src/gouji`` that hold modules."""
    return sorted({name.parts[2] for name in program() if len(name.parts) > 3})
