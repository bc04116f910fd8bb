"""Proving that a change was done, who sees it, and what happens by itself when it is late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from heedful.foundation.ledger import history
from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.operations import write
from heedful.foundation.ledger.verify import verify
from heedful.foundation.notices.models import Notice
from heedful.loop.actions import operations, queries
from heedful.loop.actions.models import Action, Escalation, Evidence, PlanUpdate
from heedful.loop.actions.operations import Refused
from heedful.loop.audits.models import Audit
from heedful.loop.incidents.models import ShutOut
from heedful.loop.incidents.operations import Named
from heedful.loop.reviews import operations as reviews
from tests.support.acting import LATER, LEADER, MANAGER, TODAY, affected, agreed, done, refusal, reviewed
from tests.support.jobs import run_jobs
from tests.support.world import World, make_world


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


# --- care plans, done, checked ---------------------------------------------------------------------------------


def test_done_waits_for_every_care_plan_and_says_whose(world: World) -> None:
    review = reviewed(world, involved=affected(world))
    action = agreed(world, review.pk, person_ids=[one.pk for one in world.people[:2]])
    leader = world.viewer(LEADER)
    with world.use():
        with pytest.raises(Refused, match="Arthur Kettleby, Ingrid Lindqvist"):
            operations.say_done(action_id=action.pk, words="There.", by=leader, at=LATER)
        for plan in queries.outstanding(action):
            with pytest.raises(Refused, match="where it can be read"):
                operations.record_plan_update(plan_id=plan.pk, proof="", by=leader, at=LATER)
            operations.record_plan_update(plan_id=plan.pk, proof="Plan, page 3.", by=leader, at=LATER)
        assert queries.outstanding(action) == []
        assert operations.say_done(action_id=action.pk, words="There.", by=leader, at=LATER).state == "done"


def test_only_people_whom_the_events_are_about_have_plans_to_update(world: World) -> None:
    assert "these events are about" in refusal(world, "person_ids", person_ids=[world.people[2].pk])


def test_done_needs_something_that_shows_it(world: World) -> None:
    action = agreed(world)
    with world.use(), pytest.raises(Refused, match="what shows that it is in place"):
        operations.say_done(action_id=action.pk, words="", by=world.viewer(LEADER), at=LATER)


@pytest.mark.parametrize(
    ("lead", "said_by", "words"),
    [
        (MANAGER, LEADER, "You lead this"),
        (LEADER, MANAGER, "You said that it is done"),
    ],
)
def test_the_second_person_is_neither_the_lead_nor_who_said_so(
    world: World, lead: str, said_by: str, words: str
) -> None:
    action = agreed(
        world, lead_id=world.staff[lead].pk, deputy_id=world.staff[said_by].pk if said_by == LEADER else None
    )
    done(world, action, by=said_by)
    with world.use():
        with pytest.raises(Refused, match=words):
            operations.verify(action_id=action.pk, by=world.viewer(MANAGER), at=LATER)
        assert Action.objects.get(pk=action.pk).state == "done"
        row = operations.verify(action_id=action.pk, by=world.viewer("safeguarding_lead"), at=LATER)
    assert (row.state, row.verified_by) == ("verified", world.accounts["safeguarding_lead"].pk)


def test_sent_back_is_agreed_again_and_what_was_shown_stays(world: World) -> None:
    action = done(world, agreed(world))
    with world.use():
        with pytest.raises(Refused, match="what is missing"):
            operations.send_back(action_id=action.pk, why="", by=world.viewer(MANAGER), at=LATER)
        operations.send_back(action_id=action.pk, why="Nights have none.", by=world.viewer(MANAGER), at=LATER)
    done(world, action, words="Nights have one too.")
    with world.use():
        shown = queries.evidence_of(action)
        assert [(one.number, one.sent_back_why) for one in shown] == [(2, ""), (1, "Nights have none.")]
        assert operations.verify(action_id=action.pk, by=world.viewer(MANAGER), at=LATER).state == "verified"


@pytest.mark.parametrize("move", ["verify", "send_back", "say_done", "extend", "drop"])
def test_what_is_checked_moves_no_more(world: World, move: str) -> None:
    action = done(world, agreed(world))
    said: dict[str, dict[str, Any]] = {
        "send_back": {"why": "No."},
        "say_done": {"words": "Again."},
        "extend": {"reason": "More.", "due_on": action.due_on + timedelta(days=3)},
        "drop": {"why": "No."},
    }
    with world.use():
        operations.verify(action_id=action.pk, by=world.viewer(MANAGER), at=LATER)
        verb: Callable[..., Any] = getattr(operations, move)
        with pytest.raises(Refused, match="It is done and was checked"):
            verb(action_id=action.pk, by=world.viewer("safeguarding_lead"), at=LATER, **said.get(move, {}))


# --- who sees it -----------------------------------------------------------------------------------------------


def test_whoever_leads_it_sees_the_action_and_not_the_case(world: World) -> None:
    action = agreed(world, lead_id=world.staff["colleague"].pk)
    with world.use():
        viewer = world.viewer("colleague")
        assert queries.action(action.pk, viewer=viewer).pk == action.pk
        assert not queries.sees_the_case(action, viewer)
        with pytest.raises(Http404):
            queries.action(action.pk, viewer=world.viewer("manager_elsewhere"))


def test_somebody_who_is_shut_out_later_sees_nothing_of_it_any_more(world: World) -> None:
    action = agreed(world, lead_id=world.staff["colleague"].pk)
    with world.use(), history.entry():
        (event,) = queries.subject_of(Action.objects.select_related("review").get(pk=action.pk)).event_ids
        ShutOut.objects.create(
            organisation_id=world.organisation.id, event_id=event, staff=world.staff["colleague"], named_at=LATER
        )
        write(kind="test.shut_out", by=world.system, at=LATER, subject_id=event)
    with world.use():
        viewer = world.viewer("colleague")
        assert action.pk not in [one.action.pk for one in queries.mine(viewer, LATER)]
        with pytest.raises(Http404):
            queries.action(action.pk, viewer=viewer)


def test_actions_of_a_theme_belong_to_it_and_to_its_events(world: World) -> None:
    review = reviewed(world)
    with world.use():
        manager = world.viewer(MANAGER)
        (event,) = queries.subject_of(agreed_row(world, review.pk)).event_ids
        theme = reviews.open_theme(
            name="Chairs", why="Always the lounge.", by=manager, at=LATER, client_key=uuid4(), event_ids=[event]
        )
    action = agreed(world, None, theme_id=theme.pk, kind="building")
    with world.use():
        assert action.pk in [one.pk for one in queries.actions_of(theme_id=theme.pk, viewer=manager)]
        assert action.pk in [one.pk for one in queries.actions_of(event_id=event, viewer=manager)]
        assert queries.aims(action.pk)[0].theme_id == theme.pk


def agreed_row(world: World, review_id: Any) -> Action:
    found = agreed(world, review_id)
    return Action.objects.select_related("review", "theme").get(pk=found.pk)


# --- by itself -------------------------------------------------------------------------------------------------


def late(action: Action, days: int) -> datetime:
    return LATER + (action.due_on - TODAY) + timedelta(days=days)


def test_delay_climbs_one_step_at_a_time_and_each_step_once() -> None:
    world = make_world()
    action = agreed(world)
    told: list[set[Any]] = []
    for days in (0, 1, 1, 4, 8, 15, 40):
        with world.use():
            operations.escalate_overdue(organisation_id=world.organisation.id, at=late(action, days))
            found = Notice.objects.filter(kind="action.overdue", link=f"/actions/{action.pk}/")
            told.append(set(found.values_list("account_id", flat=True)))
    who = {key: world.accounts[key].pk for key in (LEADER, MANAGER, "safeguarding_lead", "nominated_individual")}
    steps = [set(), {who[LEADER]}]
    steps += [steps[-1], steps[-1] | {who[MANAGER]}]
    steps += [steps[-1] | {who["safeguarding_lead"]}]
    steps += [steps[-1] | {who["nominated_individual"]}] * 2
    assert told == steps
    with world.use():
        assert [one.who for one in queries.escalations_of(action)] == [
            "lead", "registered_manager", "safeguarding_lead", "nominated_individual",
        ]  # fmt: skip
        assert Entry.objects.filter(kind="action.escalated", subject_id=action.pk).count() == 4


def test_days_that_the_job_missed_are_caught_up_and_an_extension_begins_anew() -> None:
    world = make_world()
    action = agreed(world)
    with world.use():
        steps = operations.escalate_overdue(organisation_id=world.organisation.id, at=late(action, 9))
        assert [one.who for one in steps] == ["lead", "registered_manager", "safeguarding_lead"]
        row = operations.extend(
            action_id=action.pk, due_on=action.due_on + timedelta(days=20), reason="No rail.",
            by=world.viewer(MANAGER), at=late(action, 9),
        )  # fmt: skip
        assert operations.escalate_overdue(organisation_id=world.organisation.id, at=late(action, 10)) == []
        steps = operations.escalate_overdue(organisation_id=world.organisation.id, at=late(row, 1))
        assert [one.who for one in steps] == ["lead"]
        assert Escalation.objects.filter(action=action).count() == 4


def test_what_is_done_or_dropped_is_late_no_more() -> None:
    world = make_world()
    action, other = done(world, agreed(world)), agreed(world, kind="building")
    with world.use():
        operations.drop(action_id=other.pk, why="Sold.", by=world.viewer(MANAGER), at=LATER)
        assert operations.escalate_overdue(organisation_id=world.organisation.id, at=late(action, 30)) == []


def test_nobody_who_is_shut_out_hears_that_it_is_late() -> None:
    world = make_world()
    source = Named(part="alleged_source", staff_id=world.staff[MANAGER].pk)
    review = reviewed(world, by="safeguarding_lead", involved=(source,))
    action = agreed(world, review.pk, by="safeguarding_lead", lead_id=world.staff["colleague"].pk)
    with world.use():
        operations.escalate_overdue(organisation_id=world.organisation.id, at=late(action, 30))
        told = set(Notice.objects.filter(kind="action.overdue").values_list("account_id", flat=True))
    assert world.accounts[MANAGER].pk not in told
    assert world.accounts["nominated_individual"].pk in told


def test_nobody_whom_a_name_in_doubt_may_mean_hears_of_it_until_it_is_matched() -> None:
    """Big Dave may be the manager; nobody knows yet. The nominated individual stands apart, and hears."""
    world = make_world()
    named = Named(part="alleged_source", name="Big Dave")
    review = reviewed(world, by="safeguarding_lead", involved=(named,))
    action = agreed(world, review.pk, by="safeguarding_lead", lead_id=world.staff["colleague"].pk)
    manager, individual = (world.accounts[role].pk for role in (MANAGER, "nominated_individual"))
    leads = world.accounts["colleague"].pk

    def told(kind: str) -> set[UUID]:
        with world.use():
            return set(Notice.objects.filter(kind=kind).values_list("account_id", flat=True))

    with world.use():
        operations.escalate_overdue(organisation_id=world.organisation.id, at=late(action, 30))
        by = world.viewer("safeguarding_lead")
        operations.say_done(action_id=action.pk, words="It hangs there.", by=by, at=late(action, 31))
    run_jobs(world.organisation.id)
    assert {individual, leads} <= told("action.overdue")
    assert manager not in told("action.overdue") | told("action.done")
    assert told("action.done")
    plain = agreed(world, lead_id=world.staff["colleague"].pk)
    with world.use():
        operations.escalate_overdue(organisation_id=world.organisation.id, at=late(plain, 30))
    assert manager in told("action.overdue")


def test_agreeing_plans_its_checks_and_tells_the_lead_by_itself() -> None:
    world = make_world()
    action = agreed(world)
    run_jobs(world.organisation.id)
    with world.use():
        planned_for = list(Audit.objects.filter(action=action).order_by("due_on").values_list("due_on", flat=True))
        assert planned_for == list(action.reaudit_on)
        told = Notice.objects.get(kind="action.agreed")
        assert told.account_id == world.accounts[LEADER].pk
    done(world, action)
    run_jobs(world.organisation.id)
    with world.use():
        assert Notice.objects.get(kind="action.done").account_id == world.accounts[MANAGER].pk
    assert verify(world.organisation.id).whole


def test_the_verdict_can_be_told_to_an_action_and_twice_is_once(world: World) -> None:
    action = agreed(world)
    with world.use():
        for _ in range(2):
            operations.know_outcome(action_id=action.pk, outcome="no_change", by=world.system, at=LATER)
        assert Action.objects.get(pk=action.pk).known_outcome == "no_change"
        assert Entry.objects.filter(kind="action.outcome_known", subject_id=action.pk).count() == 1


def test_every_verb_writes_one_entry_and_the_rows_belong_to_it() -> None:
    world = make_world()
    review = reviewed(world, involved=affected(world))
    action = agreed(world, review.pk, person_ids=[world.people[0].pk])
    manager, leader = world.viewer(MANAGER), world.viewer(LEADER)
    with world.use():
        (plan,) = PlanUpdate.objects.filter(action=action)
        operations.record_plan_update(plan_id=plan.pk, proof="Page 2.", by=leader, at=LATER)
        operations.extend(
            action_id=action.pk, due_on=action.due_on + timedelta(days=1), reason="Rail.", by=manager, at=LATER
        )
    done(world, action)
    with world.use():
        operations.send_back(action_id=action.pk, why="Nights.", by=manager, at=LATER)
    done(world, action, words="Nights too.")
    with world.use():
        operations.verify(action_id=action.pk, by=manager, at=LATER)
        kinds = list(Entry.objects.filter(subject_id=action.pk).order_by("sequence").values_list("kind", flat=True))
        assert Evidence.objects.filter(action=action).count() == 2
    assert kinds == [
        "action.agreed", "action.plan_updated", "action.extended", "action.done", "action.sent_back", "action.done",
        "action.verified",
    ]  # fmt: skip
    assert verify(world.organisation.id).whole
