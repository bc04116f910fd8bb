"""S4 walked by its people: a time-critical medicine missed at handover, from the night it happened to the answer.

The night, the decision and the question beneath "staff error" are done by hand, as they would be. What takes weeks (the
checklist, the coaching, the sample of forty) is read on the story that the demonstration tells to its end.
"""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from heedful.demo.story_pages import CASE, CHECK
from tests.support import demonstration
from tests.support.browsing import DESKTOP, chromium, looked_at, served
from tests.support.jobs import run_jobs
from tests.support.walking import Walk, headed, picture_of, sound, told_of

pytestmark = pytest.mark.browser
PERSON = "Reginald Stainmore"
TITLE = "Mr Stainmore's six o'clock tablet was not given"
MISSED = f"{TITLE}. At the changeover each round thought the other had it."


@pytest.fixture(scope="module")
def walk() -> Iterator[Walk]:
    built = demonstration.larkrise()
    with override_settings(HEEDFUL_DEMO=True), demonstration.marked(), served() as address, chromium() as browser:
        yield Walk(browser, address, built)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def pick(page: Page, group: str, name: str) -> None:
    page.get_by_role("group", name=group).get_by_label(name, exact=True).check(force=True)


def test_from_the_night_it_happened_to_what_lies_beneath_staff_error(walk: Walk) -> None:
    _dawit_tells_us_from_the_car(walk.as_("dawit"))
    manager = walk.as_("tunde", viewport=DESKTOP)
    _tunde_decides(manager)
    run_jobs(walk.built.world.organisation.pk)
    _tunde_asks_what_made_it_likely(manager)


def _dawit_tells_us_from_the_car(page: Page) -> None:
    page.goto("/report/")
    page.get_by_label("In your own words").fill(MISSED)
    picture_of(page, "handover-report")
    press(page, "Continue")
    headed(page, "When and where was it?")
    pick(page, "What would you call it?", "Something went wrong")
    pick(page, "When was it?", "In the last hour")
    press(page, "Continue")
    headed(page, "safe")
    pick(page, "Is everyone safe now?", "Yes, everyone is safe")
    page.get_by_label("What did you do to make it safe?").fill("Rang 111 and gave it at nine, as they said.")
    pick(page, "Was anyone's body hurt?", "A little")
    pick(page, "Was anyone upset or frightened?", "A little")
    press(page, "Continue")
    page.get_by_label("Who did it happen to?").fill(PERSON)
    press(page, "Continue")
    pick(page, "Could it be abuse or neglect?", "No")
    pick(page, "Does a nurse or doctor need to know?", "Yes")
    pick(page, "Should the family be told?", "Yes")
    press(page, "Continue")
    pick(page, "How should we use your name?", "Use my name")
    press(page, "Continue")
    told_of(page, "each round thought the other had it")
    press(page, "Send")
    headed(page, "Thank you, Dawit. We have it.")
    told_of(page, "Tunde Ravensdale will decide what to do")
    looked_at(page, "handover-receipt")


def _tunde_decides(page: Page) -> None:
    page.goto("/decide/")
    page.get_by_role("link", name="Decide now").last.click()
    headed(page, TITLE)
    told_of(page, "We suggest. You decide.")
    picture_of(page, "handover-decide")
    page.get_by_label("Review", exact=True).check(force=True)
    page.get_by_label("Why this level?").fill("One dose late and put right. It is the same changeover as before.")
    press(page, "Decide")
    headed(page, "We decided: Review")
    sound(page)


def _tunde_asks_what_made_it_likely(page: Page) -> None:
    page.goto("/reviews/")
    card = page.locator("section", has=page.get_by_role("heading", name=TITLE))
    card.get_by_role("link", name="Begin").last.click()
    told_of(page, "not for somebody to blame")
    page.get_by_role("link", name="Begin").click()
    for words in ("The six o'clock dose was given at nine.", "Nobody passed on that it was still to come."):
        page.get_by_role("textbox").fill(words)
        press(page, "Keep and go on")
    expect(page.get_by_role("heading", level=1)).to_contain_text("likely")
    page.get_by_role("textbox").fill("Staff error.")
    press(page, "Keep and go on")
    headed(page, "What made that likely?")
    told_of(page, "You wrote “Staff error”")
    picture_of(page, "handover-beneath")
    sound(page)
    page.get_by_role("textbox").fill("Handover is a call from one car to another, and nothing asks.")
    press(page, "Keep and go on")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("likely")


