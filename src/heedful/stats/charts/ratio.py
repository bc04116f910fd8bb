"""What u and p charts share: a count over an exposure, limits by exposure, and Laney's widening for u' and p'."""

from collections.abc import Callable

import numpy as np

from heedful.stats.charts.cautions import Caution, low_counts_caution, missing_caution
from heedful.stats.charts.dispersion import overdispersed
from heedful.stats.charts.exact import sum_of
from heedful.stats.charts.moving_range import D2, average_moving_range
from heedful.stats.charts.series import as_series
from heedful.stats.charts.shewhart import Inputs, Lines, LinesOf, lines_around
from heedful.stats.charts.vocabulary import FloatArray, Series

SpreadOf = Callable[[float, FloatArray], FloatArray]
"""Standard deviation of one ratio, given the centre and the exposures (k,)."""


def as_ratio(
    counts: Series, exposure: Series, names: tuple[str, str]
) -> tuple[FloatArray, FloatArray, FloatArray, list[Caution]]:
    """Counts and exposure, checked; their ratio, NaN where there is no count or no exposure; cautions."""
    above, below = as_series(counts, names[0], least=0), as_series(exposure, names[1], least=0)
    if above.shape != below.shape:
        raise ValueError(f"{names[0]} and {names[1]} must have the same length, not {len(above)} and {len(below)}")
    exposed = below > 0
    ratio = np.full(len(above), np.nan)
    np.divide(above, below, out=ratio, where=exposed)
    cautions = missing_caution("missing_exposure", int(np.count_nonzero(~exposed)))
    cautions += missing_caution("missing_values", int(np.count_nonzero(exposed & np.isnan(above))))
    return above, below, ratio, cautions


def ratio_lines(
    inputs: Inputs, counts: FloatArray, exposure: FloatArray, spread_of: SpreadOf, *, ceiling: float = np.inf
) -> LinesOf:
    """Lines of a u or p chart; of its Laney form if `inputs.screen` says whether to screen moving ranges.

    `ceiling` is the highest ratio there can be: none for events, 1 for proportions.
    """

    def lines_of(number: int, part: slice) -> Lines:
        used = inputs.baseline[part]
        events, exposed = counts[part][used], exposure[part][used]
        total = sum_of(exposed)
        centre = sum_of(events) / total if total > 0 else np.nan
        sigma = spread_of(centre, np.where(exposure[part] > 0, exposure[part], np.nan))
        rarer = min(sum_of(events), ceiling * total - sum_of(events))
        cautions = low_counts_caution(number, rarer / len(events)) if len(events) else ()
        if inputs.screen is not None:
            own = inputs.layout.baseline[part]
            sigma = sigma * laney_factor((inputs.judged[part] - centre)[own], sigma[own], screen=inputs.screen)
        else:
            cautions += overdispersed(number, events, centre * exposed, (sigma[used] * exposed) ** 2)
        return lines_around(number, centre, sigma, floor=0.0, ceiling=ceiling, cautions=cautions)

    return lines_of


def laney_factor(deviations: FloatArray, sigma: FloatArray, *, screen: bool) -> float:
    """How much more (or less) neighbours differ than chance explains (Laney 2002, Quality Engineering 14:531-537).

    NaN without variation.
    """
    scores = np.full(len(deviations), np.nan)
    np.divide(deviations, sigma, out=scores, where=sigma > 0)
    return average_moving_range(scores, screen=screen) / D2
