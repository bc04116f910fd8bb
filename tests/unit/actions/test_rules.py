"""What an action needs and what can be done with it: every state against every move, and both sides of each line."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from heedful.loop.actions import rules
from heedful.loop.actions.rules import Move, Person, Plan, State

TODAY = date(2026, 3, 4)
MEASURES: dict[str, rules.Better] = {"fall": "fewer", "early": "neutral"}
LEAD, OTHER = Person(uuid4(), True), Person(uuid4(), True)
GOOD = Plan(
    what_will_differ="A checklist.",
    strength="intermediate",
    lead=LEAD,
    deputy=None,
    due_on=TODAY,
    starts_on=TODAY,
    series_key="fall",
    direction="fewer",
    target=Decimal("0.7"),
    not_measured_why="",
    reaudit_question="Was it read?",
    reaudit_wanted=90,
    reaudit_on=(TODAY + timedelta(days=3),),
)


def found(**said: Any) -> list[str]:
    return [problem.field for problem in rules.problems(replace(GOOD, **said), today=TODAY, measures=MEASURES)]


def test_a_whole_plan_has_no_problem() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"what_will_differ": ""}, "what_will_differ"),
        ({"strength": ""}, "kind"),
        ({"lead": None}, "lead"),
        ({"lead": Person(uuid4(), True, kept_away=True)}, "lead"),
        ({"lead": Person(uuid4(), False)}, "deputy"),
        ({"lead": Person(uuid4(), False), "deputy": Person(uuid4(), False)}, "deputy"),
        ({"deputy": LEAD}, "deputy"),
        ({"deputy": replace(OTHER, kept_away=True)}, "deputy"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": TODAY + rules.FURTHEST + timedelta(days=1)}, "due_on"),
        ({"starts_on": TODAY - timedelta(days=1)}, "starts_on"),
        ({"series_key": "", "not_measured_why": ""}, "not_measured_why"),
        ({"series_key": "moods"}, "series_key"),
        ({"direction": ""}, "direction"),
        ({"direction": "more", "target": Decimal("1.3")}, "direction"),
        ({"target": None}, "target"),
        ({"target": Decimal("1")}, "target"),
        ({"target": Decimal("0")}, "target"),
        ({"series_key": "early", "direction": "more", "target": Decimal("1")}, "target"),
        ({"series_key": "early", "direction": "more", "target": Decimal("10.01")}, "target"),
        ({"reaudit_question": ""}, "reaudit_question"),
        ({"reaudit_wanted": 0}, "reaudit_wanted"),
        ({"reaudit_wanted": 100}, "reaudit_wanted"),
        ({"reaudit_on": ()}, "reaudits"),
        ({"reaudit_on": (TODAY,)}, "reaudit_other"),
        ({"reaudit_on": (TODAY + timedelta(days=3000),)}, "reaudit_other"),
        ({"strength": "weaker"}, "weak_reason"),
        ({"strength": "weaker", "others": ("weaker",)}, "weak_reason"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(said: dict[str, Any], field: str) -> None:
    assert found(**said) == [field]


@pytest.mark.parametrize(
    "said",
    [
        {"lead": Person(uuid4(), False), "deputy": OTHER},
        {"due_on": TODAY + rules.FURTHEST},
        {"series_key": "", "direction": "", "target": None, "not_measured_why": "Too few."},
        {"target": Decimal("0.01")},
        {"target": Decimal("0.99")},
        {"series_key": "early", "direction": "more", "target": Decimal("1.01")},
        {"strength": "weaker", "weak_reason": "Until the rail comes."},
        {"strength": "weaker", "others": ("weaker", "stronger")},
        {"strength": "stronger", "others": ("weaker",)},
    ],
)
def test_the_other_side_of_each_line_is_fine(said: dict[str, Any]) -> None:
    assert found(**said) == []


def test_every_state_and_move_is_either_in_the_table_or_refused_with_words() -> None:
    for state in State:
        assert rules.why_not(state).endswith(".")
        for move in Move:
            after = rules.next_state(state, move)
            assert (after is not None) == ((state, move) in rules.TRANSITIONS)
    ended = {state for state in State if not any(one is state for one, _ in rules.TRANSITIONS)}
    assert ended == {State.VERIFIED, State.DROPPED}


def test_nothing_is_checked_that_nobody_said_is_done() -> None:
    before = {state for (state, move), after in rules.TRANSITIONS.items() if after is State.VERIFIED}
    assert before == {State.DONE}


def test_the_aim_is_fixed_from_the_first_day_on() -> None:
    assert not rules.aim_is_fixed(TODAY, TODAY - timedelta(days=1))
    assert rules.aim_is_fixed(TODAY, TODAY)


def test_late_begins_on_the_day_after_and_only_for_what_is_not_done() -> None:
    assert not rules.is_overdue(State.AGREED, TODAY, TODAY)
    assert rules.is_overdue(State.AGREED, TODAY, TODAY + timedelta(days=1))
    assert not rules.is_overdue(State.DONE, TODAY, TODAY + timedelta(days=9))


def test_delay_climbs_by_days() -> None:
    steps = [("lead", 1), ("manager", 4), ("quality", 8)]
    heard = [rules.steps_reached(TODAY, TODAY + timedelta(days=days), steps) for days in (0, 1, 3, 4, 9)]
    assert heard == [[], ["lead"], ["lead"], ["lead", "manager"], ["lead", "manager", "quality"]]


@pytest.mark.parametrize(
    ("direction", "per_cent", "target"),
    [("fewer", 30, "0.7"), ("more", 30, "1.3"), ("fewer", -30, "1.3"), ("fewer", 100, "0"), ("more", -10, "0.9")],
)
def test_so_many_of_a_hundred_is_a_ratio_and_a_minus_lands_on_the_wrong_side(
    direction: str, per_cent: int, target: str
) -> None:
    assert rules.target_from(direction, per_cent) == Decimal(target)


def test_a_target_reads_back_as_it_was_typed() -> None:
    assert [rules.per_cent_of(rules.target_from(way, 30)) for way in ("fewer", "more")] == [30, 30]


def test_two_people_are_two_people() -> None:
    lead, done, third = uuid4(), uuid4(), uuid4()
    assert rules.verify_problem(lead, done_by=done, owners={lead})
    assert rules.verify_problem(done, done_by=done, owners={lead})
    assert rules.verify_problem(third, done_by=done, owners={lead}) == ""


def test_more_time_is_later_and_has_a_reason() -> None:
    later = TODAY + timedelta(days=7)
    assert rules.extension_problems(TODAY, later, "No rail.", TODAY) == []
    assert [one.field for one in rules.extension_problems(TODAY, later, "", TODAY)] == ["reason"]
    assert [one.field for one in rules.extension_problems(later, TODAY, "", TODAY)] == ["reason", "due_on"]
