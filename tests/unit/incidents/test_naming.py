"""Titles from the person's own words, and codes that survive the telephone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.loop.incidents.naming import TITLE_LENGTH, event_number, reference_for, title_from


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Mr Kettleby slid off the chair. He says his hip is fine.", "Mr Kettleby slid off the chair"),
        (
            "Mr Kettleby slid off the chair in the lounge about 3.",
            "Mr Kettleby slid off the chair in the lounge about 3",
        ),
        ("Help! She fell by the door.", "Help! She fell by the door"),
        ("Mrs. J. Park was not in", "Mrs. J. Park was not in"),
        ("Tea visit missed\nNobody came until eight", "Tea visit missed"),
        ("He took 2.5 ml too much!", "He took 2.5 ml too much"),
        ("fell", "fell"),
        ("   \n ", ""),
        ("...", "..."),
    ],
)
def test_a_title_is_the_start_of_the_first_sentence(words: str, title: str) -> None:
    assert title_from(words) == title


@given(st.text(max_size=400))
def test_a_title_is_short_visible_and_made_of_the_persons_words(words: str) -> None:
    title = title_from(words)
    assert len(title) <= TITLE_LENGTH + 1
    assert len(title.split()) <= 13
    assert not set(title) & set("\x00\u202e\u2066\u200f\n\r")


@given(st.integers(min_value=1, max_value=10**11))
def test_a_code_leads_back_to_its_event_however_it_is_typed(number: int) -> None:
    code = reference_for(number)
    assert event_number(code) == number
    assert event_number(code.lower().replace(" ", "-")) == number


@given(
    st.integers(min_value=1, max_value=14_000_000), st.integers(0, 5), st.sampled_from("23456789BCDFGHJKMNPQRTVWXYZ")
)
def test_one_wrong_sign_is_always_noticed(number: int, place: int, sign: str) -> None:
    signs = list(reference_for(number).replace(" ", ""))
    if signs[place] != sign:
        signs[place] = sign
        assert event_number("".join(signs)) is None


@given(st.integers(min_value=1, max_value=14_000_000), st.integers(0, 3))
def test_two_neighbouring_signs_swapped_are_always_noticed(number: int, place: int) -> None:
    signs = list(reference_for(number).replace(" ", ""))
    if signs[place] != signs[place + 1]:
        signs[place], signs[place + 1] = signs[place + 1], signs[place]
        assert event_number("".join(signs)) is None


@pytest.mark.parametrize("typed", ["", "KM7", "OIL LOO", "KM7 2RT 9", "🙂🙂🙂 🙂🙂🙂"])
def test_what_is_no_code_is_no_event(typed: str) -> None:
    assert event_number(typed) is None


def test_the_first_codes_do_not_look_alike() -> None:
    firsts = {reference_for(number)[:3] for number in range(1, 51)}
    assert len(firsts) == 50


@pytest.mark.parametrize("number", [0, -1, 27**8])
def test_a_number_that_no_event_has_gets_no_code(number: int) -> None:
    with pytest.raises(ValueError, match="number"):
        reference_for(number)
