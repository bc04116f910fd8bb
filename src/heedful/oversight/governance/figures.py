"""The table of every number on the page: what each counts, and how it is said when it is small and leaves the home."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.ui.filters import number
from heedful.oversight.governance.rules import FEW, is_small
from heedful.oversight.governance.values import Figure

TOLD = gettext_lazy("What people told us")
HEARD = gettext_lazy("Did they hear back?")
LEARNED = gettext_lazy("What we learned")
CHANGED = gettext_lazy("What changed")
WORKED = gettext_lazy("Did it work?")
# Code -> (part of the table, what it counts). Numbers of events and of people may say who it was; numbers of reviews,
# changes and checks say only what we did.
LABELS = {
    "told.wrong": (TOLD, gettext_lazy("Things that went wrong")),
    "told.early": (TOLD, gettext_lazy("Near misses and worries")),
    "told.complaint": (TOLD, gettext_lazy("Complaints")),
    "told.concern": (TOLD, gettext_lazy("Safeguarding concerns")),
    "told.good": (TOLD, gettext_lazy("Notes of good care")),
    "heard.in_time": (HEARD, gettext_lazy("Told in time what we decided")),
    "heard.later": (HEARD, gettext_lazy("Told, but late")),
    "heard.not_yet": (HEARD, gettext_lazy("Not told, and the limit is over")),
    "heard.running": (HEARD, gettext_lazy("Not told yet, still in time")),
    "reviews.finished": (LEARNED, gettext_lazy("Reviews finished")),
    "reviews.only_people": (LEARNED, gettext_lazy("Of these, only a person was named as the cause")),
    "reviews.late": (LEARNED, gettext_lazy("Reviews that are late now")),
    "themes.open": (LEARNED, gettext_lazy("Themes open now")),
    "themes.opened": (LEARNED, gettext_lazy("Themes opened in these months")),
    "themes.answered": (LEARNED, gettext_lazy("Themes answered in these months")),
    "themes.again": (LEARNED, gettext_lazy("Themes opened again, still open now")),
    "actions.agreed": (CHANGED, gettext_lazy("Changes agreed")),
    "actions.stronger": (CHANGED, gettext_lazy("Of these, stronger than memory or paper")),
    "actions.verified": (CHANGED, gettext_lazy("Done, and checked by a second person")),
    "actions.late": (CHANGED, gettext_lazy("Changes that are late now")),
    "actions.unchecked": (CHANGED, gettext_lazy("Changes that nobody has looked at again")),
    "audits.done": (WORKED, gettext_lazy("Checks of practice finished")),
    "audits.late": (WORKED, gettext_lazy("Checks of practice that are late now")),
    "verdict.worked": (WORKED, gettext_lazy("Changes that worked")),
    "verdict.no_change": (WORKED, gettext_lazy("Changes that made no difference")),
    "verdict.worse": (WORKED, gettext_lazy("Changes after which it got worse")),
    "verdict.not_enough": (WORKED, gettext_lazy("Changes for which it is too early to say")),
    "verdict.uncounted": (WORKED, gettext_lazy("Changes that cannot be counted")),
}
_ABOUT_PEOPLE = ("told.", "heard.")


def figures(numbers: Mapping[str, int], *, outside: bool) -> tuple[Figure, ...]:
    return tuple(_figure(code, numbers[code], outside=outside) for code in LABELS)


def _figure(code: str, count: int, *, outside: bool) -> Figure:
    part, label = LABELS[code]
    kept_back = outside and code.startswith(_ABOUT_PEOPLE) and is_small(count)
    return Figure(code, str(part), str(label), said(count, kept_back), None if kept_back else count)


def said(count: int, kept_back: bool) -> str:
    return _("fewer than %(n)s") % {"n": number(FEW)} if kept_back else number(count)
