"""Dependencies: every one is pinned, transitive ones too, and the pins are what is installed."""

from __future__ import annotations

import ast
import sys
import tomllib
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from shape.repository import ROOT, program, rooms

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(key: str) -> dict[str, str]:
    """Package → exact version."""
    found = {}
    for text in PROJECT["tool"]["uv"][key]:
        requirement = Requirement(text)
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", text
        assert not specifier.version.endswith(".*"), text
        found[canonicalize_name(requirement.name)] = specifier.version
    return found


def needed() -> set[str]:
    """All packages that the program, its extras and its development need here, through all their own requirements."""
    project = PROJECT["project"]
    extras = project.get("optional-dependencies", {}).values()
    asked = [*project["dependencies"], *PROJECT["dependency-groups"]["dev"], *(text for extra in extras for text in extra)]
    names: set[str] = set()
    waiting = [(Requirement(text), "") for text in asked]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        if name in names:
            continue
        try:
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:  # an extra that is not installed here
            continue
        names.add(name)
        waiting += [(Requirement(text), own) for text in requires for own in (requirement.extras or {""})]
    return names


def test_every_dependency_is_pinned_to_the_version_that_is_tested() -> None:
    pinned = pins("constraint-dependencies")
    installed = {name: metadata.version(name) for name in needed()}
    assert installed.keys() - pinned.keys() == set(), "add to constraint-dependencies"
    assert {name: (version, pinned[name]) for name, version in installed.items() if version != pinned[name]} == {}


def test_the_build_is_pinned_too() -> None:
    pinned = pins("build-constraint-dependencies")
    assert {canonicalize_name(Requirement(text).name) for text in PROJECT["build-system"]["requires"]} <= pinned.keys()


def test_a_lock_file_which_would_hold_addresses_is_never_kept() -> None:
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_the_import_contract_places_every_room_and_forgives_no_missing_one() -> None:
    layers = next(c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    assert layers["exhaustive"]
    placed = {room.strip(" ()") for layer in layers["layers"] for room in layer.split("|")}
    assert set(rooms()) <= placed


def test_the_program_imports_only_what_it_declares() -> None:
    """A newcomer's ``uv run`` installs the development group too and would hide a missing dependency; a user's ``pip install`` would not."""
    extras = PROJECT["project"].get("optional-dependencies", {}).values()
    asked = [*PROJECT["project"]["dependencies"], *(text for extra in extras for text in extra)]
    declared = {canonicalize_name(Requirement(text).name) for text in asked}
    owners = metadata.packages_distributions()
    for name, tree in program().items():
        for node in ast.walk(tree):
            imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            imported += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for top in {module.partition(".")[0] for module in imported} - sys.stdlib_module_names - {"gouji"}:
                assert {canonicalize_name(owner) for owner in owners.get(top, [top])} & declared, f"{name}: {top} is not in dependencies"
