"""WCAG AA: axe-core on every page that the demonstration reaches, at both widths, and no page wider than the window."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from web.browser.desk import PHONE, WIDE, Desk, overflow

#: Who opens which pages; "…" is the first record of the list.
PAGES = {
    "jingban": (
        "/", "/projects/", "/projects/new", "/projects/watch", "/projects/library", "/projects/adjustments", "/projects/?state=draft …", "/projects/?state=draft …/targets",
        "/projects/?state=draft …/ex-ante", "/projects/?state=approved …", "/projects/?state=approved …/adjust", "/projects/?state=approved …/monitoring/11",
        "/projects/?state=closed …", "/projects/?state=closed …/evaluation", "/changes/", "/people/password", "/jobs/",
    ),
    "shenhe": ("/", "/projects/library", "/projects/?state=evaluation_bureau …", "/projects/?state=evaluation_bureau …/rescoring", "/projects/sampling/new?year=2023", "/projects/sampling?year=2022"),
    "fuze": ("/accounts/", "/accounts/deadlines", "/accounts/?state=draft …", "/accounts/?state=draft …/evaluation", "/accounts/?state=draft …/audit", "/checking/"),
    "jingban2": ("/accounts/new", "/accounts/?state=approved …", "/accounts/?state=approved …/audit", "/checking/"),
    "shenpi": ("/projects/?state=closed …/use", "/projects/sampling?year=2023", "/projects/sampling?year=2023 …"),
    "admin": ("/people/units", "/people/units/new", "/people/persons", "/people/persons/new", "/changes/verify"),
}  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def opened(page: Page, path: str) -> None:
    start, _, rest = path.partition(" …")
    page.goto(start)
    if " …" in path:
        page.goto(str(page.locator("table.list tbody a").first.get_attribute("href")) + rest)
    page.wait_for_load_state("networkidle")


def complaints(page: Page, name: str) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{name}: {each['id']}: {each['help']}: {each['nodes'][0]['html'][:160]} ({len(each['nodes'])})" for each in found]


@pytest.mark.parametrize("username", list(PAGES))
def test_pages_are_accessible_and_fit(demo: Desk, username: str) -> None:
    page, wrong = demo.signed_in(username), []
    for path in PAGES[username]:
        for width in (WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            opened(page, path)
            assert page.get_by_role("heading", level=1).count() == 1, path
            wrong += complaints(page, f"{username} {path} {width}")
            if overflow(page) > 0:
                wrong.append(f"{username} {path}: {overflow(page)} px too wide at {width}")
    assert wrong == [], "\n".join(wrong)
    assert demo.faults == []


def test_the_way_in_is_accessible(demo: Desk) -> None:
    page = demo.visitor()
    page.goto("/people/login")
    assert complaints(page, "login") == []
    assert page.locator("html").get_attribute("lang") == "zh-CN"
