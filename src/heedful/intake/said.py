"""Sentences of the pages of imports: columns, sheets, places. Questions and reasons are said in `book_words`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from heedful.foundation.people import words
from heedful.foundation.policies.taxonomies import taxonomy
from heedful.intake import book_words, here
from heedful.intake.understanding.model import Question

_MEANINGS = {
    "": gettext_lazy("Kept beside the event, as it is"),
    "ignore": gettext_lazy("Not needed"),
    "date": gettext_lazy("The day it happened"),
    "date+time": gettext_lazy("The day and time it happened"),
    "time": gettext_lazy("The time"),
    "time_end": gettext_lazy("Until when"),
    "date_reported": gettext_lazy("The day it was reported"),
    "service": gettext_lazy("The service"),
    "location": gettext_lazy("Where in the service"),
    "person": gettext_lazy("The person supported"),
    "kind": gettext_lazy("The kind of event"),
    "subtype": gettext_lazy("The kind of event, more exactly"),
    "narrative": gettext_lazy("What happened"),
    "antecedent": gettext_lazy("What led up to it"),
    "immediate_action": gettext_lazy("What was done at once"),
    "harm": gettext_lazy("How much harm came of it"),
    "reporter": gettext_lazy("Who told of it"),
    "local_ref": gettext_lazy("Your own reference"),
    "family_told": gettext_lazy("Was the family told?"),
    "gp_or_111": gettext_lazy("Was a GP or 111 asked?"),
    "safeguarding_raised": gettext_lazy("Was a safeguarding concern raised?"),
    "cqc_notified": gettext_lazy("Was CQC told?"),
    "status": gettext_lazy("Is it closed?"),
    "outcome": gettext_lazy("What came of it"),
    "lesson": gettext_lazy("What was learned"),
    "action": gettext_lazy("What is to be done"),
    "action_owner": gettext_lazy("Who does it"),
    "action_due": gettext_lazy("By when"),
    "action_owner+action_due": gettext_lazy("Who does it, and by when"),
    "period": gettext_lazy("The month"),
    "measure": gettext_lazy("What is counted"),
}
_ROLES = {
    "events": gettext_lazy("Your log: its rows become events"),
    "exposures": gettext_lazy("How much care there was. Not brought in by this page yet"),
    "actions": gettext_lazy("What is to be done. Not brought in by this page yet"),
    "lookup": gettext_lazy("A list that explains codes"),
    "notes": gettext_lazy("Notes"),
    "summary": gettext_lazy("Sums and counts, left out"),
}
HARMS = {"death": "fatal"}


def question(asked: Mapping[str, Any]) -> str:
    if asked["topic"] == here.TOPIC:
        return _("Is “%(name)s” one of your services?") % {"name": asked["scope"]}
    return book_words.question(Question(asked["topic"], asked["scope"], (), dict(asked["facts"])))


def choice(code: str, values: Sequence[str]) -> str:
    """One answer that can be chosen."""
    if code == "kind":
        return kind(values[0])
    if code == here.NEW:
        return _("No, open it as a new one")
    if code == "harm":
        return _(taxonomy("harm_to_body").label(HARMS.get(values[0], values[0])))
    return book_words.choice(code, tuple(values))


def hangs_on(rows: int, example: Sequence[object]) -> str:
    """How much an answer settles, and where to look."""
    settles = ngettext("%(rows)d row hangs on it.", "%(rows)d rows hang on it.", rows) % {"rows": rows}
    return f"{settles} {_('For example: %(place)s.') % {'place': place(str(example[0]), int(str(example[1])))}}"


def place(sheet: str, row: int) -> str:
    """Where a row stands, as its own program shows it."""
    if sheet == "(file)":
        return _("row %(row)d") % {"row": row}
    return _("“%(sheet)s”, row %(row)d") % {"sheet": sheet.strip(), "row": row}


def reason(code: str) -> str:
    """Why a row stays behind, as a heading."""
    words = book_words.reason(code)
    return words[:1].upper() + words[1:]


def meaning(code: str) -> str:
    """What a column was taken for."""
    if code.startswith("kind:"):
        return _("Ticked: %(kind)s") % {"kind": kind(code.removeprefix("kind:"))}
    return str(_MEANINGS.get(code, _MEANINGS[""]))


def role(code: str, copy_of: str) -> str:
    """What a sheet is."""
    if copy_of:
        return _("An old copy of “%(sheet)s”") % {"sheet": copy_of.strip()}
    return str(_ROLES[code])


def kind(code: str) -> str:
    """A kind of event in the organisation's own words."""
    found = {term.slug: term.label for term in words.terms("core_types").roots()}
    return str(found.get(code, code))
