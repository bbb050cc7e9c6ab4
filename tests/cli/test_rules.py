"""``gouji rules``: the list is whole, every rule can be explained."""

from __future__ import annotations

from collections.abc import Callable

from cli.samples import Ran
from gouji.cli.rules import all_rules, explained


def test_the_list_names_every_rule_once_with_its_severity(run: Callable[..., Ran]) -> None:
    ran = run("rules")
    assert ran.status == 0
    listed = [line.split()[0] for line in ran.out.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(all_rules()[0])
    assert all(any(word in line for word in ("错误", "警告", "提示")) for line in ran.out.splitlines() if line.startswith("  "))


def test_a_rule_is_explained_with_reason_authority_and_example(run: Callable[..., Ran]) -> None:
    ran = run("rules", "share")
    assert ran.status == 0
    for label in ("为什么：", "依据：", "例：", "报告：", "不报："):
        assert label in ran.out


def test_every_rule_can_be_explained() -> None:
    entries, authorities = all_rules()
    for entry in entries.values():
        text = explained(entry, authorities)
        assert entry.zh in text
        assert "依据：" in text


def test_several_rules_and_short_names_of_equations(run: Callable[..., Ran]) -> None:
    out = run("rules", "residue", "R27-micro").out
    assert "residue" in out
    assert "equation.R27-micro" in out


def test_an_unknown_rule_gets_a_hint(run: Callable[..., Ran]) -> None:
    ran = run("rules", "shar")
    assert ran.status == 2
    assert "没有规则“shar”" in ran.err
    assert "share" in ran.err
    assert "residue" in run("rules", "模板").err
