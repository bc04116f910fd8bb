"""The one answer to "may this person do this to that?", with its reason."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer


class Subject(Protocol):
    """What access needs to know of a case; a stage gives it, access never loads it."""

    @property
    def organisation_id(self) -> UUID: ...
    @property
    def service_id(self) -> UUID: ...
    @property
    def team_id(self) -> UUID | None: ...
    @property
    def restricted(self) -> bool: ...
    @property
    def shut_out_accounts(self) -> frozenset[UUID]: ...
    @property
    def shared_with(self) -> frozenset[UUID]: ...
    @property
    def names_to_match(self) -> tuple[str, ...]: ...
    def may_mean(self, viewer: Viewer) -> bool: ...


@dataclass(frozen=True)
class Decision:
    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def may(viewer: Viewer, permission: Permission, subject: Subject | None = None) -> Decision:
    """May the viewer use this permission, on this subject if one is given?"""
    if not viewer.holds(permission):
        return Decision(False, "Your role does not do this.")
    if subject is None:
        return Decision(True, "Your role does this.")
    if subject.organisation_id != viewer.organisation_id:
        return Decision(False, "This belongs to another organisation.")
    if viewer.account_id in subject.shut_out_accounts:
        return Decision(False, "You are named in this case, so somebody else looks after it.")
    if subject.names_to_match and subject.may_mean(viewer):
        return Decision(False, "Somebody is named in this case whose name is not matched yet, and it could be yours.")
    if subject.names_to_match and not viewer.stands_apart:
        return Decision(False, "It is not known yet who is named in this case, so only a few look after it.")
    if permission is Permission.SEE_EVENT and viewer.account_id in subject.shared_with:
        return Decision(True, "This case is shared with you.")
    if subject.restricted and not viewer.holds(Permission.SEE_RESTRICTED):
        return Decision(False, "This case is kept to a few people.")
    if _reaches(viewer, permission, subject):
        return Decision(True, "It is in the services you look after.")
    return Decision(False, "It belongs to a service you do not look after.")


def _reaches(viewer: Viewer, permission: Permission, subject: Subject) -> bool:
    if viewer.everywhere(permission) or subject.service_id in viewer.services_for(permission):
        return True
    return subject.team_id is not None and subject.team_id in viewer.teams_for(permission)
