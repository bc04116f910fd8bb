"""A manager decides about a third small fall, as the picture shows it; in light and dark, on a phone and a desk."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from tests.support.browsing import DESKTOP, chromium, context_for, faults, looked_at, served
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


def event_called(world: World, words: str) -> str:
    with world.use():
        return str(
            Event.objects.filter(words__startswith=words).order_by("-recorded_at").values_list("pk", flat=True)[0]
        )


def test_the_inbox_shows_what_adds_up(browser: Browser, address: str, world: World) -> None:
    page = context_for(browser, address, world, "registered_manager").new_page()
    page.goto("/decide/")
    expect(page.get_by_text("Ingrid Lindqvist")).to_be_visible()
    expect(page.get_by_role("heading", name="One picture, not three notes")).to_have_count(2)
    looked_at(page, "decide-inbox")


def test_a_manager_decides_lower_and_the_lead_takes_the_second_look(
    browser: Browser, address: str, world: World
) -> None:
    page = context_for(browser, address, world, "registered_manager", viewport=DESKTOP).new_page()
    page.goto(f"/decide/{event_called(world, 'Mr Kettleby')}/")
    expect(page.get_by_role("heading", name="Review", exact=True)).to_be_visible()
    looked_at(page, "decide-triage")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page).to_have_title(re.compile("^Error:"))
    looked_at(page, "decide-triage-error")
    page.get_by_label("Reflect").check()
    page.get_by_label("Why this level?").fill("He sat down on the floor by himself. We look at the chair with him.")
    concern = page.get_by_role("group", name="Does it meet the local criteria")
    concern.get_by_label("Yes").check()
    page.get_by_role("textbox", name="Why?", exact=True).first.fill("I would rather ask them.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("Until a second person agrees").first).to_be_visible()
    looked_at(page, "decide-reasons")
    page.get_by_role("link", name="Say that it is done").first.click()
    assert faults(page) == []
    page.get_by_label("Reference number").fill("ASH-2210")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("ASH-2210")).to_be_visible()
    lead = context_for(browser, address, world, "safeguarding_lead").new_page()
    lead.goto("/decide/")
    lead.get_by_role("link", name="Look at it").first.click()
    looked_at(lead, "decide-agree")
    lead.get_by_role("button", name="I agree: Reflect").click()
    expect(lead.get_by_role("heading", name="We decided: Reflect")).to_be_visible()


def test_without_a_script_the_suggestion_follows_the_answers_and_nothing_is_lost(
    browser: Browser, address: str, world: World
) -> None:
    page = context_for(browser, address, world, "registered_manager", java_script_enabled=False).new_page()
    page.goto(f"/decide/{event_called(world, 'A bruise')}/")
    page.get_by_label("Why this level?").fill("Three worries in four days.")
    page.locator("summary", has_text="Other answers that could matter").click()
    page.get_by_role("group", name="Was anyone's body hurt?").get_by_label("Severely").check()
    page.get_by_role("button", name="Update the suggestion").click()
    expect(page.get_by_role("heading", name="Enquiry", exact=True)).to_be_visible()
    expect(page.get_by_label("Why this level?")).to_have_value("Three worries in four days.")
    expect(page.get_by_label("Enquiry")).to_be_checked()


@pytest.mark.parametrize("path", ["pass-on", "ask", "duplicate"])
def test_the_small_pages_have_no_fault(browser: Browser, address: str, world: World, path: str) -> None:
    page = context_for(browser, address, world, "registered_manager").new_page()
    page.goto(f"/decide/{event_called(world, 'She left')}/{path}/")
    page.locator("main button").click()
    expect(page).to_have_title(re.compile("^Error:"))
    assert faults(page) == []


def test_the_policy_can_be_read_on_a_phone(browser: Browser, address: str, world: World) -> None:
    page = context_for(browser, address, world, "registered_manager").new_page()
    page.goto("/policies/seriousness-default/1/")
    expect(page.locator("h1")).to_contain_text("Level of response")
    looked_at(page, "decide-policy")
