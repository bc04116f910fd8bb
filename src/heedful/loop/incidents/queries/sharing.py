"""With whom one case is shared, and with whom it could be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS, Role
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents.models import Event, Share, ShutOut
from heedful.loop.incidents.queries.visible import shares_in_force, visible_to


@dataclass(frozen=True)
class SharedWith:
    """Somebody to whom a case is shown for a time."""

    id: UUID
    name: str
    why: str
    until: datetime

    @property
    def last(self) -> datetime:
        """Within the last day on which they read it."""
        return last_moment(self.until)


def last_moment(until: datetime) -> datetime:
    """A share ends at midnight; people think of the day before."""
    return until - timedelta(microseconds=1)


def shares_of(event: Event) -> list[SharedWith]:
    """Those who read this case because it is shared with them now."""
    rows = list(shares_in_force().filter(event=event).order_by("shared_at"))
    names = workplace.names(row.account_id for row in rows)
    return [SharedWith(row.pk, names.get(row.account_id, ""), row.why, row.until) for row in rows]


def share(share_id: UUID, *, viewer: Viewer) -> Share | None:
    """One share of a case that the viewer sees, while it is in force."""
    seen = visible_to(viewer).values("pk")
    return shares_in_force().select_related("event", "event__service").filter(pk=share_id, event__in=seen).first()


def may_be_shared_with(event: Event, *, viewer: Viewer, at: datetime) -> list[tuple[UUID, str]]:
    """(account, name) of those who read cases and do not read this one yet; never anybody shut out of it."""
    rows = workplace.readers(at)
    read = {account for account, role in workplace.members(event.service_id, _readers(event), at)}
    shut_out = ShutOut.objects.filter(event=event, lifted_at__isnull=True)
    away = {one for row in shut_out.values_list("account_id", "staff__account_id") for one in row}
    wanted = {account for account, _role in rows} - read - away - {viewer.account_id}
    return sorted(workplace.names(wanted).items(), key=lambda pair: pair[1])


def _readers(event: Event) -> list[str]:
    """The roles that read this case where they reach its service."""
    few = {Permission.SEE_EVENT, Permission.SEE_RESTRICTED} if event.restricted else {Permission.SEE_EVENT}
    return [role for role in Role if few <= PERMISSIONS[role]]
