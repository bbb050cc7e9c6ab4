"""Properties: consistent dossiers have no errors; of one changed digit everything that contradicts is found, and the culprit named first."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.build import standards
from checks.oracle import department, one_digit, verdict, with_value
from gouji.checks.arithmetic import judge_figures

STANDARDS = standards()


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_consistent_department_has_neither_errors_nor_warnings(seed: int) -> None:
    made = department(random.Random(seed))
    assert not made.broken(made.values)
    findings, _ = judge_figures(made.build.dossier(), STANDARDS)
    assert [f for f in findings if f.severity != "note" and not f.rounding] == []


def test_one_changed_digit_is_found_wherever_it_contradicts_and_named_where_it_can_be() -> None:
    source = random.Random(20231231)
    invisible = infeasible = unique = found = first = 0
    missed: list[str] = []
    for _ in range(40):
        made = department(source)
        dossier = made.build.dossier()
        for _ in range(20):
            changed = source.choice(list(made.values))
            value = source.choice(one_digit(made.values[changed]))
            told = verdict(made, changed, value)
            if not told.infeasible:
                invisible += 1
                continue
            infeasible += 1
            findings = [f for f in judge_figures(with_value(dossier, changed, value), STANDARDS)[0] if not f.rounding]
            found += bool(findings)
            if told.unique:
                unique += 1
                named = bool(findings) and bool(findings[0].suspects) and findings[0].suspects[0].fact == changed
                named = named or (bool(findings) and findings[0].severity == "note" and findings[0].facts[0] == changed)
                first += named
                if not named:
                    key = dossier.facts[changed].key
                    missed.append(f"{key.concept} {key.measure} {made.values[changed]}→{value}: {[f.zh for f in findings][:2]}")
    total = invisible + infeasible
    print(f"\none changed digit, {total} cases: no law can see {invisible / total:.1%}, contradictions found {found / infeasible:.1%},"
          f" culprit named first {first / unique:.1%} of {unique} with a unique cheapest repair")  # fmt: skip
    for line in missed[:10]:
        print(line)
    assert found == infeasible
    assert first >= 0.95 * unique
