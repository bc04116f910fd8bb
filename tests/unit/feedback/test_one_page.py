"""A bulletin of one page, and how its reach may be shown."""

from datetime import time

import pytest

from heedful.loop.feedback.rules import BULLETIN_TRANSITIONS, NOT_NOW, BulletinMove, BulletinState, next_bulletin
from heedful.loop.feedback.sheet import PARTS, Reach, Sheet, ShiftTimes, by_shift, problems, whole_text

WHOLE = Sheet(dict.fromkeys(PARTS, "A chair."), ("One", "Two", "Three"), 1)


def fields(sheet: Sheet) -> list[str]:
    return [one.field for one in problems(sheet)]


def test_a_whole_page_needs_nothing_and_says_everything() -> None:
    assert problems(WHOLE) == []
    assert whole_text(WHOLE).count("A chair.") == len(PARTS)
    assert "Two" in whole_text(WHOLE)


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_needed_and_has_its_length(name: str) -> None:
    assert fields(Sheet({**WHOLE.parts, name: ""}, WHOLE.options, 1)) == [name]
    assert fields(Sheet({**WHOLE.parts, name: "a" * (PARTS[name] + 1)}, WHOLE.options, 1)) == [name]
    assert fields(Sheet({**WHOLE.parts, name: "a" * PARTS[name]}, WHOLE.options, 1)) == []


def test_there_are_three_different_answers_and_one_is_right() -> None:
    assert fields(Sheet(WHOLE.parts, ("One", "", "Three"), 1)) == ["option_2"]
    assert fields(Sheet(WHOLE.parts, ("One", "Two", "one"), 1)) == ["option_3"]
    assert fields(Sheet(WHOLE.parts, WHOLE.options, None)) == ["right"]
    assert fields(Sheet(WHOLE.parts, WHOLE.options, 3)) == ["right"]


def test_discipline_does_not_stand_on_a_bulletin() -> None:
    assert fields(Sheet({**WHOLE.parts, "next_shift": "Nobody was suspended."}, WHOLE.options, 1)) == ["next_shift"]


def test_a_small_team_is_said_in_counts_inside_and_not_at_all_outside() -> None:
    inside, outside = (Reach("Garden wing", 4, 3, 2, inside) for inside in (True, False))
    assert (inside.hidden, inside.in_counts, inside.read_share) == (False, True, None)
    assert (outside.hidden, outside.read_share, outside.right_share) == (True, None, None)


def test_a_larger_team_is_said_in_shares_and_few_answers_are_no_share() -> None:
    assert Reach("Garden wing", 8, 4, 4, inside=False).right_share is None
    many = Reach("Garden wing", 8, 6, 3, inside=False)
    assert (many.read_share, many.right_share) == (75, 50)


DAY, NIGHT = ShiftTimes("Day", time(8), time(20)), ShiftTimes("Night", time(20), time(8))


def on(hour: int, minute: int = 0, *, times: int = 1, right: bool = True) -> list[tuple[time, bool]]:
    return [(time(hour, minute), right)] * times


def said(read: list[tuple[time, bool]], *, inside: bool) -> dict[str, tuple[int, int | None]]:
    return {one.name: (one.read, one.right) for one in by_shift((DAY, NIGHT), read, inside=inside)}


def test_each_reading_counts_for_the_shift_that_was_on_across_midnight_and_at_its_very_edges() -> None:
    read = [*on(8), *on(19, 59, right=False), *on(20), *on(23), *on(3, right=False), *on(7, 59)]
    assert said(read, inside=True) == {"Day": (2, 1), "Night": (4, 3)}


def test_a_shift_in_which_nobody_read_it_is_named_and_a_time_outside_every_shift_is_in_none() -> None:
    assert said(on(9), inside=True) == {"Day": (1, 1), "Night": (0, 0)}
    assert [one.read for one in by_shift((DAY,), on(23), inside=True)] == [0]
    assert by_shift((), on(23), inside=True) == ()


def test_from_outside_the_home_no_shift_says_how_one_of_a_few_answered() -> None:
    """Five by day and one by night: with the share of all six, the five would tell what the one chose."""
    few = [*on(9, times=5), *on(23, right=False)]
    assert said(few, inside=False) == {"Day": (5, None), "Night": (1, None)}
    assert said(few, inside=True) == {"Day": (5, 5), "Night": (1, 0)}
    enough = [*on(9, times=5), *on(23, times=5, right=False)]
    assert said(enough, inside=False) == {"Day": (5, 5), "Night": (5, 0)}
    beside = [(DAY, on(9, times=5) + on(22, right=False))]
    assert [one.right for shift, read in beside for one in by_shift((shift,), read, inside=False)] == [None]


def test_what_went_out_is_never_written_anew_and_nothing_goes_out_that_was_not_proposed() -> None:
    into = {before for (before, _), after in BULLETIN_TRANSITIONS.items() if after is BulletinState.RELEASED}
    assert into == {BulletinState.PROPOSED, BulletinState.RELEASED}
    assert next_bulletin(BulletinState.RELEASED, BulletinMove.WRITE) is None
    assert next_bulletin(BulletinState.DRAFTED, BulletinMove.RELEASE) is None
    assert all(NOT_NOW[state].endswith(".") for state in BulletinState)
