"""``uv run python benchmarks/growth.py [--quick] [--above RATIO] [NAME …]``: how reading and checking grow with one very long line.

Every kind of line is made 25, 50, 100 and 200 thousand characters long: what fuzzing found to be slow, or what could be. The table holds, for
reading and for checking, the milliseconds at the longest line and the largest growth of the last two doublings: 2 × is linear, 4 × quadratic.
A kind that takes more than ``LIMIT`` seconds at one length is not made longer. ``--above 2.3`` prints only what grows more than that.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import itertools
import multiprocessing
import time
from collections.abc import Callable

from disclosure import word_of_paragraphs
from timing import machine

import gouji
from gouji.documents import UnreadableError
from gouji.model.dossier import Dossier

LENGTHS = (25_000, 50_000, 100_000, 200_000)
LIMIT = 20.0  # seconds
TIMID = 0.02  # seconds below which a growth says nothing


def repeated(piece: str, before: str = "", behind: str = "") -> Callable[[int], bytes]:
    """A line of ``piece`` over and over between two others."""
    return lambda length: (before + piece * (length // len(piece)) + behind).encode()


def in_section(piece: str, title: str = "五、一般公共预算财政拨款支出决算情况说明") -> Callable[[int], bytes]:
    """The line as a paragraph of a section of the narrative, where all that is read is read."""
    head = f"云岭市林泉区文化和旅游局2023年度部门决算\n\n第二部分 2023年度部门决算情况说明\n\n{title}\n\n2023年度"
    return repeated(piece, head, "。\n\n六、一般公共预算财政拨款基本支出决算情况说明\n\n2023年度一般公共预算财政拨款基本支出1.00万元。\n")


def nested_tables(length: int) -> bytes:
    """Tables within tables."""
    depth = length // 40
    return f"<html><body>{'<table><tr><td>' * depth}1.00万元{'</td></tr></table>' * depth}</body></html>".encode()


def wide_table(length: int) -> bytes:
    """One table of very many spanned cells."""
    return f"<html><body><table>{'<tr><td rowspan=3>1</td><td colspan=2>2</td></tr>' * (length // 48)}</table></body></html>".encode()


def deep_markup(length: int) -> bytes:
    """Elements within elements."""
    depth = length // 11
    return f"<html><body>{'<div>' * depth}支出1.00万元{'</div>' * depth}</body></html>".encode()


def many_elements(length: int) -> bytes:
    """Very many small elements in one paragraph."""
    return f"<html><body><p>{'<b>1</b>万' * (length // 9)}</p></body></html>".encode()


PATH = "教育支出（类）普通教育（款）小学教育（项）"
#: By name: what makes the file of a length. ``prose`` kinds stand in a section of the narrative.
KINDS: dict[str, Callable[[int], bytes]] = {
    "digits": repeated("1"),
    "digits in prose": in_section("1"),
    "points": in_section("1."),
    "thousands": in_section("1,234,"),
    "years": in_section("2023年"),
    "dates": in_section("12月31日至"),
    "dashes": in_section("1-"),
    "opening brackets": in_section("（"),
    "brackets": in_section("（）"),
    "brackets within brackets": lambda n: in_section("（" * (n // 2) + "1" + "）" * (n // 2 - 1))(n),
    "remarks alone": in_section("（含1万元）"),
    "spoken counts": in_section("三个项目、"),
    "spoken idle counts": in_section("两辆"),
    "dates and one figure": in_section("2023年、", "五、一般公共预算财政拨款支出决算情况说明\n\n1万元"),
    "remarks": in_section("支出1万元（含2万元），"),
    "closing brackets": in_section("）"),
    "blanks": in_section(" "),
    "blanks and digits": in_section("1 "),
    "wide blanks": in_section("\u3000"),
    "tabs": repeated("\t1"),
    "、": in_section("、"),
    "、 and names": in_section("教育支出、"),
    "commas": in_section("，"),
    "stops": in_section("。"),
    "semicolons": in_section("1万元；"),
    "其中": in_section("其中"),
    "其中：1万元": in_section("其中：基本支出1万元，"),
    "（一）": in_section("（一）"),
    "1.": repeated("1."),
    "一、": repeated("一、"),
    "万元，占": in_section("万元，占"),
    "1万元，占1%": in_section("1万元，占1%，"),
    "opening quotes": in_section("“"),
    "quotes": in_section("“三公”"),
    "straight quotes": in_section('"'),
    "names": in_section("一般公共预算财政拨款支出"),
    "names and figures": in_section("一般公共预算财政拨款支出1.00万元，"),
    "fund names": in_section("政府性基金预算财政拨款收入", "二、收入决算情况说明"),
    "类": in_section("教育支出（类）"),
    "类款项": in_section(PATH),
    "类款项 with figures": in_section(f"{PATH}：支出决算为1.00万元，完成预算100%。"),
    "增加": in_section("增加"),
    "increases": in_section("比上年增加1.00万元，增长1.00%，"),
    "原因": in_section("主要原因是"),
    "reasons": in_section("增加1.00万元，主要原因是人员增加。"),
    "no change": in_section("与上年持平，"),
    "分别": in_section("分别为1万元、"),
    "residue": in_section("……"),
    "XX": in_section("XX"),
    "增加/减少": in_section("增加/减少"),
    "（项目名称）": in_section("（项目名称）"),
    "characters": in_section("的"),
    "one letter": in_section("a"),
    "Chinese numerals": in_section("一"),
    "large numerals": in_section("十"),
    "万": in_section("万"),
    "percent signs": in_section("%"),
    "vehicles": in_section("公务用车1辆，其中：轿车1辆、", "七、财政拨款“三公”经费支出决算情况说明"),
    "receptions": in_section("接待1批次，2人，共计1.00万元，", "七、财政拨款“三公”经费支出决算情况说明"),
    "persons": in_section("张三、"),
    "organisation": in_section("某某中心1个、", "二、机构设置"),
    "points of a report": in_section("得1分，扣1分，", "四、评价结论"),
    "unit name": repeated("云岭市林泉区文化和旅游局"),
    "offices": repeated("局"),
    "titles": repeated("一般公共预算财政拨款支出决算情况说明"),
    "image marks": repeated("[image: a]"),
    "open marks": repeated("[image: "),
    "formulas": repeated("$\\geq"),
    "braces": repeated("{}"),
    "lines of one figure": repeated("1.00万元\n"),
    "lines of headings": repeated("一、收入决算情况说明\n"),
    "lines of （一）": repeated("（一）收入\n"),
    "blank lines": repeated("\n", "支出1万元", "。"),
    "rows of cells": repeated("\t1.00\n"),
    "rows that blanks part": repeated("甲单位 1.00 2.00\n", "单位 预算 决算\n"),
    "rows behind blank lines": repeated("\n", "甲 1 2\n"),
    "names before two figures": repeated("甲\n", "", "1 2"),
    "cells one a line": repeated("甲\n1\n2\n"),
    "heads without rows": repeated("单位 预算 决算\n", "", "1 2 3 甲"),
    "figures that blanks part": repeated(" 1", "甲"),
    "strokes": repeated("| 1 "),
    "rows that strokes part": repeated("| 甲 | 1.00 |\n"),
    "sums told": in_section("基本支出1万元，项目支出2万元，合计3万元；"),
    "averages told": in_section("共3人，人均1.00万元，共3万元；"),
    "formulas told": in_section("（1+2+3）÷3×100%="),
    "nested html tables": nested_tables,
    "spanned html table": wide_table,
    "deep html": deep_markup,
    "many html elements": many_elements,
    "deep Word tables": lambda length: word_of_paragraphs("<w:tbl><w:tr><w:tc>", "支出1.00万元", "</w:tc></w:tr></w:tbl>", length // 60),
    "deep Word content controls": lambda length: word_of_paragraphs("<w:sdt><w:sdtContent>", "支出1.00万元", "</w:sdtContent></w:sdt>", length // 60),
    "Word runs": lambda length: word_of_paragraphs("", "支出1.00万元", "", length // 8),
}


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def measured(name: str, length: int) -> tuple[float, float | None]:
    """Processor seconds of reading and of checking (None where the file is refused: that has a cost too)."""
    data = KINDS[name](length)
    read: list[Dossier] = []

    def reading() -> None:
        with contextlib.suppress(UnreadableError):
            read.append(gouji.read(data))

    taken = _seconds(reading)
    return taken, _seconds(lambda: gouji.check(read[0])) if read else None


def growth(name: str, runs: int) -> tuple[list[float], list[float]]:
    """The least seconds of reading and of checking by length, as far as the limit lets them go.

    Every measurement is a process of its own: in one that has freed a hundred thousand records, the next are strewn over the memory.
    """
    reads: list[float] = []
    checks: list[float] = []
    way = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    for length in LENGTHS:
        with multiprocessing.get_context(way).Pool(1, maxtasksperchild=1) as pool:
            taken = [pool.apply(measured, (name, length)) for _ in range(runs)]
        reads.append(min(read for read, _ in taken))
        checks += [min(check for _, check in taken if check is not None)] if taken[0][1] is not None else []
        if reads[-1] + (taken[0][1] or 0) > LIMIT:
            break
    return reads, checks


def steepest(taken: list[float]) -> float:
    """The larger growth of the last two doublings, 0 where they are too short to tell."""
    grown = [later / earlier for earlier, later in itertools.pairwise(taken) if later >= TIMID and earlier > 0]
    return max(grown[-2:], default=0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="kinds of lines; all by default")
    parser.add_argument("--quick", action="store_true", help="one run of each")
    parser.add_argument("--above", type=float, default=0.0, help="print only what grows more than this")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(KINDS):
        parser.error(f"no kind named {', '.join(sorted(unknown))}")
    gouji.check(gouji.read("支出1万元。".encode()))
    print(f"{machine()}; processor time, best of {1 if chosen.quick else 3}.\n")
    print(f"| a line of {LENGTHS[-1]:,} characters of | read | growth a doubling | check | growth a doubling |\n| --- | ---: | ---: | ---: | ---: |")
    for name in chosen.names or KINDS:
        reads, checks = growth(name, 1 if chosen.quick else 3)
        if chosen.above and max(steepest(reads), steepest(checks)) <= chosen.above:
            continue
        cut = "" if len(reads) == len(LENGTHS) else f" (at {LENGTHS[len(reads) - 1]:,})"
        print(f"| {name}{cut} | {_cell(reads)} | {_cell(checks)} |", flush=True)


def _cell(taken: list[float]) -> str:
    if not taken:
        return "refused | —"
    steep = steepest(taken)
    return f"{taken[-1] * 1000:.0f} ms | {f'{steep:.1f} ×' if steep else '—'}"


if __name__ == "__main__":
    main()
