"""A whole case whose time is over goes when two people say so, with all that came of it alone; the counts stay true."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from heedful.config.keeping import every_table
from heedful.foundation.files.models import Attachment
from heedful.foundation.ledger import history
from heedful.foundation.ledger.models import Erasure
from heedful.foundation.ledger.operations import write
from heedful.foundation.ledger.verify import verify
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents.models import Event, Involved, Reporter
from heedful.loop.reviews.models import Review, Theme
from tests.support import acting
from tests.support.jobs import run_jobs
from tests.support.owner import dump
from tests.support.reports import NOW, told
from tests.support.reviews import finish, open_theme
from tests.support.signing_in import sign_in
from tests.support.whole_loop import LATER, Whole, once_round
from tests.support.world import World, make_world

LONG_AGO = date(1999, 1, 1)


def long_over(world: World, event_id: UUID) -> None:
    """The case and all that came of it ended long ago."""
    with world.use(), history.entry():
        for hanging in every_table():
            if hanging.has_marks and hanging.events:
                hanging.rows(hanging.of_cases([event_id])).update(retain_from=LONG_AGO)
        write(kind="test.over", by=world.system, at=NOW, subject_id=event_id)


def pressed(world: World, key: str, event_id: UUID) -> Any:
    return sign_in(Client(), world.accounts[key]).post(f"/cases/{event_id}/erase/", {"yes": "1"})


def erased(world: World, event_id: UUID) -> None:
    for key in ("administrator", "nominated_individual"):
        assert pressed(world, key, event_id).status_code == 302
    run_jobs(world.organisation.id)


def outside_people() -> str:
    """A dump without the records of people: the person stays, only their case goes."""
    tables = dump().lower().split("\ncopy public.")
    return "".join(one for one in tables if not one.startswith("people_"))


def words_of(made: Whole) -> list[str]:
    """What still says anything about the person, in every table that hangs on a case."""
    with made.world.use():
        return [
            f"{hanging.model.__name__}.{field}"
            for hanging in every_table()
            for field in (*hanging.words, *hanging.learned)
            if hanging.events
            and any(
                part in str(value)
                for value in hanging.model._default_manager.values_list(field, flat=True)
                for part in (made.word, *made.name.split())
            )
        ]


def test_all_words_go_with_the_case_and_what_came_of_it_and_its_codes_and_numbers_stay() -> None:
    world = make_world()
    code = world.organisation.id.hex[-10:]
    made = once_round(world, name=f"Canary{code} Wharton{code}", word=f"Word{code}")
    run_jobs(world.organisation.id)
    with world.use():
        before = Event.objects.values("number", "type", "local_date", "harm_body", "service_id").get(pk=made.event.pk)
    long_over(world, made.event.pk)
    assert len(words_of(made)) > 30 and made.word.lower() in outside_people()
    erased(world, made.event.pk)
    assert words_of(made) == []
    assert made.word.lower() not in outside_people()
    with world.use():
        assert Event.objects.values(*before).get(pk=made.event.pk) == before
        assert not Involved.objects.exclude(person=None, staff=None).exists()
        assert Reporter.objects.get(event=made.event).account_id is None
        assert set(Attachment.objects.values_list("name", flat=True)) == {"erased"}
    report = verify(world.organisation.id)
    assert report.whole, (report.faults, report.unexplained)
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    page = lead.get(f"/cases/{made.event.pk}/")
    assert page.status_code == 200 and "Its words and names were erased" in page.content.decode()
    assert str(made.event.pk) not in lead.get("/cases/past-their-time/").content.decode()


def test_what_came_of_another_case_too_stays_until_that_goes_as_well() -> None:
    world = make_world()
    first, second = told(world).event, told(world).event
    theme = open_theme(world, [first.pk, second.pk], why="Both in the lounge.")
    for event, words in ((first, "Both in the lounge."), (second, "[erased]")):
        long_over(world, event.pk)
        erased(world, event.pk)
        with world.use():
            assert Theme.objects.get(pk=theme.pk).why == words
            assert Event.objects.get(pk=event.pk).words == "[erased]"


def test_nobody_agrees_to_what_they_asked_for_and_a_hold_stops_it_at_every_step() -> None:
    world = make_world()
    event = told(world).event
    long_over(world, event.pk)
    assert pressed(world, "administrator", event.pk).status_code == 302
    again = pressed(world, "administrator", event.pk)
    assert again.status_code == 200 and "another person has to agree" in again.content.decode()
    with world.use():
        incidents.hold_case(event_id=event.pk, why="A claim", by=world.viewer("safeguarding_lead"), at=LATER)
        with pytest.raises(incidents.Refused, match="legal hold"):
            incidents.agree_to_erase_case(event_id=event.pk, by=world.viewer("nominated_individual"), at=LATER)
    assert pressed(world, "nominated_individual", event.pk).status_code == 404
    with world.use():
        incidents.lift_hold(event_id=event.pk, why="Settled", by=world.viewer("safeguarding_lead"), at=LATER)
        incidents.agree_to_erase_case(event_id=event.pk, by=world.viewer("nominated_individual"), at=LATER)
        incidents.hold_case(event_id=event.pk, why="An inquest", by=world.viewer("safeguarding_lead"), at=LATER)
    run_jobs(world.organisation.id)
    with world.use():
        assert Event.objects.get(pk=event.pk).words == event.words
        assert Erasure.objects.get(subject_id=event.pk).agreed_by is None


def test_only_a_case_whose_time_is_over_can_be_asked_for_and_only_by_those_who_may_erase() -> None:
    world = make_world()
    event, review = told(world).event, acting.reviewed(world)
    finish(world, review, at=LATER)
    assert pressed(world, "administrator", event.pk).status_code == 404
    long_over(world, event.pk)
    for key, status in (("safeguarding_lead", 403), ("registered_manager", 403), ("administrator", 302)):
        assert pressed(world, key, event.pk).status_code == status
    with world.use():
        assert Review.objects.get(pk=review.pk).why
        assert Event.objects.get(pk=event.pk).words == event.words
