"""What the charts say over the same services: what differs for the worse, what has gone quiet, and what is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from heedful.loop.measures import queries as measures
from heedful.loop.measures import reading
from heedful.loop.measures.analysis import LEAST_RUN
from heedful.loop.measures.catalogue import measures as catalogue
from heedful.loop.measures.queries import Counted, Place
from heedful.loop.measures.reading import Asked, Quiet, Window
from heedful.loop.measures.words import Line
from heedful.oversight.governance.queries.scope import Scope

EVERYWHERE = UUID(int=0)


@dataclass(frozen=True)
class Signs:
    """`wrong` and `early`: everything that went wrong beside what was told early, over all the services together."""

    worse: tuple[Line, ...]
    quiet: tuple[Quiet, ...]
    wrong: Line | None
    early: Line | None
    counted: tuple[Counted, ...]

    def told(self, slug: str, months: range) -> int:
        """How many of one measure, over all the services."""
        return sum(
            count
            for one in self.counted
            for month, count in zip(one.months, one.counts[slug], strict=True)
            if month in months
        )


def signs(scope: Scope) -> Signs:
    """Read as of the last month that was asked for."""
    worse: list[Line] = []
    quiet: list[Quiet] = []
    asked = Asked(until=scope.period.last, what="all")
    window = Window(scope.period.last, False)
    board = reading.board(scope.viewer, scope.places, asked, scope.today, at_once=max(1, len(scope.places)))
    worse += [line for line in board.different if line.reading.found and line.reading.found.finding == "concern"]
    quiet += board.quiet
    counted = board.counted
    return Signs(
        tuple(_plain(line) for line in worse),
        tuple(quiet),
        _together(counted, "all", window, scope),
        _together(counted, "early", window, scope),
        tuple(counted),
    )


def _together(counted: Sequence[Counted], slug: str, window: Window, scope: Scope) -> Line | None:
    """One line for all the services, over the months in which every one of them kept its log."""
    if not counted:
        return None
    first = max(one.months[0] for one in counted)
    months = tuple(month for month in window.months if month >= first)
    rows = [dict(zip(one.months, one.counts[slug], strict=True)) for one in counted]
    summed = Counted(
        place=_place(scope),
        months=months,
        counts={slug: tuple(sum(row.get(month, 0) for row in rows) for month in months)},
        exposure=(None,) * len(months),
        estimated=(False,) * len(months),
    )
    few = sum(summed.counts[slug]) < LEAST_RUN * len(months)  # then the days say more than the months
    cases = measures.cases(scope.viewer, slug, scope.places, list(months)) if few else []
    return _plain(reading.line(summed, slug, tuple(case.day for case in cases), window))


def _place(scope: Scope) -> Place:
    if len(scope.places) == 1:
        return replace(scope.places[0], exposure_measure="")
    return Place(EVERYWHERE, _("all services") if scope.organisation_wide else _("these services"), "", None, True)


def _plain(line: Line) -> Line:
    """By the common word: a provider's own word is free text, and does not leave."""
    return replace(line, measure=catalogue()[line.measure.slug])
