"""What a chart answers: which points, which way, which rule, how much data, and what to be careful about."""

import math

import numpy as np
import pytest

from heedful.stats import charts

QUIET = [10, 12, 9, 11, 10, 13, 8, 10, 11, 9, 12, 10, 11, 9, 10, 12, 8, 11]
HIGH_AT_THE_END = [*QUIET, 30]


def codes(chart: charts.Chart) -> list[str]:
    return [caution.code for caution in chart.cautions]


@pytest.mark.parametrize(
    ("direction", "finding"), [("down", "concern"), ("up", "improvement"), ("neutral", "neutral_high")]
)
def test_a_high_point_means_what_the_better_direction_makes_of_it(direction, finding) -> None:
    chart = charts.xmr(HIGH_AT_THE_END, direction=direction)
    (signal,) = chart.signals
    assert (signal.rule, signal.start, signal.count, signal.finding) == ("outside_limits", 18, 1, finding)
    assert chart.variation == finding
    assert chart.findings[:18] == ("common_cause",) * 18


def test_a_shift_is_one_signal_with_all_its_points() -> None:
    (signal,) = charts.xmr([*QUIET[:17], *[12] * 8], direction="up", fix_after=17).signals
    assert (signal.rule, signal.start, signal.stop, signal.count, signal.finding) == ("shift", 17, 25, 8, "improvement")


@pytest.mark.parametrize(("dialect", "flagged"), [("mdc", 0), ("mdc6", 6)])
def test_six_rising_points_are_a_trend_only_in_the_six_point_dialect(dialect, flagged) -> None:
    rising = [5, 1, 2, 3, 4, 5, 6, 5, 7, 3, 8, 1]
    chart = charts.xmr(rising, dialect=dialect)
    assert sum(rule == "trend" for rule in chart.rules) == flagged


def test_a_custom_dialect_sets_both_lengths() -> None:
    chart = charts.xmr([*QUIET[:17], *[12] * 6], fix_after=17, dialect=charts.Dialect("strict", trend=6, shift=6))
    assert [signal.count for signal in chart.signals if signal.rule == "shift"] == [6]


def test_at_the_shared_turning_point_of_two_trends_the_slope_out_counts() -> None:
    up_and_down = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    sides = next(fired.side for fired in charts.xmr(up_and_down).fired if fired.rule == "trend")
    assert sides.tolist() == [1] * 6 + [-1] * 7


def test_two_beyond_the_limit_and_one_near_it_are_not_two_in_three() -> None:
    chart = charts.xmr([*[10, 11] * 9, 15, 15, 12.5, 10], fix_after=18)
    assert chart.upper[0] == pytest.approx(13.16)
    assert chart.rules[18:21] == ("outside_limits", "outside_limits", None)


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    chart = charts.xmr([9, 11] * 9 + [10.5] * 4 + [10] + [10.5] * 4, fix_after=18)
    assert "shift" not in chart.rules


def test_a_rebase_starts_centre_limits_and_runs_afresh() -> None:
    chart = charts.xmr([9, 11] * 10 + [19, 21] * 10, parts=[20])
    first, second = chart.stretches
    assert (first.centre, second.centre, second.baseline) == (10, 20, 20)
    assert chart.signals == ()


def test_fixed_limits_rest_on_the_first_points_of_each_part() -> None:
    chart = charts.xmr([9, 11] * 10 + [15] * 4, fix_after=20)
    assert chart.fix_after == 20
    assert chart.stretches[0].baseline == 20
    assert chart.centre[-1] == 10


def test_a_left_out_point_changes_nothing_but_is_still_seen_to_lie_outside() -> None:
    with_it, without = charts.xmr([*QUIET[:9], 40, *QUIET[9:]], exclude=[9]), charts.xmr(QUIET)
    assert with_it.upper[0] == without.upper[0]
    assert with_it.points[9].excluded
    assert with_it.points[9].rule == "outside_limits"
    assert not with_it.points[9].in_baseline


def test_a_missing_value_is_a_gap_that_is_said() -> None:
    chart = charts.xmr([*QUIET[:9], None, *QUIET[9:]])
    assert [(caution.code, caution.found) for caution in chart.cautions] == [("missing_values", 1)]
    assert math.isnan(chart.points[9].value)
    assert chart.points[9].rule is None


