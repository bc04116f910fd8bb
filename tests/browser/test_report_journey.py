"""Telling us what happened on a phone: few taps, few words, and safe when the signal goes."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from heedful.foundation.people.models import Account, Organisation, StaffMember
from heedful.loop.incidents import operations
from heedful.loop.incidents.models import Event, Involved
from heedful.loop.incidents.operations import Named
from tests.support.browsing import chromium, context_for, looked_at, served
from tests.support.reports import told
from tests.support.world import World, make_world

pytestmark = pytest.mark.browser
STORY = "Mr Kettleby slid off the chair in the lounge about three. He says his hip is fine."
WORRY = "Ingrid left her tea again, third day."


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


# Invented people with ordinary names, as the pictures go into the documentation.
NAMES = {
    "registered_manager": "Amira Noor",
    "team_leader": "Tamsin Roe",
    "safeguarding_lead": "Femi Brackley",
    "nominated_individual": "Ruth Calder",
    "independent_contact": "Owen Pryce",
}


@pytest.fixture
def world() -> World:
    made = make_world()
    with made.use():
        Organisation.objects.filter(pk=made.organisation.pk).update(name="Larkrise Care")
        for key, name in NAMES.items():
            Account.objects.filter(pk=made.accounts[key].pk).update(name=name)
            StaffMember.objects.filter(pk=made.staff[key].pk).update(name=name)
    return made


class Hand:
    """Counts what a thumb does, and what the eyes have to read."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.typed, self.read = page, 0, 0, 0
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda problem: self.said.append(str(problem)))

    def noted(self, what: str) -> None:
        """For the documentation: shown by `pytest -rP`."""
        sys.stdout.write(f"{what}: {self.taps} taps, {self.typed} words typed, {self.read} words shown\n")

    def opened(self) -> None:
        words = self.page.locator("main").inner_text().split()
        self.read += len(words)

    def tap(self, name: str, *, role: Any = "button") -> None:
        # A GOV.UK radio is drawn by its label: that is what a thumb hits.
        if role in ("radio", "checkbox"):
            self.page.get_by_label(name, exact=True).check(force=True)
        else:
            self.page.get_by_role(role, name=name, exact=True).click()
        self.taps += 1

    def pick(self, group: str, name: str) -> None:
        self.page.get_by_role("group", name=group).get_by_label(name, exact=True).check(force=True)
        self.taps += 1

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)
        self.typed += len(text.split())


def phone(browser: Browser, address: str, world: World, role: str = "care_worker", **options: Any) -> Hand:
    return Hand(context_for(browser, address, world, role, **options).new_page())


def go_on(hand: Hand, address: str) -> None:
    hand.tap("Continue")
    hand.page.wait_for_load_state()
    hand.opened()


@pytest.mark.parametrize("script", [True, False])
def test_a_worry_is_told_with_six_taps(browser: Browser, address: str, world: World, script: bool) -> None:
    hand = phone(browser, address, world, java_script_enabled=script)
    hand.page.goto("/report/")
    hand.opened()
    hand.type("In your own words", WORRY)
    go_on(hand, address)
    hand.pick("What would you call it?", "A worry")
    hand.pick("When was it?", "In the last hour")
    go_on(hand, address)
    hand.pick("How should we use your name?", "Use my name")
    hand.tap("Send")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Thank you, Joss. We have it.")
    hand.noted("a worry")
    assert hand.taps <= 6
    assert not script or hand.said == []


