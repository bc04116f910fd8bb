"""Whatever the series: rates and run charts agree with their slow twins and keep their symmetries."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from heedful.stats import charts
from tests.unit.stats import twins

months = st.lists(
    st.tuples(
        st.integers(0, 30), st.one_of(st.integers(1, 2000), st.integers(1, 2000), st.sampled_from([0, math.nan]))
    ),
    min_size=1,
    max_size=45,
).filter(lambda rows: any(exposed > 0 for _, exposed in rows))
values = st.lists(st.one_of(st.integers(0, 12).map(float), st.just(math.nan)), min_size=1, max_size=60)


@settings(max_examples=200, deadline=None)
@given(months)
def test_the_u_chart_agrees_with_its_slow_twin(rows) -> None:
    counts, exposure = [list(map(float, column)) for column in zip(*rows, strict=True)]
    chart = charts.u(counts, exposure)
    centre, rates, lower, upper = twins.ratio(counts, exposure)
    np.testing.assert_allclose(chart.values, rates, rtol=1e-12)
    np.testing.assert_allclose(chart.centre, centre, rtol=1e-12)
    np.testing.assert_allclose(chart.lower, lower, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(chart.upper, upper, rtol=1e-12)
    unknown = sum(not exposed > 0 for exposed in exposure)
    assert [caution.found for caution in chart.cautions if caution.code == "missing_exposure"] == [unknown] * bool(
        unknown
    )


@settings(max_examples=100, deadline=None)
@given(months)
def test_the_p_chart_agrees_with_its_slow_twin(rows) -> None:
    totals = [float(exposed) for _, exposed in rows]
    counts = [min(float(count), total) if total > 0 else 0.0 for (count, _), total in zip(rows, totals, strict=True)]
    chart = charts.p(counts, totals)
    centre, proportions, lower, upper = twins.ratio(counts, totals, ceiling=1)
    np.testing.assert_allclose(chart.values, proportions, rtol=1e-12)
    np.testing.assert_allclose(chart.centre, centre, rtol=1e-12)
    np.testing.assert_allclose(chart.lower, lower, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(chart.upper, upper, rtol=1e-12)


@settings(max_examples=100, deadline=None)
@given(months, st.sampled_from([2, 8, 1024]))
def test_exposure_in_another_unit_gives_the_same_rate_per_that_unit(rows, unit) -> None:
    counts, exposure = [list(map(float, column)) for column in zip(*rows, strict=True)]
    in_days = charts.u(counts, exposure, multiply=unit)
    in_units = charts.u(counts, [exposed / unit for exposed in exposure])
    np.testing.assert_allclose(in_days.upper, in_units.upper, rtol=1e-12)
    assert in_days.rules == in_units.rules


@settings(max_examples=200, deadline=None)
@given(values)
def test_the_run_chart_agrees_with_its_slow_twin(series) -> None:
    chart = charts.run(series)
    centre = twins.run_centre(series)
    useful, longest, crossings = twins.runs(series, centre)
    assert math.isnan(chart.centre[0]) if math.isnan(centre) else chart.centre[0] == centre
    (runs,) = chart.runs
    if useful == 0:
        assert runs is None
        return
    assert (runs.useful, runs.longest, runs.crossings) == (useful, longest, crossings)
    assert runs.side * np.sign(series[runs.start] - centre) == 1


@settings(max_examples=100, deadline=None)
@given(values, st.sampled_from([0.5, 2.0, 4.0]), st.integers(-50, 50))
def test_run_analysis_does_not_see_scale_shift_direction_or_order_reversed(series, scale, offset) -> None:
    def seen(of):
        (runs,) = charts.run(of).runs
        return runs and (runs.useful, runs.longest, runs.crossings, runs.signal)

    assert seen(series) == seen([value * scale + offset for value in series])
    assert seen(series) == seen([-value for value in series])
    assert seen(series) == seen(series[::-1])


@settings(max_examples=100, deadline=None)
@given(values, st.data())
def test_left_out_points_are_as_if_they_had_never_been(series, data) -> None:
    left_out = data.draw(st.lists(st.integers(0, len(series) - 1), max_size=5, unique=True))
    kept = [value for index, value in enumerate(series) if index not in left_out]
    (with_them,) = charts.run(series, exclude=left_out).runs
    without = charts.run(kept).runs
    if with_them is None or not without:
        assert with_them is None
        return
    assert (with_them.useful, with_them.longest, with_them.crossings) == (
        without[0].useful,
        without[0].longest,
        without[0].crossings,
    )
