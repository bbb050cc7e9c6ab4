"""Justified findings and what is new since the last run."""

from __future__ import annotations

import json

import pytest

from gouji.checks.accepted import Accepted, AcceptedError, justified, merged, read_accepted, unused
from gouji.model.figure import Place
from gouji.model.finding import Finding

MARK, OTHER = "0123456789abcdef", "fedcba9876543210"


def finding(mark: str = MARK) -> Finding:
    return Finding(mark, "share", "error", "expenditure.basic", "占比不符。", "Share.", (Place(0, 1, 1),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("table", ["指纹,说明,日期\n{},口径不同,2024-9-17\n", "\n日期,说明,指纹\n2024年9月17日,口径不同,{}\n", "指纹\t说明\t日期\n{}\t口径不同\t2024/09/17\n"])
def test_a_justification_stays_with_its_finding_whatever_the_encoding_and_order_of_columns(encoding: str, table: str) -> None:
    accepted = read_accepted(table.format(MARK).encode(encoding), "说明.csv")
    [one] = justified([finding()], accepted)
    assert one.justification == "口径不同（2024-09-17）"
    assert one.new is None
    [untouched] = justified([finding(OTHER)], accepted)
    assert untouched.justification == ""


def test_a_former_result_says_what_is_new() -> None:
    result = {"schema": "gouji.check/1", "documents": [{"findings": [{"id": MARK, "justification": "口径不同"}]}]}
    accepted = read_accepted(json.dumps(result, ensure_ascii=False).encode(), "上次.json")
    known, new = justified([finding(), finding(OTHER)], accepted)
    assert (known.new, known.justification) == (False, "口径不同")
    assert (new.new, new.justification) == (True, "")


def test_a_table_and_a_former_result_together() -> None:
    both = merged([read_accepted(f"指纹,说明\n{OTHER},已核实\n".encode(), "说明.csv"), Accepted({}, frozenset({MARK}), "上次.json")])
    first, second = justified([finding(), finding(OTHER)], both)
    assert (first.new, second.new, second.justification) == (False, True, "已核实")
    assert unused([finding()], both) == (OTHER,)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["空的", "指纹,说明"]),
        ("编码,内容\na,b\n".encode(), ["第1行", "指纹"]),
        ("指纹,说明\n1.23E+15,口径不同\n".encode(), ["第2行", "文本"]),
        ("指纹,说明\nabc,口径不同\n".encode(), ["第2行", "16位"]),
        (f"指纹,说明,日期\n{MARK},口径不同,下周\n".encode(), ["第2行", "日期", "2024-09-17"]),
        (b"PK\x03\x04....", ["工作簿", "另存为"]),
        (b'{"schema": "other"}', ["不是核对结果"]),
        (b'{"schema": "gouji.check/1", "documents": [', ["不是完整的JSON"]),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_place_and_the_remedy(data: bytes, words: list[str]) -> None:
    with pytest.raises(AcceptedError) as caught:
        read_accepted(data, "说明.csv")
    message = str(caught.value)
    assert message.startswith("说明.csv：")
    for word in words:
        assert word in message
