"""The page of one chart: why it is as it is, how far to trust it, and its table."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ui.charts import Drawing
from heedful.foundation.ui.filters import number
from heedful.loop.measures import drawing, words
from heedful.loop.measures import months as calendar
from heedful.loop.measures.analysis import CHANCE, LEAST_RATE
from heedful.loop.measures.catalogue import Measure
from heedful.loop.measures.presenters.addresses import exposure_url, table_url, theme_url
from heedful.loop.measures.queries import Place
from heedful.loop.measures.reading import Window
from heedful.loop.measures.words import Line


@dataclass(frozen=True)
class Day:
    """A day on which it happened, and the cases of its month."""

    text: str
    url: str


@dataclass(frozen=True)
class ChartPage:
    """One measure in one place, and what to know before believing it."""

    heading: str
    numbers: str
    drawing: Drawing | None
    dates: list[Day]
    no_rate: str
    exposure_url: str
    cautions: list[str]
    chance: str
    table_url: str
    theme_url: str


def chart_page(line: Line, viewer: Viewer, query: dict[str, str]) -> ChartPage:
    drawn = line.reading.charted or line.reading.kind == "early"
    return ChartPage(
        heading=words.finding(line),
        numbers=words.numbers(line),
        drawing=drawing.large(line) if drawn else None,
        dates=[] if drawn else [_day(line, day) for day in line.days],
        no_rate=why_no_rate(line),
        exposure_url=exposure_url(line.place) if _could_enter(line, viewer) else "",
        cautions=cautions(line),
        chance=chance(line),
        table_url=table_url(line.place, line.measure.slug, query) if viewer.holds(Permission.DOWNLOAD) else "",
        theme_url=theme_url(line.place, line.measure.slug, _stood_out(line)) if _owns(line, viewer) else "",
    )


def _owns(line: Line, viewer: Viewer) -> bool:
    own = Permission.OWN_THEME
    return viewer.everywhere(own) or line.place.id in viewer.services_for(own)


def _stood_out(line: Line) -> tuple[int, ...]:
    """The months that differ from usual; else the last three."""
    found = line.reading.found
    if found is None or line.reading.kind == "t":
        return line.months[-3:]
    return line.months[found.start : found.stop]


def nothing_yet(measure: Measure, place: Place) -> str:
    return _("%(what)s at %(place)s: nothing has been told here yet") % {"what": measure.label, "place": place.name}


def why_no_rate(line: Line) -> str:
    """Why these are counts; empty when it is a rate, or when there is no chart to explain."""
    if line.reading.is_rate:
        return ""
    if not line.place.whole:
        return _("You look after a part of this service, so a rate of all its care would be wrong. These are counts.")
    if line.per is None:
        return _("There is no rate, because nobody has said what counts are set against here. These are counts.")
    if not line.has_rate:
        missing = sum(1 for amount in line.exposure if not amount)
        said = ngettext(
            "There is no rate: for %(n)s month we do not know how much care there was (%(care)s). These are counts.",
            "There is no rate: for %(n)s months we do not know how much care there was (%(care)s). These are counts.",
            missing,
        )
        return said % {"n": number(missing), "care": line.per.label.lower()}
    if line.reading.charted:
        return _("Fewer than %(n)s a month: a rate would say no more than the count.") % {"n": number(LEAST_RATE)}
    return ""


def _day(line: Line, day: date) -> Day:
    return Day(formatted(day, "l j F Y"), drawing.cases_url(line, calendar.number(day)))


def _could_enter(line: Line, viewer: Viewer) -> bool:
    return not line.has_rate and line.place.whole and viewer.holds(Permission.ENTER_EXPOSURE)


def cautions(line: Line) -> list[str]:
    """What a reader should know before believing the chart."""
    said = {
        "low_counts": _("There are few each month. One more or one fewer means little."),
        "overdispersed": _("Months vary more than chance explains. Often one person has many events."),
        "no_lower_limit": _("So few are usual that no single month could be unusually low."),
        "few_useful": _("Many months lie on the middle line itself. This chart could hardly show a change."),
        "missing_exposure": _("For some months we do not know how much care there was. They have no dot."),
    }
    found = [said[one.code] for one in line.reading.cautions if one.code in said]
    if line.reading.something_changed:
        found.append(_("The months go up and down less often than chance would make them. Something may have changed."))
    guessed = sum(line.estimated)
    if line.reading.is_rate and guessed:
        found.append(
            ngettext(
                "How much care there was is estimated for %(n)s month.",
                "How much care there was is estimated for %(n)s months.",
                guessed,
            )
            % {"n": number(guessed)}
        )
    if line.measure.better == "fewer":
        found.append(_("More may also mean that more is told. Look at near misses and worries beside it."))
    return list(dict.fromkeys(found))


def chance(line: Line) -> str:
    """How often a chart of this sort is wrong."""
    if not line.reading.charted:
        return ""
    return _("Of a hundred charts like this in which nothing happens, up to %(n)s would still look different now.") % {
        "n": number(round(CHANCE[line.reading.kind] * 100))
    }


def table(line: Line) -> tuple[list[str], list[list[str]]]:
    """Exactly what the large chart shows, for taking away."""
    if not line.reading.charted and line.reading.kind != "early":
        return [_("Day")], [[formatted(day, "Y-m-d")] for day in line.days]
    drawn = drawing.large(line)
    columns = [column if isinstance(column, str) else column[0] for column in drawn.columns]
    rows = [[point.label, *row[1:]] for point, row in zip(drawn.spec.points, drawn.rows, strict=True)]
    return columns, rows


def cases_heading(measure: Measure, place: Place, month: int, n: int) -> str:
    return _("%(told)s at %(place)s in %(month)s") % {
        "told": measure.counted(n),
        "place": place.name,
        "month": calendar.long(month),
    }


def kicker(place: Place, window: Window) -> str:
    return _("%(place)s, up to %(day)s") % {"place": place.name, "day": formatted(window.last_day, "j F Y")}
