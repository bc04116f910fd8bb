"""Reviews: a decision opens one, an answer that stops at a person is asked about, and two writers lose nothing."""

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404

from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices.models import Notice
from heedful.foundation.people import erasure as people_erasure
from heedful.foundation.policies import Level
from heedful.loop.duties import operations as duties
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents.operations import Named
from heedful.loop.reviews import operations, queries
from heedful.loop.reviews.models import Finding, Review
from tests.support.jobs import run_jobs
from tests.support.reports import NOW, told
from tests.support.reviews import LATER, SAID, decide, finish, open_theme, write_all
from tests.support.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


def small(world: World, **said: Any) -> Any:
    known = {"type": "environment", "harm_body": "none", "harm_mind": "none", "met_clinical": "no", "met_family": "no"}
    return told(world, **(known | said)).event


def of(world: World, event: Any) -> Any:
    with world.use():
        return Review.objects.get(required_for_id=event.pk)


# --- opening ----------------------------------------------------------------------------------------------------


def test_every_decision_opens_a_review_led_by_whoever_decided_and_due_by_the_policy(world: World) -> None:
    event = small(world)
    decide(world, event, level=Level.REFLECT)
    row = of(world, event)
    assert (row.kind, row.lead_id) == ("reflection", world.accounts["registered_manager"].pk)
    assert row.due_on == NOW.date() + timedelta(days=7)
    assert row.policy_version == "reviews-default@1"


def test_the_worker_opens_it_and_running_it_twice_opens_no_second_one(world: World) -> None:
    event = small(world)
    decide(world, event, level=Level.NOTE)
    run_jobs(world.organisation.id)
    with world.use():
        operations.open_if_required(event_id=event.pk, by=world.system, at=LATER)
        assert Review.objects.filter(required_for_id=event.pk).count() == 1
        assert Entry.objects.filter(kind="review.opened").count() == 1
        assert not Notice.objects.filter(kind="review.yours").exists()


LEVELS = [
    (Level.NOTE, "reflection"),
    (Level.REVIEW, "after_action"),
    (Level.ENQUIRY, "structured"),
    (Level.EMERGENCY, "structured"),
]


@pytest.mark.parametrize(("level", "kind"), LEVELS)
def test_the_level_chooses_how_it_is_looked_into(world: World, level: Level, kind: str) -> None:
    event = small(world)
    decide(world, event, level=level)
    assert of(world, event).kind == kind


def test_several_small_ones_that_add_up_are_looked_at_together(world: World) -> None:
    about = (Named(part="affected", person_id=world.people[0].pk),)
    rows = [
        told(world, at=NOW - timedelta(days=days), harm_body="none", harm_mind="none", type="fall.found",
             met_clinical="no", met_family="no", involved=about).event
        for days in (20, 9, 0)
    ]  # fmt: skip
    decide(world, rows[-1])
    assert of(world, rows[-1]).kind == "thematic"


def test_deciding_again_raises_a_review_and_takes_nothing_written_away(world: World) -> None:
    event = small(world)
    decide(world, event, level=Level.REFLECT)
    write_all(world, of(world, event))
    with world.use():
        finish_at = of(world, event)
        operations.close_review(
            review_id=finish_at.pk, version=finish_at.version, by=world.viewer("registered_manager"), at=LATER
        )
        duties.answer(event_id=event.pk, words="Done.", by=world.viewer("registered_manager"), at=LATER)
        incidents.reopen(
            event_id=event.pk, why="Somebody was hurt after all.", by=world.viewer("registered_manager"), at=LATER
        )
    decide(world, event, level=Level.ENQUIRY, at=LATER + timedelta(days=30))
    row = of(world, event)
    assert (row.kind, row.closed_at, row.why) == ("structured", None, SAID["why"])
    assert row.due_on and row.due_on > LATER.date() + timedelta(days=40)


def test_an_imported_event_starts_no_review(world: World) -> None:
    with world.use():
        assert operations.open_if_required(event_id=small(world).pk, by=world.system, at=LATER) is None


def test_somebody_can_open_one_of_several_events_once(world: World) -> None:
    ids, key = [small(world).pk, small(world).pk], uuid4()
    lead = world.accounts["safeguarding_lead"].pk
    with world.use():
        rows = [
            operations.open_review(event_ids=ids, kind="huddle", lead_id=lead, due_on=date(2026, 4, 1), client_key=key,
                                   by=world.viewer("registered_manager"), at=LATER)
            for _ in range(2)
        ]  # fmt: skip
        assert rows[0].pk == rows[1].pk
        assert queries.subject(review_id=rows[0].pk, viewer=world.viewer("registered_manager")).event_ids == tuple(ids)
    run_jobs(world.organisation.id)
    with world.use():
        assert Notice.objects.filter(account_id=lead, kind="review.yours").count() == 1


