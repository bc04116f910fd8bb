"""A quality lead looks for what differs, follows it to its cases, and reads it at night on a phone."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from heedful.foundation.people import operations as people
from tests.support import histories
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


@pytest.fixture(scope="module")
def world() -> World:
    """Six services over three years: one month stands out, one place got better, one has gone quiet."""
    now = timezone.now()
    world = make_world(at=now - timedelta(days=1200))
    last = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    steady, rows, homes = histories.steady, [], {"Rowan House": world.home, "Elm Court": world.other_home}
    with world.use():
        for name in ("Fennel Row", "Harl Mead", "Orrin Lodge", "Tansy Court"):
            homes[name] = people.open_service(
                name=name, by=world.system, at=now, capacity=30, exposure_measure="bed_days"
            )
    falls = {
        "Rowan House": [*steady(3, 4, 35), 15],
        "Elm Court": steady(5, 5),
        "Fennel Row": [*steady(7, 9, 24), *steady(8, 3, 12)],
        "Harl Mead": steady(9, 3),
        "Orrin Lodge": [0] * 20 + [1, 0, 0, 1] * 4,
        "Tansy Court": steady(11, 1, 36),
    }
    for name, home in homes.items():
        rows += histories.monthly(home, falls[name], last=last)
        rows += histories.monthly(home, steady(len(name), 2), last=last, type_="medication", title="Tablet found")
        early = [2] * 33 + [0] * 3 if name == "Orrin Lodge" else steady(len(name) + 1, 2)
        rows += histories.monthly(home, early, last=last, kinds=("near_miss",), title="Nearly the wrong box")
        if name != "Harl Mead":
            histories.care(world, home, 9_000, last=last)
    histories.keep(world, rows, at=now)
    return world


def test_from_what_differs_to_its_cases(browser: Browser, address: str, world: World) -> None:
    page = context_for(browser, address, world, "safeguarding_lead").new_page()
    page.goto("/patterns/", timeout=90_000)  # the first page of a process loads the library that draws
    expect(page.locator("h1")).to_contain_text("different from usual.")
    looked_at(page, "patterns")
    page.goto("/patterns/")
    page.get_by_role("link", name=re.compile("month by month.*Falls at Rowan House")).click()
    expect(page.locator("h1")).to_contain_text("Rowan House")
    looked_at(page, "patterns-chart")
    page.locator("main details").evaluate("one => one.open = true")
    page.locator("table a").last.click()
    expect(page.locator("h1")).to_have_text(re.compile(r"^\s*15 falls at Rowan House in "))
    looked_at(page, "patterns-cases")


@pytest.mark.parametrize(("place", "said"), [("home", "Falls at"), ("other_home", "nothing unusual")])
def test_a_chart_speaks_its_finding(browser: Browser, address: str, world: World, place: str, said: str) -> None:
    page = context_for(browser, address, world, "nominated_individual", viewport=DESKTOP).new_page()
    page.goto(f"/patterns/{getattr(world, place).pk}/fall/")
    expect(page.locator("h1")).to_contain_text(said)
    label = page.locator("figure [role=img]").get_attribute("aria-label") or ""
    lead = page.locator(".hf-lead").inner_text()
    assert lead and lead in label


def test_the_filter_works_without_a_script(browser: Browser, address: str, world: World) -> None:
    page = context_for(browser, address, world, "nominated_individual", java_script_enabled=False).new_page()
    page.goto("/patterns/")
    page.get_by_text("Look at something else").click()
    page.get_by_label("What", exact=True).select_option("medication")
    page.get_by_label("Where", exact=True).select_option(label="Elm Court")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("heading", name="Medicines in each service, month by month")).to_be_visible()
    expect(page.locator(".hf-multiple")).to_have_count(1)


def test_a_service_without_exposure_and_one_with_few_events_say_so(
    browser: Browser, address: str, world: World
) -> None:
    page = context_for(browser, address, world, "nominated_individual").new_page()
    page.goto("/patterns/")
    page.locator(".hf-multiple").get_by_role("link", name="Harl Mead").click()
    expect(page.get_by_text("There is no rate")).to_be_visible()
    looked_at(page, "patterns-counts")
    page.goto("/patterns/")
    page.locator(".hf-multiple").get_by_role("link", name="Tansy Court").click()
    looked_at(page, "patterns-days-between")
    page.goto("/patterns/")
    page.locator(".hf-facts").get_by_role("link", name="Orrin Lodge").click()
    looked_at(page, "patterns-dates")
