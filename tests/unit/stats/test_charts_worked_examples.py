"""Published worked examples: NIST/SEMATECH e-Handbook of Statistical Methods, chapter 6.3 (public domain)."""

import numpy as np
import pytest

from heedful.stats import charts

# 6.3.2.2, flow rate of ten batches; limits from unscreened moving ranges.
FLOW_RATE = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# 6.3.3.1, defects on 25 wafers.
WAFER_DEFECTS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]
# 6.3.3.2, misregistered chips of 50 on each of 30 wafers.
MISREGISTERED = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
]


def test_individuals_chart_of_the_nist_flow_rate() -> None:
    chart = charts.i(FLOW_RATE, screen=False)
    assert chart.centre[0] == pytest.approx(50.81)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((45.8159, 55.8041), abs=5e-5)
    assert not chart.outside_limits.any()


def test_xmr_of_the_nist_flow_rate_differs_only_by_its_rounded_constant() -> None:
    chart = charts.xmr(FLOW_RATE, screen=False)
    assert chart.moving_range[0] == pytest.approx(1.8778, abs=5e-5)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((50.81 - 2.66 * 16.9 / 9, 50.81 + 2.66 * 16.9 / 9))


def test_c_chart_of_the_nist_wafers() -> None:
    chart = charts.c(WAFER_DEFECTS)
    assert (chart.lower[0], chart.centre[0], chart.upper[0]) == (4, 16, 28)
    assert np.flatnonzero(chart.outside_limits).tolist() == [23]


def test_p_chart_of_the_nist_wafers() -> None:
    chart = charts.p(MISREGISTERED, [50] * 30)
    assert (chart.lower[0], chart.centre[0], chart.upper[0]) == pytest.approx((0.0524, 0.2313, 0.4102), abs=5e-5)
    assert np.flatnonzero(chart.outside_limits).tolist() == [14, 22]
