"""The XmR chart (individuals and moving range) with the Making Data Count rules."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from heedful.stats.charts.cautions import (
    LOW_COUNTS,
    NO_BASELINE,
    Caution,
    baseline_caution,
    low_counts_caution,
    missing_caution,
)
from heedful.stats.charts.chart import Chart
from heedful.stats.charts.dialects import Dialect, dialect_of
from heedful.stats.charts.reading import Fired
from heedful.stats.charts.series import Layout, as_series, check_direction, lay_out
from heedful.stats.charts.vocabulary import (
    BoolArray,
    DialectName,
    Direction,
    FloatArray,
    IntArray,
    Series,
    SmallIntArray,
)
from heedful.stats.charts.xmr_matrix import chart_matrix


@dataclass(frozen=True, eq=False, kw_only=True)
class XmrChart(Chart):
    """An XmR chart. `moving_range` (n,) is each point's part's average moving range, after screening."""

    dialect: Dialect
    screen: bool
    moving_range: FloatArray

    @property
    def fix_after(self) -> int | None:
        return self.freeze


def _cautions(series: FloatArray, layout: Layout, baseline: BoolArray, upper: FloatArray) -> tuple[Caution, ...]:
    cautions = missing_caution("missing_values", int(np.isnan(series).sum()))
    for number, part in enumerate(layout.slices()):
        own = series[part][baseline[part]]
        cautions += baseline_caution(number, len(own))
        if len(own) >= NO_BASELINE:
            cautions += _cautions_of_part(number, own, float(upper[part.start]))
    return tuple(cautions)


def _cautions_of_part(number: int, own: FloatArray, upper: float) -> list[Caution]:
    """No limits without variation; many zeros among values that are never negative are what low counts look like."""
    cautions = [Caution("no_variation", number, len(own))] if np.isnan(upper) else []
    zeros = float(np.mean(own == 0))
    if zeros > np.exp(-LOW_COUNTS) and (own >= 0).all():
        # The Poisson mean that would give so many zeros.
        cautions += low_counts_caution(number, float(-np.log(zeros)))
    return cautions


def _fired(flags: SmallIntArray, counted: IntArray) -> tuple[Fired, ...]:
    """Rules by name. Excluded points are passed over; the near points of a two-in-three may have one between them."""
    outside, trend, two_in_three, shift = flags.astype(np.int64)
    return (
        Fired("outside_limits", outside, np.arange(flags.shape[1])),
        Fired("trend", trend, counted),
        Fired("two_in_three", two_in_three, counted, step=2),
        Fired("shift", shift, counted),
    )


def xmr(
    values: Series,
    *,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    fix_after: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
    dialect: DialectName | Dialect = "mdc",
    screen: bool = True,
) -> XmrChart:
    """Chart one measurement, count or rate per period and flag special-cause variation.

    values: (n,), any unit, in time order; None or NaN is a gap that no moving range or run spans.
    direction: which way is better. target: in the unit of values.
    parts: indices at which centre, limits and rules start afresh (a rebase; have a reason for each).
    fix_after: number of points of each part, from its first, that make its centre and limits.
    exclude: indices left out of centre, limits and runs, which close up over them; still flagged beyond a limit.
    dialect: `mdc` (trend of 7 points), `mdc6` (trend of 6), or a Dialect. screen: drop outlying moving ranges once.

    Limits are the mean plus and minus 2.66 average moving ranges; they are NaN without variation in the baseline.
    Rules in order: beyond a limit; trend; two in three near a limit; shift. Raises ValueError for values that are
    not one-dimensional or are infinite, for indices outside the series, unknown directions or dialects.
    Source: NHS England, Making Data Count; Wheeler, Understanding Variation; agrees with NHSRplotthedots 0.2.2.
    """
    series = as_series(values, "values")
    rules = dialect_of(dialect)
    layout = lay_out(len(series), parts, exclude, fix_after)
    matrix = chart_matrix(series[None, :], layout, ~layout.included[None, :], rules, screen=screen)
    baseline = layout.baseline & ~np.isnan(series)
    return XmrChart(
        kind="xmr",
        values=series,
        direction=check_direction(direction),
        target=target,
        parts=layout.starts,
        exclude=layout.exclude,
        freeze=fix_after,
        part=layout.part,
        baseline=baseline,
        centre=matrix.centre[0],
        lower=matrix.lower[0],
        upper=matrix.upper[0],
        fired=_fired(matrix.fired[:, 0], np.flatnonzero(layout.included)),
        cautions=_cautions(series, layout, baseline, matrix.upper[0]),
        dialect=rules,
        screen=screen,
        moving_range=matrix.moving_range[0],
    )
