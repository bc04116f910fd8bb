"""Did the change work? Method G: shrink, leave the trigger window out, spend the error over the looks."""

from collections.abc import Sequence

import numpy as np

from heedful.stats.effects import cautions
from heedful.stats.effects.baseline import Baseline, baseline, dispersion, prior_from
from heedful.stats.effects.boundaries import ALPHA, HORIZON
from heedful.stats.effects.claims import Rule, Since, rules_for
from heedful.stats.effects.plan import BASELINE, TARGET, Plan
from heedful.stats.effects.series import Months, as_months
from heedful.stats.effects.verdict import Look, Verdict
from heedful.stats.effects.vocabulary import Answer, Direction, Series


def judge(
    counts: Series,
    exposure: Series,
    *,
    start: int,
    trigger: tuple[int, int] | None = None,
    target: float = TARGET,
    direction: Direction = "down",
    peers: Sequence[tuple[Series, Series]] = (),
    longest_baseline: int = BASELINE,
    alpha: float = ALPHA,
    horizon: int = HORIZON,
) -> Verdict:
    """The answer as it stands at the end of the series.

    counts, exposure: (n,) events and exposure (bed days, care hours: any one unit) by month. A month whose count is
    None or NaN, or whose exposure is None, NaN or 0, says nothing and is left out.
    start: index of the first month after the change; n or more: none yet.
    peers: (counts, exposure), each (n,), of similar services over the same months; not of this one.
    The other arguments are those of `Plan`. ValueError for what cannot be judged, with the row where there is one.
    Source: Jones and Spiegelhalter 2009, Lan and DeMets 1983, Silva 2018; docs/explanation/verdicts.md.
    """
    plan = Plan(start, trigger, target, direction, longest_baseline, alpha, horizon)
    own = as_months(counts, exposure)
    others = [as_months(*each, name=f"peer {index}: ") for index, each in enumerate(peers)]
    if any(len(each) != len(own) for each in others):
        raise ValueError("peers must cover the same months as the series")
    return judge_months(own, others, plan)


def judge_months(own: Months, peers: Sequence[Months], plan: Plan) -> Verdict:
    """The same for checked months."""
    prior = prior_from(own, peers, *plan.before)
    phi = dispersion([own, *peers], *plan.before)
    usual = baseline(own, [plan.before], prior, phi)
    cautious = baseline(own, [plan.before, plan.spell], prior, phi)
    since, when = _since(own, plan, phi)
    rules = tuple(rules_for(plan.direction, plan.target, usual, cautious, since)) if usual.known else ()
    looks = _looks(rules, since, when, usual)
    answer = looks[-1].answer if looks else "not_enough_evidence"
    shown = frozenset(rule.claim for rule in rules if rule.reached_at is not None)
    ratio = looks[-1].events / looks[-1].expected if looks else 0.0
    told = [
        *cautions.of_the_data(own, plan, usual, prior, phi),
        *cautions.of_the_answer(answer, shown, len(looks), plan, ratio),
    ]
    spell, gap = own.sums(*plan.spell), own.sums(*plan.gap)
    return Verdict(answer, plan, own, usual, cautious, spell, gap, prior, phi, looks, tuple(told), rules)


def _since(own: Months, plan: Plan, phi: float) -> tuple[Since, list[int]]:
    """Totals at each usable month since the change, and which months these are."""
    when = [index for index in range(plan.start, len(own)) if own.usable[index]]
    events, exposure = np.cumsum(own.counts[when]) / phi, np.cumsum(own.exposure[when]) / phi
    return Since(events, exposure, phi, plan.alpha, plan.horizon), when


def _looks(rules: Sequence[Rule], since: Since, when: Sequence[int], usual: Baseline) -> tuple[Look, ...]:
    if not rules:
        return ()
    events, exposure = since.events * since.dispersion, since.exposure * since.dispersion
    return tuple(
        Look(
            month=month,
            events=float(round(events[look])),
            exposure=float(exposure[look]),
            expected=float(usual.expected_rate * exposure[look]),
            worked=rules[0].limit(look),
            worse=rules[1].limit(look),
            no_change=rules[2].limit(look),
            answer=_answer(rules, look),
        )
        for look, month in enumerate(when)
    )


def _answer(rules: Sequence[Rule], look: int) -> Answer:
    """What the looks so far show. Worse comes first; of "worked" and "no change", both shown, what still holds."""
    worked, worse, no_change = (any(rule.reached[: look + 1]) for rule in rules)
    if worse:
        return "worse"
    if worked and (rules[0].reached[look] or not no_change):
        return "worked"
    return "no_change" if no_change else "not_enough_evidence"
