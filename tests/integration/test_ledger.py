"""The ledger: every tampering is found, and it can forget."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from heedful.foundation.ledger import anchors, erasure, history
from heedful.foundation.ledger.models import Entry, Payload
from heedful.foundation.ledger.operations import write
from heedful.foundation.ledger.verify import Report, verify
from heedful.foundation.people import erasure as people_erasure
from heedful.foundation.people import operations as people
from heedful.foundation.people.models import Person, Service
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from tests.support import reports
from tests.support.jobs import run_jobs
from tests.support.owner import dump, insider
from tests.support.world import START, World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


def tamper(world: World, sql: str, *args: Any) -> Report:
    """Change rows with the owner's rights, and say what `verify` finds."""
    with insider(world.organisation.id) as connection:
        assert connection.execute(sql, args).rowcount > 0
    return verify(world.organisation.id)


def faults(world: World, sql: str, *args: Any) -> list[str]:
    return tamper(world, sql, *args).faults


def test_an_untouched_chain_verifies_and_its_head_is_anchored_outside_the_database(world: World) -> None:
    report = verify(world.organisation.id)
    assert report.whole, (report.faults, report.unexplained)
    with world.use():
        assert report.entries == Entry.objects.count() > 20
    assert anchors.read()[world.organisation.id][report.entries] == report.head


@pytest.mark.parametrize(
    "column",
    ["kind", "subject_type", "policy_version", "at", "actor_id", "subject_id", "payload_hash", "previous_hash", "hash"],
)
def test_an_edit_of_any_column_is_found(world: World, column: str) -> None:
    new = {
        "at": "at + interval '1 minute'",
        "actor_id": "gen_random_uuid()",
        "subject_id": "gen_random_uuid()",
        "payload_hash": "sha256('x')",
        "previous_hash": "sha256('x')",
        "hash": "sha256('x')",
    }.get(column, "'other'")
    sql = f"UPDATE ledger_entry SET {column} = {new} WHERE organisation_id = %s AND sequence = 7"
    assert any("entry 7" in fault or "entry 8" in fault for fault in faults(world, sql, world.organisation.id))


def test_an_edited_payload_is_found(world: World) -> None:
    sql = """UPDATE ledger_payload SET body = '{"code":"x"}' WHERE entry_id =
             (SELECT id FROM ledger_entry WHERE organisation_id = %s AND sequence = 3)"""
    assert faults(world, sql, world.organisation.id) == ["entry 3: its payload was changed after it was written"]


def test_a_payload_emptied_without_a_decision_is_found(world: World) -> None:
    sql = """UPDATE ledger_payload SET body = NULL WHERE entry_id =
             (SELECT id FROM ledger_entry WHERE organisation_id = %s AND sequence = 3)"""
    assert faults(world, sql, world.organisation.id)


@pytest.mark.parametrize("sequence", [1, 9])
def test_a_deleted_entry_is_found(world: World, sequence: int) -> None:
    sql = """WITH payload AS (DELETE FROM ledger_payload WHERE entry_id =
                  (SELECT id FROM ledger_entry WHERE organisation_id = %s AND sequence = %s))
             DELETE FROM ledger_entry WHERE organisation_id = %s AND sequence = %s"""
    which = (world.organisation.id, sequence)
    assert faults(world, sql, *which, *which)


def test_an_inserted_entry_is_found(world: World) -> None:
    sql = """INSERT INTO ledger_entry SELECT gen_random_uuid(), (SELECT max(sequence) + 1 FROM ledger_entry
             WHERE organisation_id = %s), kind, actor_id, subject_type, subject_id, at, policy_version, payload_hash,
             previous_hash, hash, organisation_id FROM ledger_entry WHERE organisation_id = %s AND sequence = 5"""
    assert faults(world, sql, world.organisation.id, world.organisation.id)


def test_two_swapped_entries_are_found(world: World) -> None:
    sql = """UPDATE ledger_entry SET sequence = CASE sequence WHEN 4 THEN 100004 ELSE 100005 END
             WHERE organisation_id = %s AND sequence IN (4, 5)"""
    assert faults(world, sql, world.organisation.id)
    back = """UPDATE ledger_entry SET sequence = CASE sequence WHEN 100004 THEN 5 ELSE 4 END
              WHERE organisation_id = %s AND sequence IN (100004, 100005)"""
    assert faults(world, back, world.organisation.id)


@pytest.mark.parametrize("cut", [1, 3, 10])
def test_a_tail_cut_is_found_even_when_the_head_row_was_set_back(world: World, cut: int) -> None:
    organisation = world.organisation.id
    keep = verify(organisation).entries - cut
    with insider(organisation) as connection:
        connection.execute(
            "DELETE FROM ledger_payload WHERE entry_id IN (SELECT id FROM ledger_entry WHERE sequence > %s)", [keep]
        )
        connection.execute("DELETE FROM ledger_entry WHERE sequence > %s", [keep])
        connection.execute(
            "UPDATE ledger_head SET sequence = %s, hash = (SELECT hash FROM ledger_entry WHERE sequence = %s)",
            [keep, keep],
        )
    found = verify(organisation).faults
    assert len(found) == cut
    assert all("anchored outside" in fault for fault in found)


