"""What stands in the header, by what the viewer may do. What is not built is not shown."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.notices import queries as notices
from heedful.foundation.ui.navigation import Link, Navigation


def navigation(request: HttpRequest) -> Navigation:
    viewer: Viewer | None = getattr(request, "viewer", None)
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    if viewer is None:
        return Navigation(sign_in=None if signed_in else _sign_in(request), footer=_footer(), demo=_demo())
    return Navigation(
        footer=_footer(),
        demo=_demo(),
        provider=viewer.organisation_name,
        tell_us=reverse("incidents:report") if viewer.holds(Permission.RECORD_EVENT) else None,
        items=tuple(_items(request, viewer)),
        account=tuple(_account(viewer)),
        sign_out=reverse("account_logout"),
        switch=reverse("people:choose_organisation") if viewer.organisations > 1 else None,
    )


def _items(request: HttpRequest, viewer: Viewer) -> list[Link]:
    places = [
        (_("Today"), "today:today", Permission.SEE_TODAY),
        (_("Decide"), "duties:inbox", Permission.TRIAGE_EVENT),
        (_("Cases"), "casefile:list", Permission.LIST_EVENTS),
        (_("Patterns"), "measures:patterns", Permission.SEE_PATTERNS),
        (_("My reports"), "incidents:mine", Permission.SEE_OWN_REPORTS),
        (_("Roster"), "notices:roster", Permission.SEE_DUTY_ROSTER),
        (_("Shut out"), "incidents:shut_outs", Permission.LIST_SHUT_OUTS),
        (_("People"), "people:staff", Permission.SEE_PEOPLE),
    ]
    if not viewer.holds(Permission.SEE_PEOPLE):
        # For everybody else it is one of the people pages.
        places.append((_("Care given"), "people:exposure", Permission.ENTER_EXPOSURE))
    here = request.resolver_match.view_name if request.resolver_match else ""
    # One's notices live in the same room as the roster, and are not it.
    namespace = "" if here in ("notices:mine", "notices:undelivered") else here.split(":")[0]
    return [
        Link(label, url, name == here or (name.split(":")[0] == namespace and namespace != "incidents"))
        for label, name, permission in places
        if viewer.holds(permission) and (url := _address(name))
    ]


def _account(viewer: Viewer) -> list[Link]:
    waiting = notices.unread(viewer)
    words = _("Notices (%(count)d)") % {"count": waiting} if waiting else _("Notices")
    links = [Link(words, reverse("notices:mine")), Link(_("Your sign-in"), settings.HEEDFUL_ACCOUNT_URL)]
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
