"""What a reading says, in plain sentences. Every number in them stands in the table too."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.ui.filters import number
from heedful.loop.measures import months as calendar
from heedful.loop.measures.analysis import LEAST_MONTHS, Found, Reading
from heedful.loop.measures.catalogue import Measure, Per
from heedful.loop.measures.queries import Place


@dataclass(frozen=True)
class Line:
    """One measure in one place, read."""

    place: Place
    measure: Measure
    months: tuple[int, ...]
    counts: tuple[int, ...]
    exposure: tuple[int | None, ...]
    estimated: tuple[bool, ...]
    days: tuple[date, ...]
    per: Per | None
    reading: Reading
    has_rate: bool

    @property
    def name(self) -> str:
        return _("%(what)s at %(place)s") % {"what": self.measure.label, "place": self.place.name}


def short_finding(line: Line) -> str:
    """Nothing unusual. October stood out."""
    reading = line.reading
    if reading.found:
        return _said(line, reading.found)[0]
    if reading.charted:
        return _("Nothing unusual now, only earlier.") if _stood_out(reading) else _("Nothing unusual.")
    if reading.kind == "early":
        return _("Too early to say what is usual.")
    return _("Too few to read a trend.")


def _stood_out(reading: Reading) -> bool:
    """Some month of the small chart is coloured; between days, none is."""
    return reading.kind != "t" and any(one != "common_cause" for one in reading.findings)


def finding(line: Line) -> str:
    """The title of a chart: Falls at Rowan House: nothing unusual."""
    words = short_finding(line).rstrip(".")
    found = line.reading.found
    starts_with_a_month = found is not None and found.rule == "outside_limits" and line.reading.kind != "t"
    return f"{line.name}: {words if starts_with_a_month else words[:1].lower() + words[1:]}"


def numbers(line: Line) -> str:
    """The sentence with both numbers, or what has been told so far."""
    reading = line.reading
    if reading.found:
        return _said(line, reading.found)[1]
    told = line.measure.counted(sum(line.counts))
    months = _months(len(line.counts))
    if reading.kind == "early" and len(line.counts) >= LEAST_MONTHS:
        return _("%(told)s in %(months)s. That is too little to say what is usual.") % {"told": told, "months": months}
    if reading.kind == "early":
        return _("%(told)s in %(months)s. We need %(needed)s before we can say what is usual.") % {
            "told": told,
            "months": months,
            "needed": _months(LEAST_MONTHS),
        }
    if reading.kind == "t":
        return _("%(told)s in %(months)s, about %(days)s days apart as a rule.") % {
            "told": told,
            "months": months,
            "days": about(reading.usual or 0),
        }
    if reading.charted:
        return _("%(told)s in %(months)s, about %(usual)s a month.") % {
            "told": told,
            "months": months,
            "usual": about(sum(line.counts) / len(line.counts)),
        }
    return _("%(told)s in %(months)s.") % {"told": told, "months": months}


def tag(line: Line) -> tuple[str, str]:
    """(words, kind) of the pill on a card."""
    found = line.reading.found
    kinds = {"concern": "worse", "improvement": "better"}
    kind = kinds.get(found.finding, "nojudge") if found else "usual"
    if found is None:
        return _("As usual"), kind
    more = found.side > 0 if line.reading.kind != "t" else found.side < 0
    if kind == "nojudge":
        return (_("More than usual") if more else _("Fewer than usual")), kind
    return (_("More than usual") if kind == "worse" else _("Fewer than usual")), kind


def about(value: float) -> str:
    """About 4; below three with one decimal."""
    return number(round(value)) if value >= 3 else number(round(value, 1))


def days_in_words(days: tuple[date, ...]) -> str:
    """3 May 2026, 9 August 2026"""
    return ", ".join(formatted(day, "j F Y") for day in days)


def _months(n: int) -> str:
    return ngettext("%(n)d month", "%(n)d months", n) % {"n": n}


def _said(line: Line, found: Found) -> tuple[str, str]:
    """(short, with both numbers) of what differs now."""
    if line.reading.kind == "t":
        return _said_of_days(line, found)
    span = line.months[found.start : found.stop]
    name = calendar.name if len(span) < 12 else calendar.long
    values = {
        "first": name(span[0]),
        "last": name(span[-1]),
        "told": line.measure.counted(round(found.events)),
        "usual": about(found.usual),
        "n": len(span),
    }
    if found.rule == "outside_limits":
        values["months"] = _names(span)
        return (
            _("%(months)s stood out.") % values,
            _("%(months)s stood out: %(told)s where about %(usual)s would be usual.") % values,
        )
    if found.rule == "trend":
        words = _("Up %(n)d months in a row.") if found.side > 0 else _("Down %(n)d months in a row.")
        return words % values, words % values + " " + _(
            "%(told)s from %(first)s to %(last)s, where about %(usual)s would be usual."
        ) % values
    short = _("More than usual since %(first)s.") if found.side > 0 else _("Fewer than usual since %(first)s.")
    return short % values, _(
        "%(told)s in the %(n)d months from %(first)s to %(last)s, where about %(usual)s would be usual."
    ) % values


def _said_of_days(line: Line, found: Found) -> tuple[str, str]:
    points = found.stop - found.start
    since = sorted(set(line.days))[found.start]
    values = {
        "since": formatted(since, "j F Y"),
        "gap": about(found.events / points),
        "usual": about(found.usual / points),
    }
    short = _("Further apart since %(since)s.") if found.side > 0 else _("Closer together since %(since)s.")
    return short % values, _(
        "Since %(since)s about %(gap)s days from one to the next, where about %(usual)s would be usual."
    ) % values


def _names(span: tuple[int, ...]) -> str:
    names = [calendar.name(month) for month in span]
    if len(names) == 1:
        return names[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
