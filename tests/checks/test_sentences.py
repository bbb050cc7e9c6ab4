"""What one sentence says of its own figures is judged: the sentence as it stands has no finding, with one figure changed that figure is named."""

from __future__ import annotations

import re

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


#: Of reports and projects: what a sentence reckons of figures that stand in no statement.
RECKONED = [
    ("计划举办推介会6场，实际举办4场，完成率66.67%。", {"66.67": "76.67", "实际举办4": "实际举办3"}),
    ("发放问卷400份，回收有效问卷386份，有效回收率96.50%；其中满意371份，满意度96.11%。", {"96.50": "69.50", "96.11": "91.61"}),
    ("新建驿站11座、改建6座，合计17座。", {"合计17": "合计16", "改建6": "改建8"}),
    ("年度目标：改造主线12.6公里、支线38.4公里，合计51.0公里。", {"51.0": "50.1"}),
    ("全年接待观众86.2万人次，比上年的71.5万人次增加14.7万人次。", {"14.7": "17.4"}),
    ("新媒体粉丝数由38.5万增至52.1万，净增13.6万，增长35.32%。", {"净增13.6": "净增16.3", "35.32": "53.32"}),
    ("投诉件数由1,246件下降到760件，降幅39.0%。", {"39.0": "93.0"}),
    ("补植造林0.91万亩，每亩160元，合计145.60万元。", {"145.60": "154.60"}),
    ("资助传承人62人，其中国家级4人、省级17人、市级41人，人均补助1.20万元，共74.40万元。", {"74.40": "54.40", "省级17": "省级71"}),
    ("文物修缮540.00万元，其中石刻修缮320.00万元、古建修缮160.00万元、测绘60.00万元。", {"540.00": "450.00"}),
    ("绩效自评项目6个，共涉及资金936.50万元，其中一般公共预算项目4个，涉及资金436.50万元；政府性基金项目2个，涉及资金500.00万元。", {"500.00": "560.00", "项目2个": "项目3个"}),
    ("1.林木抚育项目：全年预算320.00万元，执行301.20万元，预算执行率94.13%，结余18.80万元。", {"94.13": "49.13", "18.80": "81.80"}),
    ("灌渠建设项目预算1280.00万元，其中中央补助800.00万元、市级配套480.00万元；执行1107.95万元，执行率86.56%。", {"480.00": "380.00", "86.56": "68.56"}),
    ("本部门组织对2023年度12个项目支出开展了绩效自评，评价等级为“优”的9个、“良”的3个。", {"“良”的3": "“良”的2"}),
    ("对上述9个项目全部开展绩效自评，其中：自评等级为优的7个，良的2个，中的0个，差的0个。", {"良的2": "良的4"}),
    ("共涉及项目18个，资金1064.54万元。自评结果为：11个项目自评等级为“优”，5个项目自评等级为“良”，2个项目自评等级为“中”。", {"5个项目": "6个项目"}),
    ("48个项目中自评得分90分（含）以上的41个，80（含）至90分的6个，80分以下的1个。", {"41个": "44个"}),
    ("全年门急诊421836人次，比上年增加23586人次（上年为398250人次）。", {"23586": "32586"}),
    ("培训费支出预算38.00万元，支出决算29.74万元，完成预算的78.26%。", {"78.26": "78.62"}),
    ("开支培训费18.62万元，用于开展培训6期，人数1320人，其中高素质农民培育4期，人数1000人，支出13.20万元；防疫技术培训2期，人数320人，支出5.42万元。", {"1320": "1230", "13.20": "12.30"}),
    ("纳入编制范围的共11个预算单位，其中：行政单位1个，参照公务员法管理的事业单位1个（区监督所），公益一类事业单位9个。", {"共11": "共12"}),
    ("年末在岗183人，其中行政编制40人、参公编制35人、其他事业编制108人。", {"183": "193"}),
]  # fmt: skip
#: Figures that stand beside one another and make nothing of each other: however they are related, nobody says so.
SILENT = [
    "全年举办展览18场、讲座46场，合计服务读者6400人次。",
    "共有职工120人，其中党员80人、女性65人。",
    "计划改造道路3条，实际完成3条，完成率100%；计划培训40人，实际培训52人，完成率100%。",
    "项目预算800.00万元，其中中央资金500.00万元、省级资金200.00万元，其余为市级自筹；执行760.00万元，执行率95.00%。",
    "自评扣5分，主要是进度滞后扣2分，资料不全扣1分。",
    "全年接待观众86.2万人次，其中未成年人20.1万人次，比上年增加3.4万人次。",
    "对12个项目开展绩效自评，抽查的5个项目中评为“优”的3个、“良”的2个。",
    "完成考核18个，其中优秀的3个、良好的4个，其余合格。",
    "全年接待30批次240人次，支出4.20万元，其中：上级检查12批次100人次；考察交流9批次80人次。",
    "现有车辆12辆，比上年增加1辆，其中：特种专业技术用车6辆，其他用车6辆。",
    "改造一期工程3公里，投资120.00万元；二期4公里，合计投资300.00万元。",
]  # fmt: skip
_PERFORMANCE = "十、其他重要事项的情况说明\n（四）预算绩效管理情况"


@pytest.mark.parametrize("said", [*(said for said, _ in RECKONED), *SILENT])
def test_what_a_sentence_reckons_rightly_or_not_at_all_has_no_finding(said: str) -> None:
    assert [f.zh for f in grave(_PERFORMANCE, said)[1]] == []


@pytest.mark.parametrize(("said", "right", "wrong"), [(said, *slip) for said, slips in RECKONED for slip in slips.items()])
def test_what_a_sentence_reckons_wrongly_is_named(said: str, right: str, wrong: str) -> None:
    assert said.count(right) == 1
    text, findings = grave(_PERFORMANCE, said.replace(right, wrong))
    digits = re.search(r"[\d.]+", wrong)
    assert digits is not None
    at = text.index(wrong) + digits.start()
    assert any(place.start <= at < place.end for f in findings for place in f.places), [f.zh for f in findings]
