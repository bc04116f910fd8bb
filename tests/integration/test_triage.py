"""Triage: a suggestion with reasons, a person's decision, independent duties with their clocks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.http import Http404

from heedful.foundation.notices.models import Notice
from heedful.foundation.policies import Interval, Level
from heedful.loop.duties import operations as duties
from heedful.loop.duties import queries, reading
from heedful.loop.duties.models import Classification, FindOut, Triage
from heedful.loop.incidents import queries as events
from heedful.loop.incidents.operations import Named, NotAllowed
from tests.support.jobs import run_jobs
from tests.support.reports import NOW, told
from tests.support.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


def fall(world: World, *, days_ago: int = 0, **said):  # type: ignore[no-untyped-def]
    known = {
        "type": "fall.found",
        "harm_body": "none",
        "harm_mind": "none",
        "met_clinical": "no",
        "met_family": "no",
        "involved": (Named(part="affected", person_id=world.people[0].pk),),
    }
    return told(world, at=NOW - timedelta(days=days_ago), **(known | said)).event


def follow(world: World, event, *, by: str = "registered_manager", level: Level | None = None, **changes):  # type: ignore[no-untyped-def]
    """Decide as suggested, unless said otherwise."""
    viewer = world.viewer(by)
    with world.use():
        suggested = reading.suggest(events.event(event.pk, viewer=viewer), viewer=viewer)
        answers = tuple(
            duties.Answered(item.classification, "no" if item.answer == "ask" else item.answer, "Looked at and no.")
            for item in suggested.classifications
        )
        decision = duties.Decision(
            **({"level": level or suggested.level, "why": "A plain reason.", "classifications": answers} | changes)
        )
        return duties.triage(event_id=event.pk, decision=decision, by=viewer, at=NOW + timedelta(hours=1))


def test_a_third_small_fall_of_one_person_adds_up_in_view_of_the_decider(world: World) -> None:
    fall(world, days_ago=28)
    fall(world, days_ago=11)
    third = fall(world)
    viewer = world.viewer("registered_manager")
    with world.use():
        suggested = reading.suggest(third, viewer=viewer)
        before = reading.seen_before(third, viewer=viewer, days=90)
    assert suggested.level is Level.REVIEW
    assert suggested.thematic_review
    assert any("third" in reason.sentence or "3" in reason.sentence for reason in suggested.reasons)
    assert len(before) == 2
    assert all(row.same_person for row in before)


def test_one_small_fall_alone_is_not_a_review(world: World) -> None:
    event = fall(world)
    with world.use():
        assert reading.suggest(event, viewer=world.viewer("registered_manager")).level < Level.REVIEW


def test_worries_about_one_person_add_up_across_kinds(world: World) -> None:
    about = (Named(part="affected", person_id=world.people[1].pk),)
    worry = {"kinds": ("worry",), "involved": about, "type": "", "words": "She is very quiet this week."}
    told(world, at=NOW - timedelta(days=4), **worry)
    told(world, at=NOW - timedelta(days=2), by="colleague", **(worry | {"words": "She did not want her supper."}))
    bruise = told(world, **(worry | {"words": "A bruise on her arm, she does not know from what."})).event
    with world.use():
        before = reading.seen_before(bruise, viewer=world.viewer("safeguarding_lead"), days=90)
        suggested = reading.suggest(bruise, viewer=world.viewer("safeguarding_lead"))
    assert len(before) == 2
    assert suggested.level >= Level.REVIEW


def test_deciding_keeps_the_suggestion_the_reasons_and_the_policy_that_judged_it(world: World) -> None:
    row = follow(world, fall(world))
    with world.use():
        kept = Triage.objects.get(pk=row.pk)
    assert kept.level == kept.suggested == kept.stands_at
    assert kept.reasons
    assert kept.reasons[0]["rule"]
    assert kept.policy_version
    assert kept.decided_by == world.accounts["registered_manager"].pk


def test_a_lower_level_waits_for_a_second_person_and_the_higher_one_stands_meanwhile(world: World) -> None:
    event = fall(world, harm_body="severe")
    row = follow(world, event, level=Level.REFLECT)
    assert (row.level, row.stands_at) == ("L1", "L3")
    with world.use():
        lead, manager = world.viewer("safeguarding_lead"), world.viewer("registered_manager")
        assert [found.pk for found in queries.waiting_for_second_person(lead)] == [row.pk]
        assert queries.waiting_for_second_person(manager) == []
        with pytest.raises(duties.TriageRefused, match="Somebody else"):
            duties.agree_to_lower(triage_id=row.pk, by=manager, at=NOW)
        agreed = duties.agree_to_lower(triage_id=row.pk, by=lead, at=NOW + timedelta(hours=2))
        assert agreed.stands_at == "L1"
        assert queries.waiting_for_second_person(lead) == []
    with pytest.raises(duties.TriageRefused), world.use():
        duties.agree_to_lower(triage_id=row.pk, by=lead, at=NOW + timedelta(hours=3))


def test_the_database_itself_refuses_that_one_person_agrees_with_themselves(world: World) -> None:
    row = follow(world, fall(world))
    with pytest.raises(IntegrityError), world.use():
        Triage.objects.filter(pk=row.pk).update(agreed_by=row.decided_by)


def test_raising_is_free(world: World) -> None:
    row = follow(world, fall(world), level=Level.ENQUIRY)
    assert (row.level, row.stands_at) == ("L3", "L3")
    with world.use():
        assert queries.overrides(row.decided_by) == (1, 1)


def test_one_event_can_be_several_things_at_once_each_with_its_own_clock(world: World) -> None:
    event = fall(world, harm_body="severe", kinds=("incident", "complaint"), met_safeguarding="yes")
    follow(world, event)
    with world.use():
        rows = {row.kind: row for row in queries.classifications_of(event.pk)}
        yes = {kind for kind, row in rows.items() if row.answer == "yes"}
        assert {"complaint", "safeguarding_concern", "cqc_notification"} <= yes
        assert all(row.due_at for row in rows.values() if row.answer == "yes")
        assert not any(row.due_at for row in rows.values() if row.answer == "no")
        assert len({rows[kind].due_at for kind in yes}) > 1


def test_a_clock_starts_when_somebody_became_aware_not_when_it_was_decided(world: World) -> None:
    heard = NOW - timedelta(hours=5)
    event = fall(world, harm_body="severe", occurred=Interval.exactly(heard - timedelta(hours=1)), aware_at=heard)
    follow(world, event)
    with world.use():
        notify = next(row for row in queries.classifications_of(event.pk) if row.kind == "safeguarding_concern")
        rules = reading.rules_for(event)
        duty = next(item for item in rules.duties.duties if item.slug == "safeguarding_concern")
        from heedful.foundation.policies import deadline_for

        expected = deadline_for(
            rules.clocks.clock(duty.clock), event.aware_at, zone=event.service.time_zone, nation=event.service.nation
        )
    assert notify.due_at == expected


def test_a_decision_otherwise_than_suggested_needs_its_reason(world: World) -> None:
    event = fall(world, harm_body="severe")
    answers = tuple(duties.Answered(kind, "no") for kind in ("complaint", "safeguarding_concern"))
    with pytest.raises(duties.TriageRefused) as refused:
        follow(world, event, classifications=answers)
    assert refused.value.field == "safeguarding_concern_why"
    with world.use():
        assert not Triage.objects.filter(event_id=event.pk).exists()
        assert not Classification.objects.filter(event_id=event.pk).exists()


def test_a_decision_without_a_reason_is_refused_where_it_was_typed(world: World) -> None:
    with pytest.raises(duties.TriageRefused) as refused:
        follow(world, fall(world), why="  ")
    assert refused.value.field == "why"


def test_what_is_not_known_gets_a_clock_and_an_answer(world: World) -> None:
    event = fall(world, harm_body="unknown", harm_mind="unknown", met_safeguarding="unsure")
    row = follow(world, event)
    manager = world.viewer("registered_manager")
    with world.use():
        open_ones = queries.to_find_out(event.pk)
        assert open_ones
        assert all(found.due_at <= row.decided_at + timedelta(hours=24) for found in open_ones)
        first = open_ones[0]
        with pytest.raises(duties.TriageRefused):
            duties.answer_open_question(find_out_id=first.pk, answer=" ", by=manager, at=NOW)
        duties.answer_open_question(find_out_id=first.pk, answer="No bump, no pain.", by=manager, at=NOW)
        assert first.pk not in {found.pk for found in queries.to_find_out(event.pk)}
        assert FindOut.objects.get(pk=first.pk).answer == "No bump, no pain."


def test_doing_a_duty_keeps_its_reference_number_and_leaves_the_list(world: World) -> None:
    event = fall(world, harm_body="severe")
    follow(world, event)
    manager = world.viewer("registered_manager")
    with world.use():
        due = [row for row in queries.duties_due(manager) if row.event_id == event.pk]
        assert due == sorted(due, key=lambda row: row.due_at)
        duties.do_duty(classification_id=due[0].pk, reference_number="ASH-2210", by=manager, at=NOW)
        assert due[0].pk not in {row.pk for row in queries.duties_due(manager)}
        with pytest.raises(duties.TriageRefused):
            duties.do_duty(classification_id=due[0].pk, reference_number="x", by=manager, at=NOW)


def test_who_does_not_decide_for_the_service_cannot_and_does_not_see_that_it_exists(world: World) -> None:
    event = fall(world)
    decision = duties.Decision(level=Level.NOTE, why="No.")
    with pytest.raises(Http404), world.use():
        duties.triage(event_id=event.pk, decision=decision, by=world.viewer("manager_elsewhere"), at=NOW)
    with pytest.raises(NotAllowed), world.use():
        duties.triage(event_id=event.pk, decision=decision, by=world.viewer("team_leader"), at=NOW)
    with world.use():
        assert queries.duties_due(world.viewer("manager_elsewhere")) == []


def test_the_manager_named_as_source_of_harm_neither_decides_nor_sees_the_duties(world: World) -> None:
    named = Named(part="alleged_source", staff_id=world.staff["registered_manager"].pk)
    event = fall(world, harm_body="moderate", involved=(named,))
    manager = world.viewer("registered_manager")
    decision = duties.Decision(level=Level.NOTE, why="Nothing to see.")
    with pytest.raises(Http404), world.use():
        duties.triage(event_id=event.pk, decision=decision, by=manager, at=NOW)
    follow(world, event, by="safeguarding_lead")
    with world.use():
        assert queries.duties_due(manager) == []
        assert queries.find_outs_due(manager) == []


def test_deciding_again_supersedes_and_never_changes_the_first_decision(world: World) -> None:
    event = fall(world)
    first = follow(world, event)
    second = follow(world, event, level=Level.ENQUIRY)
    with world.use():
        assert [row.number for row in queries.triages_of(event.pk)] == [1, 2]
        assert Triage.objects.get(pk=first.pk).level == first.level
        assert queries.triage_of(event.pk).pk == second.pk  # type: ignore[union-attr]
        kinds = [row.kind for row in queries.classifications_of(event.pk)]
        assert len(kinds) == len(set(kinds))


def test_small_events_of_different_kinds_about_one_person_add_up(world: World) -> None:
    fall(world, days_ago=20)
    fall(world, days_ago=9, type="medication.wrong_time")
    third = fall(world, type="nutrition_hydration.weight_loss")
    with world.use():
        suggested = reading.suggest(third, viewer=world.viewer("registered_manager"))
    assert suggested.level is Level.REVIEW
    assert "2 other worries or small events" in " ".join(reason.sentence for reason in suggested.reasons)


def test_a_busy_place_is_no_pattern_of_one_person_but_one_of_the_place_itself(world: World) -> None:
    lounge = {"place": "Lounge", "harm_mind": "none"}
    for number, days in ((0, 12), (1, 6)):
        fall(world, days_ago=days, involved=(Named(part="affected", person_id=world.people[number].pk),), **lounge)
    stranger = fall(world, involved=(Named(part="affected", person_id=world.people[2].pk),), **lounge)
    floor = {"place": "Hall", "type": "environment.premises", "involved": ()}
    fall(world, days_ago=12, **floor)
    fall(world, days_ago=6, **floor)
    wet = fall(world, **floor)
    manager = world.viewer("registered_manager")
    with world.use():
        assert reading.suggest(stranger, viewer=manager).level < Level.REVIEW
        assert reading.suggest(wet, viewer=manager).level is Level.REVIEW
        waiting = [one.event for one in events.waiting_for_decision(manager)]
        pictures = queries.adding_up(manager, waiting, NOW)
    assert [(one.kind, len(one.events)) for one in pictures] == [("place", 3)]


def test_not_being_sure_gives_a_day_and_deciding_again_does_not_give_another(world: World) -> None:
    event, manager = fall(world), world.viewer("registered_manager")
    with world.use():
        suggested = reading.suggest(event, viewer=manager)
    kinds = [one.classification for one in suggested.classifications]
    answers = tuple(duties.Answered(kind, "unsure" if kind == "complaint" else "no", "Asked.") for kind in kinds)
    first = follow(world, event, classifications=answers)
    with world.use():
        (row,) = [one for one in queries.duties_due(manager) if one.event_id == event.pk]
    assert (row.kind, row.due_at) == ("complaint", first.decided_at + timedelta(hours=24))
    with world.use():
        decision = duties.Decision(level=suggested.level, why="Again.", classifications=answers)
        duties.triage(event_id=event.pk, decision=decision, by=manager, at=NOW + timedelta(hours=20))
        assert next(one for one in queries.classifications_of(event.pk) if one.kind == "complaint").due_at == row.due_at


def test_only_what_was_said_to_be_unsure_starts_the_clock(world: World) -> None:
    event = fall(world)
    with world.use():
        asked = reading.suggest(event, viewer=world.viewer("registered_manager")).find_out
    follow(world, event)
    assert asked and all(item.said == "unanswered" for item in asked)
    with world.use():
        assert queries.to_find_out(event.pk) == []


@pytest.mark.parametrize("role", ["inspector", "team_leader", "independent_contact"])
def test_who_may_only_read_does_no_duty_and_agrees_to_nothing(world: World, role: str) -> None:
    event = fall(world, harm_body="severe")
    row = follow(world, event, level=Level.REFLECT)
    reader = world.viewer(role)
    with world.use():
        duty = next(one for one in queries.classifications_of(event.pk) if one.answer == "yes")
        assert queries.things_due(reader, NOW) == []
    with pytest.raises(NotAllowed), world.use():
        duties.agree_to_lower(triage_id=row.pk, by=reader, at=NOW)
    with pytest.raises(NotAllowed), world.use():
        duties.do_duty(classification_id=duty.pk, reference_number="x", by=reader, at=NOW)


def test_a_lowered_decision_that_was_replaced_waits_for_nobody(world: World) -> None:
    event = fall(world, harm_body="severe")
    row = follow(world, event, level=Level.REFLECT)
    follow(world, event, by="safeguarding_lead")
    with world.use():
        assert queries.waiting_for_second_person(world.viewer("nominated_individual")) == []
    with pytest.raises(duties.TriageRefused, match="does not wait"), world.use():
        duties.agree_to_lower(triage_id=row.pk, by=world.viewer("nominated_individual"), at=NOW)


def test_decisions_are_told_with_the_names_of_who_made_them(world: World) -> None:
    event = fall(world, harm_body="severe")
    row = follow(world, event, level=Level.REFLECT)
    with world.use():
        duties.agree_to_lower(triage_id=row.pk, by=world.viewer("safeguarding_lead"), at=NOW)
        (told_as,) = queries.decisions_of(event.pk)
    assert told_as.decided_by == world.accounts["registered_manager"].name
    assert told_as.agreed_by == world.accounts["safeguarding_lead"].name
    assert not told_as.waits


def test_a_lowered_decision_asks_the_lead_for_a_second_look_once_and_never_its_decider(world: World) -> None:
    row = follow(world, fall(world, harm_body="severe"), level=Level.REFLECT)
    run_jobs(world.organisation.id)
    with world.use():
        asked = [one.account_id for one in Notice.objects.filter(kind="event.second_look", cause_id=row.pk)]
    assert asked == [world.accounts["safeguarding_lead"].pk]


def test_the_lead_who_lowers_is_checked_by_somebody_else_who_is_not_shut_out(world: World) -> None:
    named = Named(part="alleged_source", staff_id=world.staff["registered_manager"].pk)
    event = fall(world, harm_body="severe", involved=(named,))
    row = follow(world, event, by="safeguarding_lead", level=Level.REFLECT)
    run_jobs(world.organisation.id)
    with world.use():
        asked = [one.account_id for one in Notice.objects.filter(kind="event.second_look", cause_id=row.pk)]
    assert asked == [world.accounts["nominated_individual"].pk]


def test_deciding_as_suggested_asks_nobody(world: World) -> None:
    row = follow(world, fall(world, harm_body="severe"))
    run_jobs(world.organisation.id)
    with world.use():
        assert not Notice.objects.filter(cause_id=row.pk).exists()
