"""The JSON that other programs rely on."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

import gouji
from gouji.checks.registry import SEVERITY_ZH
from gouji.model.dossier import Kind
from gouji.model.fact import Direction, Measure, Phase
from gouji.model.finding import DutyStateName, Severity
from gouji.rendering import wording
from gouji.rendering.checked import CheckedDocument, Failure
from gouji.rendering.data import check_data, check_json, dossier_json
from rendering.sample import read, sample, spotless

SCHEMA: dict[str, Any] = json.loads(files("gouji.rendering").joinpath("check.schema.json").read_text(encoding="utf-8"))


def validate(data: Any) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(data)


def test_the_schema_itself_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_report_fits_its_schema() -> None:
    for documents in ([], [sample()], [sample(), spotless()]):
        validate(json.loads(check_json(documents, [Failure("坏.doc", "坏.doc：不是 docx。请另存为 .docx。")])))


@pytest.mark.parametrize("path", ["facts.0.value", "findings.0.message", "coverage.unbound", "duties.0.state", "document.sha256"])
def test_the_schema_refuses_a_report_that_lost_a_key(path: str) -> None:
    data = copy.deepcopy(check_data([sample()]))
    target: Any = data["documents"][0]
    *parents, last = path.split(".")
    for step in parents:
        target = target[int(step)] if step.isdigit() else target[step]
    del target[last]
    with pytest.raises(jsonschema.ValidationError):
        validate(data)


def test_the_schema_allows_further_keys() -> None:
    data = check_data([sample()])
    data["documents"][0]["facts"][0]["later"] = 1
    validate(data)


def test_places_point_into_the_canonical_text() -> None:
    checked = sample()
    document = check_data([checked])["documents"][0]
    text = checked.dossier.outline.text
    for fact in document["facts"]:
        place = fact["place"]
        assert text[place["start"] : place["end"]] == fact["printed"]
        assert text.count("\n", 0, place["start"]) + 1 == place["line"]
        assert fact["printed"] in place["quote"]


def test_values_are_printed_digits_and_meaning_stands_apart() -> None:
    facts = check_data([sample()])["documents"][0]["facts"]
    assert [f["value"] for f in facts[:3]] == ["3120.50", "214.30", "6.43"]
    assert (facts[1]["direction"], facts[0]["direction"]) == ("decrease", None)
    assert facts[8]["dimensions"] == {"function": "2070101", "fund": "general_budget"}


def test_a_thousand_separator_is_not_in_the_value() -> None:
    lines = (("narrative", "prose", "本年支出合计[[expenditure.total|amount||3,120.50万元]]。"),)
    fact = check_data([CheckedDocument(read(lines), sample().report.__class__(), {})])["documents"][0]["facts"][0]  # type: ignore[arg-type]
    assert (fact["value"], fact["printed"], fact["unit"]) == ("3120.50", "3,120.50万元", "万元")


def test_findings_keep_what_a_reader_needs() -> None:
    found = check_data([sample()])["documents"][0]["findings"]
    first = found[0]
    assert (first["rule"], first["found"], first["expected"], first["allowed"]) == ("share", "37.95%", "39.75%", ["39.748", "39.750"])
    assert first["suspects"] == [{"fact": 5, "expected": "39.75%", "laws": ["share", "whole"], "slip": "两位数字颠倒"}]
    assert [e["line"] for e in first["evidence"]] == [5, 5, 5]
    assert found[-1]["justification"] == "预算数按批复口径，已附说明"


def test_coverage_adds_up() -> None:
    coverage = check_data([sample()])["documents"][0]["coverage"]
    assert coverage["numbers"] == coverage["bound"] + len(coverage["other"]) + len(coverage["unbound"]) == 20
    assert [t["printed"] for t in coverage["unbound"]] == ["4"]


def test_the_same_input_gives_the_same_bytes() -> None:
    assert check_json([sample(), spotless()]) == check_json([sample(), spotless()])


def test_text_is_readable_chinese_one_finding_a_line() -> None:
    text = check_json([sample()])
    assert text.endswith("}\n")
    assert sum(1 for line in text.splitlines() if '"rule": ' in line) == len(sample().report.findings)
    assert "云岭市林泉区文化和旅游局" in text


def test_a_file_name_that_is_not_unicode_does_not_break_the_report() -> None:
    checked = sample()
    source = dataclasses.replace(checked.dossier.source, path="决算\udcce\udcc4.txt")
    report = check_json([dataclasses.replace(checked, dossier=dataclasses.replace(checked.dossier, source=source))])
    assert json.loads(report.encode("utf-8"))["documents"][0]["document"]["path"] == "决算??.txt"


def test_reading_without_judging_gives_facts_sections_and_coverage() -> None:
    data = json.loads(dossier_json([sample().dossier]))
    document = data["documents"][0]
    assert data["schema"] == "gouji.dossier/1"
    assert set(document) >= {"document", "facts", "claims", "listings", "sections", "coverage"}
    assert "findings" not in document
    assert [s["title"] for s in document["sections"]][:2] == ["收入支出决算总体情况说明", "支出决算情况说明"]


def test_the_schema_knows_every_word_of_the_model() -> None:
    definitions = SCHEMA["$defs"]
    key, finding, duty = definitions["key"]["properties"], definitions["finding"]["properties"], definitions["duty"]["properties"]
    assert key["measure"]["enum"] == list(get_args(Measure))
    assert key["phase"]["enum"] == list(get_args(Phase))
    assert finding["severity"]["enum"] == list(get_args(Severity))
    assert duty["state"]["enum"] == list(get_args(DutyStateName))
    assert definitions["document"]["properties"]["kind"]["enum"] == list(get_args(Kind))


def test_every_word_of_the_model_has_a_chinese_name() -> None:
    assert set(wording.MEASURE) == set(get_args(Measure))
    assert set(wording.PHASE) == set(get_args(Phase))
    assert set(wording.SEVERITY) == set(get_args(Severity))
    assert set(wording.DUTY) == set(get_args(DutyStateName))
    assert set(wording.KIND) == set(get_args(Kind))
    assert set(wording.DIRECTION) == set(get_args(Direction))


REAL = Path(os.environ.get("GOUJI_REAL", Path(__file__).resolve().parents[2].parent / "shared" / "real"))
#: The keys that DESIGN.md promises for forms and schemes: none may ever be missing.
PROJECT = {"code", "name", "unit", "budget_initial", "budget_adjusted", "executed", "rate", "rate_weight", "rate_score", "indicators", "total_weight",
           "total_score", "conclusion", "problems", "measures", "facts", "doubt", "place"}  # fmt: skip
INDICATOR = {"level1", "level2", "name", "operator", "target", "unit", "actual", "weight", "score", "reason", "facts"}
ITEM = {"id", "parent", "name", "weight", "score", "deduction", "reason", "place"}


@pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not beside this checkout")
@pytest.mark.parametrize("name", ["luzhou-government-services-2023.txt", "suining-devzone-economy-2023.txt", "shanghai-putuo-finance-bureau-2024.pdf"])
def test_a_real_run_with_forms_fits_the_schema(name: str) -> None:
    dossier = gouji.read(REAL / name)
    data = json.loads(check_json([CheckedDocument(dossier, gouji.check(dossier), {})]))
    validate(data)
    document = data["documents"][0]
    facts = {fact["id"]: fact for fact in document["facts"]}
    for project in document["projects"]:
        assert set(project) >= PROJECT
        for indicator in project["indicators"]:
            assert set(indicator) >= INDICATOR
            for field, fact in indicator["facts"].items():
                assert facts[fact]["value"] in (indicator[field] or "").replace(",", "")
    for evaluation in document["evaluations"]:
        assert evaluation["items"]
        for item in evaluation["items"]:
            assert set(item) >= ITEM
            if "score" in item["facts"]:
                assert item["place"]["line"] == facts[item["facts"]["score"]]["place"]["line"]


def test_what_the_run_adds_stands_behind_the_promised_keys() -> None:
    more = {
        "folders": [{"department": "甲.docx", "units": ["乙.docx"], "named": ["乙中心"], "missing": [], "extra": []}],
        "since": {"source": "上次.json", "documents": [{"path": "甲.docx", "then": None, "new": [], "gone": []}], "absent": []},
    }
    data = json.loads(check_json([sample()], more=more))
    validate(data)
    assert list(data)[-2:] == ["folders", "since"]
    assert "folders" not in json.loads(check_json([sample()]))


@pytest.mark.parametrize(("key", "value"), [("folders", [{"department": "甲.docx"}]), ("since", {"source": "上次.json"}), ("folders", {})])
def test_the_schema_refuses_additions_of_another_shape(key: str, value: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validate(check_data([sample()], more={key: value}))


def test_severities_have_one_vocabulary_everywhere() -> None:
    assert SEVERITY_ZH == wording.SEVERITY == {"error": "错误", "warning": "警告", "note": "提示"}
