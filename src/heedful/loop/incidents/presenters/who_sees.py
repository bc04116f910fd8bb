"""Who will see a report and who will not, said honestly from real memberships."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS, Role
from heedful.loop.incidents import workplace
from heedful.loop.incidents.queries.reporter import SEES_CONFIDENTIAL

_SEES_NAME = [role for role, can in PERMISSIONS.items() if Permission.SEE_REPORTER in can]
_READS = [role for role, can in PERMISSIONS.items() if Permission.SEE_EVENT in can and role is not Role.INSPECTOR]
FEW = 12
MOST_NAMES = 3


@dataclass(frozen=True)
class WhoSees:
    """Names of people, by what they see."""

    see_name: tuple[str, ...]
    see_confidential_name: tuple[str, ...]
    read: tuple[str, ...]
    read_confidential: tuple[str, ...]
    group: int

    @property
    def hints(self) -> dict[str, str]:
        """The words under the two answers."""
        return {"named": _named(self), "confidential": _confidential(self)}


def who_sees(service_id: UUID, team_id: UUID | None, viewer_id: UUID, at: datetime) -> WhoSees:
    """For a report about this service, told by this account."""
    members = workplace.members(service_id, set(_SEES_NAME) | set(_READS), at)
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
    )


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
