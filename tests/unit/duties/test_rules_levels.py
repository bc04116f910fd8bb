"""The proportionate decision on cases that people of the field know, by the national default."""

from datetime import date

import pytest
from pydantic import ValidationError

from heedful.foundation.policies import Answer, Death, Harm, Level, rulebook
from heedful.loop.duties.rules import (
    Assessment,
    Facts,
    History,
    assess,
    level_that_stands,
    needs_second_person,
)

BOOK = rulebook(on=date(2026, 11, 22), nation="england")
YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE
UNHARMED = {"harm_to_body": Harm.NONE, "harm_to_mind": Harm.NONE}
SAFE = {"made_safe": YES, "safeguarding": NO, "clinical": NO, "plan_followed": YES, "signs_checked": YES}


def judge(**facts: object) -> Assessment:
    return assess(Facts(**{**UNHARMED, **SAFE, **facts}), BOOK)  # type: ignore[arg-type]


def codes(*slugs: str) -> frozenset[str]:
    return frozenset(slugs)


def test_the_theft_of_five_pounds_and_the_allegation_of_rape_come_out_at_opposite_ends() -> None:
    theft = judge(abuse_types=codes("financial_material"), crime_suspected=UNSURE, safeguarding=UNSURE)
    rape = judge(
        abuse_types=codes("sexual"),
        signs=codes("sexual_act_without_consent"),
        crime_suspected=YES,
        safeguarding=YES,
        harm_to_mind=Harm.SEVERE,
    )
    assert (theft.level, theft.word) == (Level.REVIEW, "review")
    assert (rape.level, rape.word) == (Level.EMERGENCY, "emergency")
    assert rape.reasons[0].sentence.startswith("There may have been a sexual act without consent")


@pytest.mark.parametrize(
    ("story", "facts", "level"),
    [
        ("a fall without injury, plan followed", {"types": codes("fall.no_injury")}, Level.NOTE),
        ("a fall with a graze", {"types": codes("fall"), "harm_to_body": Harm.LOW}, Level.REFLECT),
        ("one medicine missed, no harm", {"types": codes("medication.omission")}, Level.REFLECT),
        ("one visit missed, nobody else missed", {"types": codes("visit.missed")}, Level.REFLECT),
        ("visits of three people missed", {"types": codes("visit.missed"), "people_affected": 3}, Level.REVIEW),
        ("an injury that nobody can explain", {"types": codes("injury.unexplained")}, Level.REVIEW),
        ("a pressure ulcer of category 2", {"types": codes("pressure_ulcer.category_2")}, Level.REFLECT),
        ("a pressure ulcer of category 3", {"types": codes("pressure_ulcer.category_3")}, Level.REVIEW),
        ("moderate harm", {"harm_to_body": Harm.MODERATE}, Level.REVIEW),
        ("moderate harm, plan not followed", {"harm_to_body": Harm.MODERATE, "plan_followed": NO}, Level.ENQUIRY),
        ("a hip fracture", {"types": codes("fall.fracture"), "harm_to_body": Harm.SEVERE}, Level.ENQUIRY),
        ("three people made ill", {"people_affected": 3, "harm_to_body": Harm.LOW}, Level.ENQUIRY),
        ("a wrist hurt at work, the person unharmed", {"staff_harm": Harm.LOW}, Level.REFLECT),
        ("expected death", {"death": Death.EXPECTED}, Level.REVIEW),
        ("unexpected death", {"death": Death.UNEXPECTED}, Level.EMERGENCY),
        ("nothing done yet to make it safe", {"made_safe": NO}, Level.REVIEW),
        ("still in danger", {"signs": codes("danger_now")}, Level.EMERGENCY),
        ("staff meant to hurt", {"signs": codes("intent_by_staff")}, Level.ENQUIRY),
        ("a carer took her purse", {"signs": codes("theft_in_trust")}, Level.ENQUIRY),
        ("we cannot keep him safe", {"signs": codes("cannot_make_safe")}, Level.ENQUIRY),
        ("sexual, she agreed", {"abuse_types": codes("sexual"), "consent": YES}, Level.REVIEW),
        ("sexual, nobody asked her", {"abuse_types": codes("sexual")}, Level.ENQUIRY),
        ("sexual, she did not agree", {"abuse_types": codes("sexual"), "consent": NO}, Level.EMERGENCY),
    ],
)
def test_known_cases_come_out_where_the_field_puts_them(story: str, facts: dict[str, object], level: Level) -> None:
    assert judge(**facts).level is level, story


def test_a_third_similar_event_in_90_days_asks_for_a_review_and_a_look_at_the_theme() -> None:
    third = judge(types=codes("fall"), history=History(similar_before=2))
    assert third.level is Level.REVIEW
    assert third.thematic_review
    assert third.reasons[0].sentence.startswith("This is number 3 in 90 days.")
    second = judge(types=codes("fall"), history=History(similar_before=1))
    assert (second.level, second.thematic_review) == (Level.REFLECT, False)


