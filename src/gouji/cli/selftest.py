"""``gouji selftest``: whether this installation does what it should, on this machine, without network.

The short run takes about a second. ``--full`` changes one digit in every figure of the demonstration's text, one after the other, and counts how
many of the changes are noticed: what no law can see is no fault, but the share tells at a glance whether a new standard or a new rule
has made the program blind. Then it writes and reads back departments that do not exist, and changes one thing in others (:mod:`gouji.cli.proof`).
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from gouji.checks.check import check
from gouji.cli.check import check_document
from gouji.cli.demo import NAME, demo_document
from gouji.documents import read_document
from gouji.extraction.read import read_dossier
from gouji.model.dossier import Dossier
from gouji.model.finding import Finding
from gouji.rendering.data import check_json

_PLANTED = 10  # the demonstration has more plain errors than this
_NAMED = 0.95  # of the changes that one figure alone could mend


def run_selftest(chosen: argparse.Namespace) -> int:
    """The command. Returns 0 where all is well, 1 where something is not."""
    good = True
    for title, problem in _checks():
        print(f"{'通过' if problem is None else '不通过'}  {title}" + (f"：{problem}" if problem else ""))
        good = good and problem is None
    if chosen.full:
        good = _digits() and good
        good = _proof(chosen) and good
    print("自检完成，一切正常。" if good else "自检发现问题，请连同以上内容报告给勾稽项目。")
    return 0 if good else 1


def _checks() -> Iterator[tuple[str, str | None]]:
    """What is checked, and what is wrong with it (None: nothing)."""
    from gouji.standards.validate import validate

    errors = validate()
    yield "标准包完整、互相对得上", "；".join(errors[:3]) or None
    checked, _ = check_document(demo_document())
    found = sum(1 for f in checked.report.findings if f.severity == "error")
    yield "自带示例中的差错能找出来", None if found >= _PLANTED else f"只找出{found}处错误"
    again, _ = check_document(demo_document())
    yield "同样的输入得到同样的结果", None if check_json([checked]) == check_json([again]) else "两次结果不同"
    dossier = checked.dossier
    plain, _ = read_dossier(read_document(dossier.outline.text.encode(), name=NAME))
    web, _ = read_dossier(read_document(_as_web_page(dossier), name=NAME))
    for kind, other in (("文本文件", plain), ("网页", web)):
        lost = _facts(dossier) - _facts(other)
        yield f"存成{kind}再读，读出的数字相同", f"少了{len(lost)}个" if lost else None


def _as_web_page(dossier: Dossier) -> bytes:
    import html

    lines = "".join(f"<p>{html.escape(line)}</p>" for line in dossier.outline.text.split("\n") if line.strip() and "\t" not in line)
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{lines}</body></html>'.encode()


def _facts(dossier: Dossier) -> set[tuple[object, ...]]:
    """The narrative's figures by meaning; tables, and results of nobody, are left out."""
    bound = (f for f in dossier.facts if f.concept != "outcome" and f.place.table is None and not f.concept.startswith(("project.", "indicator", "evaluation")))
    return {(f.key, f.figure.value, f.direction) for f in bound}


def _digits() -> bool:
    """One digit changed at a time: prints how many changes are noticed. False where a change stops the program."""
    dossier, _ = read_dossier(read_document(demo_document().text.encode(), name=NAME))
    text = dossier.outline.text
    before = _told(dossier)
    begun, tried, noticed = time.perf_counter(), 0, 0
    for fact in dossier.facts:
        place = fact.place
        if fact.concept == "outcome" or fact.figure.doubt or not fact.figure.value:
            continue
        digits = [i for i in range(place.start, place.end) if text[i].isascii() and text[i].isdecimal()]
        if not digits:
            continue
        at = digits[len(digits) // 2]
        changed = text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
        tried += 1
        other, standards = read_dossier(read_document(changed.encode(), name=NAME))
        noticed += bool({f.fingerprint for f in check(other, standards).findings} - before)
    seconds = time.perf_counter() - begun
    print(f"逐个数字改动一位：试了{tried}处，察觉{noticed}处（{100 * noticed / max(tried, 1):.1f}%），用时{seconds:.0f}秒。察觉不到的，多是文中只出现一次、与别处没有勾稽关系的数字。")
    return noticed * 2 > tried


def _proof(chosen: argparse.Namespace) -> bool:
    """Prints the table of the proof. False where a clean disclosure has findings, or a change that a law can see is not found."""
    from gouji.cli.proof.measuring import table
    from gouji.cli.proof.running import run

    def tell(what: str, number: int, whole: int) -> None:
        if number % 50 == 0 or number == whole:
            print(f"{what} {number}/{whole}", file=sys.stderr)

    begun = time.perf_counter()
    results = Path(chosen.results) if chosen.results else None
    measured = run(chosen.dossiers, chosen.mutations, first=chosen.first, jobs=chosen.jobs or os.cpu_count() or 1, results=results, progress=tell)
    print("\n".join(["", *table(measured), ""]))
    for line in measured.trouble[:40]:
        print(line)
    print(f"用时{time.perf_counter() - begun:.0f}秒。")
    unique = sum(count.unique for count in measured.kinds.values())
    named = sum(count.first for count in measured.kinds.values()) >= _NAMED * unique
    return named and not measured.wrong and all(count.found == count.visible for count in measured.kinds.values())


def _told(dossier: Dossier) -> set[str]:
    from gouji.standards import load

    findings: tuple[Finding, ...] = check(dossier, load(dossier.jurisdiction, dossier.year)).findings
    return {f.fingerprint for f in findings}
