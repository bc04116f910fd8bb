"""The p chart, a proportion per period, and Laney's p' chart for large or overdispersed denominators."""

from collections.abc import Sequence

import numpy as np

from heedful.stats.charts.ratio import as_ratio, ratio_lines
from heedful.stats.charts.series import check_direction, lay_out
from heedful.stats.charts.shewhart import Inputs, ShewhartChart, shewhart
from heedful.stats.charts.vocabulary import Direction, FloatArray, Kind, Series


def p(
    counts: Series,
    totals: Series,
    *,
    multiply: float = 1.0,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
) -> ShewhartChart:
    """Chart a proportion (visits missed of visits planned) and flag special-cause variation.

    counts: (n,) of which; totals: (n,) out of how many, at least counts. A period with totals missing or 0 has no
    proportion and takes no part in the centre line. multiply: 100 for per cent. Other arguments as for `u`.

    Centre: all counts of the baseline over all totals; limits: plus and minus 3 sqrt(p (1 - p) / total), within 0
    and 1. Rules: beyond a limit, then the Anhoej run rules. Raises ValueError as `u`, and for a count above its
    total. Source: Montgomery, Introduction to Statistical Quality Control, ch. 7; agrees with qicharts2 0.8.1.
    """
    return _proportion_chart("p", counts, totals, multiply, direction, parts, freeze, exclude, target, None)


def p_prime(
    counts: Series,
    totals: Series,
    *,
    multiply: float = 1.0,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
    screen: bool = True,
) -> ShewhartChart:
    """Chart a proportion with limits widened (or narrowed) to the variation between neighbouring periods.

    Arguments and errors as for `p`. screen: drop outlying moving ranges of the z-scores once.
    Source: Laney 2002, Quality Engineering 14:531-537; agrees with qicharts2 0.8.1 with screened moving ranges.
    """
    return _proportion_chart("p_prime", counts, totals, multiply, direction, parts, freeze, exclude, target, screen)


def _spread(centre: float, totals: FloatArray) -> FloatArray:
    return np.sqrt(centre * (1 - centre) / totals)


def _proportion_chart(
    kind: Kind,
    counts: Series,
    totals: Series,
    multiply: float,
    direction: Direction,
    parts: Sequence[int],
    freeze: int | None,
    exclude: Sequence[int],
    target: float | None,
    screen: bool | None,
) -> ShewhartChart:
    those, all_of_them, proportion, cautions = as_ratio(counts, totals, ("counts", "totals"))
    if (proportion > 1).any():
        raise ValueError("counts must not be above totals")
    if not multiply > 0:
        raise ValueError("multiply must be above 0")
    inputs = Inputs(
        kind=kind,
        judged=proportion,
        layout=lay_out(len(proportion), parts, exclude, freeze),
        direction=check_direction(direction),
        target=target,
        counts=those,
        exposure=all_of_them,
        multiply=multiply,
        screen=screen,
        cautions=cautions,
    )
    return shewhart(inputs, ratio_lines(inputs, those, all_of_them, _spread, ceiling=1.0))
