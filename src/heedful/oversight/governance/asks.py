"""What the board is asked to decide: questions that follow from what is known, unless a meeting has answered since."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.ui.filters import in_words
from heedful.loop.measures.months import first_day
from heedful.loop.reviews import queries as reviews
from heedful.oversight.governance import evidence
from heedful.oversight.governance.queries import meetings
from heedful.oversight.governance.queries.changes import Change
from heedful.oversight.governance.queries.counts import Seen
from heedful.oversight.governance.queries.signs import Signs
from heedful.oversight.governance.values import Ask

MOST = 6
# A theme may be looked into for so long before the board asks what will be different.
PATIENCE = timedelta(days=42)
Decided = Mapping[UUID, datetime]
Names = Mapping[Any, str]
Numbers = Mapping[str, int]


def of(seen: Seen, found: list[Change], numbers: Numbers, signs: Signs, names: Names) -> tuple[Ask, ...]:
    """The gravest first, and not more than one meeting can answer."""
    decided = meetings.decided(seen.scope.viewer, seen.scope.known_until)
    asked = [
        *(ask for one in found if (ask := _failed(one, decided, names))),
        *_unlooked(seen, signs),
        *_unchanged(seen, decided, names),
        *_quiet(signs),
        *_late(numbers),
        *(ask for one in found if (ask := _unknowable(one, decided, names))),
    ]
    return tuple(asked[:MOST])


def _failed(one: Change, decided: Decided, names: Names) -> Ask | None:
    """A change that made no difference, or after which it got worse."""
    if one.judged is None or one.answer not in ("no_change", "worse"):
        return None
    known = one.judged.finding.decided_on
    since = timezone.make_aware(datetime.combine(first_day((known or 0) + 1), datetime.min.time()))
    if _answered(one, decided, since):
        return None
    words = (
        _("%(change)s, %(where)s, made no difference. What is done instead?")
        if one.answer == "no_change"
        else _("After %(change)s, %(where)s, it got worse. What is done instead, and from when?")
    )
    return Ask(words % _said(one, names), action_id=str(one.action.pk))


def _unknowable(one: Change, decided: Decided, names: Names) -> Ask | None:
    """Too few for the numbers ever to tell, and nobody is going to look at the practice."""
    if one.judged is None or one.answer != "not_enough" or one.looked or one.next_look:
        return None
    finding = one.judged.finding
    if finding.to_target or finding.to_half or _answered(one, decided, one.action.agreed_at):
        return None
    words = _(
        "The numbers may never tell if %(change)s, %(where)s, helps, and no check is planned. Who looks, and when?"
    )
    return Ask(words % _said(one, names), action_id=str(one.action.pk))


def _said(one: Change, names: Names) -> dict[str, str]:
    where = ", ".join(names[place] for place in one.action.service_ids if place in names)
    return {"change": f"“{evidence.title(one)}”", "where": where}


def _answered(one: Change, decided: Decided, since: datetime) -> bool:
    """Has a meeting decided about it, or about its theme, since then?"""
    about = (one.action.pk, one.action.theme_id)
    return any(decided[each] >= since for each in about if each in decided)


def _unlooked(seen: Seen, signs: Signs) -> Iterator[Ask]:
    """Worse than usual on a chart, and no theme is open about it."""
    open_now = [row for row in seen.themes if row.state == "open"]
    for line in signs.worse:
        if not any(row.series_key == line.measure.slug and line.place.id in row.service_ids for row in open_now):
            text = _("%(chart)s: worse than usual, and no theme is open. Who looks into it?") % {"chart": line.name}
            yield Ask(text, place=str(line.place.id), slug=line.measure.slug)


def _unchanged(seen: Seen, decided: Decided, names: Names) -> Iterator[Ask]:
    """A theme that is open for long without a change, or opened again with none agreed since."""
    agreed: dict[UUID, datetime] = {}
    for row in seen.actions:
        if row.theme_id:
            agreed[row.theme_id] = max(row.agreed_at, agreed.get(row.theme_id, row.agreed_at))
    waits = [row for row in seen.themes if row.state == "open" and _waits(row, agreed, decided, seen.scope.now)]
    types = reviews.types_in([row.pk for row in waits], seen.scope.viewer)
    for row in waits:
        where = ", ".join(names[one] for one in row.service_ids if one in names)
        values = {"what": f"{evidence.about(row, types[row.pk])}, {where}", "day": formatted(_begun(row), "j F Y")}
        text = _("%(what)s: open since %(day)s, and nothing new is agreed. What will be different, and who leads it?")
        yield Ask(text % values, theme_id=str(row.pk))


def _waits(row: Any, agreed: Decided, decided: Decided, now: datetime) -> bool:
    begun = _begun(row)
    return now - begun > PATIENCE and not any(row.pk in when and when[row.pk] >= begun for when in (agreed, decided))


def _begun(row: Any) -> datetime:
    found: datetime = row.reopened_at or row.opened_at
    return found


def _quiet(signs: Signs) -> Iterator[Ask]:
    for one in signs.quiet:
        slug = "all" if one.everything else "early"
        text = _("%(place)s has gone quiet. Who goes there and asks?") % {"place": one.place.name}
        yield Ask(text, place=str(one.place.id), slug=slug)


def _late(numbers: Numbers) -> Iterator[Ask]:
    late = numbers["actions.late"]
    if late:
        words = ngettext(
            "%(n)s change is late. More hands, more time, or is it dropped?",
            "%(n)s changes are late. More hands, more time, or are they dropped?",
            late,
        ) % {"n": in_words(late)}
        yield Ask(words[:1].upper() + words[1:], code="actions.late")
