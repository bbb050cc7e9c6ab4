"""What is typed, kept, pasted and copied, on every form and table alike: dates in one way, no input lost with the session, tables to Excel and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from web.browser.desk import PASSWORD, Desk, paste, picture, sign_in


def send(form: Locator, name: str) -> None:
    """Sent with what is there, however little."""
    form.evaluate("(form) => { form.noValidate = true; }")
    form.get_by_role("button", name=name).click()


def clipboard(page: Page, kind: str = "text/plain") -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return str(page.evaluate("async (kind) => (await (await navigator.clipboard.read())[0].getType(kind)).text()", kind))


#: Who fills which field of which page (of the list's first record where there is an "…"), and the button that would save it.
FORMS = {
    "a correction": ("shenpi", "/accounts/?state=approved …", "批复文号", "云财〔2024〕9号", "更正"),
    "the dates of the year": ("shenhe", "/accounts/deadlines?year=2023", "主管部门报送财政", "2024-04-20", "保存"),
    "a person": ("admin", "/people/persons/new", "姓名", "新来的人", "保存"),
    "a unit": ("admin", "/people/units/new", "名称", "新建的单位", "保存"),
    "a new account": ("jingban2", "/accounts/new", "年度", "2021", "建立"),
}


def opened(page: Page, path: str) -> str:
    start, more, _ = path.partition(" …")
    page.goto(start)
    if more:
        page.goto(str(page.locator("table.list tbody a").first.get_attribute("href")))
    return page.url


@pytest.mark.parametrize("name", list(FORMS))
def test_no_form_loses_what_was_typed_with_the_session(demo: Desk, name: str) -> None:
    username, path, label, words, save = FORMS[name]
    page = demo.signed_in(username)
    address = opened(page, path)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    form = page.locator("main form[method=post]", has=page.get_by_label(label, exact=False)).last
    field = form.get_by_label(label, exact=False)
    before = field.input_value()
    field.fill(words)
    page.context.clear_cookies()
    if form.locator("[name=reason]").count():
        form.locator("[name=reason]").fill("录错了")
    send(form, save)
    expect(page.get_by_role("heading", name=re.compile("页面已过期|工作台"))).to_be_visible()
    page.goto(address)
    sign_in(page, username)
    page.goto(address)
    expect(page.get_by_text("上次填写的内容没有保存")).to_be_visible()
    expect(field).to_have_value(before)
    page.get_by_role("button", name="恢复").click()
    expect(field).to_have_value(words)
    assert demo.faults == []


def test_a_password_is_never_kept_and_a_saved_form_is_forgotten(demo: Desk) -> None:
    page = demo.signed_in("admin")
    page.goto("/people/persons/new")
    page.get_by_label("用户名").fill("xinren")
    page.get_by_label("姓名").fill("新人")
    page.get_by_label("设新密码").fill("不该留下的口令2023")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "xinren" in kept
    assert "不该留下" not in kept
    # Refused: what was typed stands there still, and is still kept.
    page.get_by_label("角色").select_option("head")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("p.error").first).to_be_visible()
    assert "xinren" in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_label("所在单位").select_option(index=3)
    for place in range(1, 8):  # the first place of the tree that is a unit
        page.get_by_label("所在单位").select_option(index=place)
        page.get_by_label("设新密码").fill("不该留下的口令2023")
        page.get_by_role("button", name="保存").click()
        page.wait_for_load_state()
        if page.url.endswith("/people/persons"):
            break
    expect(page.locator(".told.success")).to_contain_text("新人")
    assert "xinren" not in page.evaluate("JSON.stringify(localStorage)")
    page.goto("/people/persons/new")
    expect(page.get_by_text("上次填写的内容没有保存")).to_have_count(0)
    assert demo.faults == []


def test_a_day_is_written_as_officials_write_it_in_any_browser(demo: Desk) -> None:
    context = demo.browser.new_context(base_url=demo.address, locale="en-US")
    try:
        page = context.new_page()
        page.goto("/")
        sign_in(page, "shenhe", PASSWORD)
        page.goto("/accounts/deadlines?year=2023")
        field = page.get_by_label("单位提交")
        for typed in ("2024年3月1日", "2024.3.1", "20240301"):
            field.fill(typed)
            field.press("Tab")
            expect(field).to_have_value("2024-03-01")
        field.fill("03/01/2024")
        field.press("Tab")
        assert "没有这一天" in field.evaluate("(field) => field.validationMessage")
        field.fill("2024-03-01")
        page.get_by_label("主管部门报送财政").fill("2024年3月20日")
        page.get_by_role("button", name="保存").click()
        expect(page.locator(".told.success")).to_contain_text("期限")
        expect(page.get_by_label("主管部门报送财政")).to_have_value("2024-03-20")
    finally:
        context.close()


def test_every_table_goes_to_excel_by_keyboard_and_a_table_of_fields_comes_back(demo: Desk) -> None:
    page = demo.signed_in("jingban")
    for path in ("/projects/", "/projects/watch?year=2023", "/accounts/", "/accounts/deadlines?year=2023", "/projects/library", "/projects/?state=closed …"):
        opened(page, path)
        page.wait_for_load_state("networkidle")
        tables = page.locator("main table:is(.list, :has(> thead)):not([data-plain]):not(:has(td.empty[colspan]))")
        assert tables.count() == page.locator("button[data-copy]").count() > 0, path
    page.goto("/projects/")
    expect(page.locator("main table tbody tr").nth(1)).to_be_visible()
    page.get_by_role("button", name="复制表格").focus()
    page.keyboard.press("Enter")
    expect(page.locator("button[data-copy]")).to_contain_text("已复制")
    expect(page.get_by_role("status").last).to_contain_text("已复制")
    lines = [line.split("\t") for line in clipboard(page).splitlines()]
    assert lines[0][:3] == ["项目", "单位", "年度"]
    assert len(lines) == page.locator("main table tbody tr").count() + 1
    assert {len(line) for line in lines} == {9}
    html = clipboard(page, "text/html")
    assert "<td" in html
    assert "mso-number-format" in html
    opened(page, "/projects/?state=draft …")
    page.goto(f"{page.url}/targets")
    page.locator("table[data-paste] input").first.wait_for()
    paste(page, "#id_i-0-name", "甲指标\t>=\t12\t个\t20\n乙指标\t=\t3\t项\t30")
    page.get_by_role("button", name="复制表格").first.click()
    rows = [line.split("\t") for line in clipboard(page).splitlines()]
    assert rows[1][2:7] == ["甲指标", "≥", "12", "个", "20"]
    assert rows[2][2:7] == ["乙指标", "＝", "3", "项", "30"]
    picture(page, "copied", kept=())
    assert demo.faults == []
