"""What goes wrong while people work: two at once, a lost session, junk, a double click, the way back, an address typed by hand."""

from __future__ import annotations

import re
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from web.browser.desk import PHONE, Desk, picture, sign_in


@pytest.fixture(scope="module")
def draft(demo: Desk) -> str:
    """The address of a project that the preparer is writing."""
    page = demo.signed_in("jingban")
    page.goto("/projects/?state=draft")
    page.locator("table.list tbody a").first.click()
    page.wait_for_url(re.compile("/projects/[0-9a-f-]{36}"))
    return page.url.split("?")[0]


def goal(page: Page, words: str) -> None:
    page.get_by_label("年度目标").fill(words)


def test_who_saves_second_is_told_and_overwrites_nothing(demo: Desk, draft: str) -> None:
    first, second = demo.signed_in("jingban"), demo.signed_in("jingban")
    for page in (first, second):
        page.goto(f"{draft}/targets")
    goal(first, "先保存的目标")
    first.get_by_role("button", name="保存").click()
    expect(first.locator(".told.success")).to_contain_text("已保存")
    goal(second, "后保存的目标")
    second.get_by_role("button", name="保存").click()
    expect(second.get_by_role("heading", name="别人已经修改了这条记录")).to_be_visible()
    expect(second.get_by_text("后保存的目标")).to_be_visible()
    picture(second, "conflict")
    second.get_by_role("link", name="打开最新的内容").click()
    expect(second.get_by_label("年度目标")).to_have_value("先保存的目标")
    second.get_by_role("button", name="恢复").click()
    expect(second.get_by_label("年度目标")).to_have_value("后保存的目标")
    second.get_by_role("button", name="保存").click()
    expect(second.get_by_text("后保存的目标")).to_be_visible()
    assert demo.faults == []


def test_what_was_typed_survives_a_lost_session(demo: Desk, draft: str) -> None:
    page = demo.signed_in("jingban")
    page.goto(f"{draft}/targets")
    page.context.clear_cookies()
    goal(page, "没有保存的目标")
    page.locator("#id_i-0-target").fill("310")
    expect(page.locator("#live")).to_contain_text("登录已经过期。填写的内容还在")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name=re.compile("页面已过期|工作台"))).to_be_visible()
    page.goto(f"{draft}/targets")
    sign_in(page, "jingban")
    expect(page).to_have_url(f"{draft}/targets")
    expect(page.get_by_text("上次填写的内容没有保存")).to_be_visible()
    picture(page, "restored", kept=(PHONE,))
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_label("年度目标")).to_have_value("没有保存的目标")
    expect(page.locator("#id_i-0-target")).to_have_value("310")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".told.success")).to_contain_text("已保存")
    page.goto(f"{draft}/targets")
    expect(page.get_by_text("上次填写的内容没有保存")).to_have_count(0)


def test_who_watches_a_job_when_the_session_ends_comes_back_to_it(demo: Desk) -> None:
    page, job = demo.signed_in("jingban"), uuid.uuid4()
    with closing(sqlite3.connect(demo.folder / "gouji.sqlite3", timeout=30)) as database, database:
        database.execute(
            "INSERT INTO work_job (id, kind, title, person_id, given, state, done, total, message, result, attempts, created, turn)"
            " SELECT ?, 'x', '编制决算', id, '{}', 'running', 1, 4, '正在编制', '{}', 1, datetime('now'), datetime('now') FROM people_person WHERE username = 'jingban'",
            (job.hex,),
        )
    page.goto(f"/jobs/{job}")
    expect(page.locator("progress")).to_have_attribute("value", "25")
    page.context.clear_cookies()  # as the browser does when the hour is over
    expect(page.locator("main")).to_contain_text("自动刷新的进度不算操作）。任务不受影响，在后台接着办。")
    picture(page, "watching-ended", kept=())
    with closing(sqlite3.connect(demo.folder / "gouji.sqlite3", timeout=30)) as database, database:
        database.execute("UPDATE work_job SET done = 3 WHERE id = ?", (job.hex,))
    page.get_by_role("link", name="重新登录，回到这一页").click()
    expect(page.get_by_text("登录已经过期")).to_be_visible()
    sign_in(page, "jingban")
    expect(page).to_have_url(f"{demo.address}/jobs/{job}")
    expect(page.locator("progress")).to_have_attribute("value", "75")
    assert demo.faults == []


def test_nobody_else_at_the_same_computer_is_offered_what_was_typed(demo: Desk, draft: str) -> None:
    page = demo.signed_in("jingban")
    page.goto("/projects/new")
    page.get_by_label("项目名称").fill("没有保存的项目")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="退出").click()
    sign_in(page, "jingban2")
    page.goto("/projects/new")
    expect(page.get_by_text("上次填写的内容没有保存")).to_have_count(0)


def test_a_double_click_is_one_step(demo: Desk) -> None:
    page = demo.signed_in("zhuguan")
    page.goto("/projects/?state=target_department")
    page.locator("table.list tbody a").first.click()
    page.get_by_role("button", name="报送财政").dblclick()
    expect(page.locator(".told.success")).to_contain_text("已报送财政")
    page.locator("main").get_by_role("link", name="变更记录").click()  # the project's own, not the menu's
    expect(page.locator(".trail li", has_text="报送财政")).to_have_count(1)
    assert demo.faults == []


