"""People and places in words."""

from collections.abc import Mapping
from datetime import time
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.policies import taxonomy

ROLES = {
    Role.CARE_WORKER: _("Care worker"),
    Role.TEAM_LEADER: _("Team leader"),
    Role.REGISTERED_MANAGER: _("Registered manager"),
    Role.SAFEGUARDING_LEAD: _("Safeguarding and quality lead"),
    Role.NOMINATED_INDIVIDUAL: _("Nominated individual"),
    Role.INDEPENDENT_CONTACT: _("Independent contact"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.INSPECTOR: _("Inspector"),
    Role.COMMISSIONER: _("Commissioner"),
}
VISITOR_ROLES = (Role.INSPECTOR, Role.COMMISSIONER, Role.INDEPENDENT_CONTACT)
ENGAGEMENTS = [("employed", _("Employed")), ("agency", _("Through an agency")), ("volunteer", _("Volunteer"))]
DUTIES = {"registered_manager": _("Registered manager"), "nominated_individual": _("Nominated individual")}
SOURCES = {"typed": _("typed in"), "imported": _("from a file"), "estimated": _("estimated")}
HINTS = {
    "bed_days": _("Count each person once for each night they were here. A half day is .5"),
    "capacity_days": _("Beds times days, occupied or not"),
    "care_hours": _("Hours of care given. 30 minutes is .5"),
    "visits_planned": _("Also the ones that were missed"),
    "visits_delivered": _("Only the ones that took place"),
}


class Held(Protocol):
    """A role that somebody holds."""

    @property
    def role(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def service_ids(self) -> list[UUID]: ...


def role_words(held: Held, services: Mapping[UUID, str]) -> str:
    """Registered manager, Rowan House."""
    role = str(ROLES[Role(held.role)])
    if held.scope == Scope.ORGANISATION:
        return gettext("%(role)s, everywhere") % {"role": role}
    names = [services[id_] for id_ in held.service_ids if id_ in services]
    return gettext("%(role)s, %(places)s") % {"role": role, "places": ", ".join(names)} if names else role


def measure_label(measure: str) -> str:
    """Occupied bed days."""
    return gettext(next(term.label for term in taxonomy("exposure_measures") if term.slug == measure))


def shift_hours(starts: time, ends: time) -> str:
    words = f"{starts:%H:%M}–{ends:%H:%M}"
    return gettext("%(hours)s the next day") % {"hours": words} if ends <= starts else words
