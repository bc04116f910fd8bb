"""Themes: opened from events or from a chart, joined and left by events of every kind, handed over, opened again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.people import queries as people
from heedful.loop.measures.catalogue import measures
from heedful.loop.reviews import queries, rules, workforce
from heedful.loop.reviews.models import Theme, ThemeEvent
from heedful.loop.reviews.operations import standing
from heedful.loop.reviews.refusals import Refused
from heedful.loop.reviews.rules import Stand, ThemeMove, why_not_theme

MOST_EVENTS = 500


@dataclass(frozen=True)
class ChartRange:
    """A stretch of a chart: the measure, the service, and the first and last day that made somebody look."""

    series_key: str
    service_id: UUID
    first: date
    last: date


def open_theme(
    *,
    name: str, why: str, by: Viewer, at: datetime, client_key: UUID, owner_id: UUID | None = None,
    event_ids: Sequence[UUID] = (), chart: ChartRange | None = None,
) -> Theme:  # fmt: skip
    """Begin a theme from events that belong together, or from a chart. The same key twice is one theme."""
    title = standing.said(name, "Give it a name that anyone would understand.", "name", longest=standing.LONGEST_NAME)
    reason = standing.said(why, "Say why these belong together.", "why")
    with transaction.atomic(), history.entry():
        before = Theme.objects.filter(client_key=client_key).first()
        if before is not None:
            return before
        events = _events(event_ids, by)
        services = {event.service_id for event in events} | _charted(chart, by)
        if not services:
            raise Refused("Choose what belongs together, or begin from a chart.", "events")
        first, last = (chart.first, chart.last) if chart else rules.window_of([one.local_date for one in events])
        row = Theme.objects.create(
            organisation_id=by.organisation_id, client_key=client_key, name=title, why=reason,
            owner_id=_may_own(owner_id or by.account_id, services, events, at), service_ids=sorted(services),
            series_key=chart.series_key if chart else "", trigger_from=first, trigger_to=last,
            opened_at=at, opened_by=by.account_id,
        )  # fmt: skip
        _join(row, events, by=by, at=at)
        standing.keep_theme(row)
        _opened(row, events, by=by, at=at)
    return row


def join_theme(*, theme_id: UUID, event_ids: Sequence[UUID], by: Viewer, at: datetime) -> Theme:
    """Events of every kind that belong here too. One that is there already stays."""
    with transaction.atomic(), history.entry():
        row = _ready(theme_id, ThemeMove.JOIN, by)
        events = _events(event_ids, by)
        if not events:
            raise Refused("Choose at least one.", "events")
        new = _join(row, events, by=by, at=at)
        row.service_ids = sorted(set(row.service_ids) | {event.service_id for event in events})
        row.save(update_fields=["service_ids"])
        if new:
            payload = {"events": new}
            write(kind="theme.joined", by=by, at=at, subject_type="theme", subject_id=row.pk, payload=payload)
    return row


def leave_theme(*, theme_id: UUID, event_id: UUID, by: Viewer, at: datetime) -> Theme:
    """An event turns out not to belong here."""
    with transaction.atomic(), history.entry():
        row = _ready(theme_id, ThemeMove.LEAVE, by)
        seen = queries.candidates(by, [event_id])
        left = ThemeEvent.objects.filter(theme=row, event__in=[event.pk for event in seen], left_at__isnull=True)
        if not left.update(left_at=at, left_by=by.account_id):
            raise Refused("That is not in this theme.", "event")
        payload = {"events": [event_id]}
        write(kind="theme.left", by=by, at=at, subject_type="theme", subject_id=row.pk, payload=payload)
    return row


def hand_over_theme(*, theme_id: UUID, owner_id: UUID, by: Viewer, at: datetime) -> Theme:
    """Somebody else owns it from now on."""
    with transaction.atomic(), history.entry():
        row = _ready(theme_id, ThemeMove.HAND_OVER, by)
        events = queries.candidates(by, list(queries.subject_of_theme(row).event_ids))
        before, row.owner_id = row.owner_id, _may_own(owner_id, set(row.service_ids), events, at)
        row.save(update_fields=["owner_id"])
        payload = {"from": before, "to": row.owner_id}
        write(kind="theme.handed_over", by=by, at=at, subject_type="theme", subject_id=row.pk, payload=payload)
    return row


def close_theme(*, theme_id: UUID, why: str, by: Viewer, at: datetime) -> Theme:
    """It is answered. It opens again by itself when a later answer says that the change did not work."""
    said = standing.said(why, "Say what was learned, and why it can rest.", "why")
    with transaction.atomic(), history.entry():
        row = _ready(theme_id, ThemeMove.CLOSE, by)
        row.state, row.closed_at, row.closed_by, row.closed_why = Stand.CLOSED, at, by.account_id, said
        row.save(update_fields=["state", "closed_at", "closed_by", "closed_why"])
        standing.keep_theme(row)
        write(kind="theme.closed", by=by, at=at, subject_type="theme", subject_id=row.pk)
    return row


def reopen_theme(*, theme_id: UUID, why: str, by: Actor, at: datetime) -> Theme:
    """The risk is unchanged, or something new came. By a person, or by Heedful after a verdict; twice is once."""
    said = standing.said(why, "Say why it is opened again.", "why")
    with transaction.atomic(), history.entry():
        if isinstance(by, Viewer):
            row = standing.locked_theme(theme_id, by=by)
        else:
            row = Theme.objects.select_for_update(no_key=True).get(pk=theme_id)
        if row.state == Stand.OPEN and (row.reopened_why, row.reopened_at) == (said, at):
            return row
        if isinstance(by, Viewer) and (reason := why_not_theme(ThemeMove.REOPEN, Stand(row.state))):
            raise Refused(reason, "why")
        row.state, row.reopened_at, row.reopened_why = Stand.OPEN, at, said
        row.save(update_fields=["state", "reopened_at", "reopened_why"])
        standing.keep_theme(row)
        write(kind="theme.reopened", by=by, at=at, subject_type="theme", subject_id=row.pk)
    return row


def _opened(row: Theme, events: list[Any], *, by: Viewer, at: datetime) -> None:
    payload = {"events": [event.pk for event in events], "series": row.series_key, "owner": row.owner_id}
    payload |= {"trigger_from": row.trigger_from, "trigger_to": row.trigger_to, "services": row.service_ids}
    write(kind="theme.opened", by=by, at=at, subject_type="theme", subject_id=row.pk, payload=payload)


def _ready(theme_id: UUID, move: ThemeMove, by: Viewer) -> Theme:
    """The theme under its lock, if that can be done with it now."""
    row = standing.locked_theme(theme_id, by=by)
    if reason := why_not_theme(move, Stand(row.state)):
        raise Refused(reason)
    return row


def _events(event_ids: Sequence[UUID], by: Viewer) -> list[Any]:
    """Events that the viewer sees, in services that they look after. One is not theirs: nothing is done."""
    wanted = list(dict.fromkeys(event_ids))
    found = queries.candidates(by, wanted) if len(wanted) <= MOST_EVENTS else []
    if len(found) != len(wanted):
        raise Refused("We do not know all of these. Choose again.", "events")
    for event in found:
        standing.allow(by, Permission.OWN_THEME, event)
    return found


def _charted(chart: ChartRange | None, by: Viewer) -> set[UUID]:
    if chart is None:
        return set()
    if chart.series_key not in measures():
        raise Refused("We do not count that. Choose a chart.", "events")
    if not people.services(by, Permission.OWN_THEME).filter(pk=chart.service_id).exists():
        raise Refused("This is a service that you do not look after.", "events")
    if chart.last < chart.first:
        raise Refused("The last month comes before the first one.", "last")
    return {chart.service_id}


def _may_own(account_id: UUID, services: Iterable[UUID], events: list[Any], at: datetime) -> UUID:
    if account_id not in workforce.may_own(services, events, at):
        raise Refused("This person cannot own it. Choose somebody who looks after all of it.", "owner")
    return account_id


def _join(row: Theme, events: list[Any], *, by: Viewer, at: datetime) -> list[UUID]:
    """Put them in; those that had left come back. Which are new is what the ledger says."""
    inside = set(ThemeEvent.objects.filter(theme=row, left_at__isnull=True).values_list("event_id", flat=True))
    new = [event.pk for event in events if event.pk not in inside]
    if len(inside) + len(new) > MOST_EVENTS:
        raise Refused(f"A theme can hold {MOST_EVENTS} at most.", "events")
    for event_id in new:
        ThemeEvent.objects.update_or_create(
            organisation_id=row.organisation_id,
            theme=row,
            event_id=event_id,
            defaults={"joined_at": at, "joined_by": by.account_id, "left_at": None, "left_by": None},
        )
    return new
