"""Who will see a report and who will not, said honestly from real memberships."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import HANDS_ON, PERMISSIONS, Role
from heedful.foundation.workplace import doubt
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents.queries.reporter import SEES_CONFIDENTIAL

_SEES_NAME = [role for role, can in PERMISSIONS.items() if Permission.SEE_REPORTER in can]
_APART = {role for role, can in PERMISSIONS.items() if Permission.SEE_UNMATCHED in can}
_READS = [role for role, can in PERMISSIONS.items() if Permission.SEE_EVENT in can and role is not Role.INSPECTOR]
FEW = 12
MOST_NAMES = 3


@dataclass(frozen=True)
class Sources:
    """Who is named as a possible source of harm: colleagues, and names that are nobody's for certain yet."""

    staff_ids: tuple[UUID, ...] = ()
    in_doubt: tuple[str, ...] = ()


NOBODY = Sources()


@dataclass(frozen=True)
class WhoSees:
    """Names of people, by what they see."""

    see_name: tuple[str, ...]
    see_confidential_name: tuple[str, ...]
    read: tuple[str, ...]
    read_confidential: tuple[str, ...]
    group: int
    kept_away: tuple[str, ...] = ()
    in_doubt: tuple[str, ...] = ()

    @property
    def hints(self) -> dict[str, str]:
        """The words under the two answers."""
        return {"named": f"{_named(self)}{_without(self)}", "confidential": f"{_confidential(self)}{_without(self)}"}


def who_sees(
    service_id: UUID, team_id: UUID | None, viewer_id: UUID, at: datetime, sources: Sources = NOBODY
) -> WhoSees:
    """For a report about this service, told by this account, with these named in it."""
    members = _free(workplace.members(service_id, set(_SEES_NAME) | set(_READS), at), sources, at)
    names = workplace.names(account for account, _role in members)
    restricted = {role for role in _READS if Permission.SEE_RESTRICTED in PERMISSIONS[role]}

    def of(roles: Iterable[str]) -> tuple[str, ...]:
        wanted = set(roles)
        return tuple(sorted({names[one] for one, role in members if role in wanted and one != viewer_id}))

    return WhoSees(
        see_name=of(_SEES_NAME),
        see_confidential_name=of(SEES_CONFIDENTIAL),
        read=of(_READS),
        read_confidential=of(restricted),
        group=workplace.colleagues_in(service_id, team_id, at.date()),
        kept_away=tuple(workplace.staff_names(sources.staff_ids)),
        in_doubt=sources.in_doubt,
    )


def _free(members: list[tuple[UUID, str]], sources: Sources, at: datetime) -> list[tuple[UUID, str]]:
    """Nobody who is named; while a name is in doubt, only those who stand apart and whom it cannot mean."""
    away = set(workplace.accounts_of(sources.staff_ids).values())
    rows = [(account, role) for account, role in members if account not in away]
    if not sources.in_doubt:
        return rows
    known = workplace.somebodies({account for account, _role in rows}, at)

    def apart(account: UUID) -> bool:
        one = known[account]
        return bool(one.roles & _APART) and not one.roles & HANDS_ON and not doubt.may_be_any(sources.in_doubt, one)

    return [(account, role) for account, role in rows if apart(account)]


def listed(names: Iterable[str]) -> str:
    """Amira Noor, Femi Brackley and 2 others."""
    known = list(names)
    shown, rest = known[:MOST_NAMES], len(known) - MOST_NAMES
    if rest > 0:
        return _("%(names)s and %(count)d more") % {"names": ", ".join(shown), "count": rest}
    return _(" and ").join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def _named(who: WhoSees) -> str:
    if not who.see_name:
        return _("The people who deal with this see who told us. They can thank you and ask you more.")
    said = _("%(names)s can see that it was you. They can thank you and ask you more.")
    return said % {"names": listed(who.see_name)}


def _confidential(who: WhoSees) -> str:
    if who.see_confidential_name:
        said = _("Only %(names)s can see your name, and each look is written down. An inspector may ask for it.")
        first = said % {"names": listed(who.see_confidential_name)}
    else:
        first = _("Nobody here can see your name. An inspector may ask for it.")
    others = [name for name in who.read_confidential if name not in who.see_confidential_name]
    reads = _("%(names)s will read what you wrote, without your name.") % {"names": listed(others)} if others else ""
    return " ".join(filter(None, [first, reads, _guess(who.group)]))


def _without(who: WhoSees) -> str:
    """Who does not see it because of what was said: the named, and everybody who may be."""
    said = []
    if who.kept_away:
        said.append(_("%(names)s will not see it and will not decide about it.") % {"names": listed(who.kept_away)})
    if who.in_doubt:
        words = _("We don't know yet who “%(names)s” is. Until we do, no manager can read this.")
        said.append(words % {"names": "”, “".join(who.in_doubt)})
    return "".join(f" {one}" for one in said)


def _guess(group: int) -> str:
    """A promise nobody can keep is not made."""
    if group > FEW:
        return _("People may still guess from what you say.")
    said = ngettext(
        "Only %(count)d of you works there. People will guess.",
        "Only %(count)d of you work there. People may guess. We can't promise they won't.",
        max(group, 1),
    )
    return said % {"count": max(group, 1)}
