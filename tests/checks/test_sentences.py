"""What one sentence says of its own figures is judged: the sentence as it stands has no finding, with one figure changed that figure is named."""

from __future__ import annotations

import pytest

import gouji
from gouji.model.finding import Finding

_HEADS = "云岭市林泉区文化和旅游局\n2023年度部门决算\n第二部分 2023年度部门决算情况说明\n"
#: Title of the section, its text, and what is changed: each figure with what is printed instead.
CASES = [
    (
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）260.58万元，年初预算300.00万元，预算完成率86.86%。主要原因是馆舍修缮推迟。",
        {"86.86": "16.86"},
    ),
    (
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）500.00万元，其中：基本支出420.00万元、项目支出80.00万元，为年初预算480.00万元的104.17%。主要原因是增人。",
        {"420.00": "402.00", "480.00": "840.00", "104.17": "140.17"},
    ),
    (
        "七、财政拨款“三公”经费支出决算情况说明",
        "公务接待费支出预算3.00万元，支出决算1.84万元，完成调整后预算的61.33%，原因是从严控制。",
        {"61.33": "16.33"},
    ),
    (
        "七、财政拨款“三公”经费支出决算情况说明",
        "2023年“三公”经费预算28.00万元，实际支出22.41万元，较预算节约5.59万元，预算执行率80.04%，原因是压减接待。",
        {"5.59": "9.59", "80.04": "84.00"},
    ),
    (
        "三、支出决算情况说明",
        "年末结转和结余45.20万元，较年初的60.20万元减少15.00万元，下降24.92%，原因是项目完工。",
        {"15.00": "51.00", "24.92": "42.92"},
    ),
    (
        "九、国有资产占用情况说明",
        "截至2023年12月31日，本部门共有车辆8辆，比上年增加1辆，其中特种专业技术用车6辆，其他用车2辆，其他用车主要是流动图书车。",
        {"6辆": "5辆"},
    ),
]  # fmt: skip


def grave(title: str, said: str) -> tuple[str, list[Finding]]:
    text = f"{_HEADS}{title}\n{said}\n"
    return text, [f for f in gouji.check(gouji.read(text.encode())).findings if f.severity != "note" and f.rule != "numbering"]


@pytest.mark.parametrize(("title", "said"), [(title, said) for title, said, _ in CASES])
def test_what_adds_up_has_no_finding(title: str, said: str) -> None:
    assert grave(title, said)[1] == []


@pytest.mark.parametrize(("title", "said", "right", "wrong"), [(title, said, *slip) for title, said, slips in CASES for slip in slips.items()])
def test_a_changed_figure_is_named(title: str, said: str, right: str, wrong: str) -> None:
    assert said.count(right) == 1
    text, findings = grave(title, said.replace(right, wrong))
    at = text.index(wrong)
    assert any(place.start <= at < place.end for f in findings for place in f.places), [f.zh for f in findings]
