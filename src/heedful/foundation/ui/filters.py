"""Dates, lengths of time and numbers in plain words. Times are shown in the active time zone unless one is given."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils import dateformat, timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from jinja2 import pass_context
from jinja2.runtime import Context

Zone = str | tzinfo | None


def local(value: datetime, tz: Zone = None) -> datetime:
    """The same moment on the wall clock of the place."""
    zone = ZoneInfo(tz) if isinstance(tz, str) else tz
    return timezone.localtime(value, zone) if timezone.is_aware(value) else value


def clock(value: datetime, tz: Zone = None) -> str:
    """07:40"""
    return dateformat.format(local(value, tz), "H:i")


@pass_context
def day(context: Context, value: date | datetime, tz: Zone = None, now: datetime | None = None) -> str:
    """14 June; with the year when it is not this one."""
    return _day(value, local(now or _now(context), tz).date(), tz)


@pass_context
def moment(context: Context, value: datetime, tz: Zone = None, now: datetime | None = None) -> str:
    """14 June, 07:40"""
    return f"{_day(value, local(now or _now(context), tz).date(), tz)}, {clock(value, tz)}"


@pass_context
def near(context: Context, value: datetime, tz: Zone = None, now: datetime | None = None) -> str:
    """03:12 today, 21:40 yesterday, 10:00 tomorrow, 10:00 on Tuesday within the coming six days, else 14 June, 07:40"""
    today, then = local(now or _now(context), tz).date(), local(value, tz).date()
    words = {0: _("%(clock)s today"), -1: _("%(clock)s yesterday"), 1: _("%(clock)s tomorrow")}
    apart = (then - today).days
    if apart in words:
        return words[apart] % {"clock": clock(value, tz)}
    if 1 < apart < 7:
        return _("%(clock)s on %(day)s") % {"clock": clock(value, tz), "day": dateformat.format(then, "l")}
    return f"{_day(then, today)}, {clock(value, tz)}"


def long_day(value: date | datetime, tz: Zone = None) -> str:
    """Sunday 22 November 2026"""
    return dateformat.format(_as_date(value, tz), "l j F Y")


def month(value: date | datetime, tz: Zone = None) -> str:
    """June 2026"""
    return dateformat.format(_as_date(value, tz), "F Y")


def iso(value: date | datetime) -> str:
    """For the `datetime` attribute of `<time>`."""
    return value.isoformat()


def duration(value: timedelta) -> str:
    """3 h 10 min; 25 min; 2 days 4 h. A minute is the smallest unit; a negative length reads as its size."""
    minutes = int(abs(value.total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        words = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
        return f"{words} {hours} h" if hours and days < 7 else words
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{rest} min"


def number(value: float | Decimal, places: int | None = None) -> str:
    """35,762; with `places`, so many decimals."""
    if places is None:
        places = 0 if value == int(value) else 1
    # Rounded here: Django's own formatting cuts the digits off.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True)


def plural(count: int, one: str, many: str) -> str:
    """3 falls, 1 fall. Both forms come already translated."""
    return f"{number(count)} {one if count == 1 else many}"


def in_words(count: int) -> str:
    """One to nine as words, for headings and starts of sentences; from ten on, figures."""
    words = [_("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight")]
    words.append(_("nine"))
    return words[count] if 0 <= count < len(words) else number(count)


def _day(value: date | datetime, today: date, tz: Zone = None) -> str:
    then = _as_date(value, tz)
    return dateformat.format(then, "j F" if then.year == today.year else "j F Y")


def _as_date(value: date | datetime, tz: Zone = None) -> date:
    return local(value, tz).date() if isinstance(value, datetime) else value


def _now(context: Context) -> datetime:
    """The moment the request came in, so that one page has one clock."""
    received = getattr(context.get("request"), "received_at", None)
    return received if isinstance(received, datetime) else timezone.now()


FILTERS = {
    "clock": clock,
    "day": day,
    "moment": moment,
    "near": near,
    "long_day": long_day,
    "month": month,
    "iso": iso,
    "duration": duration,
    "number": number,
    "in_words": in_words,
}
