"""The whole table of how often method G is wrong, and how often it finds what is there. Printed for the docs.

Ten minutes on an idle core. The bounds are the goals of the design, with the error that so many cases leave.
"""

import sys

import pytest

from tests.support.changes import Scenario, Shares, shares

pytestmark = pytest.mark.nightly

CASES = {0.5: 1000, 2.0: 1000, 8.0: 500}
WAYS = ("spike", "worst", "spell")
RATES = (0.5, 2.0, 8.0)
PHIS = (1.0, 1.5, 2.0)
SEED = 20261122
# Nominal 5% for every claim. At half an event a month the two claims of failure were known to run slightly high.
MOST_WORKED = 0.05
MOST_FAILED = {0.5: 0.07, 2.0: 0.06, 8.0: 0.06}
# Found within 24 months, spike and worst of twenty, as the design measured it: (rate, phi) -> halved, 30% fewer.
POWER = {
    "spike": {
        (0.5, 1.0): (0.27, 0.11), (0.5, 1.5): (0.13, 0.05), (2.0, 1.0): (0.73, 0.29),
        (2.0, 1.5): (0.56, 0.19), (8.0, 1.0): (0.99, 0.78), (8.0, 1.5): (0.96, 0.62),
    },
    "worst": {
        (0.5, 1.0): (0.37, 0.13), (0.5, 1.5): (0.20, 0.07), (2.0, 1.0): (0.95, 0.52),
        (2.0, 1.5): (0.81, 0.33), (8.0, 1.0): (1.0, 0.95), (8.0, 1.5): (1.0, 0.90),
    },
}  # fmt: skip

# The design does not say in detail how it chose spikes; ours finds a halving up to this much less often.
UNLIKE = {"spike": 0.06, "worst": 0.0}


def within(measured: float, bound: float, cases: int) -> bool:
    """Not above the bound by more than 3.3 standard errors of so many cases."""
    return measured <= bound + 3.3 * (bound * (1 - bound) / cases) ** 0.5


def said(capsys: pytest.CaptureFixture[str], *cells: object) -> None:
    with capsys.disabled():
        sys.stdout.write(
            "| " + " | ".join(f"{one:.3f}" if isinstance(one, float) else str(one) for one in cells) + " |\n"
        )


def run(scenario: Scenario) -> Shares:
    return shares(scenario, CASES[scenario.rate], SEED)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("phi", PHIS)
def test_an_action_that_did_nothing(capsys: pytest.CaptureFixture[str], way: str, rate: float, phi: float) -> None:
    found = run(Scenario(way, rate, phi))
    said(capsys, "nothing", way, f"{rate:g}", f"{phi:g}", found.worked, found.worse, found.mean_lower)
    if phi < 2:  # dividing by the dispersion is exact for 1 only; 2 is reported whatever it is
        assert within(found.worked, MOST_WORKED, found.cases)
        assert within(found.worse, MOST_FAILED[rate], found.cases)


@pytest.mark.parametrize("way", ["spike", "worst"])
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("phi", [1.0, 1.5])
def test_an_action_that_just_met_its_target(
    capsys: pytest.CaptureFixture[str], way: str, rate: float, phi: float
) -> None:
    found = run(Scenario(way, rate, phi, effect=0.7))
    said(capsys, "30% fewer", way, f"{rate:g}", f"{phi:g}", found.worked_12, found.worked, found.no_change, found.first)
    assert within(found.no_change, MOST_FAILED[rate], found.cases)
    assert within(POWER[way][rate, phi][1], found.worked, found.cases)


@pytest.mark.parametrize("way", ["spike", "worst"])
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("phi", [1.0, 1.5])
def test_an_action_that_halved(capsys: pytest.CaptureFixture[str], way: str, rate: float, phi: float) -> None:
    found = run(Scenario(way, rate, phi, effect=0.5))
    said(capsys, "halved", way, f"{rate:g}", f"{phi:g}", found.worked_12, found.worked, found.first)
    assert within(POWER[way][rate, phi][0] - UNLIKE[way], found.worked, found.cases)


@pytest.mark.parametrize("rate", RATES)
def test_an_action_that_made_it_worse(capsys: pytest.CaptureFixture[str], rate: float) -> None:
    found = run(Scenario("spike", rate, effect=1.6))
    said(capsys, "60% more", "spike", f"{rate:g}", "1", found.worse, found.no_change, found.worked)
    assert within(found.worked, MOST_WORKED, found.cases)
    assert within({0.5: 0.31, 2.0: 0.62, 8.0: 0.95}[rate], found.worse, found.cases)


# What nobody promised: the rates are shown, whatever they are. (Care given is allowed for, so there a bound holds.)
OTHER = {
    "a third fewer people, nothing else": Scenario("spike", 2.0, emptier=0.66),
    "season of 30%": Scenario("spike", 2.0, season=0.3),
    "falling by 1% a month everywhere": Scenario("spike", 2.0, drift=-0.01),
    "falling by 2% a month everywhere": Scenario("spike", 2.0, drift=-0.02),
    "a quarter less told": Scenario("spike", 2.0, effect=0.75),
    "48 looks": Scenario("spike", 2.0, looks=48),
}


@pytest.mark.parametrize("name", OTHER)
def test_what_the_method_does_not_know_of(capsys: pytest.CaptureFixture[str], name: str) -> None:
    found = run(OTHER[name])
    said(capsys, name, found.worked, found.no_change, found.worse)
    assert 0 <= found.worked <= 1
    if "people" in name:
        assert within(found.worked, MOST_WORKED, found.cases)
