"""Evidence without a planned end: a bet on other rates against `ratio`, fair however long one watches.

Under the belief Gamma(shape, rate) about the rate before, the bet's expected value stays 1; that it ever reaches 20 has
a chance of at most 1 in 20 (Ville 1939). Weights are even.
"""

import numpy as np
from scipy import special

from heedful.stats.effects.vocabulary import FloatArray, Series, Side

# Ratios bet on, relative to the one under test: even on a log scale.
FEWER: FloatArray = np.geomspace(0.2, 0.95, 13)
MORE: FloatArray = np.geomspace(1.05, 3.0, 13)


def e_value(
    shape: float, rate: float, events: Series, exposure: Series, *, side: Side, ratio: float = 1.0
) -> FloatArray:
    """The evidence at each look against `ratio`: towards fewer ("low") or more ("high"). Shapes (m,) in and out.

    sum_j w_j rho_j^n ((B + R e) / (B + R rho_j e))^(A + n), with n events and exposure e since the change.
    """
    bets = (FEWER if side == "low" else MORE)[:, None]
    n, e = np.asarray(events, dtype=np.float64)[None, :], ratio * np.asarray(exposure, dtype=np.float64)[None, :]
    logs = n * np.log(bets) + (shape + n) * (np.log(rate + e) - np.log(rate + bets * e))
    total: FloatArray = np.exp(special.logsumexp(logs, axis=0) - np.log(len(bets)))
    return total
