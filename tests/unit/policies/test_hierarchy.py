"""The action hierarchy: its order, its reminders at the foot, and files that are refused with the reason."""

from datetime import date

import pytest
import yaml

from heedful.foundation.policies import STRENGTHS, PolicyDataError, in_force
from heedful.foundation.policies.loader import FOLDER, parse

FILE = (FOLDER / "action-hierarchy-uk-default-1.yaml").read_text(encoding="utf-8")
POLICY = in_force("action_hierarchy", on=date(2026, 11, 22), nation="england")


@pytest.mark.parametrize(
    ("slug", "strength"),
    [
        # As VA NCPS and RCA2 sort them.
        ("building", "stronger"),
        ("forcing", "stronger"),
        ("leadership", "stronger"),
        ("checklist", "intermediate"),
        ("staffing", "intermediate"),
        ("read_back", "intermediate"),
        ("double_check", "weaker"),
        ("training", "weaker"),
        ("procedure", "weaker"),
        ("reminder", "weaker"),
    ],
)
def test_each_kind_is_as_strong_as_the_source_says(slug: str, strength: str) -> None:
    kind = POLICY.find(slug)
    assert kind is not None
    assert kind.strength == strength


def test_reminding_staff_stands_last_of_all() -> None:
    assert POLICY.kinds[-1].slug == "reminder"
    assert [kind.strength for kind in POLICY.kinds] == sorted(
        (kind.strength for kind in POLICY.kinds), key=STRENGTHS.index
    )


def test_every_strength_says_why() -> None:
    assert [POLICY.words_for(strength).word for strength in STRENGTHS] == [
        "Changes the system",
        "Helps people",
        "Relies on memory",
    ]
    assert all(words.because.endswith(".") for words in POLICY.words)


def test_looking_again_is_offered_after_three_days_six_weeks_and_twelve() -> None:
    assert [look.days for look in POLICY.looks] == [3, 42, 84]


def test_delay_climbs_from_the_lead_to_the_nominated_individual() -> None:
    assert [step.who for step in POLICY.overdue] == [
        "lead",
        "registered_manager",
        "safeguarding_lead",
        "nominated_individual",
    ]


def test_a_kind_that_is_not_known_is_none() -> None:
    assert POLICY.find("magic") is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda raw: raw["kinds"].append(raw["kinds"][0]), "the kind “building” stands twice"),
        (lambda raw: raw["words"].reverse(), "the strongest first"),
        (lambda raw: raw["overdue"].reverse(), "each step comes later"),
        (
            lambda raw: raw.update(kinds=[one for one in raw["kinds"] if one["strength"] != "weaker"]),
            "no kind of action that is weaker",
        ),
        (lambda raw: raw["kinds"][0].update(strength="medium"), "kinds.0.strength"),
        (lambda raw: raw["kinds"][-1].update(verified=True), "cannot be marked as verified"),
    ],
)
def test_a_hierarchy_that_makes_no_sense_is_refused(change, message: str) -> None:  # type: ignore[no-untyped-def]
    raw = yaml.safe_load(FILE)
    change(raw)
    raw["valid_from"] = "2015-04-01"
    text = yaml.safe_dump(raw, allow_unicode=True).replace("'2015-04-01'", "2015-04-01")
    with pytest.raises(PolicyDataError, match=message):
        parse(text, "test.yaml")
