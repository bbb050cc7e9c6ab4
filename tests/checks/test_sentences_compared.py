"""What is compared with what, and of whose money it is told: as it stands nothing is found; one figure changed is named."""

from __future__ import annotations

import pytest

import gouji
from gouji.model.finding import Finding

_HEADS = "云岭市林泉区文化和旅游局\n2023年度部门决算\n第二部分 2023年度部门决算情况说明\n"
_GENERAL = "五、一般公共预算财政拨款支出决算情况说明"
_PUBLIC = "七、财政拨款“三公”经费支出决算情况说明"
#: Headings and text, and what is changed in it: each figure with what is printed instead.
CASES: list[tuple[str, dict[str, str]]] = [
    # against the budget and against last year in one sentence
    (f"{_PUBLIC}\n公务用车运行维护费46.83万元，用于下乡演出所需的燃料费、维修费等，较年初预算数52.00万元减少5.17万元，下降9.9%；较上年支出数49.27万元减少2.44万元，下降5.0%。", {"5.17": "1.57", "2.44": "4.42"}),
    (f"{_PUBLIC}\n公务接待费11.86万元，与2023年度预算相比，减少1.64万元，下降12.15%；与2022年度决算相比，减少0.88万元，下降6.91%，原因是改在食堂用餐。", {"12.15": "21.15", "6.91": "9.61"}),
    (f"{_GENERAL}\n教育支出268.19万元，年初预算数259.40万元，决算数较其增加8.79万元，增长3.4%，主要原因是增人。", {"8.79": "7.89"}),
    ("六、预决算差异\n财政拨款收入支出总体年初预算数1402.35万元，决算数1554.68万元，预决算差异率10.86%，原因是追加经费。", {"10.86": "9.80"}),
    # a rate on this year's amount, a share copied from its neighbour, a share whose base lies further up
    (f"{_PUBLIC}\n2023年度“三公”经费支出45.54万元。与2022年度决算28.04万元相比，增加17.50万元，增长62.41%，主要是更新车辆。", {"62.41": "38.43"}),
    (f"{_GENERAL}\n2023年度一般公共预算支出546.53万元，其中基本支出234.53万元，占42.91%；项目支出312.00万元，占57.09%。", {"57.09": "42.91"}),
    (f"{_PUBLIC}\n“三公”经费支出22.96万元。其中：公务用车运行维护费15.81万元，占68.86%；公务接待费7.15万元，占31.14%。", {"68.86": "68.68"}),
    # of whose money
    ("一、收入支出决算总体情况说明\n2023年度收、支总计均为1327.43万元。\n二、收入决算情况说明\n本年收入合计1263.55万元。\n四、财政拨款收入支出决算总体情况说明\n2023年度财政拨款收、支总计均为1319.67万元（含年初结转60.00万元）。", {}),
    ("一、收入支出决算总体情况说明\n本年收入合计1452.70万元，年初结转和结余28.64万元，其中财政拨款18.02万元、其他资金10.62万元。", {"10.62": "16.02"}),
    ("一、收入支出决算总体情况说明\n本单位总支出961.45万元，其中本年支出866.83万元，年末结转和结余94.62万元。与2022年度决算数相比，本年支出增加84.08万元，增长10.74%。", {"10.74": "17.04"}),
    ("一、预算执行情况分析\n年初预算收入448.50万元（财政拨款408.50万元，事业收入40.00万元）；决算数为收入504.05万元（含年初结转和结余）。本年收入481.65万元。", {}),
    # of all of a list
    (f"{_GENERAL}\n3.卫生健康（类）支出105.95万元，即行政单位医疗（2101101）61.25万元、公务员医疗补助（2101103）44.70万元，较上年的101.73万元增长4.15%。", {"4.15": "1.45"}),
    (f"{_GENERAL}\n8、城乡社区支出（类）城乡社区公共设施（款）小城镇基础设施建设（项）186.00万元，城乡社区环境卫生（款）城乡社区环境卫生（项）92.80万元，合计完成年初预算250.00万元的111.52%。", {}),
    (f"{_GENERAL}\n1、一般公共服务支出732.53万元：人大事务（款）代表工作（项）18.60万元；财政事务（款）行政运行（项）486.24万元、一般行政管理事务（项）123.78万元、事业运行（项）103.91万元。", {"123.78": "132.78"}),
    ("六、一般公共预算财政拨款基本支出决算情况说明\n2023年度一般公共预算财政拨款基本支出262.48万元，按经济分类：\n（一）工资福利支出262.48万元。基本工资186.27万元，津贴补贴38.14万元，绩效工资38.07万元。", {}),
    # beside the “三公”
    ("七、“三公”经费、会议费及培训费支出决算情况说明\n（二）培训费支出情况说明。预算3.20万元，支出决算4.46万元，完成预算的139.38%，决算数较预算数增加1.26万元，主要原因是加办一期培训。", {"139.38": "193.38", "1.26": "1.62"}),
    (f"{_PUBLIC}\n公务接待费1.25万元，全年国内公务接待21批次，168人次，具体内容包括：全省调研0.38万元，专项检查0.41万元，邻县考察0.27万元，联检0.19万元。", {"0.19": "0.91"}),
    # a budget told again behind what was added, a unit said once for all
    (f"{_GENERAL}\n一般公共预算财政拨款支出年初预算836.20万元，年中追加105.32万元（人员调标55.95万元、设备专项49.37万元），全年预算941.52万元。全年支出928.37万元，完成全年预算的98.60%。", {"98.60": "89.60"}),
    (f"{_GENERAL}\n按科目分（金额单位均为万元）：\n1.教育支出（类）进修及培训（款）培训支出（项）年初预算14.50，支出决算14.92，完成102.90%。原因是加办一期。", {"102.90": "120.90"}),
    # with what was carried over; a bare 支出 in a paragraph of a report on something else
    ("一、收入支出决算总体情况说明\n（一）收入决算。2023年度总收入4975.48万元，包括本年收入4921.15万元和年初结转结余54.33万元。本年收入比上年决算数4052.18万元增加868.97万元，增长21.44%。", {"54.33": "45.33"}),
    (f"{_GENERAL}\n2023年度一般公共预算财政拨款支出788.48万元，其中：\n1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）578.48万元。\n2.农林水支出（类）某某新设（款）其他某某新设支出（项）210.00万元。", {}),
]  # fmt: skip


