"""Who may be told what of a case: the rules alone."""

from datetime import date
from typing import Any

import pytest

from heedful.foundation.exits.names import Known
from heedful.loop.feedback import rules
from heedful.loop.feedback.rules import Recipient, Standing

KNOWN = (Known("Arthur Kettleby", "person"), Known("Dawit Bekele", "staff"), Known("Ellen Kettleby", "relation"))
TODAY = date(2026, 3, 4)


def reporter(**said: Any) -> Standing:
    return Standing(recipient=Recipient.REPORTER, known=KNOWN, **said)


def family(**said: Any) -> Standing:
    return Standing(recipient=Recipient.FAMILY, known=(), **{"family_allowed": True, **said})


def said(words: str, standing: Standing, **more: str) -> list[tuple[str, str]]:
    return [(one.field, one.text) for one in rules.problems(words, standing, **more)]


def test_plain_words_may_be_told_to_whoever_reported() -> None:
    assert said("We moved the chart to the trolley. Thank you for telling us.", reporter()) == []


@pytest.mark.parametrize("words", ["Dawit Bekele said so.", "DAWIT was there.", "It was mr kettleby again."])
def test_a_name_is_refused_where_it_was_typed_and_is_repeated(words: str) -> None:
    ((field, text),) = said(words, reporter())
    assert field == "words"
    assert "Leave it out" in text


@pytest.mark.parametrize(
    "words",
    [
        "She was suspended.", "It is a disciplinary matter.", "HR deals with it.", "He had a final warning.",
        "They were referred to the DBS.", "An allegation of gross misconduct was upheld.",
    ],
)  # fmt: skip
def test_what_happens_with_a_member_of_staff_is_told_to_nobody(words: str) -> None:
    for standing in (reporter(), family()):
        ((field, text),) = said(words, standing, channel="By phone")
        assert field == "words"
        assert "member of staff" in text


def test_words_about_work_are_not_mistaken_for_discipline() -> None:
    assert said("The Warnings on the chart are in red.", reporter()) == []


def test_one_named_as_a_possible_source_is_told_nothing_even_when_all_else_is_settled() -> None:
    for recipient in Recipient:
        standing = Standing(recipient=recipient, alleged_source=True, family_allowed=True)
        ((field, text),) = said("Fine words.", standing, channel="By phone")
        assert (field, "possible source" in text) == ("", True)


def test_of_a_confidential_reporter_the_refusal_does_not_say_why() -> None:
    ((_, text),) = said("Fine words.", reporter(alleged_source=True, identity_withheld=True))
    assert "source" not in text


def test_nothing_more_is_told_while_the_police_come_first_or_a_name_is_not_matched() -> None:
    assert "police" in rules.refusal(reporter(police_first=True))
    assert "not matched" in rules.refusal(reporter(in_doubt=True))
    assert "Nobody can be reached" in rules.refusal(reporter(reachable=False))
    assert "Nobody has decided" in rules.refusal(reporter(decided=False))


def test_a_family_needs_a_decision_and_a_no_is_a_no() -> None:
    assert "Write down first" in rules.refusal(family(family_allowed=None))
    assert "not told about this" in rules.refusal(family(family_allowed=False))
    assert rules.refusal(family()) == ""
    assert said("He is well.", family()) == [("channel", "Say how they were told: in person, by phone, by letter.")]


def test_nothing_and_too_much_are_refused() -> None:
    assert [field for field, _ in said("  ", reporter())] == ["words"]
    assert "4001 characters" in said("a" * 4001, reporter())[0][1]


def test_ones_own_name_may_be_said_and_nobody_elses() -> None:
    own = rules.without(KNOWN, ["Ellen Kettleby", "Arthur Kettleby"])
    assert [one.name for one in own] == ["Dawit Bekele"]


@pytest.mark.parametrize(
    ("typed", "is_meant"),
    [("his son", True), ("Mr Adair", True), ("Percy  ADAIR", True), ("a tall man", False), ("a person", False)],
)
def test_a_typed_source_may_mean_a_relation_by_name_or_by_tie(typed: str, is_meant: bool) -> None:
    assert rules.may_be_meant("Percy Adair", "Son", [typed]) is is_meant


def test_a_decision_on_the_family_says_who_when_why_and_on_what_basis() -> None:
    found = rules.family_problems("", "", None, "", allowed=True, may_be_told=None, today=TODAY)
    assert {one.field for one in found} == {"basis", "decided_by", "decided_on", "why"}
    whole = ("Ellen, attorney", TODAY, "Seen the papers.")
    assert rules.family_problems("authority", *whole, allowed=True, may_be_told=None, today=TODAY) == []
    kept = rules.family_problems("authority", *whole, allowed=True, may_be_told=False, today=TODAY)
    assert [one.field for one in kept] == ["basis"]
    assert rules.family_problems("consent", *whole, allowed=True, may_be_told=False, today=TODAY) == []
    assert rules.family_problems("authority", *whole, allowed=False, may_be_told=False, today=TODAY) == []


def test_a_day_to_come_is_refused() -> None:
    found = rules.police_problems("PC 1141", "All but names.", date(2026, 3, 5), TODAY)
    assert found == [rules.Problem("said_on", "This day is still to come.")]


def test_a_text_is_cut_into_sentences() -> None:
    assert rules.sentences("One. Two!  Three?\nFour") == ["One.", "Two!", "Three?", "Four"]
