"""One story: five people and an administrator walk a project through its year, from an empty folder to the use of results."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from web.browser.conftest import Serve
from web.browser.desk import WIDE, Desk, paste, picture, sign_in

FIRST, OWN = "临时口令望江楼2023", "自己口令清水河2024"
PEOPLE = (
    ("jingban", "何经办", "单位经办人", "文化馆"), ("fuze", "林局长", "单位负责人", "文化馆"), ("zhuguan", "周主管", "主管部门审核人", "林泉市文化局"),
    ("shenhe", "吴审核", "财政部门审核人", "林泉市财政局"), ("shenpi", "郑审批", "财政部门审批人", "林泉市财政局"),
)  # fmt: skip
#: As it comes from Excel: a block of cells. Its weights add up to 85.
BLOCK = "\n".join("\t".join(row) for row in (
    ("产出指标", "数量指标", "全年开放天数", "≥", "300", "天", "20"), ("产出指标", "质量指标", "设施完好率", "≥", "95", "%", "20"),
    ("效益指标", "社会效益指标", "服务群众人次", "≥", "35000", "", "20"), ("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%", "10"),
    ("成本指标", "经济成本指标", "每场活动费用", "≤", "2600", "元", "15"),
))  # fmt: skip


def made_by_administrator(desk: Desk) -> Page:
    """The first run, two places of the tree, five accounts."""
    page = desk.visitor()
    page.goto("/")
    for label, value in (("用户名", "root"), ("姓名", "管理员"), ("密码", OWN), ("再输一次", OWN), ("财政区划代码", "510999"), ("财政部门名称", "林泉市财政局")):
        page.get_by_label(label).fill(value)
    page.get_by_label("适用标准").select_option(label="四川省")
    page.get_by_role("button", name="开始使用").click()
    for above, level, code, name, kind in (("林泉市财政局", "主管部门", "207", "林泉市文化局", ""), ("林泉市文化局", "预算单位", "207002", "文化馆", "其他事业单位")):
        page.get_by_role("link", name="新增单位").click()
        page.get_by_label("上级").select_option(label=above)
        page.get_by_label("层级").select_option(label=level)
        page.get_by_label("单位代码").fill(code)
        page.get_by_label("名称", exact=False).first.fill(name)
        if kind:
            page.get_by_label("单位性质").select_option(label=kind)
        page.get_by_label("适用标准").select_option("cn-sichuan")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text(f"已保存：{name}")).to_be_visible()
    for username, name, role, place in PEOPLE:
        page.goto("/people/persons/new")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("姓名").fill(name)
        page.get_by_label("角色").select_option(label=role)
        page.get_by_label("所在单位").select_option(label=place)
        page.get_by_label("设新密码").fill(FIRST)
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text(f"已保存：{name}")).to_be_visible()
    return page


def first_sign_in(desk: Desk, username: str) -> Page:
    """A password that the administrator has set is good for setting another."""
    page = desk.visitor()
    page.goto("/")
    sign_in(page, username, FIRST)
    expect(page.get_by_text("请先改成自己的")).to_be_visible()
    page.get_by_label("现在的密码").fill(FIRST)
    page.get_by_label("新密码").fill(OWN)
    page.get_by_label("再输一次").fill(OWN)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("密码已改")).to_be_visible()
    return page


def step(page: Page, address: str, name: str, remark: str = "") -> None:
    """Takes a step on the project's page and sees that it was taken."""
    page.goto(address)
    if remark:
        page.get_by_label(re.compile("^意见")).first.fill(remark)
    page.get_by_role("button", name=name, exact=True).first.click()
    expect(page.locator(".told.success")).to_contain_text(f"已{name}")


