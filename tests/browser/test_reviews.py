"""Understanding in a browser: four questions on a phone, the next one where an answer stops at a person, a theme."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from heedful.foundation.policies import Level
from heedful.loop.reviews.models import Review
from tests.support.browsing import DESKTOP, PHONE, chromium, context_for, looked_at, served
from tests.support.reports import told
from tests.support.reviews import decide, finish
from tests.support.world import World, make_world

pytestmark = pytest.mark.browser


def _world() -> World:
    now = timezone.now()
    world = make_world(at=now - timedelta(days=40))
    kinds = {9: "near_miss", 6: "complaint", 3: "incident"}
    for days, kind in kinds.items():
        event = told(world, at=now - timedelta(days=days), kinds=(kind,), type="fall.found").event
        decide(world, event, level=Level.REFLECT, settled=True, at=now - timedelta(days=days, hours=-2))
    return world


def _answer(page: Page, words: str) -> None:
    page.get_by_role("textbox").fill(words)
    page.get_by_role("button", name="Keep and go on").click()


def test_a_reflection_on_a_phone_asks_what_made_it_likely() -> None:
    world = _world()
    with world.use():
        row = Review.objects.order_by("opened_at").first()
    assert row is not None
    with served() as address, chromium() as browser:
        phone = context_for(browser, address, world, "registered_manager", viewport=PHONE).new_page()
        phone.goto("/")
        expect(phone.get_by_text("Understand:").first).to_be_visible()
        looked_at(phone, "today")
        phone.goto("/reviews/")
        looked_at(phone, "reviews")
        phone.goto(f"/reviews/{row.pk}/")
        phone.get_by_role("link", name="Begin").click()
        phone.get_by_role("button", name="Keep and go on").click()
        expect(phone.get_by_role("link", name="Write something. A few words are enough")).to_be_visible()
        _answer(phone, "He was found on the floor by the bed at half past six.")
        _answer(phone, "His buzzer was on the chair.")
        _answer(phone, "The night carer forgot to put it back.")
        expect(phone.get_by_role("heading", name="What made that likely?")).to_be_visible()
        expect(phone.get_by_text("You wrote “carer forgot”")).to_be_visible()
        looked_at(phone, "next-question")
        _answer(phone, "One carer for two floors, and the buzzer has no clip.")
        _answer(phone, "A clip on every buzzer.")
        phone.get_by_label("Staffing and rota").check()
        looked_at(phone, "factors")
        phone.get_by_role("button", name="Keep and go on").click()
        looked_at(phone, "summary")
        phone.get_by_role("button", name="Finish").click()
        expect(phone.get_by_role("heading", name="What made it likely, and what must change")).to_be_visible()
        looked_at(phone, "understood")


def test_a_theme_holds_what_belongs_together_and_gets_a_review_of_its_own() -> None:
    world = _world()
    with world.use():
        row = list(Review.objects.order_by("opened_at"))[1]
    finish(world, row, at=timezone.now())
    with served() as address, chromium() as browser:
        page = context_for(browser, address, world, "registered_manager", viewport=DESKTOP).new_page()
        page.goto("/cases/")
        page.get_by_role("link", name="Choose cases that belong together").click()
        for box in page.get_by_role("checkbox").all()[:3]:
            box.check()
        looked_at(page, "choose-cases")
        page.get_by_role("button", name="Open a theme with what I ticked").click()
        page.get_by_label("What is it about?").fill("Buzzers out of reach at night")
        page.get_by_label("Why do these belong together?").fill("Each time the buzzer was not where the person was.")
        looked_at(page, "theme-new")
        page.get_by_role("button", name="Open the theme").click()
        expect(page.get_by_role("heading", name="Buzzers out of reach at night")).to_be_visible()
        expect(page.get_by_text("Three things that people told us")).to_be_visible()
        looked_at(page, "theme")
        page.get_by_role("link", name="Look into it").click()
        page.get_by_role("button", name="Begin the review").click()
        expect(page.get_by_role("heading", name="Thematic review")).to_be_visible()
        page.goto("/themes/")
        looked_at(page, "themes")
        page.goto(f"/cases/{world_event(world)}/")
        looked_at(page, "case")


def world_event(world: World) -> str:
    with world.use():
        return str(Review.objects.filter(closed_at__isnull=False).earliest("opened_at").about.get().event_id)
