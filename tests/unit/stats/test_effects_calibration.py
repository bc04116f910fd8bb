"""How often an action that did nothing would be called a success, looked at every month. The whole table: nightly."""

import pytest
from scipy import stats

from tests.support.changes import Scenario, shares


@pytest.mark.parametrize("way", ["spike", "worst", "spell"])
@pytest.mark.parametrize("rate", [0.5, 2.0])
def test_an_action_that_does_nothing_is_seldom_called_a_success(way: str, rate: float) -> None:
    found = shares(Scenario(way, rate, phi=1.5), 100, seed=20261122)
    assert found.worked <= stats.binom.ppf(0.999, 100, 0.05) / 100
    # What people do instead, on the same cases.
    assert found.mean_lower > 0.5


def test_a_halving_at_two_a_month_is_mostly_found_within_two_years() -> None:
    found = shares(Scenario("spike", 2.0, effect=0.5), 60, seed=5, intervals=True)
    assert found.worked >= stats.binom.ppf(0.001, 60, 0.73) / 60
    assert found.contradicted == 0
