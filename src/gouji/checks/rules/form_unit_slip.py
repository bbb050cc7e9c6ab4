"""A self-evaluation form: unit slip (完成值的单位或位数可疑)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-unit-slip", zh="完成值的单位或位数可疑", severity="warning", authority="performance_evaluation")
def form_unit_slip(context: Context) -> Iterator[Remark]:
    """完成值与指标值单位不同而数字相同，或恰好相差10、100、10000倍，仍得满分。

    为什么：多半是漏写一个零，或把元、万元、每月、每年写混。
    例：运维费≤36000元/月，完成值36000元/年。
    报告：“夜间游览项目”自评表：指标“运维费用”：目标≤36000元/月，完成值36000元/年，得20分，完成值与目标数字相同而单位不同，疑似单位写错。
    不报：单位不同但换算后达到目标、数字并不相同的；读取存疑的，只作提示。
    """
    yield from context.forms.of("form-unit-slip")
