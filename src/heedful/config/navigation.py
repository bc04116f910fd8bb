"""What stands in the header, by what the viewer may do. What is not built is not shown."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> list[Item]:
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return []
    places = [
        (_("Today"), "today:today", Permission.SEE_TODAY),
        (_("Cases"), "casefile:list", Permission.LIST_EVENTS),
        (_("Patterns"), "measures:patterns", Permission.SEE_PATTERNS),
        (_("My reports"), "incidents:mine", Permission.SEE_OWN_REPORTS),
        (_("People"), "people:staff", Permission.SEE_PEOPLE),
    ]
    here = request.resolver_match.view_name if request.resolver_match else ""
    namespace = here.split(":")[0]
    return [
        Item(label, reverse(name), name == here or (name.split(":")[0] == namespace and namespace != "incidents"))
        for label, name, permission in places
        if viewer.holds(permission)
    ]
