"""Pages of telling and bulletins in a real browser: nothing that axe finds, on a phone and a desk, light and dark."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from heedful.foundation.people import operations as people
from heedful.loop.feedback import operations as telling
from heedful.loop.feedback.operations import bulletins
from heedful.loop.feedback.queries import Recipient, Step
from heedful.loop.feedback.sheet import PARTS
from heedful.loop.incidents.operations import Named
from tests.integration.test_feedback_pages import WORDS, decided
from tests.support.browsing import DESKTOP, PHONE, chromium, context_for, faults, picture, served
from tests.support.world import make_world


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as found:
        yield found


def test_every_page_is_sound_on_a_phone_and_a_desk_in_light_and_dark(browser: Browser, address: str) -> None:
    world = make_world(at=timezone.now() - timedelta(days=20))
    event = decided(world, involved=(Named(part="affected", person_id=world.people[0].pk),))
    manager, lead, now = world.viewer("registered_manager"), world.viewer("safeguarding_lead"), timezone.now()
    parts = dict.fromkeys(PARTS, "Hand over at the trolley, chart by chart. Say: we are handing over, ten minutes.")
    parts["line"] = "Two people, one trolley, no phone"
    said = {"parts": parts, "options": ["At the desk", "At the trolley", "By the phone"], "right": 1}
    with world.use():
        telling.tell(
            event_id=event.pk, client_key=uuid4(), recipient=Recipient.REPORTER, step=Step.DECIDED, words=WORDS,
            by=manager, at=now,
        )  # fmt: skip
        details = {"service": world.home, "team": world.team, "by": world.system, "at": world.made_at}
        people.engage(name="Olumide Akande", **details)
        out, proposed = (
            bulletins.draft(client_key=uuid4(), event_id=event.pk, by=manager, at=now, **said) for _ in range(2)
        )
        for row in (out, proposed):
            bulletins.propose(bulletin_id=row.pk, by=manager, at=now)
        bulletins.release(bulletin_id=out.pk, team_ids=[world.team.pk], by=lead, at=now)
    pages = {
        "care_worker": [f"/reports/{event.pk}/told/"],
        "registered_manager": [
            f"/cases/{event.pk}/tell/", f"/cases/{event.pk}/tell/reporter/changed/",
            f"/cases/{event.pk}/tell/person/{world.people[0].pk}/decided/", "/tell/", "/bulletins/",
            f"/bulletins/{out.pk}/", f"/bulletins/{out.pk}/print/", f"/bulletins/{out.pk}/handover/",
            f"/bulletins/new?case={event.pk}",
        ],
        "safeguarding_lead": [f"/bulletins/{proposed.pk}/check/"],
    }  # fmt: skip
    for role, addresses in pages.items():
        for size, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
            context = context_for(browser, address, world, role, viewport=size, color_scheme=scheme)
            page = context.new_page()
            for number, where in enumerate(addresses):
                response = page.goto(where)
                assert response is not None
                assert response.status == 200, where
                picture(page, f"telling-{role}-{number}-{size['width']}-{scheme}")
                assert faults(page) == [], where
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= size["width"], where
            context.close()


def test_a_bulletin_is_one_side_of_paper_with_every_part_at_its_longest(browser: Browser, address: str) -> None:
    world = make_world(at=timezone.now() - timedelta(days=20))
    event, now = decided(world), timezone.now()
    parts = {name: ("We hand over at the trolley. " * 20)[:longest].strip() for name, longest in PARTS.items()}
    manager, lead = world.viewer("registered_manager"), world.viewer("safeguarding_lead")
    with world.use():
        row = bulletins.draft(
            client_key=uuid4(), event_id=event.pk, parts=parts, options=["a", "b", "c"], right=1, by=manager, at=now
        )
        bulletins.propose(bulletin_id=row.pk, by=manager, at=now)
        bulletins.release(bulletin_id=row.pk, team_ids=[], by=lead, at=now)
    page = context_for(browser, address, world, "registered_manager", viewport=DESKTOP).new_page()
    page.goto(f"/bulletins/{row.pk}/print/")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page/") + paper.count(b"/Type /Page ") == 1
