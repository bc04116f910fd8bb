"""A manager decides about a third small fall, as the picture shows it; in light and dark, on a phone and a desk."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from heedful.loop.incidents.operations import Named
from tests.support.browsing import DESKTOP, chromium, context_for, looked_at, served
from tests.support.reports import told
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
    """Mr Kettleby's third small fall in four weeks, and three worries about Mrs Lindqvist."""
    now = timezone.now()
    world = make_world(at=now - timedelta(days=200))
    about = (Named(part="affected", person_id=world.people[0].pk),)
    small = {"involved": about, "harm_body": "none", "harm_mind": "none", "type": "fall.found"}
    told(world, at=now - timedelta(days=27), words="Slipped in the bathroom. A small graze.", **small)
    told(world, at=now - timedelta(days=11), words="Found kneeling by his bed. No injury.", **small)
    told(world, at=now - timedelta(hours=2), **small)
    worry = {"kinds": ("worry",), "involved": (Named(part="affected", person_id=world.people[1].pk),), "type": ""}
    for days, words in ((4, "She is very quiet."), (2, "She left her supper."), (1, "A bruise on her arm.")):
        told(world, at=now - timedelta(days=days), **(worry | {"words": words}))
    return world


def test_the_inbox_shows_what_adds_up(browser: Browser, address: str, world: World) -> None:
    page = context_for(browser, address, world, "registered_manager").new_page()
    page.goto("/decide/")
    assert page.get_by_text("Ingrid Lindqvist").is_visible()
    looked_at(page, "decide-inbox")


def test_a_manager_decides_and_reads_the_reasons(browser: Browser, address: str, world: World) -> None:
    page = context_for(browser, address, world, "registered_manager", viewport=DESKTOP).new_page()
    page.goto("/decide/")
    page.get_by_role("link", name="Mr Kettleby slid").first.click() if page.get_by_role(
        "link", name="Mr Kettleby slid"
    ).count() else page.locator(
        "section", has=page.get_by_role("heading", name="Mr Kettleby slid")
    ).last.get_by_role("link", name="Decide now").click()
    looked_at(page, "decide-triage")
    page.get_by_role("button", name="Decide", exact=True).click()
    assert page.title().startswith("Error:")
    looked_at(page, "decide-triage-error")
