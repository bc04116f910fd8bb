"""The board page, its meetings and its packs in a browser, as those who answer for the services."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.support import histories, verdicts
from tests.support.browsing import DESKTOP, chromium, context_for, looked_at, served
from tests.support.reports import told
from tests.support.reviews import decide
from tests.support.world import World, make_world

TODAY = timezone.now()


@pytest.fixture(scope="module")
def browser() -> Any:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address() -> Any:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def world() -> World:
    """A change that worked, one that it is too early to judge, something late, and somebody who waits to hear."""
    made = make_world(at=TODAY - timedelta(days=25))
    last = (TODAY.replace(day=1) - timedelta(days=1)).date().replace(day=1)
    verdicts.years(made, last=last, at=TODAY)
    before = histories.months(8, last)[0]
    spell = histories.months(10, last)
    verdicts.change(made, starts_on=before, trigger=(spell[0], before - timedelta(days=1)), at=TODAY)
    medicines = histories.monthly(
        made.home, [3, 2, 4, 3, 2, 3] * 5, last=last, type_="medication", title="A late tablet"
    )
    histories.keep(made, medicines, at=TODAY)
    verdicts.change(made, starts_on=last, trigger=None, series="medication", at=TODAY)
    decide(made, told(made, at=TODAY - timedelta(days=20)).event, at=TODAY - timedelta(days=19))
    return made


def test_the_nominated_individual_reads_the_board_and_opens_what_stands_behind_it(browser, address, world) -> None:
    context = context_for(browser, address, world, "nominated_individual", viewport=DESKTOP)
    page = context.new_page()
    page.goto("/board/")
    assert page.locator("h1").inner_text() == "One change worked. One is too early to say."
    looked_at(page, "board")
    page.get_by_role("link", name="Things that went wrong").click()
    page.wait_for_url("**/board/behind/told.wrong/**")
    looked_at(page, "board-behind")
    page.locator("main li a").first.click()
    page.wait_for_url("**/cases/**")


def test_an_inspector_and_a_manager_read_it_on_a_phone(browser, address, world) -> None:
    for role in ("inspector", "registered_manager"):
        page = context_for(browser, address, world, role).new_page()
        page.goto("/board/")
        assert "One change worked" in page.locator("h1").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
