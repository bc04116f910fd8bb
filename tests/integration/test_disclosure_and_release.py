"""Identified to a named body on a lawful basis; without names after somebody else has looked. Nothing else leaves."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from heedful.foundation.exits import operations as exits
from heedful.foundation.exits import queries
from heedful.foundation.exits.models import Disclosure, Exit, Release
from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.queries import timeline
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from tests.support.reports import NOW, told
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world


def propose(world: World, event: Event, text: str, by: str = "registered_manager") -> Release:
    with world.use():
        return exits.propose_release(
            subject_type="event", subject_id=event.pk, what="bulletin", text=text, by=world.viewer(by), at=NOW
        )


def test_a_text_with_a_name_stays_until_somebody_else_clears_it_with_a_reason_and_then_goes_out_once() -> None:
    world = make_world()
    event = told(world).event
    row = propose(world, event, "Arthur slid off a chair in room 12. Check the brake first.")
    with world.use():
        review = queries.review(row)
        (name,) = review.open
        assert name.text == "Arthur" and [one.kind for one in review.warnings] == ["room"]
        lead, author = world.viewer("safeguarding_lead"), world.viewer("registered_manager")
        with pytest.raises(exits.ReleaseRefused, match="1 finding"):
            exits.release(release_id=row.pk, by=lead, at=NOW)
        for refused in ({"by": author, "why": "fine"}, {"by": lead, "why": " "}):
            with pytest.raises(exits.ReleaseRefused):
                exits.clear(release_id=row.pk, finding=name.key, at=NOW, **refused)
        exits.clear(release_id=row.pk, finding=name.key, why="It means the king in the tale.", by=lead, at=NOW)
        with pytest.raises(exits.ReleaseRefused, match="wrote it"):
            exits.release(release_id=row.pk, by=author, at=NOW)
        out = exits.release(release_id=row.pk, by=lead, at=NOW)
        register = Exit.objects.get(door="release")
        assert out.digest == hashlib.sha256(out.text.encode()).hexdigest() == bytes(register.digest).hex()
        assert register.account_id == lead.account_id
        assert [one.kind for one in timeline(event.pk)][-3:] == ["release.proposed", "release.cleared", "exit.release"]
        with pytest.raises(exits.ReleaseRefused, match="already"):
            exits.release(release_id=row.pk, by=lead, at=NOW)


def test_another_wording_is_another_text_whose_findings_are_open_again() -> None:
    world = make_world()
    event = told(world).event
    first = propose(world, event, "Arthur slid.")
    with world.use():
        lead = world.viewer("safeguarding_lead")
        (name,) = queries.review(first).open
        exits.clear(release_id=first.pk, finding=name.key, why="Not him.", by=lead, at=NOW)
    second = propose(world, event, "Arthur slid again.")
    with world.use(), pytest.raises(exits.ReleaseRefused):
        exits.release(release_id=second.pk, by=lead, at=NOW)


def test_a_name_that_became_known_since_the_review_holds_the_text_back() -> None:
    world = make_world()
    event = told(world).event
    row = propose(world, event, "Zebedee saw it.")
    with world.use():
        from heedful.foundation.people import operations as people

        assert queries.review(row).open == ()
        people.engage(name="Zebedee Marrack", service=world.home, by=world.system, at=NOW)
        with pytest.raises(exits.ReleaseRefused):
            exits.release(release_id=row.pk, by=world.viewer("safeguarding_lead"), at=NOW)


def test_every_name_the_organisation_and_the_case_know_is_looked_for() -> None:
    world = make_world()
    visitor = Named(part="witness", name="Quillon Visitor")
    event = told(world, confidential=True, involved=(visitor,)).event
    names = ["Joss", "Bekele", "Ingrid", "Quillon", "Tarrant", "Kettleby"]
    with world.use():
        found = queries.look_through(" and ".join(names), subject_type="event", subject_id=event.pk)
        assert [one.text for one in found if one.blocking] == names


def test_another_organisations_names_are_not_known_here() -> None:
    ours, theirs = make_world(), make_world()
    event = told(ours).event
    with theirs.use():
        from heedful.foundation.people import operations as people

        people.engage(name="Ottoline Foreigner", service=theirs.home, by=theirs.system, at=NOW)
    with ours.use():
        assert queries.look_through("Ottoline came.", subject_type="event", subject_id=event.pk) == []


@pytest.mark.parametrize("role", ["care_worker", "team_leader", "administrator", "inspector", "commissioner"])
def test_a_role_without_the_permission_gives_nothing_out(role: str) -> None:
    world = make_world()
    event = told(world).event
    with pytest.raises(PermissionDenied):
        propose(world, event, "Check the brake.", by=role)
    with world.use(), pytest.raises(PermissionDenied):
        disclose(world, event, role)


def disclose(world: World, event: Event, role: str = "safeguarding_lead", **changed: object) -> Disclosure:
    details = {
        "subject_type": "event",
        "subject_id": event.pk,
        "to": exits.Recipient("local_authority", "Ashmere Council"),
        "basis": "safeguarding",
        "fields": ["words", "harm"],
        "purpose": "A concern",
        "reference": "SG-77",
        "document": b"What happened",
    }
    return exits.disclose(by=world.viewer(role), at=NOW, **(details | changed))  # type: ignore[arg-type]


def test_a_disclosure_says_to_whom_why_and_which_parts_and_stands_in_register_and_timeline() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        row = disclose(world, event)
        assert (row.exit.door, row.fields, row.basis, row.reference) == (
            "disclosure",
            ["words", "harm"],
            "safeguarding",
            "SG-77",
        )
        entry = Entry.objects.get(kind="exit.disclosure")
        assert entry.subject_id == event.pk and entry.actor_id == world.accounts["safeguarding_lead"].pk
        for wrong in ({"basis": "because"}, {"purpose": " "}, {"fields": []}):
            with pytest.raises(exits.DisclosureRefused):
                disclose(world, event, **wrong)
        assert Exit.objects.count() == 1


SAID = {
    "body": "local_authority",
    "body_name": "Ashmere Council",
    "basis": "safeguarding",
    "purpose": "A concern we raise",
    "reference": "SG-77",
    "parts": ["words"],
}


def test_the_page_shows_what_they_get_before_anything_leaves_and_never_who_told_us() -> None:
    world = make_world()
    event = told(world, words="He slid off the chair.", made_safe="We called the nurse.").event
    client = sign_in(Client(), world.accounts["registered_manager"])
    where = f"/cases/{event.pk}/share-outside/"
    assert "Which parts do they need?" in client.get(where).content.decode()
    shown = client.post(where, SAID).content.decode()
    assert "He slid off the chair." in shown and "We called the nurse." not in shown and "Joss Pellow" not in shown
    with world.use():
        assert not Exit.objects.exists()
    given = client.post(where, SAID | {"step": "file"})
    assert given["Content-Disposition"].startswith("attachment") and b"slid off" in given.content
    assert "He slid off" in client.post(where, SAID | {"step": "page"}).content.decode()
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    register = lead.get("/left/").content.decode()
    assert register.count("Given to Ashmere Council") == 2 and "slid off" not in register
    assert "Ashmere Council" in lead.get(f"/cases/{event.pk}/").content.decode()
    elsewhere = sign_in(Client(), world.accounts["manager_elsewhere"])
    assert elsewhere.get(where).status_code == elsewhere.post(where, SAID | {"step": "file"}).status_code == 404
