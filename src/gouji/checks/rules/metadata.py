"""Author, company and paths in the file's properties (文件属性)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.traces import traced


@rule(id="metadata", zh="文件属性含个人或内部信息", severity="note", authority="personal_information")
def metadata(context: Context) -> Iterator[Remark]:
    """文件属性里有作者、最后修改者、单位名称或本地路径。

    为什么：属性随文件一起公开，读者可以看到经办人姓名和内部目录。
    例：（Word文件属性：作者“张某某”）
    报告：文件属性含个人或内部信息，共1处：“张某某”。
    不报：软件自动写入的通用名称（如Administrator、微软用户、WPS）。
    """
    generic = {"administrator", "admin", "user", "wps", "微软用户", "windows 用户", "微软中国", "微软公司", "microsoft", "china", "dell", "lenovo", "hp", "pc"}
    named = tuple(
        t
        for t in context.outline.traces
        if t.kind in ("author", "last_modified_by", "company", "file_path", "manager") and t.detail.strip().lower() not in generic and t.detail.strip()
    )
    if not named:
        return
    kinds = tuple(dict.fromkeys(t.kind for t in named))
    for remark in traced(context, kinds, "文件属性含个人或内部信息", "用“检查文档”删除文档属性和个人信息后再公开。", "note"):
        listed = "、".join(f"“{' '.join(t.detail.split())[:40]}”" for t in named[:4])
        yield Remark(
            zh=f"文件属性含个人或内部信息，共{len(named)}处：{listed}。",
            en=remark.en,
            places=remark.places,
            key=tuple(sorted(f"{t.kind}:{t.detail[:60]}" for t in named)),
            found=listed,
            suggestion=remark.suggestion,
        )
