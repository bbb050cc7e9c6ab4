"""Books to statements: ``uv run python benchmarks/books.py [--payments 10000000] [--workbook 20000]``.

Ten million payments of forty units are made as Parquet by DuckDB (not counted), then ``gouji compile`` runs as a user runs it: a process of its own, its wall
time and its peak memory. A typical unit is a workbook of twenty thousand payments and forty-four projects. Aims: 15 s and 2 GB for the first, 5 s for the whole of the second.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from timing import machine, peak_mb

from gouji.accounts.fictitious import Tables
from gouji.accounts.sample import sample_books
from gouji.accounts.sources import connect
from gouji.accounts.writing import write_csv
from gouji.rendering.books_template import books_workbook

UNITS, PROJECTS = 40, 200


def large_books(folder: Path, payments: int) -> Decimal:
    """A department of forty units in ``folder``; the sum of its payments."""
    tables = sample_books(10)
    for id in ("payments", "budget", "income", "balances", "counts", "receptions", "contracts", "projects", "indicators", "last_year"):
        tables[id] = []
    head = tables["units"][0]
    tables["units"] = [head | {"code": "100001"}] + [{"code": f"1{at:05d}", "name": f"第{at}所", "kind": "其他事业单位", "parent": "100001"} for at in range(2, UNITS + 1)]
    tables["projects"] = [{"code": f"51999923T{at:012d}", "name": f"项目{at}", "unit": f"1{at % UNITS + 1:05d}", "evaluated": "否"} for at in range(PROJECTS)]
    functions = ["2070101", "2070102", "2070109", "2070111", "2070113", "2070199", "2070204", "2080501", "2080502", "2080505", "2080506", "2101101", "2101102", "2101103", "2210201"]
    economics = ["30101", "30102", "30103", "30107", "30108", "30109", "30110", "30113", "30201", "30202", "30205", "30206", "30207", "30211", "30213", "30215", "30216", "30217",
                 "30226", "30227", "30228", "30229", "30231", "30239", "30299", "30302", "31002", "31003", "31007"]  # fmt: skip
    write_csv(tables, folder)
    con = connect("4GB")
    listed = {"f": functions, "e": economics}
    con.execute(f"""
        COPY (SELECT DATE '2023-01-01' + CAST(i % 365 AS INTEGER) AS "支付日期", printf('%012d', i) AS "凭证号",
            printf('1%05d', i % {UNITS} + 1) AS "单位代码",
            CASE WHEN i % 3 = 0 THEN printf('51999923T%012d', i % {PROJECTS}) END AS "项目代码",
            {listed['f']}[CAST(hash(i) % {len(functions)} AS INTEGER) + 1] AS "功能科目",
            {listed['e']}[CAST(hash(i + 7) % {len(economics)} AS INTEGER) + 1] AS "经济科目",
            CASE WHEN i % 50 = 0 THEN '政府性基金预算财政拨款' WHEN i % 51 = 0 THEN '单位资金' ELSE '一般公共预算财政拨款' END AS "资金性质",
            CAST((hash(i + 13) % 900000 + 100) / 100.0 AS DECIMAL(18,2)) AS "金额",
            CASE WHEN i % 97 = 0 THEN CAST(0.5 AS DECIMAL(18,2)) END AS "退回金额",
            CASE WHEN i % 20 = 0 THEN '货物' WHEN i % 21 = 0 THEN '服务' END AS "采购类别", CASE WHEN i % 20 = 0 THEN '小型' END AS "供应商规模"
          FROM range({payments}) t(i)) TO '{folder}/支付.parquet' (FORMAT parquet)""")
    con.execute(f"""
        COPY (SELECT "单位代码", '财政拨款收入' AS "收入来源", "资金性质", "功能科目", sum("金额" - coalesce("退回金额", 0))::DECIMAL(18,2) AS "金额"
          FROM '{folder}/支付.parquet' WHERE "资金性质" <> '单位资金' GROUP BY ALL
          UNION ALL SELECT "单位代码", '其他收入', '单位资金', "功能科目", sum("金额" - coalesce("退回金额", 0))::DECIMAL(18,2) FROM '{folder}/支付.parquet'
          WHERE "资金性质" = '单位资金' GROUP BY ALL) TO '{folder}/收入.parquet' (FORMAT parquet)""")
    con.execute(f"""
        COPY (SELECT printf('B%06d', row_number() OVER ()) AS "指标编号", * FROM (SELECT "单位代码", "项目代码", "功能科目", "资金性质", '年初' AS "指标类型",
            (sum("金额") * 2)::DECIMAL(18,2) AS "金额" FROM '{folder}/支付.parquet' GROUP BY ALL)) TO '{folder}/预算.parquet' (FORMAT parquet)""")
    total = con.execute(f"SELECT sum(\"金额\" - coalesce(\"退回金额\", 0)) FROM '{folder}/支付.parquet'").fetchone()
    con.close()
    return Decimal(total[0]) if total else Decimal(0)


def typical_books(payments: int, projects: int = 44) -> Tables:
    """A small department whose projects stand several times under codes of their own, so that there are as many forms as a large unit attaches."""
    tables = sample_books(payments)
    own, indicators = list(tables["projects"]), list(tables["indicators"])
    for again in range(1, -(-projects // len(own))):
        codes = {row["code"]: f"{row['code'][:-3]}{again}{row['code'][-2:]}" for row in own[: projects - len(own) * again]}
        tables["projects"] += [row | {"code": codes[row["code"]], "name": f"{row['name']}（{again}期）"} for row in own if row["code"] in codes]
        tables["indicators"] += [row | {"project": codes[row["project"]]} for row in indicators if row["project"] in codes]
    return tables


def measured(command: list[str], runs: int) -> str:
    """Wall and processor seconds of a child process (medians; the second tells on a machine that others use too) and its peak memory."""
    walls, busy = [], []
    for _ in range(runs):
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if status:
            raise RuntimeError(f"exit status {status}: {' '.join(command)}")
        walls.append(time.perf_counter() - begun)
        busy.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return f"{statistics.median(walls):.1f} s, processor {statistics.median(busy):.1f} s on {os.cpu_count()} cores, peak {peak_mb(command) or 0:.0f} MB"


def main() -> None:
    """Prints one line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--payments", type=int, default=10_000_000)
    parser.add_argument("--workbook", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        folder, out = Path(scratch) / "large", Path(scratch) / "out"
        folder.mkdir()
        begun = time.perf_counter()
        total = large_books(folder, given.payments)
        print(f"made {given.payments:,} payments in {time.perf_counter() - begun:.1f} s, {(folder / '支付.parquet').stat().st_size / 2**20:.0f} MB of Parquet")
        command = [sys.executable, "-m", "gouji.cli", "compile", str(folder), "-o", str(out), "--to", "none"]
        print(f"compile: {measured(command, given.runs)} (aims: 15 s, 2048 MB)")
        data = json.loads((out / "dossier.json").read_text(encoding="utf-8"))
        spent = next(Decimal(each["figure"]["value"]) for each in data["facts"] if each["key"][:5] == ["expenditure.total", "amount", "executed", "", "2023"] and not each["key"][5])
        print(f"expenditure of the year {spent:,} yuan: {'exact' if spent == total else f'WRONG, should be {total:,}'}; {len(data['facts'])} facts, {len(data['statements'])} statements")
        book = Path(scratch) / "books.xlsx"
        book.write_bytes(books_workbook(typical_books(given.workbook)))
        command = [sys.executable, "-m", "gouji.cli", "compile", str(book), "-o", str(out)]
        print(f"workbook of {given.workbook:,} payments to statements: {measured([*command, '--to', 'none'], given.runs)}")
        print(f"the same with all that is rendered (docx, pdf, html, xlsx, txt, data): {measured(command, given.runs)} (aim: 5 s)")


if __name__ == "__main__":
    main()
