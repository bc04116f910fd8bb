"""Independent classifications: one event, any number of them, each with its own reason and clock."""

from datetime import date

import pytest

from heedful.foundation.policies import Answer, Death, Harm, rulebook, taxonomy
from heedful.loop.duties.rules import Assessment, Facts, Suggestion, assess

BOOK = rulebook(on=date(2026, 11, 22), nation="england")
YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE
UNHARMED = {"harm_to_body": Harm.NONE, "harm_to_mind": Harm.NONE}


def judge(**facts: object) -> Assessment:
    return assess(Facts(**{**UNHARMED, **facts}), BOOK)  # type: ignore[arg-type]


def asked(classification: str, **facts: object) -> Suggestion:
    return judge(**facts).suggestion(classification)


def codes(*slugs: str) -> frozenset[str]:
    return frozenset(slugs)


def rules(suggestion: Suggestion) -> set[str]:
    return {reason.rule for reason in suggestion.reasons}


def test_every_classification_is_asked_of_every_event_and_each_has_its_own_clock() -> None:
    found = judge().classifications
    assert {item.classification for item in found} == set(taxonomy("classifications").slugs())
    assert all(item.answer == "no" and item.reasons[0].sentence for item in found)
    assert all(BOOK.clocks.clock(item.clock) for item in found)


def test_one_event_can_be_many_things_at_once() -> None:
    event = judge(
        kinds=codes("complaint", "incident"),
        abuse_types=codes("neglect_omission"),
        harm_to_body=Harm.SEVERE,
        lasts_28_days=YES,
        police_involved=YES,
    )
    yes = {item.classification for item in event.classifications if item.answer == "yes"}
    assert yes == {"complaint", "safeguarding_concern", "cqc_notification", "duty_of_candour", "police"}


def test_r1_an_allegation_of_abuse_prompts_the_regulator_also_below_the_local_threshold() -> None:
    event = judge(abuse_types=codes("neglect_omission"))
    assert event.level.code == "L1"
    assert event.suggestion("cqc_notification").answer == "yes"
    assert event.suggestion("safeguarding_concern").answer == "ask"


def test_r2_telling_the_police_prompts_the_regulator() -> None:
    assert rules(asked("cqc_notification", police_involved=YES)) == {"R2-police"}


@pytest.mark.parametrize(
    "facts",
    [
        {"death": Death.UNEXPECTED},
        {"types": codes("death.unexpected")},
        {"harm_to_body": Harm.FATAL},
    ],
)
def test_r3_a_death_prompts_regulator_candour_and_coroner(facts: dict[str, object]) -> None:
    event = judge(**facts)
    assert event.suggestion("cqc_notification").answer == "yes"
    assert event.suggestion("coroner").answer == "yes"
    assert event.suggestion("duty_of_candour").answer in ("yes", "ask")


def test_r3_an_expected_death_is_still_asked_about() -> None:
    event = judge(death=Death.EXPECTED)
    assert (event.suggestion("coroner").answer, event.suggestion("duty_of_candour").answer) == ("ask", "ask")


def test_r4_a_deep_pressure_ulcer_prompts_regulator_and_asks_about_candour() -> None:
    deep = {"types": codes("pressure_ulcer.category_3")}
    assert "R4-deep-ulcer" in rules(asked("cqc_notification", **deep))
    assert asked("duty_of_candour", **deep).answer == "ask"
    assert asked("cqc_notification", types=codes("pressure_ulcer.category_2")).answer == "no"


def test_r5_no_power_for_more_than_a_day_prompts_the_regulator() -> None:
    assert rules(asked("cqc_notification", utility_loss_over_24h=YES)) == {"R5-utility"}


@pytest.mark.parametrize("fact", ["lasts_28_days", "body_changed", "life_shortened", "treatment_prevented_worse"])
def test_r6_each_test_of_regulation_20_9_alone_brings_the_duty_of_candour(fact: str) -> None:
    assert asked("duty_of_candour", **{fact: YES}).answer == "yes"
    assert asked("duty_of_candour", **{fact: NO}).answer == "no"


def test_r6_moderate_harm_alone_is_a_question_because_the_nhs_threshold_is_another_one() -> None:
    assert asked("duty_of_candour", harm_to_body=Harm.MODERATE).answer == "ask"


def test_r8_a_worker_off_for_nine_days_asks_whether_the_work_played_a_part() -> None:
    off = {"staff_harm": Harm.MODERATE, "staff_off_over_7_days": YES}
    assert asked("riddor", **off).answer == "ask"
    assert asked("riddor", **off, work_connected=YES).answer == "yes"
    assert asked("safeguarding_concern", staff_harm=Harm.LOW, staff_off_over_7_days=YES).answer == "no"


def test_r8_a_person_taken_straight_to_hospital_asks_the_same() -> None:
    assert asked("riddor", straight_to_hospital=YES).answer == "ask"
    assert asked("riddor", straight_to_hospital=YES, work_connected=YES).answer == "yes"


def test_r9_leaving_in_a_case_of_abuse_brings_the_barring_referral() -> None:
    assert asked("dbs", dismissed_or_left=YES, abuse_types=codes("physical")).answer == "yes"
    assert asked("dbs", dismissed_or_left=YES).answer == "ask"


@pytest.mark.parametrize("facts", [{"kinds": codes("complaint")}, {"wants_answer": YES}, {"wants_answer": UNSURE}])
def test_r17_every_complaint_is_screened_for_safeguarding(facts: dict[str, object]) -> None:
    assert asked("safeguarding_concern", **facts).answer == "ask"


def test_a_complaint_can_be_a_concern_as_well_and_both_are_suggested() -> None:
    event = judge(kinds=codes("complaint"), abuse_types=codes("physical"), harm_to_body=Harm.SEVERE)
    assert event.suggestion("complaint").answer == "yes"
    assert event.suggestion("safeguarding_concern").answer == "yes"


def test_r20_the_provider_is_told_that_it_meets_the_criteria_to_raise_and_nothing_more() -> None:
    raised = asked("safeguarding_concern", harm_to_body=Harm.SEVERE)
    assert raised.meaning.startswith("On these facts it meets the criteria to raise.")
    assert "The local authority decides" in raised.meaning


def test_what_the_reporter_called_it_is_asked_about_and_decides_no_level() -> None:
    event = judge(kinds=codes("safeguarding_concern"))
    assert event.level.code == "L0"
    assert event.suggestion("safeguarding_concern").answer == "ask"
    assert event.suggestion("cqc_notification").answer == "ask"


def test_where_the_law_of_the_nation_is_not_loaded_only_general_questions_are_asked() -> None:
    scotland = rulebook(on=date(2026, 11, 22), nation="scotland")
    found = assess(Facts(**UNHARMED, crime_suspected=YES), scotland)  # type: ignore[arg-type]
    assert [item.classification for item in found.classifications] == ["complaint", "safeguarding_concern", "police"]
    assert found.suggestion("police").answer == "yes"
