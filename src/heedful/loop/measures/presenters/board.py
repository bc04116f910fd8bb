"""The page of patterns: from lines to what stands on it."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as formatted
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.ui.charts import Drawing
from heedful.foundation.ui.filters import in_words, number
from heedful.loop.measures import drawing, words
from heedful.loop.measures import months as calendar
from heedful.loop.measures.analysis import RECENT, expected_by_chance, usual_in
from heedful.loop.measures.catalogue import shown
from heedful.loop.measures.presenters.addresses import chart_url
from heedful.loop.measures.queries import Counted
from heedful.loop.measures.reading import PLACES, Board, Quiet, Window
from heedful.loop.measures.words import Line

CHARTS_ON_CARDS = 4  # each takes two drawings; what is beyond is a line with a link
DATES_SHOWN = 6


@dataclass(frozen=True)
class Card:
    """Something that differs, or a silence."""

    tag: str
    kind: str
    title: str
    text: str
    url: str
    drawing: Drawing | None = None


@dataclass(frozen=True)
class Multiple:
    """One small picture in the row: a chart, or the dates, or why there is neither."""

    name: str
    finding: str
    kind: str
    url: str
    drawing: Drawing | None = None
    dates: str = ""


@dataclass(frozen=True)
class Patterns:
    heading: list[str]
    kicker: str
    ended: str
    cards: list[Card]
    more: list[Card]
    multiples_title: str
    multiples: list[Multiple]
    silent: list[str]
    told: list[tuple[str, ...]]
    told_columns: tuple[object, ...]
    sure_text: str
    newer: str | None = None
    older: str | None = None
    partly: bool = False


def patterns(board: Board, query: dict[str, str]) -> Patterns:
    different = [_card(line, drawn=index < CHARTS_ON_CARDS, query=query) for index, line in enumerate(board.different)]
    quiet = [_quiet_card(one, query) for one in board.quiet]
    cards = [*(card for card in different if card.drawing), *quiet]
    counted = {one.place.id for one in board.counted}
    label = str(shown(board.what).label)
    return Patterns(
        heading=_heading(board, len(different), len(quiet)),
        kicker=_kicker(board),
        ended=_ended(board.window),
        cards=cards,
        more=[card for card in different if not card.drawing],
        multiples_title=_("%(what)s in each service, month by month") % {"what": label},
        multiples=_multiples(board, query),
        silent=[place.name for place in board.shown if place.id not in counted],
        told=[_told(one) for one in board.counted],
        told_columns=_told_columns(),
        sure_text=_sure(board),
        newer=_turn(board, query, -1),
        older=_turn(board, query, +1),
        partly=any(not place.whole for place in board.shown),
    )


def _heading(board: Board, different: int, quiet: int) -> list[str]:
    if not board.counted:
        return [_("Nothing has been told here yet.")]
    lines = []
    if different:
        lines.append(
            ngettext("%(n)s thing looks different from usual.", "%(n)s things look different from usual.", different)
            % {"n": in_words(different).capitalize()}
        )
    elif board.swept:
        lines.append(_("Nothing looks unusual."))
    else:
        lines.append(_("It is too early to say what is usual."))
    if quiet:
        lines.append(
            ngettext("%(n)s place has gone quiet.", "%(n)s places have gone quiet.", quiet)
            % {"n": in_words(quiet).capitalize()}
        )
    return lines


def _kicker(board: Board) -> str:
    day = formatted(board.window.last_day, "l j F Y")
    n, first = len(board.every), (board.page - 1) * PLACES + 1
    if n == 1:
        return _("%(place)s, up to %(day)s") % {"place": board.every[0].name, "day": day}
    if n <= PLACES:
        return _("All %(n)s services, up to %(day)s") % {"n": in_words(n), "day": day}
    return _("Services %(first)s to %(last)s of %(n)s, up to %(day)s") % {
        "first": number(first),
        "last": number(first + len(board.shown) - 1),
        "n": number(n),
        "day": day,
    }


def _ended(window: Window) -> str:
    if not window.ended:
        return ""
    return _("Nothing has been told since %(month)s. So we look at the time up to then.") % {
        "month": calendar.long(window.until)
    }


def _card(line: Line, *, drawn: bool, query: dict[str, str]) -> Card:
    tag, kind = words.tag(line)
    return Card(
        tag=tag,
        kind=kind,
        title=line.name,
        text=words.numbers(line),
        url=chart_url(line.place, line.measure.slug, query),
        drawing=drawing.large(line) if drawn else None,
    )


def _sure(board: Board) -> str:
    """How many charts were looked at, and how many of them chance alone would make look different."""
    n = len(board.swept)
    if not n:
        return _("There are too few events for a chart that could show a difference.")
    said = ngettext(
        "We looked at %(n)s chart of the last three years for something different in the last three months. "
        "If nothing had happened anywhere, about %(chance)s would look different all the same.",
        "We looked at %(n)s charts of the last three years for something different in the last three months. "
        "If nothing had happened anywhere, about %(chance)s of them would look different all the same.",
        n,
    )
    return said % {"n": number(n), "chance": words.about(expected_by_chance([line.reading for line in board.swept]))}


def _quiet_card(quiet: Quiet, query: dict[str, str]) -> Card:
    values = {
        "place": quiet.place.name,
        "month": calendar.long(quiet.since - 1),
        "usual": words.about(quiet.usual),
    }
    told = _("nothing at all") if quiet.everything else _("no near miss and no worry")
    return Card(
        tag=_("A question"),
        kind="nojudge",
        title=_("%(place)s has told us of %(told)s since %(month)s") % (values | {"told": told}),
        text=_(
            "Before that it was about %(usual)s a month. Is it quiet, or is it hard to speak up? "
            "We can't tell from here."
        )
        % values,
        url=chart_url(quiet.place, "all" if quiet.everything else "early", query),
    )


def _multiples(board: Board, query: dict[str, str]) -> list[Multiple]:
    drawn = [line for line in board.lines if line.reading.charted or line.reading.kind == "early"]
    top = drawing.highest(drawn)
    found = []
    for line in board.lines:
        found.append(
            Multiple(
                name=line.place.name,
                finding=words.short_finding(line),
                kind=words.tag(line)[1] if line.reading.found else "",
                url=chart_url(line.place, line.measure.slug, query),
                drawing=drawing.small(line, top) if line in drawn else None,
                dates=_dates(line.days) if line not in drawn else "",
            )
        )
    return found


def _dates(days: tuple[date, ...]) -> str:
    """Under about five a year: the days themselves, the newest last."""
    if not days:
        return _("None in these years.")
    shown = words.days_in_words(days[-DATES_SHOWN:])
    return shown if len(days) <= DATES_SHOWN else _("The last %(n)s: %(days)s") % {"n": DATES_SHOWN, "days": shown}


def _told_columns() -> tuple[object, ...]:
    return (
        _("Service"),
        (_("Went wrong"), "number"),
        (_("Near misses and worries"), "number"),
    )


def _told(one: Counted) -> tuple[str, ...]:
    cells = [one.place.name]
    for slug in ("all", "early"):
        counts, usual = one.counts[slug], usual_in(one.counts[slug])
        told = {"n": number(sum(counts[-RECENT:])), "usual": "" if usual is None else words.about(usual)}
        cells.append((_("%(n)s (usual: %(usual)s)") if told["usual"] else _("%(n)s (too early to say)")) % told)
    return tuple(cells)


def _turn(board: Board, query: dict[str, str], step: int) -> str | None:
    page = board.page + step
    if page < 1 or (page - 1) * PLACES >= len(board.every):
        return None
    return "?" + urlencode({**query, "page": str(page)})
