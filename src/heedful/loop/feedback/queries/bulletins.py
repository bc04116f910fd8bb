"""Bulletins: what the viewer works on, what they are to read, and how far one has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import Http404

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits import queries as exits
from heedful.foundation.exits.models import Release
from heedful.foundation.people.models import Employment, StaffMember, Team
from heedful.foundation.workplace import queries as workplace
from heedful.loop.actions import queries as actions
from heedful.loop.duties import queries as duties
from heedful.loop.feedback.models import Bulletin, Reading
from heedful.loop.feedback.queries.cases import event_to_tell, where_police_come_first
from heedful.loop.feedback.sheet import OnShift, Reach, ShiftTimes, by_shift
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries.kept import kept_from
from heedful.loop.reviews import queries as reviews


@dataclass(frozen=True)
class About:
    """What a bulletin is made from."""

    title: str
    event_ids: tuple[UUID, ...]
    service_ids: tuple[UUID, ...]
    event_id: UUID | None = None
    theme_id: UUID | None = None


def about(*, viewer: Viewer, event_id: UUID | None = None, theme_id: UUID | None = None) -> About:
    """A case that the viewer decides about, or a theme that they work on; Http404 else."""
    if event_id is not None:
        event = event_to_tell(event_id, viewer=viewer)
        return About(event.title, (event.pk,), (event.service_id,), event_id=event.pk)
    if theme_id is None:
        raise Http404
    theme = reviews.theme_to_work_on(theme_id, viewer=viewer)
    subject = reviews.subject(viewer=viewer, theme_id=theme.pk)
    return About(theme.name, tuple(subject.event_ids), tuple(subject.service_ids), theme_id=theme.pk)


def worked_on(viewer: Viewer) -> QuerySet[Bulletin]:
    """Bulletins of the cases that the viewer decides about, and of the themes that they see."""
    if not viewer.holds(Permission.RELEASE):
        return Bulletin.objects.none()
    cases = incidents.decides_about(viewer).values("pk")
    themes = reviews.themes_seen(viewer).values("pk")
    return Bulletin.objects.filter(Q(event__in=cases) | Q(theme__in=themes)).order_by("-number")


def to_work_on(bulletin_id: UUID, *, viewer: Viewer) -> Bulletin:
    """One of them, where the viewer may still work on what it is made from; Http404 else."""
    row = worked_on(viewer).filter(pk=bulletin_id).first()
    if row is None:
        raise Http404
    about(viewer=viewer, event_id=row.event_id, theme_id=row.theme_id)
    return row


def for_reader(viewer: Viewer) -> QuerySet[Bulletin]:
    """Released to a team of the viewer's; never one from a case that is kept from them."""
    if viewer.staff_id is None:
        return Bulletin.objects.none()
    kept = kept_from(viewer).values("pk")
    rows = Bulletin.objects.filter(state="released", team_ids__overlap=list(_teams_of(viewer.staff_id)))
    away = Q(event__in=kept) | Q(theme__joined__event__in=kept)
    return rows.exclude(pk__in=Bulletin.objects.filter(away).values("pk")).order_by("-released_at", "-number")


def to_read(viewer: Viewer) -> list[Bulletin]:
    """What the viewer has not read yet, the newest first."""
    read = Reading.objects.filter(staff_id=viewer.staff_id).values("bulletin")
    return list(for_reader(viewer).exclude(pk__in=read)[:20])


def readable(bulletin_id: UUID, *, viewer: Viewer) -> Bulletin:
    """One that went out to the viewer's team, or that they work on; Http404 else."""
    row = for_reader(viewer).filter(pk=bulletin_id).first()
    return row or to_work_on(bulletin_id, viewer=viewer)


def reading_of(row: Bulletin, viewer: Viewer) -> Reading | None:
    return Reading.objects.filter(bulletin=row, staff_id=viewer.staff_id).first() if viewer.staff_id else None


