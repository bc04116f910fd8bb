"""Cases past their time, erasing one, and the page of whoever is on duty when somebody may not be safe."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.notices import roster
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from tests.support.browsing import chromium, context_for, looked_at, served
from tests.support.jobs import run_jobs
from tests.support.reports import told
from tests.support.world import World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(at=timezone.now() - timedelta(days=20))


def test_a_case_past_its_time_is_erased_by_two_people_on_their_pages(
    browser: Browser, address: str, world: World
) -> None:
    event = told(world).event
    with world.use(), history.entry():
        Event.objects.filter(pk=event.pk).update(retain_from=date(2001, 5, 4))
        write(kind="test.closed", by=world.system, at=event.recorded_at, subject_id=event.pk)
    first = context_for(browser, address, world, "administrator").new_page()
    first.goto("/cases/past-their-time/")
    looked_at(first, "past-their-time")
    first.get_by_role("link", name="Erase it").click()
    looked_at(first, "erase-case")
    first.get_by_role("button", name="Ask to erase it").click()
    expect(first.get_by_text("Now another person has to agree")).to_be_visible()
    second = context_for(browser, address, world, "nominated_individual").new_page()
    second.goto("/cases/past-their-time/")
    second.get_by_role("link", name="Erase it").click()
    second.get_by_role("button", name="Agree, and erase it").click()
    expect(second.get_by_text("It will be erased within a minute")).to_be_visible()


def test_the_manager_on_duty_is_led_to_a_place_and_a_number(browser: Browser, address: str, world: World) -> None:
    now = timezone.now()
    with world.use():
        hours = {"starts_at": now - timedelta(hours=2), "ends_at": now + timedelta(hours=8)}
        account = world.accounts["registered_manager"].pk
        roster.add_duty(service=world.home, account_id=account, **hours, by=world.system, at=now)
    quigg = Named(part="alleged_source", name="Bartholomew Quigg")
    told(world, at=now, safe_now="no", made_safe="", involved=(quigg,))
    run_jobs(world.organisation.id)
    page = context_for(browser, address, world, "registered_manager").new_page()
    page.goto("/notices/")
    page.get_by_role("button", name="go and see").click()
    page.wait_for_url("**/not-safe/")
    looked_at(page, "not-safe")
    expect(page.get_by_text("Go there or ring now")).to_be_visible()
    expect(page.get_by_role("link", name="Ring 01632 960002")).to_be_visible()
