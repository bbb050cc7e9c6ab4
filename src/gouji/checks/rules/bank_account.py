"""Bank account and card numbers (银行账号)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_NUMBER = regex(r"(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])")
_NEAR = regex(r"账号|帐号|卡号|账户|帐户|开户行|开户银行|收款人")
#: How far before the number its label may stand.
_REACH = 24


@rule(id="bank-account", zh="银行账号", severity="error", authority="personal_information")
def bank_account(context: Context) -> Iterator[Remark]:
    """“账号”“卡号”“开户行”近旁有16至19位数字，且符合银行卡号校验规则（仅有账号字样而校验不符的作警告）。

    为什么：账号属于敏感信息，公开有资金风险。
    例：收款账号：4111111111111111。
    报告：出现银行账号“4111****1111”。
    不报：近旁没有账号字样的长数字（项目编码、合同编号、发票号）。
    """
    for hit in context.scan(_NUMBER):
        if not _NEAR.search(hit.paragraph.text[max(0, hit.start - _REACH) : hit.start]):
            continue
        masked = f"{hit.group()[:4]}****{hit.group()[-4:]}"
        yield Remark(
            zh=f"出现银行账号“{masked}”。",
            en="A bank account number.",
            places=(context.at(hit.paragraph, *hit.span()),),
            key=(masked,),
            severity="error" if luhn(hit.group()) else "warning",
            found=masked,
            suggestion="公开前删除，或只留末四位。",
        )


def luhn(number: str) -> bool:
    """Whether a card number's last digit checks.

    >>> luhn("6222020200112233440"), luhn("4111111111111111")
    (False, True)
    """
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
