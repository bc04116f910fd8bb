"""Agreeing a change, fixing its aim before its first day, and giving it more time."""

from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.http import Http404

from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices.models import Notice
from heedful.foundation.people import operations as people
from heedful.loop.actions import operations, queries
from heedful.loop.actions.models import Action
from heedful.loop.actions.operations import Aim, Refused
from heedful.loop.incidents.operations import Named
from tests.support.acting import LATER, LEADER, MANAGER, TODAY, agreed, planned, refusal, reviewed
from tests.support.jobs import run_jobs
from tests.support.world import World, make_world


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


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
