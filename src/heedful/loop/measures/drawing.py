"""Readings as charts: large ones in the unit that was judged, small ones in counts on one scale."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from heedful.foundation.ui.charts import ChartSpec, Drawing, Flag, Point, draw
from heedful.foundation.ui.filters import number
from heedful.loop.measures import months as calendar
from heedful.loop.measures import words
from heedful.loop.measures.analysis import Finding
from heedful.loop.measures.words import Line

SMALL_MONTHS = 24
FLAGS: dict[Finding, Flag] = {
    "concern": Flag.WORSE,
    "improvement": Flag.BETTER,
    "neutral_high": Flag.NOJUDGE,
    "neutral_low": Flag.NOJUDGE,
    "neutral": Flag.NOJUDGE,
    "common_cause": Flag.USUAL,
}


def large(line: Line) -> Drawing:
    """The chart of one measure in one place, with the table under it."""
    return draw(_by_day(line) if line.reading.kind == "t" else _by_month(line))


def small(line: Line, top: float) -> Drawing:
    """Counts of the last two years, so that places side by side share one scale."""
    lower, upper = _limits_in_counts(line)
    points = [
        Point(
            label=calendar.short(month),
            value=line.counts[index],
            flag=_flags(line)[index],
            lower=lower[index],
            upper=upper[index],
            url=cases_url(line, month) if line.counts[index] else "",
            said="" if line.reading.kind == "t" else _differs(line, index),
        )
        for index, month in enumerate(line.months)
    ]
    return draw(
        ChartSpec(
            finding=words.finding(line),
            sentence=_sentence(line),
            points=tuple(points[-SMALL_MONTHS:]),
            value_name=str(line.measure.label),
            centre=_usual_count(line),
            y_max=top,
            small=True,
        )
    )


def highest(lines: Sequence[Line]) -> float:
    """The tallest thing that any of the small charts shows."""
    return max(
        (
            value
            for line in lines
            for value in (*line.counts[-SMALL_MONTHS:], *_limits_in_counts(line)[1][-SMALL_MONTHS:])
            if value is not None
        ),
        default=1,
    )


def cases_url(line: Line, month: int) -> str:
    return reverse("measures:cases", args=[line.place.id, line.measure.slug, calendar.code(month)])


def value_name(line: Line) -> str:
    """Falls; Falls per 1,000 occupied bed days."""
    if not (line.reading.is_rate and line.per):
        return str(line.measure.label)
    return _("%(what)s per %(n)s %(care)s") % {
        "what": line.measure.label,
        "n": number(line.per.per),
        "care": line.per.label.lower(),
    }


def care(line: Line, index: int) -> str:
    """1,150.5 bed days; empty when nothing was entered."""
    amount = line.exposure[index]
    if amount is None or line.per is None:
        return _("not entered")
    return number(amount / line.per.stored_in_one)


def _by_month(line: Line) -> ChartSpec:
    reading = line.reading
    xmr = reading.kind == "xmr"
    return ChartSpec(
        finding=words.finding(line),
        sentence=_sentence(line),
        points=tuple(_month_point(line, index) for index in range(len(line.months))),
        value_name=value_name(line),
        when_name=_("Month"),
        caption=_caption(line),
        centre=reading.usual,
        lower=reading.lower[-1] if xmr else None,
        upper=reading.upper[-1] if xmr else None,
        note=_note(line),
        note_phone=_note(line),
        detail_names=(str(line.measure.label), line.per.label) if reading.is_rate and line.per else (),
        places=2 if reading.is_rate else None,
    )


def _month_point(line: Line, index: int) -> Point:
    reading, month, rate = line.reading, line.months[index], line.reading.is_rate
    return Point(
        label=calendar.short(month),
        value=reading.values[index],
        flag=_flags(line)[index],
        lower=reading.lower[index] if rate else None,
        upper=reading.upper[index] if rate else None,
        detail=(number(line.counts[index]), care(line, index)) if rate else (),
        url=cases_url(line, month) if line.counts[index] else "",
        said=_differs(line, index),
    )


def _differs(line: Line, index: int) -> str:
    """What differs and is by itself neither better nor worse: the table says in which direction."""
    high, low = _("more than usual"), _("fewer than usual")
    if line.reading.kind == "t":
        high, low = _("further apart than usual"), _("closer together than usual")
    words = {"neutral_high": high, "neutral_low": low, "neutral": _("different from usual")}
    return words.get(line.reading.findings[index], "") if line.reading.findings else ""


def _by_day(line: Line) -> ChartSpec:
    reading, days = line.reading, sorted(set(line.days))[1:]
    points = [
        Point(
            formatted(day, "j M Y"),
            gap,
            FLAGS[reading.findings[index]],
            url=cases_url(line, calendar.number(day)),
            said=_differs(line, index),
        )
        for index, (day, gap) in enumerate(zip(days, reading.values, strict=True))
    ]
    upper = reading.upper[-1] if reading.upper else None
    return ChartSpec(
        finding=words.finding(line),
        sentence=_sentence(line),
        points=tuple(points),
        value_name=_("Days since the one before"),
        when_name=_("Day"),
        caption=_(
            "Each dot is a day on which it happened; the higher, the longer since the one before. "
            "The line is usual; the grey band is where most fall by chance."
        ),
        centre=reading.usual,
        lower=reading.lower[-1] if reading.lower else None,
        upper=upper,
    )


def _sentence(line: Line) -> str:
    """Read aloud for the drawing: what it is, from when to when, and the numbers."""
    if not line.months:
        return words.finding(line)
    return _("%(name)s by month, %(first)s to %(last)s. %(short)s %(numbers)s") % {
        "name": line.name,
        "first": calendar.long(line.months[0]),
        "last": calendar.long(line.months[-1]),
        "short": words.short_finding(line),
        "numbers": words.numbers(line),
    }


def _caption(line: Line) -> str:
    if not line.reading.charted:
        return _("Each dot is one month.")
    if line.reading.kind == "run":
        return _("Each dot is one month. The line is the middle: half of the months lie above it, half below.")
    if line.reading.is_rate:
        return _(
            "%(what)s. Each dot is one month, set against how much care there was, so months can be compared. "
            "The line is usual; the grey band is where most months fall by chance."
        ) % {"what": value_name(line)}
    return _(
        "Each dot is one month. The line is usual; the grey band is where most months fall by chance. "
        "These are counts: they do not allow for how many people were there."
    )


def _note(line: Line) -> str:
    found = line.reading.found
    if found is None or line.reading.kind == "t":
        return ""
    if found.stop - found.start == 1:
        return _("%(n)s in %(month)s") % {"n": number(found.events), "month": calendar.name(line.months[found.start])}
    return _("%(n)s in %(months)s months") % {"n": number(found.events), "months": found.stop - found.start}


def _flags(line: Line) -> list[Flag]:
    """One per month. What was judged by days has no verdict on a month."""
    if line.reading.kind == "t" or not line.reading.findings:
        return [Flag.USUAL] * len(line.months)
    return [FLAGS[said] for said in line.reading.findings]


def _limits_in_counts(line: Line) -> tuple[list[float | None], list[float | None]]:
    """Where most counts fall by chance, month by month: a rate's limits times that month's care."""
    reading, none = line.reading, [None] * len(line.months)
    if reading.kind == "xmr":
        return list(reading.lower), list(reading.upper)
    if not (reading.is_rate and line.per):
        return list(none), list(none)
    care = [(amount or 0) / line.per.multiply for amount in line.exposure]
    return _times(reading.lower, care), _times(reading.upper, care)


def _times(limits: Sequence[float | None], care: Sequence[float]) -> list[float | None]:
    return [None if limit is None else limit * much for limit, much in zip(limits, care, strict=True)]


def _usual_count(line: Line) -> float | None:
    reading = line.reading
    if reading.kind in ("xmr", "run"):
        return reading.usual
    if reading.kind == "u_prime" and line.per and reading.usual is not None:
        known = [amount for amount in line.exposure[-SMALL_MONTHS:] if amount]
        return reading.usual * sum(known) / len(known) / line.per.multiply
    return None
