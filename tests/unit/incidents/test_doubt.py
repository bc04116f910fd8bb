"""Whom a typed name may mean: wide, as a wrong no would let somebody read a case about themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.workplace.doubt import Somebody, may_be

FEMI = Somebody(("Femi Brackley", "Femi"), "Registered manager", frozenset({"registered_manager"}))
LEAD = Somebody(("Imelda Wintersgill",), "Safeguarding and quality lead", frozenset({"safeguarding_lead"}))
CONTACT = Somebody(("Agnieszka Dziedzal",), "", frozenset({"independent_contact"}))


@pytest.mark.parametrize(
    "typed",
    [
        "Femi",
        "femi b",
        "F. Brackley",
        "FB",
        "F.B.",
        "Mr Brakley",
        "Brackley",
        "BRACKLEY, Femi",
        "Phemi",
        "Fem",
        "the manager",
        "Fémi",
    ],
)
def test_any_part_of_a_name_near_or_short_may_mean_somebody(typed: str) -> None:
    assert may_be(typed, FEMI)


@pytest.mark.parametrize("typed", ["Dave from nights", "his nephew", "a tall man with a lanyard", "Suresh", ""])
def test_another_name_or_a_bare_description_does_not(typed: str) -> None:
    assert not may_be(typed, FEMI)


@pytest.mark.parametrize(
    ("typed", "one"), [("the safeguarding lead", LEAD), ("your guardian", CONTACT), ("the inspector", CONTACT)]
)
def test_a_post_may_mean_whoever_holds_it(typed: str, one: Somebody) -> None:
    assert may_be(typed, one) is (typed != "the inspector")


def test_a_short_form_stands_for_the_whole_name() -> None:
    assert may_be("Bill", Somebody(("William Tarrant",)))
    assert may_be("Liz", Somebody(("Elizabeth Noor",)))


def test_whoever_told_us_is_not_in_doubt_for_what_their_post_is_called() -> None:
    assert not may_be("one of the managers of nights, a manager", FEMI, by_post=False)


letters = st.text("abcdefghijklmnoprstuvwxyz", min_size=4, max_size=12)


@given(letters, letters, st.data())
def test_every_way_of_writing_a_name_down_is_found(first: str, last: str, data: st.DataObject) -> None:
    one = Somebody((f"{first.title()} {last.title()}",))
    slip = data.draw(st.integers(0, len(last) - 1))
    written = [
        first,
        last,
        f"{last}, {first}",
        f"{first[0]}. {last}",
        f"{first[0]} {last}",
        f"Mrs {last}",
        f"that {first} again",
        last[:slip] + "x" + last[slip + 1 :] if len(last) > 4 else last,
    ]
    assert [way for way in written if not may_be(way, one)] == []
