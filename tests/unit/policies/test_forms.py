"""Form versions: what a report asked, also years later."""

from datetime import date

import pytest

from heedful.foundation.policies import NoPolicyInForce, form, form_version


def test_the_form_in_force_names_its_version_and_the_version_gives_the_form_back() -> None:
    now = form("record", on=date(2026, 11, 22))
    assert now.reference == "record@1"
    assert form_version("record@1") == now


def test_the_own_words_come_first() -> None:
    assert form("record", on=date(2026, 11, 22)).questions[0].slug == "words"


def test_the_three_thresholds_are_asked_each_on_its_own() -> None:
    asked = {question.slug: question for question in form("record", on=date(2026, 11, 22)).questions}
    for slug in ("safeguarding", "clinical", "family"):
        assert asked[slug].taxonomy == "answers"
        assert asked[slug].required


@pytest.mark.parametrize("reference", ["record@99", "nothing@1"])
def test_a_version_that_never_was_is_refused(reference: str) -> None:
    with pytest.raises(NoPolicyInForce, match="no form version"):
        form_version(reference)


def test_there_is_no_form_before_the_first_one() -> None:
    with pytest.raises(NoPolicyInForce, match="There is no form “record”"):
        form("record", on=date(2001, 1, 1))