def test_a_full_report_is_told_looked_at_and_decided_by_the_manager(
    browser: Browser, address: str, world: World
) -> None:
    hand = phone(browser, address, world)
    page = hand.page
    page.goto("/report/")
    hand.opened()
    looked_at(page, "report-start")
    hand.type("In your own words", STORY)
    go_on(hand, address)
    looked_at(page, "report-about")
    hand.pick("What would you call it?", "Something went wrong")
    hand.pick("When was it?", "In the last hour")
    hand.type("Which room or place?", "Lounge")
    go_on(hand, address)
    hand.pick("Is everyone safe now?", "Yes, everyone is safe")
    hand.type("What did you do to make it safe?", "Checked him over, helped him up with Dawit and the hoist")
    hand.pick("Was anyone's body hurt?", "No")
    hand.pick("Was anyone upset or frightened?", "A little")
    looked_at(page, "report-safe")
    go_on(hand, address)
    hand.type("Who did it happen to?", "Arthur Kettleby")
    hand.type("Who else was there, or helped?", "Dawit Bekele")
    looked_at(page, "report-who")
    go_on(hand, address)
    looked_at(page, "report-told")
    hand.pick("Who has been told?", "Manager")
    for question, answer in (
        ("Could it be abuse or neglect?", "No"),
        ("Does a nurse or doctor need to know?", "Not sure"),
    ):
        hand.pick(question, answer)
    hand.pick("Should the family be told?", "Yes")
    go_on(hand, address)
    looked_at(page, "report-name")
    hand.pick("How should we use your name?", "Use my name")
    go_on(hand, address)
    looked_at(page, "report-check")
    hand.tap("Send")
    page.wait_for_url("**/receipt/")
    hand.noted("a full report")
    assert hand.taps <= 18
    looked_at(page, "report-receipt")
    expect(page.get_by_text("Amira Noor will decide what to do")).to_be_visible()
    assert hand.said == []
    with world.use():
        assert Involved.objects.filter(event=Event.objects.get()).exclude(person=None, staff=None).count() == 2


def test_a_name_is_confirmed_and_the_lists_about_conflict_can_be_looked_at(
    browser: Browser, address: str, world: World
) -> None:
    told(world, involved=(Named(part="alleged_source", name="Sandra from nights"),))
    told(world, involved=(Named(part="alleged_source", staff_id=world.staff["colleague"].pk),))
    lead = phone(browser, address, world, "safeguarding_lead").page
    lead.goto("/names/")
    looked_at(lead, "names")
    lead.get_by_role("link", name="Say who it is").click()
    looked_at(lead, "match")
    expect(lead.get_by_text("Sandra from nights").first).to_be_visible()
    contact = phone(browser, address, world, "independent_contact").page
    contact.goto("/shut-outs/")
    looked_at(contact, "shut-outs")
    contact.get_by_role("link", name="Let them see it again").first.click()
    looked_at(contact, "lift")
    expect(contact.get_by_role("heading", level=1)).to_be_visible()


def test_ones_own_reports_questions_and_corrections_can_be_looked_at(
    browser: Browser, address: str, world: World
) -> None:
    event = told(world).event
    with world.use():
        manager = world.viewer("registered_manager")
        operations.send_back(event_id=event.pk, words="Which chair was it?", by=manager, at=event.recorded_at)
    page = phone(browser, address, world).page
    page.goto("/reports/")
    looked_at(page, "mine")
    page.get_by_role("link", name="Answer").click()
    looked_at(page, "answer")
    expect(page.get_by_text("Which chair was it?").first).to_be_visible()
    page.goto(f"/reports/{event.pk}/")
    looked_at(page, "own")
    page.get_by_role("link", name="Add or change something").click()
    looked_at(page, "correct")
    page.goto("/report/")
    page.get_by_label("In your own words").fill("Something else")
    page.get_by_role("button", name="Continue").click()
    page.goto("/report/")
    page.get_by_role("link", name="Throw it away").click()
    looked_at(page, "discard")
    expect(page.get_by_role("button", name="Throw it away")).to_be_visible()


def test_an_error_leads_to_its_field_and_the_words_stay(browser: Browser, address: str, world: World) -> None:
    hand = phone(browser, address, world)
    page = hand.page
    page.goto("/report/")
    hand.type("In your own words", STORY)
    go_on(hand, address)
    hand.pick("When was it?", "Another day")
    page.get_by_label("Year").fill("2999")
    hand.tap("Continue")
    looked_at(page, "report-error")
    for link in page.query_selector_all(".govuk-error-summary a"):
        link.click()
        target = (link.get_attribute("href") or "").removeprefix("#")
        assert page.evaluate("document.activeElement.id") == target
    expect(page.get_by_label("Year")).to_have_value("2999")


def test_words_typed_survive_a_closed_page(browser: Browser, address: str, world: World) -> None:
    context = context_for(browser, address, world, "care_worker")
    page = context.new_page()
    page.goto("/report/")
    page.get_by_label("In your own words").fill(WORRY)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Which room or place?").fill("Garden")
    page.close()
    again = context.new_page()
    again.goto("/report/")
    again.get_by_role("link", name="Go on with it").click()
    expect(again.get_by_role("heading", level=1)).to_have_text("When and where was it?")
