"""Is there more variation between periods than chance explains: the index of dispersion test."""

import numpy as np
from scipy.special import chdtrc

from heedful.stats.charts.cautions import OVERDISPERSED_LEVEL, Caution
from heedful.stats.charts.vocabulary import FloatArray


def overdispersed(part: int, counts: FloatArray, expected: FloatArray, variance: FloatArray) -> tuple[Caution, ...]:
    """A caution when the counts of a baseline, each (k,), vary more than `variance` allows; found is the ratio.

    Pearson's statistic against chi-squared with k - 1 degrees of freedom (Fisher, Statistical Methods for Research
    Workers). A shift inside the baseline is found by it too: it asks whether the limits can be trusted, not why.
    """
    freedom = len(counts) - 1
    if freedom < 1 or not (variance > 0).all():
        return ()
    statistic = float(np.sum((counts - expected) ** 2 / variance))
    if float(chdtrc(freedom, statistic)) >= OVERDISPERSED_LEVEL:
        return ()
    return (Caution("overdispersed", part, statistic / freedom),)
