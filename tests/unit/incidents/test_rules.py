"""What is possible with an event, what a report still asks, and which times cannot be."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from heedful.foundation.policies import Interval, form
from heedful.loop.incidents.rules import (
    TRANSITIONS,
    WAITING_FOR_A_DECISION,
    Move,
    MoveRefusedError,
    Status,
    implied_answers,
    is_short,
    next_status,
    possible_moves,
    questions_for,
    questions_left,
    required_left,
    time_problems,
)

FORM = form("record", on=date(2026, 11, 22))
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_every_move_from_every_status_is_either_in_the_table_or_refused_with_a_reason(
    status: Status, move: Move
) -> None:
    if move in possible_moves(status):
        assert next_status(status, move) is TRANSITIONS[status][move]
    else:
        with pytest.raises(MoveRefusedError, match=r"[A-Z].+\."):
            next_status(status, move)


def test_every_status_can_be_reached_and_left() -> None:
    reached = {Status.RECORDED} | {after for moves in TRANSITIONS.values() for after in moves.values()}
    assert reached == set(Status)
    assert all(TRANSITIONS[status] for status in Status)


def test_a_decision_never_waits_for_a_correction() -> None:
    assert all(Move.TRIAGE in possible_moves(status) for status in WAITING_FOR_A_DECISION)


def test_what_was_answered_or_linked_must_be_opened_again_first() -> None:
    with pytest.raises(MoveRefusedError, match="Open it again first"):
        next_status(Status.ANSWERED, Move.EDIT)
    assert next_status(Status.DUPLICATE, Move.REOPEN) is Status.REOPENED


@pytest.mark.parametrize(
    ("kinds", "short"),
    [
        (["near_miss"], True),
        (["worry"], True),
        (["good_care"], True),
        (["worry", "near_miss"], True),
        (["near_miss", "incident"], False),
        (["worry", "safeguarding_concern"], False),
        (["not_sure"], False),
        ([], False),
    ],
)
def test_only_near_misses_worries_and_good_care_are_short(kinds: list[str], short: bool) -> None:
    assert is_short(FORM, kinds) is short


def test_a_near_miss_asks_five_questions_and_a_full_report_all_of_them() -> None:
    assert [question.slug for question in questions_for(FORM, ["near_miss"])] == [
        "words",
        "kinds",
        "when",
        "where",
        "confidential",
    ]
    assert len(questions_for(FORM, ["incident"])) == len(FORM.questions)


def test_a_near_miss_reached_nobody_and_a_worry_says_nothing_about_harm() -> None:
    unharmed = {"harm_to_body": "none", "harm_to_mind": "none"}
    assert implied_answers(FORM, ["near_miss"]) == unharmed
    assert implied_answers(FORM, ["near_miss", "good_care"]) == unharmed
    assert implied_answers(FORM, ["worry"]) == {}
    assert implied_answers(FORM, ["worry", "near_miss"]) == {}
    assert implied_answers(FORM, ["near_miss", "incident"]) == {}


def test_the_questions_left_are_those_without_an_answer() -> None:
    answers = {"words": "She slid off the chair.", "kinds": ["near_miss"], "when": NOW, "where": "  "}
    left = [question.slug for question in questions_left(FORM, ["near_miss"], answers)]
    assert left == ["where", "confidential"]
    assert [question.slug for question in required_left(FORM, ["near_miss"], answers)] == left


def test_we_do_not_know_yet_is_an_answer() -> None:
    left = {question.slug for question in questions_left(FORM, ["incident"], {"harm_to_body": "unknown"})}
    assert "harm_to_body" not in left


def test_who_was_part_of_it_may_be_left_out() -> None:
    everything = {question.slug: "x" for question in FORM.questions if question.slug != "who"}
    assert required_left(FORM, ["incident"], everything) == ()


def _problems(occurred: datetime, aware: datetime) -> list[tuple[str, str]]:
    return [(item.field, item.text) for item in time_problems(Interval.exactly(occurred), aware, now=NOW)]


def test_a_phone_that_is_five_minutes_fast_is_believed() -> None:
    assert _problems(NOW + timedelta(minutes=5), NOW + timedelta(minutes=5)) == []
    assert _problems(NOW + timedelta(minutes=6), NOW) == [
        ("when", "That is in the future. Check the day and the time.")
    ]


def test_the_year_2_is_not_a_year_in_which_it_happened() -> None:
    assert _problems(datetime(2, 3, 4, tzinfo=UTC), NOW) == [("when", "That is before 1900. Check the year.")]
    assert _problems(datetime(1900, 1, 1, tzinfo=UTC), NOW) == []


def test_nobody_finds_out_before_it_happened() -> None:
    assert _problems(NOW, NOW - timedelta(hours=2)) == [
        ("aware", "You can't have found out before it happened. Check both times.")
    ]


def test_finding_out_within_an_approximate_time_is_possible() -> None:
    about = Interval(NOW - timedelta(hours=3), NOW)
    assert time_problems(about, NOW - timedelta(hours=1), now=NOW) == ()