def test_a_third_similar_event_is_raised_when_nothing_changed_or_the_same_person_was_named() -> None:
    assert judge(history=History(similar_before=2, plan_changed=NO)).level is Level.ENQUIRY
    assert judge(history=History(similar_before=2, same_source_before=1)).level is Level.ENQUIRY
    assert judge(history=History(similar_before=2, plan_changed=YES)).level is Level.REVIEW


def test_whether_anything_changed_is_asked_only_of_a_repeat() -> None:
    def asked(history: History) -> set[str]:
        return {item.input for item in judge(history=history).find_out}

    assert asked(History(similar_before=2)) == {"plan_changed"}
    assert asked(History(similar_before=1)) == set()


def test_not_knowing_the_harm_asks_for_a_review_and_says_what_to_find_out() -> None:
    unknown = judge(harm_to_body=Harm.UNKNOWN)
    assert unknown.level is Level.REVIEW
    assert [(item.input, item.said) for item in unknown.find_out] == [("harm_to_body", "unsure")]
    assert unknown.find_out[0].could_become is Level.EMERGENCY
    assert unknown.find_out[0].clock == "find_out_by"


def test_a_worry_in_one_line_that_never_asked_about_harm_gets_five_minutes_not_a_review() -> None:
    worry = assess(Facts(kinds=codes("worry"), harm_to_body=Harm.NOT_ASKED, harm_to_mind=Harm.NOT_ASKED), BOOK)
    assert worry.level is Level.REFLECT
    assert "harm_to_body" in {item.input for item in worry.find_out}


def test_a_near_miss_is_a_note() -> None:
    assert assess(Facts(kinds=codes("near_miss"), **UNHARMED), BOOK).level is Level.NOTE  # type: ignore[arg-type]


def test_reasons_say_only_what_is_true_of_the_worst_that_holds() -> None:
    said = [reason.sentence for reason in judge(harm_to_body=Harm.SEVERE, history=History(similar_before=2)).reasons]
    assert said == [
        "Someone was severely harmed.",
        "This is number 3 in 90 days. Each one alone is small; together they are a pattern.",
    ]


def test_what_would_change_the_answer_names_the_nearest_step_first() -> None:
    changes = judge(types=codes("fall"), harm_to_body=Harm.LOW).would_change
    assert changes[0].level is Level.REVIEW
    assert {"it happens again", "it is not safe yet", "the harm turns out to be severe"} <= {c.text for c in changes}


def test_someone_who_was_told_already_is_not_on_the_list_of_those_to_tell() -> None:
    told = judge(harm_to_body=Harm.MODERATE, informed=codes("family"))
    assert [item.who for item in told.tell] == ["safeguarding_lead", "reporter"]


def test_coming_out_of_hospital_lately_is_said() -> None:
    assert "The person came out of hospital in the last 14 days." in [
        reason.sentence for reason in judge(days_since_discharge=5).reasons
    ]
    assert judge(days_since_discharge=15).level is Level.NOTE


def test_the_decision_keeps_the_versions_that_judged_it_and_their_caution() -> None:
    assessment = judge()
    assert assessment.policy_version == BOOK.version
    assert "no authority's threshold document" in assessment.caution


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"harm_to_body": "severe"}, "harm_to_body"),
        ({"harm_to_body": 3}, "harm_to_body"),
        ({"types": frozenset({"flying"})}, "“flying” is not a code of “What happened”"),
        ({"people_affected": -1}, "people_affected"),
        ({"people_affected": True}, "people_affected"),
        ({"lacks_capacity": Answer.YES}, "lacks_capacity"),
        ({"harm_to_mind": Harm.FATAL}, "cannot be fatal"),
        ({"harm_to_body": Harm.FATAL, "death": Death.NO}, "nobody died"),
        ({"signs": frozenset({"danger_now"}), "signs_checked": Answer.NO}, "nobody looked for them"),
    ],
)
def test_facts_that_are_no_facts_are_refused_and_never_fall_through(facts: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Facts(**facts)  # type: ignore[arg-type]


def test_facts_can_be_read_back_from_what_was_stored() -> None:
    facts = Facts(types=codes("fall.seen"), history=History(similar_before=2), made_safe=YES)
    assert Facts.model_validate_json(facts.model_dump_json()) == facts


def test_raising_is_free_and_lowering_waits_for_a_second_person() -> None:
    assert not needs_second_person(Level.REFLECT, Level.ENQUIRY)
    assert needs_second_person(Level.ENQUIRY, Level.REFLECT)
    assert level_that_stands(Level.ENQUIRY, Level.REFLECT, second_person_agreed=False) is Level.ENQUIRY
    assert level_that_stands(Level.ENQUIRY, Level.REFLECT, second_person_agreed=True) is Level.REFLECT
    assert level_that_stands(Level.REFLECT, Level.ENQUIRY, second_person_agreed=False) is Level.ENQUIRY
