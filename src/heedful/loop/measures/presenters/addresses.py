"""Where the pages of patterns lead."""

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from heedful.loop.measures import months as calendar
from heedful.loop.measures.queries import Place


def chart_url(place: Place, what: str, query: dict[str, str]) -> str:
    """The large chart, up to the same month as the page the reader comes from."""
    return reverse("measures:chart", args=[place.id, what]) + _until(query)


def table_url(place: Place, what: str, query: dict[str, str]) -> str:
    """The numbers of that chart as a file."""
    return reverse("measures:table", args=[place.id, what]) + _until(query)


def patterns_url(query: dict[str, str]) -> str:
    return reverse("measures:patterns") + (f"?{urlencode(query)}" if query else "")


def _until(query: dict[str, str]) -> str:
    return f"?{urlencode({'until': query['until']})}" if query.get("until") else ""


def exposure_url(place: Place) -> str:
    """Where it is said how much care there was; empty while no room has that page."""
    try:
        return reverse("people:exposure_service", args=[place.id])
    except NoReverseMatch:
        return ""


def theme_url(place: Place, what: str, months: tuple[int, ...]) -> str:
    """Where a theme is opened from a stretch of this chart; empty while no room has that page."""
    try:
        url = reverse("reviews:theme_new")
    except NoReverseMatch:
        return ""
    spell = {"first": calendar.code(months[0]), "last": calendar.code(months[-1])} if months else {}
    return f"{url}?{urlencode({'service': str(place.id), 'what': what} | spell)}"
