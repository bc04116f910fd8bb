"""S6 walked by its people: minor falls that nobody saw as one, from the chart to what can be said since."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from heedful.demo.story_pages import THEME, VERDICT
from tests.support import demonstration
from tests.support.browsing import DESKTOP, chromium, looked_at, served, sides_of_paper
from tests.support.walking import Walk, headed, picture_of, sound, told_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def walk() -> Iterator[Walk]:
    built = demonstration.larkrise()
    with override_settings(HEEDFUL_DEMO=True), demonstration.marked(), served() as address, chromium() as browser:
        yield Walk(browser, address, built)


def test_a_care_worker_finds_the_near_miss_they_told_us_of(walk: Walk) -> None:
    page = walk.as_("joss")
    page.goto("/reports/")
    page.get_by_role("link", name="Mr Ibbotsford missed the edge on the Hill wing landing").first.click()
    told_of(page, "You can't see where the floor changes")
    sound(page)
    page.get_by_role("link", name="Read what came of it").click()
    headed(page, "What came of it")
    told_of(page, "We heard you")
    sound(page)
    theme = page.goto(walk.pages[THEME])
    assert theme is not None
    assert theme.status in (403, 404)
    expect(page.locator("body")).not_to_contain_text("Falls at night")


def test_the_manager_looks_from_the_chart_to_the_theme_of_four_kinds(walk: Walk) -> None:
    page = walk.as_("amira", viewport=DESKTOP)
    page.goto("/patterns/")
    page.get_by_role("link", name="Rowan House", exact=True).first.click()
    headed(page, "Falls")
    told_of(page, "Put what belongs together into a theme, with an owner.")
    picture_of(page, "landing-chart")
    sound(page)
    page.goto("/themes/")
    page.get_by_role("link", name="Falls at night and after hospital, Rowan House").click()
    told_of(page, "Falls stood out in the chart from")
    for kind in ("Something went wrong: 9", "It nearly went wrong: 1", "A complaint: 1", "A worry: 1"):
        told_of(page, kind)
    told_of(page, "There is light wherever people walk at night, without a switch.")
    told_of(page, "Not in the care plan yet: Horace Ibbotsford")
    expect(page.get_by_role("heading", name="Did it work?")).to_be_visible()
    picture_of(page, "landing-theme")
    looked_at(page, "landing-theme-whole")


def test_the_team_leader_sees_whose_plan_is_outstanding_and_what_was_looked_at_again(walk: Walk) -> None:
    page = walk.as_("bronagh")
    page.goto("/actions/")
    headed(page, "You lead one change.")
    told_of(page, "One care plan does not say it yet.")
    picture_of(page, "landing-mine")
    sound(page)
    page.get_by_role("link", name="The seven plans say what is worn on the feet").first.click()
    told_of(page, "Horace Ibbotsford, not yet")
    told_of(page, "More time was given")
    sound(page)
    page.goto(walk.pages[THEME])
    page.get_by_role("link", name="On this night: light on, path clear, shoes by the bed?").click()
    told_of(page, "Trolley left on the landing")
    sound(page)


def test_the_nominated_individual_reads_the_answer_and_the_claim_that_was_not_made(walk: Walk) -> None:
    page = walk.as_("suresh", viewport=DESKTOP)
    page.goto(walk.pages[VERDICT])
    told_of(page, "where about")
    told_of(page, "Fewer was expected anyway")
    told_of(page, "After a bad spell the next months are usually better, whatever you do. So we leave it out.")
    told_of(page, "what made us act")
    told_of(page, "at least 30% fewer")
    picture_of(page, "landing-verdict")
    looked_at(page, "landing-verdict-whole")
    page.get_by_text("Numbers as a table").first.click()
    told_of(page, "Falls per 1,000")
    told_of(page, "bad spell, left out")
    page.goto("/board/")
    told_of(page, "What we changed, and did it work?")
    told_of(page, "Rowan House, from ")
    assert sides_of_paper(page) == 1
    picture_of(page, "landing-board")
    sound(page)


def test_the_quality_lead_and_the_inspector_read_the_same_story(walk: Walk) -> None:
    lead = walk.as_("imelda", color_scheme="dark")
    lead.goto("/verdicts/")
    lead.locator("a", has_text="After hospital the care plan opens only").click()
    told_of(lead, "Fewer was expected anyway")
    picture_of(lead, "landing-verdict-phone")
    lead.goto("/board/meetings/")
    lead.locator("main li", has_text="Rowan House").get_by_role("link").click()
    told_of(lead, "fewer was expected anyway")
    told_of(lead, "Whoever leads the weekend sees the list")
    sound(lead)
    inspector = walk.as_("inspector", viewport=DESKTOP, color_scheme="dark")
    inspector.goto(walk.pages[THEME])
    headed(inspector, "Falls at night and after hospital")
    expect(inspector.get_by_role("link", name="Take out")).to_have_count(0)
    inspector.get_by_role("link", name="Thematic review").click()
    told_of(inspector, "People come home weaker than they went")
    sound(inspector)
