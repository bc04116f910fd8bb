"""One theme as a page shows it, composed from each stage's queries, for one viewer.

Only events that the viewer may see are counted, and nothing says that there are others: how many there are would be
a hint in itself.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import taxonomy
from heedful.foundation.ui.filters import in_words
from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries as audits
from heedful.loop.effects import lines as verdicts
from heedful.loop.measures.catalogue import measures
from heedful.loop.reviews import queries as reviews


@dataclass(frozen=True)
class Looked:
    """One review of the theme, with what it found."""

    review: Any
    must_change: list[str]


@dataclass(frozen=True)
class Changed:
    """One change because of the theme, and the people whose care plans do not say it yet."""

    action: Any
    outstanding: str


@dataclass(frozen=True)
class Factor:
    """A condition, and in how many of its reviews it was chosen."""

    label: str
    count: int


def tell(theme: Any, *, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Everything the page needs, in the order in which it is read."""
    events = reviews.theme_events(theme.pk, viewer)
    looked = _reviews(theme, events, viewer)
    may_work = theme.state == "open" and reviews.may_work_on(theme, viewer) and viewer.holds(Permission.OWN_THEME)
    return {
        "theme": theme,
        "zone": events[0].service.time_zone if events else None,
        "services": reviews.service_words(theme),
        "owner": reviews.owner_of(theme),
        "known": known_sentence(events),
        "kinds": kinds(events),
        "events": list(reversed(events)),
        **_understood(theme, looked),
        "factors": _factors(looked),
        "review_kinds": reviews.kind_words(),
        "spell": spell(theme),
        **_changes(theme, viewer, now),
        "audits": audits.audits_of(theme_id=theme.pk, viewer=viewer),
        "may_change": theme.state == "open" and actions.may_agree(viewer, theme.service_ids),
        "mine": theme.owner_id == viewer.account_id,
        "may_work": may_work,
        "may_reopen": theme.state == "closed" and reviews.may_work_on(theme, viewer),
    }


def _understood(theme: Any, looked: list[Any]) -> dict[str, Any]:
    """The reviews of the theme itself with what they found, and by their titles those of single events."""
    own = [row for row in looked if row.theme_id == theme.pk]
    singly = [row for row in looked if row.theme_id != theme.pk]
    return {
        "reviews": [Looked(row, reviews.must_change(row) if row.closed_at else []) for row in own],
        "singly": singly,
        "singly_about": reviews.titles(singly),
    }


def _changes(theme: Any, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """What is different, whose plans are outstanding, and what can be said of whether it worked."""
    changed = [_changed(row) for row in actions.actions_of(theme_id=theme.pk, viewer=viewer)]
    return {"changed": changed, "verdicts": _verdicts([one.action.pk for one in changed], viewer, now)}


def _changed(row: Any) -> Changed:
    return Changed(row, ", ".join(one.person.name for one in actions.outstanding(row)))


def _verdicts(action_ids: list[UUID], viewer: Viewer, now: datetime) -> list[verdicts.Line]:
    """For whoever may read patterns: an answer is made of counts."""
    if not viewer.holds(Permission.SEE_PATTERNS):
        return []
    return verdicts.of_actions(action_ids, viewer, timezone.localdate(now))


def known_sentence(events: list[Any]) -> str:
    """Seven things people told us since 3 May belong together."""
    if not events:
        return _("Nothing that people told us belongs to it yet.")
    count = len(events)
    words = ngettext("One thing that people told us.", "%(count)s things that people told us, %(span)s.", count)
    number = in_words(count)
    return words % {"count": number[:1].upper() + number[1:], "span": _span(events)}


def kinds(events: list[Any]) -> list[tuple[str, int]]:
    """How many were called what, the most first. One event can be called more than one thing."""
    labels = taxonomy("event_kinds")
    counted = Counter(kind for event in events for kind in event.kinds)
    return [(_(labels.label(kind)), count) for kind, count in counted.most_common() if kind in labels]


def spell(theme: Any) -> str:
    """What made somebody look, in words; empty when it was no spell of time."""
    if not theme.trigger_from or not theme.trigger_to:
        return ""
    values = {"first": _day(theme.trigger_from), "last": _day(theme.trigger_to)}
    what = measures().get(theme.series_key)
    if what is None:
        return _("Noticed in the time from %(first)s to %(last)s.") % values
    values["what"] = str(what.label)
    return _("%(what)s stood out in the chart from %(first)s to %(last)s.") % values


def _reviews(theme: Any, events: list[Any], viewer: Viewer) -> list[Any]:
    """The theme's own reviews, and those of its events, each once."""
    found = {row.pk: row for row in reviews.reviews_of_theme(theme.pk, viewer)}
    for row in reviews.reviews_of_events([event.pk for event in events], viewer):
        found.setdefault(row.pk, row)
    return list(found.values())


def _factors(looked: list[Any]) -> list[Factor]:
    """What played a part, over the finished reviews, the most frequent first."""
    labels = taxonomy("factors")
    counted = Counter(slug for row in looked if row.closed_at for slug in row.factors)
    return [Factor(_(labels.label(slug)), count) for slug, count in counted.most_common()]


def _span(events: list[Any]) -> str:
    first, last = min(event.local_date for event in events), max(event.local_date for event in events)
    if first == last:
        return _("on %(day)s") % {"day": _day(first)}
    return _("from %(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}


def _day(day: date) -> str:
    return formatted(day, "j F Y")