def test_bad_openings_are_refused_where_they_were_typed(world: World) -> None:
    event, viewer = small(world), world.viewer("registered_manager")
    elsewhere = small(world, service_id=world.other_home.id)
    base = {"event_ids": [event.pk], "kind": "huddle", "by": viewer, "at": LATER}
    cases = [
        ({"event_ids": []}, "events"),
        ({"event_ids": [elsewhere.pk]}, "events"),
        ({"event_ids": [uuid4()]}, "events"),
        ({"kind": "chat"}, "kind"),
        ({"due_on": NOW.date() - timedelta(days=1)}, "due_on"),
        ({"lead_id": world.accounts["care_worker"].pk}, "lead"),
        ({"lead_id": world.accounts["manager_elsewhere"].pk}, "lead"),
    ]
    with world.use():
        for said, field in cases:
            with pytest.raises(operations.Refused) as refusal:
                operations.open_review(**(base | said))
            assert refusal.value.field == field
        assert not Review.objects.filter(required_for__isnull=True).exists()


# --- writing and closing ----------------------------------------------------------------------------------------


def test_what_is_missing_is_said_with_the_page_where_it_is_written(world: World) -> None:
    event = small(world)
    decide(world, event, level=Level.REFLECT)
    row = of(world, event)
    with world.use(), pytest.raises(operations.Refused) as refusal:
        operations.close_review(review_id=row.pk, version=1, by=world.viewer("registered_manager"), at=LATER)
    assert refusal.value.step == "what_happened"


def test_a_reflection_cannot_stop_at_a_person(world: World) -> None:
    event = small(world)
    decide(world, event, level=Level.REFLECT)
    row = write_all(world, of(world, event), what_made_it_likely="The carer forgot.", factors=[])
    viewer = world.viewer("registered_manager")
    with world.use(), pytest.raises(operations.Refused) as refusal:
        operations.close_review(review_id=row.pk, version=row.version, by=viewer, at=LATER)
    assert refusal.value.step == "beneath"
    assert "carer forgot" in str(refusal.value)
    with world.use():
        answers = operations.Answers(beneath="She had two rounds at once and no second pair of hands.")
        row = operations.answer(review_id=row.pk, version=row.version, answers=answers, by=viewer, at=LATER)
        row = operations.close_review(review_id=row.pk, version=row.version, by=viewer, at=LATER)
    assert row.closed_at is not None
    assert row.individual_only is False


def test_a_name_of_somebody_who_works_here_brings_the_next_question_too(world: World) -> None:
    event = small(world)
    decide(world, event, level=Level.REFLECT)
    row = write_all(world, of(world, event), what_made_it_likely="It was Joss on her own.")
    with world.use(), pytest.raises(operations.Refused, match="Joss"):
        operations.close_review(review_id=row.pk, version=row.version, by=world.viewer("registered_manager"), at=LATER)


def test_a_review_with_only_persons_as_its_cause_is_counted(world: World) -> None:
    first, second = small(world), small(world, type="records_ig")
    for event in (first, second):
        decide(world, event, level=Level.REFLECT)
    blame = {"why": "Staff error.", "what_made_it_likely": "The carer forgot.", "beneath": "She was careless again."}
    assert finish(world, of(world, first), **blame, factors=[]).individual_only is True
    assert finish(world, of(world, second)).individual_only is False
    with world.use():
        assert queries.individual_share(world.viewer("registered_manager")) == (1, 2)
        assert queries.individual_share(world.viewer("manager_elsewhere")) == (0, 0)


