"""The board page, its meetings and its packs in a browser, as those who answer for the services."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.support import histories, verdicts
from tests.support.browsing import DESKTOP, PICTURES, chromium, context_for, looked_at, served, sides_of_paper
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
    expect(page.locator("h1")).to_have_text("One change worked. For one change it is too early to say.")
    assert sides_of_paper(page) == 1
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
        expect(page.locator("h1")).to_contain_text("One change worked")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_meeting_is_prepared_minuted_by_one_and_agreed_by_another(browser, address, world) -> None:
    page = context_for(browser, address, world, "safeguarding_lead").new_page()
    page.goto("/board/meetings/")
    page.get_by_role("link", name="Prepare a meeting").click()
    for label, value in zip(("Day", "Month", "Year"), (TODAY.day, TODAY.month, TODAY.year), strict=True):
        page.get_by_label(label, exact=True).fill(str(value))
    looked_at(page, "meeting-prepare")
    page.get_by_role("button", name="Prepare it").click()
    page.wait_for_url("**/board/meetings/*-*/")
    page.get_by_label("Nominated Individual Person").check()
    page.get_by_label("What was said?").fill("Why are most of the late tablets in the evening?")
    page.get_by_role("button", name="Keep the minutes").click()
    page.get_by_text("Write down a decision").click()
    page.get_by_label("What was decided?").fill("Look at the evening round together with the pharmacy.")
    page.get_by_label("Who sees to it?").select_option(index=1)
    for label, value in zip(("Day", "Month", "Year"), (1, 1, TODAY.year + 1), strict=True):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Look at the evening round").first.wait_for()
    looked_at(page, "meeting-written")
    where = page.url
    second = context_for(browser, address, world, "nominated_individual", viewport=DESKTOP).new_page()
    second.goto(where)
    second.get_by_role("button", name="Agree these minutes").click()
    second.get_by_text("Agreed by Nominated Individual Person").wait_for()
    looked_at(second, "meeting-agreed")
    second.get_by_role("link", name="The page as it stood").click()
    expect(second).to_have_url(re.compile("/page/$"))
    expect(second.locator("h1")).to_contain_text("One change worked")
    looked_at(second, "meeting-as-it-stood")


def test_the_three_questions_are_looked_at_and_taken_and_words_let_out_by_two(browser, address, world) -> None:
    page = context_for(browser, address, world, "registered_manager", viewport=DESKTOP).new_page()
    page.goto("/board/three-questions/")
    looked_at(page, "three-questions")
    with page.expect_download() as paper:
        page.get_by_role("button", name="Take it as a PDF").click()
    assert paper.value.suggested_filename.endswith(".pdf")
    if PICTURES:
        paper.value.save_as(f"{PICTURES}/three-questions.pdf")
    page.get_by_role("link", name="What may be said of it outside").first.click()
    page.get_by_label("What may be said of it").fill("Nobody takes the phone while tablets are given")
    looked_at(page, "words-propose")
    page.get_by_role("button", name="Propose it to somebody else").click()
    page.get_by_text("You wrote it, so somebody else looks at it").wait_for()
    second = context_for(browser, address, world, "nominated_individual").new_page()
    second.goto(page.url)
    looked_at(second, "words-release")
    second.get_by_role("button", name="Let it out").click()
    second.get_by_text("It may be said outside now").wait_for()
    second.goto("/board/")
    second.get_by_text("Nobody takes the phone while tablets are given").wait_for()
