"""Whatever is not read is named, with what to do about it, and never breaks the run."""

from __future__ import annotations

import gzip
import io
import os
import random
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.pdf_files import drawn_pdf, pdf
from documents.pdf_files import table as drawn_table
from documents.word_files import cell, docx, listed, numbering, paragraph, part, table, with_parts, zipped
from documents.workbook_files import ods, xls, xlsx
from gouji.documents import Document, Limits, UnreadableError, read_document, recognise, word_positions
from gouji.documents.refusals import REASONS

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def compound(*streams: str) -> bytes:
    return CFB + b"".join((name.encode("utf-16-le") + bytes(64))[:64].ljust(128, b"\x00") for name in ("Root Entry", *streams))


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("决算.docx"))
    return file.getvalue()


XLSX = zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"})
FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "空的"),
    "blank": (" \n\t\r\n　".encode(), "没有文字"),
    "xlsx": (XLSX, "工作簿已损坏"),
    "xlsb": (zipped({"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"}), "另存为 .xlsx"),
    "pptx": (zipped({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}), "演示文稿"),
    "doc": (compound("WordDocument", "1Table"), "另存为 .docx"),
    "xls": (compound("Workbook"), "工作簿已损坏"),
    "ppt": (compound("PowerPoint Document"), "演示文稿"),
    "cfb": (compound("Contents"), "复合文档"),
    "encrypted": (compound("EncryptionInfo", "EncryptedPackage"), "打开密码"),
    "ofd": (zipped({"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}), "OFD"),
    "odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "OpenDocument"),
    "ods": (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "工作簿已损坏"),
    "zip": (zipped({"甲局.docx": docx("甲")}), "先解压"),
    "rar": (b"Rar!\x1a\x07\x00xxxx", "先解压"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00", "先解压"),
    "gz": (gzip.compress(b"x"), "先解压"),
    "tar": (tarred(), "先解压"),
    "png": (b"\x89PNG\r\n\x1a\n\x00", "图片"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00", "图片"),
    "tiff": (b"II*\x00\x08", "扫描件"),
    "bmp": (b"BM\x36\x00\x00\x00", "图片"),
    "rtf": (b"{\\rtf1\\ansi}", "另存为 .docx"),
    "word-xml": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "另存为 .docx"),
    "xml": (b'<?xml version="1.0"?><data/>', "XML 数据"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mht"),
    "program": (b"MZ\x90\x00\x03\x00", "可执行程序"),
    "database": (b"SQLite format 3\x00", "数据"),
    "shortcut": (b"[InternetShortcut]\r\nURL=http://x", "快捷方式"),
    "binary": (random.Random(1).randbytes(3000), "不是文本"),
}


@pytest.mark.parametrize("kind", FILES)
def test_each_kind_has_its_own_message(kind: str) -> None:
    data, words = FILES[kind]
    for name in ("决算公开.docx", "决算公开.txt"):
        with pytest.raises(UnreadableError, match=words) as caught:
            read_document(data, name=name)
        assert str(caught.value).startswith(f"{name}：")
        assert caught.value.remedy.endswith("。")
    if kind not in ("blank",):
        assert recognise(data, "x") == kind


def test_every_message_says_what_to_do() -> None:
    for reason, remedy in REASONS.values():
        assert not reason.endswith("。")
        assert "请" in remedy or "可以" in remedy
        assert remedy.endswith("。")


def test_the_name_decides_nothing() -> None:
    assert recognise(docx("甲"), "a.txt") == "docx"
    assert recognise("甲".encode(), "a.pdf") == "txt"
    assert recognise(pdf(["a"]), "a.doc") == "pdf"


def test_what_nobody_foresaw_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(*_: object) -> None:
        raise AttributeError("bug")

    monkeypatch.setattr("gouji.documents.web.read_web", breaking)
    monkeypatch.setattr("gouji.documents.word.word_positions", breaking)
    with pytest.raises(UnreadableError, match="已损坏"):
        read_document(b"<html><p>x</html>")
    with pytest.raises(UnreadableError, match="已损坏"):
        word_positions(b"x")


# --- the file system ----------------------------------------------------------------------------------------------------


def test_paths(tmp_path: Path) -> None:
    file = tmp_path / "云岭市 林泉区" / "2023年度部门决算（公开）.txt"
    file.parent.mkdir()
    file.write_text("本年支出合计12.50万元。", encoding="gb18030")
    document = read_document(str(file))
    assert (document.text, document.path) == ("本年支出合计12.50万元。", str(file))
    assert read_document(file, name="甲").path == "甲"
    with pytest.raises(UnreadableError, match="找不到这个文件。请检查文件名"):
        read_document(file.with_name("没有.docx"))
    with pytest.raises(UnreadableError, match=r"文件夹“.*没有这里”不存在"):
        read_document(tmp_path / "没有这里" / "甲.docx")
    with pytest.raises(UnreadableError, match="这是一个文件夹"):
        read_document(tmp_path)
    with pytest.raises(UnreadableError, match="中间一段是文件"):
        read_document(file / "甲.docx")
    with pytest.raises(UnreadableError, match="太长"):
        read_document(tmp_path / ("长" * 300))
    with pytest.raises(UnreadableError, match="无效"):
        read_document(str(tmp_path / "a\x00b"))


def test_a_lock_file_is_named_as_such(tmp_path: Path) -> None:
    lock = tmp_path / "~$23年度部门决算.docx"
    lock.write_bytes(b"\x05user" + bytes(157))
    with pytest.raises(UnreadableError, match="临时锁文件"):
        read_document(lock)
    whole = tmp_path / "~$其实是文档.docx"
    whole.write_bytes(docx("甲" * 2000, *(str(i) for i in range(500))))
    assert read_document(whole).format == "docx"


def test_troubles_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "甲.docx"
    file.write_bytes(docx("甲"))

    def failing(error: OSError) -> None:
        def opened(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(Path, "open", opened)

    sharing = PermissionError(13, "denied")
    sharing.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    for error, words in (
        (sharing, "Word 或 WPS）打开并锁定.*关闭文件"),
        (PermissionError(13, "denied"), "没有读取这个文件的权限"),
        (OSError(5, "I/O"), "磁盘读取出错"),
        (OSError(99, "奇怪"), "系统报错（奇怪）"),
    ):
        failing(error)
        with pytest.raises(UnreadableError, match=words):
            read_document(file)


@pytest.mark.skipif(os.name == "nt" or not Path("/dev/zero").exists(), reason="needs a device without end")
def test_a_device_without_end() -> None:
    with pytest.raises(UnreadableError, match="太大"):
        read_document("/dev/zero", limits=Limits(file_bytes=10_000))


# --- limits and attacks -------------------------------------------------------------------------------------------------


def test_the_size_of_a_file() -> None:
    with pytest.raises(UnreadableError, match="文件太大（2 KB），超过上限 1 KB"):
        read_document(b"x" * 2048, limits=Limits(file_bytes=1024))
    with pytest.raises(ValueError, match="positive"):
        Limits(pages=0)


def test_one_long_line_is_read() -> None:
    text = "，".join(["本年支出12.50万元（一）"] * 200_000)
    document = read_document(text.encode(), limits=Limits(line=len(text)))
    assert len(document.blocks) == 1
    assert document.text == text


def test_a_line_that_is_no_text_is_refused_with_its_remedy() -> None:
    with pytest.raises(UnreadableError, match=r"有一行长达 600,000 个字.*恢复分段后另存再试"):
        read_document(("支出" * 300_000).encode())


def test_a_zip_bomb_by_its_declared_size() -> None:
    data = with_parts(docx("甲"), {"word/media/a.bmp": bytes(3_000_000)})
    with pytest.raises(UnreadableError, match="解压后大小超过上限 2 MB"):
        read_document(data, limits=Limits(unzipped_bytes=2 * 1024 * 1024))


def test_a_zip_bomb_by_its_ratio() -> None:
    inner = "<w:p><w:r><w:t>" + "零" * 4_000_000 + "</w:t></w:r></w:p>"
    data = zipped({"word/document.xml": part("document", f"<w:body>{inner}</w:body>")})
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        read_document(data)


def test_a_zip_that_lies_about_its_size() -> None:
    data = docx("甲" * 50_000)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = package.getinfo("word/document.xml").file_size
    lied = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(UnreadableError, match="损坏"):
        read_document(lied)


def test_too_many_parts() -> None:
    with pytest.raises(UnreadableError, match="部件"):
        read_document(with_parts(docx("甲"), {f"x/{i}": b"" for i in range(50)}), limits=Limits(parts=20))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb(encoding: str) -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    body = part("document", "<w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body>").split("?>", 1)[1]
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e0 "bomb">{entities}]>{body}'
    with pytest.raises(UnreadableError, match="自定义实体"):
        read_document(with_parts(docx("甲"), {"word/document.xml": bomb.encode(encoding)}))
    with pytest.raises(UnreadableError, match="自定义实体"):
        read_document(with_parts(docx("甲"), {"word/styles.xml": bomb.encode(encoding)}))


def test_a_file_is_never_fetched_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    bomb = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        + part("document", "<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body>").split("?>", 1)[1]
    )
    with pytest.raises(UnreadableError, match="自定义实体"):
        read_document(with_parts(docx("甲"), {"word/document.xml": bomb}))
    page = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{secret.as_uri()}">]><html><body><p>甲&e;乙</p></body></html>'
    assert "机密" not in read_document(page.encode()).text


def test_xml_nested_too_deep() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5000 + paragraph("深") + "</w:sdtContent></w:sdt>" * 5000
    with pytest.raises(UnreadableError, match="嵌套过深"):
        read_document(docx(deep))
    tolerable = paragraph("深")
    for _ in range(60):
        tolerable = table([cell(tolerable)])
    assert "深" in read_document(docx(tolerable)).text


def test_broken_word_files() -> None:
    whole = docx(*(f"第{i}段" for i in range(200)))
    for data, words in (
        (whole[: len(whole) // 2], "不完整"),
        (zipped({"[Content_Types].xml": "<x/>", "word/styles.xml": "<x/>"}), "缺少正文部件"),
        (with_parts(whole, {"word/document.xml": "<w:document"}), "损坏"),
        (with_parts(whole, {"word/document.xml": part("document", "")}), "损坏"),
        (docx("<w:p/>"), "没有文字"),
        (docx("<w:p><w:r><w:drawing/></w:r></w:p>"), "只有图片"),
    ):
        with pytest.raises(UnreadableError, match=words):
            read_document(data, name="甲.docx")


# --- fuzz ---------------------------------------------------------------------------------------------------------------

_TAGS = [
    "<",
    "</",
    "<!--",
    "<!DOCTYPE",
    "table>",
    "td",
    "div>",
    "tr>",
    "li>",
    "ol>",
    "br>",
    " rowspan=",
    " colspan=",
    "0",
    "-1",
    "9",
    ">",
    "甲",
    "&nbsp;",
    "&#0;",
    "p hidden>",
    "pre>",
    "\n",
]
_PAGE = "<html><body><h1>一</h1><table><tr><td rowspan=2>甲<td>1<tr><td>2</table><ol><li>乙</ol><p>丙<br>丁</body></html>"
SOUND: dict[str, bytes] = {
    "docx": docx(
        listed("甲", 1), table([cell("乙", merge="restart"), cell("1")], [cell(merge="continue"), cell("2")]), *(f"段{i}" for i in range(30)),
        numbering=numbering(("chineseCounting", "%1、")),
    ),
    "pdf": pdf(["部门决算", "支出12.50万元"], ["第二页"], info={"Author": "张某"}),
    "pdf-table": drawn_pdf(drawn_table([50, 150, 250], [700, 680, 660], [(0, 0, 1, 2, "项目"), (1, 0, 1, 1, "支出"), (1, 1, 1, 1, "12.50")])),
    "xlsx": xlsx([(0, 0, 1, 2, "项目"), (1, 0, 1, 1, "支出"), (1, 1, 1, 1, "12.50")]),
    "xls": xls([(0, 0, 1, 2, "项目"), (1, 0, 1, 1, "支出"), (1, 1, 1, 1, "12.50")]),
    "ods": ods([(0, 0, 1, 2, "项目"), (1, 0, 1, 1, "支出"), (1, 1, 1, 1, "12.50")]),
    "html": _PAGE.encode("gb18030"),
    "txt": "第一部分\n\t甲\t乙\n本年支出12.50万元\r\n".encode("gb18030"),
}  # fmt: skip


def attempt(data: bytes) -> None:
    try:
        document = read_document(data, name="乱.docx")
    except UnreadableError as error:
        # A reader says what is wrong itself; the net below it is for what nobody foresaw, and here everything is foreseen.
        unforeseen = error.__cause__.__cause__ if error.__cause__ is not None else None
        if isinstance(unforeseen, (AttributeError, TypeError, AssertionError, LookupError, RecursionError)):
            raise unforeseen from None
        return
    assert isinstance(document, Document)
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text)
    if document.format == "docx":
        word_positions(data)


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_damage_never_breaks_a_run(kind: str, data: st.DataObject) -> None:
    whole = bytearray(SOUND[kind])
    for _ in range(data.draw(st.integers(0, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    attempt(bytes(whole[: data.draw(st.integers(0, len(whole)))] if data.draw(st.booleans()) else whole))


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_damage_inside_the_xml_never_breaks_a_run(data: st.DataObject) -> None:
    kind, name = data.draw(
        st.sampled_from(
            [("docx", part) for part in ("word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels")]
            + [("xlsx", part) for part in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels")]
            + [("ods", "content.xml")]
        )
    )
    with zipfile.ZipFile(io.BytesIO(SOUND[kind])) as package:
        xml = package.read(name).decode() if name in package.namelist() else "<x/>"
    at = data.draw(st.integers(0, len(xml)))
    wrong = data.draw(
        st.sampled_from(["", "<w:p>", "</w:p>", "<w:tc/>", "-1", "99999999999999999999", "w:val", "&#1;", "\x00", "％", "<w:t>", '"', "<row/>", "A1:", "0"])
    )
    length = data.draw(st.integers(0, 12))
    attempt(with_parts(SOUND[kind], {name: (xml[:at] + wrong + xml[at + length :]).encode()}))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_TAGS), max_size=40).map("".join))
def test_a_soup_of_tags_never_breaks_a_run(soup: str) -> None:
    attempt(f"<html>{soup}".encode())
    attempt(f"<{soup}".encode())
