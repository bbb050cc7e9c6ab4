"""So many at so much each, in whatever order: as it stands nothing is found; one figure changed is named."""

from __future__ import annotations

import pytest

import gouji
from gouji.model.finding import Finding

#: A sentence, and what is changed in it: a figure and what is printed instead.
CASES = [
    ("受助学生386人，按每生每年2,000元发放，共77.20万元。", "77.20", "72.70"),
    ("玉米：承保面积68.40万亩，单位保费42元/亩，保费2872.80万元。", "2872.80", "2782.80"),
    ("第三标段长6.4公里，建安费2880万元，每公里450万元。", "450", "480"),
    ("一次性创业补贴98.00万元，196户，每户5000元。", "98.00", "89.00"),
    ("截至2023年3月31日，到位资金1260.00万元，实际支出1232.00万元，预算执行率97.78%，结余28.00万元。", "28.00", "38.00"),
    ("新增图书目标值12000册，实际完成10080册，完成目标的84%。", "84%", "86%"),
    ("2022年城区路口交通事故341起，2021年386起，减少45起，下降11.66%。", "11.66", "13.20"),  # on the wrong one of the two
    ("年末结余25.01万元，其中中央资金18.16万元、县级资金6.85万元，均结转下年继续使用。", "6.85", "8.65"),
]
#: Right, though something in them looks as if it should hold.
RIGHT = [
    "聘用护林员426人，每人每月2000元，全年发放1022.40万元。",  # by the month
    "奖补资金120万元，其中新建3座，每座30万元，改造2座，每座15万元。",
    "购置电脑120台，每台5800元，服务器96.60万元。",
    "聘用人员386人，每人每年缴纳保险2000元，培训费72.70万元。",
    "护林员426人，每人每年补助2000元，县级配套82.50万元。",
    "建成高标准农田1200亩，总投资186万元，每亩财政补助1500元。",
    "受助学生386人，每生每年最高2000元，共72.70万元。",
    "年末结余1256.80万元，包括中央资金831.20万元、县级资金423.60万元等。",
    "2023年公用经费1256.80万元，其中办公费831.20万元，差旅费423.60万元，其余为水电费。",
    "到位资金1260.00万元，实际支出1232.00万元，结余38.00万元，其中上年结转10.00万元。",
    "到位资金1260.00万元（含利息），实际支出1232.00万元，执行率97.78%，剩余38.00万元。",
    "合同价合计1147.00万元，节约53.00万元，节约率4.42%。",  # of both together
    "全年轮换小麦10000吨、稻谷16000吨，共26000吨，占原粮储备规模的32.50%。",
    "到位资金1260.00万元，实际支出1180.00万元，收回财政52.00万元，结余28.00万元。",
    "收回291份，其中满意166份、较满意98份、一般21份、不满意6份，满意和较满意合计占90.72%。",
]


def _grave(text: str) -> list[Finding]:
    return [f for f in gouji.check(gouji.read(text.encode())).findings if f.severity != "note"]


@pytest.mark.parametrize("said", [*(said for said, _, _ in CASES), *RIGHT])
def test_what_is_right_has_no_finding(said: str) -> None:
    assert [f.zh for f in _grave(said)] == []


@pytest.mark.parametrize(("said", "right", "wrong"), CASES)
def test_what_is_wrong_is_named(said: str, right: str, wrong: str) -> None:
    at = said.index(right)
    found = _grave(said.replace(right, wrong))
    assert any(place.start <= at < place.end for f in found for place in f.places), [f.zh for f in found]


def test_a_direction_that_was_turned_round_is_told_as_that() -> None:
    (finding,) = _grave("茶农人均茶叶收入8460元，上年为7920元，下降6.82%。")
    assert "方向相反" in finding.zh
    assert "增减方向写反" in finding.zh


@pytest.mark.parametrize("said", ["计划培训1000人，实际完成45人，完成率4.71%。", "目标值1000人，实际完成450人，完成率81.82%。"])
def test_a_completion_of_what_is_left_is_no_saving(said: str) -> None:
    assert gouji.check(gouji.read(said.encode())).findings
