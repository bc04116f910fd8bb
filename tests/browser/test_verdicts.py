"""Did it work? Read by a manager on a phone at night and by a director at a desk: the answer first, then why."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.support import histories, verdicts
from tests.support.browsing import DESKTOP, chromium, context_for, looked_at, served
from tests.support.world import World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def changed(after: Sequence[int], *, care: int | None = verdicts.CARE, early_after: int = 4) -> tuple[World, str]:
    """A world in which so many fell in each month since a change, up to last month; and the address of the answer."""
    now = timezone.now()
    world = make_world(at=now - timedelta(days=20))
    last = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    months: list[date] = histories.months(len(after) + 2, last)
    verdicts.years(world, after, care=care, last=last, at=now, early_after=early_after)
    starts = months[2] + timedelta(days=1)
    made = verdicts.change(
        world, starts_on=starts, trigger=(months[0], starts - timedelta(days=2)), at=now - timedelta(days=10)
    )
    return world, f"/verdicts/{made.action_id}/"


@pytest.mark.parametrize(
    ("name", "after", "title"),
    [
        ("worked", verdicts.FELL, "It worked: recorded falls fell"),
        ("too-early", [1, 1, 0, 1], "Too early to say. Next answer in "),
        ("worse", [8] * 8, "Worse: recorded falls rose"),
        ("no-change", [4] * 8, "No change: not the 30% fewer you aimed for"),
    ],
)
def test_the_answer_is_the_title_and_every_part_can_be_read(
    browser: Browser, address: str, name: str, after: list[int], title: str
) -> None:
    world, url = changed(after)
    page = context_for(browser, address, world, "registered_manager").new_page()
    page.goto(address + url, timeout=90_000)
    expect(page.locator("h1")).to_have_text(re.compile(rf"^\s*{re.escape(title)}"))
    looked_at(page, f"verdict-{name}")
    page.goto(address + url)
    page.locator("figure details").first.evaluate("one => one.open = true")
    page.locator("figure table a").last.click()
    expect(page.locator("h1")).to_contain_text(" in ")


def test_without_care_given_the_way_to_an_answer_is_one_button(browser: Browser, address: str) -> None:
    world, url = changed(verdicts.FELL, care=None)
    page = context_for(browser, address, world, "registered_manager", java_script_enabled=False).new_page()
    page.goto(address + url)
    page.get_by_role("link", name="Say how much care there was").click()
    expect(page).not_to_have_url(re.compile("/verdicts/"))


def test_counting_again_without_a_script(browser: Browser, address: str) -> None:
    world, url = changed(verdicts.FELL, early_after=1)
    options = {"viewport": DESKTOP, "java_script_enabled": False}
    page = context_for(browser, address, world, "nominated_individual", **options).new_page()
    page.goto(address + url)
    page.get_by_role("button", name="Count again now").click()
    expect(page.get_by_text("Counted again. The answer is new.")).to_be_visible()
    page.get_by_role("button", name="Count again now").click()
    expect(page.get_by_text("The answer is the same as before.")).to_be_visible()
