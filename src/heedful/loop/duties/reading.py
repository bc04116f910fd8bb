"""What the record already knows about an event, as the facts that the rules may look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import (
    Answer,
    Harm,
    Interval,
    Level,
    NoPolicyInForce,
    Rulebook,
    deadline_for,
    rulebook,
    taxonomy,
)
from heedful.foundation.policies.tables import Duty
from heedful.loop.duties.rules import Assessment, Facts, History, assess
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.reports import ALLEGED_SOURCE

# A worry or a small event; what was serious in itself was decided as such.
SMALL_HARM = ("none", "low", "unknown", "not_asked", "")
MOST_BEFORE = 200
AFFECTED = "affected"


@dataclass(frozen=True)
class Before:
    """An earlier event that belongs in view of the decider, and what it shares with this one."""

    event: Any
    same_person: bool
    same_source: bool
    same_place: bool = False
    # Small things about nobody in particular (a wet floor, a door) add up by place; those about a person, by person.
    about_nobody: bool = False


@dataclass(frozen=True)
class Known:
    """All that was read of one event, so that a page reads it once."""

    event: Any
    book: Rulebook
    involved: tuple[Any, ...]
    informed: frozenset[str]
    before: tuple[Before, ...]

    def facts(self, answers: Mapping[str, Any] | None = None) -> Facts:
        """The facts from the record, with what the decider has answered on top."""
        told = dict(answers or {})
        types = frozenset(told.pop("types", None) or ({self.event.subtype or self.event.type} - {""}))
        history = self._history(types, told.pop("plan_changed", Answer.UNKNOWN))
        return Facts(**(self._recorded() | {"types": types, "history": history} | told))

    def suggest(self, answers: Mapping[str, Any] | None = None) -> Assessment:
        """What the policy suggests on what is known now. It suggests; a person decides."""
        return assess(self.facts(answers), self.book)

    def _recorded(self) -> dict[str, Any]:
        event, sources = self.event, [row for row in self.involved if row.part == ALLEGED_SOURCE]
        return {
            "kinds": frozenset(event.kinds),
            "harm_to_body": Harm(event.harm_body),
            "harm_to_mind": Harm(event.harm_mind),
            "made_safe": Answer(event.safe_now),
            "safeguarding": Answer(event.met_safeguarding or "unknown"),
            "clinical": Answer(event.met_clinical or "unknown"),
            "family": Answer(event.met_family or "unknown"),
            "people_affected": max(1, len({row.person_id or row.name for row in self.involved if _is_supported(row)})),
            "alleged_source_named": Answer.YES if sources else Answer.NO,
            "alleged_source_is_staff": _is_staff(sources),
            "days_since_discharge": event.discharge_days,
            "informed": self.informed,
        }

    def _history(self, types: frozenset[str], plan_changed: Answer) -> History:
        nobody = not any(row.part == AFFECTED and row.person_id for row in self.involved)
        similar = sum(1 for row in self.before if is_similar(row, types, about_nobody=nobody))
        small = sum(1 for row in self.before if row.same_person and is_small(row.event))
        return History(
            similar_before=similar,
            # Said only where similar ones alone are no pattern yet: the same events are not two reasons.
            small_before=small if similar < 2 else 0,
            same_source_before=sum(1 for row in self.before if row.same_source),
            plan_changed=plan_changed,
        )


def know(event: Any, *, viewer: Viewer) -> Known:
    """Read what bears on the decision. Earlier events count as far as the viewer may see them."""
    book = rules_for(event)
    involved = tuple(incidents.involved_in(event))
    before = _before(event, involved, viewer, book.seriousness.looks_back_days)
    return Known(event, book, involved, incidents.informed_codes(event), tuple(before))


def facts_of(event: Any, *, viewer: Viewer, answers: Mapping[str, Any] | None = None) -> Facts:
    return know(event, viewer=viewer).facts(answers)


def suggest(event: Any, *, viewer: Viewer, answers: Mapping[str, Any] | None = None) -> Assessment:
    return know(event, viewer=viewer).suggest(answers)


def seen_before(event: Any, *, viewer: Viewer, days: int) -> list[Before]:
    """Earlier events about the same people, the same named source or the same place, newest first."""
    return _before(event, tuple(incidents.involved_in(event)), viewer, days)


def is_small(event: Any) -> bool:
    """A worry or an event without serious harm to body or mind, as far as anybody knows. Good care is neither."""
    if set(event.kinds) == {"good_care"}:
        return False
    return event.harm_body in SMALL_HARM and event.harm_mind in SMALL_HARM


def is_similar(before: Before, types: frozenset[str], *, about_nobody: bool) -> bool:
    """A small event about the same person, of the same kind as far as anybody said.

    In the same place, only what is about nobody in particular: in a busy lounge many people fall once.
    """
    if not is_small(before.event):
        return False
    roots = {code.partition(".")[0] for code in types}
    root = before.event.type.partition(".")[0]
    if before.same_person:
        return not roots or not root or root in roots
    return before.same_place and before.about_nobody and about_nobody and bool(root) and root in roots


# --- policies -----------------------------------------------------------------------------------------------------


def rules_for(event: Any) -> Rulebook:
    """The policies that held where and when the event became known. Somewhere unknown, the default of the nation."""
    service, on = event.service, event.aware_at.date()
    try:
        return rulebook(on=on, nation=service.nation, authority=service.host_authority or None)
    except NoPolicyInForce:
        return rulebook(on=on, nation="uk")


def deadline(event: Any, book: Rulebook, clock: str, start: datetime | Interval) -> datetime:
    """When a limit runs out. Where the nation is unknown, working days are those of England."""
    limit, zone = book.clocks.clock(clock), event.service.time_zone
    try:
        return deadline_for(limit, start, zone=zone, nation=event.service.nation)
    except NoPolicyInForce:
        return deadline_for(limit, start, zone=zone, nation="england")


def duty_of(event: Any, kind: str) -> Duty | None:
    """What the policy says about one of the separate questions; None when it does not ask it any more."""
    return next((duty for duty in rules_for(event).duties.duties if duty.slug == kind), None)


def question_for(event: Any, what: str) -> str:
    """The question behind something to find out, in English; pages translate it."""
    asked = rules_for(event).seriousness.find_out
    return next((item.question for item in asked if item.input == what), what)


def level_word(level: Level) -> str:
    """Note, Reflect, Review, Enquiry or Emergency."""
    return _(taxonomy("levels").label(level.word))


# --- the record ---------------------------------------------------------------------------------------------------


def _is_supported(row: Any) -> bool:
    """Colleagues who were hurt are counted as staff, not as people we support."""
    return row.part == AFFECTED and not row.staff_id


def _is_staff(sources: list[Any]) -> Answer:
    """Whoever is named may work here until somebody has said who it is."""
    if any(row.staff_id for row in sources):
        return Answer.YES
    if any(row.to_match and not row.person_id for row in sources):
        return Answer.UNSURE
    return Answer.UNKNOWN


def _before(event: Any, involved: tuple[Any, ...], viewer: Viewer, days: int) -> list[Before]:
    people = {row.person_id for row in involved if row.person_id and row.part == AFFECTED}
    sources = {one for row in involved if row.part == ALLEGED_SOURCE and (one := row.staff_id or row.person_id)}
    since = event.occurred_from - timedelta(days=days)
    # The people are looked up first: joined with the place in one statement they read everything since then.
    with_person = incidents.affecting(people, since=since)
    with_source = incidents.naming_as_source(sources, since=since)
    same_place = Q(service_id=event.service_id, place__iexact=event.place) if event.place else Q(pk__in=[])
    rows = _earlier(event, viewer, since).filter(Q(pk__in=with_person | with_source) | same_place)
    found = list(rows.order_by("-occurred_from", "-id")[:MOST_BEFORE])
    affected = incidents.affected_by(row.pk for row in found)
    return [
        Before(row, row.pk in with_person, row.pk in with_source, _in_place(row, event), row.pk not in affected)
        for row in found
    ]


def _in_place(row: Any, event: Any) -> bool:
    there = bool(event.place) and row.place.casefold() == event.place.casefold()
    return there and row.service_id == event.service_id


def _earlier(event: Any, viewer: Viewer, since: datetime) -> QuerySet[Any]:
    window = incidents.visible_to(viewer).filter(occurred_from__gte=since, occurred_from__lte=event.occurred_to)
    return window.exclude(pk=event.pk).exclude(status="duplicate").select_related("service")
