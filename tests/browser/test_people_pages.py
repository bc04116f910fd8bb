"""The people pages in a real browser: both themes, phone and desktop."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.people import exposure, operations, resets
from heedful.foundation.people.models import Membership
from tests.browser.test_sign_in import complaints, seen
from tests.support.browsing import chromium, context_for, looked_at, served
from tests.support.world import START, World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """By name: browsers bind a passkey to a name, never to a number."""
    with served() as found:
        yield found.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def furnished(world: World) -> dict[str, object]:
    """Somebody in every post, a visitor, a sign-in to help with, and somebody new: what the pages have to show."""
    with world.use():
        reach = operations.Reach(Scope.ORGANISATION)
        until = timezone.now() + timedelta(days=9)
        inspector = world.accounts["inspector"]
        operations.grant(account=inspector, role=Role.INSPECTOR, reach=reach, by=world.system, at=START, until=until)
        boss = world.staff["registered_manager"]
        operations.appoint(staff=boss, duty="registered_manager", service=world.home, by=world.system, at=START)
        new = operations.engage(name="Wren Abara", service=world.home, by=world.system, at=START)
        asked = {"account": world.accounts["colleague"], "new_card": True}
        reset = resets.ask(**asked, by=world.viewer("registered_manager"), at=timezone.now())
        role = Membership.objects.filter(account=world.accounts["care_worker"]).get()
    return {"new": new.pk, "reset": reset.pk, "role": role.pk}


def people_pages(world: World, made: dict[str, object]) -> tuple[tuple[str, str], ...]:
    joss, home = world.staff["care_worker"].pk, world.home.pk
    return (
        ("", "staff"),
        ("?words=zzz&service=", "staff-nobody"),
        ("staff/add/", "staff-add"),
        (f"staff/{joss}/", "staff-member"),
        (f"staff/{joss}/role/", "role-give"),
        (f"staff/{joss}/sign-in/end/", "sign-in-end"),
        (f"staff/{joss}/reset/", "reset-ask"),
        (f"roles/{made['role']}/end/", "role-end"),
        ("visitors/", "visitors"),
        ("visitors/add/", "visitor-add"),
        ("resets/", "resets"),
        (f"resets/{made['reset']}/", "reset-agree"),
        ("supported/", "supported"),
        ("supported/add/", "supported-add"),
        ("services/", "services"),
        (f"services/{home}/", "service"),
        (f"services/{home}/team/", "team-add"),
        (f"services/{home}/shift/", "shift-add"),
        (f"services/{home}/post/", "post-add"),
        ("organisation/", "organisation"),
    )


def test_the_people_pages_are_without_fault_for_an_administrator(browser: Browser, address: str, world: World) -> None:
    made = furnished(world)
    context = context_for(browser, address, world, "administrator")
    page = context.new_page()
    said = complaints(page)
    for path, name in people_pages(world, made):
        page.goto(f"/people/{path}")
        seen(page, f"people-{name}")
    page.goto(f"/people/staff/{made['new']}/sign-in/")
    seen(page, "people-sign-in-give")
    page.get_by_label("Care worker").check(force=True)
    page.get_by_label("Print a card of one-time codes").check(force=True)
    page.get_by_role("button", name="Make the sign-in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Print this for Wren Abara")
    looked_at(page, "people-card")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Menu")).to_have_count(0)
    assert said == []
    context.close()


def test_entering_how_much_care_was_given_is_without_fault(browser: Browser, address: str, world: World) -> None:
    context = context_for(browser, address, world, "registered_manager")
    page = context.new_page()
    month = exposure.months_before(timezone.localdate())[0]
    page.goto("/people/care-given/")
    seen(page, "care-given")
    page.goto(f"/people/care-given/{world.home.pk}/{month.year}/{month.month}/")
    page.get_by_label("Occupied bed days").fill("90,000")
    page.get_by_role("button", name="Save").click()
    looked_at(page, "care-given-enter")
    page.get_by_label("Occupied bed days").fill("1,003.5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="1,003.5")).to_be_visible()
    seen(page, "care-given-months")
    context.close()
