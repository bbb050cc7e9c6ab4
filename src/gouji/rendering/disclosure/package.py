"""A disclosure as open data (开放数据): a Frictionless data package of CSV and Parquet tables with their schema, and the same as JSON.

What is in it is what the disclosure prints (``publish``), nothing more: ``facts``, each figure with its meaning in codes and where it stands; ``statements``, a row
per cell; ``projects`` and ``indicators`` of the forms. Files are UTF-8 without a mark, as the standard has it. The same dossier gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gouji.model.dossier import Dossier
from gouji.model.fact import Key
from gouji.rendering.checked import program_version
from gouji.rendering.disclosure.blocks import Disclosure, Heading, Paragraph
from gouji.rendering.disclosure.package_schema import TABLES, Table, foreign
from gouji.rendering.publish import publish
from gouji.rendering.wording import FUND, MEASURE, PHASE
from gouji.standards.pack import Standards

Row = tuple[object, ...]


def disclosure_package(disclosure: Disclosure, dossier: Dossier, standards: Standards) -> dict[str, bytes]:
    """The files of the folder by name, ``datapackage.json`` first."""
    published = publish(dossier, standards)
    rows = _rows(disclosure, published, standards)
    files: dict[str, bytes] = {f"{table.name}.csv": _csv(table, rows[table.name]) for table in TABLES}
    files |= _parquet(files)
    files["disclosure.json"] = disclosure_json(disclosure, dossier, standards)
    described = json.dumps(_description(disclosure, dossier, standards, files, rows), ensure_ascii=False, indent=1) + "\n"
    return {"datapackage.json": described.encode(), **files}


def disclosure_json(_: Disclosure, dossier: Dossier, standards: Standards) -> bytes:
    """The published dossier as JSON (``gouji.dossier/1``)."""
    from gouji.rendering.data import dossier_json

    return dossier_json([publish(dossier, standards)]).encode("utf-8", "replace")


def disclosure_zip(disclosure: Disclosure, dossier: Dossier, standards: Standards) -> bytes:
    """The package as one file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in disclosure_package(disclosure, dossier, standards).items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, content)
    return target.getvalue()


# ---------------------------------------------------------------------------------------------------------------- rows


def _rows(disclosure: Disclosure, published: Dossier, standards: Standards) -> dict[str, list[Row]]:
    places = _places(disclosure, published)
    facts = [_fact(fact.id, fact.key, fact, places.get(fact.id, ("", "", "", "")), standards) for fact in published.facts]
    cells: list[Row] = [
        (statement.id, statement.number, statement.title, at, row.number, row.code, row.name, column, entry.text or "", statement.unit, entry.fact)
        for statement in published.statements
        for at, row in enumerate(statement.rows, 1)
        for column, entry in zip(statement.columns, row.cells, strict=True)
        if entry.text is not None
    ]
    numbered = list(enumerate(published.projects, 1))
    projects: list[Row] = [
        (at, one.code.text or "", one.name.text or "", one.authority.text or "", one.unit.text or "", one.money_unit, one.goal.text or "", one.result.text or "",
         one.total_weight.text or "", one.total_score.text or "", one.conclusion.text or "") for at, one in numbered
    ]  # fmt: skip
    indicators: list[Row] = [
        (at, number, each.level1, each.level2, each.name, each.operator.text or "", each.target.text or "", each.unit.text or "", each.actual.text or "",
         each.weight.text or "", each.score.text or "", each.reason.text or "") for at, one in numbered for number, each in enumerate(one.indicators, 1)
    ]  # fmt: skip
    return {"facts": facts, "statements": cells, "projects": projects, "indicators": indicators}


def _fact(ident: int, key: Key, fact: Any, place: tuple[str, str, str, str], standards: Standards) -> Row:
    dims = dict(key.dimensions)
    function, economic, fund = dims.pop("function", ""), dims.pop("economic", ""), dims.pop("fund", "")
    project = dims.pop("project", "")
    concept = standards.concepts.get(key.concept)
    names = standards.functions.get(function), standards.economics.get(economic)
    others = json.dumps(dims, ensure_ascii=False, sort_keys=True) if dims else ""
    return (
        ident, key.concept, concept.zh if concept is not None else "", key.measure, key.phase, key.period, fund, function, names[0].name if names[0] else "",
        economic, names[1].name if names[1] else "", project, others, f"{fact.figure.value:f}", fact.figure.unit, fact.direction or "", *place,
    )  # fmt: skip


