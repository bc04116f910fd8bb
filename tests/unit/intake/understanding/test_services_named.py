"""Spellings of services: taken where they leave one, asked where they leave two or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.intake.understanding.servicewords import Services

HOMES = Services(
    ["Elm Lodge", "The Grange", "Rose & Thorn Court", "12-14 Mill Street", "Ashdown at Home", "Ashdown Manor"]
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ELM LODGE ", "Elm Lodge"),
        ("elm", "Elm Lodge"),
        ("Elm Ldge", "Elm Lodge"),
        ("ElmLodge", "Elm Lodge"),
        ("EL", "Elm Lodge"),
        ("Grange", "The Grange"),
        ("The Grange (annexe)", "The Grange"),
        ("Rose and Thorn Crt.", "Rose & Thorn Court"),
        ("Thorn", "Rose & Thorn Court"),
        ("R&T", "Rose & Thorn Court"),
        ("Mill St", "12-14 Mill Street"),
        ("Mill Street 12-14", "12-14 Mill Street"),
        ("Manor", "Ashdown Manor"),
        ("Ashdown@Home", "Ashdown at Home"),
        ("Dom care", "Ashdown at Home"),
    ],
)
def test_a_spelling_that_leaves_one_service_is_taken(text: str, name: str) -> None:
    assert HOMES.match(text).name == name


@pytest.mark.parametrize(
    "text", ["Ashdown", "Office", "", "Outreach", "Elm Lodge / The Grange", "Head office", "12-14", "Ed", "Ros"]
)
def test_a_spelling_that_leaves_none_or_several_is_not_taken(text: str) -> None:
    assert HOMES.match(text).name == ""


def test_a_name_that_became_a_date_is_known_for_what_it_is() -> None:
    assert HOMES.match("12-Mar").how == "became_a_date"


def test_two_homes_with_the_same_initials_are_asked_about() -> None:
    assert set(Services(["Park House", "Pine Hall"]).match("PH").names) == {"Park House", "Pine Hall"}


@given(st.text(max_size=25))
def test_no_text_is_taken_for_two_services_at_once(text: str) -> None:
    match = HOMES.match(text)
    assert match.name == "" or match.names == (match.name,)


def test_what_somebody_explained_comes_first() -> None:
    assert Services(["Elm Lodge", "The Grange"], {"West wing": "The Grange"}).match("west wing").name == "The Grange"
