"""The c chart: counts per period of equal exposure."""

from collections.abc import Sequence

import numpy as np

from heedful.stats.charts.cautions import low_counts_caution
from heedful.stats.charts.dispersion import overdispersed
from heedful.stats.charts.exact import mean_of
from heedful.stats.charts.plain import plain_inputs
from heedful.stats.charts.shewhart import Lines, ShewhartChart, lines_around, shewhart
from heedful.stats.charts.vocabulary import Direction, Series


def c(
    values: Series,
    *,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
) -> ShewhartChart:
    """Chart counts whose exposure is the same in every period; where it is not, use `u`.

    values: (n,) events per period, 0 or more; None or NaN where the count is unknown. Other arguments as for `u`.
    Limits: mean plus and minus 3 sqrt(mean), at least 0. Rules: beyond a limit, then the Anhoej run rules. Raises
    ValueError for negative or infinite counts and for indices outside the series.
    Source: Montgomery, Introduction to Statistical Quality Control, formula 7.17; agrees with qicharts2 0.8.1.
    """
    inputs = plain_inputs(
        "c", values, direction=direction, parts=parts, freeze=freeze, exclude=exclude, target=target, least=0
    )

    def lines_of(number: int, part: slice) -> Lines:
        counts = inputs.judged[part][inputs.baseline[part]]
        centre = mean_of(counts)
        sigma = np.full(part.stop - part.start, np.sqrt(centre))
        expected = np.full(len(counts), centre)
        cautions = low_counts_caution(number, centre) + overdispersed(number, counts, expected, expected)
        return lines_around(number, centre, sigma, floor=0.0, cautions=cautions)

    return shewhart(inputs, lines_of)
