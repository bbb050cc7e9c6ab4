"""Every judging rule: its passing and failing cases, its documentation, its authority. Cases stand in ``cases/<rule>.yaml``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks.outline_build import build, standards
from gouji.checks.context import Context
from gouji.checks.documentation import write_pages
from gouji.checks.registry import RULES, catalogue, judging_rules
from gouji.model.finding import Finding

CASES = Path(__file__).parent / "cases"
REPOSITORY = Path(__file__).parents[2]
RULE_IDS = [rule.id for rule in judging_rules()]


def cases_of(rule: str) -> dict[str, list[dict[str, Any]]]:
    path = CASES / f"{rule}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


def all_cases() -> list[Any]:
    return [
        pytest.param(rule, outcome, case, id=f"{rule}-{outcome}-{number}")
        for rule in RULE_IDS
        for outcome in ("pass", "fail")
        for number, case in enumerate(cases_of(rule).get(outcome, ()), 1)
    ]


def found_by(rule: str, case: dict[str, Any]) -> list[Finding]:
    lines = case["text"] if isinstance(case["text"], list) else [case["text"]]
    tables = standards(case.get("jurisdiction", "cn-sichuan"), case.get("year") or 2023)
    context = Context(build(lines, case), tables)
    entry = RULES[rule]
    assert entry.judge is not None
    return [entry.finding(remark, tables.authorities) for remark in entry.judge(context)]


@pytest.mark.parametrize(("rule", "outcome", "case"), all_cases())
def test_a_rule_finds_what_it_should_and_nothing_else(rule: str, outcome: str, case: dict[str, Any]) -> None:
    findings = found_by(rule, case)
    if outcome == "pass":
        assert findings == [], case.get("why", "")
        return
    assert len(findings) == case.get("count", 1), [f.zh for f in findings]
    first = findings[0]
    for part in case.get("says", ()):
        assert part in first.zh
    assert case.get("advises", "") in first.suggestion
    assert first.severity == case.get("severity", RULES[rule].severity)
    text = build(case["text"] if isinstance(case["text"], list) else [case["text"]], case).outline.text
    if "at" in case:
        assert text[first.places[0].start : first.places[0].end] == case["at"]
    for place in first.places:
        assert 0 <= place.start <= place.end <= max(len(text), 1)
        assert place.line == text.count("\n", 0, place.start) + 1
    assert first.fingerprint == found_by(rule, case)[0].fingerprint


@pytest.mark.parametrize("rule", RULE_IDS)
def test_every_rule_has_cases_documentation_and_an_authority(rule: str) -> None:
    cases = cases_of(rule)
    assert cases.get("pass"), f"no passing case in cases/{rule}.yaml"
    assert cases.get("fail"), f"no failing case in cases/{rule}.yaml"
    entry = RULES[rule]
    says = entry.explanation
    for part in (says.what, says.why, says.example, says.message, says.silent):
        assert part, f"{rule}: the documentation lacks a part"
    assert entry.authority in standards().authorities
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule)


@pytest.mark.parametrize("rule", RULE_IDS)
def test_the_message_in_the_documentation_is_the_message_of_the_first_failing_case(rule: str) -> None:
    assert found_by(rule, cases_of(rule)["fail"][0])[0].zh == RULES[rule].explanation.message


@pytest.mark.parametrize("entry", catalogue(standards()), ids=lambda e: e.id)
def test_everything_in_the_catalogue_is_explained_and_rests_on_a_known_authority(entry: Any) -> None:
    assert entry.zh
    assert entry.explanation.what
    assert entry.authority in standards().authorities


def test_ids_are_unique_over_laws_equations_rules_and_second_inputs() -> None:
    ids = [entry.id for entry in catalogue(standards())]
    assert len(ids) == len(set(ids))


def test_no_case_file_without_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} <= set(RULE_IDS)


def test_the_documentation_pages_are_current() -> None:
    stale = write_pages(REPOSITORY / "docs" / "rules", standards("cn", 2023), check=True)
    assert stale == [], "run: uv run python -m gouji.checks.documentation"
