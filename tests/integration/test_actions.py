"""Agreeing a change, fixing its aim, proving that it was done, and what happens by itself when it is late."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404

from heedful.foundation.ledger import history
from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.operations import write
from heedful.foundation.ledger.verify import verify
from heedful.foundation.notices.models import Notice
from heedful.foundation.people import operations as people
from heedful.loop.actions import operations, queries
from heedful.loop.actions.models import Action, Escalation, Evidence, PlanUpdate
from heedful.loop.actions.operations import Aim, Refused
from heedful.loop.audits.models import Audit
from heedful.loop.incidents.models import ShutOut
from heedful.loop.incidents.operations import Named
from heedful.loop.reviews import operations as reviews
from tests.support.acting import LATER, TODAY, agreed, done, planned, reviewed
from tests.support.jobs import run_jobs
from tests.support.world import World, make_world

MANAGER, LEADER = "registered_manager", "team_leader"


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def affected(world: World) -> tuple[Named, ...]:
    return tuple(Named(part="affected", person_id=one.pk) for one in world.people[:2])


def refusal(world: World, field: str, *, review_id: Any = None, by: str = MANAGER, **said: Any) -> str:
    """What is said at that field; nothing may be stored."""
    review_id = review_id or reviewed(world).pk
    with world.use():
        before = Action.objects.count()
        with pytest.raises(Refused) as refused:
            operations.agree(plan=planned(world, review_id, **said), by=world.viewer(by), at=LATER)
        assert Action.objects.count() == before
    found = {problem.field: problem.text for problem in refused.value.problems}
    assert field in found, found
    return found[field]


# --- agreeing --------------------------------------------------------------------------------------------------


def test_an_agreed_action_keeps_all_that_a_verdict_rests_on(world: World) -> None:
    action = agreed(world)
    with world.use():
        (aim,) = queries.aims(action.pk)
    assert (aim.series_key, aim.direction, aim.target) == ("fall", "fewer", Decimal("0.70"))
    assert aim.starts_on == TODAY + timedelta(days=14)
    assert aim.service_ids == (world.home.pk,)
    assert aim.trigger_from is not None
    assert (action.strength, action.policy_version) == ("intermediate", "action-hierarchy@1")


@pytest.mark.parametrize(
    ("field", "said", "words"),
    [
        ("lead", {"lead_id": None}, "nobody leads"),
        ("due_on", {"due_on": TODAY - timedelta(days=1)}, "This day is over"),
        ("starts_on", {"starts_on": TODAY - timedelta(days=1)}, "fixed before its first day"),
        ("due_on", {"due_on": date(2062, 3, 1)}, "more than two years away"),
        ("target", {"aim": Aim.fewer("fall", Decimal("1.30"))}, "wrong side"),
        ("target", {"aim": Aim.fewer("fall", Decimal("1"))}, "wrong side"),
        ("target", {"aim": Aim(series_key="early", direction="more", target=Decimal("0.7"))}, "wrong side"),
        ("target", {"aim": Aim.fewer("fall", Decimal("0"))}, "cannot be told from luck"),
        ("direction", {"aim": Aim(series_key="fall", direction="more", target=Decimal("1.3"))}, "not be better"),
        ("series_key", {"aim": Aim.fewer("moods")}, "Choose what it should move"),
        ("not_measured_why", {"aim": Aim()}, "Say why it cannot be counted"),
        ("kind", {"kind": "magic"}, "Choose what kind"),
        ("what_will_differ", {"what_will_differ": "  \n "}, "what will be different"),
        ("reaudits", {"reaudit_on": []}, "at least one day"),
        ("reaudit_question", {"reaudit_question": ""}, "a question"),
        ("reaudit_wanted", {"reaudit_wanted": 100}, "from 1 to 99"),
        ("what_will_differ", {"what_will_differ": "x" * 2001}, "2001 characters"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_at_its_field(
    world: World, field: str, said: dict[str, Any], words: str
) -> None:
    assert words in refusal(world, field, **said)


def test_a_lead_without_a_sign_in_needs_a_deputy_who_has_one(world: World) -> None:
    with world.use():
        night = people.engage(name="Oona Brack", service=world.home, account=None, by=world.system, at=world.made_at)
    assert "no sign-in" in refusal(world, "deputy", lead_id=night.pk)
    action = agreed(world, lead_id=night.pk, deputy_id=world.staff[LEADER].pk)
    run_jobs(world.organisation.id)
    with world.use():
        told = Notice.objects.filter(kind="action.agreed", link__contains=str(action.pk))
        assert [one.account_id for one in told] == [world.accounts[LEADER].pk]
        assert [one.action.pk for one in queries.mine(world.viewer(LEADER), LATER)].count(action.pk) == 1


def test_somebody_named_in_the_case_cannot_lead_what_follows_from_it(world: World) -> None:
    source = Named(part="alleged_source", staff_id=world.staff["colleague"].pk)
    review = reviewed(world, by="safeguarding_lead", involved=(source,))
    words = refusal(world, "lead", review_id=review.pk, by="safeguarding_lead", lead_id=world.staff["colleague"].pk)
    assert "named in the case" in words


def test_a_plan_of_reminders_alone_needs_a_reason_and_one_inside_a_stronger_plan_does_not(world: World) -> None:
    review = reviewed(world)
    assert "relies on memory" in refusal(world, "weak_reason", review_id=review.pk, kind="reminder")
    weak = agreed(world, review.pk, kind="reminder", weak_reason="The rail comes in May.")
    assert (weak.strength, weak.weak_reason) == ("weaker", "The rail comes in May.")
    agreed(world, review.pk, kind="building")
    inside = agreed(world, review.pk, kind="reminder", what_will_differ="A note on the board.")
    assert inside.weak_reason == ""


def test_dropping_the_strong_one_asks_why_the_weak_ones_are_enough(world: World) -> None:
    review = reviewed(world)
    strong = agreed(world, review.pk, kind="forcing")
    agreed(world, review.pk, kind="training")
    with world.use(), pytest.raises(Refused, match="relies on memory"):
        operations.drop(action_id=strong.pk, why="No money.", by=world.viewer(MANAGER), at=LATER)
    with world.use():
        row = operations.drop(
            action_id=strong.pk, why="No money.", weak_reason="Until April.", by=world.viewer(MANAGER), at=LATER
        )
    assert row.state == "dropped"


def test_the_same_key_twice_is_one_action_even_at_the_same_moment() -> None:
    world = make_world()
    review = reviewed(world)
    plan, barrier, made = planned(world, review.pk), Barrier(2), []

    def send() -> None:
        barrier.wait()
        try:
            with world.use():
                made.append(operations.agree(plan=plan, by=world.viewer(MANAGER), at=LATER).pk)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(made)) == 1
    with world.use():
        assert Entry.objects.filter(kind="action.agreed").count() == 1


def test_a_manager_of_another_home_agrees_nothing_here(world: World) -> None:
    review = reviewed(world)
    with world.use(), pytest.raises(Http404):
        operations.agree(plan=planned(world, review.pk), by=world.viewer("manager_elsewhere"), at=LATER)


# --- what it should move is fixed before its first day ---------------------------------------------------------


def test_the_aim_can_be_changed_until_the_first_day_and_is_refused_with_the_reason_from_then_on(world: World) -> None:
    action = agreed(world)
    other = Aim(series_key="medication", direction="fewer", target=Decimal("0.5"))
    with world.use():
        row = operations.change_aim(action_id=action.pk, aim=other, by=world.viewer(MANAGER), at=LATER)
        assert (row.series_key, row.target) == ("medication", Decimal("0.5"))
        for days in (14, 40):
            with pytest.raises(Refused, match="fixed before that day"):
                operations.change_aim(
                    action_id=action.pk,
                    aim=Aim.fewer("fall"),
                    by=world.viewer(MANAGER),
                    at=LATER + timedelta(days=days),
                )
        assert queries.aims(action.pk)[0].series_key == "medication"


def test_the_database_itself_refuses_a_target_on_the_wrong_side(world: World) -> None:
    from django.db import IntegrityError

    action = agreed(world)
    with pytest.raises(IntegrityError, match="action_target_on_the_right_side"), world.use():
        Action.objects.filter(pk=action.pk).update(target=Decimal("1.2"))


# --- more time -------------------------------------------------------------------------------------------------


def test_more_time_needs_a_reason_and_is_counted(world: World) -> None:
    action = agreed(world)
    later = action.due_on + timedelta(days=7)
    manager = world.viewer(MANAGER)
    with world.use():
        with pytest.raises(Refused, match="needs more time"):
            operations.extend(action_id=action.pk, due_on=later, reason=" ", by=manager, at=LATER)
        with pytest.raises(Refused, match="after the one it has now"):
            operations.extend(action_id=action.pk, due_on=action.due_on, reason="Late", by=manager, at=LATER)
        for n in (1, 2):
            operations.extend(
                action_id=action.pk,
                due_on=action.due_on + timedelta(days=7 * n),
                reason="No rail.",
                by=manager,
                at=LATER,
            )
        assert [one.number for one in queries.extensions_of(action)] == [1, 2]
        row = Action.objects.get(pk=action.pk)
        assert (row.first_due_on, row.due_on) == (action.due_on, action.due_on + timedelta(days=14))


def test_the_first_day_moves_only_while_it_is_still_to_come(world: World) -> None:
    action = agreed(world)
    said = {"action_id": action.pk, "reason": "No rail.", "by": world.viewer(MANAGER)}
    with world.use():
        row = operations.extend(
            **said, due_on=action.due_on + timedelta(days=2), starts_on=action.starts_on + timedelta(days=2), at=LATER
        )
        assert row.starts_on == action.starts_on + timedelta(days=2)
        with pytest.raises(Refused, match="cannot be moved"):
            operations.extend(
                **said,
                due_on=action.due_on + timedelta(days=60),
                starts_on=action.starts_on + timedelta(days=60),
                at=LATER + timedelta(days=20),
            )


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
