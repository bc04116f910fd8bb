"""What stands in the header, by what the viewer may do. What is not built is not shown."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.notices import queries as notices
from heedful.foundation.ui.navigation import Link, Navigation

# A place: its word, the name of its address, and what one must hold to see it.
Place = tuple[str, str, Permission]
# As many words as stand in the header of a small laptop beside a name and the button.
IN_HEADER = 6
# Rooms that have no place of their own: one page of them is there, and the others are not that place.
SINGLE_PAGES = frozenset({"incidents", "reporting"})


def navigation(request: HttpRequest) -> Navigation:
    viewer: Viewer | None = getattr(request, "viewer", None)
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    if viewer is None:
        around = _waiting() if signed_in else {"sign_in": _sign_in(request)}
        return Navigation(footer=_footer(), demo=_demo(), **around)
    tells = viewer.holds(Permission.RECORD_EVENT)
    items, more = _links(request, viewer)
    return Navigation(
        footer=_footer(),
        demo=_demo(),
        provider=viewer.organisation_name,
        tell_us=reverse("reporting:report") if tells else None,
        items=items,
        more=more,
        account=tuple(_account(viewer)),
        sign_out=reverse("account_logout"),
        switch=reverse("people:choose_organisation") if viewer.organisations > 1 else None,
        **(_waiting() if tells else {}),
    )


def _waiting() -> dict[str, Any]:
    """Reports that wait on this phone: said on every page, sent when there is signal."""
    return {"strip": mark_safe(render_to_string("reporting/unsent.html")), "scripts": ("reporting/waiting.js",)}  # noqa: S308


def _places(viewer: Viewer) -> tuple[list[Place], list[Place]]:
    """What is opened every day, in the order of a day, and what is opened now and then."""
    daily = [
        (_("Today"), "today:today", Permission.SEE_TODAY),
        (_("Decide"), "duties:inbox", Permission.TRIAGE_EVENT),
        (_("Cases"), "casefile:list", Permission.LIST_EVENTS),
        (_("Changes"), "actions:mine", Permission.SEE_ACTIONS),
        (_("Patterns"), "measures:patterns", Permission.SEE_PATTERNS),
    ]
    seldom = [
        (_("Board"), "governance:board", Permission.SEE_BOARD),
        (_("Learning"), "themes:list", Permission.SEE_THEME),
        (_("My reports"), "reporting:mine", Permission.SEE_OWN_REPORTS),
        (_("Bulletins"), "feedback:bulletins", Permission.RECORD_EVENT),
        (_("Checks"), "audits:list", Permission.CHECK_PRACTICE),
        (_("Roster"), "notices:roster", Permission.SEE_DUTY_ROSTER),
        (_("Shut out"), "incidents:shut_outs", Permission.LIST_SHUT_OUTS),
        (_("People"), "people:staff", Permission.SEE_PEOPLE),
    ]
    if viewer.everywhere(Permission.IMPORT_RECORDS):
        # A file may speak of any service.
        seldom.append((_("Imports"), "intake:list", Permission.IMPORT_RECORDS))
    if not viewer.holds(Permission.SEE_PEOPLE):
        # For everybody else it is one of the people pages.
        seldom.append((_("Care given"), "people:exposure", Permission.ENTER_EXPOSURE))
    return daily, seldom


def _links(request: HttpRequest, viewer: Viewer) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """In the header, and under "More" when the header would hold too many."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    # One's notices live in the same room as the roster, and are not it.
    namespace = "" if here in ("notices:mine", "notices:undelivered") else here.split(":")[0]
    daily, seldom = (
        [
            Link(label, url, name == here or (name.split(":")[0] == namespace and namespace not in SINGLE_PAGES))
            for label, name, permission in places
            if viewer.holds(permission) and (url := _address(name))
        ]
        for places in _places(viewer)
    )
    if len(daily) + len(seldom) <= IN_HEADER:
        return (*daily, *seldom), ()
    return tuple(daily), tuple(seldom)


def _account(viewer: Viewer) -> list[Link]:
    waiting = notices.unread(viewer)
    words = _("Notices (%(count)d)") % {"count": waiting} if waiting else _("Notices")
    links = [Link(words, reverse("notices:mine")), Link(_("Your sign-in"), settings.HEEDFUL_ACCOUNT_URL)]
    if viewer.holds(Permission.SEE_EXITS):
        links.append(Link(_("What left this organisation"), reverse("exits:left")))
    if viewer.holds(Permission.HOLD):
        links.append(Link(_("Kept for long enough"), reverse("casefile:past_their_time")))
    if viewer.holds(Permission.ADMINISTER):
        links.append(Link(_("Alerts not delivered"), reverse("notices:undelivered")))
    if viewer.organisations > 1:
        links.append(Link(_("Act for another provider"), reverse("people:choose_organisation")))
    return links


def _footer() -> tuple[Link, ...]:
    pages = ((_("Who can see what"), "who_can_see"), (_("Accessibility"), "accessibility"), (_("Help"), "help"))
    return tuple(Link(label, reverse(name)) for label, name in pages)


def _demo() -> str:
    """Said on every page of a demonstration, with the way to its other sign-ins."""
    if not settings.HEEDFUL_DEMO:
        return ""
    words, link = _("A demonstration: everybody here is invented."), _("Be somebody else")
    return format_html('<span>{} <a class="govuk-link" href="{}">{}</a></span>', words, reverse("demo:start"), link)


def _sign_in(request: HttpRequest) -> str | None:
    here = request.resolver_match.view_name if request.resolver_match else ""
    return None if here == "account_login" else reverse("account_login")


def _address(name: str) -> str | None:
    """None while no room has taken the name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
