"""What is corrected, sent back, linked, opened again or passed on keeps what was there."""

from datetime import timedelta

import pytest

from heedful.foundation.ledger import verify
from heedful.foundation.ledger.models import Entry
from heedful.loop.incidents import operations, queries
from heedful.loop.incidents.models import Assignment
from heedful.loop.incidents.operations import MoveRefusedError, Named, NotAllowed, Refused, ReportRefused
from tests.support.reports import NOW, told
from tests.support.world import make_world


def test_a_correction_keeps_the_original_and_who_may_make_one_is_checked() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        manager = world.viewer("registered_manager")
        for words in ("He slid off the sofa.", "He slid off the sofa in the lounge."):
            operations.correct(event_id=event.pk, changes={"words": words}, why="CCTV", by=manager, at=NOW)
        versions = queries.versions_of(event)
        assert [one.number for one in versions] == [1, 2, 3]
        assert versions[0].body["words"] == event.words
        assert versions[2].body["title"] == "He slid off the sofa in the lounge"
        assert Entry.objects.filter(subject_id=event.pk, kind="event.corrected").count() == 2
        with pytest.raises(NotAllowed):
            operations.correct(
                event_id=event.pk, changes={"words": "x"}, why="", by=world.viewer("team_leader"), at=NOW
            )
        with pytest.raises(ReportRefused):
            operations.correct(event_id=event.pk, changes={"words": ""}, why="", by=manager, at=NOW)
        with pytest.raises(Refused):
            operations.correct(event_id=event.pk, changes={"status": "answered"}, why="", by=manager, at=NOW)
        assert verify.verify(world.organisation.id).whole


def test_a_correction_by_the_reporter_names_nobody() -> None:
    world = make_world()
    event = told(world, confidential=True).event
    with world.use():
        reporting = world.viewer("care_worker")
        operations.correct(event_id=event.pk, changes={"place": "Hall"}, why="", by=reporting, at=NOW)
        named = Named(part="alleged_source", staff_id=world.staff["colleague"].pk)
        operations.name_involved(event_id=event.pk, named=named, by=reporting, at=NOW)
        assert {one.changed_by for one in queries.versions_of(event)} == {None}
        reporter = world.accounts["care_worker"].pk
        assert not Entry.objects.filter(subject_id=event.pk, actor_id=reporter).exists()


def test_correcting_the_time_counts_the_event_on_its_new_day() -> None:
    world = make_world()
    event = told(world).event
    then = NOW - timedelta(days=3)
    with world.use():
        changes = {"occurred_from": then, "occurred_to": then}
        changed = operations.correct(
            event_id=event.pk, changes=changes, why="", by=world.viewer("registered_manager"), at=NOW
        )
        assert changed.local_date == then.date()


def test_sending_back_keeps_the_decider_and_an_answer_brings_it_back() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        before = Assignment.objects.get(event=event, ended_at__isnull=True)
        ask = {"event_id": event.pk, "by": world.viewer("registered_manager"), "at": NOW}
        first = operations.send_back(words="Which chair?", **ask)
        second = operations.send_back(words="Who else was there?", **ask)
        reporter = world.viewer("care_worker")
        operations.answer_question(question_id=first.pk, words="The blue one", by=reporter, at=NOW)
        event.refresh_from_db()
        assert event.status == "sent_back"
        operations.answer_question(question_id=second.pk, words="Dawit", by=reporter, at=NOW)
        event.refresh_from_db()
        assert event.status == "corrected"
        assert Assignment.objects.get(event=event, ended_at__isnull=True) == before
        with pytest.raises(Refused):
            operations.answer_question(question_id=second.pk, words="again", by=reporter, at=NOW)
        with pytest.raises(Refused):
            operations.send_back(words=" ", **ask)


def test_a_duplicate_waits_for_nobody_and_opening_it_again_finds_a_decider() -> None:
    world = make_world()
    first, second = told(world).event, told(world, by="colleague").event
    with world.use():
        manager = world.viewer("registered_manager")
        operations.link_duplicate(event_id=second.pk, other_id=first.pk, by=manager, at=NOW)
        second.refresh_from_db()
        assert second.status == "duplicate"
        assert not Assignment.objects.filter(event=second, ended_at__isnull=True).exists()
        assert [link.other_id for link in queries.links_of(second, viewer=manager)] == [first.pk]
        with pytest.raises(Refused):
            operations.link_duplicate(event_id=first.pk, other_id=second.pk, by=manager, at=NOW)
        with pytest.raises(MoveRefusedError):
            operations.send_back(event_id=second.pk, words="?", by=manager, at=NOW)
        operations.reopen(event_id=second.pk, why="Not the same fall", by=manager, at=NOW)
        second.refresh_from_db()
        assert second.status == "reopened" and queries.links_of(second, viewer=manager) == []
        assert Assignment.objects.get(event=second, ended_at__isnull=True).decider_id == manager.account_id


def test_a_decision_ends_the_waiting() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        manager = world.viewer("registered_manager")
        assert [one.event_id for one in queries.to_decide(manager)] == [event.pk]
        operations.decided(event_id=event.pk, by=manager, at=NOW)
        assert queries.to_decide(manager) == []
        assert queries.assignment_of(event) is None


def test_passing_on_goes_down_the_order_and_needs_a_reason() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        for role in ("registered_manager", "safeguarding_lead"):
            operations.pass_on(event_id=event.pk, why="I know the family", by=world.viewer(role), at=NOW)
        deciding = queries.assignment_of(event)
        assert deciding and deciding.decider_id == world.accounts["nominated_individual"].pk
        with pytest.raises(Refused):
            operations.pass_on(event_id=event.pk, why="", by=world.viewer("nominated_individual"), at=NOW)
