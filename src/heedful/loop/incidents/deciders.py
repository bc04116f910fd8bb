"""Who decides next: the one rule, on frozen candidates. Never somebody who is shut out of the case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

MANAGER, LEAD, NOMINATED = "registered_manager", "safeguarding_lead", "nominated_individual"
IN_ORDER = (MANAGER, LEAD, NOMINATED)
# Written on the assignment when nobody inside is left.
OUTSIDE = "outside"


@dataclass(frozen=True)
class Candidate:
    """An account that may decide about events of this service."""

    account_id: UUID
    role: str
    # Holds the post of registered manager of this very service.
    appointed: bool = False
    on_duty: bool = False
    absent: bool = False


@dataclass(frozen=True)
class Circumstances:
    """What about a case bears on who may decide it."""

    shut_out: frozenset[UUID] = frozenset()
    reporter: UUID | None = None
    confidential: bool = False
    # A name is not matched yet: those who work in the services, and those whom it may mean, do not decide.
    in_doubt: frozenset[UUID] = frozenset()
    # Those who passed it on already are asked again last.
    passed_on: frozenset[UUID] = field(default_factory=frozenset)


def next_decider(candidates: Iterable[Candidate], case: Circumstances) -> Candidate | None:
    """The first fit person, or None when nobody inside is free of conflict."""
    eligible = [one for one in candidates if one.account_id not in case.shut_out | case.in_doubt]
    return min(eligible, key=lambda one: _place(one, case), default=None)


def _place(one: Candidate, case: Circumstances) -> tuple[object, ...]:
    return (
        one.account_id in case.passed_on,
        _fitness(one, case),
        IN_ORDER.index(one.role),
        not one.on_duty,
        not one.appointed,
        str(one.account_id),
    )


def _fitness(one: Candidate, case: Circumstances) -> int:
    """Present before absent. A reporter decides their own report only when nobody else is there to."""
    reporter = one.account_id == case.reporter
    if not one.absent:
        # A manager's own report can wait for nobody; a confidential one would give its reporter away.
        return (2 if case.confidential else 1) if reporter else 0
    return 4 if reporter else (1 if case.confidential else 3)
