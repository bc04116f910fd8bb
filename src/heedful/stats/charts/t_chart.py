"""The t chart: the time between rare events."""

from collections.abc import Sequence

import numpy as np

from heedful.stats.charts.i_chart import individuals
from heedful.stats.charts.plain import plain_inputs
from heedful.stats.charts.shewhart import Lines, ShewhartChart, lines_around, shewhart
from heedful.stats.charts.vocabulary import Direction, Series

# Nelson 1994, Journal of Quality Technology 26:239-240: this power makes exponential times nearly normal.
POWER = 3.6


def t(
    values: Series,
    *,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
    screen: bool = True,
) -> ShewhartChart:
    """Chart the time between rare events; one point per event, `direction` "up" when events are bad.

    values: (n,) time since the event before, above 0, in any one unit. Other arguments as for `u`.
    screen: drop outlying moving ranges once. An I chart of values ** (1 / 3.6), its lines raised to 3.6 and at
    least 0. Raises ValueError for times that are 0, negative or infinite, and for indices outside the series.
    Source: Nelson 1994, Journal of Quality Technology 26:239-240; agrees with qicharts2 0.8.1.
    """
    inputs = plain_inputs(
        "t",
        values,
        direction=direction,
        parts=parts,
        freeze=freeze,
        exclude=exclude,
        target=target,
        screen=screen,
        above=0,
    )

    def lines_of(number: int, part: slice) -> Lines:
        scaled = inputs.judged[part] ** (1 / POWER)
        centre, sigma = individuals(scaled, inputs.layout.baseline[part], screen)
        lines = lines_around(number, centre, np.full(part.stop - part.start, sigma), floor=0.0)
        return Lines(lines.centre**POWER, lines.limits**POWER, lines.cautions)

    return shewhart(inputs, lines_of)
