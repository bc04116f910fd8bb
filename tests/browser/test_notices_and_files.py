"""Notices, roster and adding a photo in a real browser: both themes, phone and desktop, with and without script."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from heedful.foundation.files.models import Attachment
from heedful.foundation.notices import operations, roster
from heedful.foundation.notices.models import Delivery, Duty, Notice
from heedful.foundation.people.models import Account
from tests.support.browsing import chromium, context_for, looked_at, served
from tests.support.reports import told
from tests.support.world import World, make_world
from tests.unit.files import corpus

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def world() -> World:
    return make_world()


def tell(world: World, key: str, kind: str, hours: float, urgent: bool = False) -> None:
    with world.use():
        operations.notify(
            account_ids=[world.accounts[key].pk],
            kind=kind,
            cause_id=uuid4(),
            link="/who-can-see-what/",
            at=timezone.now() - timedelta(hours=hours),
            organisation_id=world.organisation.id,
            urgent=urgent,
        )


def put(world: World, key: str, hours: float, length: float, deputy: str | None = None) -> Duty:
    starts = timezone.now() + timedelta(hours=hours)
    return roster.add_duty(
        service=world.home,
        account_id=world.accounts[key].pk,
        deputy_id=world.accounts[deputy].pk if deputy else None,
        starts_at=starts,
        ends_at=starts + timedelta(hours=length),
        by=world.system,
        at=timezone.now(),
    )


def page_of(browser: Browser, address: str, world: World, role: str, **options: object) -> Page:
    return context_for(browser, address, world, role, **options).new_page()


def test_notices_lead_to_what_waits(browser: Browser, address: str, world: World) -> None:
    tell(world, "registered_manager", "event.decide", 5)
    tell(world, "registered_manager", "event.not_safe", 1, urgent=True)
    page = page_of(browser, address, world, "registered_manager", java_script_enabled=False)
    page.goto("/notices/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Two things wait for you")
    page.get_by_role("button", name=re.compile("Somebody may not be safe yet")).click()
    expect(page).to_have_url(f"{address}/who-can-see-what/")
    with_script = page_of(browser, address, world, "registered_manager")
    with_script.goto("/notices/")
    looked_at(with_script, "notices")
    with_script.get_by_role("button", name="Mark all as read").click()
    looked_at(with_script, "notices-none")
    with world.use():
        assert not Notice.objects.filter(read_at__isnull=True).exists()


def test_the_week_of_a_service_fits_a_phone_and_shows_who_and_where_nobody_is(
    browser: Browser, address: str, world: World
) -> None:
    with world.use():
        put(world, "registered_manager", -2, 9, "safeguarding_lead")
        put(world, "team_leader", 12, 10)
        put(world, "nominated_individual", 30, 20)
        now = timezone.now()
        roster.note_absence(
            account_id=world.accounts["nominated_individual"].pk,
            starts_at=now + timedelta(days=3),
            ends_at=now + timedelta(days=9),
            by=world.system,
            at=now,
        )
    page = page_of(browser, address, world, "registered_manager")
    page.goto("/roster/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Registered Manager Rowan is on duty")
    looked_at(page, "roster")
    wide = page_of(browser, address, world, "safeguarding_lead")
    wide.goto("/roster/")
    looked_at(wide, "rosters")


def test_somebody_is_put_on_duty_and_taken_off_without_script(browser: Browser, address: str, world: World) -> None:
    page = page_of(browser, address, world, "registered_manager", java_script_enabled=False)
    page.goto("/roster/")
    page.get_by_role("link", name="Put somebody on duty").click()
    page.get_by_label("From what time?").fill("20:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Choose who it is")).to_be_visible()
    page.get_by_label("Who is on duty?").select_option(label="Team Leader Rowan")
    page.get_by_label("Until what time?").fill("19:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The duty is on the roster")).to_be_visible()
    page.get_by_role("button", name="Take off").or_(page.get_by_role("button", name="End now")).first.click()
    with world.use():
        assert not Duty.objects.filter(ends_at__gt=timezone.now()).exists()
    for path, name in (("add/", "roster-add"), ("away/", "roster-away")):
        shown = page_of(browser, address, world, "registered_manager")
        shown.goto(f"/roster/{world.home.pk}/{path}")
        looked_at(shown, name)


def test_what_was_not_delivered_is_shown_to_administrators(
    browser: Browser,
    address: str,
    world: World,
    settings,  # type: ignore[no-untyped-def]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for key in ("registered_manager", "team_leader"):
        Account.objects.filter(pk=world.accounts[key].pk).update(email=f"{world.accounts[key].pk}@example.org")
        tell(world, key, "event.decide", 3, urgent=key == "team_leader")
    with world.use():
        Delivery.objects.filter(notice__urgent=True).update(state="failed", trouble="address_refused", attempts=1)
        operations.note_unreached(
            service_id=world.home.pk, cause_id=uuid4(), at=timezone.now(), organisation_id=world.organisation.id
        )
    page = page_of(browser, address, world, "administrator")
    page.goto("/notices/undelivered/")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 alerts were not delivered")
    looked_at(page, "undelivered")


def test_a_photo_is_added_on_a_phone_without_script(
    browser: Browser, address: str, world: World, tmp_path: Path
) -> None:
    event_id = told(world).event.pk
    wrong, photo = tmp_path / "page.jpg", tmp_path / "IMG_2041.jpg"
    wrong.write_bytes(corpus.HTML)
    photo.write_bytes(corpus.photo_with_place())
    page = page_of(browser, address, world, "care_worker", java_script_enabled=False)
    page.goto(f"/files/add/event/{event_id}/")
    page.get_by_label("Choose a photo or a PDF").set_input_files(wrong)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("link", name="named .jpg, but")).to_be_visible()
    page.get_by_label("Choose a photo or a PDF").set_input_files(photo)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("We have added it")).to_be_visible()
    with world.use():
        assert Attachment.objects.filter(subject_id=event_id).count() == 1
    shown = page_of(browser, address, world, "care_worker")
    shown.goto(f"/files/add/event/{event_id}/")
    looked_at(shown, "add-photo")
    shown.get_by_role("button", name="Add it").click()
    looked_at(shown, "add-photo-error")
