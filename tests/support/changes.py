"""Made-up services in which an action is taken, and what method G would have said at the end of every month.

The three ways in which people come to act: one month stood out (`spike`), the worst of twenty services (`worst`), and
a spell of two and a half times the usual that ends by itself (`spell`). After it the rate is `effect` x the old one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from heedful.stats import effects

SERVICES, BEFORE, AFTER = 20, 24, 24
ALIKE = 4.0  # shape of the gamma that the services' true rates come from
Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Scenario:
    """`rate`: events a month in the average service. `phi`: variance over mean of months. `looks`: months after."""

    way: str
    rate: float
    phi: float = 1.0
    effect: float = 1.0
    looks: int = AFTER
    season: float = 0.0  # amplitude of a yearly wave, as a share of the rate
    drift: float = 0.0  # change of the rate per month, in all services
    emptier: float = 1.0  # care given after the change, as a share of before

    def wave(self, months: int) -> Counts:
        at = np.arange(months)
        return (1 + self.season * np.sin(2 * np.pi * at / 12)) * (1 + self.drift) ** at


@dataclass(frozen=True)
class Case:
    """One service and its peers: (months,) and (19, months) counts, exposure, and the spell that made people act."""

    counts: Counts
    exposure: Counts
    peers: Counts
    trigger: tuple[int, int]

    def judged(self) -> effects.Verdict:
        flat = np.ones(len(self.counts))
        peers = [(each, flat) for each in self.peers]
        return effects.judge(self.counts, self.exposure, start=self.trigger[1] + 1, trigger=self.trigger, peers=peers)


def draw(rng: np.random.Generator, means: Counts, phi: float) -> Counts:
    """Counts with that mean and phi times its variance."""
    if phi == 1:
        return rng.poisson(means).astype(np.float64)
    return rng.negative_binomial(np.maximum(means, 1e-9) / (phi - 1), 1 / phi).astype(np.float64)


def case(rng: np.random.Generator, scenario: Scenario) -> Case:
    rates = rng.gamma(ALIKE, scenario.rate / ALIKE, SERVICES)
    return {"spike": _spike, "worst": _worst, "spell": _spell}[scenario.way](rng, scenario, rates)


def _spike(rng: np.random.Generator, scenario: Scenario, rates: Counts) -> Case:
    """The first month above the mean of the 24 before it by more than two of their standard deviations."""
    phase = int(rng.integers(12))
    while True:
        months = 20 * BEFORE
        long = draw(rng, rates[0] * scenario.wave(months + phase)[phase:], scenario.phi)
        windows = np.lib.stride_tricks.sliding_window_view(long, BEFORE)[:-1]
        out = np.flatnonzero(long[BEFORE:] > windows.mean(axis=1) + 2 * windows.std(axis=1, ddof=1))
        if len(out):
            at = int(out[0])
            wave = scenario.wave(months + phase + AFTER)[phase + at :]
            peers = draw(rng, rates[1:, None] * wave[: BEFORE + 1 + scenario.looks], scenario.phi)
            return _after(rng, scenario, rates[0], long[at : at + BEFORE + 1], peers, (BEFORE, BEFORE), wave)


def _worst(rng: np.random.Generator, scenario: Scenario, rates: Counts) -> Case:
    """The service with the most events in the last three months."""
    phase = int(rng.integers(12))
    wave = scenario.wave(BEFORE + 3 + scenario.looks + phase)[phase:]
    every = draw(rng, rates[:, None] * wave, scenario.phi)
    worst = int(every[:, BEFORE : BEFORE + 3].sum(axis=1).argmax())
    peers, before = np.delete(every, worst, axis=0), every[worst, : BEFORE + 3]
    return _after(rng, scenario, rates[worst], before, peers, (BEFORE, BEFORE + 2), wave)


def _spell(rng: np.random.Generator, scenario: Scenario, rates: Counts) -> Case:
    """Three months of two and a half times the usual, whatever is done about them."""
    wave = scenario.wave(BEFORE + 3 + scenario.looks)
    means = rates[:, None] * wave
    means[0, BEFORE : BEFORE + 3] *= 2.5
    every = draw(rng, means, scenario.phi)
    return _after(rng, scenario, rates[0], every[0, : BEFORE + 3], every[1:], (BEFORE, BEFORE + 2), wave)


def _after(
    rng: np.random.Generator, scenario: Scenario, rate: float, before: Counts, peers: Counts,
    trigger: tuple[int, int], wave: Counts,
) -> Case:  # fmt: skip
    start = trigger[1] + 1
    means = rate * wave[start : start + scenario.looks] * scenario.effect * scenario.emptier
    counts = np.concatenate([before, draw(rng, means, scenario.phi)])
    exposure = np.concatenate([np.ones(start), np.full(scenario.looks, scenario.emptier)])
    return Case(counts, exposure, peers, trigger)


@dataclass(frozen=True)
class Shares:
    """Of many cases: how many were ever told so within 12 and 24 looks, and when the first were."""

    cases: int
    worked_12: float
    worked: float
    no_change: float
    worse: float
    first: float  # median month of the first answer, of those that got one
    contradicted: int  # answer and interval at odds
    mean_lower: float  # the usual way: fewer in the six months after than in the six before, spell included


def shares(scenario: Scenario, cases: int, seed: int, *, intervals: bool = False) -> Shares:
    rng = np.random.default_rng(seed)
    at: dict[str, list[int]] = {"worked": [], "no_change": [], "worse": []}
    first, contradicted, lower = [], 0, 0
    for _ in range(cases):
        one = case(rng, scenario)
        verdict = one.judged()
        reached = {rule.claim: rule.reached_at for rule in verdict.rules if rule.reached_at is not None}
        for claim, look in reached.items():
            at[claim].append(look + 1)
        first += [min(reached.values()) + 1] if reached else []
        start = one.trigger[1] + 1
        lower += one.counts[start : start + 6].sum() < one.counts[start - 6 : start].sum()
        contradicted += intervals and contradicts(verdict)
    told = {claim: sum(look <= scenario.looks for look in looks) / cases for claim, looks in at.items()}
    by_12 = sum(look <= 12 for look in at["worked"]) / cases
    middle = float(np.median(first)) if first else float("nan")
    return Shares(cases, by_12, told["worked"], told["no_change"], told["worse"], middle, contradicted, lower / cases)


def contradicts(verdict: effects.Verdict) -> bool:
    """Does the interval say something else than the claims that were shown?"""
    found = verdict.interval
    if found is None:
        return len(verdict.shown) < 2
    return (
        ("worked" in verdict.shown) != (found.high < 1)
        or ("worse" in verdict.shown) != (found.low > 1)
        or ("no_change" in verdict.shown) != (found.low > verdict.plan.target)
    )
