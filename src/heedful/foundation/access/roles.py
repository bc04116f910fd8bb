"""The roles people hold, what each may do, and how far it reaches. One table; nothing else grants anything."""

from enum import StrEnum

from heedful.foundation.access.permissions import Permission


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


# Who works in the services day by day: anybody of them may be the one whom a typed name means.
HANDS_ON = frozenset({Role.CARE_WORKER, Role.TEAM_LEADER, Role.REGISTERED_MANAGER})

# Anybody may be asked to lead an action; whose they see is `actions.queries`.
_EVERYONE = frozenset(
    {Permission.RECORD_EVENT, Permission.SEE_OWN_REPORTS, Permission.SEE_TODAY, Permission.SEE_ACTIONS}
)
_READS_CASES = frozenset(
    {Permission.LIST_EVENTS, Permission.SEE_EVENT, Permission.SEE_REVIEW, Permission.SEE_THEME, Permission.SEE_ACTIONS}
)
_DECIDES = _READS_CASES | {
    Permission.TRIAGE_EVENT,
    Permission.LEAD_REVIEW,
    Permission.OWN_THEME,
    Permission.AGREE_ACTION,
    Permission.CHECK_PRACTICE,
    Permission.CORRECT_EVENT,
    Permission.SEE_REPORTER,
    Permission.SEE_RESTRICTED,
    Permission.SEE_PATTERNS,
    Permission.SEE_BOARD,
    Permission.KEEP_MINUTES,
    Permission.ENTER_EXPOSURE,
    Permission.IMPORT_RECORDS,
    Permission.SEE_DUTY_ROSTER,
    Permission.EDIT_DUTY_ROSTER,
    Permission.SEE_READERS,
}
_SENDS_OUT = frozenset({Permission.DISCLOSE, Permission.RELEASE})
_LEADS = frozenset(
    {
        Permission.SEE_UNMATCHED,
        Permission.MATCH_NAMES,
        Permission.SHARE_CASE,
        Permission.DOWNLOAD,
        Permission.SEE_EXITS,
        Permission.HOLD,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CARE_WORKER: _EVERYONE,
    Role.TEAM_LEADER: _EVERYONE
    | _READS_CASES
    | {Permission.SEE_PATTERNS, Permission.LEAD_REVIEW, Permission.CHECK_PRACTICE},
    Role.REGISTERED_MANAGER: _EVERYONE | _DECIDES | _SENDS_OUT | {Permission.RESET_SIGN_IN, Permission.SEE_PEOPLE},
    Role.SAFEGUARDING_LEAD: _EVERYONE | _DECIDES | _SENDS_OUT | _LEADS | {Permission.SEE_PEOPLE},
    Role.NOMINATED_INDIVIDUAL: _EVERYONE | _DECIDES | _SENDS_OUT | _LEADS | {Permission.ERASE},
    # Matches a name only when it may mean everybody else who could.
    Role.INDEPENDENT_CONTACT: _EVERYONE
    | _READS_CASES
    | {
        Permission.LIST_SHUT_OUTS,
        Permission.LIFT_SHUT_OUT,
        Permission.SEE_RESTRICTED,
        Permission.SEE_UNMATCHED,
        Permission.MATCH_NAMES,
    },
    # No case content: an administrator keeps the system, not the cases.
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_TODAY,
            Permission.ADMINISTER,
            Permission.SEE_PEOPLE,
            Permission.EDIT_PEOPLE,
            Permission.RESET_SIGN_IN,
            Permission.SEE_DUTY_ROSTER,
            Permission.ERASE,
            Permission.HOLD,
        }
    ),
    # Read-only, for a stated time; the reporter's name only when asked for, and that is written in the ledger.
    Role.INSPECTOR: frozenset(
        {
            Permission.SEE_TODAY,
            Permission.SEE_RESTRICTED,
            Permission.SEE_UNMATCHED,
            Permission.SEE_PATTERNS,
            Permission.SEE_BOARD,
            Permission.ASK_FOR_REPORTER,
            Permission.SEE_READERS,
        }
    )
    | _READS_CASES,
    Role.COMMISSIONER: frozenset({Permission.SEE_TODAY}),
}
