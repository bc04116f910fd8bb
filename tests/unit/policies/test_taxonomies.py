"""Taxonomies: core codes, labels, subtypes, and an organisation's own words."""

import pytest

from heedful.foundation.policies import PolicyDataError, UnknownTerm, taxonomies, taxonomy
from heedful.foundation.policies.taxonomies import parse

LFPSE_BODY = {"none": "5", "low": "4", "moderate": "3", "severe": "2", "fatal": "1"}
LFPSE_MIND = {"none": "4", "low": "3", "moderate": "2", "severe": "1"}
# The main types that the import's truth files use.
IMPORT_TYPES = frozenset(
    """
    fall medication visit pressure_ulcer behaviour restrictive_practice choking nutrition_hydration missing_person
    financial_property injury deterioration_delay infection discharge_transition environment staffing records_ig
    dignity_conduct care_declined death other
    """.split()  # noqa: SIM905 - read as a list of words
)


def test_the_reporters_words_are_the_seven_of_the_field() -> None:
    assert taxonomy("event_kinds").slugs() == (
        "incident",
        "near_miss",
        "complaint",
        "safeguarding_concern",
        "worry",
        "good_care",
        "not_sure",
    )


def test_every_main_type_that_an_import_may_bring_has_a_code() -> None:
    assert {term.slug for term in taxonomy("core_types").roots()} >= IMPORT_TYPES


def test_a_subtype_knows_its_main_type_and_a_rule_about_the_main_type_sees_it() -> None:
    types = taxonomy("core_types")
    assert types.term("fall.fracture").parent == "fall"
    assert "fall.fracture" in {term.slug for term in types.children("fall")}
    assert types.with_ancestors(frozenset({"fall.fracture"})) == {"fall", "fall.fracture"}


def test_there_are_eleven_kinds_of_abuse_the_ten_of_the_guidance_and_one_of_the_return() -> None:
    assert len(taxonomy("abuse_types").slugs()) == 11
    assert "sexual_exploitation" in taxonomy("abuse_types")


@pytest.mark.parametrize(("name", "codes"), [("harm_to_body", LFPSE_BODY), ("harm_to_mind", LFPSE_MIND)])
def test_harm_carries_the_codes_of_the_national_learning_service(name: str, codes: dict[str, str]) -> None:
    found = {term.slug: term.codes["lfpse"] for term in taxonomy(name) if "lfpse" in term.codes}
    assert found == codes


def test_yes_and_no_are_words_and_never_become_true_and_false() -> None:
    assert taxonomy("answers").slugs() == ("yes", "no", "unsure", "unknown")
    assert taxonomy("answers").label("no") == "No"


def test_every_exposure_measure_is_counted_in_whole_units() -> None:
    units = {term.slug: term.codes["unit"] for term in taxonomy("exposure_measures")}
    assert units == {
        "bed_days": "tenth_of_a_day",
        "capacity_days": "tenth_of_a_day",
        "care_hours": "minute",
        "visits_planned": "visit",
        "visits_delivered": "visit",
    }


def test_an_own_word_keeps_its_label_and_counts_as_the_core_code() -> None:
    own = taxonomy("core_types").with_overlay({"trip_on_stairs": ("Trip on the stairs", "fall.injury")})
    assert own.label("trip_on_stairs") == "Trip on the stairs"
    assert own.core("trip_on_stairs") == "fall.injury"
    assert own.with_ancestors(frozenset({"trip_on_stairs"})) == {"fall", "fall.injury"}
    assert "trip_on_stairs" not in taxonomy("core_types")


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        ({"fall": ("Our fall", "fall")}, "is a code of"),
        ({"ours": ("  ", "fall")}, "needs a label"),
        ({"ours": ("Ours", "no_such_code")}, "is not a code of"),
    ],
)
def test_an_own_word_that_means_nothing_is_refused(overlay: dict[str, tuple[str, str]], message: str) -> None:
    with pytest.raises((PolicyDataError, UnknownTerm), match=message):
        taxonomy("core_types").with_overlay(overlay)


def test_an_own_word_cannot_map_onto_another_own_word() -> None:
    own = taxonomy("core_types").with_overlay({"slip": ("Slip", "fall")})
    with pytest.raises(PolicyDataError, match="must map onto a core code"):
        own.with_overlay({"slide": ("Slide", "slip")})


def test_an_unknown_code_is_named_with_its_taxonomy() -> None:
    with pytest.raises(UnknownTerm, match="“flying” is not a code of “What happened”"):
        taxonomy("core_types").label("flying")
    with pytest.raises(UnknownTerm, match="There is no taxonomy “moods”"):
        taxonomy("moods")


def test_every_term_has_a_label_and_no_code_stands_twice() -> None:
    for found in taxonomies().values():
        assert all(term.label.strip() for term in found)
        assert len(set(found.slugs())) == len(found.slugs())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"terms": [{"slug": "a", "label": "A"}, {"slug": "a", "label": "B"}]}, "“a” stands twice"),
        ({"terms": [{"slug": "Upper Case", "label": "A"}]}, "terms.0.slug"),
        ({"surprise": 1}, "surprise"),
        ({"terms": []}, "terms"),
    ],
)
def test_a_broken_taxonomy_file_is_refused_with_the_place_named(change: dict[str, object], message: str) -> None:
    whole = {"taxonomy": "t", "version": 1, "title": "T", "source": "S", "verified": True}
    with pytest.raises(PolicyDataError, match=message):
        parse({**whole, "terms": [{"slug": "a", "label": "A"}], **change}, "t.yaml")
