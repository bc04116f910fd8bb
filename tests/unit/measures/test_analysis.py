"""Which chart fits which data, what it says, and how often it says so for nothing."""

from datetime import date, timedelta

import numpy as np
import pytest

from heedful.loop.measures.analysis import (
    CHANCE,
    LEAST_RATE,
    LEAST_RUN,
    LEAST_XMR,
    Series,
    expected_by_chance,
    quiet_since,
    read,
    usual_in,
)

PER = 10_000
STEADY = [4, 3, 5, 4, 4, 6, 3, 4, 5, 4, 2, 4, 5, 3, 4, 4, 5, 4, 3, 4, 6, 4, 3, 5]


def series(counts: list[int], exposure: int | None = 11_000, better: str = "fewer", **more: object) -> Series:
    known = more.pop("known", None) or tuple(exposure for _ in counts)
    return Series(tuple(counts), known, PER if exposure else 0, better, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts", "exposure", "kind"),
    [
        ([], 11_000, "none"),
        ([0] * 24, 11_000, "dates"),
        ([1] + [0] * 5, 11_000, "dates"),
        ([4] * 12, 11_000, "early"),
        (STEADY, 11_000, "u_prime"),
        (STEADY, None, "run"),
        ([count * 2 for count in STEADY], None, "xmr"),
        ([2, 1, 2] * 8, 11_000, "run"),
    ],
)
def test_the_chart_is_chosen_by_the_data(counts: list[int], exposure: int | None, kind: str) -> None:
    assert read(series(counts, exposure)).kind == kind


def test_rare_events_are_read_by_the_days_between() -> None:
    days = tuple(date(2024, 3, 1) + timedelta(days=25 * n + n * n % 11) for n in range(28))
    reading = read(series([1, 1, 1, 2] * 6, days=days, until=date(2026, 2, 28)))
    assert reading.kind == "t"
    assert len(reading.values) == 27
    assert reading.found is None


def test_a_rate_is_never_given_without_exposure_for_every_recent_month() -> None:
    gap = tuple([11_000] * 23 + [None])
    assert read(series(STEADY, known=gap)).kind == "run"
    old_gap = tuple([None] * 5 + [11_000] * 19)
    reading = read(series(STEADY, known=old_gap))
    assert reading.kind == "u_prime"
    assert reading.values[:5] == (None,) * 5
    assert read(series(STEADY, known=tuple([None] * 12 + [11_000] * 12))).kind == "run"
    assert read(series(STEADY, known=tuple([0] * 24))).kind == "run"


def test_a_rate_is_count_over_exposure() -> None:
    reading = read(series(STEADY, 11_370))
    assert reading.values == pytest.approx([count / 11_370 * PER for count in STEADY])
    assert reading.usual == pytest.approx(sum(STEADY) / (24 * 11_370) * PER)


def test_a_month_far_above_usual_stands_out_with_both_numbers() -> None:
    found = read(series([*STEADY[:-1], 14])).found
    assert found is not None
    assert (found.rule, found.finding, found.side) == ("outside_limits", "concern", 1)
    assert (found.start, found.stop, found.events) == (23, 24, 14)
    assert found.usual == pytest.approx((sum(STEADY) - 5 + 14) / 24)


def test_a_month_of_long_ago_is_not_news() -> None:
    counts = list(STEADY)
    counts[10] = 15
    reading = read(series(counts))
    assert reading.findings[10] == "concern"
    assert reading.found is None


def test_more_near_misses_told_are_never_a_concern() -> None:
    for jump in (14, 0):
        counts = [count * 2 for count in STEADY[:-1]] + [jump * 3]
        reading = read(series(counts, None, "neutral"))
        assert "concern" not in reading.findings and "improvement" not in reading.findings
        assert reading.found is not None and reading.found.finding == ("neutral_high" if jump else "neutral_low")


def test_a_long_spell_below_is_fewer_than_usual_and_says_since_when() -> None:
    counts = [9, 10, 11, 10, 9, 11, 10, 12, 10, 9, 11, 10, 9, 10, 5, 4, 5, 4, 4, 5, 4, 5, 4, 5]
    found = read(series(counts)).found
    assert found is not None and found.finding == "improvement" and found.side == -1
    assert found.events == sum(counts[found.start : found.stop]) < found.usual


def test_too_few_months_are_not_called_usual() -> None:
    reading = read(series([3, 9, 2, 20]))
    assert (reading.kind, reading.usual, reading.found, reading.findings) == ("early", None, None, ())


def test_silence_is_asked_about_only_when_it_is_too_long_for_chance() -> None:
    assert quiet_since([2] * 10 + [0, 0]) == 10
    assert quiet_since([2] * 10 + [0]) is None
    assert quiet_since([1] * 10 + [0, 0, 0]) is None
    assert quiet_since([1] * 10 + [0, 0, 0, 0]) == 10
    assert quiet_since([5, 5, 0, 0, 0]) is None  # too short to know what was usual
    assert quiet_since([0] * 12) is None
    assert quiet_since([]) is None


def test_usual_for_three_months_comes_from_the_months_before_them() -> None:
    assert usual_in([2] * 12 + [9, 9, 9]) == 6
    assert usual_in([2] * 9 + [9, 9, 9]) is None


def counts_of(rng: np.random.Generator, mean: float, spread: float, months: int, how_many: int) -> np.ndarray:
    if spread == 1:
        return rng.poisson(mean, (how_many, months))
    return rng.negative_binomial(mean / (spread - 1), 1 / spread, (how_many, months))


@pytest.mark.parametrize(
    ("kind", "mean", "exposure"),
    [("run", LEAST_RUN * 1.1, None), ("run", 3, None), ("u_prime", LEAST_RATE * 1.1, 11_000), ("u_prime", 8, 11_000),
     ("xmr", LEAST_XMR * 1.2, None), ("xmr", 12, None)],
)  # fmt: skip
def test_a_quiet_series_looks_different_now_no_more_often_than_the_page_says(
    kind: str, mean: float, exposure: int | None
) -> None:
    rng = np.random.default_rng(20260305)
    for months in (24, 36):
        for spread in (1, 1.5):
            readings = [read(series(row.tolist(), exposure)) for row in counts_of(rng, mean, spread, months, 250)]
            charted = [reading for reading in readings if reading.kind == kind]
            assert len(charted) > 120
            share = np.mean([reading.found is not None for reading in charted])
            # Three standard errors above the promise at this sample size.
            assert share <= CHANCE[kind] + 3 * (CHANCE[kind] / len(charted)) ** 0.5, (months, spread)  # type: ignore[index]


def test_quiet_rare_events_look_different_now_no_more_often_than_the_page_says() -> None:
    rng = np.random.default_rng(20260305)
    start, said, seen = date(2023, 3, 1), 0, 0
    for mean in (0.5, 0.9, 1.3):
        for _ in range(150):
            offsets = sorted(rng.integers(0, 1096, rng.poisson(mean * 36)).tolist())
            days = tuple(start + timedelta(days=offset) for offset in offsets)
            counts = [0] * 36
            for day in days:
                counts[(day.year - 2023) * 12 + day.month - 3] += 1
            reading = read(series(counts, days=days, until=date(2026, 2, 28)))
            seen += reading.kind == "t"
            said += reading.found is not None
    assert seen > 250
    assert said / seen <= CHANCE["t"]


def test_the_page_adds_up_what_chance_would_do() -> None:
    readings = [read(series(STEADY)), read(series(STEADY, None)), read(series([0] * 24))]
    assert expected_by_chance(readings) == pytest.approx(CHANCE["u_prime"] + CHANCE["run"])
