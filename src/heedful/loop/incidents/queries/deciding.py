"""Who may decide about events of a service, with all that the rule weighs about each."""

from datetime import datetime
from uuid import UUID

from heedful.foundation.notices import queries as notices
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents.deciders import IN_ORDER, MANAGER, Candidate


def decision_makers(service_id: UUID, at: datetime) -> list[Candidate]:
    """Every account that may decide about events of a service at a moment."""
    absent, on_duty = notices.absent(at), set(notices.on_duty(service_id, at))
    appointed = workplace.appointed(service_id, MANAGER, at.date())
    return [
        Candidate(account, role, account in appointed, account in on_duty, account in absent)
        for account, role in workplace.members(service_id, IN_ORDER, at)
    ]
