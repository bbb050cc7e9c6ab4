"""``gouji schemes``: the list, and each scheme in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cli.samples import Ran
from gouji.standards.schemes import schemes


def test_all_schemes_are_listed_with_what_they_are_for(run: Callable[..., Ran]) -> None:
    ran = run("schemes")
    assert ran.status == 0
    for each in schemes():
        assert each.id in ran.flat
        assert each.zh in ran.flat


@pytest.mark.parametrize("found", schemes(), ids=lambda each: each.id)
def test_a_scheme_is_explained_down_to_its_items(run: Callable[..., Ran], found) -> None:  # type: ignore[no-untyped-def]
    ran = run("schemes", found.id)
    assert ran.status == 0
    assert all(item.name in ran.flat for _, item in found.walk())
    assert "依据" in ran.flat


def test_an_unknown_scheme_is_said_with_those_that_exist(run: Callable[..., Ran]) -> None:
    ran = run("schemes", "cn/project-1999", "cn/project-2020")
    assert ran.status == 2
    assert "cn/project-1999" in ran.err
    assert "cn-sichuan/project-2023" in ran.err
    assert "财预〔2020〕10号" in ran.flat
