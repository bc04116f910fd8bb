"""The case file: the whole story on one page, to those whose work it is, and every opening is written down."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.queries import Moment
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents.operations import Named, Told
from heedful.oversight.casefile.timeline import lines
from tests.support.reports import NOW, told
from tests.support.reviews import decide
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

SECRET_REPORTER = "Joss Pellow"


@pytest.fixture
def world() -> World:
    return make_world()


def open_case(world: World, role: str, event) -> str:  # type: ignore[no-untyped-def]
    response = sign_in(Client(), world.accounts[role]).get(f"/cases/{event.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def entries(world: World, kind: str) -> int:
    with world.use():
        return Entry.objects.filter(kind=kind).count()


def test_the_page_tells_the_story_in_the_persons_own_words_first(world: World) -> None:
    event = told(
        world,
        words="She was on the floor by the window.",
        place="Garden room",
        informed=(Told(who="family", name="Her son", told_at=NOW + timedelta(hours=3, minutes=10)),),
        involved=(Named(part="affected", person_id=world.people[0].pk),),
        aware_at=NOW,
    ).event
    page = open_case(world, "registered_manager", event)
    for expected in (
        "She was on the floor by the window.",
        "Garden room",
        "Arthur Kettleby",
        "3 h 10 min after we knew",
    ):
        assert expected in page
    assert page.index("She was on the floor") < page.index("Who was part of it") < page.index("What we decided")


def test_every_opening_is_one_entry_in_the_ledger_and_shows_who_read_it(world: World) -> None:
    event = told(world).event
    open_case(world, "registered_manager", event)
    open_case(world, "safeguarding_lead", event)
    assert entries(world, "case.read") == 2
    page = open_case(world, "registered_manager", event)
    assert world.accounts["safeguarding_lead"].name in page


def test_a_confidential_reporter_is_nowhere_on_the_managers_page(world: World) -> None:
    event = told(world, confidential=True).event
    with world.use():
        question = incidents.send_back(
            event_id=event.pk, words="Which chair?", by=world.viewer("safeguarding_lead"), at=NOW
        )
        incidents.answer_question(
            question_id=question.pk, words="The blue one.", by=world.viewer("care_worker"), at=NOW
        )
    assert SECRET_REPORTER not in open_case(world, "registered_manager", event)
    assert SECRET_REPORTER in open_case(world, "safeguarding_lead", event)
    assert entries(world, "reporter.read") == 1


def test_an_inspector_sees_who_told_us_only_after_asking_with_a_reason_that_is_kept() -> None:
    # An inspector's access ends after 30 days, so this world is as old as today.
    world = make_world(at=timezone.now() - timedelta(days=2))
    event = told(world, at=timezone.now()).event
    assert SECRET_REPORTER not in open_case(world, "inspector", event)
    client = sign_in(Client(), world.accounts["inspector"])
    refused = client.post(f"/cases/{event.pk}/who-told-us/", {"why": " "})
    assert "Say why" in refused.content.decode()
    assert SECRET_REPORTER not in refused.content.decode()
    shown = client.post(f"/cases/{event.pk}/who-told-us/", {"why": "To ask what support they had."})
    assert SECRET_REPORTER in shown.content.decode()
    assert entries(world, "reporter.asked_for") == 1


def test_the_list_is_narrowed_by_service_kind_and_month_and_says_when_nothing_fits(world: World) -> None:
    told(world, words="A fall in the garden.")
    told(world, words="A meal was late.", kinds=("complaint",), service_id=world.other_home.id)
    client = sign_in(Client(), world.accounts["safeguarding_lead"])

    def listed(query: str) -> str:
        return client.get(f"/cases/?{query}").content.decode()

    assert "fall in the garden" in listed("kind=incident")
    assert "meal was late" not in listed("kind=incident")
    assert "meal was late" in listed(f"service={world.other_home.id}")
    assert "fall in the garden" not in listed(f"service={world.other_home.id}")
    assert "fall in the garden" in listed("month=2026-03")
    assert "Nothing fits that" in listed("month=1999-01")


def test_pages_of_the_list_follow_each_other_without_a_gap_or_a_repeat(world: World) -> None:
    for hours in range(30):
        told(world, at=NOW - timedelta(hours=hours), words=f"Event number {hours:02} of thirty.")
    client = sign_in(Client(), world.accounts["registered_manager"])
    first = client.get("/cases/").content.decode()
    import re

    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older
    second = client.get("/cases/" + older.group(1).replace("&amp;", "&")).content.decode()
    seen = [set(re.findall(r"Event number (\d\d)", page)) for page in (first, second)]
    assert len(seen[0]) == 25
    assert seen[0] | seen[1] == {f"{hours:02}" for hours in range(30)}
    assert not seen[0] & seen[1]


def test_today_shows_a_manager_what_waits_and_nothing_to_who_has_nothing(world: World) -> None:
    told(world, words="The hoist stopped halfway.")
    manager = sign_in(Client(), world.accounts["registered_manager"]).get("/").content.decode()
    assert "hoist" in manager
    colleague = sign_in(Client(), world.accounts["colleague"]).get("/").content.decode()
    assert "Nothing needs you today" in colleague
    assert "hoist" not in colleague


def test_a_page_costs_the_same_number_of_queries_however_many_cases_there_are(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(Client(), world.accounts["registered_manager"])

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    told(world)
    few = {path: cost(path) for path in ("/", "/cases/")}
    for hours in range(1, 9):
        told(world, at=NOW - timedelta(hours=hours))
    assert all(cost(path) <= few[path] for path in few)


def moment_of(kind: str, at: datetime) -> Moment:
    return Moment(uuid4(), 1, kind, at, None, "", {}, False)


def test_the_loop_says_what_is_done_and_what_is_next(world: World) -> None:
    event = told(world).event
    before = open_case(world, "registered_manager", event)
    assert "One of six done. Next: Decided." in before
    decide(world, event, at=NOW + timedelta(hours=2))
    after = open_case(world, "registered_manager", event)
    assert "Two of six done. Next: Understood." in after
    assert "hf-loop__step--done" in after and "hf-loop__step--ahead" in after


def test_the_same_thing_several_times_on_one_day_is_one_line(world: World) -> None:
    moments = [moment_of("audit.planned", NOW + timedelta(minutes=minute)) for minute in (0, 1, 2)]
    said = lines([*moments, moment_of("audit.planned", NOW + timedelta(days=1))], names=dict, reporter="", hidden=None)
    assert [line.text for line in said] == [
        "A check of practice was planned (3 times)",
        "A check of practice was planned",
    ]
