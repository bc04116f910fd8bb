"""The demonstration as a newcomer walks it: choose somebody, sign in with password and code, see their day."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from heedful.demo import cast
from tests.support import demonstration
from tests.support.browsing import DESKTOP, PHONE, chromium, looked_at, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    demonstration.larkrise()
    with override_settings(HEEDFUL_DEMO=True), demonstration.marked(), served() as found:
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    with chromium() as found:
        yield found


def start_page(browser: Browser, address: str, **options: Any) -> Page:
    page = browser.new_context(**{"base_url": address, "viewport": DESKTOP, **options}).new_page()
    page.goto("/demo/")
    return page


def become(page: Page, key: str) -> None:
    """Read name, password and code from the person's card, as a newcomer does."""
    card = page.locator(f"#{key}")
    name, password = (card.locator("dd").nth(place).inner_text() for place in (0, 1))
    page.goto("/account/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    # The newest code, as the page shows it beside the sign-in.
    beside = page.context.new_page()
    beside.goto("/demo/")
    code = beside.locator(f'[data-demo-code="{key}"]').inner_text()
    beside.close()
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(cast.part(key).name.split()[0])


def test_the_start_page_shows_everybody_and_is_fit_to_look_at(browser: Browser, address: str) -> None:
    page = start_page(browser, address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Who would you like to be?")
    for part in cast.CAST:
        expect(page.locator(f"#{part.key}")).to_contain_text(part.username)
    expect(page.locator("[data-demo-clock]")).to_contain_text("seconds")
    looked_at(page, "demo-start")


def test_without_scripts_the_newest_codes_are_one_link_away(browser: Browser, address: str) -> None:
    page = start_page(browser, address, java_script_enabled=False)
    page.get_by_role("link", name="Show the newest codes").click()
    assert page.locator('[data-demo-code="joss"]').inner_text().isdigit()


def test_a_care_worker_answers_what_was_asked(browser: Browser, address: str) -> None:
    page = start_page(browser, address, viewport=PHONE)
    become(page, "joss")
    page.get_by_role("link", name="Answer", exact=True).click()
    page.locator("textarea").fill("The left one, as large as a coin. It was not there on Sunday.")
    page.get_by_role("button").filter(has_text="Send").click()
    page.goto("/")
    expect(page.get_by_text("Answer a question about what you told us")).to_have_count(0)


def test_a_manager_finds_what_to_decide_and_its_case(browser: Browser, address: str) -> None:
    page = start_page(browser, address)
    become(page, "amira")
    expect(page.locator("main")).to_contain_text("Miss Nettlefold")
    looked_at(page, "demo-today-manager")
    page.goto("/demo/")
    page.locator("#amira").get_by_role("link", name="Nine small falls").click()
    expect(page.locator("main")).to_contain_text("landing")
    looked_at(page, "demo-theme")
    page.goto("/demo/")
    page.locator("#amira").get_by_role("link", name="Did it work?").click()
    looked_at(page, "demo-verdict")
    expect(page.get_by_text("A demonstration: everybody here is invented.")).to_be_visible()


def test_a_manager_reads_a_case_to_its_end_and_what_a_sample_cannot_rule_out(browser: Browser, address: str) -> None:
    page = start_page(browser, address, viewport=PHONE)
    become(page, "tunde")
    page.goto("/demo/")
    page.locator("#tunde").get_by_role("link", name="Parkinson's tablet").click()
    expect(page.locator("main")).to_contain_text("Handover is verbal only")
    looked_at(page, "demo-case")
    page.goto("/demo/")
    page.locator("#tunde").get_by_role("link", name="Forty of 212").click()
    expect(page.locator("main")).to_contain_text("as high as 7%")
    looked_at(page, "demo-check")


def test_the_lead_is_asked_whom_a_name_means_and_decides_what_a_manager_may_not_see(
    browser: Browser, address: str
) -> None:
    page = start_page(browser, address)
    become(page, "imelda")
    expect(page.locator("main")).to_contain_text("Say who is meant by a name")
    expect(page.locator("main")).to_contain_text("the manager shouted")
    page.goto("/demo/")
    page.get_by_role("button", name="Sign out to be somebody else").click()
    page.goto("/demo/")
    become(page, "morwen")
    page.goto("/cases/")
    expect(page.locator("main")).not_to_contain_text("the manager shouted")
