"""What charts judged by the Anhoej run rules share."""

from dataclasses import dataclass

import numpy as np

from heedful.stats.charts.anhoej import Runs, analyse
from heedful.stats.charts.chart import Chart, Signal
from heedful.stats.charts.reading import Fired
from heedful.stats.charts.series import Layout
from heedful.stats.charts.vocabulary import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False, kw_only=True)
class RunsChart(Chart):
    """A chart judged by the Anhoej run rules. `runs` has one analysis per part, None where no point is useful."""

    runs: tuple[Runs | None, ...]

    @property
    def runs_signal(self) -> BoolArray:
        """Per part: is there an unusually long run, or are there unusually few crossings."""
        return np.array([runs is not None and runs.signal for runs in self.runs], dtype=np.bool_)

    def _signals_of_parts(self) -> tuple[Signal, ...]:
        few = [runs.part for runs in self.runs if runs is not None and runs.few_crossings]
        stretches = [self.stretches[part] for part in few]
        return tuple(
            Signal("few_crossings", 0, "neutral", part.index, part.start, part.stop, part.length) for part in stretches
        )


@dataclass(frozen=True, eq=False)
class RunsJudged:
    """Runs of every part; side of too long runs (n,); indices of the useful points."""

    runs: tuple[Runs | None, ...]
    long_run: IntArray
    useful: IntArray


def judge_runs(values: FloatArray, centre: FloatArray, layout: Layout) -> RunsJudged:
    """Analyse the runs of each part around its centre line (n,)."""
    long_run = np.zeros(len(values), dtype=np.int64)
    runs: list[Runs | None] = []
    for number, part in enumerate(layout.slices()):
        found, long_run[part] = analyse(values[part], centre[part], layout.included[part], number, part.start)
        runs.append(found)
    useful = np.flatnonzero(layout.included & ((values > centre) | (values < centre)))
    return RunsJudged(tuple(runs), long_run, useful)


def fired_rules(judged: RunsJudged, values: FloatArray, lower: FloatArray, upper: FloatArray) -> tuple[Fired, ...]:
    """What fired: points beyond a limit, members of too long runs. NaN limits flag nothing."""
    beyond = (values > upper).astype(np.int64) - (values < lower)
    everywhere = np.arange(len(values))
    return (Fired("outside_limits", beyond, everywhere), Fired("long_run", judged.long_run, judged.useful))
