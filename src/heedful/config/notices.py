"""What a notice says in the app, by its kind: that something waits, never what it is about."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "event.decide": _("A report waits for your decision"),
    "event.second_look": _("A decision waits for a second look"),
    "event.not_safe": _("Somebody may not be safe yet"),
    "event.match_name": _("A name waits to be matched"),
    "event.nobody_inside": _("Nobody inside may decide about a report"),
    "event.question": _("Somebody asks you about your report"),
    "case.shared": _("A case is shared with you"),
    "review.yours": _("A review waits for you"),
    "theme.yours": _("A theme is yours now"),
    "theme.reopened": _("A theme was opened again"),
    "event.answered": _("Your question was answered"),
}
