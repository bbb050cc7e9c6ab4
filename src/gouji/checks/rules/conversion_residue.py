"""What converters and word processors leave in a text (转换残留)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.finding import Severity
from gouji.model.regex import regex

_KINDS: tuple[tuple[str, str, re.Pattern[str], Severity], ...] = (
    ("bookmark", "书签标记", regex(r"\[bookmark:[^\]\n]{0,80}\]"), "note"),
    ("reference", "失效的交叉引用", regex(r"错误[!！]\s?(?:未找到引用源|未定义书签|超链接引用无效)[。.]?|Error! (?:Reference source|Bookmark) not (?:found|defined)"), "error"),
    ("field", "域代码", regex(r"PAGEREF\s+_?\w+|HYPERLINK\s+\\l|\\\*\s?MERGEFORMAT|TOC\s+\\o"), "warning"),
    ("latex", "公式源码", regex(r"\$\s?\\[a-z]+[^$\n]{0,40}\$"), "note"),
    ("entity", "网页转义符", regex(r"&(?:nbsp|amp|lt|gt|quot|#\d{2,5});"), "warning"),
    ("unreadable", "乱码字符", regex(r"[\ufffd锟斤拷](?:(?<=\ufffd)\ufffd*|(?<=[锟斤拷])[锟斤拷]{2,})", "拷", "斤", "锟", "�"), "note"),
)  # fmt: skip


@rule(id="conversion-residue", zh="转换残留", severity="note", authority="disclosure_procedure_form")
def conversion_residue(context: Context) -> Iterator[Remark]:
    """文字里混进了书签标记、域代码、失效的交叉引用、网页转义符、公式源码、乱码等。每类全文合并为一条。

    为什么：这些字符不属于正文，说明文件在转换或更新目录时出了差错；读者看到的可能不是原文。
    例：目录Error! Reference source not found.
    报告：失效的交叉引用：“Error! Reference source not found”，共1处。
    不报：图片占位标记（文件转为文本时产生，原文件中是图）。
    """
    for kind, zh, pattern, severity in _KINDS:
        matches = [m for m in pattern.finditer(context.outline.text) if not _reported(context, m.start())]
        if not matches:
            continue
        sample = matches[0].group()
        yield Remark(
            zh=f"{zh}：“{sample}”，共{len(matches)}处。",
            en=f"Conversion residue ({kind}), {len(matches)} place(s).",
            places=tuple(context.at_text(*m.span()) for m in matches[:50]),
            key=(kind, sample),
            severity=severity,
            found=sample,
            suggestion="在原文件中更新域或删去，再重新生成公开稿；原文件中没有的，是转换时产生的，可不理会。" if severity == "note" else "在原文件中更新域或删去，再重新生成公开稿。",
        )


def _reported(context: Context, position: int) -> bool:
    """Whether the template rule has this place already."""
    index = context.index_at(position)
    if index < 0 or index not in context.residue:
        return False
    paragraph = context.paragraphs[index]
    return any(paragraph.canonical(a) <= position < paragraph.canonical(b) for a, b, _ in context.residue[index])
