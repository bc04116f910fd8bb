"""The parts of a case that can be given to a body outside, each as plain text. Who told us is never one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _

from heedful.foundation.policies import taxonomy
from heedful.foundation.ui.filters import local
from heedful.loop.duties import queries as duties
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.rules import reference_for


@dataclass(frozen=True)
class Part:
    """One part: its code in the register, its heading, and its words as they would be given."""

    slug: str
    label: str
    text: str


def parts(event: Any) -> list[Part]:
    """Those that hold something."""
    found = [
        Part("when_and_where", _("When and where"), _when_and_where(event)),
        Part("words", _("What happened, in the words of whoever told us"), event.words),
        Part("people", _("Who was part of it"), _lines((one.part_label, one.name) for one in _involved(event))),
        Part("harm", _("Harm"), _harm(event)),
        Part("made_safe", _("What was done to make it safe"), event.made_safe),
        Part("told", _("Who was told"), _lines((who, name) for who, name, _at in incidents.informed_of(event))),
        Part("decided", _("What was decided, and why"), _decided(event)),
        Part("duties", _("Separate questions"), _duties(event)),
    ]
    return [part for part in found if part.text.strip()]


def document(event: Any, chosen: Iterable[Part], *, lines: Iterable[tuple[str, str]]) -> str:
    """What is given, with its own heading: from whom, to whom, on what basis."""
    head = [_("Case %(code)s") % {"code": reference_for(event.number)}, *(f"{label}: {said}" for label, said in lines)]
    body = [f"{part.label}\n{'-' * len(part.label)}\n{part.text}" for part in chosen]
    return "\n".join(head) + "\n\n" + "\n\n".join(body) + "\n"


def _involved(event: Any) -> list[incidents.Shown]:
    return [one for one in incidents.involved_in(event) if one.part != "raised_by"]


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{label}: {said}" if said else str(label) for label, said in pairs)


def _when_and_where(event: Any) -> str:
    zone = event.service.time_zone
    start = dateformat.format(local(event.occurred_from, zone), "j F Y, H:i")
    place = ", ".join(filter(None, [event.place, event.service.name]))
    return f"{start if event.occurred_as != 'day' else start.split(',')[0]}\n{place}"


def _harm(event: Any) -> str:
    rows = [(_("Body"), "harm_to_body", event.harm_body), (_("Mind"), "harm_to_mind", event.harm_mind)]
    return _lines((label, taxonomy(name).label(code)) for label, name, code in rows if code in taxonomy(name))


def _decided(event: Any) -> str:
    decision = duties.triage_of(event.pk)
    return str(decision.why) if decision else ""


def _duties(event: Any) -> str:
    names, answers = taxonomy("classifications"), taxonomy("answers")
    rows = duties.classifications_of(event.pk)
    return _lines((names.label(row.kind), f"{answers.label(row.answer)}. {row.why}".strip()) for row in rows)
