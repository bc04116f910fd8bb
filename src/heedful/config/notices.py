"""What a notice says in the app, by its kind: that something waits, never what it is about."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "event.decide": _("A report waits for your decision"),
    "event.second_look": _("A decision waits for a second look"),
    "event.not_safe": _("Somebody may not be safe yet"),
    "event.not_safe_here": _("Somebody may not be safe where you are on duty: go and see"),
    "event.match_name": _("A name waits to be matched"),
    "event.nobody_inside": _("Nobody inside may decide about a report"),
    "event.question": _("Somebody asks you about your report"),
    "case.shared": _("A case is shared with you"),
    "review.yours": _("A review waits for you"),
    "review.late": _("A review is late"),
    "theme.yours": _("A theme is yours now"),
    "theme.reopened": _("A theme was opened again"),
    "action.agreed": _("A change is yours to lead"),
    "action.sent_back": _("A change was sent back to you"),
    "action.done": _("A change waits for you to check it"),
    "action.overdue": _("A change is late"),
    "check.late": _("A check of practice is due"),
    "telling.late": _("A reporter was not told what was decided"),
    "feedback.told": _("Somebody tells you what came of your report"),
    "event.answered": _("Your question was answered"),
    "verdict.worked": _("There is an answer: a change worked"),
    "verdict.no_change": _("There is an answer: a change made no difference"),
    "verdict.worse": _("There is an answer: it got worse after a change"),
}
