"""Who is looking: a frozen value. Access knows this and never the tables behind it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import HANDS_ON, PERMISSIONS, Role, Scope


@dataclass(frozen=True)
class Grant:
    """One membership: a role, how far it reaches, and until when."""

    role: Role
    scope: Scope
    service_ids: frozenset[UUID] = frozenset()
    team_ids: frozenset[UUID] = frozenset()
    until: datetime | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[self.role]


@dataclass(frozen=True)
class Viewer:
    """A person acting in one organisation, at one moment."""

    account_id: UUID
    name: str
    organisation_id: UUID
    organisation_name: str
    staff_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    organisations: int = 1
    home_service_ids: frozenset[UUID] = field(default_factory=frozenset)
    # Other names they go by here, and their job: somebody may be named by any of them.
    called: tuple[str, ...] = ()
    job_title: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def stands_apart(self) -> bool:
        """Reads a case while it is not known yet which colleague is named in it as a possible source of harm."""
        return self.holds(Permission.SEE_UNMATCHED) and not self.roles & HANDS_ON

    def holds(self, permission: Permission) -> bool:
        return any(permission in grant.permissions for grant in self.grants)

    def everywhere(self, permission: Permission) -> bool:
        """Does any grant give this permission for the whole organisation?"""
        return any(g.scope is Scope.ORGANISATION for g in self.grants if permission in g.permissions)

    def services_for(self, permission: Permission) -> frozenset[UUID]:
        ids = [g.service_ids for g in self.grants if permission in g.permissions and g.scope is Scope.SERVICE]
        return frozenset().union(*ids)

    def teams_for(self, permission: Permission) -> frozenset[UUID]:
        ids = [g.team_ids for g in self.grants if permission in g.permissions and g.scope is Scope.TEAM]
        return frozenset().union(*ids)