def test_whoever_told_us_reads_what_came_of_it(walk: Walk) -> None:
    page = walk.as_("dawit")
    page.goto("/reports/")
    page.get_by_role("link", name="Mr Pargeter's six o'clock Parkinson's tablet").first.click()
    page.get_by_role("link", name="Read what came of it").click()
    told_of(page, "we look at the handover and not at you or the early round")
    told_of(page, "There is a written handover in the app")
    picture_of(page, "handover-told")
    looked_at(page, "handover-told-whole")


def test_what_was_learned_comes_to_the_round_on_one_page_with_one_question(walk: Walk) -> None:
    page = walk.as_("dawit")
    page.goto("/")
    told_of(page, "For you to read: Given, or still to give")
    page.get_by_role("link", name="Read it").first.click()
    told_of(page, "Anybody could have missed it.")
    picture_of(page, "handover-bulletin")
    sound(page)
    page.get_by_label("Ring and ask who has it").check(force=True)
    press(page, "I have read it. This is my answer")
    told_of(page, "Yes, that is it.")
    manager = walk.as_("tunde", viewport=DESKTOP)
    manager.goto("/bulletins/")
    manager.get_by_role("link", name="Given, or still to give").first.click()
    told_of(manager, "Who has read it")
    sound(manager)


def test_the_manager_reads_the_case_round_the_loop_and_the_lead_what_forty_cannot_rule_out(walk: Walk) -> None:
    page = walk.as_("tunde", viewport=DESKTOP)
    page.goto(walk.pages[CASE])
    told_of(page, "Handover is verbal only")
    told_of(page, "A written handover in the app")
    told_of(page, "below what we raise to the council")
    expect(page.locator(".hf-loop")).to_contain_text("Too early to say")
    picture_of(page, "handover-case")
    looked_at(page, "handover-case-whole")
    lead = walk.as_("imelda")
    lead.goto(walk.pages[CHECK])
    headed(lead, "Too small to be sure")
    told_of(lead, "0 of 40 were not as asked. The true share of misses could still be as high as 7%.")
    picture_of(lead, "handover-sample")
    lead.get_by_text("Draw it again yourself").click()
    told_of(lead, "212")
    lead.get_by_role("link", name="A written handover in the app").click()
    told_of(lead, "Looking again")
    lead.get_by_role("link", name="What can be said so far").click()
    headed(lead, "Too early to say")
    told_of(lead, "What answers sooner")
    told_of(lead, "Next look")
    told_of(lead, "could still be as high as 7%")
    picture_of(lead, "handover-too-early")
    looked_at(lead, "handover-verdict")


def test_the_nominated_individual_and_the_inspector_read_the_same_answer(walk: Walk) -> None:
    page = walk.as_("suresh", viewport=DESKTOP)
    page.goto("/")
    page.get_by_role("link", name="See each answer").click()
    headed(page, "too early to say")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Too early to say")
    told_of(page, "A written handover in the app")
    picture_of(page, "handover-register")
    looked_at(page, "register")
    page.goto("/board/")
    headed(page, "too early to say")
    told_of(page, "Larkrise Homecare South, from ")
    sound(page)
    page.get_by_role("link", name="Meetings", exact=True).click()
    page.locator("main li", has_text="Larkrise Homecare South").get_by_role("link").click()
    told_of(page, "the true share that is late could still be as high as 7 in 100")
    told_of(page, "Draw a second sample of forty after six weeks")
    picture_of(page, "handover-minutes")
    sound(page)
    inspector = walk.as_("inspector", color_scheme="dark")
    inspector.goto(walk.pages[CASE])
    told_of(inspector, "Handover is verbal only")
    told_of(inspector, "Ask who told us")
    expect(inspector.locator("main")).not_to_contain_text("Dawit")
    sound(inspector)
    inspector.goto(walk.pages[CHECK])
    told_of(inspector, "as high as 7%")
    sound(inspector)
