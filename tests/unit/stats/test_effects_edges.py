"""What cannot be judged is refused with its row, or says that there is not enough."""

import dataclasses

import numpy as np
import pytest

from heedful.stats import effects


def codes(verdict: effects.Verdict) -> set[str]:
    return {one.code for one in verdict.cautions}


@pytest.mark.parametrize(
    ("counts", "exposure", "more", "words"),
    [
        ([1, -1, 2], [1, 1, 1], {}, "counts must not be below 0 .row 1."),
        ([1, 1.5, 2], [1, 1, 1], {}, "whole numbers .row 1."),
        ([1, 1, 2], [1, 1, -3], {}, "exposure must not be below 0 .row 2."),
        ([1, 4, 2], [1, 0, 1], {}, "events where exposure is 0 .row 1."),
        ([1, float("inf"), 2], [1, 1, 1], {}, "finite"),
        ([1, 1e12, 2], [1, 1, 1], {}, "exact method goes to"),
        ([1, 1], [1, 1, 1], {}, "2 months and exposure 3"),
        ([[1, 1, 1]], [1, 1, 1], {}, "one-dimensional"),
        ([1, 1, 1], [1, 1, 1], {"target": 1.3}, "must lie below 1"),
        ([1, 1, 1], [1, 1, 1], {"target": 0.7, "direction": "up"}, "must lie above 1"),
        ([1, 1, 1], [1, 1, 1], {"direction": "sideways"}, "down or up"),
        ([1, 1, 1], [1, 1, 1], {"trigger": (1, 2)}, "trigger window"),
        ([1, 1, 1], [1, 1, 1], {"trigger": (0, 0)}, "trigger window"),
        ([1, 1, 1], [1, 1, 1], {"start": 0}, "start"),
        ([1, 1, 1], [1, 1, 1], {"alpha": 0.7}, "alpha"),
        ([1, 1, 1], [1, 1, 1], {"peers": [([1, 1], [1, 1])]}, "same months"),
        ([1, 1, 1], [1, 1, 1], {"peers": [([1, 1, -1], [1, 1, 1])]}, "peer 0: counts"),
    ],
)
def test_bad_input_is_refused_with_its_reason(counts, exposure, more, words) -> None:
    with pytest.raises(ValueError, match=words):
        effects.judge(counts, exposure, **{"start": 2, **more})


def test_without_exposure_there_is_no_verdict_and_it_is_said() -> None:
    found = effects.judge([3] * 30, [None] * 30, start=24)
    assert found.answer == "not_enough_evidence" and not found.looks and found.interval is None
    assert {"no_exposure", "no_baseline"} <= codes(found)
    assert found.months_to_answer() is None and found.rate_ratio is None


def test_months_without_exposure_or_count_are_left_out_and_counted() -> None:
    care = [1.0] * 36
    care[3] = care[30] = None
    counts = [3] * 36
    counts[31] = None
    found = effects.judge(counts, care, start=24)
    assert len(found.looks) == 10 and found.usual.months == 23
    assert [one.found for one in found.cautions if one.code == "missing_exposure"] == [2]


def test_a_month_in_which_nobody_was_there_says_nothing() -> None:
    found = effects.judge([3] * 24 + [0, 1], [1.0] * 24 + [0, 1], start=24)
    assert len(found.looks) == 1


def test_nothing_before_the_change_gives_nothing_to_expect() -> None:
    found = effects.judge([0] * 24 + [0, 2, 1], [1.0] * 27, start=24)
    assert found.answer == "not_enough_evidence" and "no_baseline" in codes(found)


def test_peers_say_what_to_expect_where_nothing_had_happened_yet() -> None:
    peers = [([2, 1] * 18, [1.0] * 36)] * 6
    found = effects.judge([0] * 24 + [0] * 12, [1.0] * 36, start=24, peers=peers)
    assert found.expected > 0 and found.looks


def test_before_the_first_month_is_over_there_is_no_look() -> None:
    found = effects.judge([3] * 24, [1.0] * 24, start=24)
    assert not found.looks and found.answer == "not_enough_evidence"
    assert found.months_to_answer(0.3) is not None


def test_short_and_thin_baselines_no_trigger_and_no_peers_are_cautions() -> None:
    found = effects.judge([1, 0, 1, 1, 2, 0], [1.0] * 6, start=5)
    assert {"short_baseline", "few_baseline_events", "no_trigger", "no_peers"} <= codes(found)
    lumpy = effects.judge([0, 0, 12] * 8 + [1], [1.0] * 25, start=24)
    assert "overdispersed" in codes(lumpy) and lumpy.dispersion > 2


def test_few_peers_make_no_prior() -> None:
    found = effects.judge([3] * 30, [1.0] * 30, start=24, peers=[([1] * 30, [1.0] * 30)] * 4)
    assert found.prior.a == 0 and [one.found for one in found.cautions if one.code == "no_peers"] == [4]


def test_more_spread_than_chance_makes_every_boundary_harder() -> None:
    rng = np.random.default_rng(3)
    calm = effects.judge([4] * 24 + [3] * 24, [1.0] * 48, start=24)
    wild = effects.judge([*rng.permutation([1, 7] * 12), *[3] * 24], [1.0] * 48, start=24)
    assert wild.dispersion > 2
    for look, other in zip(calm.looks[5:], wild.looks[5:], strict=True):
        assert (other.worked or -1) < look.worked and other.worse > look.worse


def test_large_services_are_judged_too() -> None:
    found = effects.judge([300] * 24 + [200] * 12, [1.0] * 36, start=24)
    assert found.answer == "worked"


def test_results_are_frozen_and_hold_their_inputs() -> None:
    found = effects.judge([3] * 30, [1.0] * 30, start=24, target=0.6)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.answer = "worked"  # type: ignore[misc]
    assert found.plan.target == 0.6 and found.months.counts.tolist() == [3.0] * 30
    with pytest.raises(ValueError, match="read-only"):
        found.months.counts[0] = 9


def test_the_bet_is_fair_whatever_the_rate_was() -> None:
    """Its expected value under the belief is 1: summed over the negative binomial of the total."""
    from scipy import stats

    n = np.arange(400)
    for side in ("low", "high"):
        for ratio in (0.7, 1.0):
            chance = stats.nbinom.pmf(n, 30, 12 / (12 + ratio * 9))
            values = effects.e_value(30, 12, n, np.full(400, 9.0), side=side, ratio=ratio)
            assert (chance * values).sum() == pytest.approx(1, abs=1e-6)


def test_boundaries_refuse_what_is_no_belief_or_no_time() -> None:
    for shape, rate, exposure in ((0, 1, [1.0]), (1, 0, [1.0]), (1, 1, [2.0, 1.0]), (1, 1, [0.0])):
        with pytest.raises(ValueError, match="must be above 0"):
            effects.boundary(shape, rate, np.array(exposure), side="low")
