"""How often the rules raise a false alarm: a small check always, the whole table at night."""

import sys

import pytest

from tests.unit.stats import false_alarms


def test_on_a_quiet_process_each_xmr_rule_flags_as_often_as_measured() -> None:
    found = false_alarms.xmr_on_normal(4000, 36)
    measured = {"outside_limits": 0.13, "trend": 0.011, "two_in_three": 0.049, "shift": 0.17, "any": 0.30}
    for rule, share in measured.items():
        assert found[rule] == pytest.approx(share, rel=0.15, abs=0.003), rule


def test_a_shorter_trend_rule_raises_more_false_alarms() -> None:
    seven = false_alarms.xmr_on_normal(4000, 36)["trend"]
    six = false_alarms.xmr_on_normal(4000, 36, "mdc6")["trend"]
    assert 4 * seven < six < 9 * seven


def test_run_rules_flag_about_one_quiet_series_in_twenty_five() -> None:
    found = false_alarms.run_on_normal(1000, 36)
    assert 0.02 < found["any"] < 0.07


def test_low_counts_raise_the_false_alarms_that_the_caution_warns_of() -> None:
    rare, common = false_alarms.xmr_on_poisson(2000, 36, 1), false_alarms.xmr_on_poisson(2000, 36, 20)
    assert rare["any"] > 0.55
    assert common["any"] < 0.36


@pytest.mark.nightly
def test_the_table_of_false_alarms_in_the_docs_holds(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(false_alarms.tables(50_000))
    with capsys.disabled():
        for name, shares in rows:
            sys.stdout.write(f"| {name} | {', '.join(f'{rule} {share:.3f}' for rule, share in shares.items())} |\n")
    found = dict(rows)
    assert found["xmr mdc, normal, 36 points"]["any"] == pytest.approx(0.30, abs=0.01)
    assert found["run, normal, 36 points"]["any"] == pytest.approx(0.04, abs=0.01)
    assert found["u, Poisson 20 a month, 36 points"]["any"] == pytest.approx(0.16, abs=0.02)
    assert found["u, Poisson 20 a month, 36 points"]["overdispersed"] == pytest.approx(0.01, abs=0.005)
