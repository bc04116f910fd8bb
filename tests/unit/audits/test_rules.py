"""Drawing a sample: the same for everybody from the seed, and everything that cannot be drawn is said at its field."""

import hashlib
from datetime import date, timedelta

import pytest

from heedful.loop.audits import analysis, rules
from heedful.loop.audits.rules import Move, Population, State

SEED = "0123456789abcdef0123456789abcdef"
TODAY = date(2026, 3, 4)
VISITS = Population(words="Visits, 1 to 14 June", size=212)


def test_the_sample_is_that_of_the_words_in_the_manual() -> None:
    """A slow twin, by the words alone: sort all by the digits, take the first, put them in order."""
    digits = {k: hashlib.sha256(f"{SEED}:{k}".encode()).hexdigest() for k in range(1, 213)}
    slow = sorted(sorted(digits, key=lambda k: digits[k])[:40])
    assert list(rules.sample(SEED, 212, 40)) == slow


def test_a_known_seed_gives_a_known_sample() -> None:
    """Written down once: if this changes, samples of old audits can no longer be drawn again."""
    assert rules.sample("heedful", 10, 3) == (3, 7, 10)


@pytest.mark.parametrize(("population", "size"), [(10, 11), (10, 0), (0, 1)])
def test_a_sample_that_cannot_be_is_never_drawn(population: int, size: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        rules.sample(SEED, population, size)


def fields(population: Population, size: int | None, *, as_list: bool = False) -> list[str]:
    return [problem.field for problem in rules.draw_problems(population, size, as_list=as_list)]


@pytest.mark.parametrize(
    ("population", "size", "field"),
    [
        (VISITS, 213, "sample_size"),
        (VISITS, 0, "sample_size"),
        (VISITS, None, "sample_size"),
        (VISITS, 301, "sample_size"),
        (Population(words="", size=212), 40, "population_words"),
        (Population(words="Visits", size=0), 40, "population_size"),
        (Population(words="Visits", size=None), 40, "population_size"),
        (Population(words="Visits", size=100_001), 40, "population_size"),
    ],
)
def test_what_keeps_a_sample_from_being_drawn_is_said_at_its_field(
    population: Population, size: int | None, field: str
) -> None:
    assert fields(population, size) == [field]


def test_the_whole_population_may_be_looked_at() -> None:
    assert fields(VISITS, 212) == []
    assert rules.sample(SEED, 3, 3) == (1, 2, 3)


def test_a_sample_larger_than_the_population_is_refused_with_both_numbers() -> None:
    (problem,) = rules.draw_problems(VISITS, 213, as_list=False)
    assert "213" in problem.text
    assert "212" in problem.text


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ((), "Paste"),
        (("V1", "V2", "v1"), "stands twice, as number 1 and 3"),
        (("V" * 61,), "longer than 60"),
        (tuple(f"V{n}" for n in range(5001)), "5,000"),
    ],
)
def test_a_list_that_would_draw_unfairly_is_refused(listed: tuple[str, ...], words: str) -> None:
    population = Population(words="Visits", size=None, listed=listed)
    (problem,) = rules.draw_problems(population, 1, as_list=True)
    assert problem.field == "listed"
    assert words in problem.text


def test_references_are_one_a_line_and_empty_lines_are_passed_over() -> None:
    assert rules.references(" V 1 \n\n\tV2\r\n") == ("V 1", "V2")


def test_a_list_holds_no_names() -> None:
    names = ["Arthur Kettleby", "Joss"]
    assert rules.named_problem(["V1", "Visit arthur kettleby 3"], names)[0].text.startswith("Line 2")
    assert rules.named_problem(["V1", "Joss-3"], names) == []


def test_every_state_and_move_is_either_in_the_table_or_refused_with_words() -> None:
    for state in State:
        assert rules.why_not(state).endswith(".")
        for move in Move:
            assert (rules.next_state(state, move) is not None) == ((state, move) in rules.TRANSITIONS)
    ended = {state for state in State if not any(one is state for one, _ in rules.TRANSITIONS)}
    assert ended == {State.DONE, State.CANCELLED}


def test_no_sample_is_drawn_twice() -> None:
    assert [state for (state, move) in rules.TRANSITIONS if move is Move.DRAW] == [State.PLANNED]


def test_another_day_needs_a_reason_and_is_to_come() -> None:
    later = TODAY + timedelta(days=7)
    assert rules.move_problems(TODAY, later, "Flu.", TODAY) == []
    assert [one.field for one in rules.move_problems(TODAY, later, "", TODAY)] == ["reason"]
    assert [one.field for one in rules.move_problems(TODAY, TODAY, "Flu.", TODAY)] == ["due_on"]
    assert [one.field for one in rules.move_problems(TODAY, TODAY - timedelta(days=1), "Flu.", TODAY)] == ["due_on"]


def test_none_of_forty_late_is_as_wanted_and_says_what_it_cannot_exclude() -> None:
    found = analysis.result(["yes"] * 40, 90)
    assert (found.misses, found.looked_at, found.answer, round(found.high, 3)) == (0, 40, "enough", 0.072)


def test_what_did_not_apply_is_left_out_and_few_answers_are_too_few() -> None:
    found = analysis.result(["yes"] * 10 + ["not_applicable"] * 30, 90)
    assert (found.looked_at, found.not_applicable, found.answer) == (10, 30, "too_small")
    assert analysis.result(["no"] * 8 + ["yes"] * 12, 90).answer == "not_enough"
    assert analysis.least_sample(90) == 29
