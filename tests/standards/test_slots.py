"""One slot notation for reading and writing: what is written is read back the same."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.standards import fold, load
from gouji.standards.notation import NotationError, parse_equation, parse_ref
from gouji.standards.pack import Ref
from gouji.standards.slots import Slot, parse, to_regex, words_of, write

SENTENCES = [
    pytest.param(text, id=f"{jurisdiction}-{name}-{number}")
    for jurisdiction, year in (("cn-sichuan", 2023), ("cn-shanghai", 2024))
    for name, variants in load(jurisdiction, year).template_variants.items()
    for number, text in enumerate(variants)
]
CONCEPTS = load("cn-sichuan", 2023).concepts

amounts = st.decimals(min_value=0, max_value=99999, places=2)
signed = st.decimals(min_value=-99999, max_value=99999, places=2).filter(bool)


def value_of(slot: Slot, data: st.DataObject) -> str | Decimal | None:
    if slot.kind in ("unit", "text"):
        return data.draw(st.sampled_from(["林泉区文化和旅游局", "人员变动", "一般公共服务"]))
    if slot.kind in ("direction", "year"):
        return None  # these follow from the change and from Y
    assert slot.ref is not None
    return data.draw(signed if slot.ref.measure in ("change", "change_rate") else amounts)


@pytest.mark.parametrize("text", SENTENCES)
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_what_a_template_writes_its_pattern_reads(text: str, data: st.DataObject) -> None:
    parts = parse(text, CONCEPTS)
    pattern, slots = to_regex(parts)
    values: dict[str, str | Decimal | int] = {slot.key: value for slot in slots if (value := value_of(slot, data)) is not None}
    values["Y"] = 2023
    written = write(parts, values, lambda count: data.draw(st.integers(0, count - 1)))
    found = re.fullmatch(pattern, fold(written))
    assert found, written
    assert all(any(word in fold(written) for word in words) for words in words_of(parts))
    for slot, printed in zip(slots, found.groups(), strict=True):
        if printed is None:
            continue
        if slot.kind == "figure":
            value = values[slot.key]
            assert isinstance(value, Decimal)
            assert Decimal(printed) == (abs(value) if slot.ref is not None and slot.ref.measure in ("change", "change_rate") else value)
        elif slot.kind == "year":
            assert int(printed) == 2023 + slot.offset
        elif slot.kind == "direction":
            value = values[slot.key.replace(":direction", "")]
            assert isinstance(value, Decimal)
            assert (printed in ("减少", "下降")) == (value < 0)
        else:
            assert printed == values[slot.key]


def test_direction_words_follow_sign_and_measure() -> None:
    parts = parse(
        "比上年{operating_cost|change:direction}{operating_cost|change}万元，{operating_cost|change_rate:direction}{operating_cost|change_rate}%"
    )
    assert (
        write(parts, {"operating_cost|change": Decimal("-3.10"), "operating_cost|change_rate": Decimal("-1.5")})
        == "比上年减少3.10万元，下降1.5%"
    )
    assert (
        write(parts, {"operating_cost|change": Decimal("3.1"), "operating_cost|change_rate": Decimal("1.5")})
        == "比上年增加3.1万元，增长1.5%"
    )


def test_an_optional_piece_is_left_out_without_its_values() -> None:
    parts = parse("支出{operating_cost}万元[，主要原因是{text:reason.operating_cost}]。")
    assert write(parts, {"operating_cost": Decimal("1.00")}) == "支出1.00万元。"
    assert write(parts, {"operating_cost": Decimal("1.00"), "text:reason.operating_cost": "搬迁"}) == "支出1.00万元，主要原因是搬迁。"
    with pytest.raises(NotationError, match="没有给出"):
        write(parts, {})


def test_a_phrase_reads_every_alternative() -> None:
    pattern, slots = to_regex(parse("团组{three_public.abroad.groups}(次|个|批)", CONCEPTS))
    assert slots[0].ref == Ref("three_public.abroad.groups", "count")
    for text in ("因公出国(境)团组2个", "团组0次", "团组三批"):
        assert re.search(pattern, text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("支出{expenditure.total", "没有收尾"),
        ("支出(甲|乙", "没有收尾"),
        ("支出)万元", "多出"),
        ("{expenditure.everything}", "没有定义"),
        ("{expenditure.total|amounts}", "度量 amounts 不存在"),
        ("{expenditure.total|share:direction}", "只能用于 change"),
        ("{expenditure.total colour=red}", "没有名为 colour 的维度"),
        ("{text:原因}", "小写字母"),
    ],
)
def test_a_broken_sentence_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(NotationError, match=sentence):
        parse(text, CONCEPTS)


def test_a_reference_takes_the_measure_of_its_concept() -> None:
    assert parse_ref("staff.actual{staff=institution}", CONCEPTS) == Ref("staff.actual", "count", "executed", (("staff", "institution"),))
    assert parse_ref("balance.closing^-1", CONCEPTS).period == -1
    assert parse_ref("expenditure.total@budget_adjusted", CONCEPTS).phase == "budget_adjusted"


def test_an_equation_has_signs_options_and_sums() -> None:
    left, op, right = parse_equation("sum(expenditure.total each function@类) - 2*balance.opening? ≤ grand_total", CONCEPTS)
    assert op == "<="
    assert [(term.coefficient, term.optional, term.ref.each) for term in left] == [(1, False, "function@类"), (-2, True, "")]
    assert right[0].ref == Ref("grand_total")


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_makes_printed_forms_one() -> None:
    assert fold("（类）：６２.５％，“三公”、〔２０２３〕；") == "(类):62.5%,“三公”、〔2023〕;"
