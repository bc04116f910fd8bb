"""Events that are kept from somebody because they are, or may be, named in them."""

from django.db.models import Q, QuerySet

from heedful.foundation.access.viewer import Viewer
from heedful.loop.incidents import doubt
from heedful.loop.incidents.models import Event, Involved
from heedful.loop.incidents.queries.visible import is_shut_out, unmatched


def kept_from(viewer: Viewer) -> QuerySet[Event]:
    """A theme with one of these is kept from the viewer too: its very name may be about them."""
    them = doubt.of_viewer(viewer)
    rows = unmatched(Involved.objects.all()).values_list("event_id", "name")
    meant = [event_id for event_id, name in rows if doubt.may_be(name, them)]
    ours = Event.objects.filter(organisation_id=viewer.organisation_id)
    return ours.filter(Q(is_shut_out(viewer)) | Q(pk__in=meant))
