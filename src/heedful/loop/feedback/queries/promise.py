"""The promise to whoever told us: by when they hear what was decided, and how often it is kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, QuerySet

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import NoPolicyInForce, deadline_for, in_force, local_date
from heedful.foundation.policies.schema import ClocksPolicy
from heedful.foundation.workplace import queries as workplace
from heedful.loop.duties import queries as duties
from heedful.loop.feedback.models import Telling
from heedful.loop.feedback.queries.cases import where_police_come_first
from heedful.loop.feedback.rules import Recipient, Step
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries import Event

CLOCK = "tell_reporter_by"
MOST = 200
# What was told to us longer ago, and never answered, is no matter for reminders.
LOOKED_BACK = timedelta(days=180)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class ToTell:
    """A decision that the reporter was not told yet."""

    event: Event
    decided_at: datetime
    decided_by: UUID
    due_at: datetime
    overdue: bool


@dataclass(frozen=True)
class Untold:
    """A decision that the reporter was not told in time; `reporter` is never to be shown, nor told of this."""

    event: Event
    decided_by: UUID
    due_at: datetime
    reporter: UUID | None


@dataclass(frozen=True)
class ToldShare:
    """Of the decisions whose limit is over, how many reporters were told in time. The limit is `days` of `unit`.

    `later`: told, but late. `not_yet`: not told, and the limit is over. `running`: still has time.
    """

    in_time: int
    later: int
    not_yet: int
    running: int
    days: int
    unit: str
    ours: bool  # our own default, no rule from outside

    @property
    def due(self) -> int:
        return self.in_time + self.later + self.not_yet

    @property
    def per_cent(self) -> int | None:
        """None while nothing is due: no share of nothing."""
        return round(100 * self.in_time / self.due) if self.due else None


def to_tell(viewer: Viewer, now: datetime) -> list[ToTell]:
    """Decisions of the viewer's own, and those of others that are late, that their reporters do not know of yet.

    Of the last half year: what was decided before that is counted by `told_share`, and stands on no list of the day.
    """
    if not viewer.holds(Permission.TRIAGE_EVENT):
        return []
    # Found first, and then asked who may know of them: few are untold, and many are decided.
    recent = (
        duties.decided_between(now - LOOKED_BACK, now).exclude(_is_told("event_id")).values_list("event_id", flat=True)
    )
    theirs = incidents.decides_about(viewer).filter(pk__in=set(recent))
    rows = _answerable(theirs.exclude(reporter__account_id=viewer.account_id))
    found = []
    for event, decisions in _with_decisions(rows.order_by("-recorded_at", "id")[:MOST]):
        last = decisions[-1]
        due = _due(event.service, last.decided_at)
        if not _waits(last) and (last.decided_by == viewer.account_id or due < now):
            found.append(ToTell(event, last.decided_at, last.decided_by, due, due < now))
    return sorted(found, key=lambda one: (one.due_at, one.event.pk))


def untold(now: datetime) -> list[Untold]:
    """Every decision whose limit is over: for reminders, which ask who may know of each."""
    recent = Event.objects.filter(recorded_at__gte=now - LOOKED_BACK)
    found = []
    for event, decisions in _with_decisions(_answerable(recent).exclude(_is_told())):
        last = decisions[-1]
        due = _due(event.service, last.decided_at)
        if not _waits(last) and due < now:
            reporter = incidents.account_to_tell(Event.objects.filter(pk=event.pk))
            found.append(Untold(event, last.decided_by, due, reporter))
    return sorted(found, key=lambda one: (one.due_at, one.event.pk))


def told_share(viewer: Viewer, service_ids: Collection[UUID], first: date, last: date, *, now: datetime) -> ToldShare:
    """Counted over the first decisions made from `first` to `last`, both included, in events that the viewer sees."""
    return share_of(told_events(viewer, service_ids, first, last, now=now), last)


def share_of(found: Mapping[str, Collection[UUID]], last: date) -> ToldShare:
    """The counts of `told_events`, with the limit as it stood on the last day."""
    clock = _clocks("uk", None, last).clock(CLOCK)
    counts = {bucket: len(ids) for bucket, ids in found.items()}
    return ToldShare(**counts, days=clock.amount, unit=clock.unit, ours=clock.source == "house")


def told_events(
    viewer: Viewer, service_ids: Collection[UUID], first: date, last: date, *, now: datetime
) -> dict[str, list[UUID]]:
    """The events behind each count of `told_share`."""
    # Told and decided are days somewhere, and moments here: a day more on either side, and then looked at closely.
    decided = duties.decided_between(_midnight(first) - DAY, _midnight(last) + 2 * DAY).filter(number=1)
    here = incidents.visible_to(viewer).filter(service_id__in=service_ids, pk__in=decided.values("event_id"))
    told = dict(_told().filter(event__in=decided.values("event_id")).values_list("event_id").annotate(Min("told_at")))
    places = {row.pk: row for row in workplace.services(service_ids)}
    rows = dict(_answerable(here).values_list("pk", "service_id"))
    silent = where_police_come_first(rows)
    found: dict[str, list[UUID]] = {"in_time": [], "later": [], "not_yet": [], "running": []}
    for event_id, decided_at in decided.values_list("event_id", "decided_at"):
        place = places[rows[event_id]] if event_id in rows and event_id not in silent else None
        if place and first <= local_date(decided_at, place.time_zone) <= last:
            found[_kept(told.get(event_id), _due(place, decided_at), now)].append(event_id)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _waits(decision: Any) -> bool:
    """A lower level that nobody agreed to yet is no decision to tell of."""
    return bool(decision.level < decision.stands_at and decision.agreed_by is None)


def _kept(told_at: datetime | None, due: datetime, now: datetime) -> str:
    if told_at is not None:
        return "in_time" if told_at <= due else "later"
    return "not_yet" if due < now else "running"


def _answerable(rows: QuerySet[Event]) -> QuerySet[Event]:
    """Decided here, and told to us by somebody who can be told."""
    decided = rows.filter(source="live", status__in=["triaged", "answered"]).select_related("service")
    return incidents.who_can_be_told(decided)


def _with_decisions(rows: Iterable[Event]) -> list[tuple[Event, list[Any]]]:
    """Nobody breaks a promise by keeping silent while the police come first: those are left out."""
    events = list(rows)
    ids = [event.pk for event in events]
    decisions, silent = duties.decisions_in(ids), where_police_come_first(ids)
    return [(one, decisions[one.pk]) for one in events if one.pk in decisions and one.pk not in silent]


def _told() -> QuerySet[Telling]:
    return Telling.objects.filter(recipient=Recipient.REPORTER, step=Step.DECIDED)


def _is_told(event: str = "pk") -> Exists:
    """Of a row of events, or of a row that names one."""
    return Exists(_told().filter(event=OuterRef(event)))


def _due(service: Any, decided_at: datetime) -> datetime:
    day = local_date(decided_at, service.time_zone)
    clock = _clocks(service.nation, service.host_authority or None, day).clock(CLOCK)
    return deadline_for(clock, decided_at, zone=service.time_zone, nation=service.nation)


def _clocks(nation: str, authority: str | None, day: date) -> ClocksPolicy:
    """A place whose law we do not know still has the default clocks."""
    try:
        return in_force("clocks", on=day, nation=nation, authority=authority)
    except NoPolicyInForce:
        return in_force("clocks", on=day, nation="uk")
