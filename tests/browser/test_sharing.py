"""Sharing a case, holding it, giving parts of it out, and a name in doubt: walked as the lead, looked at both ways."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from tests.support.browsing import chromium, context_for, looked_at, served
from tests.support.reports import told
from tests.support.world import World, make_world

pytestmark = pytest.mark.browser


def test_a_lead_shares_holds_and_gives_out_a_case_and_every_page_is_without_fault() -> None:
    now = timezone.now()
    world = make_world(at=now - timedelta(days=40))
    event = told(world, at=now - timedelta(hours=3)).event
    with served() as address, chromium() as browser:
        lead = context_for(browser, address, world, "safeguarding_lead").new_page()
        lead.goto("/left/")
        expect(lead.get_by_text("Nothing has left yet")).to_be_visible()
        looked_at(lead, "left-empty")
        lead.goto("/cases/past-their-time/")
        expect(lead.get_by_role("heading", name="No case has been kept past its time")).to_be_visible()
        looked_at(lead, "past-their-time")
        _share(lead, world, event)
        _read_as_shared(browser, address, world, event)
        _withdraw(lead, event)
        _hold(lead, event)
        _give_out(lead, event)


def _share(page: Page, world: World, event: Event) -> None:
    page.goto(f"/cases/{event.pk}/")
    page.get_by_role("link", name="Share it with one more person").click()
    looked_at(page, "share")
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    looked_at(page, "share-error")
    page.get_by_label("Who should read it?").select_option(str(world.accounts["manager_elsewhere"].pk))
    last = timezone.localdate() + timedelta(days=9)
    for label, value in (("Day", last.day), ("Month", last.month), ("Year", last.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_label("Why do they need to read it?").fill("She covers the home while the manager is away.")
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_text("Up to and including")).to_be_visible()
    looked_at(page, "case-shared")


def _read_as_shared(browser: Browser, address: str, world: World, event: Event) -> None:
    page = context_for(browser, address, world, "manager_elsewhere").new_page()
    page.goto(f"/cases/{event.pk}/")
    expect(page.get_by_text("She covers the home")).to_be_visible()
    expect(page.get_by_role("link", name="Share it with one more person")).to_have_count(0)
    looked_at(page, "case-read-as-shared")


def _withdraw(page: Page, event: Event) -> None:
    page.goto(f"/cases/{event.pk}/")
    page.get_by_role("link", name="Stop sharing").click()
    looked_at(page, "withdraw")
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_text("Nobody beyond those who deal with such cases here.")).to_be_visible()


def _hold(page: Page, event: Event) -> None:
    page.goto(f"/cases/{event.pk}/")
    page.get_by_role("link", name="Put a legal hold on it").click()
    looked_at(page, "hold")
    page.get_by_label("Why?").fill("A claim was announced on 3 May.")
    page.get_by_role("button", name="Put the hold on").click()
    expect(page.get_by_text("A claim was announced on 3 May.")).to_be_visible()
    looked_at(page, "case-held")
    page.get_by_role("link", name="Lift the legal hold").click()
    looked_at(page, "hold-lift")


def _give_out(page: Page, event: Event) -> None:
    page.goto(f"/cases/{event.pk}/")
    page.get_by_role("link", name="Give parts of it to a body outside").click()
    looked_at(page, "outside")
    page.get_by_label("The local authority").check()
    page.get_by_label("Which one, and whom there?").fill("Ashmere Council, adult safeguarding team")
    page.get_by_label("To protect somebody from harm").check()
    page.get_by_label("What do they need it for?").fill("A concern that we raise")
    page.get_by_label("What happened, in the words of whoever told us").check()
    page.get_by_role("button", name="Show me what they get").click()
    expect(page.get_by_text("Nothing has left yet.")).to_be_visible()
    expect(page.get_by_text("slid off the chair")).to_be_visible()
    expect(page.get_by_text("Joss Pellow")).to_have_count(0)
    looked_at(page, "outside-preview")
    page.get_by_role("button", name="Give it as a page to print").click()
    looked_at(page, "outside-given")
    page.get_by_role("link", name="See the register of what left").click()
    expect(page.get_by_text("Given to Ashmere Council, adult safeguarding team")).to_be_visible()
    looked_at(page, "left")


def test_a_name_in_doubt_is_said_to_the_reporter_and_matched_by_the_lead() -> None:
    now = timezone.now()
    world = make_world(at=now - timedelta(days=40))
    doubtful = Named(part="alleged_source", name="Big Dave")
    event = told(world, at=now - timedelta(hours=2), involved=(doubtful,)).event
    with served() as address, chromium() as browser:
        carer = context_for(browser, address, world, "care_worker").new_page()
        carer.goto(f"/reports/{event.pk}/receipt/")
        expect(carer.get_by_text("only you and people it cannot mean can read this")).to_be_visible()
        looked_at(carer, "receipt-doubt")
        lead = context_for(browser, address, world, "safeguarding_lead").new_page()
        lead.goto(f"/cases/{event.pk}/share/")
        expect(lead.get_by_role("heading", name="First say who is meant")).to_be_visible()
        looked_at(lead, "share-doubt")
        lead.goto(f"/cases/{event.pk}/")
        looked_at(lead, "case-doubt")
        lead.get_by_role("link", name="Say who it is").click()
        looked_at(lead, "names")
        lead.get_by_role("link", name="Say who it is").click()
        lead.get_by_label("Another colleague").check()
        looked_at(lead, "match")
        lead.get_by_label("Nobody who works here").check()
        lead.get_by_role("button", name="This is who is meant").click()
        lead.goto(f"/cases/{event.pk}/")
        expect(lead.get_by_text("We don't know yet who")).to_have_count(0)


def test_cases_kept_for_long_enough_are_listed_for_the_lead_and_as_codes_for_the_administrator() -> None:
    now = timezone.now()
    world = make_world(at=now - timedelta(days=40))
    event = told(world, at=now - timedelta(hours=2)).event
    with world.use(), history.entry():
        Event.objects.filter(pk=event.pk).update(retain_from=now.date() - timedelta(days=4000))
        write(kind="test.closed", by=world.system, at=now, subject_id=event.pk)
    with served() as address, chromium() as browser:
        for role, shown in (("safeguarding_lead", "Mr Kettleby slid"), ("administrator", "Case ")):
            page = context_for(browser, address, world, role).new_page()
            page.goto("/cases/past-their-time/")
            expect(page.get_by_role("heading", name="One case has been kept for long enough")).to_be_visible()
            expect(page.locator("main .hf-lines")).to_contain_text(shown)
            looked_at(page, f"past-their-time-{role}")
