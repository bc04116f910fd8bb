"""Our charts give the numbers and flags that the peers' reference vectors hold."""

import math

import pytest

from heedful.stats import charts
from heedful.stats.charts.cautions import SHORT_BASELINE
from tests.reference.chart_cases import BESIDE, Case, cases_beside, number, own_cases, ptd_chart, qic_chart

PTD, QIC = ("ptd_",), ("qic_", "syn_")
SIDES = {1: "Above", -1: "Below"}
QIC_LINES = {
    "cl": "centre",
    "lcl": "lower",
    "ucl": "upper",
    "lcl.95": "lower_2sd",
    "ucl.95": "upper_2sd",
    "y": "values",
}
RUNS = {
    "n.obs": "observations",
    "n.useful": "useful",
    "longest.run": "longest",
    "longest.run.max": "longest_max",
    "n.crossings": "crossings",
    "n.crossings.min": "crossings_min",
}


def of_qicharts(case: Case) -> bool:
    return case.about["package"] == "qicharts2" and case.call.startswith("qic(")


OWN_PTD = own_cases(PTD)
OWN_QIC = [case for case in own_cases(QIC) if of_qicharts(case)]
BESIDE_PTD = cases_beside(PTD)
BESIDE_QIC = [case for case in cases_beside(QIC) if of_qicharts(case)]


def case_id(case: Case) -> str:
    return case.name


def close(ours: float, theirs: float) -> bool:
    """Equal to a relative 1e-9; both missing is equal."""
    return (math.isnan(ours) and math.isnan(theirs)) or math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=0.0)


def assert_lines_agree(chart: charts.Chart, case: Case, lines: dict[str, str]) -> None:
    for theirs, ours in lines.items():
        if not hasattr(chart, ours):
            assert all(math.isnan(number(row[theirs])) for row in case.expected), theirs
            continue
        for place, row in enumerate(case.expected):
            assert close(float(getattr(chart, ours)[place]), number(row[theirs])), (theirs, place)


def plot_the_dots_words(point: charts.Point) -> str:
    if point.rule is None:
        return "Common Cause"
    if point.rule == "outside_limits":
        return {1: "Above UCL", -1: "Below LCL"}[point.side]
    if point.rule == "trend":
        return f"7 Point Trend ({ {1: 'Increasing', -1: 'Decreasing'}[point.side] })"
    return f"{ {'two_in_three': '2 in 3', 'shift': '7 Points'}[point.rule] } {SIDES[point.side]} CL"


def assert_agrees_with_plot_the_dots(case: Case) -> None:
    chart = ptd_chart(case)
    assert len(chart) == len(case.expected)
    assert_lines_agree(chart, case, {"mean_col": "centre", "lpl": "lower", "upl": "upper", "value": "values"})
    for point, row in zip(chart.points, case.expected, strict=True):
        assert plot_the_dots_words(point) == row["special_cause_type"], point.index
        assert ptd_finding(point.finding) == row["point_type"], point.index
        assert str(bool(chart.outside_limits[point.index])).upper() == row["outside_limits"], point.index
        assert (point.value > point.centre) - (point.value < point.centre) == int(row["relative_to_mean"]), point.index
        short = chart.stretches[point.part].length < SHORT_BASELINE
        assert str(short).upper() == row["short_group_warning"], point.index
    summary = case.about["summary"][-1]
    assert ptd_finding(chart.variation) == summary["variation_type"]
    assert chart.assurance == summary.get("assurance_type")


def ptd_finding(finding: charts.Finding | None) -> str:
    return "common_cause" if finding == "common_cause" else f"special_cause_{finding}"


def assert_agrees_with_qicharts(case: Case) -> None:
    chart = qic_chart(case)
    if chart is None:
        pytest.skip(f"the {case.argument('chart')} chart is not built")
    assert len(chart) == len(case.expected)
    assert_lines_agree(chart, case, QIC_LINES)
    for point, row in zip(chart.points, case.expected, strict=True):
        runs = chart.runs[point.part]
        assert point.part + 1 == int(row["part"]), point.index
        assert str(bool(chart.outside_limits[point.index])).upper() == row["sigma.signal"], point.index
        assert (point.rule == "outside_limits") == (row["sigma.signal"] == "TRUE"), point.index
        assert str(not point.excluded).upper() == row["include"], point.index
        assert str(runs.signal).upper() == row["runs.signal"], point.index
        assert {name: getattr(runs, name) for name in RUNS.values()} == {
            ours: int(float(row[theirs])) for theirs, ours in RUNS.items()
        }, point.index


@pytest.mark.parametrize("case", OWN_PTD, ids=case_id)
def test_xmr_agrees_with_plot_the_dots_on_our_own_inputs(case: Case) -> None:
    assert_agrees_with_plot_the_dots(case)


@pytest.mark.parametrize("case", OWN_QIC, ids=case_id)
def test_charts_agree_with_qicharts_on_our_own_inputs(case: Case) -> None:
    assert_agrees_with_qicharts(case)


def test_the_committed_cases_are_all_there() -> None:
    assert {case.name for case in own_cases(("",))} >= {
        "ptd_10_synthetic_rules",
        "qic_15_anhoej_limits_table",
        "syn_01_falls_u_per1000",
        "syn_03_falls_run_freeze",
        "syn_04_missed_visits_pp",
        "syn_06_safeguarding_t",
    }


def test_run_limits_agree_with_the_published_table() -> None:
    (case,) = own_cases(("qic_15",))
    assert len(case.expected) == 200
    for row in case.expected:
        useful = int(row["n_useful"])
        assert charts.longest_run_max(useful) == int(row["longest_run_max"]), useful
        assert charts.crossings_min(useful) == int(float(row["n_crossings_min"])), useful


@pytest.mark.skipif(not BESIDE.is_dir(), reason="no shared/reference folder beside the repository")
def test_the_folder_beside_the_repository_holds_cases() -> None:
    assert BESIDE_PTD
    assert BESIDE_QIC


@pytest.mark.parametrize("case", BESIDE_PTD, ids=case_id)
def test_xmr_agrees_with_plot_the_dots_on_public_data(case: Case) -> None:
    assert_agrees_with_plot_the_dots(case)


@pytest.mark.parametrize("case", BESIDE_QIC, ids=case_id)
def test_charts_agree_with_qicharts_on_public_data(case: Case) -> None:
    assert_agrees_with_qicharts(case)
