"""The roles people hold, what each may do, and how far it reaches. One table; nothing else grants anything."""

from enum import StrEnum

from heedful.foundation.access.permissions import Permission as P


class Role(StrEnum):
    CARE_WORKER = "care_worker"
    TEAM_LEADER = "team_leader"
    REGISTERED_MANAGER = "registered_manager"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    NOMINATED_INDIVIDUAL = "nominated_individual"
    INDEPENDENT_CONTACT = "independent_contact"
    ADMINISTRATOR = "administrator"
    INSPECTOR = "inspector"
    COMMISSIONER = "commissioner"


class Scope(StrEnum):
    """How far a grant reaches. Each includes the ones before it, except that `restricted` is given on top."""

    OWN = "own"
    TEAM = "team"
    SERVICE = "service"
    ORGANISATION = "organisation"


_EVERYONE = frozenset({P.RECORD_EVENT, P.SEE_OWN_REPORTS, P.SEE_TODAY})
_READS_CASES = frozenset({P.LIST_EVENTS, P.SEE_EVENT})
_DECIDES = _READS_CASES | {
    P.TRIAGE_EVENT,
    P.CORRECT_EVENT,
    P.SEE_REPORTER,
    P.SEE_RESTRICTED,
    P.SEE_PATTERNS,
    P.ENTER_EXPOSURE,
    P.SEE_DUTY_ROSTER,
    P.EDIT_DUTY_ROSTER,
    P.SEE_READERS,
}

PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.CARE_WORKER: _EVERYONE,
    Role.TEAM_LEADER: _EVERYONE | _READS_CASES | {P.SEE_PATTERNS},
    Role.REGISTERED_MANAGER: _EVERYONE | _DECIDES | {P.RESET_SIGN_IN, P.SEE_PEOPLE},
    Role.SAFEGUARDING_LEAD: _EVERYONE | _DECIDES | {P.IMPORT_EVENTS, P.SEE_PEOPLE, P.MATCH_NAMES, P.DOWNLOAD},
    Role.NOMINATED_INDIVIDUAL: _EVERYONE | _DECIDES | {P.MATCH_NAMES, P.DOWNLOAD, P.ERASE},
    Role.INDEPENDENT_CONTACT: _EVERYONE | _READS_CASES | {P.LIST_SHUT_OUTS, P.LIFT_SHUT_OUT, P.SEE_RESTRICTED},
    # No case content: an administrator keeps the system, not the cases.
    Role.ADMINISTRATOR: frozenset(
        {P.SEE_TODAY, P.ADMINISTER, P.SEE_PEOPLE, P.EDIT_PEOPLE, P.RESET_SIGN_IN, P.SEE_DUTY_ROSTER, P.ERASE}
    ),
    # Read-only, for a stated time; the reporter's name only when asked for, and that is written in the ledger.
    Role.INSPECTOR: frozenset({P.SEE_TODAY, P.SEE_RESTRICTED, P.SEE_PATTERNS, P.ASK_FOR_REPORTER, P.SEE_READERS})
    | _READS_CASES,
    Role.COMMISSIONER: frozenset({P.SEE_TODAY}),
}
