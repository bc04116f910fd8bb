"""The exact edges of rules and thresholds."""

import numpy as np
import pytest

from heedful.stats import charts
from heedful.stats.charts import exact


def test_a_moving_range_of_exactly_the_screening_limit_is_screened_out() -> None:
    ranges_3267_733_0_0 = [0, 3267, 4000, 4000, 4000]
    assert charts.xmr(ranges_3267_733_0_0).moving_range[0] == pytest.approx(733 / 3)


@pytest.mark.parametrize(("points", "said"), [(12, ["short_baseline"]), (13, [])])
def test_thirteen_points_make_a_baseline_and_twelve_do_not(points, said) -> None:
    chart = charts.xmr([10, 12, 9, 11, 10, 13, 8, 10, 11, 9, 12, 10, 11][:points])
    assert [caution.code for caution in chart.cautions] == said


@pytest.mark.parametrize(("high", "flagged"), [(7, 0), (8, 8)])
def test_a_run_is_too_long_only_beyond_its_limit(high, flagged) -> None:
    assert charts.longest_run_max(20) == 7
    values = [9] * high + [1, 9] * (10 - high) + [1] * high if high == 7 else [9] * 8 + [1] * 2 + [9] * 2 + [1] * 8
    chart = charts.run(values)
    assert chart.runs[0].useful == 20
    assert sum(chart.side == 1) == flagged


def test_flagged_neighbours_on_either_side_of_a_rebase_are_two_signals() -> None:
    chart = charts.xmr([9, 11] * 10 + [30, 120] + [99, 101] * 10, parts=[21])
    assert [(signal.part, signal.start, signal.count) for signal in chart.signals] == [(0, 20, 1), (1, 21, 1)]


def test_near_points_with_an_ordinary_one_between_are_one_signal() -> None:
    chart = charts.xmr([*[9, 11] * 10, 14.5, 11, 14.5, 9], fix_after=20)
    (signal,) = chart.signals
    assert (signal.rule, signal.start, signal.stop, signal.count) == ("two_in_three", 20, 23, 2)


@pytest.mark.parametrize("copies", range(2, 60))
def test_a_mean_of_equal_values_is_that_value_even_without_extended_precision(copies, monkeypatch) -> None:
    monkeypatch.setattr(exact, "_WIDE", np.float64)
    for value in (0.1, 0.7, 1 / 3, 2.675):
        assert exact.mean_of(np.full(copies, value)) == value


def test_excluding_everything_leaves_no_baseline_and_no_claim() -> None:
    chart = charts.xmr([1, 2, 3, 4], exclude=range(4), direction="up")
    assert np.isnan(chart.centre).all()
    assert [caution.code for caution in chart.cautions] == ["no_baseline"]
    assert chart.signals == ()
