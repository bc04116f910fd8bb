"""Whatever the counts: the interval holds what was seen, shrinks with the sample, mirrors, and covers."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from heedful.stats import proportions

samples = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.floats(0.5, 0.999)


@settings(max_examples=300, deadline=None)
@given(samples, levels)
def test_the_interval_holds_what_was_seen(sample: tuple[int, int], level: float) -> None:
    found = proportions.interval(*sample, level=level)
    assert found.share is not None
    assert 0 <= found.low <= found.share <= found.high <= 1


@settings(max_examples=200, deadline=None)
@given(samples, levels)
def test_counting_what_went_well_mirrors_counting_what_went_wrong(sample: tuple[int, int], level: float) -> None:
    events, n = sample
    one, other = proportions.interval(events, n, level=level), proportions.interval(n - events, n, level=level)
    assert math.isclose(one.low, 1 - other.high, abs_tol=1e-9)
    assert math.isclose(one.high, 1 - other.low, abs_tol=1e-9)


@settings(max_examples=200, deadline=None)
@given(samples)
def test_more_found_never_lowers_either_end(sample: tuple[int, int]) -> None:
    events, n = sample
    if events < n:
        one, more = proportions.interval(events, n), proportions.interval(events + 1, n)
        assert one.low <= more.low
        # From the last but one to all, the upper end is 1 either way or rises to it.
        assert one.high <= more.high


@settings(max_examples=200, deadline=None)
@given(samples, st.floats(0, 1), st.floats(0, 1))
def test_a_wider_limit_never_makes_a_judgement_worse(sample: tuple[int, int], one: float, other: float) -> None:
    order = ("beyond", "not_sure", "within")
    narrow, wide = sorted((one, other))
    answers = [proportions.judge(*sample, limit=limit).answer for limit in (narrow, wide)]
    assert order.index(answers[0]) <= order.index(answers[1])


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.floats(0.001, 0.999))
def test_each_end_passes_the_true_share_by_as_seldom_as_it_says(n: int, share: float) -> None:
    """By the whole distribution, not by chance."""
    chance = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    found = [proportions.interval(k, n) for k in range(n + 1)]
    too_low = sum(weight for weight, one in zip(chance, found, strict=True) if one.high < share)
    too_high = sum(weight for weight, one in zip(chance, found, strict=True) if one.low > share)
    assert too_low <= 0.05 + 1e-9
    assert too_high <= 0.05 + 1e-9
    assert too_low + too_high <= 0.075 + 1e-9
