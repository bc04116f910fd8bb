"""Who told us in confidence is in nothing that leaves: no table, no answer to a script, no text given out, no list."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from heedful.foundation.exits.models import Exit
from heedful.foundation.ledger.models import Entry
from heedful.loop.incidents.models import Event, Reporter
from tests.support import histories
from tests.support.reports import told
from tests.support.signing_in import sign_in
from tests.support.world import START, World, make_world

# A team leader reads cases, and of one kept to few only their own: that they read it would say that they told it.
NAME = "Team Leader Rowan"
SHOULD_NOT_KNOW = ("registered_manager", "independent_contact", "inspector")


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(at=timezone.now() - timedelta(days=20))


@pytest.fixture(scope="module")
def event(world: World) -> Event:
    """Told in confidence by a team leader, who has looked at the case again since."""
    at = timezone.now() - timedelta(hours=1)
    found = told(world, by="team_leader", at=at, confidential=True, type="fall.found").event
    assert client_of(world, "team_leader").get(f"/cases/{found.pk}/").status_code == 200
    return found


def client_of(world: World, key: str) -> Client:
    return sign_in(Client(), world.accounts[key])


def names_nobody(world: World, body: bytes) -> None:
    text = body.decode("utf-8-sig")
    assert NAME not in text and str(world.accounts["team_leader"].pk) not in text
    assert str(world.staff["team_leader"].pk) not in text


def test_the_table_that_is_taken_away_holds_counts_and_no_reporter() -> None:
    world = make_world()
    histories.keep(world, histories.monthly(world.home, histories.steady(3, 4, 36)))
    histories.care(world, world.home, 11_400)
    told(world, by="team_leader", at=START + timedelta(days=1), confidential=True, type="fall.found")
    with time_machine.travel(START + timedelta(days=40), tick=False):
        reply = client_of(world, "safeguarding_lead").get(reverse("measures:table", args=[world.home.pk, "fall"]))
    assert reply.status_code == 200 and reply["Content-Disposition"].startswith("attachment")
    assert b'"Mar 2026"' in reply.content
    names_nobody(world, reply.content)


def test_the_answer_of_the_json_endpoint_names_no_reporter_not_even_to_themselves(world: World) -> None:
    then = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    said = {
        "client_key": str(uuid4()),
        "form_version": "record@1",
        "service": str(world.home.pk),
        "words": "She nearly slipped on the wet floor.",
        "kinds": ["near_miss"],
        "occurred": {"from": then, "to": then, "as": "about"},
        "confidential": True,
    }
    client = client_of(world, "team_leader")
    reply = client.post("/api/record", json.dumps(said), content_type="application/json")
    assert reply.status_code == 201
    names_nobody(world, reply.content)
    with world.use():
        assert Reporter.objects.get(event_id=UUID(reply.json()["event"])).name == NAME
    again = client_of(world, "colleague").post("/api/record", json.dumps(said), content_type="application/json")
    names_nobody(world, again.content)


@pytest.mark.parametrize("key", SHOULD_NOT_KNOW)
def test_who_has_read_the_case_does_not_give_the_reporter_away(key: str, world: World, event: Event) -> None:
    reply = client_of(world, key).get(f"/cases/{event.pk}/")
    assert reply.status_code == 200
    names_nobody(world, reply.content)


def test_the_reporters_own_look_leaves_no_entry_with_their_name(world: World, event: Event) -> None:
    with world.use():
        entries = Entry.objects.filter(subject_id=event.pk, actor_id=world.accounts["team_leader"].pk)
        assert not entries.exists()


def test_the_text_given_to_a_body_outside_never_says_who_told_us_whoever_gives_it(world: World, event: Event) -> None:
    where = f"/cases/{event.pk}/share-outside/"
    for key in ("registered_manager", "safeguarding_lead"):
        client = client_of(world, key)
        parts = ["when_and_where", "words", "harm", "made_safe"]
        said = {
            "body": "police",
            "body_name": "Ashmere police",
            "basis": "crime",
            "purpose": "On request",
            "parts": parts,
        }
        for step in ("", "page", "file"):
            reply = client.post(where, said | {"step": step})
            assert reply.status_code == 200 and b"slid off the chair" in reply.content, (key, step)
            names_nobody(world, reply.content)


def test_the_register_of_what_left_holds_no_word_of_a_case_and_no_reporter(world: World, event: Event) -> None:
    with world.use():
        left = Exit.objects.count()
    page = client_of(world, "nominated_individual").get("/left/")
    assert page.status_code == 200 and left
    assert b"slid off" not in page.content
    names_nobody(world, page.content)


@pytest.mark.parametrize("key", ["registered_manager", "administrator"])
def test_the_roster_and_the_lists_of_names_and_cases_say_nothing_of_who_told_us(
    key: str, world: World, event: Event
) -> None:
    client = client_of(world, key)
    for where in ("/", "/cases/", "/decide/", "/notices/", "/names/", "/cases/past-their-time/"):
        reply = client.get(where)
        assert reply.status_code in (200, 403), where
        names_nobody(world, reply.content)
