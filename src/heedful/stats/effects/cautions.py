"""What a reader should know before believing a verdict, as values. Thresholds carry their source."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from heedful.stats.effects.baseline import LEAST_PEERS, Baseline, Prior
from heedful.stats.effects.plan import Plan
from heedful.stats.effects.series import Months
from heedful.stats.effects.vocabulary import Answer, CautionCode, Claim

SHORT_BASELINE = 12  # a year, so that every season is in it
# Even when the rate afterwards is known perfectly, fewer events before cannot show a halving.
FEW_BASELINE_EVENTS = 9
OVERDISPERSED = 2.0  # dividing by the dispersion was measured up to here: docs/explanation/verdicts.md


@dataclass(frozen=True)
class Caution:
    """One caution. `found` and `needed` are in its own unit.

    Months: no_exposure, missing_exposure, no_baseline, short_baseline, past_horizon. Events: few_baseline_events.
    Services: no_peers. Variance over what chance explains: overdispersed. Rate ratio: short_of_target, not_lasting.
    """

    code: CautionCode
    found: float = 0
    needed: float | None = None


def of_the_data(own: Months, plan: Plan, usual: Baseline, prior: Prior, phi: float) -> Iterator[Caution]:
    """Cautions that hold whatever the answer."""
    # A month without a count was not kept at all; one with a count and without exposure could have been used.
    missing = int((~np.isnan(own.counts) & ~own.usable).sum())
    if missing:
        yield Caution("missing_exposure" if own.usable.any() else "no_exposure", missing)
    if usual.months == 0 or usual.events == 0:
        yield Caution("no_baseline", usual.months)
    elif usual.months < SHORT_BASELINE:
        yield Caution("short_baseline", usual.months, SHORT_BASELINE)
    if 0 < usual.events < FEW_BASELINE_EVENTS:
        yield Caution("few_baseline_events", usual.events, FEW_BASELINE_EVENTS)
    if plan.trigger is None:
        yield Caution("no_trigger")
    if not prior.a:
        yield Caution("no_peers", prior.peers, LEAST_PEERS)
    if phi > OVERDISPERSED:
        yield Caution("overdispersed", phi, OVERDISPERSED)


def of_the_answer(answer: Answer, shown: frozenset[Claim], looks: int, plan: Plan, ratio: float) -> Iterator[Caution]:
    """Cautions about what was found."""
    if looks > plan.horizon:
        yield Caution("past_horizon", looks, plan.horizon)
    if answer == "worked" and "no_change" in shown:
        yield Caution("short_of_target", ratio, plan.target)
    if answer != "worked" and "worked" in shown:
        yield Caution("not_lasting", ratio)
