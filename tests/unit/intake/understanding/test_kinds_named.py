"""Words for kinds of event: the sure ones are taken, the weak ones need the account, the rest is asked."""

import pytest

from heedful.intake.understanding.kindwords import KINDS, heading_kind, kind_words
from heedful.intake.understanding.marks import harm, yes_no


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fall - unwitnessed", "fall"),
        ("slip/trip/fall", "fall"),
        ("Med error ", "medication"),
        ("Missed medication", "medication"),
        ("MAR error", "medication"),
        ("Missed call", "visit"),
        ("No reply (NR)", "visit"),
        ("Call cut short", "visit"),
        ("Refusal of care", "care_declined"),
        ("R.P.", "restrictive_practice"),
        ("Physical intervention", "restrictive_practice"),
        ("Challenging behaviour", "behaviour"),
        ("Res on res", "behaviour"),
        ("Staff attitude", "dignity_conduct"),
        ("Pressure damage", "pressure_ulcer"),
        ("S/T", "injury"),
        ("Skin tear / bruise", "injury"),
        ("AWOL", "missing_person"),
        ("Missing money", "financial_property"),
        ("Wt loss", "nutrition_hydration"),
        ("Hospital discharge", "discharge_transition"),
        ("GDPR", "records_ig"),
        ("RIP", "death"),
        ("Misc", "other"),
    ],
)
def test_words_that_name_one_kind(text: str, kind: str) -> None:
    assert kind_words(text) == ((kind,), True)
    assert kind in KINDS


@pytest.mark.parametrize("text", ["Accident", "Allegation", "Miss", "Property", "Behaviour / injury"])
def test_words_that_can_mean_several_kinds_are_not_sure(text: str) -> None:
    assert not kind_words(text).sure


@pytest.mark.parametrize("text", ["??", "Z2", "Late reporting", "Call bell", "Tuesday"])
def test_words_that_name_no_kind(text: str) -> None:
    assert kind_words(text).kinds == ()


def test_a_heading_names_the_kind_of_a_flag_column() -> None:
    assert heading_kind("Restraint used?") == "restrictive_practice"
    assert heading_kind("RPI y/n") == "restrictive_practice"


@pytest.mark.parametrize(
    ("text", "said"), [("✓", "yes"), ("Y - rang", "yes"), ("no", "no"), ("x", "no"), ("", ""), ("n/a", "")]
)
def test_a_blank_is_unknown_and_never_no(text: str, said: str) -> None:
    assert yes_no(text) == said


@pytest.mark.parametrize(
    ("text", "level"), [("No harm", "none"), ("2 - minor", "low"), ("Hosp", "severe"), ("M", ""), ("", "")]
)
def test_a_level_of_harm_is_read_only_where_the_words_say_it(text: str, level: str) -> None:
    assert harm(text) == level
