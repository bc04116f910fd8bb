"""The start page: who you can be here, what to try, and how to sign in. For this machine only."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from heedful.demo import guards, queries, sign_ins, story_pages, tries
from heedful.demo.cast import CAST, Part
from heedful.foundation.access.http import not_found, public
from heedful.foundation.access.roles import Role


@dataclass(frozen=True)
class Card:
    """One sign-in as the page shows it."""

    part: Part
    role: str
    where: str
    code: sign_ins.Code
    tries: list[tries.Try]


@public
def start(request: HttpRequest) -> HttpResponse:
    """Every sign-in with its current code. Anywhere else this page does not exist."""
    if not guards.shown_here(request):
        return not_found(request)
    context = {
        "cards": _cards(),
        "password": sign_ins.password(),
        "seconds": sign_ins.seconds_left(),
        "signed_in": str(getattr(request.user, "name", "")),
    }
    return render(request, "demo/start.html", context)


@public
def codes(request: HttpRequest) -> HttpResponse:
    """The codes alone, for the page that is open."""
    if not guards.shown_here(request):
        return not_found(request)
    current = {part.key: {"code": code.code, "used": code.used} for part, code in _codes()}
    return JsonResponse({"seconds": sign_ins.seconds_left(), "codes": current})


def _cards() -> list[Card]:
    stories = story_pages.addresses()
    return [
        Card(part, _role(part.role), _where(part), code, tries.for_part(part.key, stories)) for part, code in _codes()
    ]


def _codes() -> list[tuple[Part, sign_ins.Code]]:
    """Everybody who is here, with their code of now."""
    accounts = queries.accounts([part.username for part in CAST])
    now = sign_ins.codes(list(accounts.values()))
    return [(part, now[accounts[part.username]]) for part in CAST if accounts.get(part.username) in now]


def _where(part: Part) -> str:
    return ", ".join(queries.service_name(key) for key in part.services) or _("Larkrise Care")


def _role(role: Role) -> str:
    names = {
        Role.CARE_WORKER: _("Care worker"),
        Role.TEAM_LEADER: _("Team leader"),
        Role.REGISTERED_MANAGER: _("Registered manager"),
        Role.SAFEGUARDING_LEAD: _("Safeguarding and quality lead"),
        Role.NOMINATED_INDIVIDUAL: _("Nominated individual"),
        Role.INDEPENDENT_CONTACT: _("Independent contact"),
        Role.ADMINISTRATOR: _("Administrator"),
        Role.INSPECTOR: _("Inspector, for two weeks"),
        Role.COMMISSIONER: _("Commissioner"),
    }
    return names[role]
