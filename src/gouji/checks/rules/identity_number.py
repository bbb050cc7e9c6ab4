"""Identity card numbers (身份证号码)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_NUMBER = regex(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@rule(id="identity-number", zh="身份证号码", severity="error", authority="personal_information")
def identity_number(context: Context) -> Iterator[Remark]:
    """文中出现校验码正确的居民身份证号码。

    为什么：属于敏感个人信息，决算公开没有必要，也没有权限公开。
    例：驻村干部王某某（身份证号11010519491231002X）补助1.2万元
    报告：出现居民身份证号码“110105********002X”。
    不报：校验码不对的18位数字（项目编码、统一社会信用代码、合同号）。
    """
    for hit in context.scan(_NUMBER):
        number = hit.group().upper()
        if not valid(number):
            continue
        masked = f"{number[:6]}********{number[-4:]}"
        yield Remark(
            zh=f"出现居民身份证号码“{masked}”。",
            en="An identity card number.",
            places=(context.at(hit.paragraph, *hit.span()),),
            key=(masked,),
            found=masked,
            suggestion="公开前删除。",
        )


def valid(number: str) -> bool:
    """Whether the 18th character is the check digit of GB 11643.

    >>> valid("11010519491231002X"), valid("110105194912310021")
    (True, False)
    """
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]
