"""Tables of books as CSV files (写出账套), one a table; the workbook is written by :mod:`gouji.rendering.books_template`."""

from __future__ import annotations

import csv
from pathlib import Path

from gouji.accounts.fictitious import Tables
from gouji.standards.books import BY_ID


def write_csv(tables: Tables, folder: Path) -> None:
    """A file a table (支付.csv …), UTF-8 with the titles of the form; a table without rows is left out unless it must be
    there (then its titles say that there was nothing), and columns that no row fills and nobody must fill."""
    folder.mkdir(parents=True, exist_ok=True)
    for id, rows in tables.items():
        if not rows and not BY_ID[id].required:
            continue
        columns = [column for column in BY_ID[id].columns if column.required or any(row.get(column.id) for row in rows)]
        with (folder / f"{BY_ID[id].zh}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([column.zh for column in columns])
            writer.writerows([[row.get(column.id, "") for column in columns] for row in rows])
