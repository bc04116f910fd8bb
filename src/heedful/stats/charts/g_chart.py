"""The g chart: how many cases (or days) lie between rare events."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from heedful.stats.charts.exact import mean_of
from heedful.stats.charts.plain import plain_inputs
from heedful.stats.charts.shewhart import Lines, ShewhartChart, lines_around, shewhart
from heedful.stats.charts.vocabulary import Direction, Series


def g(
    values: Series,
    *,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
) -> ShewhartChart:
    """Chart the number of cases between rare events; one point per event, `direction` "up" when events are bad.

    values: (n,) cases between an event and the one before, 0 or more. Other arguments as for `u`.
    Limits: mean plus and minus 3 sqrt(mean (mean + 1)), at least 0; the centre line drawn and used for runs is the
    median, as the distribution is skewed. Raises ValueError for negative or infinite values and for indices outside
    the series. Source: Montgomery, Introduction to Statistical Quality Control, ch. 7; agrees with qicharts2 0.8.1.
    """
    inputs = plain_inputs(
        "g", values, direction=direction, parts=parts, freeze=freeze, exclude=exclude, target=target, least=0
    )

    def lines_of(number: int, part: slice) -> Lines:
        gaps = inputs.judged[part][inputs.baseline[part]]
        mean = mean_of(gaps)
        sigma = np.full(part.stop - part.start, np.sqrt(mean * (mean + 1)))
        lines = lines_around(number, mean, sigma, floor=0.0)
        median = float(np.median(gaps)) if len(gaps) else np.nan
        return replace(lines, centre=np.full(len(sigma), median))

    return shewhart(inputs, lines_of)