def test_five_people_walk_a_project_through_its_year(serve: Serve, tmp_path: Path) -> None:
    desk = serve()
    administrator = made_by_administrator(desk)
    preparer, head, supervisor, reviewer, approver = (first_sign_in(desk, username) for username, *_ in PEOPLE)

    # Register and targets: a block from Excel, weights and hints while typing.
    preparer.goto("/projects/new?year=2023")
    preparer.get_by_label("项目名称").fill("公共文化场馆免费开放")
    preparer.get_by_label("入库日期").fill("2022-09-12")
    preparer.get_by_label("年初预算（万元）").fill("50")
    preparer.get_by_label("年度目标").fill("全年免费开放，服务群众三万五千人次。")
    preparer.get_by_role("button", name="建立").click()
    expect(preparer.get_by_role("heading", name="绩效目标：公共文化场馆免费开放")).to_be_visible()
    paste(preparer, "#id_i-0-level1", BLOCK)
    expect(preparer.locator("#id_i-4-name")).to_have_value("每场活动费用")
    expect(preparer.locator("output.sum")).to_have_text("85 分，应为 90 分")
    expect(preparer.locator("#live")).to_contain_text("还差 5 分")
    expect(preparer.locator("#live")).to_contain_text("没有度量单位")
    picture(preparer, "targets")
    preparer.get_by_role("button", name="保存").click()
    expect(preparer.get_by_role("heading", level=1)).to_have_text("公共文化场馆免费开放")
    address = preparer.url.split("?")[0]
    preparer.get_by_role("button", name="提交目标").click()
    expect(preparer.get_by_role("alert")).to_contain_text("指标权重之和为 85 分，应为 90 分")
    preparer.goto(f"{address}/targets")
    preparer.locator("#id_i-4-weight").fill("20")
    preparer.locator("#id_i-2-unit").fill("人次")
    expect(preparer.locator("#live")).to_contain_text("正好")
    preparer.get_by_role("button", name="保存").click()
    step(preparer, address, "提交目标")

    # Returned with remarks, mended, approved.
    step(head, address, "退回修改", "服务人次偏低，请核对上年")
    preparer.goto(address)
    preparer.get_by_role("link", name="变更记录").first.click()
    expect(preparer.get_by_text("说明：服务人次偏低，请核对上年")).to_be_visible()
    preparer.goto(f"{address}/targets")
    preparer.locator("#id_i-2-target").fill("36000")
    preparer.get_by_role("button", name="保存").click()
    step(preparer, address, "提交目标")
    step(head, address, "签发目标")
    step(supervisor, address, "报送财政")
    approver.goto("/")
    expect(approver.locator(".waiting")).to_contain_text("个项目待批复目标")
    step(approver, address, "批复目标", "同意")

    # Watched at three dates; behind in June.
    for month, executed, forecast, reason in (("6", "15", "48", "上半年采购流程长"), ("9", "38", "48", ""), ("11", "46", "48", "")):
        preparer.goto(f"{address}/monitoring/{month}")
        preparer.get_by_label("累计执行数（万元）").fill(executed)
        preparer.get_by_label("预计全年执行数（万元）").fill(forecast)
        preparer.get_by_label("偏差原因").fill(reason)
        preparer.get_by_role("button", name="保存").click()
        expect(preparer.locator(".told.success")).to_contain_text(f"已保存 {month} 月末的监控")
    supervisor.goto(address)
    expect(supervisor.locator(".told.warning")).to_contain_text("6月末执行 30.00%，落后于要求的 50.00%")
    expect(supervisor.locator(".year-chart circle.behind")).to_have_count(1)
    picture(supervisor, "monitoring")

    # Adjusted by request and approval.
    preparer.goto(f"{address}/adjust")
    preparer.get_by_label("调整后预算改为（万元）").fill("48")
    preparer.get_by_label("调整理由").fill("场次调减")
    preparer.get_by_role("button", name="保存").click()
    expect(preparer.locator(".told.success")).to_contain_text("核对后请提交")
    preparer.get_by_role("button", name="提交申请").click()
    expect(preparer.locator(".told.success")).to_contain_text("已提交申请")
    step(supervisor, address, "同意并报送")
    step(approver, address, "批准调整")
    expect(approver.locator("aside")).to_contain_text("48.00")

    # Self-evaluation: scores and their derivation beside each cell, a reason where points are lost, evidence.
    step(preparer, address, "开始自评")
    preparer.goto(f"{address}/evaluation")
    preparer.get_by_label("预算执行数（万元）").fill("47.04")
    for at, (actual, score) in enumerate((("312", "20"), ("97", "20"), ("31200", "17.33"), ("94", "10"), ("2480", "20"))):
        preparer.locator(f"#id_i-{at}-actual").fill(actual)
        preparer.locator(f"#id_i-{at}-score").fill(score)
    expect(preparer.locator("#live")).to_contain_text("97.13 分")
    expect(preparer.locator("tr", has=preparer.locator("#id_i-2-actual"))).to_contain_text("完成值 31200 ÷ 目标 36000 × 20 = 17.33")
    picture(preparer, "self-evaluation")
    preparer.get_by_label("年度目标完成情况").fill("全年免费开放，服务人次未达目标。")
    preparer.get_by_label("评价结论").fill("总体完成较好。")
    preparer.get_by_role("button", name="保存").click()
    expect(preparer.locator(".told.warning")).to_contain_text("指标“服务群众人次”扣了分，没有写原因")
    preparer.locator("#id_i-2-reason").fill("展厅改造闭馆一个月")
    preparer.get_by_role("button", name="保存").click()
    expect(preparer.locator(".told.warning")).to_have_count(0)
    proof = tmp_path / "开放台账.csv"
    proof.write_text("月份,人次\n1,2600\n", encoding="utf-8")
    preparer.goto(address)
    preparer.get_by_label("佐证材料").set_input_files(proof)
    preparer.get_by_role("button", name="附上").click()
    expect(preparer.get_by_role("link", name="开放台账.csv")).to_be_visible()
    step(preparer, address, "提交自评")
    step(head, address, "签发自评")
    step(supervisor, address, "报送财政")

    # Sampled by the bureau: the sample is drawn, the draw repeats, what was drawn waits for the reviewer.
    reviewer.goto("/projects/")
    reviewer.get_by_role("link", name="复评抽样").click()
    reviewer.get_by_role("link", name="抽取样本").click()
    reviewer.get_by_label("抽取个数或比例").fill("30")
    expect(reviewer.locator("#live")).to_contain_text("1 / 1 个项目")
    reviewer.get_by_label("抽取办法").select_option(label="按个数")
    expect(reviewer.locator("#live")).to_contain_text("可以抽的只有 1 个项目，抽不出 30 个")
    reviewer.get_by_label("抽取个数或比例").fill("1")
    reviewer.get_by_label("按单位分层").check()
    expect(reviewer.locator("#live")).to_contain_text("207002 文化馆")
    reviewer.get_by_label("抽样依据").fill("2023年度自评抽查方案")
    picture(reviewer, "draw-new")
    reviewer.get_by_role("button", name="抽取").click()
    expect(reviewer.locator(".told.success").first).to_contain_text("1 个项目中抽中 1 个")
    expect(reviewer.get_by_text("重抽一遍，结果与记录一致")).to_be_visible()
    reviewer.goto("/")
    reviewer.get_by_role("link", name="个样本项目待复评").click()
    expect(reviewer.get_by_role("link", name="公共文化场馆免费开放", exact=True)).to_be_visible()

    # Re-scored, closed, used.
    reviewer.goto(f"{address}/rescoring")
    reviewer.get_by_label("服务群众人次 复评得分").fill("12")
    reviewer.get_by_label("复评说明").fill("台账只支持两万一千余人次")
    reviewer.get_by_role("button", name="保存").click()
    expect(reviewer.locator(".told.success")).to_contain_text("自评 97.13 分，复评 91.8 分")
    picture(reviewer, "rescored", kept=(WIDE,))
    step(approver, address, "审定自评")
    approver.goto(f"{address}/use")
    expect(approver.locator(".told").first).to_contain_text("复评得分 91.8 分，等级“优”，参考建议维持：根据情况予以支持")
    approver.get_by_label("提醒整改").check()
    approver.get_by_role("button", name="保存").click()
    expect(approver.get_by_role("alert")).to_contain_text("决定与建议不同，要写理由")
    approver.get_by_label("提醒整改").check()
    approver.get_by_label("理由").fill("自评与台账不符")
    approver.get_by_role("button", name="保存").click()
    expect(approver.locator(".told.success")).to_contain_text("已记录结果应用的决定")

    # After the end only a correction, with its reason; old and new stand on the page.
    preparer.goto(address)
    preparer.get_by_role("link", name="更正自评").click()
    preparer.get_by_label("预算执行数（万元）").fill("46.9")
    preparer.get_by_role("button", name="更正").click()
    expect(preparer.get_by_role("alert")).to_contain_text("更正要写明原因")
    preparer.goto(f"{address}/evaluation")
    preparer.get_by_role("button", name="恢复").click()
    preparer.get_by_label("更正的原因").fill("年终结账后退回一千四百元")
    expect(preparer.locator("#live")).to_contain_text("执行数 46.9")
    picture(preparer, "correcting", kept=(WIDE,))
    preparer.get_by_role("button", name="更正").click()
    expect(preparer.locator(".told.success")).to_contain_text("已更正")
    expect(preparer.locator("[aria-labelledby=corrections]")).to_contain_text("47.0446.9年终结账后退回一千四百元")
    picture(preparer, "corrected", kept=())

    # Everything stands in the record, and the record is whole.
    approver.get_by_role("link", name="变更记录").last.click()
    for name in ("提交目标", "退回修改", "签发目标", "报送财政", "批复目标", "批准调整", "开始自评", "审定自评", "更正"):
        expect(approver.locator(".trail")).to_contain_text(name)
    picture(approver, "record", kept=(WIDE,))
    administrator.goto("/changes/verify")
    expect(administrator.locator(".told.success")).to_contain_text("没有被改动")
    assert desk.faults == []
