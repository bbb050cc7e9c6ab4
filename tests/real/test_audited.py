"""The real documents against what an auditor wrote down of them: figures read right, every error found, nothing invented."""

from __future__ import annotations

import pytest

from real.audited import DOCUMENTS, NAMES, REAL, VERDICTS, audited, described, misread, place_of, reported, unanswered
from verdicts import FALSE_ALLOWED, skeleton, told
from verdicts import VERDICTS as VERDICT_WORDS

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not beside this checkout (set GOUJI_REAL)")

READ_RIGHT = 98  # of a hundred figures of the narrative

#: Certain warnings of the auditor that the program answers with a note, or not at all, on purpose.
_LOST = "the text lost Word's automatic numbers: one note for all headings, a fault of the conversion is none of the department"
_SOURCE = "a bare note on where the figures come from is only a note"
LESSER = {
    "luxian-economy-bureau-2023-evaluation": {"001-F16": "that air conditioners are neither of the two things planned is knowledge of the world"},
    "suining-devzone-economy-2023": {**{f"002-F{n}": _LOST for n in (46, 47, 48, 49, 50, 51, 52, 53)}, "002-F70": _SOURCE, "002-F71": _SOURCE},
}


@pytest.mark.parametrize("name", NAMES)
def test_the_document_is_the_one_that_was_audited(name: str) -> None:
    assert audited(name).unchanged(), "the file differs from the one the auditor read: places may have moved"


@pytest.mark.parametrize("name", NAMES)
def test_narrative_figures_are_read_with_their_meaning(name: str) -> None:
    facts = audited(name).facts
    missed = misread(name)
    right = len(facts) - len(missed)
    assert right * 100 >= READ_RIGHT * len(facts), "\n".join(["", f"{right}/{len(facts)} right; misread:", *missed])


@pytest.mark.parametrize("name", NAMES)
def test_every_error_of_the_auditor_is_found(name: str) -> None:
    missed = unanswered(name, forms=False)
    assert not missed, "\n".join(["", *missed])


@pytest.mark.parametrize("name", NAMES)
def test_every_error_of_the_auditor_in_a_form_is_found(name: str) -> None:
    missed = unanswered(name, forms=True)
    assert not missed, "\n".join(["", *missed])


@pytest.mark.parametrize("name", NAMES)
def test_every_certain_warning_of_the_auditor_is_found_or_lesser_for_a_reason(name: str) -> None:
    missed = [*unanswered(name, forms=False, severity="warning"), *unanswered(name, forms=True, severity="warning")]
    assert sorted(m.split()[0] for m in missed) == sorted(LESSER.get(name, {})), "\n".join(["", *missed, "what is found now is to be taken from LESSER"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_finding_has_a_verdict_made_by_hand(name: str) -> None:
    unknown = [f for f in reported(name) if VERDICTS.of(name, f) is None]
    how = f"judge it: read the place, do the sum, and add a row to {VERDICTS.path.relative_to(VERDICTS.path.parents[2])}"
    assert not unknown, "\n".join(["", how, *(f"{described(name, f)}\n{skeleton(name, f, place_of(name, f))}" for f in unknown)])


def test_hardly_any_finding_is_false(shares: list[str]) -> None:
    findings = [(name, f) for name in DOCUMENTS for f in reported(name)]
    counts = VERDICTS.counted(findings)
    gone = len(VERDICTS.rows) - len({(name, f.fingerprint) for name, f in findings if VERDICTS.of(name, f)})
    shares.append(f"real documents, {told(counts)}; verdicts on what is no longer reported {gone}")
    false = [(name, f) for name, f in findings if (v := VERDICTS.of(name, f)) is not None and v.verdict == "false"]
    assert counts["false"] * 100 <= FALSE_ALLOWED * len(findings), "\n".join(["", *(f"{name} {described(name, f)}" for name, f in false)])


def test_every_verdict_has_a_reason() -> None:
    assert all(row.reason and row.verdict in VERDICT_WORDS for row in VERDICTS.rows)
