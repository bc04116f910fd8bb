"""Who waits to hear from the viewer, and what came for the viewer to read."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people import queries as people
from heedful.foundation.ui.filters import in_words
from heedful.loop.feedback import queries as feedback
from heedful.loop.feedback.queries import ToTell
from heedful.oversight.today.need import Need

# More of one kind than this stand on one card.
FEW = 3
# About so long for each person.
MINUTES = 3


def to_tell(viewer: Viewer, now: datetime) -> list[Need]:
    """Whom the viewer promised to tell, one card each or one for many; and whom others have left waiting too long."""
    found = feedback.to_tell(viewer, now)
    own = [one for one in found if one.decided_by == viewer.account_id]
    others = [one for one in found if one.decided_by != viewer.account_id]
    cards = [_together(own)] if len(own) > FEW else [_one(one, now) for one in own]
    return cards + ([_left_waiting(others)] if others else [])


def _together(own: Sequence[ToTell]) -> Need:
    """Many of the viewer's own: which ones, and what to do."""
    titles = _("“%(first)s”, “%(second)s” and %(n)s more. Say in a sentence or two what you decided, and why.") % {
        "first": own[0].event.title,
        "second": own[1].event.title,
        "n": in_words(len(own) - 2),
    }
    title = _("Write to %(n)s people who told you something") % {"n": in_words(len(own))}
    url = reverse("feedback:waiting")
    return Need(own[0].due_at, title, titles, url, _("Choose the words"), MINUTES * len(own), overdue=own[0].overdue)


def _left_waiting(others: Sequence[ToTell]) -> Need:
    """Others decided, and the day that was promised is over: ask them, or write oneself."""
    count = len(others)
    words = ngettext(
        "One person was promised an answer and has none", "%(n)s people were promised an answer and have none", count
    ) % {"n": in_words(count)}
    why = _("%(who)s. Ask them to write, or write yourself.") % {"who": _who_decided(others)}
    url = reverse("feedback:waiting")
    title = f"{words[:1].upper()}{words[1:]}"
    return Need(others[0].due_at, title, why, url, _("See who waits"), overdue=True)


def _who_decided(others: Sequence[ToTell]) -> str:
    """Decided by Amira Haldenby (three) and Tunde Ravensdale."""
    counted = Counter(one.decided_by for one in others).most_common()
    names = people.names({account for account, _count in counted})
    said = [
        names.get(account, _("somebody who has left")) + (f" ({in_words(count)})" if count > 1 else "")
        for account, count in counted
    ]
    return _("Decided by %(who)s") % {"who": get_text_list(said, _("and"))}


def _one(one: ToTell, now: datetime) -> Need:
    return Need(
        due_at=one.due_at,
        title=_("Tell the reporter: %(title)s") % {"title": one.event.title},
        why=_still_to_tell(one.due_at, now),
        url=reverse("feedback:reporter", args=[one.event.pk, feedback.Step.DECIDED]),
        action=_("Choose the words"),
        minutes=MINUTES,
        overdue=one.overdue,
    )


def _still_to_tell(due_at: datetime, now: datetime) -> str:
    days = (due_at - now).days
    if due_at < now:
        return _("It is decided, and whoever told us has not heard. The day we promised is over.")
    words = _("It is decided, and whoever told us has not heard.")
    left = ngettext("%(n)s day left.", "%(n)s days left.", days) % {"n": days} if days else _("Today is the last day.")
    return f"{words} {left}"


def to_read(viewer: Viewer) -> list[Need]:
    """Bulletins that came to the viewer's team."""
    return [
        Need(
            due_at=None,
            title=_("For you to read: %(line)s") % {"line": row.parts["line"]},
            why=_("Something was learned. One page, and one question."),
            url=reverse("feedback:bulletin", args=[row.pk]),
            action=_("Read it"),
            minutes=2,
        )
        for row in feedback.to_read(viewer)
    ]
