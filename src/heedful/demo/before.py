"""What services wrote down before they used Heedful, brought in as history: it counts and starts nothing."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from random import Random
from uuid import UUID

from heedful.demo import cast
from heedful.demo.simulate import Happening
from heedful.demo.world import House, World
from heedful.foundation.access.models import new_id
from heedful.foundation.policies import Interval, local_date, taxonomy
from heedful.loop.incidents import imported, local_time

SHEET = "incident-spreadsheet"
FORMER = 40


def bring_in(world: World, house: House, events: Sequence[Happening], at: datetime) -> int:
    """One service's own list of incidents, as one import."""
    if not events:
        return 0
    former = list(islice(cast.people(house.place.older, world.rng), FORMER))
    rows = [_row(house, event, former, world.rng) for event in sorted(events, key=lambda one: one.at)]
    origin = imported.Origin(SHEET, new_id(), "import:larkrise-log")
    kept = imported.keep_history(rows=rows, origin=origin, by=world.system, at=at)
    return len(kept.created)


def _row(house: House, event: Happening, former: Sequence[cast.Called], rng: Random) -> imported.Row:
    at, told_at = event.at.astimezone(UTC), event.told_at.astimezone(UTC)
    external_id = f"{house.place.key}-{UUID(int=rng.getrandbits(128)).hex[:10]}"
    values = {
        "words": _words(house, event, former, rng),
        "place": place_of(house, event, known=False),
        "kinds": list(event.kinds),
        "type": event.type.partition(".")[0],
        "subtype": event.type if "." in event.type else "",
        "harm_body": event.harm,
        "harm_mind": "not_asked",
        "made_safe": "",
        "aware_at": at,
        "recorded_at": told_at,
        "occurred_from": at,
        "occurred_to": at,
        "occurred_as": "exact",
        **vars(local_time.local_parts(Interval.exactly(at), house.service.time_zone)),
        "retain_from": local_date(told_at, house.service.time_zone),
    }
    digest = hashlib.sha256(f"{external_id}{values['words']}{at}".encode()).digest()
    title = taxonomy("core_types").label(event.type)
    return imported.Row(external_id, house.service.pk, title, values, (), digest)


def _words(house: House, event: Happening, former: Sequence[cast.Called], rng: Random) -> str:
    """About somebody who was there then."""
    who = house.called[event.person] if event.person >= 0 else former[0]
    if event.person >= 0 and house.since[event.person] > event.at.date():
        who = rng.choice(former)
    return who.fill(event.words, first_name(house, event.colleague), event.place.lower())


def place_of(house: House, event: Happening, *, known: bool = True) -> str:
    """A bedroom has its number, so that two people's rooms are two places."""
    if event.place not in ("Bedroom", "Ensuite", "Bathroom", "Flat") or not known or event.person < 0:
        return event.place
    return f"{'Room' if house.place.older else 'Flat'} {house.rooms[event.person]}"


def first_name(house: House, number: int) -> str:
    return house.staff[number % len(house.staff)].name.split()[0]
