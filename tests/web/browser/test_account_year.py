"""The second half of the year: books in, statements, narrative, check, approval, publication, correction; then a document that is only checked."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from gouji.accounts.sample import sample_books
from gouji.rendering.books_template import books_workbook
from web.browser.desk import WIDE, Desk, picture, printed


def draft(page: Page) -> str:
    """The demonstration's account of the department, once its books are in."""
    page.goto("/accounts/?state=draft")
    page.locator("table.list tbody a", has_text="部门决算").first.click()
    page.wait_for_url(re.compile("/accounts/[0-9a-f-]{36}"))
    for _ in range(120):
        if page.get_by_role("link", name="情况说明").count():
            return page.url.split("?")[0]
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError("the demonstration's books are not in")


def brought(page: Page, account: str, name: str, data: bytes, folder: Path) -> None:
    """Brings a file in and waits until it is read."""
    path = folder / name
    path.write_bytes(data)
    page.goto(account)
    page.get_by_label("账套或财决工作簿").set_input_files(path)
    page.get_by_role("button", name="读取").click()
    expect(page.locator("h2 .state")).to_have_text(re.compile("没有导入|已采用|待确认"), timeout=120_000)


def step(page: Page, account: str, name: str, done: str = "", **fields: str) -> None:
    page.goto(account)
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".told.success")).to_contain_text(f"已{done or name}")


def test_a_final_account_from_the_books_to_a_correction(demo: Desk, tmp_path: Path) -> None:
    preparer, head, supervisor, reviewer, approver = (demo.signed_in(name) for name in ("jingban", "fuze", "zhuguan", "shenhe", "shenpi"))
    account = draft(preparer)

    # Junk, then books with faults: all of them at once, and nothing is imported.
    brought(preparer, account, "说明.xlsx", b"not a workbook at all", tmp_path)
    expect(preparer.get_by_role("alert")).to_contain_text("数据没有变")
    books = sample_books(400)
    broken = {name: [dict(row) for row in rows] for name, rows in books.items()}
    broken["payments"][2]["amount"], broken["payments"][5]["function"] = "12.345", "9999999"
    brought(preparer, account, "账套-有错.xlsx", books_workbook(broken), tmp_path)
    expect(preparer.locator("#problems")).to_contain_text("9999999")
    expect(preparer.locator("#problems")).to_contain_text("12.345")
    picture(preparer, "import", kept=(WIDE,))
    brought(preparer, account, "账套-更正.xlsx", books_workbook(books), tmp_path)
    expect(preparer.locator("#differences del").first).to_be_visible()
    preparer.get_by_role("button", name="采用新的数据").click()
    expect(preparer.get_by_role("row", name=re.compile("账套-更正.xlsx 现用"))).to_contain_text("已采用")

    # Statements: every figure tells where it comes from.
    preparer.goto(f"{account}/statements")
    preparer.locator("a.figure").first.click()
    expect(preparer.locator("#origin")).not_to_be_empty()
    picture(preparer, "statements", kept=(WIDE,))
    printed(preparer, "statements")

    # The narrative beside the live page; what the unit must write itself.
    preparer.goto(f"{account}/narrative")
    picture(preparer, "narrative")
    for title in ("收支总计增减的原因", "公务接待费增减的原因"):  # an instruction of the template left standing, a reason not given
        field = preparer.locator(".slot").filter(has=preparer.get_by_text(title, exact=True))
        field.locator("textarea").fill("乡村文化振兴示范点等项目在本年实施")
        field.locator("textarea").blur()
        expect(field.get_by_role("status")).to_contain_text("已保存")

    # The check is current, and what stays is justified in words.
    preparer.goto(f"{account}/check")
    expect(preparer.locator(".figures")).to_be_visible(timeout=120_000)
    expect(preparer.get_by_text("正在重新核对")).to_have_count(0, timeout=120_000)
    picture(preparer, "check")
    while (unsaid := preparer.locator(".finding.error:not(:has(.told))")).count():
        unsaid.first.get_by_text("写出错说明").click()
        unsaid.first.get_by_label("为什么可以这样").fill("口径如此，见附件。")
        unsaid.first.get_by_role("button", name="保存说明").click()
        preparer.wait_for_load_state()

    # Submitted, signed, reviewed, approved with its date, published, corrected.
    step(preparer, account, "提交决算")
    step(head, account, "签发决算")
    step(supervisor, account, "审核通过并报送财政")
    step(reviewer, account, "审核通过")
    approver.goto(account)
    approver.get_by_role("button", name="批复决算").click()
    expect(approver.get_by_text("没有填批复日期")).to_be_visible()
    step(approver, account, "批复决算", 批复日期="2024-08-20", 批复文号="林财预〔2024〕31号")
    step(preparer, account, "标记已公开", 公开日期="2024-09-05", 公开网址="https://example.cn/2023.html")
    expect(preparer.locator("aside")).to_contain_text("2024年9月9日")  # twenty days after the approval
    picture(preparer, "published", kept=(WIDE,))
    preparer.goto(f"{account}/narrative")
    field = preparer.locator(".slot").first
    field.locator("textarea").fill("更正后的文字。")
    field.get_by_label("更正的原因").fill("原文漏写一项")
    field.get_by_role("button", name="更正").click()
    reviewer.goto(account)
    expect(reviewer.locator("main")).to_contain_text("原文漏写一项")
    assert demo.faults == []
