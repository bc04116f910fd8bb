"""Events that are kept from somebody because they are, or may be, named in them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from heedful.foundation.access import remembered
from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.queries.visible import Looking, is_shut_out, looking, may_be_meant


def kept_from(viewer: Viewer) -> QuerySet[Event]:
    """A theme with one of these is kept from the viewer too: its very name may be about them."""
    return kept_when(looking(viewer))


def kept_when(looks: Looking) -> QuerySet[Event]:
    """`kept_from`, where the names in doubt have been looked at already."""
    ours = Event.objects.filter(organisation_id=looks.viewer.organisation_id)
    return ours.filter(is_shut_out(looks.viewer) | Q(pk__in=looks.may_be_meant))


def kept_among(event_ids: Iterable[UUID], *, viewer: Viewer) -> set[UUID]:
    """Which of these few events are kept from the viewer: `kept_from` for them alone."""
    asked = list(event_ids)
    if not asked:
        return set()
    return {row[0] for row in remembered.rows(_shut_out_from, viewer, among=asked)} | may_be_meant(viewer, asked)


def _shut_out_from(viewer: Viewer) -> QuerySet[Event, Any]:
    return Event.objects.filter(is_shut_out(viewer), organisation_id=viewer.organisation_id).values_list("id")
