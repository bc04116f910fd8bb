"""What left this organisation, for those who answer for it. Names of bodies and people who took it, no case content."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.exits import queries
from heedful.foundation.people.queries import names
from heedful.foundation.policies import taxonomy


@page(Permission.SEE_EXITS)
def left(request: ViewerRequest) -> HttpResponse:
    """The newest first."""
    rows = queries.left(request.viewer)
    context = {
        "rows": rows,
        "names": names({row.account_id for row in rows}),
        "bases": taxonomy("lawful_bases"),
        "what": {
            "patterns.table": _("the table under a chart"),
            "pack.pdf": _("the three questions, on paper"),
            "pack.csv": _("the three questions, as a table"),
        },
    }
    return render(request, "exits/left.html", context)
