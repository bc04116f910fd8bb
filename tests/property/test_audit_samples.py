"""Whatever the seed: a sample is a set of that size from the population, the same each time, and fair."""

from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from heedful.loop.audits.rules import sample

seeds = st.text("0123456789abcdef", min_size=32, max_size=32)
sizes = st.integers(1, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n)))


@settings(max_examples=150, deadline=None)
@given(seeds, sizes)
def test_it_is_so_many_different_ones_in_order_and_again_the_same(seed: str, sizes: tuple[int, int]) -> None:
    population, size = sizes
    drawn = sample(seed, population, size)
    assert len(set(drawn)) == size
    assert list(drawn) == sorted(drawn)
    assert drawn[0] >= 1
    assert drawn[-1] <= population
    assert sample(seed, population, size) == drawn


@settings(max_examples=100, deadline=None)
@given(seeds, st.integers(2, 200))
def test_a_larger_sample_holds_the_smaller_one(seed: str, population: int) -> None:
    assert set(sample(seed, population, population // 2)) <= set(sample(seed, population, population // 2 + 1))


def test_over_many_seeds_every_set_is_drawn_equally_often() -> None:
    """Two of five, 4,000 seeds: each pair about 400 times; chi-square of 9 degrees, 1 in 1,000: 27.9."""
    drawn = Counter(sample(f"{n:032x}", 5, 2) for n in range(4000))
    expected = 400
    assert set(drawn) == set(combinations(range(1, 6), 2))
    assert sum((count - expected) ** 2 / expected for count in drawn.values()) < 27.9
