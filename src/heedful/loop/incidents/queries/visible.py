"""Which events a viewer sees at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.http import Http404

from heedful.foundation.access import remembered
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people.models import StaffMember
from heedful.foundation.workplace import doubt
from heedful.loop.incidents.models import Event, Involved, Reporter, Share, ShutOut
from heedful.loop.incidents.reports import ALLEGED_SOURCE


@dataclass(frozen=True)
class CaseSubject:
    """What access needs to know of an event."""

    organisation_id: UUID
    service_id: UUID
    team_id: UUID | None
    restricted: bool
    shut_out_accounts: frozenset[UUID]
    shared_with: frozenset[UUID] = frozenset()
    names_to_match: tuple[str, ...] = ()

    def may_mean(self, viewer: Viewer) -> bool:
        """Could a name that is not matched yet be the viewer's?"""
        return doubt.may_be_any(self.names_to_match, doubt.of_viewer(viewer))


@dataclass(frozen=True)
class Looking:
    """A viewer as far as events are shown or hidden: a name that is matched, or comes in, makes another value of it."""

    viewer: Viewer
    # Events that they would see, but for a name that is not matched yet and may be theirs; and any such event.
    in_doubt: frozenset[UUID] = frozenset()
    may_be_meant: frozenset[UUID] = frozenset()


def looking(viewer: Viewer) -> Looking:
    """For `remembered`: what is built from it may be kept for as long as it is the same."""
    return Looking(viewer, frozenset(_where_they_may_be_meant(viewer)), frozenset(may_be_meant(viewer)))


def visible_to(viewer: Viewer) -> QuerySet[Event]:
    """Own reports, events within the viewer's reach, and those shared with them.

    Never one from whose case they are shut out, nor one with a name that is not matched yet and may be theirs.
    """
    return visible_when(Looking(viewer, frozenset(_where_they_may_be_meant(viewer))))


def visible_when(looks: Looking) -> QuerySet[Event]:
    """`visible_to`, where the names in doubt have been looked at already."""
    seen = _reached(looks.viewer)
    return seen.exclude(pk__in=looks.in_doubt) if looks.in_doubt else seen


def sees(event_ids: Iterable[UUID], *, viewer: Viewer) -> set[UUID]:
    """Which of these few events the viewer sees: `visible_to` for them alone."""
    reached = {row[0] for row in remembered.rows(_reached_ids, viewer, among=event_ids)}
    return reached - _where_they_may_be_meant(viewer, reached) if reached else reached


def event(event_id: UUID, *, viewer: Viewer) -> Event:
    """One event, or Http404: absent and not theirs look the same."""
    if not sees([event_id], viewer=viewer):
        raise Http404
    return Event.objects.select_related("service", "team").get(pk=event_id)


def subject_of(event: Event) -> CaseSubject:
    """The event as `access.may` judges it."""
    rows = ShutOut.objects.filter(event=event, lifted_at__isnull=True).values_list("account_id", "staff__account_id")
    return CaseSubject(
        organisation_id=event.organisation_id,
        service_id=event.service_id,
        team_id=event.team_id,
        restricted=event.restricted,
        shut_out_accounts=frozenset(account for row in rows for account in row if account),
        shared_with=frozenset(shares_in_force().filter(event=event).values_list("account_id", flat=True)),
        names_to_match=unmatched_names(event),
    )


def unmatched(rows: QuerySet[Involved]) -> QuerySet[Involved]:
    """Those of these parts where an alleged source of harm is named who may work here and is not matched yet."""
    return rows.filter(part=ALLEGED_SOURCE, matched=False, staff__isnull=True, person__isnull=True)


def unmatched_names(event: Event) -> tuple[str, ...]:
    """Until these are matched, only those read and decide who surely are not meant."""
    return tuple(name for _, name in names_not_matched([event.pk]))


def names_not_matched(event_ids: Iterable[UUID] | None = None) -> list[tuple[UUID, str]]:
    """(event, name) in the order in which they were told; of all events, or of these few."""
    rows = remembered.rows(_not_matched, None, column="event_id", among=event_ids)
    return [(event_id, name) for _, event_id, name in sorted(rows)]


def _not_matched(_looks: None) -> QuerySet[Involved, Any]:
    return unmatched(Involved.objects.all()).values_list("id", "event_id", "name")


def has_unmatched() -> Exists:
    """Of a row of events: is a name in it not matched yet?"""
    return Exists(unmatched(Involved.objects.filter(event=OuterRef("pk"))))


