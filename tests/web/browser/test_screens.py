"""Pictures for docs/workspace.md: ``GOUJI_SCREENS=write uv run pytest -m browser`` renews them. Each page must fit both widths either way."""

from __future__ import annotations

import pytest

from shape.repository import ROOT
from web.browser.desk import SCREENS, Desk, picture

#: Name of the picture: who looks, at which page ("…" the first record of the list).
SHOWN = {
    "home": ("zhuguan", "/"), "register": ("shenhe", "/projects/"), "watch": ("zhuguan", "/projects/watch?year=2023"), "sampling": ("shenhe", "/projects/sampling?year=2023"), "draw": ("shenpi", "/projects/sampling?year=2023 …"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(SHOWN))
def test_a_page_fits_and_has_its_picture(demo: Desk, name: str) -> None:
    username, path = SHOWN[name]
    page = demo.signed_in(username)
    page.goto(path.removesuffix(" …"))
    if path.endswith(" …"):
        page.goto(str(page.locator("[aria-labelledby=draws] tbody a").first.get_attribute("href")))
    page.wait_for_load_state("networkidle")
    picture(page, name)
    assert demo.faults == []


def test_the_pictures_are_small_and_all_shown() -> None:
    text = (ROOT / "docs" / "workspace.md").read_text(encoding="utf-8")
    pictures = sorted(SCREENS.glob("*.png"))
    assert pictures
    assert [each.name for each in pictures if f"screens/{each.name}" not in text] == []
    assert [each.name for each in pictures if each.stat().st_size > 300_000] == []
    assert sum(each.stat().st_size for each in pictures) < 3_000_000
