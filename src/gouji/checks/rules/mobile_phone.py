"""Mobile phone numbers (手机号码)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_NUMBER = regex(r"(?<![0-9A-Za-z.\-])1[3-9]\d{9}(?![0-9A-Za-z.万元%件])")


@rule(id="mobile-phone", zh="手机号码", severity="warning", authority="personal_information")
def mobile_phone(context: Context) -> Iterator[Remark]:
    """文中出现十一位手机号码。

    为什么：手机号码属于个人信息，公开联系方式宜用办公电话。
    例：项目负责人：李某某，联系电话13800138000
    报告：出现手机号码“138****8000”。
    不报：座机、热线；代码和金额中的数字。
    """
    for hit in context.scan(_NUMBER):
        masked = f"{hit.group()[:3]}****{hit.group()[-4:]}"
        yield Remark(
            zh=f"出现手机号码“{masked}”。",
            en="A mobile phone number.",
            places=(context.at(hit.paragraph, *hit.span()),),
            key=(masked,),
            found=masked,
            suggestion="公开前删除，或改为办公电话。",
        )
