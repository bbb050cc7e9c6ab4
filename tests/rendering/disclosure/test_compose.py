"""The composed disclosure: every branch can be written, figures know their facts, and what is lacking is listed instead of invented."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from extraction.writing.year import department_year
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.blocks import Chart, Heading, Paragraph
from gouji.rendering.disclosure.figures import Figures
from gouji.standards import load
from gouji.standards.slots import parse, to_regex
from rendering.disclosure.compiled import compiled

PACKS = ("cn-sichuan", "cn", "cn-shanghai")
UNIT = "四川省云岭市林泉区文化和旅游局"


def made(seed: int, pack: str = "cn-sichuan", kind: str = "department") -> Dossier:
    standards = load(pack, 2023)
    return compiled(department_year(random.Random(seed), standards, 2023), standards, UNIT, kind)


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("seed", range(12))
def test_every_run_of_a_figure_prints_its_fact(pack: str, seed: int) -> None:
    dossier, standards = made(seed, pack), load(pack, 2023)
    figures = Figures(dossier, standards)
    disclosure = compose(dossier, standards)
    runs = [run for block in disclosure.blocks if isinstance(block, Paragraph) for run in block.runs]
    assert sum(run.kind == "figure" for run in runs) > 40
    for run in runs:
        assert (run.fact is not None) == (run.kind in ("figure", "direction"))
        if run.kind == "figure" and run.fact is not None:
            assert run.text == figures.shown(dossier.facts[run.fact])


def test_nothing_is_lacking_where_everything_was_given() -> None:
    for seed in range(30):
        dossier = made(seed)
        lacking = [m for m in compose(dossier, load("cn-sichuan", 2023)).missing if m.required and m.slot != "performance.self_evaluated"]
        assert not lacking


def test_a_text_that_nobody_gave_is_listed_and_not_invented() -> None:
    dossier = made(1)
    dossier = replace(dossier, texts=tuple(text for text in dossier.texts if text.slot not in ("reason.total", "overview.duties")))
    disclosure = compose(dossier, load("cn-sichuan", 2023))
    assert {"reason.total", "overview.duties"} <= {missing.slot for missing in disclosure.missing}
    total = next(block for block in disclosure.blocks if isinstance(block, Paragraph) and "收、支总计均为" in block.text)
    assert "原因" not in total.text


def test_a_classified_section_says_so_and_its_parts_are_left_out() -> None:
    dossier = made(1)
    text = replace(dossier.texts[0], slot="classified.narrative.other.procurement", text="本节内容涉及国家秘密，按规定不予公开。")
    disclosure = compose(replace(dossier, texts=(*dossier.texts, text)), load("cn-sichuan", 2023))
    texts = [block.text for block in disclosure.blocks if isinstance(block, Paragraph)]
    assert text.text in texts
    assert not any("政府采购支出总额" in each for each in texts)
    assert disclosure.withheld == ("（二）政府采购支出情况",)


def test_the_word_of_the_document_is_kept_throughout() -> None:
    disclosure = compose(made(1, kind="unit"), load("cn-sichuan", 2023))
    words = [block.text for block in disclosure.blocks if isinstance(block, Heading | Paragraph)]
    assert any("单位决算情况说明" in each for each in words)
    assert not [each for each in words if "本部门" in each or "部门决算" in each]


def test_charts_are_numbered_without_gaps_and_have_something_to_show() -> None:
    for seed in range(20):
        charts = [block for block in compose(made(seed), load("cn-sichuan", 2023)).blocks if isinstance(block, Chart)]
        assert [chart.number for chart in charts] == list(range(1, len(charts) + 1))
        assert all(any(point.value for point in chart.points) for chart in charts)


def test_a_sentence_is_read_by_the_notation_that_wrote_it() -> None:
    """Every slot of the templates is one that the writer can look up: figures by reference, texts by name."""
    standards = load("cn-sichuan", 2023)
    for name, variants in standards.template_variants.items():
        for text in variants:
            for slot in to_regex(parse(text, standards.concepts))[1]:
                assert slot.kind in ("figure", "direction", "year", "unit", "text"), name
