"""Policies in force, and policy files that are refused with the place named."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from heedful.foundation.policies import NoPolicyInForce, PolicyDataError, in_force, rulebook, shipped
from heedful.foundation.policies.loader import FOLDER, KINDS, Rulebook, parse, refuse_overlaps
from heedful.foundation.policies.reference import messages
from heedful.foundation.policies.tables import SeriousnessPolicy

TODAY = date(2026, 11, 22)
NATIONS = ["england", "wales", "scotland", "northern_ireland"]
TABLE = (FOLDER / "seriousness-uk-default-1.yaml").read_text(encoding="utf-8")
CLOCKS = (FOLDER / "clocks-uk-default-1.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_policy_is_in_force_in_every_nation(kind: str, nation: str) -> None:
    policy = in_force(kind, on=TODAY, nation=nation)  # type: ignore[call-overload]
    assert policy.kind == kind
    assert policy.holds_on(TODAY)


def test_only_england_has_the_duties_of_england() -> None:
    assert in_force("duties", on=TODAY, nation="england").id == "duties-england"
    scotland = in_force("duties", on=TODAY, nation="scotland")
    assert scotland.id == "duties-default"
    assert "not loaded" in scotland.caution
    assert "cqc_notification" not in {duty.slug for duty in scotland.duties}


def test_an_authority_without_its_own_policy_gets_the_nations() -> None:
    assert in_force("seriousness", on=TODAY, nation="england", authority="Ashmere").authority is None


@pytest.mark.parametrize(
    ("kind", "on", "nation", "message"),
    [
        (
            "seriousness",
            date(1999, 1, 1),
            "england",
            "No policy for seriousness is in force in england on 1 January 1999",
        ),
        ("moods", TODAY, "england", "no kind of policy called “moods”"),
        ("clocks", TODAY, "atlantis", "“atlantis” is not a nation"),
    ],
)
def test_asking_for_what_is_not_there_says_so(kind: str, on: date, nation: str, message: str) -> None:
    with pytest.raises(NoPolicyInForce, match=message):
        in_force(kind, on=on, nation=nation)  # type: ignore[call-overload]


def test_what_a_decision_keeps_fits_into_its_column() -> None:
    for nation in NATIONS:
        assert len(rulebook(on=TODAY, nation=nation).version) <= 80
    assert rulebook(on=TODAY, nation="england").version == "seriousness-default@1 duties-england@1"


def test_facts_from_memory_or_second_hand_are_never_marked_as_verified() -> None:
    for policy in shipped():
        for item in policy.items():
            certainty = policy.sources[item.source].certainty
            assert not (item.verified and certainty in ("V2", "K")), (policy.reference, item)
    assert not in_force("retention", on=TODAY, nation="england").verified


def test_no_sentence_says_that_the_authoritys_test_is_met() -> None:
    # Whether section 42 applies is for the local authority alone to say.
    for text in messages():
        lowered = text.lower()
        assert "s42" not in lowered
        assert "section 42" not in lowered


def test_no_rule_rests_on_the_reporters_own_word_or_on_another_table() -> None:
    table = in_force("seriousness", on=TODAY, nation="england")
    assert not {name for rule in table.rules for name in rule.when} & {
        "called_complaint",
        "called_safeguarding",
        "level",
    }


def _changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("when: {harm: severe}", "when: {harm: sever}", "rules.*“harm” must be one of"),
        ("when: {harm: severe}", "when: {harm: none}", "“harm” must be one of"),
        ("when: {harm: severe}", "when: {hram: severe}", "“hram” is not an input"),
        ("when: {harm: severe}", "when: {called_complaint: yes}", "may not decide a level"),
        ("when: {harm: severe}", "when: {}", "only the last, must hold for everything"),
        ("signs: [danger_now]", "signs: [danger_soon]", "“danger_soon” is not a code"),
        ("people_affected: 3, harm: low", "people_affected: three, harm: low", "must be a whole number"),
        ("people_affected: 3, harm: low", "people_affected: 0, harm: low", "must be a whole number"),
        ("id: L3-severe-harm, level: 3", "id: L3-severe-harm, level: 1", "the most serious level first"),
        ("id: L3-severe-harm", "id: L3-intent", "“L3-intent” stands twice"),
        ("id: L3-severe-harm", "id: severe", "rules.7.id"),
        ('because: "Someone was severely harmed."', 'because: "%(nobody)s was harmed"', "cannot be filled"),
        ("source: leicester, verified: true", "source: nowhere, verified: true", "“nowhere” is not in the list"),
        ("source: factors, verified: false", "source: factors, verified: true", "cannot be marked as verified"),
        ("looks_back_days: 90", "looks_back_days: ninety", "looks_back_days"),
        ("valid_from: 2015-04-01", "valid_from: 2015-04-01\nvalid_to: 2014-01-01", "valid_to is before valid_from"),
        ("version: 1", "version: 1\nsurprise: 1", "surprise"),
        ("version: 1", "version: 1\nversion: 2", "line 4: the key “version” stands twice"),
        ("word: note", "word: shrug", "levels must be note, reflect"),
        ("rules:", "rules: [", "line .*: this is not valid YAML"),
        ("who: reporter", "who: nobody_known", "“nobody_known” is not a code"),
        ("kind: seriousness", "kind: moods", "moods"),
    ],
)
def test_a_broken_table_is_refused_and_the_place_is_named(old: str, new: str, message: str) -> None:
    with pytest.raises(PolicyDataError, match=message) as refused:
        parse(_changed(TABLE, old, new), "mine.yaml")
    assert "mine.yaml" in str(refused.value)


def test_a_policy_with_no_source_is_refused() -> None:
    data = yaml.safe_load((FOLDER / "bank-holidays-england-1.yaml").read_text(encoding="utf-8"))
    with pytest.raises(PolicyDataError, match="sources"):
        parse(yaml.safe_dump({**data, "sources": {}}), "mine.yaml")


def test_two_policies_may_not_hold_on_the_same_day_in_the_same_place() -> None:
    one = parse(CLOCKS, "one.yaml")
    later = parse(_changed(CLOCKS, "version: 1\n", "version: 2\n"), "two.yaml")
    with pytest.raises(PolicyDataError, match="clocks-default@1 and clocks-default@2 hold on the same days"):
        refuse_overlaps([one, later])
    ended = parse(
        _changed(CLOCKS, "valid_from: 2015-04-01", "valid_from: 2015-04-01\nvalid_to: 2026-03-31"), "one.yaml"
    )
    begun = parse(_changed(CLOCKS, "valid_from: 2015-04-01", "valid_from: 2026-04-01"), "two.yaml")
    refuse_overlaps([ended, begun])


def test_a_clock_that_a_table_starts_must_exist() -> None:
    book = rulebook(on=TODAY, nation="england")
    table = parse(_changed(TABLE, "clock: tell_reporter_by", "clock: some_day"), "mine.yaml")
    assert isinstance(table, SeriousnessPolicy)
    with pytest.raises(PolicyDataError, match="the clock “some_day” is not in clocks-default@1"):
        Rulebook(table, book.duties, book.clocks)


def test_the_policies_never_reach_the_web_framework() -> None:
    folder = Path(parse.__code__.co_filename).parent
    assert not [path.name for path in folder.glob("*.py") if "django" in path.read_text(encoding="utf-8").lower()]
