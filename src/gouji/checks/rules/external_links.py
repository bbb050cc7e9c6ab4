"""Links out of the file, above all to local files and the office network (外部链接)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.traces import detail, is_local


@rule(id="external-links", zh="外部链接", severity="warning", authority="disclosure_procedure_form")
def external_links(context: Context) -> Iterator[Remark]:
    """文件链接到本机文件、共享目录或内网地址（警告），或链接到外部网址（提示）。

    为什么：本机和内网链接读者打不开，还泄露内部目录；链接的表格更新后，公开的数字会跟着变。
    例：（Word中的图表链接到“D:\\决算\\2023\\三公.xlsx”）
    报告：文件链接到本机或内网，共1处：“D:\\决算\\2023\\三公.xlsx”。
    不报：政府网站等公开网址只作提示；电子邮件地址。
    """
    links = [t for t in context.outline.traces if t.kind == "external_link" and not t.detail.startswith("mailto:")]
    for local in (True, False):
        group = [t for t in links if is_local(t.detail) is local]
        if not group:
            continue
        shown = "、".join(f"“{detail(t)}”" for t in group[:3])
        yield Remark(
            zh=f"文件链接到{'本机或内网' if local else '外部网址'}，共{len(group)}处：{shown}。",
            en=f"{len(group)} {'local' if local else 'external'} link(s).",
            places=tuple(t.place for t in group if t.place is not None),
            key=tuple(sorted(t.detail[:80] for t in group)),
            severity="warning" if local else "note",
            found=shown,
            suggestion="断开链接，改为嵌入内容。" if local else "确认链接可以公开且长期有效。",
        )
