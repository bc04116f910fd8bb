"""Twenty kills of the worker while reviews open, checks are set, verdicts are made and what is late climbs."""

import sys
from statistics import median

import pytest

from tests.nightly.scale import SEED, scaled
from tests.support.killed_worker import survive

pytestmark = pytest.mark.nightly
KILLS = scaled(20, least=3)


def test_after_twenty_kills_all_that_should_happen_by_itself_happened_once(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = survive(KILLS, SEED, reports=3)
    assert outcome.cut_short >= KILLS // 3
    slowest = outcome.comebacks[-1]
    with capsys.disabled():
        sys.stdout.write(
            f"\n| {outcome.kills} kills | {outcome.cut_short} jobs cut short | {outcome.done:,} done |"
            f" {outcome.mails} mails, {outcome.again} twice |"
            f" next worker after {median(outcome.boots):.1f} s,"
            f" taken over after {median(outcome.comebacks):.1f} s, slowest {slowest:.1f} s |\n"
        )
    assert slowest < 60
