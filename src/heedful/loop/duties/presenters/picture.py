"""The picture that a decider looks at: their words, what is known, what was seen before, and what we suggest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people import words
from heedful.foundation.policies import Level, Rulebook, taxonomy
from heedful.foundation.ui.filters import in_words
from heedful.loop.duties import queries
from heedful.loop.duties.reading import Before, Known, level_word
from heedful.loop.duties.rules import Assessment, Reason, Suggestion
from heedful.loop.incidents import links
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.rules import WAITING_FOR_A_DECISION, reference_for

MOST_SHOWN = 5
MOST_CHANGES = 4
ENGLAND = "england"


@dataclass(frozen=True)
class Suggested:
    """What we suggest, as a page says it."""

    word: str
    meaning: str
    response: str
    reasons: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
    theme: bool
    level: Level


@dataclass(frozen=True)
class Seen:
    """One earlier event in the aside."""

    at: datetime
    title: str
    shares: str
    url: str
    # Closed once somebody has decided.
    ring: str


def sentence(reason: Reason) -> str:
    """The reason in the reader's language, its blanks filled."""
    return _(reason.text) % reason.values


def names(suggestions: Sequence[Suggestion]) -> list[str]:
    """The separate questions by their short names."""
    labels = taxonomy("classifications")
    return [_(labels.label(one.classification)) for one in suggestions]


def kept_reasons(reasons: Sequence[Mapping[str, Any]]) -> list[str]:
    """The reasons that a stored decision kept."""
    return [_(one["text"]) % one["values"] for one in reasons]


def suggested(assessment: Assessment) -> Suggested:
    changes = [(_(one.text), level_word(one.level)) for one in assessment.would_change[:MOST_CHANGES]]
    return Suggested(
        word=level_word(assessment.level),
        meaning=_(assessment.meaning),
        response=_(assessment.response),
        reasons=tuple(sentence(reason) for reason in assessment.reasons),
        changes=tuple(changes),
        theme=assessment.thematic_review,
        level=assessment.level,
    )


def seen(known: Known) -> list[Before]:
    """The earlier events to show: the same person or source, and the same kind of thing in the same place."""
    kind = known.event.type
    return [one for one in known.before if one.same_person or one.same_source or one.event.type == kind]


def lines(before: Sequence[Before]) -> list[Seen]:
    """The nearest of them; of too many, those about the same person are kept."""
    nearest = sorted(before, key=lambda one: not (one.same_person or one.same_source))
    kept = sorted(nearest[:MOST_SHOWN], key=lambda one: one.event.occurred_from, reverse=True)
    return [_seen(one) for one in kept]


def cautions(book: Rulebook, nation: str) -> list[str]:
    """What a reader must know of the policies; outside England both cautions, as the rules were not made there."""
    found = [book.seriousness.caution] if nation == ENGLAND else [book.seriousness.caution, book.duties.caution]
    return [_(text) for text in found if text]


def override_sentence(viewer: Viewer) -> str:
    """How often this person chose another level than suggested. Both numbers; no judgement."""
    other, of = queries.overrides(viewer.account_id)
    if not of:
        return ""
    said = ngettext(
        "You chose another level in %(other)s of your last %(of)s decision.",
        "You chose another level in %(other)s of your last %(of)s decisions.",
        of,
    ) % {"other": in_words(other), "of": of}
    return f"{said} {_('That is fine. We keep the reasons so that the guide can learn.')}"


def told(known: Known) -> list[tuple[str, str]]:
    """What the report says besides the words, as label and value."""
    event = known.event
    rows = [
        (_("Harm to the body"), _harm("harm_to_body", event.harm_body)),
        (_("Harm to the mind"), _harm("harm_to_mind", event.harm_mind)),
        (_("Could it be abuse or neglect?"), _answer(event.met_safeguarding, event.met_safeguarding_why)),
        (_("Does a nurse or doctor need to know?"), _answer(event.met_clinical, event.met_clinical_why)),
        (_("Should the family be told?"), _answer(event.met_family, event.met_family_why)),
        (_("Who"), "; ".join(f"{one.name}: {_(one.part_label).lower()}" for one in known.involved)),
        (_("Told already"), ", ".join(filter(None, (_(who) for who, _name, _at in incidents.informed_of(event))))),
        (_("They call it"), ", ".join(_(words.label("event_kinds", kind)) for kind in event.kinds)),
    ]
    return [(label, value) for label, value in rows if value]


def teller(event: Any, viewer: Viewer, at: datetime) -> str:
    """Who told us, as far as this viewer may know. Looking is written in the ledger."""
    shown = incidents.reporter_of(event, viewer=viewer, at=at)
    withheld = {
        "confidential": _("Told in confidence"),
        "imported": _("Imported"),
    }
    return shown.name or withheld.get(shown.withheld, _("Somebody here"))


def page(known: Known, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """All that stands on the page besides the forms and the suggestion."""
    event = known.event
    return {
        "event": event,
        "reference": reference_for(event.number),
        "teller": teller(event, viewer, at),
        "deciding": incidents.assignment_of(event),
        "told": told(known),
        "questions_asked": incidents.questions_of(event),
        "seen": lines(seen(known)),
        "more_seen": max(0, len(seen(known)) - MOST_SHOWN),
        "looks_back": known.book.seriousness.looks_back_days,
        "book": known.book,
        "cautions": cautions(known.book, event.service.nation),
        "in_england": event.service.nation == ENGLAND,
        "override": override_sentence(viewer),
        "decisions": queries.decisions_of(event.pk),
        "case_url": _case(event),
        "level_word": level_word,
        "from_code": Level.from_code,
    }


def _seen(one: Before) -> Seen:
    event = one.event
    ring = "now" if event.source == "live" and event.status in WAITING_FOR_A_DECISION else "done"
    return Seen(event.occurred_from, event.title, _shares(one), _case(event), ring)


def _shares(one: Before) -> str:
    if one.same_person:
        return _("Same person")
    return _("Same person named as source") if one.same_source else _("Same place")


def _case(event: Any) -> str:
    return links.to_case(event.pk)


def _harm(name: str, code: str) -> str:
    return _("Not asked in a short report") if code == "not_asked" else _(words.label(name, code))


def _answer(code: str, why: str) -> str:
    if not code or code not in taxonomy("answers"):
        return ""
    return ". ".join(filter(None, [_(taxonomy("answers").label(code)), why.rstrip(".")]))
