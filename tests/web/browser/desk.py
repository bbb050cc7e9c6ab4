"""What the browser tests do again and again: sign in, look for faults of a page, take its picture."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from shape.repository import ROOT

PASSWORD = "gouji-demo-2023"  # of the demonstration's accounts
WIDE, PHONE = 1440, 390
SCREENS = ROOT / "docs" / "screens"
#: The browser says these of answers that a test asks for on purpose (a refused step, a page that is not there).
_ASKED_FOR = ("status of 403", "status of 404", "status of 409")


@dataclass
class Desk:
    """One server and whoever sits at it. ``faults`` gathers errors of scripts, styles and the security policy from every page."""

    browser: Browser
    address: str
    folder: Path
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def visitor(self, width: int = WIDE) -> Page:
        """A new browser session without anybody signed in."""
        context = self.browser.new_context(base_url=self.address, viewport={"width": width, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True)
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def signed_in(self, username: str, password: str = PASSWORD, width: int = WIDE) -> Page:
        page = self.visitor(width)
        page.goto("/")
        sign_in(page, username, password)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _heard(self, message: ConsoleMessage) -> None:
        if os.environ.get("GOUJI_SCREENS") and "Applying inline style" in message.text:
            return  # what takes the pictures hides the caret by a style of its own, which the policy refuses
        if message.type == "error" and not any(words in message.text for words in _ASKED_FOR):
            self.faults.append(message.text)


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".who")).to_be_visible()


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window (tables may scroll inside of theirs)."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def picture(page: Page, name: str, height: int = 1100, kept: tuple[int, ...] = (WIDE, PHONE)) -> None:
    """The page at both widths, which it must fit; kept as ``docs/screens/NAME-WIDTH.png`` with ``GOUJI_SCREENS=write`` at the widths of ``kept``.

    ``GOUJI_SCREENS=all`` writes all of them, to be looked at.
    """
    before = page.viewport_size or {"width": WIDE, "height": 900}
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0, f"{name} at {width} px is {overflow(page)} px too wide"
        if os.environ.get("GOUJI_SCREENS") == "all" or (os.environ.get("GOUJI_SCREENS") == "write" and width in kept):
            SCREENS.mkdir(exist_ok=True)
            whole = int(page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": min(max(whole, 500), height if width == WIDE else height + 300)})
            page.screenshot(path=SCREENS / f"{name}-{width}.png", animations="disabled", caret="hide")
            _smaller(SCREENS / f"{name}-{width}.png")
    page.set_viewport_size(before)


def printed(page: Page, name: str) -> None:
    """The page as the printer gives it: not wider than its paper; its first sheet kept as ``docs/screens/NAME-printed.png`` with ``GOUJI_SCREENS``."""
    page.emulate_media(media="print")
    assert len(page.pdf(format="A4", prefer_css_page_size=True)) > 5000
    program = shutil.which("pdftoppm")
    if os.environ.get("GOUJI_SCREENS") and program:
        target = SCREENS / f"{name}-printed"
        made = page.pdf(format="A4", prefer_css_page_size=True)
        subprocess.run([program, "-png", "-r", "96", "-f", "1", "-l", "1", "-singlefile", "-", str(target)], input=made, check=True)
        _smaller(target.with_suffix(".png"))
    page.emulate_media(media="screen")


def _smaller(path: Path) -> None:
    """A picture of words needs no million colours: a third of the size, where ImageMagick is there."""
    if program := shutil.which("convert"):
        subprocess.run([program, path, "+dither", "-colors", "128", "-define", "png:compression-level=9", f"PNG8:{path}"], check=True)


def paste(page: Page, selector: str, text: str) -> None:
    """Pastes text into a field as Excel gives it."""
    page.locator(selector).focus()
    page.evaluate(
        "([selector, text]) => { const data = new DataTransfer(); data.setData('text/plain', text);"
        " document.querySelector(selector).dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }",
        [selector, text],
    )


def told(page: Page) -> str:
    """What the page tells about the last step, once it has loaded."""
    page.wait_for_load_state()
    return " ".join(page.locator(".told").all_inner_texts())