def shares_in_force() -> QuerySet[Share]:
    """What is shared now: not withdrawn, and its time is not over."""
    return Share.objects.filter(withdrawn_at__isnull=True, until__gt=Now())


def has_shares(viewer: Viewer) -> bool:
    """Is any case shared with them now?"""
    return shares_in_force().filter(account_id=viewer.account_id).exists()


def only_shared(event_ids: Iterable[UUID], *, viewer: Viewer) -> bool:
    """Do they see these events by a share alone? Then they read, and do nothing about them."""
    if not has_shares(viewer):
        return False
    seen = visible_to(viewer).filter(pk__in=list(event_ids))
    return seen.filter(_shared(viewer)).exists() and not seen.filter(_own(viewer) | _within_reach(viewer)).exists()


def _reached(viewer: Viewer) -> QuerySet[Event]:
    """Before names in doubt are looked at."""
    ours = Event.objects.filter(organisation_id=viewer.organisation_id, removed_at__isnull=True)
    if not reads_everything(viewer):
        # What most rows answer stands first: the database asks in this order.
        ours = ours.filter(_within_reach(viewer) | _own(viewer) | _shared(viewer))
    return ours.exclude(is_shut_out(viewer))


def reads_everything(viewer: Viewer) -> bool:
    """Is every case within their reach? Those that are kept from them are not."""
    return viewer.everywhere(Permission.SEE_EVENT) and viewer.stands_apart and viewer.holds(Permission.SEE_RESTRICTED)


def _reached_ids(viewer: Viewer) -> QuerySet[Event, Any]:
    return _reached(viewer).values_list("id")


def _own(viewer: Viewer) -> Q:
    if not viewer.holds(Permission.SEE_OWN_REPORTS):
        return Q(pk__in=[])
    return Q(Exists(Reporter.objects.filter(event=OuterRef("pk"), account_id=viewer.account_id)))


def _within_reach(viewer: Viewer) -> Q:
    see = Permission.SEE_EVENT
    if viewer.everywhere(see):
        # Not an empty Q: "own or anything" would shrink to "own".
        reach = Q(organisation_id=viewer.organisation_id)
    else:
        reach = Q(service_id__in=viewer.services_for(see)) | Q(team_id__in=viewer.teams_for(see))
    if not viewer.holds(see):
        return Q(pk__in=[])
    if not viewer.stands_apart:
        reach &= ~Q(has_unmatched())
    return reach if viewer.holds(Permission.SEE_RESTRICTED) else reach & Q(restricted=False)


def _shared(viewer: Viewer) -> Q:
    if not viewer.holds(Permission.SEE_EVENT):
        return Q(pk__in=[])
    to_them = Q(Exists(shares_in_force().filter(event=OuterRef("pk"), account_id=viewer.account_id)))
    return to_them if viewer.stands_apart else to_them & ~Q(has_unmatched())


def _where_they_may_be_meant(viewer: Viewer, among: Iterable[UUID] | None = None) -> set[UUID]:
    """Events with a name that is not matched yet and is near the viewer's own: few, as they are matched at once."""
    rows = remembered.rows(_in_doubt, viewer, column="event_id", among=among)
    them = doubt.of_viewer(viewer) if rows else None
    return {event_id for event_id, name, own in rows if them and doubt.may_be(name, them, by_post=not own)}


def _in_doubt(viewer: Viewer) -> QuerySet[Involved, Any]:
    told = Reporter.objects.filter(event=OuterRef("event"), account_id=viewer.account_id)
    rows = unmatched(Involved.objects.all()).annotate(own=Exists(told))
    if not viewer.stands_apart:
        # Whoever does not stand apart reaches only their own reports while a name in them is not matched.
        rows = rows.filter(own=True)
    return rows.values_list("event_id", "name", "own")


def may_be_meant(viewer: Viewer, among: Iterable[UUID] | None = None) -> set[UUID]:
    """Events in which a name that is not matched yet may be the viewer's, whether they would see them or not."""
    them = doubt.of_viewer(viewer)
    return {event_id for event_id, name in names_not_matched(among) if doubt.may_be(name, them)}


def is_shut_out(viewer: Viewer) -> Q:
    """Of a row of events. Asked once for all rows: it is about the viewer, and each of them is shut out of few."""
    them = Q(account_id=viewer.account_id)
    them |= Q(staff_id__in=StaffMember.objects.filter(account_id=viewer.account_id).values("id"))
    if viewer.staff_id:
        them |= Q(staff_id=viewer.staff_id)
    return Q(pk__in=ShutOut.objects.filter(them, lifted_at__isnull=True).values("event_id"))