def _grave(text: str) -> list[Finding]:
    return [f for f in gouji.check(gouji.read(text.encode())).findings if f.severity != "note"]


@pytest.mark.parametrize("said", [said for said, _ in CASES])
def test_what_is_rightly_compared_has_no_finding(said: str) -> None:
    assert [f.zh for f in _grave(_HEADS + said)] == []


@pytest.mark.parametrize(("said", "right", "wrong"), [(said, *slip) for said, slips in CASES for slip in slips.items()])
def test_what_is_wrongly_compared_is_named(said: str, right: str, wrong: str) -> None:
    assert said.count(right) == 1
    text = _HEADS + said.replace(right, wrong)
    at = text.index(wrong, (_HEADS + said).index(right))
    assert any(place.start <= at < place.end for f in _grave(text) for place in f.places), [f.zh for f in _grave(text)]


def test_a_piece_that_names_no_year_is_judged() -> None:
    piece = "公务用车购置费支出0万元，全年购置公务用车7辆。"
    assert [f.rule for f in _grave(piece)] == ["zero-pair"]
    piece = "一般公共预算支出546.53万元，其中基本支出234.53万元、项目支出312.00万元。与上年498.17万元相比增加48.36万元，增长9.71%。"
    assert _grave(piece) == []
    assert [f.rule for f in _grave(piece.replace("9.71", "7.91"))] == ["change"]


def test_the_year_of_a_piece_is_the_one_that_its_sentences_open_with() -> None:
    assert gouji.read("2021年公务接待费支出2.10万元，接待12批次。\n2021年因公出国（境）费0万元。".encode()).year == 2021
    assert gouji.read("2021年公务接待费支出2.10万元。\n2020年公务接待费支出2.40万元。".encode()).year is None


def test_a_bare_expenditure_is_that_of_what_the_paragraph_tells_of() -> None:
    report = (
        "云岭市林泉区卫生健康局\n2023年部门整体支出绩效自评报告\n二、部门资金收支情况\n2023年本年支出合计31997.19万元，其中基本支出23781.25万元，项目支出8215.94万元。\n"
        "三、部门预算绩效分析\n（一）履职效能分析\n1.基本公共卫生服务。全县常住人口31.86万人，按人均89元标准安排并支出2835.54万元。\n"
        "（二）预算管理情况\n1.预算执行。全年实际支出{}万元。"
    )
    assert _grave(report.format("31997.19")) == []
    assert [f.rule for f in _grave(report.format("31979.19"))] == ["agreement"]


def test_shares_of_neighbouring_paragraphs_that_make_a_hundred_are_of_one_whole() -> None:
    report = "云岭市林泉区公安局\n2023年部门整体支出绩效自评报告\n二、部门资金收支情况\n（一）全年支出10025.56万元。\n（二）支出结构\n1.人员经费6742.83万元，占67.26%。\n2.日常公用经费869.27万元，占8.67%。\n3.项目支出2413.46万元，占24.07%。\n（三）基本支出7299.45万元为财政拨款。"
    assert [f for f in _grave(report) if f.rule == "share"] == []
