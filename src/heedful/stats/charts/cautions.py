"""What a reader should know before believing a chart, as values. Thresholds carry their source."""

from dataclasses import dataclass

from heedful.stats.charts.vocabulary import CautionCode

# NHSRplotthedots 0.2.2 warns below 13 points in a part (its message says 12: its issue 224).
SHORT_BASELINE = 13
# Run rules have little to go on below 10 useful points (Anhoej, PLoS ONE 2015;10(3):e0121349 studies 10 to 60).
FEW_USEFUL = 10
# Two values give one moving range: less than that gives no limits at all.
NO_BASELINE = 2
# Below 2 events a period, limits that assume a symmetrical spread flag far too often: measured in
# docs/explanation/charts.md (XmR 48% of quiet three-year series at 2 a month, 66% at 1; u 28% and 41%).
LOW_COUNTS = 2.0
# Chance of calling a true Poisson baseline overdispersed.
OVERDISPERSED_LEVEL = 0.01

NOT_ENOUGH: frozenset[CautionCode] = frozenset({"no_baseline", "no_variation", "short_baseline", "few_useful"})
"""Cautions that mean: there is not enough data yet for a firm answer."""


@dataclass(frozen=True)
class Caution:
    """One caution. `part` is the part it concerns, None for the whole series.

    `found` and `needed` are in the caution's own unit: points for `no_baseline`, `short_baseline`, `few_useful`,
    `missing_values` and `missing_exposure` (needed None); events a period for `low_counts`; variance over what chance
    explains for `overdispersed`.
    """

    code: CautionCode
    part: int | None = None
    found: float = 0
    needed: float | None = None

    @property
    def means_not_enough_data(self) -> bool:
        return self.code in NOT_ENOUGH


def baseline_caution(part: int, usable: int, *, least: int = NO_BASELINE) -> list[Caution]:
    """The caution for a part whose centre and limits rest on `usable` points, if there is one."""
    if usable < least:
        return [Caution("no_baseline", part, usable, least)]
    if usable < SHORT_BASELINE:
        return [Caution("short_baseline", part, usable, SHORT_BASELINE)]
    return []


def low_counts_caution(part: int, per_period: float) -> tuple[Caution, ...]:
    return (Caution("low_counts", part, per_period, LOW_COUNTS),) if per_period < LOW_COUNTS else ()


def missing_caution(code: CautionCode, missing: int) -> list[Caution]:
    return [Caution(code, None, missing)] if missing else []
