"""The preparer's work on a final account in a browser: texts beside the page, two at once, a lost session, a cell's origin, a file that is none."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from web.browser.desk import PHONE, Desk, sign_in


def account(page: Page) -> str:
    """The address of the demonstration's draft, once its books are in."""
    page.goto("/accounts/?state=draft")
    page.get_by_role("link", name=re.compile("部门决算$")).last.click()
    for _ in range(120):
        if page.get_by_role("link", name="情况说明").count():
            return page.url
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError("the demonstration's books are not in")


def test_a_text_is_saved_on_leaving_its_field_and_stands_in_the_page(demo: Desk) -> None:
    page = demo.signed_in("jingban")
    address = account(page)
    page.goto(f"{address}/narrative")
    field = page.get_by_label("收支总计增减的原因", exact=True)
    field.fill("甲写的原因<i>")
    page.get_by_label("公务接待费增减的原因").focus()
    expect(page.locator("#told-reason-total")).to_contain_text("已保存")
    expect(page.locator("#live")).to_contain_text("甲写的原因<i>")
    other = demo.signed_in("jingban")
    other.goto(f"{address}/narrative")
    field.fill("甲再写")
    field.blur()
    expect(page.locator("#live")).to_contain_text("甲再写")
    second = other.get_by_label("收支总计增减的原因", exact=True)
    second.fill("乙写的原因")
    second.blur()
    expect(other.locator("#told-reason-total")).to_contain_text("别人已把这段改成")
    expect(other.locator(".theirs")).to_have_text("甲再写")
    expect(second).to_have_value("乙写的原因")
    assert demo.faults == []


def test_what_was_typed_survives_a_lost_session(demo: Desk) -> None:
    page = demo.signed_in("jingban")
    address = account(page)
    page.goto(f"{address}/narrative")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("公务接待费增减的原因").fill("接待批次减少")
    page.context.clear_cookies()
    page.goto(f"{address}/narrative")
    sign_in(page, "jingban")
    expect(page).to_have_url(f"{address}/narrative")
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_label("公务接待费增减的原因")).to_have_value("接待批次减少")
    assert demo.faults == []


def test_a_cell_tells_where_it_comes_from_down_to_the_vouchers(demo: Desk) -> None:
    page = demo.signed_in("jingban")
    page.goto(f"{account(page)}/statements/3")
    page.locator("a.figure").first.click()
    expect(page.locator("#origin .total")).to_contain_text("元")
    for _ in range(6):
        if page.locator("#origin").get_by_text("看账套里的各行和凭证").count():
            break
        page.locator("#origin table.list a").first.click()
        page.wait_for_timeout(300)
    page.locator("#origin").get_by_text("看账套里的各行和凭证").click()
    expect(page.locator("#origin .lines")).to_contain_text("行", timeout=60_000)
    page.get_by_role("button", name="关闭").click()
    expect(page.locator("#origin")).to_be_empty()
    assert demo.faults == []


def test_a_file_that_is_none_is_refused_in_words_and_every_page_fits_a_phone(demo: Desk) -> None:
    page = demo.signed_in("jingban", width=PHONE)
    address = account(page)
    page.set_input_files("#file", {"name": "../../账套.xlsx", "mimeType": "application/octet-stream", "buffer": b"junk"})
    page.get_by_role("button", name="读取").click()
    expect(page.get_by_role("alert")).to_contain_text("数据没有变", timeout=60_000)
    for path in ("", "/statements/1", "/narrative", "/evaluation", "/audit", "/check", "/outputs"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path
    assert demo.faults == []
