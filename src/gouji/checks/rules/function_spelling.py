"""One functional item under two names in one document (科目名称前后不一)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.function_name import printed_path
from gouji.model.outline import FunctionPath

#: How like two names must be to count as one item misspelt, of 1.
_LIKE = 0.75


@rule(id="function-spelling", zh="同一科目前后名称不一", severity="note", authority="classification")
def function_spelling(context: Context) -> Iterator[Remark]:
    """正文里的一个项级科目，名词解释写成了相近而不同的名称，两个名称都不在科目表里（在表里的，由“支出功能科目名称有误”报告）。

    为什么：读者按名称对照，两处写法不同就找不到解释。
    例：（正文）文化和旅游（款）文旅宣传推广（项）　（名词解释）文化和旅游（款）文旅宣传推介（项）
    报告：同一科目两种写法：正文作“文旅宣传推广（项）”，名词解释作“文旅宣传推介（项）”。
    不报：只差“支出”二字；科目表里确有的两个科目；正文与名词解释有一处写法相同。
    """
    narrative = _open(context, "narrative")
    glossary = _open(context, "glossary")
    for name, path in narrative.items():
        if name in glossary:
            continue
        for other, explained in glossary.items():
            if other in narrative or (explained.names[1] and path.names[1] and explained.names[1] != path.names[1]):
                continue
            if SequenceMatcher(None, name, other).ratio() < _LIKE:
                continue
            yield Remark(
                zh=f"同一科目两种写法：正文作“{name}（项）”，名词解释作“{other}（项）”。",
                en="One functional item under two names.",
                places=(explained.place, path.place),
                key=(name, other),
                found=printed_path(explained.names),
                expected=printed_path(path.names),
                suggestion="按当年《政府收支分类科目》的名称前后统一。",
            )
            break


def _open(context: Context, region: str) -> dict[str, FunctionPath]:
    """项 names of a region that the classification does not settle."""
    found: dict[str, FunctionPath] = {}
    for path in context.outline.paths:
        if path.region == region and path.names[2] and len(path.code) < 7:
            found.setdefault(path.names[2].removesuffix("支出"), path)
    return found
