"""The open data: valid by the rules of the Data Package and Table Schema standards (``frictionless validate`` checks the same), CSV and Parquet alike."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import gouji
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.package import disclosure_package
from gouji.rendering.publish import publish
from gouji.standards import load


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    folder = tmp_path_factory.mktemp("books")
    write_csv(sample_books(), folder)
    return gouji.compile(folder, jurisdiction="cn-sichuan")


@pytest.fixture(scope="module")
def files(dossier: Dossier) -> dict[str, bytes]:
    standards = load(dossier.jurisdiction, dossier.year)
    return disclosure_package(compose(dossier, standards), dossier, standards)


@pytest.fixture(scope="module")
def described(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["datapackage.json"])
    return found


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8"), newline="")))


def test_every_file_is_described_with_its_size_and_sum(files: dict[str, bytes], described: dict[str, Any]) -> None:
    assert {resource["path"] for resource in described["resources"]} == files.keys() - {"datapackage.json"}
    names = [resource["name"] for resource in described["resources"]]
    assert len(names) == len(set(names))
    assert all(name == name.lower() and name.replace("-", "").isalnum() and name.isascii() for name in (*names, described["name"]))
    for resource in described["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_row_keeps_its_schema(files: dict[str, bytes], described: dict[str, Any]) -> None:
    tables = {resource["name"]: resource for resource in described["resources"] if "schema" in resource}
    for resource in tables.values():
        found = rows(files, resource["path"])
        assert len(found) == resource["rows"] > 0
        fields = resource["schema"]["fields"]
        assert list(found[0]) == [field["name"] for field in fields]
        for row in found:
            for field in fields:
                keep(row[field["name"]], field)
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in found]
        assert len(keys) == len(set(keys))
        assert all(all(key) for key in keys)
        for link in resource["schema"].get("foreignKeys", ()):
            there = {row[link["reference"]["fields"][0]] for row in rows(files, tables[link["reference"]["resource"]]["path"])}
            assert {row[link["fields"][0]] for row in found} - {""} <= there


def keep(text: str, field: dict[str, Any]) -> None:
    limits = field.get("constraints", {})
    if not text:
        assert not limits.get("required"), field["name"]
        return
    if field["type"] == "integer":
        int(text)
    elif field["type"] == "number":
        assert Decimal(text).is_finite()
    assert text in limits.get("enum", [text]), field["name"]


def test_parquet_holds_the_same_rows_typed(files: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("facts", "statements", "projects", "indicators"):
        path = tmp_path / f"{name}.parquet"
        path.write_bytes(files[path.name])
        with duckdb.connect() as con:
            cursor = con.execute(f"SELECT * FROM read_parquet('{path}')")
            heads = [each[0] for each in cursor.description or ()]
            typed = cursor.fetchall()
        expected = rows(files, f"{name}.csv")
        assert len(typed) == len(expected)
        for row, other in zip(typed, expected, strict=True):
            for head, value in zip(heads, row, strict=True):
                text = other[head]
                assert (Decimal(text) == value if isinstance(value, Decimal | int) else (value or "") == text), (name, head)


def test_the_figures_are_those_of_the_disclosure_with_their_places(dossier: Dossier, files: dict[str, bytes]) -> None:
    standards = load(dossier.jurisdiction, dossier.year)
    published = publish(dossier, standards)
    found = rows(files, "facts.csv")
    assert [Decimal(row["value"]) for row in found] == [fact.figure.value for fact in published.facts]
    total = next(row for row in found if row["concept"] == "expenditure.total" and row["measure"] == "amount" and not row["fund"] and not row["function"])
    assert total["place"] == "narrative"
    assert total["unit"] == "万元"
    cells = rows(files, "statements.csv")
    printed = {cell["fact"]: cell["value"] for cell in cells if cell["fact"]}
    assert all(row["value"] == printed[row["id"]] for row in found if row["place"] == "statement")
    assert {row["section"] for row in found if row["place"] == "statement"} <= {statement.title for statement in dossier.statements}


def test_the_package_is_one_file_for_the_library_and_always_the_same(dossier: Dossier, files: dict[str, bytes]) -> None:
    data = gouji.render(dossier, "data")
    assert data == gouji.render(dossier, "data")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {name: package.read(name) for name in package.namelist()} == files
    assert json.loads(gouji.render(dossier, "json"))["schema"] == "gouji.dossier/1"
