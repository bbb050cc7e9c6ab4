"""Words of secrecy in a text for publication (涉密字样)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.finding import Severity
from gouji.model.regex import regex

_MARKS: tuple[tuple[re.Pattern[str], str, Severity], ...] = (
    (regex(r"(?:绝密|机密|秘密)[★☆*]|密级[::](?:绝密|机密|秘密)"), "密级标志", "error"),
    (regex(r"^(?:绝密|机密|秘密)(?:文件)?$", flags=re.MULTILINE), "密级标志", "error"),
    (regex(r"(?:内部(?:资料|文件|使用|材料)[,、]?(?:请勿|不得|注意|严禁)(?:外传|公开|保存|保密|传播))|^(?:不得|严禁)(?:对外)?(?:公开|外传)", flags=re.MULTILINE), "内部字样", "warning"),
    (regex(r"涉密内容"), "以“涉密内容”代替公开内容", "note"),
)


@rule(id="secrecy", zh="涉密字样", severity="error", authority="confidentiality")
def secrecy(context: Context) -> Iterator[Remark]:
    """公开稿里有密级标志（秘密★、密级：机密）、“内部资料，注意保密”等字样；以“涉密内容”代替职责的，作提示以便确认范围。

    为什么：涉密信息不得公开；内部字样说明用错了文件。
    例：秘密★一年
    报告：公开稿出现密级标志：“秘密★”。
    不报：“保守国家秘密”“涉密项目除外”“商业秘密”等正常行文。
    """
    for pattern, what, severity in _MARKS:
        for hit in context.scan(pattern):
            if hit.paragraph.region == "contents":
                continue
            word = hit.group()
            zh = f"{what}：“{word}”，请确认确属国家秘密且范围恰当。" if severity == "note" else f"公开稿出现{what}：“{word}”。"
            yield Remark(
                zh=zh,
                en=f"A word of secrecy: {word}.",
                places=(context.at(hit.paragraph, *hit.span()),),
                key=(word, hit.paragraph.text[max(0, hit.start - 10) : hit.start]),
                severity=severity,
                found=word,
                suggestion="确认可否公开；不可公开的整份撤下。" if severity != "note" else "确认定密依据；不涉密的，按要求公开。",
            )
