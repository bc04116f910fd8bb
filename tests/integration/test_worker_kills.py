"""The worker killed three times in the middle of its work; the nightly test does it twenty times."""

from tests.support.killed_worker import survive


def test_a_worker_killed_three_times_loses_nothing_and_does_nothing_twice() -> None:
    outcome = survive(3, seed=3, reports=1)
    assert outcome.cut_short, "no kill cut a job short: nothing was shown"
    # The goal is 10 s, on a machine of one's own; here others work beside it.
    assert outcome.comebacks[-1] < 45
