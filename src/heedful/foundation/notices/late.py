"""What is late is said to whoever it waits for, then to those above them: each step once for one due day."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from heedful.foundation.access.roles import Role
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.notices import operations as notices
from heedful.foundation.notices import queries as told
from heedful.foundation.people.models import Service
from heedful.foundation.people.viewers import viewer_of
from heedful.foundation.policies import Nation, NoPolicyInForce, in_force, local_date
from heedful.foundation.policies.schema import LateStep
from heedful.foundation.workplace import queries as workplace

OWNER = "owner"


@dataclass(frozen=True)
class Late:
    """One thing with a due day. `what` is the policy's word; `may_see` keeps it from whoever may not know of it."""

    what: str
    subject_id: UUID
    due_on: date
    owners: tuple[UUID, ...]
    services: tuple[Service, ...]
    link: str
    may_see: Callable[[Viewer], bool]


class Round:
    """One look at what is late in an organisation. May be made twice a day: each step is taken once."""

    def __init__(self, organisation_id: UUID, at: datetime) -> None:
        self.organisation_id, self.at = organisation_id, at
        self._viewers: dict[UUID, Viewer | None] = {}

    def remind(self, late: Late) -> dict[str, list[UUID]]:
        """Take the steps that are due by now and were not taken yet; who was told in each."""
        kind, steps = f"{late.what}.late", _steps_due(late, self.at)
        before = told.told(kind, [_cause(late, step) for step in steps])
        known = {account for _, account in before}
        found: dict[str, list[UUID]] = {}
        for step in steps:
            if any(cause == _cause(late, step) for cause, _ in before):
                continue
            accounts = self._free(late, _reached(late, step, self.at) - known)
            found[step.who] = self._tell(late, kind, _cause(late, step), accounts)
            known |= set(accounts)
        return found

    def _tell(self, late: Late, kind: str, cause: UUID, accounts: list[UUID]) -> list[UUID]:
        made = notices.notify(
            account_ids=accounts,
            kind=kind,
            cause_id=cause,
            link=late.link,
            at=self.at,
            organisation_id=self.organisation_id,
        )
        return [one.account_id for one in made]

    def _free(self, late: Late, accounts: Collection[UUID]) -> list[UUID]:
        """Those who may know of it."""
        for one in set(accounts) - set(self._viewers):
            self._viewers[one] = viewer_of(one, self.organisation_id, now=self.at)
        return [one for one in sorted(accounts) if (viewer := self._viewers[one]) and late.may_see(viewer)]


def _steps_due(late: Late, at: datetime) -> list[LateStep]:
    service = late.services[0] if late.services else None
    today = local_date(at, service.time_zone if service else "Europe/London")
    nation = service.nation if service else Nation.UK
    try:
        policy = in_force("clocks", on=today, nation=nation, authority=(service and service.host_authority) or None)
    except NoPolicyInForce:
        policy = in_force("clocks", on=today, nation=Nation.UK)
    return [step for step in policy.steps(late.what) if (today - late.due_on).days >= step.days]


def _cause(late: Late, step: LateStep) -> UUID:
    """The same step for the same day has the same cause; another due day begins anew."""
    return uuid5(late.subject_id, f"{late.due_on}/{step.who}")


def _reached(late: Late, step: LateStep, at: datetime) -> set[UUID]:
    if step.who == OWNER:
        return set(late.owners)
    return {account for one in late.services for account, _ in workplace.members(one.pk, [Role(step.who)], at)}
