"""Walking a story of the demonstration as its people, on a phone or at a desk, with pictures of what they see."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from heedful.demo import load, story_pages
from tests.support.browsing import PHONE, PICTURES, faults
from tests.support.signing_in import sign_in


class Walk:
    """Everybody's browsers in one story."""

    def __init__(self, browser: Browser, address: str, built: load.Built) -> None:
        self.browser, self.address, self.built = browser, address, built
        self.pages = story_pages.addresses()

    def as_(self, key: str, **options: Any) -> Page:
        """A browser of their own, signed in; a phone unless said otherwise."""
        context = self.browser.new_context(**{"base_url": self.address, "viewport": PHONE, **options})
        cookie = sign_in(Client(), self.built.world.accounts[key]).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        return page


def told_of(page: Page, words: str) -> None:
    """Words somewhere on the page, once it is there."""
    expect(page.locator("main")).to_contain_text(words)


def headed(page: Page, words: str) -> None:
    """What the page is about, in its own words."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def sound(page: Page) -> None:
    """No fault in this light and width, and nothing scrolls sideways."""
    width = (page.viewport_size or PHONE)["width"]
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def picture_of(seen: Page | Locator, name: str) -> None:
    """For a tutorial: what stands on the screen, or a part of it. Small files: one screen, not the whole page."""
    if not PICTURES:
        return
    Path(PICTURES).mkdir(parents=True, exist_ok=True)
    seen.screenshot(path=Path(PICTURES) / f"{name}.png")
