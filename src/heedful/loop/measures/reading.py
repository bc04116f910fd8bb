"""From a viewer and what they ask for to lines: every measure in every place on a page, read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from heedful.foundation.access.viewer import Viewer
from heedful.loop.measures import months as calendar
from heedful.loop.measures import queries
from heedful.loop.measures.analysis import Series, has_rate, quiet_since, read
from heedful.loop.measures.catalogue import measures, per, shown
from heedful.loop.measures.queries import Counted, Place
from heedful.loop.measures.words import Line

MONTHS = 36
PLACES = 12
# Silence longer than this everywhere means that the log ended, not that all went quiet: then we look at its end.
ENDED = 6
# Looked through for what differs. "Everything" would say the same twice; what people called it is shown by choice.
SWEPT = (*(slug for slug, one in measures().items() if one.group == "type"), "early")


@dataclass(frozen=True)
class Asked:
    """What a page is narrowed to. `until`: the last month, as a number."""

    service: UUID | None = None
    name: str = ""
    what: str = ""
    until: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Window:
    """The months a page looks at. `ended`: the log stops there, long before today."""

    until: int
    ended: bool

    @property
    def months(self) -> range:
        return range(self.until - MONTHS + 1, self.until + 1)

    @property
    def last_day(self) -> date:
        following = calendar.first_day(self.until + 1)
        return date.fromordinal(following.toordinal() - 1)


@dataclass(frozen=True)
class Quiet:
    """A place that has fallen silent: since which month, and the last one with anything."""

    place: Place
    everything: bool
    since: int
    usual: float


@dataclass(frozen=True)
class Board:
    """All that the page of patterns knows."""

    every: tuple[Place, ...]  # that the viewer may look at and asked for
    shown: tuple[Place, ...]
    page: int
    window: Window
    what: str
    counted: tuple[Counted, ...]
    lines: tuple[Line, ...]  # the chosen measure in each place

    @cached_property
    def swept(self) -> list[Line]:
        """Every measure with enough events for a chart, in each place; the chosen one from above."""
        chosen = {each.place.id: each for each in self.lines}
        found = []
        for one in self.counted:
            lines = [chosen[one.place.id]] if self.what not in SWEPT else []
            for slug in SWEPT:
                lines.append(chosen[one.place.id] if slug == self.what else line(one, slug, (), self.window))
            found += [each for each in lines if each.reading.charted]
        return found

    @cached_property
    def different(self) -> list[Line]:
        return [each for each in self.swept if each.reading.found]

    @cached_property
    def quiet(self) -> list[Quiet]:
        return [found for one in self.counted if (found := _quiet(one))]


def board(viewer: Viewer, places: Sequence[Place], asked: Asked, today: date, *, at_once: int = PLACES) -> Board:
    """Read the places of one page; three statements, however many places there are."""
    every = [place for place in places if _wanted(place, asked)]
    window = window_for(viewer, every, asked, today)
    last = max(1, -(-len(every) // at_once))
    page = min(max(asked.page, 1), last)
    shown = every[(page - 1) * at_once : page * at_once]
    counted = queries.monthly(viewer, shown, window.months)
    what = asked.what or most_told(counted)
    return Board(tuple(every), tuple(shown), page, window, what, tuple(counted), lines(viewer, counted, what, window))


def one(viewer: Viewer, place: Place, what: str, asked: Asked, today: date) -> tuple[Line | None, Window]:
    """One measure in one place; no line before its first event."""
    window = window_for(viewer, [place], asked, today)
    found = queries.monthly(viewer, [place], window.months)
    if not found:
        return None, window
    return lines(viewer, found, what, window)[0], window


def lines(viewer: Viewer, counted: Sequence[Counted], what: str, window: Window) -> tuple[Line, ...]:
    """One measure in each place. The days of single events are read only where they say more than the months."""
    found = [line(one, what, (), window) for one in counted]
    rare = [one.place for one in found if not one.reading.charted]
    cases = queries.cases(viewer, what, rare, window.months)
    days = {place.id: tuple(case.day for case in cases if case.service_id == place.id) for place in rare}
    return tuple(
        line(one, what, days[one.place.id], window) if one.place.id in days else drawn
        for one, drawn in zip(counted, found, strict=True)
    )


def line(counted: Counted, what: str, days: tuple[date, ...], window: Window) -> Line:
    measure, given = shown(what), per(counted.place.exposure_measure) if counted.place.whole else None
    series = Series(
        counts=counted.counts[what],
        exposure=counted.exposure,
        multiply=given.multiply if given else 0,
        better=measure.better,
        days=days,
        until=window.last_day,
    )
    return Line(
        place=counted.place,
        measure=measure,
        months=counted.months,
        counts=series.counts,
        exposure=series.exposure,
        estimated=counted.estimated,
        days=days,
        per=given,
        reading=read(series),
        has_rate=has_rate(series),
    )


def window_for(viewer: Viewer, where: Sequence[Place], asked: Asked, today: date) -> Window:
    """Up to the last month that is over; or up to the end of a log that stopped long before."""
    over = calendar.number(today) - 1
    if asked.until is not None:
        return Window(min(asked.until, over), False)
    newest = queries.newest(viewer, where) if where else None
    ended = newest is not None and calendar.number(newest) < over - ENDED
    return Window(calendar.number(newest) if newest and ended else over, ended)


def most_told(counted: Sequence[Counted]) -> str:
    """The type with the most events in these places; falls while there are none."""
    types = [slug for slug, one in measures().items() if one.group == "type" and slug != "other"]
    return max(types, key=lambda slug: sum(sum(one.counts[slug]) for one in counted))


def _wanted(place: Place, asked: Asked) -> bool:
    if asked.service is not None:
        return place.id == asked.service
    return asked.name.casefold().strip() in place.name.casefold()


def _quiet(counted: Counted) -> Quiet | None:
    """Silence about everything first; else about near misses and worries."""
    early = counted.counts["early"]
    everything = tuple(map(sum, zip(counted.counts["all"], early, counted.counts["good_care"], strict=True)))
    for counts, whole in ((everything, True), (early, False)):
        start = quiet_since(counts)
        if start is not None:
            return Quiet(counted.place, whole, counted.months[start], sum(counts[:start]) / start)
    return None
