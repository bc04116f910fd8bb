"""How long a case is kept runs from its closing; a legal hold stops every erasure; who told us in confidence."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heedful.foundation.ledger.erasure import ErasureRefused
from heedful.foundation.people import erasure
from heedful.loop.incidents import operations
from heedful.loop.incidents.models import Event, Involved
from heedful.loop.incidents.operations import Named
from tests.support.reports import NOW, told
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world


def test_closing_says_from_when_it_is_kept_and_opening_again_takes_that_back() -> None:
    world = make_world()
    affected = Named(part="affected", person_id=world.people[0].pk)
    first, second = told(world).event, told(world, involved=(affected,)).event
    with world.use():
        by = world.viewer("registered_manager")
        operations.link_duplicate(event_id=second.pk, other_id=first.pk, by=by, at=NOW)
        day = NOW.date()
        assert Event.objects.get(pk=second.pk).retain_from == Involved.objects.get(event=second).retain_from == day
        assert Event.objects.get(pk=first.pk).retain_from is None
        operations.reopen(event_id=second.pk, why="Not the same", by=by, at=NOW)
        assert Event.objects.get(pk=second.pk).retain_from is None
        assert Involved.objects.get(event=second).retain_from is None


def test_a_hold_on_a_case_keeps_the_person_in_it_from_being_erased_until_it_is_lifted() -> None:
    world = make_world()
    person = world.people[0]
    event = told(world, involved=(Named(part="affected", person_id=person.pk),)).event
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    with world.use():
        admin, other = world.viewer("administrator"), world.viewer("nominated_individual")
        asked = erasure.ask_to_erase(person=person, why="asked_for", by=admin, at=NOW)
    assert lead.post(f"/cases/{event.pk}/hold/", {"why": ""}).status_code == 200
    assert lead.post(f"/cases/{event.pk}/hold/", {"why": "A claim is announced"}).status_code == 302
    with world.use():
        with pytest.raises(ErasureRefused, match="legal hold"):
            erasure.agree_to_erase(erasure=asked, by=other, at=NOW)
        with pytest.raises(ErasureRefused):
            erasure.ask_to_erase(person=person, why="asked_for", by=admin, at=NOW)
    assert "Legal hold" in lead.get(f"/cases/{event.pk}/").content.decode()
    assert lead.post(f"/cases/{event.pk}/hold/", {"why": "Settled"}).status_code == 302
    with world.use():
        erasure.agree_to_erase(erasure=asked, by=other, at=NOW)
    manager = sign_in(Client(), world.accounts["registered_manager"])
    assert manager.post(f"/cases/{event.pk}/hold/", {"why": "No"}).status_code == 403


SURFACES = ("/", "/cases/", "/cases/?words=Joss", "/cases/?words=Pellow", "/decide/", "/patterns/", "/notices/")
KEYS = ("registered_manager", "independent_contact", "inspector", "administrator", "team_leader")


def everything(world: World, key: str, event: Event) -> str:
    client = sign_in(Client(), world.accounts[key])
    case = (f"/cases/{event.pk}/", f"/decide/{event.pk}/", f"/decide/{event.pk}/reasons/")
    pages = [client.get(where) for where in (*SURFACES, *case, f"/cases/{event.pk}/share-outside/", "/shut-outs/")]
    parts = {"body": "police", "body_name": "A", "basis": "crime", "purpose": "A", "parts": ["words", "people", "told"]}
    pages.append(client.post(f"/cases/{event.pk}/share-outside/", parts))
    return "".join(page.content.decode() for page in pages)


@pytest.mark.parametrize("key", KEYS)
def test_who_told_us_in_confidence_is_on_no_surface_of_those_who_should_not_know(key: str) -> None:
    world = make_world(at=timezone.now() - timedelta(days=2))
    event = told(world, at=timezone.now(), confidential=True).event
    world_wide = everything(world, key, event)
    assert "Joss Pellow" not in world_wide and str(world.accounts["care_worker"].pk) not in world_wide
    assert "Joss Pellow" in everything(world, "safeguarding_lead", event)
