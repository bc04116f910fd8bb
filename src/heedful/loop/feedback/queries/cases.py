"""One case and everybody who could be told about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits.known import names_known
from heedful.foundation.people.models import Person, Relation
from heedful.loop.duties import queries as duties
from heedful.loop.feedback import rules
from heedful.loop.feedback.models import FamilyDecision, KnownResult, PoliceWord, Telling
from heedful.loop.feedback.rules import Recipient, Standing
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.queries import Event
from heedful.loop.incidents.reports import ALLEGED_SOURCE


@dataclass(frozen=True)
class FamilyMember:
    """Somebody close to a person supported, and the newest decision whether they may be told."""

    relation: Relation
    decision: FamilyDecision | None


@dataclass(frozen=True)
class Supported:
    """A person supported with a part in the case, and those close to them."""

    person: Person
    family: tuple[FamilyMember, ...]


def may_tell(event: Event, viewer: Viewer) -> bool:
    """Whoever decides about a case also chooses what is told of it."""
    return event.source == "live" and bool(may(viewer, Permission.TRIAGE_EVENT, incidents.subject_of(event)))


def event_to_tell(event_id: UUID, *, viewer: Viewer) -> Event:
    """A case of which the viewer chooses what is told, or Http404."""
    event = incidents.event(event_id, viewer=viewer)
    if not may_tell(event, viewer):
        raise Http404
    return event


def supported_in(event: Event) -> list[Supported]:
    """The people supported in this case, never one who is named as a possible source of harm, nor their family."""
    rows = [one for one in incidents.involved_in(event) if one.person_id]
    sources = {one.person_id for one in rows if one.part == ALLEGED_SOURCE}
    wanted = {one.person_id for one in rows if one.person_id} - sources
    people = Person.objects.filter(pk__in=wanted).order_by("name", "id")
    return [Supported(person, tuple(family_of(event, person.pk))) for person in people]


def family_of(event: Event, person_id: UUID) -> list[FamilyMember]:
    decided = {row.relation_id: row for row in FamilyDecision.objects.filter(event=event).order_by("number")}
    rows = Relation.objects.filter(person_id=person_id).select_related("person").order_by("name", "id")
    return [FamilyMember(row, decided.get(row.pk)) for row in rows]


def relation_in(event: Event, relation_id: UUID) -> FamilyMember:
    """One relation of a person in this case, or Http404."""
    for one in supported_in(event):
        for member in one.family:
            if member.relation.pk == relation_id:
                return member
    raise Http404


def police_come_first(event: Event) -> bool:
    """Should the police be told, or may it be that they should, and have they not said yet that we may tell?"""
    return event.pk in where_police_come_first([event.pk])


def where_police_come_first(event_ids: Iterable[UUID]) -> set[UUID]:
    """The same for many events at once."""
    asked = {pk: row for pk, row in duties.answers_to("police", event_ids).items() if row.answer != "no"}
    words = PoliceWord.objects.filter(event_id__in=asked).values_list("event_id", "recorded_at")
    free = {pk for pk, at in words if at >= asked[pk].decided_at}
    return set(asked) - free


def police_words(event: Event) -> list[PoliceWord]:
    return list(PoliceWord.objects.filter(event=event).order_by("number"))


def family_decisions(event: Event, relation_id: UUID) -> list[FamilyDecision]:
    """Every decision about one relation, oldest first."""
    return list(FamilyDecision.objects.filter(event=event, relation_id=relation_id).order_by("number"))


def tellings_of(event: Event) -> list[Telling]:
    """Everything that was told of a case, oldest first. The event came from `event_to_tell` or the case file."""
    rows = Telling.objects.filter(event=event).select_related("person", "relation")
    return list(rows.order_by("told_at", "id"))


def known_results(action_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Whether actions worked, as far as it is known."""
    return dict(KnownResult.objects.filter(action_id__in=list(action_ids)).values_list("action_id", "answer"))


def standing(
    event: Event,
    recipient: Recipient,
    *,
    viewer: Viewer,
    person_id: UUID | None = None,
    relation_id: UUID | None = None,
) -> Standing:
    """How this recipient stands to the case, for the rules. Http404 for somebody who has no part in it."""
    whole = Standing(
        recipient=recipient,
        decided=duties.triage_of(event.pk) is not None,
        police_first=police_come_first(event),
        in_doubt=bool(incidents.unmatched_names(event)),
        known=tuple(names_known("event", event.pk)),
    )
    if recipient is Recipient.REPORTER:
        return _of_reporter(whole, event, viewer)
    if recipient is Recipient.PERSON:
        person = _person_in(event, person_id)
        return replace(whole, known=rules.without(whole.known, [person.name, person.known_as]))
    return _of_relation(whole, event, relation_id)


def _of_reporter(whole: Standing, event: Event, viewer: Viewer) -> Standing:
    """Whoever told us is "you": a name that passed would say who it is."""
    stands = incidents.reporter_stands(event)
    return replace(
        whole,
        alleged_source=stands.alleged_source,
        reachable=stands.reachable,
        identity_withheld=incidents.name_is_withheld(event, viewer),
    )


def _of_relation(whole: Standing, event: Event, relation_id: UUID | None) -> Standing:
    if relation_id is None:
        raise Http404
    member = relation_in(event, relation_id)
    row = member.relation
    return replace(
        whole,
        alleged_source=rules.may_be_meant(row.name, row.relationship, _sources_typed(event)),
        family_allowed=member.decision.allowed if member.decision else None,
        known=rules.without(whole.known, [row.name, row.person.name, row.person.known_as]),
    )


def _person_in(event: Event, person_id: UUID | None) -> Person:
    for one in supported_in(event):
        if one.person.pk == person_id:
            return one.person
    raise Http404


def _sources_typed(event: Event) -> list[str]:
    return [one.name for one in incidents.involved_in(event) if one.part == ALLEGED_SOURCE]