@pytest.mark.parametrize(
    ("target", "direction", "answer"),
    [
        (100, "up", "consistent_fail"),
        (100, "down", "consistent_pass"),
        (1, "up", "consistent_pass"),
        (1, "down", "consistent_fail"),
        (10, "down", "inconsistent"),
        (10, "neutral", None),
        (None, "down", None),
    ],
)
def test_assurance_says_where_the_target_lies_against_the_limits(target, direction, answer) -> None:
    assert charts.xmr(QUIET, target=target, direction=direction).assurance == answer


def test_a_short_baseline_is_not_enough_data_and_says_how_much_is_needed() -> None:
    chart = charts.xmr(QUIET[:7])
    assert not chart.enough_data
    (reason,) = chart.not_enough_data
    assert (reason.code, reason.found, reason.needed) == ("short_baseline", 7, 13)


def test_only_the_latest_part_decides_whether_there_is_enough_data() -> None:
    assert charts.xmr([*QUIET[:5], *QUIET], parts=[5]).enough_data
    assert not charts.xmr([*QUIET, *QUIET[:5]], parts=[18]).enough_data


@pytest.mark.parametrize("values", [[], [3], [None, 3, None]])
def test_next_to_nothing_gives_a_chart_without_limits_and_without_flags(values) -> None:
    chart = charts.xmr(values, target=1, direction="down")
    assert np.isnan(chart.upper).all()
    assert not any(chart.rules)
    assert chart.assurance is None
    assert chart.variation == ("common_cause" if values else None)


@pytest.mark.parametrize("values", [[4] * 20, [0] * 9 + [1] + [0] * 10])
def test_without_usable_variation_there_are_no_limits_rather_than_limits_at_the_mean(values) -> None:
    chart = charts.xmr(values)
    assert np.isnan(chart.upper).all()
    assert "no_variation" in codes(chart)
    assert "outside_limits" not in chart.rules


def test_many_zeros_warn_of_low_counts() -> None:
    assert "low_counts" in codes(charts.xmr([0, 1, 0, 2, 0, 1, 1, 0, 3, 0, 1, 0, 1, 2, 0, 1]))
    assert "low_counts" not in codes(charts.xmr(QUIET))


def test_equal_values_lie_on_the_centre_line_even_when_they_cannot_be_written_in_binary() -> None:
    chart = charts.xmr([0.1] * 7 + [0.3] * 7 + [0.2] * 7)
    assert chart.centre[0] == 0.2
    assert charts.xmr([0.1] * 49).side.tolist() == [0] * 49


def test_a_month_without_exposure_has_no_rate_and_is_said() -> None:
    exposure = [300.0] * 18
    exposure[4], exposure[9] = 0, math.nan
    chart = charts.u(QUIET, exposure, multiply=1000)
    assert np.flatnonzero(np.isnan(chart.values)).tolist() == [4, 9]
    assert np.isnan(chart.upper[[4, 9]]).all()
    assert [caution.found for caution in chart.cautions if caution.code == "missing_exposure"] == [2]
    rest = [count for month, count in enumerate(QUIET) if month not in (4, 9)]
    assert chart.centre[0] == pytest.approx(1000 * sum(rest) / (300 * 16))


def test_no_exposure_at_all_gives_no_rate_and_no_claim() -> None:
    chart = charts.u(QUIET, [0] * 18)
    assert np.isnan(chart.values).all()
    assert np.isnan(chart.centre).all()
    assert chart.variation is None
    assert [caution.code for caution in chart.not_enough_data] == ["no_baseline"]


def test_a_baseline_without_events_gives_no_limits_rather_than_limits_at_zero() -> None:
    chart = charts.u([0] * 18 + [1], [300] * 19, freeze=18)
    assert not chart.outside_limits.any()
    assert {"no_variation", "low_counts"} <= set(codes(chart))


def test_more_variation_than_chance_explains_is_said() -> None:
    clustered = [0, 22, 3, 1, 25, 2, 18, 0, 1, 30, 2, 3, 21, 0, 2, 28]
    assert "overdispersed" in codes(charts.c(clustered))
    assert "overdispersed" not in codes(charts.c(QUIET))
    assert charts.u_prime(clustered, [30] * 16).upper[0] > charts.u(clustered, [30] * 16).upper[0]


