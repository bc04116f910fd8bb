"""`may` never says yes to a foreign, restricted, shut-out or far-away subject, whatever the mix of grants."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS, Role, Scope
from heedful.foundation.access.viewer import Grant, Viewer

OURS, THEIRS = uuid4(), uuid4()
SERVICES = [uuid4() for _ in range(3)]
TEAMS = [uuid4() for _ in range(2)]
ME = uuid4()


@dataclass(frozen=True)
class Case:
    organisation_id: UUID
    service_id: UUID
    team_id: UUID | None
    restricted: bool
    shut_out_accounts: frozenset[UUID]
    shared_with: frozenset[UUID]
    names_to_match: tuple[str, ...]
    near: bool

    def may_mean(self, viewer: Viewer) -> bool:
        return self.near


grants = st.builds(
    Grant,
    role=st.sampled_from(Role),
    scope=st.sampled_from(Scope),
    service_ids=st.frozensets(st.sampled_from(SERVICES)),
    team_ids=st.frozensets(st.sampled_from(TEAMS)),
)
viewers = st.builds(
    Viewer,
    account_id=st.just(ME),
    name=st.just("Somebody"),
    organisation_id=st.just(OURS),
    organisation_name=st.just("Ours"),
    grants=st.lists(grants, max_size=3).map(tuple),
)
cases = st.builds(
    Case,
    organisation_id=st.sampled_from([OURS, OURS, THEIRS]),
    service_id=st.sampled_from(SERVICES),
    team_id=st.sampled_from([None, *TEAMS]),
    restricted=st.booleans(),
    shut_out_accounts=st.sampled_from([frozenset(), frozenset({ME}), frozenset({uuid4()})]),
    shared_with=st.sampled_from([frozenset(), frozenset({ME}), frozenset({uuid4()})]),
    names_to_match=st.sampled_from([(), (), ("Big Dave",)]),
    near=st.booleans(),
)


def apart(viewer: Viewer) -> bool:
    """Nobody who gives care or runs a service stands apart, whatever else they are."""
    hands_on = {Role.CARE_WORKER, Role.TEAM_LEADER, Role.REGISTERED_MANAGER}
    wide = {Role.SAFEGUARDING_LEAD, Role.NOMINATED_INDIVIDUAL, Role.INDEPENDENT_CONTACT, Role.INSPECTOR}
    held = {grant.role for grant in viewer.grants}
    return bool(held & wide) and not held & hands_on


def slow_twin(viewer: Viewer, permission: Permission, case: Case) -> bool:
    """The same rule, spelt out grant by grant."""
    if case.organisation_id != viewer.organisation_id or viewer.account_id in case.shut_out_accounts:
        return False
    if case.names_to_match and (case.near or not apart(viewer)):
        return False
    if permission is Permission.SEE_EVENT and viewer.account_id in case.shared_with and viewer.holds(permission):
        return True
    may_see_restricted = any(Permission.SEE_RESTRICTED in PERMISSIONS[grant.role] for grant in viewer.grants)
    if case.restricted and not may_see_restricted:
        return False
    for grant in viewer.grants:
        if permission not in PERMISSIONS[grant.role]:
            continue
        if grant.scope is Scope.ORGANISATION:
            return True
        if grant.scope is Scope.SERVICE and case.service_id in grant.service_ids:
            return True
        if grant.scope is Scope.TEAM and case.team_id is not None and case.team_id in grant.team_ids:
            return True
    return False


@given(viewers, st.sampled_from(Permission), cases)
def test_may_agrees_with_the_rule_spelt_out(viewer: Viewer, permission: Permission, case: Case) -> None:
    assert may(viewer, permission, case).allowed is slow_twin(viewer, permission, case)


@given(viewers, st.sampled_from(Permission), cases)
def test_every_decision_has_a_reason(viewer: Viewer, permission: Permission, case: Case) -> None:
    assert may(viewer, permission, case).reason.endswith(".")


@given(st.sampled_from(Permission), cases)
def test_an_administrator_sees_no_case_and_a_commissioner_nothing_at_all(permission: Permission, case: Case) -> None:
    case_content = {Permission.SEE_EVENT, Permission.LIST_EVENTS, Permission.SEE_REPORTER, Permission.TRIAGE_EVENT}
    assert not case_content & PERMISSIONS[Role.ADMINISTRATOR]
    assert PERMISSIONS[Role.COMMISSIONER] == {Permission.SEE_TODAY}
    assert Permission.SEE_REPORTER not in PERMISSIONS[Role.INSPECTOR]
