"""The run chart: a median and the Anhoej run rules, no limits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from heedful.stats.charts.cautions import FEW_USEFUL, Caution, baseline_caution
from heedful.stats.charts.plain import plain_inputs
from heedful.stats.charts.runs_chart import RunsChart, RunsJudged, fired_rules, judge_runs
from heedful.stats.charts.shewhart import Inputs
from heedful.stats.charts.vocabulary import Direction, FloatArray, Series


@dataclass(frozen=True, eq=False, kw_only=True)
class RunChart(RunsChart):
    """A run chart. The centre is the median; `lower` and `upper` are NaN."""


def run(
    values: Series,
    *,
    direction: Direction = "neutral",
    parts: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    target: float | None = None,
) -> RunChart:
    """Chart any series around its median and flag unusually long runs and unusually few crossings.

    values: (n,), any unit, in time order; None or NaN where there is none. Other arguments as for `u`.
    A point on the median is passed over. Members of a run that is too long are flagged `long_run`; few crossings
    belong to the whole part (see `signals`). Needs no distribution and little data: 10 useful points.
    Raises ValueError for values that are not one-dimensional or are infinite, and for indices outside the series.
    Source: Anhoej & Olesen, PLoS ONE 2014;9(11):e113825; agrees with qicharts2 0.8.1.
    """
    inputs = plain_inputs(
        "run", values, direction=direction, parts=parts, freeze=freeze, exclude=exclude, target=target
    )
    centre = _medians(inputs)
    judged = judge_runs(inputs.judged, centre, inputs.layout)
    none = np.full(len(centre), np.nan)
    return RunChart(
        kind="run",
        values=inputs.judged,
        direction=inputs.direction,
        target=target,
        parts=inputs.layout.starts,
        exclude=inputs.layout.exclude,
        freeze=freeze,
        part=inputs.layout.part,
        baseline=inputs.baseline,
        centre=centre,
        lower=none,
        upper=none,
        fired=fired_rules(judged, inputs.judged, none, none),
        cautions=_cautions(inputs, judged),
        runs=judged.runs,
    )


def _medians(inputs: Inputs) -> FloatArray:
    centre = np.full(len(inputs.judged), np.nan)
    for part in inputs.layout.slices():
        own = inputs.judged[part][inputs.baseline[part]]
        centre[part] = np.median(own) if len(own) else np.nan
    return centre


def _cautions(inputs: Inputs, judged: RunsJudged) -> tuple[Caution, ...]:
    cautions = list(inputs.cautions)
    for number, part in enumerate(inputs.layout.slices()):
        runs = judged.runs[number]
        useful = 0 if runs is None else runs.useful
        if not inputs.baseline[part].any():
            cautions += baseline_caution(number, 0, least=1)
        elif useful < FEW_USEFUL:
            cautions.append(Caution("few_useful", number, useful, FEW_USEFUL))
    return tuple(cautions)
