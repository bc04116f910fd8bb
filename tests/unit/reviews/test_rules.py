"""Rules of reviews: which follows, what is missing, and when an answer stops at a person."""

from datetime import date, timedelta

import pytest

from heedful.foundation.policies import in_force, taxonomy
from heedful.loop.reviews import rules
from heedful.loop.reviews.rules import Kind, Known, Next, Standing, Written

POLICY = in_force("reviews", on=date(2026, 3, 2), nation="england")
KNOWN = Known(("Joss Pellow", "Grace Hall", "Rowan Tarrant"), POLICY.individual, frozenset({"rowan", "house"}))
WHOLE = Written(
    what_happened="The tablet came late.",
    why="The chart was in another room.",
    what_made_it_likely="Handover is by the phone.",
    what_must_change="Hand over at the trolley.",
    factors=frozenset({"tasks.handovers"}),
    findings=1,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The carer forgot.", "carer forgot"),
        ("Staff error", "Staff error"),
        ("Just human error really", "human error"),
        ("The night staff had simply not bothered", "night staff had simply not bothered"),
        ("A member of staff didn’t look at the chart", "member of staff didn’t"),
        ("It was Joss again", "Joss"),
        ("joss pellow was late", "joss pellow"),
        ("That was Joss’s round", "Joss"),
        ("Grace Hall did it", "Grace Hall"),
        ("Tarrant had the keys", "Tarrant"),
        ("Sheer carelessness", "carelessness"),
        ("She should have looked", "She should have"),
    ],
)
def test_an_answer_that_stops_at_a_person_is_noticed_in_its_own_words(text: str, found: str) -> None:
    assert rules.stops_at_a_person(text, KNOWN) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Handover was by the phone. It rang seven times in twenty minutes.",
        "Two carers were on duty and four people needed help to get up.",
        "The chart was in another room.",
        "Rowan House has no lamp on the landing.",
        "By the grace of a neighbour it was found in time.",
        "Grace was said before the meal.",
        "The carer was alone. The alarm failed.",
        "The battery failed and nobody had a spare.",
    ],
)
def test_an_answer_about_the_work_is_left_in_peace(text: str) -> None:
    assert rules.stops_at_a_person(text, KNOWN) == ""


def test_every_level_has_a_review_and_none_is_lighter_than_the_level_below() -> None:
    kinds = [rules.kind_for(rule, repeated=False, pattern=False) for rule in POLICY.reviews]
    assert len(kinds) == 5
    weights = [rules.WEIGHT[kind] for kind in kinds]
    assert weights == sorted(weights)


def test_the_second_one_is_a_huddle_and_several_small_ones_are_looked_at_together() -> None:
    reflect, review = POLICY.reviews[1], POLICY.reviews[2]
    assert rules.kind_for(reflect, repeated=True, pattern=False) is Kind.HUDDLE
    assert rules.kind_for(reflect, repeated=False, pattern=True) is Kind.HUDDLE
    assert rules.kind_for(review, repeated=True, pattern=False) is Kind.AFTER_ACTION
    assert rules.kind_for(review, repeated=True, pattern=True) is Kind.THEMATIC


@pytest.mark.parametrize(
    ("standing", "wanted", "step"),
    [
        (None, Kind.REFLECTION, Next.OPEN),
        (Standing(Kind.REFLECTION, begun=False, closed=False), Kind.REFLECTION, Next.NOTHING),
        (Standing(Kind.REFLECTION, begun=True, closed=False), Kind.STRUCTURED, Next.CHANGE),
        (Standing(Kind.REFLECTION, begun=True, closed=True), Kind.STRUCTURED, Next.REOPEN),
        (Standing(Kind.STRUCTURED, begun=False, closed=False), Kind.REFLECTION, Next.CHANGE),
        (Standing(Kind.STRUCTURED, begun=True, closed=False), Kind.REFLECTION, Next.NOTHING),
        (Standing(Kind.STRUCTURED, begun=True, closed=True), Kind.REFLECTION, Next.NOTHING),
    ],
)
def test_deciding_again_raises_a_review_and_takes_nothing_written_away(
    standing: Standing | None, wanted: Kind, step: Next
) -> None:
    assert rules.next_step(standing, wanted) is step


def test_a_whole_review_lacks_nothing() -> None:
    for kind in Kind:
        assert rules.missing(kind, WHOLE, KNOWN) == ()


def test_what_is_missing_stands_in_the_order_of_the_pages() -> None:
    steps = [one.step for one in rules.missing(Kind.STRUCTURED, Written(), KNOWN)]
    assert steps == ["what_happened", "why", "what_made_it_likely", "factors", "findings"]
    assert [one.step for one in rules.missing(Kind.REFLECTION, Written(), KNOWN)] == [
        "what_happened", "why", "what_made_it_likely", "what_must_change",
    ]  # fmt: skip


def test_the_same_words_again_are_no_second_answer() -> None:
    blame = Written(**{**vars(WHOLE), "what_made_it_likely": "The carer forgot.", "beneath": "The  carer forgot."})
    assert [one.step for one in rules.missing(Kind.REFLECTION, blame, KNOWN)] == ["beneath"]
    second = Written(**{**vars(blame), "beneath": "Two rounds at once."})
    assert rules.missing(Kind.REFLECTION, second, KNOWN) == ()


def test_only_persons_as_the_cause_is_told_from_a_cause_in_the_work() -> None:
    blame = Written(why="Staff error.", what_made_it_likely="The carer forgot.", beneath="She was careless.")
    assert rules.only_individual(blame, KNOWN)
    assert not rules.only_individual(Written(**{**vars(blame), "beneath": "Two rounds at once."}), KNOWN)
    assert not rules.only_individual(Written(**{**vars(blame), "factors": frozenset({"tasks.handovers"})}), KNOWN)
    assert rules.only_individual(Written(**{**vars(blame), "factors": frozenset({"people.tiredness"})}), KNOWN)
    assert not rules.only_individual(Written(), KNOWN)


def test_the_time_that_made_somebody_look_goes_half_a_year_back_at_most() -> None:
    last = date(2026, 6, 30)
    assert rules.window_of([]) == (None, None)
    assert rules.window_of([last]) == (last, last)
    days = [last - timedelta(days=back) for back in (0, 100, 183, 184, 900)]
    assert rules.window_of(days) == (last - timedelta(days=183), last)


def test_the_factors_cover_the_conditions_that_care_workers_name() -> None:
    slugs = {slug.partition(".")[2] for slug in taxonomy("factors").slugs()}
    assert {
        "handovers", "supervision", "time_pressure", "communication", "documentation", "environment", "triggers",
        "equipment", "training", "staffing", "transitions",
    } <= slugs  # fmt: skip
    assert rules.PERSONAL_HEAD in taxonomy("factors")
    assert len(taxonomy("weaknesses").slugs()) == 5


def test_what_is_closed_is_opened_first_and_what_is_open_is_not_opened_again() -> None:
    for move in rules.Move:
        assert bool(rules.why_not(move, closed=True)) == (move is not rules.Move.REOPEN)
        assert bool(rules.why_not(move, closed=False)) == (move is rules.Move.REOPEN)
    for move in rules.ThemeMove:
        assert bool(rules.why_not_theme(move, rules.Stand.CLOSED)) == (move is not rules.ThemeMove.REOPEN)
        assert bool(rules.why_not_theme(move, rules.Stand.OPEN)) == (move is rules.ThemeMove.REOPEN)
