"""One person is forgotten, and nothing that anybody typed about them is anywhere in the database."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client

from heedful.config.keeping import every_table
from heedful.foundation.access.models import TenantModel
from heedful.foundation.files.models import Attachment
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger.models import Payload
from heedful.foundation.ledger.verify import verify
from heedful.foundation.people import erasure
from heedful.foundation.people.models import Person
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from heedful.loop.reviews import operations as reviews
from heedful.loop.reviews.models import Review
from tests.support.jobs import run_jobs
from tests.support.owner import dump
from tests.support.reports import NOW, told
from tests.support.reviews import write_all
from tests.support.signing_in import sign_in
from tests.support.whole_loop import FINISHED, LATER, Whole, once_round
from tests.support.world import World, make_world

# Columns that hold text which nobody types about a person supported: codes from our own lists, states, digests, keys,
# what a place or a job is called, names of staff (they are no person supported). A new column is here or is forgotten.
CODES = {
    "ledger.Entry": "kind subject_type policy_version",
    "ledger.Erasure": "subject_type why",
    "people.TaxonomyTerm": "taxonomy slug label maps_to",
    "people.Unit": "name",
    "people.Service": "name external_id kind cqc_location_id nation host_authority authority_contact on_call_number"
    " time_zone exposure_measure",
    "people.Post": "duty",
    "people.Team": "name",
    "people.Shift": "name",
    "people.Membership": "role scope",
    "people.StaffMember": "name known_as initials engagement job_title",
    "people.Exposure": "measure source",
    "people.Relation": "authority",
    "search.Document": "subject_type",
    "files.Attachment": "subject_type storage_key media_type",
    "notices.Notice": "kind link",
    "notices.Delivery": "channel message_id state trouble",
    "exits.Exit": "door what",
    "exits.Disclosure": "subject_type body basis fields",
    "exits.Release": "subject_type what",
    "exits.Clearing": "finding",
    "incidents.Event": "kinds type subtype occurred_as shift_name harm_body harm_mind safe_now met_safeguarding"
    " met_clinical met_family discharge status source source_system external_id flags form_version",
    "incidents.Involved": "part",
    "incidents.Informed": "who",
    "incidents.Assignment": "role why",
    "incidents.Link": "kind",
    "duties.Triage": "level suggested stands_at response reasons facts policy_version",
    "duties.Classification": "kind answer suggested policy_version",
    "duties.FindOut": "what",
    "reviews.Theme": "series_key state",
    "reviews.Review": "kind factors weaknesses policy_version",
    "reviews.Finding": "factor",
    "actions.Action": "kind strength policy_version series_key direction state known_outcome",
    "actions.Escalation": "who",
    "effects.Verdict": "answer before result policy_version",
    "audits.Audit": "state seed",
    "audits.AuditItem": "answer",
    "feedback.Telling": "recipient step",
    "feedback.FamilyDecision": "basis",
    "feedback.KnownResult": "answer",
    "feedback.Bulletin": "state",
    # The board page as it stood: nothing in it was typed, and a test of its own says so.
    "intake.Batch": "map_name map_digest source_system file_name file_digest credit stayed",
    "intake.SourceRow": "source_system map_name external_id flags",
    "intake.Upload": "file_name sha256 storage_key state shape",
}
# Forgotten by a room's own code, not from its list.
BY_HAND = {
    "ledger.Erasure": "names",
    "people.Person": "name known_as communication_needs",
    "people.Stay": "room",
    "people.Relation": "name relationship contact",
    "intake.Upload": "answers found refusal",
}
# Nothing of it is typed in the whole loop: who told us has an account, no file was imported, no meeting was held.
NOT_IN_THE_LOOP = {
    ("incidents.Reporter", "name"),
    ("intake.SourceRow", "kept"),
    ("intake.SourceRow", "before"),
    ("files.Attachment", "name"),
}
KINDS = {"CharField", "TextField", "SlugField", "JSONField", "EmailField"}


def made_up(world: World) -> Whole:
    code = world.organisation.id.hex[-10:]
    return once_round(world, name=f"Canary{code} Wharton{code}", word=f"Word{code}")


def forgotten(made: Whole) -> Any:
    with made.world.use():
        asks, agrees = made.by("nominated_individual"), made.by("administrator")
        decision = erasure.ask_to_erase(person=made.person, why="asked_for", by=asks, at=FINISHED)
        erasure.agree_to_erase(erasure=decision, by=agrees, at=FINISHED)
    run_jobs(made.world.organisation.id)
    return decision


def found_in(text: str, *words: str) -> list[str]:
    """The lines of a dump that hold one of these, in any case: the index of words keeps small letters."""
    return [line[:200] for line in text.splitlines() if any(word.lower() in line.lower() for word in words)]


def texts(model: type[Model]) -> set[str]:
    columns = [field for field in model._meta.concrete_fields if not field.primary_key]
    return {field.name for field in columns if getattr(field, "base_field", field).get_internal_type() in KINDS}


def label(model: type[Model]) -> str:
    return model._meta.label


def test_every_column_that_can_hold_words_is_forgotten_or_said_to_hold_none() -> None:
    said = {name: set(columns.split()) for name, columns in CODES.items()}
    for name, columns in BY_HAND.items():
        said.setdefault(name, set()).update(columns.split())
    for hanging in every_table():
        said.setdefault(label(hanging.model), set()).update((*hanging.words, *hanging.learned))
    tables = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    tables = [model for model in tables if not hasattr(model, "pgh_tracked_model")]
    found = {label(model): texts(model) for model in tables if texts(model)}
    assert found == said


def test_nothing_about_a_forgotten_person_is_left_in_a_dump_and_the_chain_still_verifies() -> None:
    world = make_world()
    made = made_up(world)
    run_jobs(world.organisation.id)
    with world.use():
        empty = {
            (label(hanging.model), field)
            for hanging in every_table()
            for field in (*hanging.words, *hanging.learned)
            if not any(
                made.name.split()[1] in str(value) or made.word in str(value)
                for value in hanging.model._default_manager.values_list(field, flat=True)
            )
        }
    assert empty == NOT_IN_THE_LOOP
    before = dump()
    assert len(found_in(before, made.name)) > 50 and len(found_in(before, made.word)) > 30
    jobs = before.split("COPY public.procrastinate_jobs ")[1].split("\\.\n")[0]
    assert str(world.organisation.id) in jobs and found_in(jobs, *made.name.split(), made.word) == []
    decision = forgotten(made)
    after = dump()
    assert found_in(after, *made.name.split(), made.word) == []
    report = verify(world.organisation.id)
    assert report.whole, (report.faults, report.unexplained)
    with world.use():
        assert Payload.objects.filter(erased_under=decision.pk).count() == report.erased > 20
        assert set(Attachment.objects.values_list("name", "size")) == {("erased", 0)}
        assert Event.objects.get(pk=made.event.pk).words == "[erased]"
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    for where in (f"/cases/{made.event.pk}/", f"/reviews/{made.review.pk}/", f"/themes/{made.theme.pk}/", "/cases/"):
        assert lead.get(where).status_code == 200, where
    for action_id in made.action_ids:
        assert lead.get(f"/actions/{action_id}/").status_code == 200


def both(world: World, made: Whole) -> tuple[Event, Review]:
    """A second case with somebody else in it as well, and a review of both."""
    parts = tuple(Named(part="affected", person_id=one) for one in (made.person.pk, world.people[0].pk))
    event = told(world, words=f"{made.name} and Mr Kettleby argued about the chair.", involved=parts).event
    with world.use():
        manager = made.by("registered_manager")
        review = reviews.open_review(event_ids=[event.pk, made.event.pk], kind="huddle", by=manager, at=LATER)
    write_all(world, review, at=LATER, why=f"{made.name} sat in Mr Kettleby's chair.")
    return event, review


def test_what_is_about_others_too_keeps_its_words_without_the_name() -> None:
    world = make_world()
    made = made_up(world)
    event, review = both(world, made)
    forgotten(made)
    with world.use():
        review.refresh_from_db()
        assert Event.objects.get(pk=event.pk).words == "[erased] and Mr Kettleby argued about the chair."
        assert review.why == "[erased] sat in Mr Kettleby's chair."
    assert found_in(dump(), *made.name.split()) == []
    assert verify(world.organisation.id).whole


def test_a_whole_name_goes_from_cases_that_are_not_theirs_and_parts_of_it_stay_there() -> None:
    world = make_world()
    with world.use():
        from heedful.foundation.people import operations as people

        person = people.admit(name="Rose Wharton", known_as="Rose", service=world.home, by=world.system, at=NOW)
    other = told(world, words="Mr Kettleby looked for Rose Wharton among the rose bushes.").event
    held = told(world, words="Rose Wharton again.").event
    with world.use():
        incidents.hold_case(event_id=held.pk, why="A claim", by=world.viewer("safeguarding_lead"), at=NOW)
        decision = erasure.ask_to_erase(
            person=person, why="asked_for", by=world.viewer("nominated_individual"), at=LATER
        )
        erasure.agree_to_erase(erasure=decision, by=world.viewer("administrator"), at=LATER)
    run_jobs(world.organisation.id)
    with world.use():
        assert Event.objects.get(pk=other.pk).words == "Mr Kettleby looked for [erased] among the rose bushes."
        assert Event.objects.get(pk=held.pk).words == "Rose Wharton again."


def with_person(world: World) -> Event:
    return told(world, involved=(Named(part="affected", person_id=world.people[0].pk),)).event


def test_a_hold_on_another_case_of_the_same_review_keeps_the_person_from_being_erased() -> None:
    world = make_world()
    theirs, other = with_person(world), told(world, words="Something else.").event
    with world.use():
        manager, lead = world.viewer("registered_manager"), world.viewer("safeguarding_lead")
        reviews.open_review(event_ids=[other.pk, theirs.pk], kind="huddle", by=manager, at=LATER)
        incidents.hold_case(event_id=other.pk, why="An inquest", by=lead, at=LATER)
        with pytest.raises(ledger.ErasureRefused, match="legal hold"):
            erasure.ask_to_erase(person=world.people[0], why="asked_for", by=world.viewer("administrator"), at=FINISHED)


def test_a_hold_that_comes_after_the_two_agreed_stops_the_erasing_which_then_waits_for_a_second_person_again() -> None:
    world = make_world()
    event, person = with_person(world), world.people[0]
    lead, agrees = world.viewer("safeguarding_lead"), world.viewer("administrator")
    with world.use():
        asks = world.viewer("nominated_individual")
        decision = erasure.ask_to_erase(person=person, why="asked_for", by=asks, at=LATER)
        erasure.agree_to_erase(erasure=decision, by=agrees, at=LATER)
        incidents.hold_case(event_id=event.pk, why="An inquest", by=lead, at=LATER)
    run_jobs(world.organisation.id)
    with world.use():
        assert Person.objects.get(pk=person.pk).name == person.name
        assert [one.pk for one in ledger.waiting()] == [decision.pk]
        incidents.lift_hold(event_id=event.pk, why="Settled", by=lead, at=LATER)
        erasure.agree_to_erase(erasure=ledger.waiting().get(), by=agrees, at=LATER)
    run_jobs(world.organisation.id)
    with world.use():
        assert Person.objects.get(pk=person.pk).name == "Name erased"
