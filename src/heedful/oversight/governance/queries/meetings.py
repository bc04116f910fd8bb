"""Meetings in view. The frozen numbers count cases: whoever could not have counted them all sees nothing of it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, Min, OuterRef
from django.http import Http404

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.workplace import queries as workplace
from heedful.loop.actions import queries as actions
from heedful.loop.actions import workforce
from heedful.loop.effects.queries import everyone
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries.kept import kept_from
from heedful.loop.reviews import queries as reviews
from heedful.oversight.governance.models import Correction, Decision, Meeting
from heedful.oversight.governance.queries import scope as scopes

MOST = 100
Hidden = list[tuple[UUID, datetime]]


def meetings(viewer: Viewer) -> list[Meeting]:
    """Those of services whose board the viewer may see, the newest first."""
    if not viewer.holds(Permission.SEE_BOARD):
        return []
    rows = Meeting.objects.filter(organisation_id=viewer.organisation_id).order_by("-held_on", "-id")[:MOST]
    ours = _ours(viewer)
    found = [row for row in rows if ours.issuperset(row.service_ids)]
    gone = (_kept(viewer), _not_seen(viewer)) if found else ([], [])
    return [row for row in found if _sees(row, viewer, ours, gone)]


def meeting(meeting_id: UUID, *, viewer: Viewer) -> Meeting:
    """One of them, or Http404."""
    row = Meeting.objects.filter(organisation_id=viewer.organisation_id, pk=meeting_id).first()
    if row is None or not viewer.holds(Permission.SEE_BOARD):
        raise Http404
    if not _sees(row, viewer, _ours(viewer), (_kept(viewer), _not_seen(viewer))):
        raise Http404
    return row


def may_write(row: Meeting, viewer: Viewer) -> bool:
    """Does the viewer keep minutes for all of its services?"""
    keep = Permission.KEEP_MINUTES
    return viewer.everywhere(keep) or viewer.services_for(keep).issuperset(row.service_ids)


def decisions_of(row: Meeting, viewer: Viewer) -> list[Decision]:
    """What was decided, without what is about something that the viewer may not see."""
    found = Decision.objects.filter(meeting=row, dropped_at__isnull=True).select_related("event", "theme", "action")
    return [one for one in found.select_related("lead").order_by("number") if _sees_subject(one, viewer)]


def decided(viewer: Viewer, until: datetime) -> dict[UUID, datetime]:
    """Changes and themes about which a meeting in view has decided, and when that was last."""
    rows = meetings(viewer)
    found = Decision.objects.filter(meeting__in=rows, dropped_at__isnull=True, decided_at__lte=until)
    last: dict[UUID, datetime] = {}
    for one in found.order_by("decided_at"):
        last |= {about: one.decided_at for about in (one.action_id, one.theme_id) if about}
    return last


def corrections_of(row: Meeting) -> list[Correction]:
    return list(Correction.objects.filter(meeting=row).order_by("number"))


def could_chair(service_ids: Iterable[UUID], at: datetime) -> list[tuple[str, str]]:
    """(account, name) of those who keep minutes for all of these services."""
    roles = [role for role, can in PERMISSIONS.items() if Permission.KEEP_MINUTES in can]
    each = [{account for account, _role in workplace.members(one, roles, at)} for one in service_ids]
    names = workplace.names(frozenset.intersection(*map(frozenset, each)) if each else ())
    return sorted(((str(account), name) for account, name in names.items()), key=lambda pair: pair[1])


def could_lead(row: Meeting, on: date, at: datetime) -> list[tuple[str, str]]:
    """(member of staff, name) who could see to a decision."""
    found = workforce.could_lead(row.service_ids, (), on, at)
    return [(str(one.id), f"{one.name}, {one.job_title}" if one.job_title else one.name) for one in found]


def subjects(row: Meeting, viewer: Viewer) -> list[tuple[str, str]]:
    """What a decision can be about: the open themes and the changes of these services, as the viewer sees them."""
    themes = reviews.themes_seen(viewer).filter(state="open", service_ids__overlap=row.service_ids)
    changes = actions.actions_seen(viewer).filter(service_ids__overlap=row.service_ids).exclude(state="dropped")
    return [
        *((f"theme:{one.pk}", one.name) for one in themes.order_by("name")[:MOST]),
        *((f"action:{one.pk}", one.what_will_differ) for one in changes.order_by("-agreed_at")[:MOST]),
    ]


def _ours(viewer: Viewer) -> set[UUID]:
    return {place.id for place in scopes.places(viewer)}


def _sees(row: Meeting, viewer: Viewer, ours: set[UUID], gone: tuple[Hidden, Hidden]) -> bool:
    kept, not_seen = gone
    if not ours.issuperset(row.service_ids):
        return False
    # Whoever prepared it counted what they saw; from what names them they are kept all the same.
    hidden = kept if row.prepared_by == viewer.account_id else not_seen
    here = set(row.service_ids)
    return not any(service in here and recorded <= row.prepared_at for service, recorded in hidden)


def _kept(viewer: Viewer) -> Hidden:
    return list(kept_from(viewer).values_list("service_id", "recorded_at"))


def _not_seen(viewer: Viewer) -> Hidden:
    """Cases that whoever reads everything counts, and this viewer does not: the first of each service."""
    if incidents.reads_everything(viewer):
        return _kept(viewer)
    every = incidents.visible_to(everyone(viewer.organisation_id)).filter(service_id__in=_ours(viewer))
    rows = every.exclude(Exists(incidents.visible_to(viewer).filter(pk=OuterRef("pk"))))
    return list(rows.values_list("service_id").annotate(Min("recorded_at"))) + _kept(viewer)


def _sees_subject(one: Decision, viewer: Viewer) -> bool:
    if one.event_id and not incidents.visible_to(viewer).filter(pk=one.event_id).exists():
        return False
    if one.theme is not None and not reviews.sees_theme(one.theme, viewer):
        return False
    return one.action is None or actions.sees_action(one.action, viewer)
