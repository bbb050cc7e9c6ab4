"""Whatever a dossier holds, judging ends, raises nothing, says the same twice, and writes every relation out."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.build import Build
from gouji.checks.arithmetic import judge_figures, trace_laws
from gouji.standards.loader import load

STANDARDS = load("cn-sichuan", 2023)
CONCEPTS = ("expenditure.total", "expenditure.basic", "expenditure.project", "three_public.total", "three_public.vehicle", "procurement.micro", "outcome")
NUMBERS = ("0", "0.00", "3", "-3.5", "12.30", "999999999999999.99", "0.01", "100", "4003.82", "约5.1", "近100")
UNITS = ("万元", "元", "亿元", "%", "个", "万件", "")
DIRECTIONS = ("increase", "decrease", "none", None)


def anything(seed: int) -> Build:
    r = random.Random(seed)
    d = Build(established=r.random() < 0.5)
    facts: list[int] = []
    for _ in range(r.randint(1, 40)):
        kind = r.random()
        if kind < 0.4 or not facts:
            dims = {"function": r.choice(("201", "2010301", "2010302"))} if r.random() < 0.3 else {}
            if r.random() < 0.5:
                dims["fund"] = "general_budget"
            measure = r.choice(("amount", "count", "score", "weight"))
            facts.append(
                d.state(r.choice(CONCEPTS), r.choice(NUMBERS) + r.choice(UNITS), measure, period=r.choice(("", "2022", "2023-06")),
                        doubt="断裂" if r.random() < 0.05 else None, unresolved=r.random() < 0.05, **dims)  # type: ignore[arg-type]
            )  # fmt: skip
        elif kind < 0.6:
            d.share(r.choice(facts), r.choice(facts), r.choice(NUMBERS) + "%", named=r.random() < 0.5)
        elif kind < 0.75:
            about = r.choice([f for f in facts if d.key(f).period.isdigit()] or [d.state("outcome", "1个")])
            d.change(about, r.choice(DIRECTIONS), r.choice(NUMBERS) + "万元", r.choice(NUMBERS) + "%", r.choice(DIRECTIONS))  # type: ignore[arg-type]
        elif kind < 0.85:
            d.completion(r.choice(facts), r.choice(NUMBERS) + "%")
        elif kind < 0.95:
            parts = [r.choice(facts) for _ in range(r.randint(1, 6))]
            d.listing(r.choice([*facts, None]), *parts, closed=r.choice((True, False, None)), truncated=r.random() < 0.1)
        else:
            d.claim(r.choice(("change", "budget_comparison")), r.choice(facts), r.choice(("increase", "decrease", "none")))  # type: ignore[arg-type]
    return d


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_nothing_that_a_document_may_state_breaks_the_judge(seed: int) -> None:
    dossier = anything(seed).dossier()
    findings, judged = judge_figures(dossier, STANDARDS)
    assert judge_figures(dossier, STANDARDS)[0] == findings
    assert len(trace_laws(dossier, STANDARDS, judged)) == len(judged.relations)
    for finding in findings:
        assert finding.zh
        assert finding.places
        assert not finding.suspects or finding.suspects[0].expected
        if any(dossier.facts[f].figure.doubt for f in finding.facts) and finding.rule not in ("direction",):
            assert finding.severity != "error" or not set(finding.facts) <= {f.id for f in dossier.facts if f.figure.doubt}
