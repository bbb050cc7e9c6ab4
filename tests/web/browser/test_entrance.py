"""The way in: the first run, a wrong password, a page typed by hand before signing in."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from web.browser.conftest import Serve
from web.browser.desk import WIDE, Desk, picture, sign_in


def test_the_first_page_of_an_empty_folder_makes_the_administrator(serve: Serve) -> None:
    desk = serve()
    page = desk.visitor()
    page.goto("/projects/")
    expect(page).to_have_url(f"{desk.address}/people/first-run")
    picture(page, "first-run", kept=(WIDE,))
    for label, value in (("用户名", "root"), ("姓名", "管理员"), ("密码", "林泉望江楼档案甲2023"), ("再输一次", "林泉望江楼档案甲2023"), ("财政区划代码", "510999"), ("财政部门名称", "林泉市财政局")):
        page.get_by_label(label).fill(value)
    page.get_by_label("适用标准").select_option(label="四川省")
    page.get_by_role("button", name="开始使用").click()
    expect(page.get_by_text("已建好系统管理员")).to_be_visible()
    page.goto("/people/first-run")
    expect(page.get_by_role("heading", name="没有这一页")).to_be_visible()
    assert desk.faults == []


def test_an_address_typed_before_signing_in_is_reached_after_it(demo: Desk) -> None:
    page = demo.visitor()
    page.goto("/projects/?state=draft")
    expect(page).to_have_url(re.compile("/people/login"))
    page.get_by_label("用户名").fill("jingban")
    page.get_by_label("密码").fill("不是这个")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不对")
    sign_in(page, "jingban")
    expect(page).to_have_url(f"{demo.address}/projects/?state=draft")
    assert demo.faults == []
