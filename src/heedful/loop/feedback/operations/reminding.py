"""The promise to reporters: whoever decided is reminded of it, then those above."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.notices.late import Late, Round
from heedful.foundation.policies import local_date
from heedful.loop.feedback import queries
from heedful.loop.feedback.queries import Untold


def remind_of_untold(*, organisation_id: UUID, at: datetime) -> dict[UUID, dict[str, list[UUID]]]:
    """Of every reporter who was not told in time: who was reminded now, by event and step. May run twice a day."""
    look = Round(organisation_id, at)
    found = {one.event.pk: look.remind(_late(one)) for one in queries.untold(at)}
    return {event_id: told for event_id, told in found.items() if told}


def _late(untold: Untold) -> Late:
    event = untold.event

    def may_see(viewer: Viewer) -> bool:
        """Never whoever told us: they would learn it as if it were theirs to do."""
        return viewer.account_id != untold.reporter and queries.may_tell(event, viewer)

    return Late(
        what="telling",
        subject_id=event.pk,
        due_on=local_date(untold.due_at, event.service.time_zone),
        owners=(untold.decided_by,),
        services=(event.service,),
        link=reverse("feedback:case", args=[event.pk]),
        may_see=may_see,
    )
