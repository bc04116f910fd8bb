"""What is written about the measures is what the code does."""

from pathlib import Path

from heedful.foundation.policies import taxonomy
from heedful.loop.measures import catalogue, definitions, reference
from heedful.loop.measures.catalogue import measures, per

ROOT = Path(__file__).resolve().parents[3]


def test_the_reference_page_is_current() -> None:
    written = (ROOT / "docs" / "reference" / "measures.md").read_text(encoding="utf-8")
    assert written == reference.page()


def test_every_type_and_no_other_has_a_measure() -> None:
    types = {slug for slug, one in measures().items() if one.group == "type"}
    assert types == set(catalogue._TYPES) == {term.slug for term in taxonomy("core_types").roots()}


def test_every_kind_people_can_choose_is_sorted_once() -> None:
    sorted_ = [*catalogue.HAPPENED, *catalogue.EARLY, *catalogue.WELCOME]
    assert sorted(sorted_) == sorted(taxonomy("event_kinds").slugs())


def test_every_measure_counts_in_one_and_many() -> None:
    for one in measures().values():
        assert one.counted(1).startswith("1 ") and one.counted(3).startswith("3 "), one.slug


def test_every_exposure_says_what_a_rate_is_given_per() -> None:
    given = {term.slug: per(term.slug) for term in taxonomy("exposure_measures")}
    assert {slug: one.multiply for slug, one in given.items() if one} == {
        **{"bed_days": 10_000, "capacity_days": 10_000, "care_hours": 60_000},
        **{"visits_planned": 1_000, "visits_delivered": 1_000},
    }
    assert per("") is None


def test_compiled_measures_hold_whole_numbers_only() -> None:
    """Decimal literals round differently in other engines."""
    import re

    for text, columns in (definitions.compiled("monthly"), definitions.compiled("cases", "fall")):
        assert not re.search(r"\d\.\d", text)
        assert " / " not in text
        assert len(set(columns)) == len(columns)


def test_ibis_is_not_loaded_until_somebody_looks_at_patterns() -> None:
    """It takes two seconds, which `heedful --help` and every other page should not pay."""
    import subprocess
    import sys

    code = "import django, sys; django.setup(); import heedful.loop.measures.urls; sys.exit('ibis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
