"""The packs as people write them: a folder of YAML files under ``data/<pack>/``, and the code tables under ``data/codes/``.

Only compiling and validating read these; at run time :mod:`gouji.standards.loader` reads the compiled form.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from gouji.model.record import record

DATA = Path(__file__).parent / "data"
COMPILED = Path(__file__).parent / "compiled"

#: file → top-level keys that a pack's file may hold
FILES = (
    "pack", "concepts", "lexicon", "partitions", "equations", "bounds", "sections", "duties", "authorities", "residues",
    "templates", "names", "settings", "scales", "statements", "footings", "disclosure", "explanations", "sheets",
)  # fmt: skip
#: a file of one evaluation scheme: ``schemes-<name>.yaml``
SCHEME = "schemes-"


class PackError(ValueError):
    """Errors of a pack, each a sentence that names file and entry."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


@record
class Entry:
    """One entry of a file with what an error message needs. ``name`` is its id, or its number in the file."""

    file: str
    name: str
    values: Mapping[str, Any]

    def error(self, sentence: str) -> str:
        return f"{self.file}：{self.name}：{sentence}"


@record
class PackSource:
    """A pack's files as parsed, with the hash of their text."""

    id: str
    folder: Path
    files: dict[str, Any]
    sha256: str

    @property
    def about(self) -> Mapping[str, Any]:
        about: Mapping[str, Any] = self.files["pack"]
        return about

    def schemes(self) -> Iterator[tuple[str, Entry]]:
        """The evaluation schemes of the pack: name and content."""
        for stem, content in self.files.items():
            if stem.startswith(SCHEME):
                values = content if isinstance(content, dict) else {}
                yield stem.removeprefix(SCHEME), Entry(f"{self.id}/{stem}.yaml", str(values.get("zh", "")), values)

    def entries(self, file: str, key: str | None = None) -> Iterator[Entry]:
        """The entries of a file: of a list, or of a mapping by id. ``key`` picks one part of the file."""
        content = self.files.get(file)
        if content is not None and key is not None:
            content = content.get(key)
        place = f"{self.id}/{file}.yaml" + (f"（{key}）" if key else "")
        if isinstance(content, dict):
            for name, values in content.items():
                yield Entry(place, str(name), values if isinstance(values, dict) else {"value": values})
        elif isinstance(content, list):
            for number, values in enumerate(content, 1):
                if not isinstance(values, dict):
                    values = {"text": values}
                yield Entry(
                    place,
                    str(values.get("id") or values.get("role") or values.get("text") or (values.get("texts") or [f"第 {number} 条"])[0]),
                    values,
                )


def packs(data: Path = DATA) -> list[str]:
    """The ids of all packs, parents before their children."""
    found = {folder.name: folder for folder in sorted(data.iterdir()) if (folder / "pack.yaml").is_file()}
    return sorted(found, key=lambda name: (name.count("-"), name))


def read_pack(pack: str, data: Path = DATA) -> PackSource:
    """A pack's files. Raises :class:`PackError` where a file is no YAML, has a key twice, or is not one of :data:`FILES`."""
    folder, files, errors = data / pack, {}, []
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        digest.update(f"{path.name}\n{text}\n".encode())
        if path.stem not in FILES and not path.stem.startswith(SCHEME):
            errors.append(f"{pack}/{path.name}：不认识的文件，应为 {'、'.join(FILES)} 之一")
            continue
        try:
            files[path.stem] = yaml.load(text, Loader=_Loader)
        except yaml.YAMLError as error:
            errors.append(f"{pack}/{path.name}：不是有效的 YAML：{' '.join(str(error).split())}")
    if errors:
        raise PackError(errors)
    return PackSource(pack, folder, files, digest.hexdigest())


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Refuses a key that stands twice in one mapping: the second would silently win."""


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    seen = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"键 {key.value} 重复", key.start_mark)
        seen.add(key.value)
    loader.flatten_mapping(node)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_codes(table: str, data: Path = DATA) -> dict[int, list[tuple[str, str, str]]]:
    """A code table (``functional_classification`` …) by year: (code, name, certainty)."""
    years: dict[int, list[tuple[str, str, str]]] = {}
    with (data / "codes" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            years.setdefault(int(row["year"]), []).append((row["code"], row["name"], row["certainty"]))
    return years
