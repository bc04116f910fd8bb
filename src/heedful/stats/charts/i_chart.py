"""The I chart (individuals) with 3-sigma limits and the Anhoej run rules."""

from collections.abc import Sequence

import numpy as np

from heedful.stats.charts.exact import mean_of
from heedful.stats.charts.moving_range import D2, average_moving_range
from heedful.stats.charts.plain import plain_inputs
from heedful.stats.charts.shewhart import Lines, ShewhartChart, lines_around, shewhart
from heedful.stats.charts.vocabulary import BoolArray, Direction, FloatArray, Series


def i(
    values: Series,
    *,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
    screen: bool = True,
) -> ShewhartChart:
    """Chart one measurement per period, judged by 3-sigma limits and the Anhoej run rules.

    values: (n,), any unit, in time order; None or NaN where there is none. Other arguments as for `u`.
    screen: drop outlying moving ranges once. The same data under Making Data Count rules: `xmr`.

    Limits: mean plus and minus 3 average moving ranges / 1.128; NaN without variation in the baseline. Raises
    ValueError for values that are not one-dimensional or are infinite, and for indices outside the series.
    Source: Montgomery, Introduction to Statistical Quality Control, formula 6.33; agrees with qicharts2 0.8.1.
    """
    inputs = plain_inputs(
        "i",
        values,
        direction=direction,
        parts=parts,
        freeze=freeze,
        exclude=exclude,
        target=target,
        screen=screen,
    )

    def lines_of(number: int, part: slice) -> Lines:
        centre, sigma = individuals(inputs.judged[part], inputs.layout.baseline[part], screen)
        return lines_around(number, centre, np.full(part.stop - part.start, sigma))

    return shewhart(inputs, lines_of)


def individuals(values: FloatArray, baseline: BoolArray, screen: bool) -> tuple[float, float]:
    """Centre and sigma of one part from its moving ranges, which close up over excluded points but not over gaps."""
    own = values[baseline]
    return mean_of(own[~np.isnan(own)]), average_moving_range(own, screen=screen) / D2
