"""From a counted series to what it says: which chart fits, what is usual, and whether anything differs now.

The only file here that reaches the statistics. Which chart, and how often each is wrong, was measured: see CHANCE.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import isnan
from typing import Literal

from heedful.loop.measures.catalogue import Better
from heedful.stats import charts

Kind = Literal["u_prime", "xmr", "run", "t", "early", "dates", "none"]
Finding = charts.Finding

RECENT = 3  # months that count as "now"
LEAST_MONTHS = 13  # below this nothing is called usual or unusual (as NHSRplotthedots)
FEW_A_YEAR = 5  # fewer: no chart, the dates (look.md 4.9)
# Events a month. Below the first, months are mostly noughts and ones: the days between say more. A rate needs the
# second, and counts need the third for limits that hold.
LEAST_RUN, LEAST_RATE, LEAST_XMR = 1.5, 2.0, 5.0
# Share of charts in which nothing happens that would still be said to differ now: the worst of 24 and 36 months,
# chance alone and variance 1.5 x mean, at the smallest counts each chart is used for. Checked by a test, rounded up.
CHANCE: dict[Kind, float] = {"t": 0.02, "run": 0.04, "u_prime": 0.08, "xmr": 0.08}
KEPT = 2_000  # series with what they say, some 10 kB each
QUIET = 4.0  # events that would have been usual since the last one: by chance alone seen twice in a hundred


@dataclass(frozen=True)
class Series:
    """What is known of one measure in one service, month by month; `days` on which it happened."""

    counts: tuple[int, ...]
    exposure: tuple[int | None, ...]
    multiply: int  # 0: no rate is possible
    better: Better
    days: tuple[date, ...] = ()
    until: date | None = None


@dataclass(frozen=True)
class Found:
    """What differs now: points `start` up to `stop`, so many events where so many would be usual."""

    rule: charts.Rule
    finding: Finding
    side: int
    start: int
    stop: int
    events: float
    usual: float


@dataclass(frozen=True)
class Reading:
    """A series as it is drawn and said. For a `t` chart a point is a day, its value the days since the one before."""

    kind: Kind
    values: tuple[float | None, ...]
    usual: float | None = None
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    findings: tuple[Finding, ...] = ()
    found: Found | None = None
    cautions: tuple[charts.Caution, ...] = ()
    something_changed: bool = False  # too few crossings: the whole series, without a side

    @property
    def charted(self) -> bool:
        return self.kind in CHANCE

    @property
    def is_rate(self) -> bool:
        return self.kind == "u_prime"


@lru_cache(maxsize=KEPT)
def read(series: Series) -> Reading:
    """The chart that fits the data, and what it says. The same numbers say the same, whoever looks at them."""
    months, total = len(series.counts), sum(series.counts)
    counts = tuple(float(count) for count in series.counts)
    if not months:
        return Reading("none", ())
    if total * 12 < FEW_A_YEAR * months:
        return Reading("dates", counts)
    if months < LEAST_MONTHS:
        return Reading("early", counts)
    a_month = total / months
    if a_month < LEAST_RUN:
        return _days_between(series)
    if a_month >= LEAST_RATE and has_rate(series):
        exposure = [amount or None for amount in series.exposure]
        chart = charts.u_prime(series.counts, exposure, multiply=series.multiply, direction=_direction(series.better))
        return _reading("u_prime", chart, series)
    if a_month < LEAST_XMR:
        return _reading("run", charts.run(series.counts, direction=_direction(series.better)), series)
    return _reading("xmr", charts.xmr(series.counts, direction=_direction(series.better)), series)


def has_rate(series: Series) -> bool:
    """Exposure for every one of the last months, and for enough before them."""
    known = [bool(amount) for amount in series.exposure]
    return bool(series.multiply) and all(known[-RECENT:]) and sum(known) >= LEAST_MONTHS


def expected_by_chance(readings: Sequence[Reading]) -> float:
    """How many of these charts would look different now if nothing had happened anywhere."""
    return sum(CHANCE.get(reading.kind, 0.0) for reading in readings)


def quiet_since(counts: Sequence[int]) -> int | None:
    """Index of the first month of a silence too long for chance: `QUIET` or more would have been usual in it."""
    told = [index for index, count in enumerate(counts) if count]
    start = told[-1] + 1 if told else 0
    before, silent = counts[:start], len(counts) - start
    if len(before) < LEAST_MONTHS // 2 or not silent:
        return None
    return start if sum(before) / len(before) * silent >= QUIET else None


def usual_in(counts: Sequence[int], months: int = RECENT) -> float | None:
    """What the months before the last `months` would make usual for them; None without enough of them."""
    before = counts[:-months]
    return sum(before) / len(before) * months if len(before) >= LEAST_MONTHS - months else None


def _direction(better: Better) -> charts.Direction:
    return "down" if better == "fewer" else "neutral"


def _days_between(series: Series) -> Reading:
    """Rare events: the days between days on which it happened. Longer is better where fewer is."""
    days = sorted(set(series.days))
    gaps = [(after - before).days for before, after in pairwise(days)]
    if len(gaps) < LEAST_MONTHS - 1:
        return Reading("early", tuple(float(count) for count in series.counts))
    chart = charts.t(gaps, direction="up" if series.better == "fewer" else "neutral")
    recent = sum(1 for day in days[1:] if series.until and (series.until - day).days <= 31 * RECENT)
    return _reading("t", chart, series, recent=recent)


def _reading(kind: Kind, chart: charts.Chart, series: Series, recent: int = RECENT) -> Reading:
    if {caution.code for caution in chart.not_enough_data} - {"few_useful"}:
        return Reading("early", tuple(float(count) for count in series.counts), cautions=chart.cautions)
    return Reading(
        kind=kind,
        values=_plain(chart.values),
        usual=float(chart.centre[-1]),
        lower=_plain(chart.lower),
        upper=_plain(chart.upper),
        findings=chart.findings,
        found=_now(chart, series, kind, recent),
        cautions=chart.cautions,
        something_changed=any(signal.rule == "few_crossings" for signal in chart.signals),
    )


def _now(chart: charts.Chart, series: Series, kind: Kind, recent: int) -> Found | None:
    """The signal that reaches into the recent points: single points beyond a limit first, then the longest spell."""
    edge = len(chart) - recent
    live = [signal for signal in chart.signals if signal.stop > edge and signal.rule != "few_crossings"]
    if not live:
        return None
    best = max(live, key=lambda signal: (signal.rule == "outside_limits", signal.stop, signal.count))
    start = max(best.start, edge) if best.rule == "outside_limits" else best.start
    span = range(start, best.stop)
    events, usual = _sums(chart, series, kind, span)
    return Found(best.rule, best.finding, best.side, start, best.stop, events, usual)


def _sums(chart: charts.Chart, series: Series, kind: Kind, span: range) -> tuple[float, float]:
    """Events in the span, and how many its usual level would have given; for days between, days."""
    centre = [float(chart.centre[index]) for index in span]
    if kind == "u_prime":
        exposed = [(series.exposure[index] or 0) / series.multiply for index in span]
        usual = sum(level * amount for level, amount in zip(centre, exposed, strict=True))
    else:
        usual = sum(centre)
    counts = chart.values if kind == "t" else series.counts
    return float(sum(counts[index] for index in span)), usual


def _plain(values: Iterable[float]) -> tuple[float | None, ...]:
    return tuple(None if isnan(value) else value for value in map(float, values))
