"""A report without signal: locked on the phone, sent once, and never lost behind somebody's back."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from heedful.foundation.people.models import Organisation
from heedful.loop.incidents.models import Event, ShutOut
from tests.support.browsing import chromium, context_for, looked_at, served
from tests.support.world import World, make_world

pytestmark = pytest.mark.browser
WORRY = "Ingrid left her tea again, third day."


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
    made = make_world()
    with made.use():
        Organisation.objects.filter(pk=made.organisation.pk).update(name="Larkrise Care")
    return made


def ready_without_signal(context: BrowserContext) -> Page:
    """A phone that was on the report page once, with the page for no signal kept."""
    page = context.new_page()
    page.goto("/report/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wait_for_function("caches.match('/report/phone/').then(Boolean)")
    page.goto("/report/phone/")
    return page


def fill_worry(page: Page, words: str = WORRY) -> None:
    page.get_by_label("In your own words").fill(words)
    page.get_by_label("A worry", exact=True).check(force=True)
    page.get_by_label("Use my name", exact=True).check(force=True)


def test_without_signal_a_report_waits_locked_on_the_phone_and_is_sent_once_when_it_is_back(
    browser: Browser, address: str, world: World
) -> None:
    context = context_for(browser, address, world, "care_worker")
    page = ready_without_signal(context)
    looked_at(page, "phone")
    context.set_offline(True)
    page.goto("/report/")
    expect(page.get_by_text("This page works without signal.")).to_be_visible()
    expect(page.get_by_text("No signal.")).to_be_visible()
    for number in range(3):
        fill_worry(page, f"{WORRY} {number}")
        page.get_by_role("button", name="Send when there is signal").click()
        expect(page.locator("[data-items] li")).to_have_count(number + 1)
    looked_at(page, "phone-waiting")
    assert WORRY not in json.dumps(page.evaluate(DUMP))
    with world.use():
        assert not Event.objects.exists()
    context.set_offline(False)
    expect(page.locator("[data-sent]")).to_be_visible()
    expect(page.locator("[data-queue]")).to_be_hidden()
    with world.use():
        assert sorted(Event.objects.values_list("words", flat=True)) == [f"{WORRY} {n}" for n in range(3)]
    assert page.evaluate(DUMP)["outbox"] == []


# Everything this origin keeps on the phone, as text.
DUMP = """async () => {
  const found = { local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage) };
  const database = await new Promise((done) => {
    const asked = indexedDB.open("heedful", 1); asked.onsuccess = () => done(asked.result);
  });
  for (const table of ["outbox", "drafts"]) {
    const rows = await new Promise((done) => {
      const asked = database.transaction(table).objectStore(table).getAll(); asked.onsuccess = () => done(asked.result);
    });
    found[table] = rows.map((row) => [...new Uint8Array(row.data)].map((b) => String.fromCharCode(b)).join(""));
  }
  database.close();
  const kept = await caches.open("heedful-phone-1");
  found.kept = (await Promise.all((await kept.matchAll()).map((reply) => reply.text()))).join("");
  return found;
}"""


def test_a_lost_reply_costs_nothing_and_two_tabs_send_one_report(browser: Browser, address: str, world: World) -> None:
    context = context_for(browser, address, world, "care_worker")
    page = ready_without_signal(context)
    context.set_offline(True)
    fill_worry(page)
    page.get_by_role("button", name="Send when there is signal").click()
    expect(page.locator("[data-items] li")).to_have_count(1)
    lost = [True]

    def lose_the_first_reply(route: Any) -> None:
        if lost:
            lost.pop()
            route.fetch()
            route.abort()
        else:
            route.continue_()

    context.route("**/api/record", lose_the_first_reply)
    other = context.new_page()
    context.set_offline(False)
    other.goto("/reports/")
    other.wait_for_timeout(500)
    other.reload()
    page.reload()
    expect(page.locator("[data-queue]")).to_be_hidden(timeout=60_000)
    with world.use():
        assert Event.objects.count() == 1


def test_signed_out_the_report_is_kept_and_sent_by_nobody_else(browser: Browser, address: str, world: World) -> None:
    context = context_for(browser, address, world, "care_worker")
    page = ready_without_signal(context)
    context.set_offline(True)
    fill_worry(page)
    page.get_by_role("button", name="Send when there is signal").click()
    expect(page.locator("[data-items] li")).to_have_count(1)
    writer = context.cookies()
    context.clear_cookies()
    context.set_offline(False)
    expect(page.locator("[data-items] li")).to_contain_text("Sign in as the person who wrote it")
    other = context_for(browser, address, world, "colleague")
    context.add_cookies(other.cookies())  # type: ignore[arg-type]
    page.get_by_role("button", name="Try to send now").click()
    page.wait_for_timeout(500)
    expect(page.locator("[data-items] li")).to_contain_text("Sign in as the person who wrote it")
    with world.use():
        assert not Event.objects.exists()
    context.clear_cookies()
    context.add_cookies(writer)  # type: ignore[arg-type]
    page.get_by_role("button", name="Try to send now").click()
    expect(page.locator("[data-sent]")).to_be_visible()
    with world.use():
        assert Event.objects.count() == 1


def test_nobody_signs_out_without_knowing_that_a_report_waits(browser: Browser, address: str, world: World) -> None:
    context = context_for(browser, address, world, "care_worker")
    page = ready_without_signal(context)
    context.set_offline(True)
    fill_worry(page)
    page.get_by_role("button", name="Send when there is signal").click()
    expect(page.locator("[data-items] li")).to_have_count(1)
    context.route("**/api/record", lambda route: route.abort())
    context.set_offline(False)
    page.goto("/")
    expect(page.get_by_text("One report waits on this phone.")).to_be_visible()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("button", name="Sign out").locator("visible=true").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you want to sign out?")
    expect(page.get_by_text("One report waits on this phone.")).to_be_visible()
    looked_at(page, "sign-out-waiting")
    page.get_by_role("button", name="Sign out").locator("visible=true").click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    assert len(page.evaluate(DUMP)["outbox"]) == 1


def test_what_the_server_refuses_waits_for_another_look_and_is_never_dropped(
    browser: Browser, address: str, world: World
) -> None:
    context = context_for(browser, address, world, "care_worker")
    page = ready_without_signal(context)
    context.set_offline(True)
    fill_worry(page, "word " * 3000)
    page.get_by_role("button", name="Send when there is signal").click()
    context.set_offline(False)
    expect(page.locator("[data-items] li")).to_contain_text("characters long and we can keep 10000")
    page.get_by_role("button", name="Put it right").click()
    page.get_by_label("In your own words").fill(WORRY)
    page.get_by_role("button", name="Send when there is signal").click()
    expect(page.locator("[data-sent]")).to_be_visible()
    with world.use():
        assert Event.objects.get().words == WORRY


def test_losing_the_signal_on_the_first_page_takes_the_words_along(
    browser: Browser, address: str, world: World
) -> None:
    context = context_for(browser, address, world, "care_worker")
    page = ready_without_signal(context)
    page.goto("/report/")
    page.get_by_label("In your own words").fill(WORRY)
    expect(page.get_by_text("Saved on this phone")).to_be_visible()
    context.set_offline(True)
    expect(page.get_by_text("No signal.")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("This page works without signal.")).to_be_visible()
    expect(page.get_by_label("In your own words")).to_have_value(WORRY)
    with world.use():
        assert not ShutOut.objects.exists()
