"""Everything that needs one viewer, from each stage's queries, in due order. Nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.notices import queries as notices
from heedful.loop.duties import queries as duties
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.rules import title_from

LATER = timedelta(days=7)


@dataclass(frozen=True)
class Need:
    """One thing to do: by when, what, why, and the one button."""

    due_at: datetime | None
    title: str
    why: str
    url: str
    action: str
    minutes: int | None = None
    overdue: bool = False


@dataclass(frozen=True)
class Needs:
    """What needs the viewer by the end of the day, and what comes in the week after."""

    now: list[Need]
    later: list[Need]


def of(viewer: Viewer, *, now: datetime, end_of_day: datetime) -> Needs:
    """The soonest due first; what has no date of its own stands after what has."""
    found = [*_decisions(viewer, now), *_questions(viewer), *_names(viewer, now), *_system(viewer, now)]
    found.sort(key=lambda need: (need.due_at is None, need.due_at or now))
    today = [need for need in found if need.due_at is None or need.due_at <= end_of_day]
    later = [need for need in found if need.due_at and end_of_day < need.due_at <= now + LATER]
    return Needs(today, later)


@dataclass(frozen=True)
class Quiet:
    """What stands on the page of somebody whom nothing needs: words, and the one useful link."""

    words: str
    link: str = ""
    url: str = ""


def quiet(viewer: Viewer) -> Quiet:
    """By what the viewer may do: nobody is sent to a page that they may not open."""
    if viewer.holds(Permission.RECORD_EVENT):
        words = _("If you saw something, or something worries you, tell us. One line is enough.")
        return Quiet(words, _("Tell us what happened"), reverse("incidents:report"))
    if viewer.holds(Permission.LIST_EVENTS):
        words = _("You can read every case that is open to you, from the first words to what was decided.")
        return Quiet(words, _("Look at the cases"), reverse("casefile:list"))
    if viewer.holds(Permission.SEE_PEOPLE):
        words = _("Alerts that reach nobody, and backups that are missing, stand here.")
        return Quiet(words, _("See who works here"), reverse("people:staff"))
    return Quiet(_("Nothing has been shared with you yet. When it is, it stands here."))


def drafts(viewer: Viewer) -> list[tuple[str, str]]:
    """Reports begun and not sent: (first words, address)."""
    if not viewer.holds(Permission.RECORD_EVENT):
        return []
    rows = incidents.my_drafts(viewer)
    return [(_first_words(row.answers), reverse("incidents:page", args=[row.client_key, "words"])) for row in rows]


def _first_words(answers: dict[str, Any]) -> str:
    words = answers.get("words")
    return title_from(words) if isinstance(words, str) and words.strip() else _("A report without words yet")


def _decisions(viewer: Viewer, now: datetime) -> list[Need]:
    return [
        Need(
            due_at=task.due_at,
            title=task.title,
            why=task.why,
            url=reverse(task.url_name, args=task.url_args),
            action=_action(task.kind),
            minutes=task.minutes,
            overdue=task.overdue,
        )
        for task in duties.things_due(viewer, now)
    ]


def _action(kind: str) -> str:
    words = {
        "decide": _("Decide now"),
        "agree": _("Read and answer"),
        "duty": _("Open"),
        "find_out": _("Write it down"),
    }
    return words.get(kind, _("Open"))


def _questions(viewer: Viewer) -> list[Need]:
    return [
        Need(
            due_at=None,
            title=_("Answer a question about what you told us"),
            why=question.words,
            url=reverse("incidents:answer", args=[question.event_id, question.pk]),
            action=_("Answer"),
            minutes=1,
        )
        for question in incidents.my_questions(viewer)
    ]


def _names(viewer: Viewer, now: datetime) -> list[Need]:
    waiting = incidents.names_to_match(viewer, at=now)
    if not waiting:
        return []
    count = len(waiting)
    title = ngettext("Say who is meant by a name", "Say who is meant by %(n)s names", count) % {"n": count}
    why = _("Until then somebody who may have caused harm can still see the case.")
    return [Need(now, title, why, reverse("incidents:names"), _("Match now"), 2)]


def _system(viewer: Viewer, now: datetime) -> list[Need]:
    if not viewer.holds(Permission.ADMINISTER):
        return []
    found = []
    lost = len(notices.undelivered(now))
    if lost:
        title = ngettext("%(n)s alert was not delivered", "%(n)s alerts were not delivered", lost) % {"n": lost}
        why = _("Somebody may be waiting. Ring them, and look at the mail settings.")
        found.append(Need(None, title, why, reverse("notices:undelivered"), _("See which")))
    status = import_string(settings.HEEDFUL_BACKUP_STATUS)(settings.HEEDFUL_DATA_DIR)
    if not settings.HEEDFUL_DEMO and not status.is_backed_up(now):
        why = _("A backup counts once it has been restored. Run “heedful backup”, then “heedful restore --drill”.")
        found.append(Need(None, _("Not backed up"), why, reverse("help") + "#backup", _("Read how")))
    return found
