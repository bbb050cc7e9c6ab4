"""Random consistent facts, written as sentences in varied wordings, are read the same, and nothing is found wrong with them."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from extraction.writing.comparing import difference, groups, read
from extraction.writing.disclosure import SECTIONS, Plan, plans, write_disclosure
from extraction.writing.sentences import Typography
from gouji.checks.check import check
from gouji.model.finding import Finding
from properties.amount import RUN, SLOW

ALL = frozenset(SECTIONS)
#: Sections that follow each other: pages from the middle of a document.
some_sections = st.builds(
    lambda a, b: frozenset(SECTIONS[min(a, b) : max(a, b) + 1]), st.integers(0, len(SECTIONS) - 1), st.integers(0, len(SECTIONS) - 1)
)


def wrong(data: bytes) -> list[Finding]:
    dossier, standards = read(data)
    return [f for f in check(dossier, standards).findings if f.severity != "note"]


def told(findings: list[Finding], text: str) -> str:
    return "\n".join([*(f"{f.severity} {f.rule}：{f.zh}" for f in findings), "", text])


@RUN
@given(plans(some_sections | st.just(ALL)))
@example(Plan(0, ALL))
def test_every_figure_is_read_as_it_was_meant(plan: Plan) -> None:
    written = write_disclosure(plan)
    dossier, _ = read(written.data)
    found = difference(written, dossier)
    assert not found, f"\n{found}"


@RUN
@given(plans(some_sections | st.just(ALL)))
def test_what_is_said_to_be_as_last_year_is_read_as_a_claim(plan: Plan) -> None:
    written = write_disclosure(plan)
    dossier, _ = read(written.data)
    said = Counter(c.concept for c in dossier.claims if c.kind == "change" and c.direction == "none")
    assert Counter(written.level) == said, written.text


@RUN
@given(plans(some_sections | st.just(ALL)))
def test_a_consistent_document_has_neither_errors_nor_warnings(plan: Plan) -> None:
    written = write_disclosure(plan)
    found = wrong(written.data)
    assert not found, told(found, written.text)


@RUN
@given(plans(st.sampled_from(SECTIONS).map(lambda name: frozenset([name]))))
def test_a_single_section_is_a_legitimate_input(plan: Plan) -> None:
    written = write_disclosure(plan)
    found = wrong(written.data)
    assert not found, told(found, written.text)


@RUN
@given(plans(), st.floats(0, 1))
def test_a_text_cut_off_anywhere_is_not_blamed_for_what_it_lost(plan: Plan, where: float) -> None:
    text = write_disclosure(plan).text
    cut = text[: max(40, int(len(text) * where))]
    found = wrong(cut.encode())
    assert not found, told(found, cut)


@RUN
@given(plans(), st.integers(1, 40))
def test_a_text_without_its_beginning_is_not_blamed_either(plan: Plan, lost: int) -> None:
    """Pages from the middle of a document: the first paragraphs are gone."""
    paragraphs = write_disclosure(plan).text.split("\n\n")
    rest = "\n\n".join(paragraphs[min(lost, len(paragraphs) - 1) :])
    found = wrong(rest.encode())
    assert not found, told(found, rest)


def test_share_of_figures_read(shares: list[str]) -> None:
    """The share over documents of every kind, with the groups of what is not read, in the summary."""
    source = random.Random(20231231)
    differences, figures = [], 0
    for seed in range(400 if SLOW else 60):
        print_as = Typography(*(source.random() < 0.3 for _ in range(5)))
        plan = Plan(
            seed,
            ALL,
            source.choice(["cn-sichuan", "cn", "cn-shanghai"]),
            source.choice([2023, 2024]),
            print_as,
            source.choice(["plain", "wrapped", "broken"]),
        )
        written = write_disclosure(plan)
        differences.append(difference(written, read(written.data)[0]))
        figures += len(written.figures)
    missing, misread, extra = (sum(len(getattr(d, name)) for d in differences) for name in ("missing", "wrong", "extra"))
    shares.append(
        f"{figures} figures written: {1 - (missing + misread) / figures:.2%} read as meant, {missing} missing, {misread} wrong, {extra} extra"
    )
    shares.extend(f"  {count} × {group}" for group, count in groups(differences).most_common(12))
    assert (missing + misread) / figures <= 0.02
