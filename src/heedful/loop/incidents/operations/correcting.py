"""Putting an event right: what stood there before is always kept in view."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.refusals import Problem
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.policies import Interval, form_version
from heedful.foundation.ui.text import tidy
from heedful.loop.incidents import checks, finding, local_time
from heedful.loop.incidents.models import Event, Version
from heedful.loop.incidents.naming import title_from
from heedful.loop.incidents.operations import standing
from heedful.loop.incidents.operations.recording import reporting
from heedful.loop.incidents.refusals import Refused, ReportRefused
from heedful.loop.incidents.reports import NewEvent
from heedful.loop.incidents.rules import Move, Status, next_status

MAY_CHANGE = frozenset(
    [
        "words",
        "place",
        "kinds",
        "type",
        "subtype",
        "team_id",
        "occurred_from",
        "occurred_to",
        "occurred_as",
        "aware_at",
        "harm_body",
        "harm_mind",
        "safe_now",
        "made_safe",
        "met_safeguarding",
        "met_safeguarding_why",
        "met_clinical",
        "met_clinical_why",
        "met_family",
        "met_family_why",
        "discharge",
        "discharge_days",
    ]
)


def correct(*, event_id: UUID, changes: Mapping[str, Any], why: str, by: Viewer, at: datetime) -> Event:
    """Change what an event says. Its reporter may, and whoever may correct events there; the original stays."""
    unknown = set(changes) - MAY_CHANGE
    if unknown:
        raise Refused(f"These cannot be corrected: {', '.join(sorted(unknown))}.")
    with transaction.atomic(), history.entry():
        own = standing.locked_own(event_id, by=by)
        event = own or standing.locked(event_id, by=by, permission=Permission.CORRECT_EVENT)
        next_status(Status(event.status), Move.EDIT)
        new = {name: _clean(value) for name, value in changes.items() if getattr(event, name) != _clean(value)}
        if not new:
            return event
        _apply(event, new, at)
        actor: Actor = reporting(event.organisation_id) if own else by
        _keep(event, new, why, actor, at)
    return event


def snapshot(event: Event) -> dict[str, Any]:
    """What an event says, as it is kept in a version."""
    return {name: _stored(getattr(event, name)) for name in sorted(MAY_CHANGE | {"title"})}


def _apply(event: Event, new: Mapping[str, Any], at: datetime) -> None:
    if event.version == 1:
        _version(event, 1, None, event.recorded_at, "")
    for name, value in new.items():
        setattr(event, name, value)
    problems = _problems(event, at)
    if problems:
        raise ReportRefused(problems)
    local = local_time.local_parts(Interval(event.occurred_from, event.occurred_to), event.service.time_zone)
    for name, value in vars(local).items():
        setattr(event, name, value)
    if "words" in new:
        event.title = title_from(event.words)
    event.version += 1
    event.save()
    finding.make_findable(event)


def _problems(event: Event, at: datetime) -> list[Problem]:
    """The same checks as for a new report, on the event as it would stand."""
    if event.occurred_to < event.occurred_from:
        return [Problem("when", "It cannot end before it begins. Check both times.")]
    same = "words place harm_body harm_mind safe_now made_safe met_safeguarding met_safeguarding_why met_clinical"
    same += " met_clinical_why met_family met_family_why discharge client_key service_id aware_at form_version"
    report = NewEvent(
        kinds=tuple(event.kinds),
        occurred=Interval(event.occurred_from, event.occurred_to),
        type=event.subtype or event.type,
        **{name: getattr(event, name) for name in same.split()},
    )
    return checks.problems_with(report, form_version(event.form_version), now=at)


def _keep(event: Event, new: Mapping[str, Any], why: str, actor: Actor, at: datetime) -> None:
    _version(event, event.version, actor.account_id, at, why)
    write(
        kind="event.corrected",
        by=actor,
        at=at,
        subject_type="event",
        subject_id=event.pk,
        payload={
            "version": event.version,
            "fields": sorted(new),
            "why": why,
            "as": "reporter" if actor.account_id is None else "",
        },
    )


def _version(event: Event, number: int, by: UUID | None, at: datetime, why: str) -> None:
    Version.objects.create(
        organisation_id=event.organisation_id,
        event=event,
        number=number,
        body=snapshot(event),
        changed_by=by,
        changed_at=at,
        why=why,
    )


def _clean(value: Any) -> Any:
    return tidy(value).text if isinstance(value, str) else list(value) if isinstance(value, tuple) else value


def _stored(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