def test_a_structured_review_needs_factors_and_findings_each_answering_one(world: World) -> None:
    event, viewer = small(world), world.viewer("registered_manager")
    decide(world, event, level=Level.ENQUIRY)
    row = write_all(world, of(world, event), factors=[])
    with world.use():
        with pytest.raises(operations.Refused, match="Choose what played a part"):
            operations.close_review(review_id=row.pk, version=row.version, by=viewer, at=LATER)
        with pytest.raises(operations.Refused) as refusal:
            operations.add_finding(
                review_id=row.pk, version=row.version, text="A lamp.", factor="bad_luck", by=viewer, at=LATER
            )
        assert refusal.value.field == "factor"
        said = {"review_id": row.pk, "text": "A lamp on the landing.", "factor": "place.environment"}
        for _ in range(2):
            operations.add_finding(version=row.version, by=viewer, at=LATER, **said)
        row.refresh_from_db()
        assert row.factors == ["place.environment"]
        closed = operations.close_review(review_id=row.pk, version=row.version, by=viewer, at=LATER)
        assert queries.must_change(closed) == ["A lamp on the landing."]
        assert Finding.objects.filter(review=row).count() == 1


def test_what_two_people_write_at_once_is_shown_to_the_second_and_nothing_is_written_over(world: World) -> None:
    event = small(world)
    decide(world, event, level=Level.REFLECT)
    row = of(world, event)
    manager, leader = world.viewer("registered_manager"), world.viewer("team_leader")
    with world.use():
        first = operations.Answers(why="The lift was out.")
        operations.answer(review_id=row.pk, version=1, answers=first, by=manager, at=LATER)
        again = operations.answer(review_id=row.pk, version=1, answers=first, by=manager, at=LATER)
        assert again.version == 2, "the same words sent twice are kept once"
        with pytest.raises(operations.WrittenMeanwhile) as refusal:
            operations.answer(
                review_id=row.pk, version=1, answers=operations.Answers(why="No lift."), by=leader, at=LATER
            )
    assert refusal.value.review.why == "The lift was out."
    assert refusal.value.review.written_by == manager.account_id


