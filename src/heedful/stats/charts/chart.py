"""What every chart result has: the plotted points, lines, what each point says, cautions, and a whole answer."""

import itertools
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from heedful.stats.charts import reading
from heedful.stats.charts.cautions import Caution
from heedful.stats.charts.reading import Fired
from heedful.stats.charts.vocabulary import Assurance, BoolArray, Direction, Finding, FloatArray, IntArray, Kind, Rule


@dataclass(frozen=True)
class Point:
    """One point, ready for a table row. Missing numbers are NaN; `rule` is None for common-cause variation."""

    index: int
    value: float
    centre: float
    lower: float
    upper: float
    part: int
    in_baseline: bool
    excluded: bool
    rule: Rule | None
    side: int
    finding: Finding


@dataclass(frozen=True)
class Part:
    """One stretch between rebases, points `start` up to but not including `stop`.

    `baseline` counts the points its centre and limits rest on. The limits are those at its last point.
    """

    index: int
    start: int
    stop: int
    baseline: int
    centre: float
    lower: float
    upper: float

    @property
    def length(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True)
class Signal:
    """Neighbouring points that one rule flags on one side: `count` of them from `start` up to `stop`.

    A point may belong to several signals. For `few_crossings` it is the whole part, without a side.
    """

    rule: Rule
    side: int
    finding: Finding
    part: int
    start: int
    stop: int
    count: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart:
    """A charted series of n points, in the caller's order and in the unit that is plotted.

    values, centre, lower, upper: float arrays (n,), NaN where there is none. `part` (n,) numbers the stretches between
    rebases from 0; `baseline` (n,) marks the points behind centre and limits. `fired` has one entry per rule of the
    chart, in the order in which they are shown.
    """

    kind: Kind
    values: FloatArray
    direction: Direction
    target: float | None
    parts: tuple[int, ...]
    exclude: tuple[int, ...]
    freeze: int | None
    part: IntArray
    baseline: BoolArray
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    fired: tuple[Fired, ...]
    cautions: tuple[Caution, ...]

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def rules(self) -> tuple[Rule | None, ...]:
        """The rule that flags each point: the first of those that fired there. None for common-cause variation."""
        flagged = [(fired.rule, fired.side.tolist()) for fired in self.fired]
        return tuple(next((rule for rule, side in flagged if side[index]), None) for index in range(len(self)))

    @cached_property
    def side(self) -> IntArray:
        """Which way the rule of each point points, (n,): +1 high or rising, -1 low or falling, 0 without a rule."""
        side = np.zeros(len(self), dtype=np.int64)
        for fired in reversed(self.fired):
            side = np.where(fired.side != 0, fired.side, side)
        return side

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What each point says, seen from the direction that is better."""
        return tuple(
            reading.finding(rule, int(side), self.direction) for rule, side in zip(self.rules, self.side, strict=True)
        )

    @cached_property
    def outside_limits(self) -> BoolArray:
        """Which points lie beyond a limit, excluded ones too."""
        outside: BoolArray = (self.values > self.upper) | (self.values < self.lower)
        return outside

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The series as rows."""
        return tuple(self._point(index) for index in range(len(self)))

    @cached_property
    def stretches(self) -> tuple[Part, ...]:
        """The parts between rebases, in order."""
        edges = [0, *self.parts, len(self)]
        return tuple(
            self._stretch(number, start, stop)
            for number, (start, stop) in enumerate(itertools.pairwise(edges))
            if stop > start
        )

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """What every rule found, as groups of neighbouring points, by their start; then signals of whole parts."""
        found = [self._signal(fired, group) for fired in self.fired for group in reading.groups(fired, self.part)]
        return (*sorted(found, key=lambda signal: signal.start), *self._signals_of_parts())

    @property
    def latest(self) -> int | None:
        """Index of the last point that has a value."""
        known = np.flatnonzero(~np.isnan(self.values))
        return int(known[-1]) if len(known) else None

    @property
    def variation(self) -> Finding | None:
        """The answer on variation: what the latest point says, or else its whole part. None without any value."""
        if self.latest is None:
            return None
        point, last = self.findings[self.latest], len(self.stretches) - 1
        of_part = [signal.finding for signal in self._signals_of_parts() if signal.part == last]
        return of_part[0] if point == "common_cause" and of_part else point

    @property
    def assurance(self) -> Assurance | None:
        """Whether the process as it is now can be relied on to meet the target. None without target or direction."""
        if self.target is None or self.latest is None:
            return None
        lower, upper = float(self.lower[self.latest]), float(self.upper[self.latest])
        return reading.assurance(self.target, lower, upper, self.direction)

    @property
    def not_enough_data(self) -> tuple[Caution, ...]:
        """Why the latest part cannot give a firm answer yet; empty if it can."""
        last = len(self.stretches) - 1
        return tuple(
            caution
            for caution in self.cautions
            if caution.means_not_enough_data and (caution.part is None or caution.part == last)
        )

    @property
    def enough_data(self) -> bool:
        return not self.not_enough_data

    def _signal(self, fired: Fired, group: list[int]) -> Signal:
        first, last = group[0], group[-1]
        side = int(fired.side[first])
        meaning = reading.finding(fired.rule, side, self.direction)
        return Signal(fired.rule, side, meaning, int(self.part[first]), first, last + 1, len(group))

    def _signals_of_parts(self) -> tuple[Signal, ...]:
        """Signals that belong to a part and to no point in it."""
        return ()

    def _point(self, index: int) -> Point:
        return Point(
            index=index,
            value=float(self.values[index]),
            centre=float(self.centre[index]),
            lower=float(self.lower[index]),
            upper=float(self.upper[index]),
            part=int(self.part[index]),
            in_baseline=bool(self.baseline[index]),
            excluded=index in self.exclude,
            rule=self.rules[index],
            side=int(self.side[index]),
            finding=self.findings[index],
        )

    def _stretch(self, number: int, start: int, stop: int) -> Part:
        usable = int(np.count_nonzero(self.baseline[start:stop]))
        last = stop - 1
        centre, lower, upper = float(self.centre[last]), float(self.lower[last]), float(self.upper[last])
        return Part(number, start, stop, usable, centre, lower, upper)