def review_of(row: Bulletin) -> exits.Review | None:
    """The text at the release door with everything found in it."""
    release = Release.objects.filter(pk=row.release_id).first() if row.release_id else None
    return exits.review(release) if release else None


def police_wait(event_ids: Collection[UUID]) -> bool:
    return bool(where_police_come_first(event_ids))


def draft_parts(found: About, viewer: Viewer) -> dict[str, str]:
    """What is known already: from the closed review, and from what was agreed."""
    rows = [row for event_id in found.event_ids for row in reviews.reviews_of(event_id, viewer) if row.closed_at]
    changes = [row for pk in found.event_ids for row in actions.actions_of(event_id=pk, viewer=viewer)]
    different = dict.fromkeys(row.what_will_differ for row in changes if row.state != "dropped")
    said = {"what_happened": "", "why_it_made_sense": ""}
    if rows:
        said = {
            "what_happened": rows[-1].what_happened,
            "why_it_made_sense": rows[-1].beneath or rows[-1].what_made_it_likely,
        }
    elif found.event_id:
        decision = duties.triage_of(found.event_id)
        said["why_it_made_sense"] = decision.why if decision else ""
    return said | {"what_is_different": " ".join(f"{one.rstrip(' .')}." for one in different)}


def teams_for(row: Bulletin, viewer: Viewer) -> list[Team]:
    """Teams that it can be sent to: of the services that the viewer looks after."""
    rows = Team.objects.select_related("service").order_by("service__name", "name")
    if not viewer.everywhere(Permission.RELEASE):
        rows = rows.filter(service_id__in=viewer.services_for(Permission.RELEASE))
    return list(rows)


def reach(row: Bulletin, viewer: Viewer, on: date) -> list[Reach]:
    """Per team that it was sent to."""
    teams = {team.pk: team for team in Team.objects.filter(pk__in=row.team_ids).select_related("service")}
    read = {one.staff_id: one for one in Reading.objects.filter(bulletin=row)}
    inside = viewer.services_for(Permission.RELEASE)
    found = []
    for team in sorted(teams.values(), key=lambda one: (one.service.name, one.name)):
        there = _staff_in([team.pk], on)
        answers = [read[pk] for pk in there if pk in read]
        right = sum(1 for one in answers if one.answer == row.right)
        name, here = f"{team.name}, {team.service.name}", team.service_id in inside
        shifts = _on_shifts(team.service, answers, row.right, inside=here)
        found.append(Reach(name, len(there), len(answers), right, here, shifts))
    return found


def _on_shifts(service: Any, answers: Sequence[Reading], right: int, *, inside: bool) -> tuple[OnShift, ...]:
    """When it was read, by the shifts of the team's service."""
    shifts = [ShiftTimes(one.name, one.starts, one.ends) for one in workplace.shifts(service.pk)]
    zone = ZoneInfo(service.time_zone)
    read = [(one.read_at.astimezone(zone).time(), one.answer == right) for one in answers]
    return by_shift(shifts, read, inside=inside)


def without_sign_in(row: Bulletin, on: date) -> list[StaffMember]:
    """Staff of its teams who cannot read it here and were not told at handover yet."""
    told = Reading.objects.filter(bulletin=row).values("staff")
    rows = StaffMember.objects.filter(pk__in=_staff_in(row.team_ids, on), account__isnull=True)
    return list(rows.exclude(pk__in=told).order_by("name", "id"))


def told_at_handover(row: Bulletin) -> list[Any]:
    return list(Reading.objects.filter(bulletin=row, told_by__isnull=False).select_related("staff").order_by("read_at"))


def _teams_of(staff_id: UUID) -> set[UUID]:
    rows = Employment.objects.filter(staff_id=staff_id, team__isnull=False, valid_to__isnull=True)
    return set(rows.values_list("team_id", flat=True))


def _staff_in(team_ids: Collection[UUID], on: date) -> set[UUID]:
    rows = Employment.objects.filter(team_id__in=list(team_ids), valid_from__lte=on)
    there = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), staff__left_on__isnull=True)
    return set(there.values_list("staff_id", flat=True))
