"""Small texts and a way to run the command line inside the test's own process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gouji.cli import main

#: A fragment with one wrong share and nothing else.
SLIP = "三、支出决算情况说明\n2023年度本年支出合计24.00万元，其中：基本支出4.00万元，占15.94%；项目支出20.00万元，占83.33%。\n"
RIGHT = SLIP.replace("15.94", "16.67")


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def flat(self) -> str:
        """What was printed without the breaks that the width of the terminal made."""
        return "".join(line.strip() for line in self.out.splitlines())

    def json(self) -> Any:
        return json.loads(self.out)


def runner(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """``run("check", path, …)`` → status and what was printed; no traceback, whatever happens."""

    def run(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        status = main([str(each) for each in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return Ran(status, out, err)

    return run


def account(unit: str, year: int, income: str, spent: str, *, kind: str = "单位", units: tuple[str, ...] = ()) -> str:
    """A short final account of a unit or a department that names its units."""
    named = f"{unit}下属二级预算单位{len(units)}个，包括：{'、'.join(units)}。\n" if units else ""
    return (
        f"{year}年度{unit}{kind}决算\n第一部分 {kind}概况\n一、{kind}职责\n{unit}负责全区文化工作。\n二、机构设置\n{named}"
        f"第二部分 {year}年度{kind}决算情况说明\n一、收入支出决算总体情况说明\n{year}年度收、支总计均为{income}万元。\n"
        f"二、收入决算情况说明\n{year}年度本年收入合计{income}万元。\n三、支出决算情况说明\n{year}年度本年支出合计{spent}万元。\n"
        "第三部分 名词解释\n第四部分 附件\n第五部分 附表\n"
    )
