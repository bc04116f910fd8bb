"""Method G as it is written down, step by step and slowly: the twin that the fast one must agree with."""

from math import exp, lgamma, log


def negative_binomial(k: int, size: float, prob: float) -> float:
    if prob >= 1:
        return float(k == 0)
    return exp(lgamma(size + k) - lgamma(size) - lgamma(k + 1) + size * log(prob) + k * log(1 - prob))


def boundary(
    shape: float, rate: float, exposure: list[float], side: str, ratio: float, alpha: float = 0.05, horizon: int = 24
) -> list[int]:
    """Month after month: the increment is NegBin(A + n, (B + R e_before) / (B + R e_now)); cross, stop, spend."""
    most = _most(shape, rate, exposure[-1] * ratio)
    alive, before, spent, found = {0: 1.0}, 0.0, 0.0, []
    for look, care in enumerate(exposure, start=1):
        prob = (rate + ratio * before) / (rate + ratio * care)
        now: dict[int, float] = {}
        for n, chance in alive.items():
            for more in range(most - n + 1):
                now[n + more] = now.get(n + more, 0.0) + chance * negative_binomial(more, shape + n, prob)
        allowed = alpha * min(1.0, look / horizon)
        cut, crossing = _cut(now, allowed - spent, side, most)
        spent += crossing
        found.append(cut)
        alive = {n: chance for n, chance in now.items() if (n > cut if side == "low" else n < cut)}
        before = care
    return found


def _cut(now: dict[int, float], budget: float, side: str, most: int) -> tuple[int, float]:
    """The largest total (or the smallest) up to which the paths that cross now cost no more than the budget."""
    totals = range(most + 1) if side == "low" else range(most, -1, -1)
    crossing, last = 0.0, -1 if side == "low" else most + 1
    for n in totals:
        if crossing + now.get(n, 0.0) > budget:
            break
        crossing, last = crossing + now.get(n, 0.0), n
    return last, crossing


def _most(shape: float, rate: float, care: float) -> int:
    """Beyond this the last total has a chance below one in 10 to the 13th."""
    total, n, prob = 0.0, 0, rate / (rate + care)
    while total < 1 - 1e-13 and n < 4000:
        total += negative_binomial(n, shape, prob)
        n += 1
    return n
