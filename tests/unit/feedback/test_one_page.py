"""A bulletin of one page, and how its reach may be shown."""

import pytest

from heedful.loop.feedback.sheet import PARTS, Reach, Sheet, problems, whole_text

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
