"""What the Shewhart charts share: each gives centre and sigma per part, this draws 3-sigma limits and judges."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from heedful.stats.charts.cautions import NO_BASELINE, Caution, baseline_caution
from heedful.stats.charts.runs_chart import RunsChart, fired_rules, judge_runs
from heedful.stats.charts.series import Layout
from heedful.stats.charts.vocabulary import BoolArray, Direction, FloatArray, Kind


@dataclass(frozen=True, eq=False, kw_only=True)
class ShewhartChart(RunsChart):
    """A control chart with 3-sigma limits, varying by point where the exposure does.

    `counts` and `exposure` (n,) are the caller's, None for charts without them; for rates and proportions
    values = counts / exposure * multiply. `lower_2sd`, `upper_2sd` (n,) are 2-sigma lines, to draw, not to judge by.
    """

    counts: FloatArray | None
    exposure: FloatArray | None
    multiply: float
    screen: bool | None
    lower_2sd: FloatArray
    upper_2sd: FloatArray


@dataclass(frozen=True, eq=False, kw_only=True)
class Inputs:
    """A checked series on its way to a chart. `judged` (n,) is what is plotted, before `multiply`."""

    kind: Kind
    judged: FloatArray
    layout: Layout
    direction: Direction
    target: float | None
    counts: FloatArray | None = None
    exposure: FloatArray | None = None
    multiply: float = 1.0
    screen: bool | None = None
    cautions: list[Caution]

    @property
    def baseline(self) -> BoolArray:
        """The points behind centre and limits: in the baseline and with a value."""
        return self.layout.baseline & ~np.isnan(self.judged)


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines of one part before `multiply`: centre (k,), limits (4, k) at -3, -2, 2 and 3 sigma; and cautions."""

    centre: FloatArray
    limits: FloatArray
    cautions: tuple[Caution, ...] = ()


LinesOf = Callable[[int, slice], Lines]
"""The lines of one part, given its number and where it lies in the series."""


def lines_around(
    number: int,
    centre: float,
    sigma: FloatArray,
    *,
    floor: float = -np.inf,
    ceiling: float = np.inf,
    cautions: tuple[Caution, ...] = (),
) -> Lines:
    """Lines of part `number` at 2 and 3 sigma (k,), clipped to what the measure can be.

    Without variation (a baseline without one event, say) there are no limits: any change would lie outside them.
    """
    sigma = np.where(sigma > 0, sigma, np.nan)
    if np.isnan(sigma).all():
        cautions = (*cautions, Caution("no_variation", number))
    limits = np.clip(centre + np.multiply.outer(np.array([-3, -2, 2, 3]), sigma), floor, ceiling)
    return Lines(np.full(len(sigma), centre), limits, cautions)


def shewhart(inputs: Inputs, lines_of: LinesOf) -> ShewhartChart:
    """Draw the lines of every part and judge the points against them.

    Runs are judged before `multiply`, so that scaling cannot move a point off the centre line.
    """
    lines, cautions = _all_lines(inputs, lines_of)
    judged = judge_runs(inputs.judged, lines[0], inputs.layout)
    values = inputs.judged * inputs.multiply
    centre, lower, lower_2sd, upper_2sd, upper = lines * inputs.multiply
    return ShewhartChart(
        kind=inputs.kind,
        values=values,
        direction=inputs.direction,
        target=inputs.target,
        parts=inputs.layout.starts,
        exclude=inputs.layout.exclude,
        freeze=inputs.layout.freeze,
        part=inputs.layout.part,
        baseline=inputs.baseline,
        centre=centre,
        lower=lower,
        upper=upper,
        fired=fired_rules(judged, values, lower, upper),
        cautions=cautions,
        runs=judged.runs,
        counts=inputs.counts,
        exposure=inputs.exposure,
        multiply=inputs.multiply,
        screen=inputs.screen,
        lower_2sd=lower_2sd,
        upper_2sd=upper_2sd,
    )


def _all_lines(inputs: Inputs, lines_of: LinesOf) -> tuple[FloatArray, tuple[Caution, ...]]:
    """Centre and limits (5, n), and cautions."""
    drawn = np.full((5, len(inputs.judged)), np.nan)
    cautions = list(inputs.cautions)
    for number, part in enumerate(inputs.layout.slices()):
        lines = lines_of(number, part)
        drawn[0, part], drawn[1:, part] = lines.centre, lines.limits
        usable = int(np.count_nonzero(inputs.baseline[part]))
        cautions += baseline_caution(number, usable)
        if usable >= NO_BASELINE:
            cautions += [*lines.cautions, *_no_lower_limit(number, lines)]
    return drawn, tuple(cautions)


def _no_lower_limit(number: int, lines: Lines) -> list[Caution]:
    """Said when the lower limit is 0 throughout: then no single point can be unusually low."""
    lower = lines.limits[0][~np.isnan(lines.limits[0])]
    return [Caution("no_lower_limit", number)] if len(lower) and (lower == 0).all() else []
