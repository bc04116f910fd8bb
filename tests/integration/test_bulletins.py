"""One page of learning: written by one, let out by another, read by teams, and never with a name."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from heedful.foundation.people import operations as people
from heedful.loop.feedback.models import Bulletin, Reading
from heedful.loop.feedback.operations import bulletins as operations
from heedful.loop.feedback.queries import bulletins as queries
from heedful.loop.feedback.sheet import PARTS
from heedful.loop.incidents.operations import Named
from tests.integration.test_feedback_pages import decided, errors
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

OPTIONS = {"option_1": "At the desk", "option_2": "At the trolley", "option_3": "By the phone", "right": "1"}
LINE = "Two people, one trolley, no phone"


@pytest.fixture(scope="module")
def world() -> World:
    world = make_world(at=timezone.now() - timedelta(days=20))
    with world.use():
        details = {"service": world.home, "team": world.team, "by": world.system, "at": world.made_at}
        for name in ("Olumide Akande", "Zofia Wrona"):
            people.engage(name=name, **details)
        people.engage(name="Nia Pryce", account=_account(world), **details)
    return world


def _account(world: World) -> Any:
    account = people.open_account(username=f"{world.organisation.code}/nia", name="Nia Pryce", at=world.made_at)
    from heedful.foundation.access.roles import Role, Scope

    people.grant(
        account=account, role=Role.CARE_WORKER, reach=people.Reach(Scope.OWN), by=world.system, at=world.made_at
    )
    world.accounts["nia"] = account
    return account


def client(world: World, key: str) -> Client:
    return sign_in(Client(), world.accounts[key])


def typed(**said: str) -> dict[str, str]:
    return (
        {"client_key": str(uuid4()), **dict.fromkeys(PARTS, "Hand over at the trolley."), "line": LINE} | OPTIONS | said
    )


def drafted(world: World, event: Any, **said: str) -> Bulletin:
    page = client(world, "registered_manager").post(f"/bulletins/new?case={event.pk}", typed(**said))
    assert page.status_code == 302, page.content.decode()
    with world.use():
        return Bulletin.objects.get(pk=page["Location"].split("/")[-2])


def released(world: World) -> Bulletin:
    row = drafted(world, decided(world))
    with world.use():
        operations.propose(bulletin_id=row.pk, by=world.viewer("registered_manager"), at=timezone.now())
        lead = world.viewer("safeguarding_lead")
        return operations.release(bulletin_id=row.pk, team_ids=[world.team.pk], by=lead, at=timezone.now())


def test_from_a_draft_to_a_page_that_a_team_reads_and_answers(world: World) -> None:
    manager, lead, nia = (client(world, key) for key in ("registered_manager", "safeguarding_lead", "nia"))
    row = drafted(world, decided(world))
    where = f"/bulletins/{row.pk}/"
    assert nia.get(where).status_code == 404
    assert manager.post(f"{where}propose/").status_code == 302
    own = manager.get(f"{where}check/").content.decode()
    assert "somebody else looks at it" in own
    assert manager.post(f"{where}check/", {"let_out": "1", "teams": [str(world.team.pk)]}).status_code == 422
    assert lead.post(f"{where}check/", {"let_out": "1", "teams": [str(world.team.pk)]}).status_code == 302
    assert f"For you to read: {LINE}" in nia.get("/").content.decode()
    assert "Choose the answer" in errors(nia.post(where, {"x": "1"}))["answer"]
    assert nia.post(where, {"answer": "0"}).status_code == 302
    after = nia.get(where).content.decode()
    assert "Many would." in after
    assert "At the trolley" in after
    assert "For you to read" not in nia.get("/").content.decode()
    assert f"Checked for names on {timezone.localdate():%-d %B}" in nia.get(f"{where}print/").content.decode()


def test_a_name_keeps_it_back_until_somebody_else_says_why_it_may_stay(world: World) -> None:
    row = drafted(world, decided(world), what_happened="Arthur Kettleby was given it late.")
    where, lead = f"/bulletins/{row.pk}/", client(world, "safeguarding_lead")
    client(world, "registered_manager").post(f"{where}propose/")
    page = lead.get(f"{where}check/").content.decode()
    assert "One place may say who it is." in page
    assert lead.post(f"{where}check/", {"let_out": "1"}).status_code == 422
    with world.use():
        review = queries.review_of(Bulletin.objects.get(pk=row.pk))
        assert review is not None
        found = max(review.open, key=lambda one: len(one.text))
        assert found.text == "Arthur Kettleby"
    assert lead.post(f"{where}check/", {"finding": found.key, "why": ""}).status_code == 422
    assert lead.post(f"{where}check/", {"finding": found.key, "why": "He asked for it."}).status_code == 302
    assert lead.post(f"{where}check/", {"let_out": "1"}).status_code == 302


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(world: World) -> None:
    event = decided(world)
    sent = typed(next_shift="", ask_team="She was suspended.", option_2="At the desk")
    page = client(world, "registered_manager").post(f"/bulletins/new?case={event.pk}", sent)
    assert page.status_code == 422
    assert set(errors(page)) >= {"next_shift", "ask_team", "option"}
    assert "She was suspended." in unescape(page.content.decode())


def test_whoever_is_shut_out_of_the_case_does_not_read_its_bulletin() -> None:
    world = make_world(at=timezone.now() - timedelta(days=20))
    with world.use():
        details = {"service": world.home, "team": world.team, "by": world.system, "at": world.made_at}
        nia = people.engage(name="Nia Pryce", account=_account(world), **details)
    event = decided(world, involved=(Named(part="alleged_source", staff_id=nia.pk),))
    lead, nominated = world.viewer("safeguarding_lead"), world.viewer("nominated_individual")
    with world.use():
        parts = dict.fromkeys(PARTS, "Hand over at the trolley.")
        row = operations.draft(
            client_key=uuid4(), parts=parts, options=["a", "b", "c"], right=0, event_id=event.pk, by=lead,
            at=timezone.now(),
        )  # fmt: skip
        operations.propose(bulletin_id=row.pk, by=lead, at=timezone.now())
        operations.release(bulletin_id=row.pk, team_ids=[world.team.pk], by=nominated, at=timezone.now())
    assert client(world, "nia").get(f"/bulletins/{row.pk}/").status_code == 404
    assert "For you to read" not in client(world, "nia").get("/").content.decode()


def test_a_word_to_look_at_twice_stands_once_however_often_it_is_used(world: World) -> None:
    row = drafted(world, decided(world), what_happened="The garden was dark. In this garden the light is by the door.")
    client(world, "registered_manager").post(f"/bulletins/{row.pk}/propose/")
    page = client(world, "safeguarding_lead").get(f"/bulletins/{row.pk}/check/").content.decode()
    assert page.count("Look twice") == 1 and page.count("“garden”") == 1
    assert "Nothing keeps it back." in page


def test_those_without_a_sign_in_are_told_at_handover_by_a_named_person(world: World) -> None:
    row, manager = released(world), client(world, "registered_manager")
    with world.use():
        there = queries.without_sign_in(row, timezone.localdate())
    assert [one.name for one in there] == ["Olumide Akande", "Zofia Wrona"]
    where = f"/bulletins/{row.pk}/handover/"
    assert "staff" in errors(manager.post(where, {"x": "1"}))
    assert manager.post(where, {"staff": [str(there[0].pk)]}).status_code == 302
    page = manager.get(f"/bulletins/{row.pk}/").content.decode()
    assert "1 of 3 have read it or were told." in page
    assert "Registered Manager Rowan" in page
    shift = "Day" if 8 <= timezone.localtime().hour < 20 else "Night"
    assert f"{shift}: 1, and 0 of them answered right." in page
    assert f"{'Night' if shift == 'Day' else 'Day'}: nobody yet." in page
    outside = client(world, "nominated_individual").get(f"/bulletins/{row.pk}/").content.decode()
    assert "no numbers from outside the home" in outside
    assert "nobody yet" not in outside
    with world.use():
        assert Reading.objects.get(bulletin=row).told_by == world.accounts["registered_manager"].pk
