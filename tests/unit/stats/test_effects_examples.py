"""The worked examples of method G: the figures that the wording on the pages was written with."""

import numpy as np
import pytest

from heedful.stats import effects


def verdict(before: tuple[int, int], after: list[int], **more):
    """`before`: so many events in so many months, spread evenly, so that nothing varies more than chance explains."""
    events, months = before
    base = [events // months + (month < events % months) for month in range(months)]
    return effects.judge(base + after, [1.0] * (months + len(after)), start=months, **more)


def test_nine_in_eight_months_where_22_were_expected_worked() -> None:
    found = verdict((60, 22), [2, 1, 1, 2, 0, 1, 1, 1])
    assert (found.answer, found.decided_on, found.observed) == ("worked", 29, 9)
    assert round(found.expected) == 22 and round(found.rate_ratio, 2) == 0.41
    # 6% to 84% fewer.
    assert (round(1 - found.interval.high, 2), round(1 - found.interval.low, 2)) == (0.06, 0.84)
    assert [look.answer for look in found.looks[:7]] == ["not_enough_evidence"] * 7
    assert found.months_to_answer() == 0


def test_ten_in_eight_months_is_too_early_and_needs_about_three_more() -> None:
    found = verdict((60, 22), [1, 1, 1, 2, 1, 1, 2, 1])
    assert (found.answer, found.decided_on, found.months_to_answer()) == ("not_enough_evidence", None, 3)
    assert found.interval.low < 1 < found.interval.high


def test_five_in_three_months_would_need_eight_more_if_halved_and_never_shows_thirty_per_cent() -> None:
    found = verdict((60, 22), [2, 1, 2])
    assert (found.answer, found.months_to_answer(0.5), found.months_to_answer(0.7)) == ("not_enough_evidence", 8, None)


def test_96_in_12_months_where_98_were_expected_is_no_change_from_month_10() -> None:
    found = verdict((196, 24), [8] * 12)
    assert (found.answer, found.observed, round(found.expected)) == ("no_change", 96, 98)
    assert found.decided_on == 24 + 9 and found.interval.low > 0.7


def test_31_in_6_months_where_16_were_expected_is_worse() -> None:
    found = verdict((60, 22), [5, 5, 5, 5, 5, 6])
    assert (found.answer, found.decided_on, round(found.expected)) == ("worse", 22 + 5, 16)
    assert found.interval.low > 1


def test_none_in_three_months_is_no_proof_at_half_an_event_a_month() -> None:
    found = verdict((12, 22), [0, 0, 0])
    assert found.answer == "not_enough_evidence"
    assert round(found.chance_of_none, 2) == 0.22
    assert found.interval.low == 0 and found.interval.high > 1


def test_two_in_four_months_after_40_in_18_reaches_from_98_fewer_to_6_more() -> None:
    found = verdict((40, 18), [1, 0, 0, 1])
    assert (round(found.interval.low, 2), round(found.interval.high, 2)) == (0.02, 1.07)
    assert found.months_to_answer(0.5) == 4


def test_falls_that_rise_all_the_time_never_worked() -> None:
    """2, 3, 4 ... 9 a month, which a peer product calls a significant improving trend."""
    rising = [2, 3, 4, 5, 6, 7, 8, 9]
    for start in range(1, 8):
        assert effects.judge(rising, [1.0] * 8, start=start).answer != "worked"
    assert effects.judge([2, 3] * 12 + rising, [1.0] * 32, start=24).answer == "worse"


def test_the_trigger_window_is_left_out_of_worked_and_counted_in_for_the_rest() -> None:
    counts, care = [3, 2, 3, 3, 2, 3] * 4 + [9, 8] + [2] * 10, [1.0] * 36
    found = effects.judge(counts, care, start=26, trigger=(24, 25))
    assert (found.usual.events, found.usual.months) == (64, 24)
    assert (found.cautious.events, found.cautious.months, found.spell) == (81, 26, (17, 2))
    # With the bad spell in the baseline the same ten months would look like far more of a success.
    naive = effects.judge(counts, care, start=26)
    assert naive.rate_ratio < found.rate_ratio


def test_months_between_the_bad_spell_and_the_change_belong_to_neither() -> None:
    counts = [3] * 24 + [9] + [4, 4] + [2] * 6
    found = effects.judge(counts, [1.0] * 33, start=27, trigger=(24, 24))
    assert found.gap == (8, 2) and found.usual.months == 24 and len(found.looks) == 6


def test_more_is_better_is_the_same_turned_round() -> None:
    base = [3, 2, 3, 3, 2, 3] * 4
    up = effects.judge(base + [6] * 12, [1.0] * 36, start=24, direction="up", target=1.3)
    down = effects.judge(base + [0, 1] * 6, [1.0] * 36, start=24, direction="up", target=1.3)
    flat = effects.judge([30] * 36, [1.0] * 36, start=24, direction="up", target=1.3)
    assert (up.answer, down.answer, flat.answer) == ("worked", "worse", "no_change")
    assert up.interval.low > 1 and flat.interval.high < 1.3


def test_peers_draw_a_chance_high_towards_themselves() -> None:
    flat = np.ones(36)
    peers = [([2] * 36, flat)] * 10 + [([1] * 36, flat)] * 10
    alone = effects.judge([3] * 24 + [2] * 12, flat, start=24)
    among = effects.judge([3] * 24 + [2] * 12, flat, start=24, peers=peers)
    assert among.expected < alone.expected
    assert among.prior.peers == 20 and "no_peers" not in {one.code for one in among.cautions}


def test_the_peers_prior_is_the_method_of_moments() -> None:
    """Ten services of rate 1 and ten of rate 3 over 24 months, itself among them: m = 2, v = 1 - 2/24."""
    from heedful.stats.effects.series import as_months

    peers = [as_months([1 + 2 * (n % 2)] * 24, [1.0] * 24) for n in range(20)]
    prior = effects.prior_from(peers[0], peers[1:], 0, 24)
    between = 1 - 2 / 24
    assert prior.a == pytest.approx(4 / between) and prior.b == pytest.approx(2 / between)


def test_a_lasting_fall_that_ends_is_not_called_worked_any_longer() -> None:
    found = verdict((120, 24), [1] * 8 + [7] * 14)
    assert "worked" in found.shown and found.answer != "worked"
    assert "not_lasting" in {one.code for one in found.cautions}


def test_fewer_but_not_as_few_as_aimed_for_worked_and_says_so() -> None:
    found = verdict((1200, 24), [42] * 24, target=0.5)
    assert found.answer == "worked" and found.shown == {"worked", "no_change"}
    assert "short_of_target" in {one.code for one in found.cautions}
    assert 0.5 < found.interval.low < found.interval.high < 1


def test_after_the_horizon_the_evidence_goes_on_without_an_end() -> None:
    found = verdict((24, 24), [1, 0, 1, 1] * 6 + [0, 1, 0, 0, 1, 0] * 12)
    assert len(found.looks) == 96 and found.looks[23].answer == "not_enough_evidence"
    assert found.answer == "worked" and found.decided_on > 24 + 24
    assert found.interval.high < 1 and found.looks[-1].worked is None
    assert "past_horizon" in {one.code for one in found.cautions}
