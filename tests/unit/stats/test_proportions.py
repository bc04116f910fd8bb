"""Shares with their exact intervals: worked examples, and agreement with another implementation."""

from pathlib import Path

import pytest
from scipy.stats import binomtest

from heedful.stats import proportions

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "stats.md").read_text()


def test_none_late_of_forty_could_still_be_seven_in_a_hundred() -> None:
    found = proportions.interval(0, 40)
    assert (found.low, found.kind, found.share) == (0.0, "upper", 0.0)
    assert found.high == pytest.approx(1 - 0.05 ** (1 / 40), rel=1e-12)
    assert round(100 * found.high) == 7


def test_all_of_twenty_leaves_the_lower_end_open() -> None:
    found = proportions.interval(20, 20)
    assert (found.high, found.kind) == (1.0, "lower")
    assert found.low == pytest.approx(0.05 ** (1 / 20), rel=1e-12)


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    # Clopper and Pearson's own, as in every table of exact limits: 95%, to four places.
    [(1, 10, 0.0025, 0.4450), (5, 10, 0.1871, 0.8129), (2, 40, 0.0061, 0.1692), (10, 100, 0.0490, 0.1762)],
)
def test_the_exact_interval_is_that_of_the_tables(events: int, n: int, low: float, high: float) -> None:
    found = proportions.interval(events, n)
    assert found.kind == "two_sided"
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize("level", [0.8, 0.9, 0.95, 0.99])
@pytest.mark.parametrize(("events", "n"), [(1, 2), (1, 40), (3, 40), (39, 40), (7, 212), (150, 1000), (1, 20000)])
def test_it_agrees_with_another_implementation(events: int, n: int, level: float) -> None:
    theirs = binomtest(events, n).proportion_ci(confidence_level=level, method="exact")
    found = proportions.interval(events, n, level=level)
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), rel=1e-9)


@pytest.mark.parametrize("n", [1, 5, 40, 212])
def test_with_none_found_it_agrees_with_the_one_sided_interval_of_another_implementation(n: int) -> None:
    theirs = binomtest(0, n, alternative="less").proportion_ci(confidence_level=0.95, method="exact")
    assert proportions.interval(0, n).high == pytest.approx(theirs.high, rel=1e-9)


def test_nothing_looked_at_says_nothing() -> None:
    found = proportions.interval(0, 0)
    assert (found.low, found.high, found.kind, found.share) == (0.0, 1.0, "unknown", None)
    assert proportions.judge(0, 0, limit=0.1).answer == "not_sure"


def test_a_sample_says_within_or_beyond_only_when_its_whole_interval_does() -> None:
    assert proportions.judge(0, 40, limit=0.1).answer == "within"
    assert proportions.judge(0, 20, limit=0.1).answer == "not_sure"
    assert proportions.judge(2, 40, limit=0.1).answer == "not_sure"
    assert proportions.judge(12, 40, limit=0.1).answer == "beyond"


def test_where_nothing_may_go_wrong_a_sample_can_only_find_that_it_does() -> None:
    assert proportions.judge(0, 10_000, limit=0.0).answer == "not_sure"
    assert proportions.judge(1, 10_000, limit=0.0).answer == "beyond"


@pytest.mark.parametrize(("limit", "least"), [(0.1, 29), (0.05, 59), (0.01, 299), (0.5, 5)])
def test_how_many_are_needed_when_none_goes_wrong(limit: float, least: int) -> None:
    assert proportions.least_sample(limit) == least
    assert proportions.judge(0, least - 1, limit=limit).answer == "not_sure"


@pytest.mark.parametrize(("events", "n"), [(-1, 5), (6, 5), (0, -1)])
def test_counts_that_cannot_be_are_turned_away_with_a_sentence(events: int, n: int) -> None:
    with pytest.raises(ValueError, match="cannot be counted"):
        proportions.interval(events, n)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_is_none_is_turned_away(level: float) -> None:
    with pytest.raises(ValueError, match="level lies between"):
        proportions.interval(1, 5, level=level)
    with pytest.raises(ValueError, match="level lies between"):
        proportions.least_sample(0.1, level=level)


@pytest.mark.parametrize("limit", [-0.1, 1.1])
def test_a_limit_that_is_no_share_is_turned_away(limit: float) -> None:
    with pytest.raises(ValueError, match="limit"):
        proportions.judge(1, 5, limit=limit)
    with pytest.raises(ValueError, match="limit"):
        proportions.least_sample(limit)


def test_the_reference_page_names_everything_public() -> None:
    assert [name for name in proportions.__all__ if f"`{name}" not in PAGE] == []
