"""What the charts of one plain series (i, c, g, t, run) share: checking it and laying it out."""

from collections.abc import Sequence

import numpy as np

from heedful.stats.charts.cautions import missing_caution
from heedful.stats.charts.series import as_series, check_direction, lay_out
from heedful.stats.charts.shewhart import Inputs
from heedful.stats.charts.vocabulary import Direction, Kind, Series


def plain_inputs(
    kind: Kind,
    values: Series,
    *,
    direction: Direction,
    parts: Sequence[int],
    freeze: int | None,
    exclude: Sequence[int],
    target: float | None,
    screen: bool | None = None,
    least: float | None = None,
    above: float | None = None,
) -> Inputs:
    """Inputs of a chart whose plotted values are the caller's own."""
    series = as_series(values, "values", least=least, above=above)
    return Inputs(
        kind=kind,
        judged=series,
        layout=lay_out(len(series), parts, exclude, freeze),
        direction=check_direction(direction),
        target=target,
        counts=series if kind == "c" else None,
        screen=screen,
        cautions=missing_caution("missing_values", int(np.count_nonzero(np.isnan(series)))),
    )
