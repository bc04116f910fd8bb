"""Everything that needs one viewer, from each stage's queries, in due order. Nothing else."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.notices import queries as notices
from heedful.loop.actions import queries as actions
from heedful.loop.audits import standing as checking
from heedful.loop.duties import queries as duties
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.rules import title_from
from heedful.loop.reporting import queries as reporting
from heedful.loop.reviews import queries as reviews
from heedful.oversight.today import telling
from heedful.oversight.today.need import Need

LATER = timedelta(days=7)
# As many decisions as have a card of their own; the others stand on the page where one decides.
DECISIONS = 30


@dataclass(frozen=True)
class Needs:
    """What needs the viewer by the end of the day, and what comes in the week after."""

    now: list[Need]
    later: list[Need]
    # Decisions that are due as well and stand on the page where one decides.
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.now) + self.more


def of(viewer: Viewer, *, now: datetime, end_of_day: datetime) -> Needs:
    """The soonest due first; what has no date of its own stands after what has."""
    decisions = duties.things_due(viewer, now, decisions=DECISIONS)
    found = [*map(_decision, decisions), *_reviews(viewer, now), *_questions(viewer)]
    found += [
        *_changes(viewer, now),
        *_checks(viewer, now),
        *telling.to_tell(viewer, now),
        *telling.to_read(viewer),
        *_names(viewer, now),
        *_system(viewer, now),
    ]
    found.sort(key=lambda need: (need.due_at is None, need.due_at or now))
    today = [need for need in found if need.due_at is None or need.due_at <= end_of_day]
    later = [need for need in found if need.due_at and end_of_day < need.due_at <= now + LATER]
    return Needs(today, later, _more(viewer, decisions, end_of_day))


def _more(viewer: Viewer, decisions: list[duties.Task], end_of_day: datetime) -> int:
    """How many decisions are due by the end of the day and have no card."""
    shown = [task for task in decisions if task.kind == duties.DECIDE]
    if len(shown) < DECISIONS:
        return 0
    return incidents.count_to_decide(viewer, by=end_of_day) - sum(1 for task in shown if task.due_at <= end_of_day)


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
        return Quiet(words, _("Tell us what happened"), reverse("reporting:report"))
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
    rows = reporting.my_drafts(viewer)
    return [(_first_words(row.words), reverse("reporting:page", args=[row.client_key, "words"])) for row in rows]


def _first_words(words: str) -> str:
    return title_from(words) if words else _("A report without words yet")


def _decision(task: duties.Task) -> Need:
    return Need(
        due_at=task.due_at,
        title=task.title,
        why=task.why,
        url=reverse(task.url_name, args=task.url_args),
        action=_action(task.kind),
        minutes=task.minutes,
        overdue=task.overdue,
    )


def _action(kind: str) -> str:
    words = {
        "decide": _("Decide now"),
        "agree": _("Read and answer"),
        "duty": _("Open"),
        "find_out": _("Write it down"),
    }
    return words.get(kind, _("Open"))


def _reviews(viewer: Viewer, now: datetime) -> list[Need]:
    """Reviews that the viewer leads, and themes that came back to them."""
    words = reviews.kind_words()
    found = [
        Need(
            due_at=one.due_at,
            title=_("Understand: %(title)s") % {"title": one.title},
            why=_("%(kind)s. What made it likely, and what must change?") % {"kind": words[one.review.kind]},
            url=reverse("reviews:show", args=[one.review.pk]),
            action=_("Go on") if one.review.written_at else _("Begin"),
            minutes=5 if one.review.kind == "reflection" else None,
            overdue=one.overdue,
        )
        for one in reviews.due(viewer, now)
    ]
    return found + [
        Need(
            due_at=None,
            title=_("Opened again: %(name)s") % {"name": theme.name},
            why=theme.reopened_why,
            url=reverse("themes:show", args=[theme.pk]),
            action=_("Look at it"),
        )
        for theme in reviews.came_back(viewer)
    ]


def _changes(viewer: Viewer, now: datetime) -> list[Need]:
    """What the viewer leads, what waits for their check, and what is late although others lead it."""
    found = [
        _change(one, "actions:show", _("You lead this change."), _("Open"), 5) for one in actions.mine(viewer, now)
    ]
    for one in actions.told_it_is_late(viewer, now):
        why = _("%(name)s leads it, and it is late.") % {"name": one.action.lead.name}
        found.append(_change(one, "actions:show", why, _("Open"), 3))
    for one in actions.to_check(viewer, now):
        why = _("%(name)s says that it is done. A second person checks it.") % {"name": one.action.lead.name}
        check = _change(one, "actions:check", why, _("Check it"), 5)
        found.append(replace(check, due_at=None, overdue=False))
    return found


def _change(one: actions.Due, where: str, why: str, action: str, minutes: int) -> Need:
    return Need(
        due_at=one.due_at,
        title=title_from(one.action.what_will_differ),
        why=why,
        url=reverse(where, args=[one.action.pk]),
        action=action,
        minutes=minutes,
        overdue=one.overdue,
    )


def _checks(viewer: Viewer, now: datetime) -> list[Need]:
    """Checks of practice that are due, and those that somebody else asks to let go."""
    found = [
        Need(
            due_at=one.due_at,
            title=_("Look again: %(question)s") % {"question": one.audit.question},
            why=_("A random sample shows whether the change holds."),
            url=reverse("audits:show", args=[one.audit.pk]),
            action=_("Go on") if one.answered else _("Begin"),
            minutes=10,
            overdue=one.overdue,
        )
        for one in checking.due(viewer, now)
    ]
    for row in checking.to_cancel(viewer):
        title = _("Let this check go? %(question)s") % {"question": row.question}
        url = reverse("audits:cancel", args=[row.pk])
        found.append(Need(None, title, row.cancel_why, url, _("Read and answer"), 2))
    return found


def _questions(viewer: Viewer) -> list[Need]:
    return [
        Need(
            due_at=None,
            title=_("Answer a question about what you told us"),
            why=question.words,
            url=reverse("reporting:answer", args=[question.event_id, question.pk]),
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
    why = _("Until then no manager can read the case or decide about it.")
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
    if not settings.HEEDFUL_DEMO and status.last_backup_at and not status.is_encrypted:
        why = _("Whoever gets hold of a backup can read everything in it. Make a key with “heedful backup-key”.")
        found.append(Need(None, _("Backups are not encrypted"), why, reverse("help") + "#backup", _("Read how")))
    return found
