"""Home, for every role: what needs me now, in due order."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.notices import queries as notices
from heedful.loop.incidents import queries as incidents
from heedful.oversight.today import aside, needs


@page(Permission.SEE_TODAY)
def today(request: ViewerRequest) -> HttpResponse:
    """One card for each thing; nothing else."""
    viewer, now = request.viewer, request.received_at
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    end_of_day = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    context = {
        "needs": needs.of(viewer, now=now, end_of_day=end_of_day),
        "quiet": needs.quiet(viewer),
        "drafts": needs.drafts(viewer),
        "reports": list(incidents.my_reports(viewer)[:3]) if viewer.holds(Permission.SEE_OWN_REPORTS) else [],
        "unread": notices.unread(viewer),
        "worked": aside.worked(viewer),
        "greeting": _greeting(local.hour),
        "first_name": viewer.name.split()[0],
        "now": now,
    }
    return render(request, "today/today.html", context)


def _greeting(hour: int) -> str:
    """Which of the greetings fits the time of day: `night` for a night shift."""
    if hour < 5:
        return "night"
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
