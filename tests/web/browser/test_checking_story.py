"""Checking what others have published: a file, a folder, a reviewer's zip, and what people drop by mistake or on purpose."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Download, Page, Route, expect

from documents.word_files import docx, paragraph, run
from shape.repository import ROOT
from web.browser.desk import PHONE, WIDE, Desk, picture

_DISCLOSURE = ROOT / "src" / "gouji" / "cli" / "demo" / "disclosure.docx"  # the demonstration's own, with its mistakes
_OFFICES = ("水务局", "教育和体育局", "卫生健康局", "民政局", "司法局", "自然资源局", "农业农村局", "交通运输局")


def text(office: str, share: str = "69.87") -> str:
    """A small disclosure; with another share than 69.87 it has one error."""
    return (
        f"林泉市{office}\n2023年度部门决算\n一、支出决算情况说明\n2023年度本年支出合计1360.16万元，"
        f"其中：基本支出950.31万元，占{share}%；项目支出409.85万元，占30.13%。\n"
    )


def word(content: str) -> bytes:
    return docx(*(paragraph(run(line)) for line in content.split("\n")))


def dropped(page: Page, files: dict[str, bytes]) -> None:
    """Drops files on the page with the mouse, as the browser tells of it."""
    page.evaluate(
        "files => { const data = new DataTransfer(); for (const [name, content] of files) data.items.add(new File([new Uint8Array(content)], name));"
        " document.querySelector('.lead').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); }",
        [[name, list(content)] for name, content in files.items()],
    )


def begin(page: Page) -> None:
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_url(re.compile("/checking/[0-9a-f-]{36}|/checking/files/"))


def over(page: Page) -> None:
    """Waits, without a hand on the page, until the result stands there."""
    expect(page.locator("table.list, iframe.report, p.told.error").first).to_be_visible(timeout=120_000)
    expect(page.locator("progress")).to_have_count(0, timeout=120_000)


def taken(page: Page, name: str, within: str = "main") -> bytes:
    with page.expect_download() as waiting:
        page.locator(within).get_by_role("link", name=name).first.click()
    got: Download = waiting.value
    return Path(got.path()).read_bytes()


def test_a_word_file_gives_its_report_and_comes_back_annotated(demo: Desk) -> None:
    page = demo.signed_in("jingban")
    page.goto("/checking/")
    page.get_by_role("button", name="开始核对").click()
    expect(page.locator("output.chosen")).to_have_text("请先选择文件")
    page.get_by_label("文件或 zip 压缩包").set_input_files({"name": "2023年度部门决算公开.docx", "mimeType": "application/octet-stream", "buffer": _DISCLOSURE.read_bytes()})
    expect(page.locator("output.chosen")).to_contain_text("已选 1 个文件")
    begin(page)
    expect(page.get_by_text("可以离开这一页").or_(page.locator("iframe.report"))).to_be_visible()
    over(page)
    expect(page.locator("p.told.error")).to_contain_text("错误")
    report = page.frame_locator("iframe.report")
    expect(report.locator("h1")).to_be_visible()
    picture(page, "checked", height=900, kept=(WIDE,))
    with zipfile.ZipFile(io.BytesIO(taken(page, "批注的 Word 文件"))) as annotated:
        assert b"<w:comment " in annotated.read("word/comments.xml")
    assert load_workbook(io.BytesIO(taken(page, "问题清单（工作簿）"))).sheetnames[:2] == ["问题清单", "总览"]
    assert "核对报告" in taken(page, "下载报告").decode()
    assert demo.faults == []


def test_a_folder_keeps_its_paths_and_stands_in_the_history(demo: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "局属单位"
    (folder / "二级").mkdir(parents=True)
    (folder / "水务局.docx").write_bytes(word(text("水务局", "68.97")))
    (folder / "二级" / "水文站.txt").write_text(text("水文站"), encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"\0")
    page = demo.signed_in("jingban2", width=PHONE)
    page.goto("/checking/")
    expect(page.get_by_text("还没有核对过文件")).to_be_visible()
    page.get_by_label("文件夹").set_input_files(folder)
    begin(page)
    over(page)
    expect(page.locator("table.list").first).to_contain_text("局属单位/二级/水文站.txt")
    expect(page.locator("table.list tbody tr").first).to_contain_text("局属单位/水务局.docx")  # the worst first
    page.goto("/checking/")
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    page.locator("table.list tbody a").click()
    over(page)
    page.get_by_role("link", name="局属单位/水务局.docx").click()
    expect(page.frame_locator("iframe.report").get_by_text("69.87").first).to_be_visible()
    other = demo.signed_in("jingban")  # a colleague of another unit does not see it, who reviews that unit does
    other.goto("/checking/?whose=all")
    expect(other.locator("main")).not_to_contain_text("局属单位")
    supervisor = demo.signed_in("zhuguan")
    supervisor.goto("/checking/")
    supervisor.get_by_label("范围").select_option(label="本级和下级的")
    supervisor.get_by_role("button", name="查找").click()
    expect(supervisor.locator("table.list")).to_contain_text("苏经办")
    assert demo.faults == []


def test_a_reviewers_zip_gives_the_list_the_workbook_and_the_statistics_whatever_else_is_in_it(demo: Desk) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for at, office in enumerate(_OFFICES):
            made.writestr(f"2023年度/{office}.docx", word(text(office, "68.97" if at % 3 == 0 else "69.87")))
        made.write(_DISCLOSURE, "2023年度/文化和旅游局.docx")
        made.writestr("2023年度/旧稿.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
        made.writestr("../../etc/cron.d/任务.txt", text("水务局"))
        made.writestr("2023年度/炸弹.txt", b"0" * 50_000_000)
        made.writestr("2023年度/照片.jpg", b"\xff\xd8\xff\xe0junk")
        made.writestr("__MACOSX/._水务局.docx", b"\0")
    page = demo.signed_in("shenhe")
    page.goto("/checking/")
    dropped(page, {"2023年度各部门.zip": out.getvalue()})
    expect(page.locator("output.chosen")).to_contain_text("已选 1 个文件")
    begin(page)
    expect(page.locator("progress")).to_be_visible()
    over(page)
    listed = page.locator("table.list").first
    expect(listed.locator("tbody tr")).to_have_count(len(_OFFICES) + 1)
    expect(listed.locator("tbody tr").first).to_contain_text("文化和旅游局.docx")
    unread = page.locator("table.list").nth(1)
    for name, words in (("旧稿.doc", "另存为 .docx"), ("etc/cron.d/任务.txt", "路径指向包外"), ("炸弹.txt", "压缩炸弹"), ("照片.jpg", "")):
        expect(unread.locator("tr", has_text=name)).to_contain_text(words)
    expect(page.locator("details", has_text="__MACOSX")).to_have_count(1)
    picture(page, "checked-list")
    page.get_by_role("link", name=re.compile("^错误")).click()
    page.get_by_placeholder("文件名或单位").fill("民政局")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("table.list").first.locator("tbody tr")).to_have_count(1)
    book = load_workbook(io.BytesIO(taken(page, "问题清单（工作簿）")))
    assert book["总览"]["A2"].value == "2023年度/文化和旅游局.docx"
    with zipfile.ZipFile(io.BytesIO(taken(page, "全部报告和批注稿（zip）"))) as everything:
        assert {name.split("/")[0] for name in everything.namelist()} == {"核对报告", "批注的Word文件"}
        assert not any(".." in name or name.startswith("/") for name in everything.namelist())
    page.get_by_role("link", name="统计").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("统计：2023年度各部门.zip")
    expect(page.locator("dl.totals")).to_contain_text(f"{len(_OFFICES) + 1} 份")
    picture(page, "checked-statistics", kept=(WIDE,))
    assert not list(demo.folder.rglob("任务.txt"))
    assert demo.faults == []


def test_what_is_too_large_is_told_before_it_is_sent(demo: Desk) -> None:
    page = demo.signed_in("fuze", width=PHONE)

    def small(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('data-upload-megabytes="512"', 'data-upload-megabytes="0.001"'))

    page.route("**/checking/", small)
    page.goto("/checking/")
    page.get_by_label("文件或 zip 压缩包").set_input_files({"name": "大.txt", "mimeType": "text/plain", "buffer": b"0" * 5000})
    expect(page.locator(".pick").first).to_contain_text("大.txt（5 KB）")
    page.get_by_role("button", name="开始核对").click()
    expect(page.get_by_role("alert")).to_contain_text("所选文件共 5 KB，一次最多 0.001 MB，没有上传")
    expect(page).to_have_url(f"{demo.address}/checking/")
    assert demo.faults == []


def test_junk_names_that_lead_elsewhere_and_a_bomb_alone_end_in_a_sentence(demo: Desk) -> None:
    page = demo.signed_in("shenpi", width=PHONE)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("炸弹.txt", b"0" * 50_000_000)
    for name, content, words in (
        ("../../../决算公开.docx", bytes(range(256)) * 8, "不是文本，也不是认得的文档格式"), ("炸弹.zip", out.getvalue(), "压缩炸弹"), ("空.txt", b"", "文件是空的"), ("<img src=x>.txt", b"\0\1\2", ""),
    ):  # fmt: skip
        page.goto("/checking/")
        page.get_by_label("文件或 zip 压缩包").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
        begin(page)
        over(page)
        expect(page.locator("p.told.error")).to_contain_text(words)
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("..")
        assert page.locator("main img").count() == 0
    page.get_by_text("删除这次核对").click()
    page.get_by_role("button", name="删除").click()
    expect(page.locator(".told.success")).to_contain_text("已删除")
    expect(page.locator("table.list tbody tr")).to_have_count(3)
    picture(page, "checking", kept=(PHONE,))
    assert demo.faults == []
