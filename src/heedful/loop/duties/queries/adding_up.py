"""Worries and small events about one person or one place that add up: one picture, not three notes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from heedful.foundation.access.viewer import Viewer
from heedful.loop.duties.reading import SMALL_HARM, is_small
from heedful.loop.incidents import queries as incidents

LOOKS_BACK = timedelta(days=90)
ENOUGH = 3
MOST = 2000
Named = Mapping[UUID, Mapping[UUID, str]]


@dataclass(frozen=True)
class Picture:
    """Small events that belong together. Of those in `waiting`, somebody still has to decide."""

    about: str
    # "person" or "place"
    kind: str
    events: tuple[Any, ...]
    waiting: frozenset[UUID]

    @property
    def since(self) -> datetime:
        moments: list[datetime] = [event.occurred_from for event in self.events]
        return min(moments)


def adding_up(viewer: Viewer, waiting: Iterable[Any], now: datetime) -> list[Picture]:
    """Pictures that contain an event of `waiting`, the largest first. The same number of queries for any number."""
    here = {event.pk: event for event in waiting}
    small = [event for event in here.values() if is_small(event)]
    people = incidents.affected_by(event.pk for event in small)
    wanted = {person for names in people.values() for person in names}
    places = {(event.service_id, event.place.casefold()) for event in small if event.place and event.pk not in people}
    earlier = _earlier(viewer, wanted, places, now) if wanted or places else []
    named = incidents.affected_by(event.pk for event in earlier)
    found = _about_people(earlier, named, wanted) + _about_places(earlier, named, places)
    pictures = [
        Picture(about, kind, tuple(events), frozenset(event.pk for event in events if event.pk in here))
        for about, kind, events in found
        if len(events) >= ENOUGH
    ]
    return _apart(sorted(pictures, key=lambda one: (-len(one.events), one.kind, one.about)))


def _earlier(viewer: Viewer, people: set[UUID], places: set[tuple[UUID, str]], now: datetime) -> list[Any]:
    since = now - LOOKS_BACK
    # Two look-ups: by the people, and by the places. Joined in one statement they read everything since then.
    in_places = Q(service_id__in={service for service, _ in places}, here__in={place for _, place in places})
    about = Q(pk__in=incidents.affecting(people, since=since)) | in_places
    rows = incidents.visible_to(viewer).annotate(here=Lower("place")).filter(about, occurred_from__gte=since)
    rows = rows.filter(harm_body__in=SMALL_HARM, harm_mind__in=SMALL_HARM)
    rows = rows.exclude(status="duplicate").order_by("-occurred_from", "-id")
    return [event for event in rows.select_related("service")[:MOST] if is_small(event)]


def _about_people(events: list[Any], named: Named, wanted: set[UUID]) -> list[tuple[str, str, list[Any]]]:
    groups: dict[UUID, list[Any]] = defaultdict(list)
    names: dict[UUID, str] = {}
    for event in events:
        for person, name in named.get(event.pk, {}).items():
            if person in wanted:
                groups[person].append(event)
                names[person] = name
    return [(names[person], "person", group) for person, group in groups.items()]


def _about_places(events: list[Any], named: Named, wanted: set[tuple[UUID, str]]) -> list[tuple[str, str, list[Any]]]:
    """In one place the same kind of thing adds up, where it is about nobody in particular."""
    groups: dict[tuple[UUID, str, str], list[Any]] = defaultdict(list)
    for event in events:
        place = (event.service_id, event.place.casefold())
        if place in wanted and event.type and event.pk not in named:
            groups[(*place, event.type)].append(event)
    return [(f"{group[0].place}, {group[0].service.name}", "place", group) for group in groups.values()]


def _apart(pictures: list[Picture]) -> list[Picture]:
    """Without those whose events another picture shows already."""
    kept: list[Picture] = []
    for one in pictures:
        shown = {event.pk for event in one.events}
        if one.waiting and not any(shown <= {event.pk for event in other.events} for other in kept):
            kept.append(one)
    return kept
