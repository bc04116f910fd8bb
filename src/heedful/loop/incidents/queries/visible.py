"""Which events a viewer sees at all."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents.models import Event, Reporter, ShutOut


@dataclass(frozen=True)
class CaseSubject:
    """What access needs to know of an event."""

    organisation_id: UUID
    service_id: UUID
    team_id: UUID | None
    restricted: bool
    shut_out_accounts: frozenset[UUID]


def visible_to(viewer: Viewer) -> QuerySet[Event]:
    """Own reports, and events within the viewer's reach; never one from whose case they are shut out."""
    ours = Event.objects.filter(organisation_id=viewer.organisation_id, removed_at__isnull=True)
    return ours.filter(_own(viewer) | _within_reach(viewer)).exclude(_is_shut_out(viewer))


def event(event_id: UUID, *, viewer: Viewer) -> Event:
    """One event, or Http404: absent and not theirs look the same."""
    found = visible_to(viewer).select_related("service", "team").filter(pk=event_id).first()
    if found is None:
        raise Http404
    return found


def subject_of(event: Event) -> CaseSubject:
    """The event as `access.may` judges it."""
    rows = ShutOut.objects.filter(event=event, lifted_at__isnull=True).values_list("account_id", "staff__account_id")
    return CaseSubject(
        organisation_id=event.organisation_id,
        service_id=event.service_id,
        team_id=event.team_id,
        restricted=event.restricted,
        shut_out_accounts=frozenset(account for row in rows for account in row if account),
    )


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
    return reach if viewer.holds(Permission.SEE_RESTRICTED) else reach & Q(restricted=False)


def _is_shut_out(viewer: Viewer) -> Exists:
    them = Q(account_id=viewer.account_id) | Q(staff__account_id=viewer.account_id)
    if viewer.staff_id:
        them |= Q(staff_id=viewer.staff_id)
    return Exists(ShutOut.objects.filter(them, event=OuterRef("pk"), lifted_at__isnull=True))
