"""Basic expenditure told of an item that by definition is project expenditure, and the reverse (科目性质与用途不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

#: Items that the official classification defines as the money of projects, or of running an office.
_PROJECT = frozenset({"一般行政管理事务"})
_BASIC = frozenset({"行政运行", "事业运行"})
_USED = regex(r"(?:主要)?用于[^。;]{0,80}?(?P<nature>基本支出|项目支出)")


@rule(id="item-nature", zh="科目性质与用途不符", severity="warning", authority="item_definitions")
def item_nature(context: Context) -> Iterator[Remark]:
    """“一般行政管理事务（项）”按科目说明是项目支出，正文却说主要用于基本支出；“行政运行”“事业运行”是基本支出，正文却说用于项目支出。

    为什么：不是科目列错，就是用途抄错，基本支出和项目支出的数字会跟着错。
    例：一般公共服务支出（类）财政事务（款）一般行政管理事务（项）。主要用于：业务指导与宣传等基本支出。
    报告：“一般行政管理事务（项）”是项目支出科目，此处写作用于“基本支出”。
    不报：同一句既写基本支出又写项目支出；只列具体用途的；名词解释。
    """
    for path in context.outline.paths:
        item = path.names[2]
        if path.region != "narrative" or item not in _PROJECT | _BASIC:
            continue
        paragraph = context.paragraph_at(path.place.start)
        if paragraph is None:
            continue
        at = paragraph.text.find(f"{item}(项)")
        end = paragraph.text.find("(项)", at + len(item) + 3)
        text = paragraph.text[: end if end >= 0 else len(paragraph.text)]
        match = _USED.search(text, max(at, 0))
        if match is None or ("基本支出" in text and "项目支出" in text):
            continue
        due = "项目支出" if item in _PROJECT else "基本支出"
        if match["nature"] == due:
            continue
        yield Remark(
            zh=f"“{item}（项）”是{due}科目，此处写作用于“{match['nature']}”。",
            en=f"{item} is by definition {'project' if item in _PROJECT else 'basic'} expenditure.",
            places=(context.at(paragraph, *match.span("nature")),),
            key=(item, match["nature"], path.code),
            subject=path.code,
            severity="warning" if item in _PROJECT else "note",
            found=match["nature"],
            expected=due,
            suggestion=f"核对：确属{match['nature']}的，改正科目；科目无误的，把用途改为{due}的内容。",
        )
