"""Forgetting through the pages: two people, and then it is gone."""

from django.test import Client

from heedful.foundation.people.models import Person
from tests.support.jobs import run_jobs
from tests.support.signing_in import sign_in
from tests.support.world import make_world


def test_one_asks_another_agrees_and_the_name_is_gone() -> None:
    world = make_world()
    person = world.people[0]
    asks = sign_in(Client(), world.accounts["administrator"])
    agrees = sign_in(Client(), world.accounts["nominated_individual"])
    assert "Choose why" in asks.post(f"/people/supported/{person.pk}/forget/", {"why": ""}).content.decode()
    asked = asks.post(f"/people/supported/{person.pk}/forget/", {"why": "asked_for"}, follow=True)
    assert person.name in asked.content.decode()
    with world.use():
        from heedful.foundation.ledger.erasure import waiting

        decision = waiting().get()
    mine = asks.post(f"/people/forget/{decision.pk}/", {"yes": "1"})
    assert mine.status_code == 200
    with world.use():
        assert Person.objects.get(pk=person.pk).name == person.name
    assert agrees.post(f"/people/forget/{decision.pk}/", {"yes": "1"}).status_code == 302
    run_jobs(world.organisation.id)
    with world.use():
        assert Person.objects.get(pk=person.pk).name == "Name erased"
    assert person.name not in agrees.get("/people/supported/").content.decode()
    assert agrees.get(f"/people/supported/{person.pk}/forget/").status_code == 404


def test_a_manager_cannot_have_anybody_forgotten() -> None:
    world = make_world()
    manager = sign_in(Client(), world.accounts["registered_manager"])
    assert manager.get(f"/people/supported/{world.people[0].pk}/forget/").status_code == 403
