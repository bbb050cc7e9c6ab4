"""Short wordings of many offices and years are read as a careful accountant reads them, and nothing is bound that they do not say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from extraction.writing.stated import DIRECTIONS, FUNDS, SECTIONS, Stated, document, forbidden, parse, show
from gouji.documents import read_document
from gouji.extraction.read import read_dossier
from gouji.model.dossier import Dossier

CASES = Path(__file__).parent / "writing" / "cases"


def table() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for section, cases in yaml.safe_load(path.read_text("utf-8")).items():
            for number, case in enumerate(cases, 1):
                found.append(pytest.param(section, case, id=f"{path.stem}-{section}-{number}"))
    return found


def lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def dossier_of(section: str, case: dict[str, Any]) -> Dossier:
    return read_dossier(read_document(document(section, case["say"], case.get("pack", "cn"), case.get("year", 2023)), name="样例.txt"))[0]


@pytest.mark.parametrize(("section", "case"), table())
def test_wording(section: str, case: dict[str, Any]) -> None:
    year = case.get("year", 2023)
    dossier = dossier_of(section, case)
    trouble: list[str] = []
    taken: set[int] = set()

    def claim(stated: Stated) -> bool:
        for fact in dossier.facts:
            if fact.id not in taken and stated.agrees(fact, case.get("any_function", False), case.get("any_phase", False)):
                taken.add(fact.id)
                return True
        return False

    trouble += [f"没有读出：{line}" for line in lines(case["is"]) if not claim(parse(line, year))]
    for line in lines(case.get("may")):
        claim(parse(line, year))
    if not case.get("open"):
        trouble += [f"多读：{show(fact)}" for fact in dossier.facts if fact.id not in taken and fact.concept != "outcome"]
    for line in lines(case.get("not")):
        trouble += [f"不该读作：{show(fact)}" for fact in forbidden(line, year, dossier)]
    for line in lines(case.get("claims")):
        if not claimed(line, dossier):
            trouble.append(f"没有读出说法：{line}")
    for line in lines(case.get("lists")):
        if not listed(line, dossier):
            trouble.append(f"没有读出列举：{line}")
    assert not trouble, "\n".join([str(case["say"]), *trouble])


def claimed(line: str, dossier: Dossier) -> bool:
    kind, concept, *rest = line.split()
    dims = dict(word.split("=") for word in rest if "=" in word)
    dims.update(("fund", word) for word in rest if word in FUNDS)
    direction = next((DIRECTIONS[word] for word in rest if word in DIRECTIONS), None)
    return any(
        (c.kind, c.concept, dict(c.dimensions)) == (kind, concept, dims) and direction in (None, c.direction) for c in dossier.claims
    )


def listed(line: str, dossier: Dossier) -> bool:
    """``whole = part + part``: one listing with exactly these figures; ``… 等`` where it is said to be only some of them."""
    whole, _, parts = line.replace(" ", "").partition("=")
    some, parts = parts.endswith("等"), parts.removesuffix("等")
    wanted = sorted(parts.split("+"), key=float)
    return any(
        listing.whole is not None
        and (listing.closed is False) == some
        and dossier.facts[listing.whole].figure.value == _number(whole)
        and sorted(dossier.facts[p].figure.value for p in listing.parts) == [_number(each) for each in wanted]
        for listing in dossier.listings
    )


def _number(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize("section", SECTIONS)
def test_headings_of_the_cases_are_recognised(section: str) -> None:
    """The sentences stand where they are meant to stand."""
    read, _ = read_dossier(read_document(document(section, "云岭市林泉区的这项工作已按要求完成。"), name="样例.txt"))
    last = read.outline.paragraphs[-1]
    found = read.outline.section_of(last)
    assert found is not None
    assert found.role == SECTIONS[section][0]
