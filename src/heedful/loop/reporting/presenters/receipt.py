"""What the reporter is told right after: we have it, who decides by when, and what comes then."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.notices import queries as notices
from heedful.foundation.policies import deadline_for
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import queries
from heedful.loop.incidents.checks import NOT_SAFE
from heedful.loop.incidents.naming import reference_for
from heedful.loop.incidents.operations import conflict
from heedful.loop.incidents.operations.assigning import clocks_for
from heedful.loop.incidents.queries import Event


@dataclass(frozen=True)
class Receipt:
    """`outside` is given when nobody inside is free of conflict; `call` when help may be needed now."""

    first_name: str
    reference: str
    recorded_at: datetime
    decider: str
    due_at: datetime | None
    tell_by: datetime
    zone: str
    outside: workplace.Outside | None
    not_safe: bool
    reached: bool
    on_call: str
    confidential: bool
    # Names of possible sources of harm that are not matched yet, and whether somebody is shut out already.
    to_match: tuple[str, ...]
    shut_out: bool


def receipt(event: Event, viewer: Viewer, *, at: datetime) -> Receipt:
    """From the event as it stands: the same receipt however often it is asked for."""
    deciding = queries.assignment_of(event)
    service = event.service
    not_safe = event.safe_now in NOT_SAFE
    on_duty = notices.on_duty(service.pk, event.recorded_at, shut_out=[viewer.account_id]) if not_safe else []
    due = deciding.due_at if deciding else None
    tell = clocks_for(service, event.recorded_at).clock("tell_reporter_by")
    return Receipt(
        first_name=viewer.name.split()[0] if viewer.name.split() else "",
        reference=reference_for(event.number),
        recorded_at=event.recorded_at,
        decider=_own_name(deciding.name, deciding.decider_id == viewer.account_id) if deciding else "",
        due_at=due,
        tell_by=deadline_for(tell, due or event.recorded_at, zone=service.time_zone, nation=service.nation),
        zone=service.time_zone,
        outside=deciding.outside if deciding else None,
        not_safe=not_safe,
        reached=bool(set(on_duty) - conflict.may_be_meant(event, on_duty, event.recorded_at)),
        to_match=queries.unmatched_names(event),
        shut_out=bool(conflict.shut_out_accounts(event)),
        on_call=service.on_call_number,
        confidential=event.confidential,
    )


def _own_name(name: str, own: bool) -> str:
    return _("You") if own else name
