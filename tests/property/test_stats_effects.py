"""Whatever the series: the fast boundaries are the slow ones, and answer, interval and claims never contradict."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from heedful.stats import effects
from tests.support.changes import contradicts
from tests.unit.stats import slow_verdicts

care = st.lists(st.floats(0.2, 3.0), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0.8, 40), st.floats(2, 30), care, st.sampled_from(["low", "high"]), st.sampled_from([0.5, 0.7, 1.0, 1.4])
)
def test_boundaries_agree_with_the_slow_recursion(shape, rate, months, side, ratio) -> None:
    exposure = np.cumsum(months)
    fast = effects.boundary(shape, rate, exposure, side=side, ratio=ratio)
    assert fast.tolist() == slow_verdicts.boundary(shape, rate, exposure.tolist(), side, ratio)


@settings(max_examples=40, deadline=None)
@given(st.floats(2, 60), st.floats(4, 30), st.sampled_from(["low", "high"]), st.integers(0, 2**32 - 1))
def test_no_more_than_the_error_that_was_spent_ever_crosses(shape, rate, side, seed) -> None:
    """By simulation of the model itself: 2,000 true rates and their paths."""
    rng = np.random.default_rng(seed)
    exposure = np.arange(1.0, 25.0)
    limits = effects.boundary(shape, rate, exposure, side=side)
    paths = rng.poisson(rng.gamma(shape, 1 / rate, (2000, 1)), (2000, 24)).cumsum(axis=1)
    crossed = (paths <= limits if side == "low" else paths >= limits).any(axis=1)
    assert crossed.mean() <= 0.05 + 4.5 * (0.05 * 0.95 / 2000) ** 0.5


@st.composite
def judged(draw):
    rate = draw(st.sampled_from([0.4, 1.5, 4.0, 9.0]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    months, after = draw(st.integers(6, 26)), draw(st.integers(0, 27))
    effect = draw(st.sampled_from([0.2, 0.5, 0.8, 1.0, 1.5, 2.5]))
    counts = np.concatenate([rng.poisson(rate, months), rng.poisson(rate * effect, after)])
    exposure = rng.uniform(0.8, 1.2, months + after)
    direction = draw(st.sampled_from(["down", "up"]))
    target = 0.7 if direction == "down" else 1.4
    trigger = draw(st.sampled_from([None, (months - 2, months - 1), (months - 3, months - 2)]))
    peers = [(rng.poisson(rate, months + after), np.ones(months + after)) for _ in range(draw(st.sampled_from([0, 6])))]
    return effects.judge(
        counts, exposure, start=months, trigger=trigger, direction=direction, target=target, peers=peers
    )


@settings(max_examples=120, deadline=None)
@given(judged())
def test_answer_and_interval_never_contradict_each_other(verdict) -> None:
    if not verdict.looks:
        assert verdict.interval is None and verdict.answer == "not_enough_evidence"
        return
    if verdict.plan.direction == "down":
        assert not contradicts(verdict)
    if verdict.answer == "worked" and verdict.interval:
        better = verdict.interval.high < 1 if verdict.plan.direction == "down" else verdict.interval.low > 1
        assert better
    if verdict.answer == "not_enough_evidence":
        assert verdict.interval.low <= 1 <= verdict.interval.high
        assert verdict.interval.low <= verdict.plan.target <= verdict.interval.high or verdict.plan.direction == "down"
        assert verdict.decided_on is None


@settings(max_examples=40, deadline=None)
@given(judged(), st.sampled_from([0.001, 30.4, 1000.0]))
def test_the_unit_of_exposure_does_not_matter(verdict, unit) -> None:
    plan, own = verdict.plan, verdict.months
    again = effects.judge(
        own.counts, own.exposure * unit, start=plan.start, trigger=plan.trigger, target=plan.target,
        direction=plan.direction,
    )  # fmt: skip
    alone = effects.judge(
        own.counts, own.exposure, start=plan.start, trigger=plan.trigger, target=plan.target, direction=plan.direction
    )
    assert [look.answer for look in again.looks] == [look.answer for look in alone.looks]
    np.testing.assert_allclose(again.expected, alone.expected, rtol=1e-9)


@settings(max_examples=40, deadline=None)
@given(judged(), st.integers(0, 60))
def test_fewer_events_since_the_change_never_make_it_look_worse(verdict, fewer) -> None:
    if verdict.plan.direction == "up" or not verdict.looks:
        return
    plan, own = verdict.plan, verdict.months
    less = own.counts.copy()
    less[plan.start :] = np.maximum(less[plan.start :] - fewer, 0)
    before = effects.judge(own.counts, own.exposure, start=plan.start, trigger=plan.trigger)
    after = effects.judge(less, own.exposure, start=plan.start, trigger=plan.trigger)
    assert ("worked" in before.shown) <= ("worked" in after.shown)
    assert ("worse" in after.shown) <= ("worse" in before.shown)


@settings(max_examples=40, deadline=None)
@given(judged())
def test_a_longer_series_does_not_change_what_was_said_before(verdict) -> None:
    plan, own = verdict.plan, verdict.months
    if len(verdict.looks) < 2:
        return
    short = effects.judge(
        own.counts[:-1], own.exposure[:-1], start=plan.start, trigger=plan.trigger, target=plan.target,
        direction=plan.direction,
    )  # fmt: skip
    whole = effects.judge(
        own.counts, own.exposure, start=plan.start, trigger=plan.trigger, target=plan.target, direction=plan.direction
    )
    assert short.looks == whole.looks[:-1]
