"""The u chart, events per exposure, and Laney's u' chart for more variation than chance explains."""

from collections.abc import Sequence

import numpy as np

from heedful.stats.charts.ratio import as_ratio, ratio_lines
from heedful.stats.charts.series import check_direction, lay_out
from heedful.stats.charts.shewhart import Inputs, ShewhartChart, shewhart
from heedful.stats.charts.vocabulary import Direction, FloatArray, Kind, Series


def u(
    counts: Series,
    exposure: Series,
    *,
    multiply: float = 1.0,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
) -> ShewhartChart:
    """Chart events per exposure (falls per 1,000 bed days) and flag special-cause variation.

    counts: (n,) events per period, 0 or more. exposure: (n,) bed days, care hours, visits, in any one unit.
    A period with exposure missing or 0 has no rate, takes no part in the centre line and is counted in a caution.
    multiply: exposure that the rate is given per, such as 1000. target: in the unit of the rate.
    parts: indices at which centre, limits and rules start afresh. freeze: points per part that make its centre.
    exclude: indices left out of centre, limits and runs; still flagged beyond a limit. direction: which way is better.

    Centre: all events of the baseline over all its exposure; limits: plus and minus 3 sqrt(centre / exposure), at
    least 0. Rules: beyond a limit, then the Anhoej run rules. Raises ValueError for negative or infinite input,
    unequal lengths, indices outside the series. Source: Montgomery, Introduction to Statistical Quality Control,
    formula 7.19; agrees with qicharts2 0.8.1.
    """
    return _rate_chart("u", counts, exposure, multiply, direction, parts, freeze, exclude, target, None)


def u_prime(
    counts: Series,
    exposure: Series,
    *,
    multiply: float = 1.0,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
    screen: bool = True,
) -> ShewhartChart:
    """Chart events per exposure with limits widened (or narrowed) to the variation between neighbouring periods.

    Arguments and errors as for `u`. screen: drop outlying moving ranges of the z-scores once.
    Source: Laney 2002, Quality Engineering 14:531-537; agrees with qicharts2 0.8.1 with screened moving ranges.
    """
    return _rate_chart("u_prime", counts, exposure, multiply, direction, parts, freeze, exclude, target, screen)


def _spread(centre: float, exposure: FloatArray) -> FloatArray:
    return np.sqrt(centre / exposure)


def _rate_chart(
    kind: Kind,
    counts: Series,
    exposure: Series,
    multiply: float,
    direction: Direction,
    parts: Sequence[int],
    freeze: int | None,
    exclude: Sequence[int],
    target: float | None,
    screen: bool | None,
) -> ShewhartChart:
    events, exposed, rate, cautions = as_ratio(counts, exposure, ("counts", "exposure"))
    if not multiply > 0:
        raise ValueError("multiply must be above 0")
    inputs = Inputs(
        kind=kind,
        judged=rate,
        layout=lay_out(len(rate), parts, exclude, freeze),
        direction=check_direction(direction),
        target=target,
        counts=events,
        exposure=exposed,
        multiply=multiply,
        screen=screen,
        cautions=cautions,
    )
    return shewhart(inputs, ratio_lines(inputs, events, exposed, _spread))
