"""Nobody decides about themselves: shut-outs, absence, and who decides instead."""

from datetime import timedelta

import pytest
from django.http import Http404

from heedful.foundation.ledger import verify
from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices.models import Absence
from heedful.loop.incidents import operations, queries
from heedful.loop.incidents.models import Event, Involved, ShutOut
from heedful.loop.incidents.operations import Named, NotAllowed
from tests.support.reports import NOW, told
from tests.support.world import World, make_world

EVERYONE = [
    "care_worker",
    "colleague",
    "team_leader",
    "registered_manager",
    "manager_elsewhere",
    "safeguarding_lead",
    "nominated_individual",
    "independent_contact",
    "administrator",
    "inspector",
    "commissioner",
]


def seen(world: World, event: Event) -> set[str]:
    return {key for key in EVERYONE if queries.visible_to(world.viewer(key)).filter(pk=event.pk).exists()}


def decider(world: World, **said: object) -> str:
    assignment = told(world, **said).assignment
    assert assignment is not None
    return next(key for key, account in world.accounts.items() if account.pk == assignment.decider_id)


def away(world: World, role: str) -> None:
    with world.use():
        Absence.objects.create(
            organisation_id=world.organisation.id,
            account_id=world.accounts[role].pk,
            starts_at=NOW - timedelta(days=1),
            ends_at=NOW + timedelta(days=5),
        )


def test_naming_the_decider_as_source_passes_the_case_on_in_the_same_transaction() -> None:
    world = make_world()
    event = told(world, involved=(Named(part="alleged_source", name="the one in charge"),)).event
    with world.use():
        row = Involved.objects.get(event=event)
        lead = world.viewer("safeguarding_lead")
        with pytest.raises(Http404):
            operations.match_name(involved_id=row.pk, staff_id=None, by=world.viewer("registered_manager"), at=NOW)
        operations.match_name(involved_id=row.pk, staff_id=world.staff["safeguarding_lead"].pk, by=lead, at=NOW)
        assert seen(world, event).isdisjoint({"safeguarding_lead"})
        deciding = queries.assignment_of(event)
        assert deciding and deciding.decider_id == world.accounts["registered_manager"].pk
        assert Entry.objects.filter(subject_id=event.pk, kind="event.passed_on").count() == 1
        assert verify.verify(world.organisation.id).whole


def test_a_lifted_shut_out_lets_them_see_it_again_and_a_new_naming_shuts_them_out_anew() -> None:
    world = make_world()
    source = Named(part="alleged_source", staff_id=world.staff["registered_manager"].pk)
    event = told(world, involved=(source,)).event
    with world.use():
        contact = world.viewer("independent_contact")
        (row,) = queries.shut_outs(contact)
        with pytest.raises(NotAllowed):
            operations.lift_shut_out(shut_out_id=row.pk, why="x", by=world.viewer("safeguarding_lead"), at=NOW)
        operations.lift_shut_out(shut_out_id=row.pk, why="Another Rowan", by=contact, at=NOW)
        assert "registered_manager" in seen(world, event)
        lead = world.viewer("safeguarding_lead")
        operations.name_involved(event_id=event.pk, named=source, by=lead, at=NOW)
        assert "registered_manager" not in seen(world, event)
        assert ShutOut.objects.get(event=event).lifted_at is None


def test_a_reporter_who_names_themselves_is_shut_out_as_well_and_keeps_the_receipt() -> None:
    world = make_world()
    event = told(world, involved=(Named(part="alleged_source", staff_id=world.staff["care_worker"].pk),)).event
    with world.use():
        viewer = world.viewer("care_worker")
        assert not queries.visible_to(viewer).exists()
        assert queries.told_by(event.pk, viewer=viewer) == event


# --- who decides, with absences and the roster --------------------------------------------------------------------


def test_an_absent_manager_does_not_decide_while_the_lead_is_there() -> None:
    world = make_world()
    assert decider(world) == "registered_manager"
    away(world, "registered_manager")
    assert decider(world) == "safeguarding_lead"
    away(world, "safeguarding_lead")
    assert decider(world) == "nominated_individual"
    away(world, "nominated_individual")
    assert decider(world) == "registered_manager"


def test_a_managers_own_report_is_decided_by_somebody_else() -> None:
    world = make_world()
    assert decider(world, by="registered_manager") == "safeguarding_lead"


def test_until_a_name_is_matched_the_manager_does_not_decide() -> None:
    world = make_world()
    assert decider(world, involved=(Named(part="alleged_source", name="one of the seniors"),)) == "safeguarding_lead"
    visitor = Named(part="alleged_source", name="his nephew", works_here="no")
    assert decider(world, involved=(visitor,)) == "registered_manager"