def test_the_way_back_after_a_step_does_not_take_it_again(demo: Desk) -> None:
    page = demo.signed_in("zhuguan")
    page.goto("/projects/?state=evaluation_department")
    reviewer = demo.signed_in("shenpi")
    reviewer.goto("/projects/?state=target_bureau")
    reviewer.locator("table.list tbody a").first.click()
    reviewer.wait_for_url(re.compile("/projects/[0-9a-f-]{36}"))
    address = reviewer.url
    other = demo.signed_in("shenpi")
    other.goto(address)
    reviewer.get_by_role("button", name="批复目标").click()
    expect(reviewer.locator(".told.success")).to_contain_text("已批复目标")
    reviewer.go_back()
    reviewer.wait_for_load_state()
    reviewer.goto(address)
    expect(reviewer.get_by_role("button", name="批复目标")).to_have_count(0)
    # And a page that was open before: its button is still there, the step is not.
    other.get_by_role("button", name="批复目标").click()
    expect(other.get_by_role("heading", level=1)).to_have_text(re.compile("没有办成|别人已经修改了这条记录"))


@pytest.mark.parametrize("path", ["/people/persons", "/projects/new", "/projects/00000000-0000-0000-0000-000000000001", "/nowhere", "/static/../settings.py"])
def test_an_address_typed_by_hand_leads_to_a_page_that_says_so(demo: Desk, path: str) -> None:
    page = demo.signed_in("shenhe")
    answer = page.goto(path)
    assert answer is not None
    assert answer.status in (403, 404)
    if not path.startswith("/static"):
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("没有权限|没有这一页"))


def test_a_project_of_another_unit_does_not_exist(demo: Desk, draft: str) -> None:
    page = demo.signed_in("jingban2")
    answer = page.goto(draft)
    assert answer is not None
    assert answer.status == 404


def test_text_that_is_a_script_never_runs(demo: Desk) -> None:
    page = demo.signed_in("jingban2")
    page.on("dialog", lambda dialog: demo.faults.append(f"a dialog: {dialog.message}") or dialog.dismiss())
    attack = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>"
    page.goto("/projects/new")
    page.get_by_label("项目名称").fill(attack)
    page.get_by_label("年度目标").fill(f"{attack}\n{{{{ 7*7 }}}}")
    page.get_by_role("button", name="建立").click()
    page.wait_for_url(re.compile("/targets$"))
    address = page.url.removesuffix("/targets")
    page.locator("#id_i-0-level1").fill(attack[:30])
    page.locator("#id_i-0-level2").fill("数量指标")
    page.locator("#id_i-0-name").fill(attack)
    page.locator("#id_i-0-target").fill("x")
    expect(page.locator("#live")).to_contain_text("<img src=x")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile("/projects/[0-9a-f-]{36}$"))
    for path in (address, "/projects/", "/", "/changes/", f"{address}/targets"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.locator("main img").count() == 0, path
        assert page.locator("main script:not([type='application/json'])").count() == 0, path
    expect(page.locator("#live")).not_to_contain_text("49")
    assert demo.faults == []


def test_the_keyboard_alone_reaches_everything(demo: Desk, draft: str) -> None:
    page = demo.visitor()
    page.goto("/people/login")
    page.keyboard.type("jingban")  # the first field has the focus
    page.keyboard.press("Tab")
    page.keyboard.type("gouji-demo-2023")
    page.keyboard.press("Enter")
    expect(page.locator(".who")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.goto(f"{draft}/targets")
    page.locator("#id_name").focus()
    seen = set()
    for _ in range(160):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim().slice(0, 4)"))
    assert {"goal", "i-0-level1", "i-5-weight", "保存", "返回"} <= seen
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert width == "3px"


def test_pages_print_without_the_furniture(demo: Desk, draft: str, tmp_path: Path) -> None:
    page = demo.signed_in("jingban")
    page.goto(draft)
    page.emulate_media(media="print")
    for furniture in (".bar", ".foot", "main button"):
        assert not any(each.is_visible() for each in page.locator(furniture).all()), furniture
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.pdf(format="A4")) > 5000


def test_a_fault_of_the_program_is_a_page_that_says_when_it_was(demo: Desk) -> None:
    page = demo.signed_in("shenhe")
    page.goto("/checking/")
    page.get_by_label("文件或 zip 压缩包").set_input_files({"name": "决算.txt", "mimeType": "text/plain", "buffer": "林泉市水务局\n2023年度部门决算\n".encode()})
    page.get_by_role("button", name="开始核对").click()
    frame = page.locator("iframe.report")
    expect(frame).to_be_visible(timeout=120_000)
    address = str(frame.get_attribute("src"))
    next(demo.folder.glob("files/checking/*/out/*/report.html.gz")).write_bytes(b"no gzip at all")  # a disk that has lost something
    page.goto("about:blank")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 500
    expect(page.get_by_role("heading", level=1)).to_have_text("程序出错")
    expect(page.locator("main")).to_contain_text(re.compile(r"出错时间 \d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d"))
    assert "Traceback" not in page.content()
    picture(page, "fault", height=700)
    demo.faults[:] = [each for each in demo.faults if "status of 500" not in each]
