"""What every file of the repository keeps to: length, names, size, and nothing of the machine it was written on."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from shape.repository import ROOT, files, modules, program, rooms, texts

MOST_LINES = 400
MOST_BYTES = 1024 * 1024
#: Names of mechanism, not of the subject.
NO_NAMES = {"util", "utils", "common", "core", "helper", "helpers", "manager", "managers", "engine", "engines", "processor", "processors"}
# The patterns are put together from pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.~)\]}>])/(?:" + "work|root|tmp|home" + r")/\w")
REGISTRY = re.compile(
    "|".join(["pypi" + r"\.org", "pythonho" + "sted" + r"\.org", "npm" + "js" + r"\.(?:org|com)", "crates" + r"\.io", "proxy" + r"\.golang"])
    + r"|//(?:[\w-]+\.)*(?:mirrors?|registry|simple)\.[\w.-]+|"
    + "index" + r"-url\s*[=:]",
)  # fmt: skip
UNFINISHED = re.compile(r"\b(?:" + "TO" + "DO|FIX" + "ME|XX" + "X: )")


def found(pattern: re.Pattern[str], *, below: tuple[str, ...] = ()) -> list[str]:
    """Where a pattern stands in the repository's texts: ``file:line: text``."""
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts().items()
        if not below or name.parts[0] in below
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_a_module_over_400_lines_says_why_at_its_top() -> None:
    for name in modules():
        lines = texts()[name].splitlines()
        assert len(lines) <= MOST_LINES or any("400 lines" in line for line in lines[:20]), f"{name}: {len(lines)} lines"


def words(name: str) -> set[str]:
    """The words of a name: ``WordPackage`` and ``word_package`` are two."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def definitions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The public functions and classes of a module; a method is read with its class (``Interval.common``)."""
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    return [node for node in found if not node.name.startswith("_")]


def test_names_are_those_of_the_subject() -> None:
    for name in files():
        for part in name.with_suffix("").parts:
            assert not words(part) & NO_NAMES, f"{name}: say what it is about"
    for name, tree in program().items():
        for node in definitions(tree):
            assert not words(node.name) & NO_NAMES, f"{name}: {node.name}: say what it is about"


def test_no_file_is_over_one_megabyte() -> None:
    large = [f"{name}: {(ROOT / name).stat().st_size} bytes" for name in files() if (ROOT / name).stat().st_size > MOST_BYTES]
    assert not large, "\n".join(large)


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert found(MACHINE_PATH) == []


def test_no_file_names_a_package_registry() -> None:
    assert found(REGISTRY) == []


def test_nothing_is_left_unfinished_in_the_code() -> None:
    assert found(UNFINISHED, below=("src", "tests", "benchmarks", ".ci")) == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(name) for name, tree in program().items() if not ast.get_docstring(tree)]
    assert not silent, "\n".join(silent)


def test_every_public_function_and_class_says_what_it_does() -> None:
    silent = [f"{name}: {node.name}" for name, tree in program().items() for node in definitions(tree) if not ast.get_docstring(node)]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("room", rooms())
def test_every_room_has_tests_of_its_own(room: str) -> None:
    assert any(name.match("test_*.py") for name in files() if name.parts[:2] == ("tests", room)), f"no tests/{room}/test_*.py"


def strings(folder: Path) -> set[str]:
    """Every string constant in the code below a folder."""
    return {
        node.value
        for name, tree in modules().items()
        if name.is_relative_to(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def named_in_templates() -> set[str]:
    """What the pages' templates include, extend or load."""
    return {name for path, text in texts().items() if "templates" in path.parts for name in re.findall(r"""["']([\w./-]+)["']""", text)}


def test_every_data_file_is_reached_by_code() -> None:
    """A data file's name stands in the code of its room (``page.css``) or in a template, or its kind does (``lexicon``, ``schemes-…`` of a pack).

    A published JSON Schema is for readers of our output: the room's tests hold the output against it. Compiled files: see the next test.
    """
    orphans = []
    templates = named_in_templates()
    for name in files():
        if name.parts[:2] != ("src", "gouji") or name.suffix in (".py", ".md") or "compiled" in name.parts:
            continue
        said = strings(Path("tests" if name.name.endswith(".schema.json") else "src/gouji", *name.parts[2:3]))
        kind = name.stem.partition("-")[0]
        if name.parts[2] == "web":
            said |= templates
        if not any(text in (name.stem, kind) or re.search(rf"(^|/){re.escape(name.name)}$", text) for text in said):
            orphans.append(str(name))
    assert not orphans, "\n".join(orphans)


def test_every_folder_of_standards_is_a_pack_or_a_folder_of_tables_that_code_names() -> None:
    from gouji.standards.source import packs

    folders = {name.parts[4] for name in files() if name.parts[:4] == ("src", "gouji", "standards", "data") and len(name.parts) > 5}
    assert folders - set(packs()) <= strings(Path("src/gouji/standards"))


def test_every_compiled_file_comes_from_a_pack_or_a_code_table() -> None:
    from gouji.standards.compile import write_compiled

    assert write_compiled(check=True) == [], "run: uv run python -m gouji.standards compile"


def test_python_files_are_utf_8_without_windows_newlines() -> None:
    for name in modules():
        content = (ROOT / name).read_bytes()
        assert b"\r" not in content, name
        content.decode("utf-8")