def test_of_two_who_finish_at_once_one_is_told_what_the_other_did(world: World) -> None:
    event = small(world)
    decide(world, event, level=Level.REFLECT)
    row = write_all(world, of(world, event))
    barrier, found = Barrier(2), []

    def close(role: str) -> None:
        try:
            viewer = world.viewer(role)
            barrier.wait(timeout=10)
            with world.use():
                operations.close_review(review_id=row.pk, version=row.version, by=viewer, at=LATER)
            found.append("closed")
        except operations.ClosedMeanwhile as refusal:
            found.append(str(refusal.review.closed_by))
        finally:
            connection.close()

    threads = [Thread(target=close, args=(role,)) for role in ("registered_manager", "safeguarding_lead")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert "closed" in found and len(found) == 2
    assert {str(world.accounts[role].pk) for role in ("registered_manager", "safeguarding_lead")} & set(found)
    with world.use():
        assert Entry.objects.filter(kind="review.closed", subject_id=row.pk).count() == 1


def test_words_that_come_after_it_was_finished_are_refused_and_it_can_be_opened_again(world: World) -> None:
    event, viewer = small(world), world.viewer("registered_manager")
    decide(world, event, level=Level.REFLECT)
    row = finish(world, of(world, event))
    late = operations.Answers(why="There is more to it.")
    with world.use():
        with pytest.raises(operations.ClosedMeanwhile):
            operations.answer(review_id=row.pk, version=row.version, answers=late, by=viewer, at=LATER)
        with pytest.raises(operations.Refused):
            operations.reopen_review(review_id=row.pk, why=" ", by=viewer, at=LATER)
        row = operations.reopen_review(review_id=row.pk, why="More is known.", by=viewer, at=LATER)
        row = operations.answer(review_id=row.pk, version=row.version, answers=late, by=viewer, at=LATER)
    assert row.why == "There is more to it."


@pytest.mark.parametrize("field", ["factors", "weaknesses"])
def test_a_code_that_is_not_in_the_list_is_refused(world: World, field: str) -> None:
    event = small(world)
    decide(world, event, level=Level.REFLECT)
    with pytest.raises(operations.Refused, match="Choose from the list"):
        write_all(world, of(world, event), **{field: ["bad_luck"]})


def test_words_that_are_too_long_are_refused_and_never_cut(world: World) -> None:
    event = small(world)
    decide(world, event, level=Level.REFLECT)
    with pytest.raises(operations.Refused, match="4001"):
        write_all(world, of(world, event), why="x" * 4_001)


# --- who leads it, who sees it, and the case ---------------------------------------------------------------------


def test_a_review_can_be_handed_over_to_somebody_who_may_lead_it(world: World) -> None:
    event, viewer = small(world), world.viewer("registered_manager")
    decide(world, event, level=Level.REFLECT)
    row = of(world, event)
    leader = world.accounts["team_leader"].pk
    with world.use():
        assert [one.review.pk for one in queries.due(viewer)] == [row.pk]
        operations.hand_over_review(review_id=row.pk, lead_id=leader, by=viewer, at=LATER)
        assert queries.due(viewer) == []
        assert [one.review.pk for one in queries.due(world.viewer("team_leader"), LATER + timedelta(days=9))] == [
            row.pk
        ]
        assert queries.due(world.viewer("team_leader"), LATER + timedelta(days=9))[0].overdue
        with pytest.raises(operations.Refused):
            operations.hand_over_review(review_id=row.pk, lead_id=world.accounts["colleague"].pk, by=viewer, at=LATER)


def test_whoever_may_not_see_one_of_its_events_sees_nothing_of_the_review(world: World) -> None:
    plain, kept = small(world), small(world, confidential=True)
    shut = small(world, involved=(Named(part="alleged_source", staff_id=world.staff["team_leader"].pk),))
    lead = world.viewer("safeguarding_lead")
    with world.use():
        both = operations.open_review(event_ids=[plain.pk, shut.pk], kind="huddle", by=lead, at=LATER)
        alone = operations.open_review(event_ids=[plain.pk], kind="huddle", by=lead, at=LATER)
        away = operations.open_review(event_ids=[kept.pk], kind="huddle", by=lead, at=LATER)
        seen = {row.pk for row in queries.reviews_seen(world.viewer("team_leader"))}
        assert alone.pk in seen and both.pk not in seen
        assert [row.pk for row in queries.reviews_of(plain.pk, world.viewer("team_leader"))] == [alone.pk]
        with pytest.raises(Http404):
            operations.reopen_review(review_id=both.pk, why="x", by=world.viewer("team_leader"), at=LATER)
        for key in ("manager_elsewhere", "care_worker", "administrator", "commissioner"):
            assert not queries.reviews_seen(world.viewer(key)).exists(), key
        assert away.pk in {row.pk for row in queries.reviews_seen(lead)}


def test_no_case_is_answered_without_a_reflection_nor_while_one_is_open(world: World) -> None:
    event, viewer = small(world), world.viewer("registered_manager")
    decide(world, event, level=Level.REFLECT, settled=True)
    row = of(world, event)
    said = {"event_id": event.pk, "words": "The chair was changed.", "by": viewer, "at": LATER}
    with world.use(), pytest.raises(incidents.Refused, match="Finish the review"):
        duties.answer(**said)
    finish(world, row)
    with world.use():
        more = operations.open_review(event_ids=[event.pk], kind="huddle", by=viewer, at=LATER)
        with pytest.raises(incidents.Refused, match="Finish the review"):
            duties.answer(**said)
    finish(world, more)
    with world.use():
        duties.answer(**said)
        event.refresh_from_db()
        assert event.status == "answered"
        assert Entry.objects.filter(kind="event.answered", subject_id=event.pk).count() == 1


def test_a_case_nobody_has_looked_into_is_not_answered(world: World) -> None:
    event, viewer = small(world), world.viewer("registered_manager")
    decide(world, event, level=Level.REFLECT, settled=True)
    row = of(world, event)
    with world.use():
        from heedful.loop.duties.models import Reflection

        Reflection.objects.filter(event=event, review_id=row.pk).delete()
        with pytest.raises(incidents.Refused, match="Nobody has looked into it"):
            duties.answer(event_id=event.pk, words="Done.", by=viewer, at=LATER)


def test_forgetting_a_person_takes_what_was_written_about_their_events_and_leaves_that_it_was(world: World) -> None:
    about = (Named(part="affected", person_id=world.people[0].pk),)
    theirs, others = small(world, involved=about), small(world, type="records_ig")
    for event in (theirs, others):
        decide(world, event, level=Level.REFLECT)
        finish(world, of(world, event))
    theme = open_theme(world, [theirs.pk])
    with world.use():
        asked = people_erasure.ask_to_erase(
            person=world.people[0], why="asked_for", by=world.viewer("administrator"), at=LATER
        )
        people_erasure.agree_to_erase(erasure=asked, by=world.viewer("nominated_individual"), at=LATER)
    run_jobs(world.organisation.id)
    erased, kept = of(world, theirs), of(world, others)
    with world.use():
        theme.refresh_from_db()
    assert (erased.why, erased.beneath, theme.why) == ("[erased]", "", "[erased]")
    assert erased.closed_at is not None
    assert kept.why == SAID["why"]
