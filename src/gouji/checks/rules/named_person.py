"""Persons named in itemised receptions (接待明细中的个人)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温"
)
_TITLES = r"(?:副)?(?:书记|主席|主任|省长|市长|州长|县长|区长|厅长|局长|处长|科长|司长|部长|院长|校长|总经理|董事长|巡视员|调研员|秘书长|专员|参事)"
_PERSON = regex(rf"[{_SURNAMES}](?:[一-鿿]{{0,2}}?)?{_TITLES}(?=一行|等|来|到|率|调研|考察|[,。;、\d])")


@rule(id="named-person", zh="接待明细点名到人", severity="note", authority="personal_information")
def named_person(context: Context) -> Iterator[Remark]:
    """公务接待明细里写出来访者的姓氏和职务。

    为什么：接待明细公开单位和事由即可，一般不点名到人。
    例：国内公务接待……具体内容包括：接待市文化馆王副馆长、市文旅局李副局长一行880元
    报告：接待明细点名到人：“李副局长”。
    不报：只写单位；领导职务泛称（如“局领导”）；接待以外的段落。
    """
    for paragraph in context.narrative:
        if "接待" not in paragraph.text:
            continue
        for match in _PERSON.finditer(paragraph.text):
            if re.search(r"(?:局|厅|委|办|处|部|院|校|公司|中心)$", paragraph.text[max(0, match.start() - 1) : match.start()]) is None and not re.search(
                r"接待[^。;]{0,30}$", paragraph.text[: match.start()]
            ):
                continue
            yield Remark(
                zh=f"接待明细点名到人：“{match.group()}”。",
                en="A person is named in the list of receptions.",
                places=(context.at(paragraph, *match.span()),),
                key=(match.group(),),
                found=match.group(),
                suggestion="改写为来访单位和事由。",
            )
