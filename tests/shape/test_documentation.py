"""The documentation is complete and true: commands, options, rooms, links, decisions, generated pages."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from gouji.checks import documentation
from gouji.cli.arguments import command_parser
from gouji.standards import glossary
from shape.repository import ROOT, files, rooms, texts
from shape.sample import BLOCK, sample

README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
PAGES = [name for name in files() if name.suffix == ".md" and name.parts[:2] != ("docs", "rules") and name.parts[0] != "tests"]
DECISIONS = sorted(name for name in files() if name.parts[:2] == ("docs", "decisions") and name.name[0].isdigit())


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command of ``gouji`` with its parser."""
    for action in command_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("gouji has no commands")


def code_of(text: str) -> str:
    """What stands in code spans and code blocks."""
    return "\n".join(block or span for block, span in CODE.findall(text))


def test_the_first_two_commands_of_the_readme_are_those_that_a_newcomer_needs() -> None:
    blocks = re.findall(r"```[a-z]*\n(.*?)```", README, re.DOTALL)
    assert blocks[0].split("\n")[:2] == ["pip install uv && uv run gouji demo", "uv run pytest"]


def test_the_sample_in_the_readme_is_what_the_demo_prints() -> None:
    (printed,) = BLOCK.findall(README)
    assert printed == sample(), "run: uv run python tests/shape/sample.py"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_commands_and_options_that_a_page_names_exist(page: Path) -> None:
    known = commands()
    for line in code_of(texts()[page]).splitlines():
        for command, rest in re.findall(r"(?<![\w./-])gouji ([a-z]+)\b([^#\n│]*)", line):
            assert command in known, f"{page}: gouji {command}"
            options = {option for action in known[command]._actions for option in action.option_strings}
            named = set(re.findall(r"(?<!\S)\[?(--[a-z]+)", rest))
            assert named <= options, f"{page}: gouji {command} {named - options}"


def test_the_readme_names_every_command_and_every_option() -> None:
    code = code_of(README)
    for command, parser in commands().items():
        assert re.search(rf"gouji {command}\b", code), f"gouji {command}"
        for action in parser._actions:
            options = [option for option in action.option_strings if option not in ("-h", "--help")]
            assert not options or any(re.search(rf"(?<!\S){option}\b", code) for option in options), f"gouji {command} {options}"


@pytest.mark.parametrize("room", rooms())
@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md"])
def test_every_room_has_its_line(room: str, page: str) -> None:
    assert re.search(rf"^\| `{room}` \|.{{10,}}$", {"README.md": README, "ARCHITECTURE.md": ARCHITECTURE}[page], re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md"])
def test_no_room_is_described_that_does_not_exist(page: str) -> None:
    described = re.findall(r"^\| `(\w+)` \|", {"README.md": README, "ARCHITECTURE.md": ARCHITECTURE}[page], re.MULTILINE)
    assert sorted(described) == rooms()


def test_the_readme_stays_short() -> None:
    assert len(README.splitlines()) <= 130


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(texts()[page]):
        if not target.startswith(("http:", "https:", "#", "mailto:")):
            assert (ROOT / page.parent / target.partition("#")[0]).exists(), f"{page}: {target}"


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_and_modules_that_a_page_names_exist(page: str) -> None:
    code = code_of(texts()[Path(page)])
    for path in re.findall(r"(?<![\w./<-])((?:src|tests|docs|\.ci)/[\w./-]*\w)", code):
        assert (ROOT / path).exists(), f"{page}: {path}"
    for room, path in re.findall(r"(?<![\w./<>-])(" + "|".join(rooms()) + r")/([\w./]*\w)", code):
        assert (ROOT / "src" / "gouji" / room / path).exists(), f"{page}: {room}/{path}"


def test_decisions_are_numbered_and_say_context_decision_and_consequence() -> None:
    assert [name.name[:4] for name in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for name in DECISIONS:
        text = texts()[name]
        assert re.match(rf"# {int(name.name[:4])}\. \S", text), name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence"], name
        assert f"({name.name})" in index, f"docs/decisions/README.md: {name.name}"


def test_the_changelog_has_an_entry_for_this_version() -> None:
    from gouji import __version__

    assert re.search(rf"^## (\[Unreleased\]|{re.escape(__version__)}\b)", CHANGELOG, re.MULTILINE)
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_rule_pages_are_complete_and_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert documentation.main(["--check", str(ROOT / "docs" / "rules")]) == 0, capsys.readouterr().out


def test_the_glossary_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert glossary.main(["--check", str(ROOT / "docs" / "glossary.md")]) == 0, capsys.readouterr().out
