"""Whatever the series: the XmR chart agrees with its slow twin and keeps its symmetries."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from heedful.stats import charts
from tests.unit.stats import twins

# Eighths add and average without rounding, so that ties with the centre line are common and exact.
eighths = st.integers(-64, 64).map(lambda number: number / 8)
series = st.lists(eighths, min_size=0, max_size=45)
gappy = st.lists(st.one_of(eighths, eighths, eighths, st.just(float("nan"))), min_size=1, max_size=45)


@st.composite
def charted(draw):
    values = draw(gappy)
    places = st.lists(st.integers(0, len(values) - 1), max_size=3, unique=True)
    fix_after = draw(st.one_of(st.none(), st.integers(2, 20)))
    return values, draw(places), draw(places), fix_after, draw(st.sampled_from(["mdc", "mdc6"])), draw(st.booleans())


def fired(chart: charts.XmrChart) -> dict[str, list[int]]:
    return {one.rule: one.side.tolist() for one in chart.fired}


@settings(max_examples=300, deadline=None)
@given(charted())
def test_xmr_agrees_with_its_slow_twin(case) -> None:
    values, parts, exclude, fix_after, dialect, screen = case
    chart = charts.xmr(values, parts=parts, exclude=exclude, fix_after=fix_after, dialect=dialect, screen=screen)
    trend = charts.DIALECTS[dialect].trend
    twin = twins.xmr(values, parts, fix_after, exclude, trend=trend, screen=screen)
    for line in ("centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(chart, line), twin[line], rtol=1e-12, atol=1e-12)
    assert fired(chart) == twin["fired"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(eighths, min_size=20, max_size=20), min_size=1, max_size=5), st.data())
def test_the_matrix_gives_what_each_series_alone_gives(rows, data) -> None:
    exclude = np.array(data.draw(st.lists(st.booleans(), min_size=20 * len(rows), max_size=20 * len(rows))))
    exclude = exclude.reshape(len(rows), 20)
    matrix = charts.xmr_matrix(np.array(rows), parts=(12,), fix_after=9, exclude=exclude)
    for row, values in enumerate(rows):
        chart = charts.xmr(values, parts=(12,), fix_after=9, exclude=np.flatnonzero(exclude[row]).tolist())
        np.testing.assert_array_equal(matrix.upper[row], chart.upper)
        shown = [matrix.rules[place] if place >= 0 else None for place in matrix.rule_shown[row]]
        assert tuple(shown) == chart.rules


@settings(max_examples=100, deadline=None)
@given(series, st.sampled_from([0.25, 0.5, 2.0, 8.0]), st.integers(-1000, 1000))
def test_scaling_and_shifting_move_the_lines_and_leave_the_flags(values, scale, offset) -> None:
    plain, moved = charts.xmr(values), charts.xmr([value * scale + offset for value in values])
    np.testing.assert_allclose(moved.centre, plain.centre * scale + offset, rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(moved.moving_range, plain.moving_range * scale, rtol=1e-12)
    for rule in ("trend", "shift"):
        assert fired(moved)[rule] == fired(plain)[rule]


@settings(max_examples=100, deadline=None)
@given(series)
def test_read_backwards_the_limits_stay_and_the_same_points_are_flagged(values) -> None:
    forward, backward = charts.xmr(values), charts.xmr(values[::-1])
    np.testing.assert_array_equal(forward.upper, backward.upper)
    for rule, sides in fired(backward).items():
        flags = fired(forward)[rule]
        if rule == "trend":
            assert [abs(side) for side in sides[::-1]] == [abs(side) for side in flags]
        else:
            assert sides[::-1] == flags


@settings(max_examples=100, deadline=None)
@given(series)
def test_turned_upside_down_high_becomes_low(values) -> None:
    upright, inverted = charts.xmr(values), charts.xmr([-value for value in values])
    np.testing.assert_array_equal(upright.upper, -inverted.lower)
    for rule in ("outside_limits", "two_in_three", "shift"):
        assert fired(inverted)[rule] == [-side for side in fired(upright)[rule]]


@settings(max_examples=100, deadline=None)
@given(series.filter(lambda values: len(values) >= 4), st.data())
def test_parts_are_charted_as_if_each_were_alone(values, data) -> None:
    cut = data.draw(st.integers(1, len(values) - 1))
    whole, first, second = charts.xmr(values, parts=[cut]), charts.xmr(values[:cut]), charts.xmr(values[cut:])
    np.testing.assert_array_equal(whole.centre, np.concatenate([first.centre, second.centre]))
    assert whole.rules == first.rules + second.rules


@settings(max_examples=100, deadline=None)
@given(gappy)
def test_every_signal_holds_only_points_that_its_rule_flags(values) -> None:
    chart = charts.xmr(values, direction="down")
    flagged = fired(chart)
    assert {index for index, rule in enumerate(chart.rules) if rule} == {
        index
        for signal in chart.signals
        for index in range(signal.start, signal.stop)
        if flagged[signal.rule][index] == signal.side
    }
    counts = [sum(flagged[signal.rule][signal.start : signal.stop]) * signal.side for signal in chart.signals]
    assert counts == [signal.count for signal in chart.signals]