def test_a_lower_limit_of_nought_is_said_because_no_point_can_be_unusually_low() -> None:
    assert "no_lower_limit" in codes(charts.c([3, 4, 2, 5, 3, 4, 2, 3, 4, 3, 2, 4, 3]))
    assert "no_lower_limit" not in codes(charts.c([30, 34, 28, 31, 33, 29, 30, 32, 31, 30, 29, 33, 31]))


def test_a_long_run_is_one_signal_although_points_on_the_median_lie_in_it() -> None:
    values = [1, 9, 2, 8, 1, 9, 2, 8, 1, 9, 2, 8, *[7, 7, 7, 5, 7, 7, 7, 7, 7, 7], 1, 2, 1, 2, 3, 1, 3, 2, 1]
    chart = charts.run(values, direction="down")
    assert chart.centre[0] == 5
    signal = next(one for one in chart.signals if one.rule == "long_run" and one.side == 1)
    assert (signal.start, signal.stop, signal.count, signal.finding) == (11, 22, 10, "concern")
    assert chart.rules[15] is None


def test_few_crossings_are_a_signal_of_the_whole_part_without_a_side() -> None:
    slow = [1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 1, 2, 1, 2]
    chart = charts.run(slow)
    (signal,) = chart.signals
    assert (signal.rule, signal.side, signal.finding, signal.start, signal.stop) == (
        "few_crossings",
        0,
        "neutral",
        0,
        24,
    )
    assert not any(chart.rules)
    assert chart.variation == "neutral"


def test_a_run_chart_of_few_useful_points_is_not_enough_data() -> None:
    (reason,) = charts.run([1, 2, 1, 2, 1, 2]).not_enough_data
    assert (reason.code, reason.found, reason.needed) == ("few_useful", 6, 10)


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (lambda: charts.xmr([[1, 2], [3, 4]]), "one-dimensional"),
        (lambda: charts.xmr([1, math.inf]), "finite"),
        (lambda: charts.xmr(QUIET, direction="decrease"), "direction must be one of"),
        (lambda: charts.xmr(QUIET, dialect="nelson"), "unknown dialect"),
        (lambda: charts.xmr(QUIET, parts=[18]), "parts must lie between 0 and 17"),
        (lambda: charts.xmr(QUIET, exclude=[-1]), "exclude must lie between 0 and 17"),
        (lambda: charts.xmr(QUIET, fix_after=1), "at least 2 points"),
        (lambda: charts.u([1, 2], [3]), "same length"),
        (lambda: charts.u([-1, 2], [3, 3]), "counts must not be below 0"),
        (lambda: charts.u([1, 2], [3, -3]), "exposure must not be below 0"),
        (lambda: charts.u([1, 2], [3, 3], multiply=0), "multiply must be above 0"),
        (lambda: charts.p([4], [3]), "counts must not be above totals"),
        (lambda: charts.t([3, 0, 2]), "values must be above 0"),
        (lambda: charts.xmr_matrix(np.zeros(3)), "two-dimensional"),
        (lambda: charts.longest_run_max(0), "at least one useful point"),
        (lambda: charts.Dialect("loose", trend=2), "3 to 100 points"),
    ],
)
def test_input_that_cannot_be_charted_is_refused_in_words(call, problem) -> None:
    with pytest.raises(ValueError, match=problem):
        call()


def test_results_carry_their_inputs_and_cannot_be_changed() -> None:
    given = np.array(QUIET, dtype=float)
    chart = charts.u(given, [300] * 18, multiply=1000, parts=[9], exclude=[2], direction="down", target=30)
    assert chart.counts.tolist() == QUIET
    assert (chart.multiply, chart.parts, chart.exclude, chart.target) == (1000, (9,), (2,), 30)
    given[0] = 99
    assert chart.counts[0] == 10
    with pytest.raises(AttributeError):
        chart.direction = "up"
    with pytest.raises(ValueError, match="read-only"):
        charts.xmr(QUIET).values[0] = 1


def test_every_point_is_a_row_for_a_table() -> None:
    row = charts.xmr(HIGH_AT_THE_END, direction="down").points[18]
    assert (row.index, row.value, row.part, row.in_baseline, row.excluded) == (18, 30, 0, True, False)
    assert (row.rule, row.side, row.finding) == ("outside_limits", 1, "concern")
    assert row.lower < row.centre < row.upper < row.value
