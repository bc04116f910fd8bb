"""How often the rules flag a series in which nothing happens, by simulation with a fixed seed."""

from collections.abc import Iterator

import numpy as np

from heedful.stats import charts

LENGTHS = (24, 36, 60)
POISSON_MEANS = (0.5, 1, 2, 5, 20)


def xmr_on_normal(series: int, length: int, dialect: charts.DialectName = "mdc") -> dict[str, float]:
    """Per rule, the share of series with at least one flagged point; and the share of points flagged by any rule."""
    values = np.random.default_rng(2026).normal(size=(series, length))
    matrix = charts.xmr_matrix(values, dialect=dialect)
    by_rule = {rule: (flags != 0).any(axis=1).mean() for rule, flags in zip(matrix.rules, matrix.fired, strict=True)}
    flagged = matrix.special_cause
    return {**by_rule, "any": flagged.any(axis=1).mean(), "points": flagged.mean()}


def xmr_on_poisson(series: int, length: int, mean: float) -> dict[str, float]:
    values = np.random.default_rng(2026).poisson(mean, size=(series, length)).astype(float)
    matrix = charts.xmr_matrix(values)
    outside = (matrix.fired[0] != 0).any(axis=1).mean()
    return {
        "outside_limits": outside,
        "any": matrix.special_cause.any(axis=1).mean(),
        "points": matrix.special_cause.mean(),
        "no_limits": np.isnan(matrix.upper[:, 0]).mean(),
    }


def u_on_counts(series: int, length: int, mean: float, spread: float = 1.0) -> dict[str, float]:
    """u chart and Anhoej rules on events whose variance is `spread` times their mean (1 is Poisson)."""
    draw = np.random.default_rng(2026)
    rates = mean if spread == 1 else draw.gamma(mean / (spread - 1), spread - 1, size=(series, length))
    counts = draw.poisson(rates, size=(series, length)).astype(float)
    found = [_flags(charts.u(row, np.full(length, 30.0))) for row in counts]
    primes = [charts.u_prime(row, np.full(length, 30.0)).outside_limits.any() for row in counts]
    names = ("outside_limits", "runs", "any", "overdispersed")
    shares = dict(zip(names, np.mean(found, axis=0).tolist(), strict=True))
    return shares | {"u_prime_outside": float(np.mean(primes))}


def _flags(chart: charts.ShewhartChart) -> tuple[bool, bool, bool, bool]:
    outside, runs = bool(chart.outside_limits.any()), bool(chart.runs_signal.any())
    wide = any(caution.code == "overdispersed" for caution in chart.cautions)
    return outside, runs, outside or runs, wide


def run_on_normal(series: int, length: int) -> dict[str, float]:
    values = np.random.default_rng(2026).normal(size=(series, length))
    found = [charts.run(row).runs[0] for row in values]
    parts = [(runs.long_run, runs.few_crossings, runs.signal) for runs in found if runs is not None]
    return dict(zip(("long_run", "few_crossings", "any"), np.mean(parts, axis=0).tolist(), strict=True))


def tables(series: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Every row of the table in docs/explanation/charts.md."""
    for length in LENGTHS:
        yield f"xmr mdc, normal, {length} points", xmr_on_normal(series, length)
        yield f"xmr mdc6, normal, {length} points", xmr_on_normal(series, length, "mdc6")
    for mean in POISSON_MEANS:
        yield f"xmr mdc, Poisson {mean:g} a month, 36 points", xmr_on_poisson(series, 36, mean)
    for length in LENGTHS:
        yield f"run, normal, {length} points", run_on_normal(series // 5, length)
    for mean in POISSON_MEANS:
        yield f"u, Poisson {mean:g} a month, 36 points", u_on_counts(series // 5, 36, mean)
    for mean in (2, 5, 20):
        yield f"u, {mean:g} a month, variance 1.5 x mean, 36 points", u_on_counts(series // 5, 36, mean, 1.5)
