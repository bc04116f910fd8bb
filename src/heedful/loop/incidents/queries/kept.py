"""Events that are kept from somebody because they are, or may be, named in them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from heedful.foundation.access import remembered
from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents import doubt
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.queries.visible import is_shut_out, names_not_matched


def kept_from(viewer: Viewer) -> QuerySet[Event]:
    """A theme with one of these is kept from the viewer too: its very name may be about them."""
    ours = Event.objects.filter(organisation_id=viewer.organisation_id)
    return ours.filter(Q(is_shut_out(viewer)) | Q(pk__in=_may_mean(viewer)))


def is_kept_from_any(event_ids: Iterable[UUID], *, viewer: Viewer) -> bool:
    """Is one of these few events kept from the viewer? `kept_from` for them alone."""
    asked = list(event_ids)
    return bool(remembered.rows(_shut_out_from, viewer, among=asked)) or bool(_may_mean(viewer, asked))


def _shut_out_from(viewer: Viewer) -> QuerySet[Event, Any]:
    return Event.objects.filter(is_shut_out(viewer), organisation_id=viewer.organisation_id).values_list("id")


def _may_mean(viewer: Viewer, among: Iterable[UUID] | None = None) -> set[UUID]:
    them = doubt.of_viewer(viewer)
    return {event_id for event_id, name in names_not_matched(among) if doubt.may_be(name, them)}