def test_an_insider_without_the_key_cannot_make_a_chain_that_verifies(world: World) -> None:
    before = settings.HEEDFUL_LEDGER_KEY
    try:
        settings.HEEDFUL_LEDGER_KEY = b"another key altogether, 32 bytes"
        with world.use(), history.entry():
            write(kind="event.recorded", by=world.system, at=START)
    finally:
        settings.HEEDFUL_LEDGER_KEY = before
    assert any("was changed after it was written" in fault for fault in verify(world.organisation.id).faults)


def test_the_app_role_can_neither_change_nor_delete_an_entry(world: World) -> None:
    for attempt in (
        lambda: Entry.objects.update(kind="other"),
        lambda: Entry.objects.all().delete(),
        lambda: connection.cursor().execute("UPDATE people_service_history SET name = 'x'"),
    ):
        with pytest.raises(DatabaseError), world.use(), transaction.atomic():
            attempt()


def test_row_history_without_a_ledger_entry_is_listed(world: World) -> None:
    with world.use():
        Service.objects.filter(pk=world.home.pk).update(name="Quietly renamed")
    report = verify(world.organisation.id)
    assert report.faults == []
    assert len(report.unexplained) == 1
    assert "people_service_history: update" in report.unexplained[0]


def test_an_operation_that_fails_leaves_neither_rows_nor_entry(world: World) -> None:
    before = verify(world.organisation.id).entries
    with pytest.raises(RuntimeError, match="power cut"), world.use(), history.entry():
        people.add_team(service=world.home, name="Ghost", by=world.system, at=START)
        raise RuntimeError("power cut")
    report = verify(world.organisation.id)
    assert report.entries == before
    assert report.whole


def test_writing_outside_a_transaction_is_refused(world: World) -> None:
    with pytest.raises(RuntimeError, match="own transaction"):
        write(kind="event.recorded", by=world.system, at=START)


def test_one_person_can_be_forgotten_and_the_chain_still_verifies(world: World) -> None:
    canary = f"Canary{world.organisation.id.hex}"
    asks, agrees = world.viewer("nominated_individual"), world.viewer("administrator")
    with world.use():
        person = people.admit(name=canary, known_as=canary, service=world.home, by=world.system, at=START)
        people.relate(person=person, name=f"{canary} junior", relationship="son", by=world.system, at=START)
        told = {
            "words": f"{canary} fell by the bed. {canary} is fine.",
            "made_safe": f"Sat {canary} up.",
            "involved": (Named(part="affected", person_id=person.pk),),
        }
    event = reports.told(world, **told).event
    both = (Named(part="affected", person_id=person.pk), Named(part="affected", person_id=world.people[0].pk))
    shared = reports.told(world, words=f"{canary} and Mr Kettleby argued about the chair.", involved=both).event
    with world.use():
        decision = people_erasure.ask_to_erase(person=person, why="asked_for", by=asks, at=START)
        with pytest.raises(erasure.ErasureRefused):
            erasure.agree(erasure=decision, by=asks, at=START)
        erasure.agree(erasure=decision, by=agrees, at=START + timedelta(hours=1))
    assert canary in dump()
    run_jobs(world.organisation.id)
    assert canary not in dump()
    report = verify(world.organisation.id)
    assert report.whole, (report.faults, report.unexplained)
    assert report.erased >= 4
    with world.use():
        assert Payload.objects.filter(erased_under=decision.pk).count() == report.erased
        assert Event.objects.get(pk=event.pk).words == "[erased]"
        assert Event.objects.get(pk=shared.pk).words == "[erased] and Mr Kettleby argued about the chair."


def test_a_legal_hold_stops_erasing(world: World) -> None:
    with world.use():
        with history.entry():
            Person.objects.filter(pk=world.people[0].pk).update(legal_hold=True)
            write(kind="person.held", by=world.system, at=START, subject_id=world.people[0].pk)
        person = Person.objects.get(pk=world.people[0].pk)
        with pytest.raises(erasure.ErasureRefused, match="legal hold"):
            people_erasure.ask_to_erase(person=person, why="asked_for", by=world.viewer("administrator"), at=START)


def test_history_cannot_be_forgotten_without_an_agreed_decision(world: World) -> None:
    with world.use():
        decision = people_erasure.ask_to_erase(
            person=world.people[0], why="asked_for", by=world.viewer("administrator"), at=START
        )
    with pytest.raises(DatabaseError), world.use():
        erasure.forget_history(table="people_person_history", object_ids=[world.people[0].pk], erasure=decision)
