"""A web page reads as a browser shows it."""

from __future__ import annotations

import pytest

from gouji.documents import Document, UnreadableError, read_document


def read(body: str, encoding: str = "utf-8", label: str | None = "utf-8") -> Document:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    return read_document(
        f"<!DOCTYPE html><html><head>{meta}<title>部门 决算</title></head><body>{body}</body></html>".encode(encoding), name="页.html"
    )


def cells(document: Document) -> dict[str, tuple[int, int, int, int, int]]:
    return {
        document.text[b.start : b.end]: (b.cell.table, b.cell.row, b.cell.column, b.rows, b.columns) for b in document.blocks if b.cell is not None
    }  # fmt: skip


def test_paragraphs_headings_and_breaks() -> None:
    document = read("<h2>一、收入</h2><p>收入<b>12.50</b>\n万元，<br>其中：<span>财政</span></p>散文<div>尾</div>")
    assert document.text == "一、收入\n收入12.50 万元，\n其中：财政\n散文\n尾"
    assert [(block.kind, block.level, block.broken_line) for block in document.blocks[:3]] == [
        ("heading", 2, False), ("paragraph", None, True), ("paragraph", None, False),
    ]  # fmt: skip
    assert (document.format, document.title) == ("html", "部门 决算")


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("gb18030", "gb2312"),
        ("gbk", "GBK"),
        ("utf-8", "gb2312"),
        ("gb18030", None),
        ("utf-8", None),
        ("utf-16", None),
        ("utf-8-sig", "gbk"),
    ],
)
def test_the_encoding_is_found_whatever_the_page_says(encoding: str, label: str | None) -> None:
    assert read("<p>镕基公司㎡支出12.50万元</p>", encoding, label).text == "镕基公司㎡支出12.50万元"


def test_blanks() -> None:
    document = read("<p>&nbsp;&nbsp;支出&nbsp;12.50\n  万元\n，合计   abc\n  def</p><pre>一\n 二</pre>")
    # A newline between two Chinese characters is no blank, any other is.
    assert document.text == "支出 12.50 万元，合计 abc def\n一\n 二"


def test_what_is_not_shown_is_not_read() -> None:
    hidden = "<script>1</script><style>2</style><noscript>3</noscript><template>4</template><p style='display: none'>5</p><p hidden>6</p><!-- 7 --><select><option>8</select>"
    assert read(hidden + "<p>显<!-- x -->示<span style='DISPLAY:NONE'>9</span>后</p>").text == "显示后"


def test_lists_show_their_numbers() -> None:
    assert (
        read("<ol start=3><li>甲<li>乙</ol><ol style='list-style-type:cjk-ideographic'><li>丙</ol><ul><li>丁</ul>").text
        == "3. 甲\n4. 乙\n一、丙\n丁"
    )


def test_tables_with_spans() -> None:
    document = read(
        "<table><tr><th rowspan=2>单位<th colspan=2>支出<th rowspan=2>备注</tr><tr><td>基本<td>项目</tr><tr><td>局<td>1<td><td>无</tr></table><p>后"
    )
    assert cells(document) == {
        "单位": (0, 0, 0, 2, 1), "支出": (0, 0, 1, 1, 2), "备注": (0, 0, 3, 2, 1), "基本": (0, 1, 1, 1, 1), "项目": (0, 1, 2, 1, 1),
        "局": (0, 2, 0, 1, 1), "1": (0, 2, 1, 1, 1), "": (0, 2, 2, 1, 1), "无": (0, 2, 3, 1, 1),
    }  # fmt: skip
    assert document.text == "\t单位\n\t支出\n\t备注\n\n\t\n\t基本\n\t项目\n\t\n\n\t局\n\t1\n\t\n\t无\n\n后"


def test_layout_tables_are_transparent() -> None:
    article = "".join(f"<p>这是第{i}段，说明本单位的收入和支出情况。" + "内容" * 60 + "</p>" for i in range(5))
    document = read(f"<table><tr><td>导航</td><td><table><tr><td>{article}</td></tr></table></td></tr></table>")
    assert {block.kind for block in document.blocks} == {"paragraph"}
    inner = read("<table><tr><td><table><tr><td>项目<td>金额<tr><td>甲<td>1</table></td></tr></table>")
    assert cells(inner)["1"] == (0, 1, 1, 1, 1)


def test_deep_nesting_loses_nothing() -> None:
    assert read("<div>" * 1500 + "深处" + "</div>" * 1500 + "<p>后").text == "深处\n后"
    with pytest.raises(UnreadableError, match="嵌套过深"):
        read("<p>前</p>" + "<div>" * 3000 + "深处" + "</div>" * 3000 + "<p>后")


def test_a_page_goes_on_behind_its_end() -> None:
    assert read("<div><html><body><p>贴入</p></body></html><p>之后</p></div></body></html>末尾<p>再</p>").text == "贴入\n之后\n末尾\n再"


def test_fragments_and_xhtml() -> None:
    assert read_document("<div><p>甲</p><table><tr><td>1<td>2</table></div>".encode()).format == "html"
    xhtml = '<?xml version="1.0" encoding="GBK"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><p>甲乙</p></body></html>'
    assert read_document(xhtml.encode("gbk")).text == "甲乙"


def test_the_shell_of_an_attachment() -> None:
    document = read('<p>现公开2023年度部门决算。</p><a href="./P020.pdf">部门决算</a>')
    assert document.notes == ("这个网页的文字很少，公开内容可能在附件里，附件没有读：部门决算",)
    with pytest.raises(UnreadableError, match=r"只有附件链接：P020\.pdf"):
        read('<a href="./P020.pdf"><img src="x.png"></a>')
    with pytest.raises(UnreadableError, match="没有文字"):
        read("<script>load()</script>")


def test_damaged_spans_do_no_harm() -> None:
    assert cells(read("<table><tr><td rowspan=999999999999 colspan=-3>甲<td colspan='x'>乙<tr><td>丙</table>"))["丙"][:3] == (0, 1, 1)
