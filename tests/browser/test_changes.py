"""A manager agrees a change, its lead shows it, a sample is drawn and answered; light and dark, both widths."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from heedful.loop.incidents.operations import Named
from heedful.loop.reviews import operations as reviews
from tests.support.browsing import chromium, context_for, faults, looked_at, served
from tests.support.jobs import run_jobs
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
    return make_world(at=timezone.now() - timedelta(days=40))


def day(page: Page, name: str, ahead: int) -> None:
    when = timezone.localdate() + timedelta(days=ahead)
    for part, value in (("day", when.day), ("month", when.month), ("year", when.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def test_a_change_from_agreeing_to_the_result_of_its_first_check(browser: Browser, address: str, world: World) -> None:
    now = timezone.now()
    about = (Named(part="affected", person_id=world.people[0].pk),)
    event = told(world, at=now - timedelta(hours=3), involved=about, type="medication").event
    with world.use():
        by = world.viewer("registered_manager")
        review = reviews.open_review(event_ids=[event.pk], kind="huddle", by=by, at=now)
    manager = context_for(browser, address, world, "registered_manager").new_page()
    _agree(manager, str(review.pk))
    run_jobs(world.organisation.id)
    _show_it(context_for(browser, address, world, "team_leader").new_page())
    manager.goto("/")
    manager.get_by_role("link", name="Check it").first.click()
    looked_at(manager, "change-check")
    manager.get_by_role("button", name="I have checked it: it is so").click()
    expect(manager.get_by_text("Done and checked").first).to_be_visible()
    _look_again(manager)
    manager.goto(f"/cases/{event.pk}/")
    expect(manager.get_by_role("heading", name="What is changed")).to_be_visible()
    assert faults(manager) == []


def _agree(page: Page, review: str) -> None:
    page.goto(f"/actions/new?review={review}")
    expect(page.get_by_label("Remind staff")).to_be_hidden()  # the weaker kinds unfold
    assert faults(page) == []
    page.get_by_label("Your change").fill("A written handover, chart by chart, at the trolley.")
    page.get_by_label("Remind staff").check()
    expect(page.locator(".hf-strengths__shown:visible")).to_contain_text("Relies on memory")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_role("heading", name="This plan relies on memory")).to_be_visible()
    looked_at(page, "change-new-problems")
    page.get_by_label("A checklist or other aid at hand").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("What should it move?")).to_have_value("medication")
    looked_at(page, "change-new-aim")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Who leads it?").select_option(label="Team Leader Rowan")
    day(page, "starts_on", 1)
    day(page, "due_on", 5)
    looked_at(page, "change-new-who")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What will be looked at?").fill("Was the dose given within 30 minutes?")
    looked_at(page, "change-new-again")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("A written handover, chart by chart, at the trolley.")).to_be_visible()
    looked_at(page, "change-new-check")
    page.get_by_role("button", name="Agree this change").click()
    expect(page.get_by_text("Agreed. Team Leader Rowan has been told")).to_be_visible()
    looked_at(page, "change-show")


def _show_it(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("A written handover").first).to_be_visible()
    page.goto("/actions/")
    looked_at(page, "change-mine")
    page.get_by_role("link", name="A written handover").first.click()
    page.get_by_role("link", name="Write down where it stands").click()
    page.get_by_label("Where does it stand?").fill("Care plan, medicines, page 2, today.")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Say that it is done").click()
    assert faults(page) == []
    page.get_by_label("What shows that it is in place?").fill("It hangs on the trolley. Night shift used it twice.")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("A second person checks it now")).to_be_visible()


def _look_again(page: Page) -> None:
    page.get_by_role("link", name="The checks of this change").click()
    looked_at(page, "check-list")
    page.get_by_role("link", name="Was the dose given within 30 minutes?").first.click()
    page.get_by_role("link", name="Draw the sample").click()
    page.get_by_label("What do you look at?").fill("Visits with a time-critical dose, 1 to 14 June")
    page.get_by_label("How many are there?").fill("212")
    page.get_by_label("How many do you look at?").fill("213")
    page.get_by_role("button", name="Draw the sample").click()
    expect(page.get_by_text("larger than the population").first).to_be_visible()
    looked_at(page, "check-draw-problem")
    page.get_by_label("How many do you look at?").fill("4")
    page.get_by_role("button", name="Draw the sample").click()
    page.get_by_role("link", name="Begin").click()
    looked_at(page, "check-item")
    for _ in range(4):
        page.get_by_label("Yes", exact=True).check()
        page.get_by_role("button", name="Keep, and go on").click()
    page.get_by_role("button", name="Finish: show the result").click()
    expect(page.get_by_role("heading", name="Too small to be sure")).to_be_visible()
    looked_at(page, "check-result")
