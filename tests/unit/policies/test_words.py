"""Closed answers and the rule that combines harm to body and mind."""

import pytest

from heedful.foundation.policies import Harm, Level, combined_harm

BODY_CODE = {Harm.FATAL: 1, Harm.SEVERE: 2, Harm.MODERATE: 3, Harm.LOW: 4, Harm.NONE: 5}
MIND_CODE = {Harm.SEVERE: 1, Harm.MODERATE: 2, Harm.LOW: 3, Harm.NONE: 4}


@pytest.mark.parametrize("body", BODY_CODE)
@pytest.mark.parametrize("mind", MIND_CODE)
def test_settled_harm_is_combined_as_the_national_service_does(body: Harm, mind: Harm) -> None:
    # Their rule: add 1 to the code of the mind, then take the smaller code.
    national = min(BODY_CODE[body], MIND_CODE[mind] + 1)
    assert BODY_CODE[combined_harm(body, mind)] == national


def test_harm_that_is_not_known_stays_not_known_unless_the_other_is_moderate_or_worse() -> None:
    assert combined_harm(Harm.LOW, Harm.UNKNOWN) is Harm.UNKNOWN
    assert combined_harm(Harm.NONE, Harm.NOT_ASKED) is Harm.NOT_ASKED
    assert combined_harm(Harm.SEVERE, Harm.UNKNOWN) is Harm.SEVERE
    assert combined_harm(Harm.UNKNOWN, Harm.MODERATE) is Harm.MODERATE


def test_there_is_no_fatal_harm_to_the_mind() -> None:
    with pytest.raises(ValueError, match="cannot be fatal"):
        combined_harm(Harm.NONE, Harm.FATAL)


def test_levels_have_a_stored_code_and_a_word() -> None:
    assert [(level.code, level.word) for level in Level] == [
        ("L0", "note"),
        ("L1", "reflect"),
        ("L2", "review"),
        ("L3", "enquiry"),
        ("L4", "emergency"),
    ]
    assert Level.from_code("L3") is Level.ENQUIRY