def _places(disclosure: Disclosure, published: Dossier) -> dict[int, tuple[str, str, str, str]]:
    """Where each figure stands: kind, section or statement, row, column. The figures of the narrative come first, in their order."""
    found: dict[int, tuple[str, str, str, str]] = {}
    section = ""
    for block in disclosure.blocks:
        if isinstance(block, Heading):
            section = block.text
        elif isinstance(block, Paragraph):
            for run in block.runs:
                if run.kind == "figure" and run.fact is not None:
                    found[len(found)] = ("narrative", section, "", "")
    for statement in published.statements:
        for at, row in enumerate(statement.rows, 1):
            for column, entry in zip(statement.columns, row.cells, strict=True):
                if entry.fact is not None:
                    found[entry.fact] = ("statement", statement.title, str(at), column)
    for fact in published.facts:
        found.setdefault(fact.id, ("form", "项目绩效自评表", "", ""))
    return found


# --------------------------------------------------------------------------------------------------------------- files


def _csv(table: Table, rows: Sequence[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _parquet(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same tables, typed, by DuckDB on one thread: the order of rows and the bytes are always the same."""
    import duckdb

    found = {}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as con:
        for table in TABLES:
            source, target = Path(folder) / f"{table.name}.csv", Path(folder) / f"{table.name}.parquet"
            source.write_bytes(files[source.name])
            typed = ", ".join(f"'{field.name}': '{field.sql}'" for field in table.fields)
            con.execute(
                f"COPY (SELECT * FROM read_csv('{_quoted(source)}', header=true, delim=',', quote='\"', escape='\"', nullstr='', parallel=false, columns={{{typed}}})) "
                f"TO '{_quoted(target)}' (FORMAT parquet, COMPRESSION zstd)"
            )
            found[target.name] = target.read_bytes()
    return found


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _description(disclosure: Disclosure, dossier: Dossier, standards: Standards, files: dict[str, bytes], rows: dict[str, list[Row]]) -> dict[str, Any]:
    """``datapackage.json``."""
    resources = []
    for table in TABLES:
        for ending, kind, media in (("csv", "table", "text/csv"), ("parquet", "file", "application/vnd.apache.parquet")):
            content = files[f"{table.name}.{ending}"]
            resource: dict[str, Any] = {
                "name": table.name if ending == "csv" else f"{table.name}-parquet", "type": kind, "title": table.title, "description": table.description,
                "path": f"{table.name}.{ending}", "format": ending, "mediatype": media, "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            }  # fmt: skip
            if ending == "csv":
                resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "rows": len(rows[table.name])}
                resource["schema"] = {"fields": [field.described() for field in table.fields], "primaryKey": list(table.key), **foreign(table)}
            resources.append(resource)
    content = files["disclosure.json"]
    resources.append({
        "name": "disclosure", "type": "json", "title": "决算公开内容（JSON）", "path": "disclosure.json", "format": "json", "mediatype": "application/json", "encoding": "utf-8",
        "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    })  # fmt: skip
    return {
        "profile": "data-package", "name": f"final-accounts-{disclosure.year}", "title": disclosure.title, "version": str(disclosure.year),
        "description": "决算公开稿里的每一个数：含义用代码表示，注明出处。金额按公开稿印出的单位和小数。",
        "contributors": [{"title": disclosure.unit, "role": "publisher"}],
        "gouji": {"version": program_version(), "jurisdiction": standards.jurisdiction, "packs": [{"id": p.id, "year": p.year, "sha256": p.sha256} for p in dossier.packs],
                  "codes": {"fund": FUND, "phase": PHASE, "measure": MEASURE}},
        "resources": resources,
    }  # fmt: skip
