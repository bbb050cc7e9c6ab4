"""check(): laws, rules, duties and second inputs together."""

from __future__ import annotations

from dataclasses import replace

from checks.outline_build import build, standards
from gouji.checks import Accepted, check
from gouji.checks.check import distinct, ordered, without_repeats
from gouji.model.figure import Place
from gouji.model.finding import Finding

LINES = [
    "@cover", "公开时间：2023年9月17日", "@narrative", "本年收入合计12.10万元，其中：一般公共预算财政拨款收入8.10万元，其他收入3.00万元。",
    "因公出国（境）支出决算比2022年增加/减少0万元。",
]  # fmt: skip
CASE = {
    "facts": [
        {"concept": "income.total", "figure": "12.10万元"},
        {"concept": "income.fiscal", "figure": "8.10万元", "dimensions": {"fund": "general_budget"}},
        {"concept": "income.other", "figure": "3.00万元"},
    ],
    "listings": [{"whole": 0, "parts": [1, 2], "closed": True}],
}


def test_findings_come_worst_first_and_carry_what_a_reader_needs() -> None:
    report = check(build(LINES, CASE), standards())
    severities = [f.severity for f in report.findings]
    assert severities == sorted(severities, key=("error", "warning", "note").index)
    assert {"whole", "residue", "impossible-date"} <= {f.rule for f in report.findings}
    assert all(f.zh and f.en and f.fingerprint and f.authority for f in report.findings)
    assert report.duties
    assert report.laws


def test_the_same_input_gives_the_same_report() -> None:
    assert check(build(LINES, CASE), standards()) == check(build(LINES, CASE), standards())


def test_a_justified_finding_stays_in_the_report() -> None:
    dossier = build(LINES, CASE)
    before = check(dossier, standards())
    mark = before.findings[0].fingerprint
    after = check(dossier, standards(), accepted=Accepted({mark: "已核实"}, frozenset({mark})))
    assert len(after.findings) == len(before.findings)
    assert [f.justification for f in after.findings if f.fingerprint == mark] == ["已核实"]
    assert {f.new for f in after.findings} == {True, False}


def test_a_second_input_that_cannot_be_used_is_named() -> None:
    report = check(build(LINES, CASE), standards(), against=[build(LINES, {**CASE, "year": 2019, "path": "旧.txt"})])
    assert any("旧.txt" in line for line in report.not_judged)


def finding(rule: str, start: int, **more: object) -> Finding:
    return replace(Finding("f" * 16, rule, "warning", "", "同一句话。", "", (Place(start, start + 2, 1),)), **more)  # type: ignore[arg-type]


def test_the_same_words_about_the_same_place_are_said_once() -> None:
    assert len(without_repeats([finding("residue", 5), finding("residue", 5), finding("residue", 9)])) == 2


def test_a_rule_is_silent_where_a_law_has_said_it_about_the_same_figures() -> None:
    law = finding("whole", 5, severity="error", facts=(1, 2, 3), zh="合计不符。")
    assert without_repeats([law, finding("duplicated-item", 7, facts=(2, 3))]) == [law]
    assert len(without_repeats([law, finding("duplicated-item", 7, facts=(8, 9))])) == 2


def test_the_same_slip_twice_has_two_fingerprints() -> None:
    marks = [f.fingerprint for f in distinct(ordered([finding("residue", 9), finding("residue", 5)]))]
    assert len(set(marks)) == 2
    assert marks[0] == "f" * 16
