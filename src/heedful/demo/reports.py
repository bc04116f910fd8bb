"""From what happened to the report that somebody sends: ordinary events and the stories told word for word."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from heedful.demo import before, cast
from heedful.demo.script import Story, topics
from heedful.demo.simulate import ZONE, Happening
from heedful.demo.world import LEADER, TELLERS, House, World
from heedful.foundation.policies import Interval
from heedful.loop.incidents.operations import Named, NewEvent, Told
from heedful.loop.incidents.reports import ALLEGED_SOURCE

ABOUT = timedelta(minutes=15)
CLINICAL = ("The nurse should look at it tomorrow.", "Rang 111 already.", "GP knows.")
FAMILY = (
    "They asked to be told of everything.",
    "They visit today and would see it.",
    "They worry if it comes late.",
)
UNSURE = (
    "It should not happen, I don't know if it is neglect.",
    "Not the first time.",
    "I did not see how it happened.",
)


@dataclass(frozen=True)
class Planned:
    """A report, who sends it and when, and what is to become of it."""

    report: NewEvent
    reporter: UUID
    told_at: datetime
    house: House
    short: str
    then: str = "decide"
    decided: str = ""
    question: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    decided_after: int | None = None
    duties: str = ""
    raised: bool = False
    by_team: bool = False
    # The story that goes on after the decision, and whether it also tells how this event was looked into.
    story: str = ""
    reviewed_in_story: bool = False


def ordinary(world: World, house: House, event: Happening) -> Planned:
    """An ordinary event, told by one of the service's care workers."""
    rng, topic = world.rng, topics()[event.topic]
    called = house.called[event.person] if event.person >= 0 else None
    colleague = before.first_name(house, event.colleague)
    who = called or cast.Called("Somebody", False, house.place.older)
    values: dict[str, Any] = {
        "words": who.fill(event.words, colleague, event.place.lower()),
        "kinds": event.kinds,
        "type": event.type,
        "occurred": Interval.exactly(event.at),
        "aware_at": event.at,
        "place": before.place_of(house, event),
        "involved": _people(house, event),
    }
    if rng.random() < 0.25:
        values |= {"occurred": Interval.about(event.at, ABOUT), "occurred_as": "about"}
        values["aware_at"] = event.at + ABOUT
    if not topic.short:
        values |= _full(event, who.fill(event.safe, colleague, ""), rng)
    staff = house.staff[event.reporter % min(TELLERS, len(house.staff))]
    report = NewEvent(client_key=_key(rng), service_id=house.service.pk, team_id=_team(house, rng), **values)
    told_at = max(event.told_at, values["aware_at"] + timedelta(minutes=2))
    return Planned(report, _account(staff), told_at, house, who.short if called else "everybody")


def _people(house: House, event: Happening) -> tuple[Named, ...]:
    found = [Named(part="on_duty", staff_id=house.staff[event.colleague % len(house.staff)].pk)]
    if event.person >= 0:
        found.insert(0, Named(part="affected", person_id=house.people[event.person].pk))
    return tuple(found)


def _full(event: Happening, made_safe: str, rng: Random) -> dict[str, Any]:
    """What a full report also answers."""
    hurt = event.harm not in ("none", "not_asked")
    unsure = event.topic in ("skin", "dignity", "visit", "money", "food") and rng.random() < 0.06
    told_at = event.at + timedelta(minutes=25)
    informed = [Told(who="manager", told_at=told_at)] if rng.random() < 0.4 else []
    if hurt and rng.random() < 0.7:
        informed.append(Told(who="family", told_at=told_at))
    return {
        "harm_body": event.harm,
        "harm_mind": event.mind,
        "safe_now": "yes",
        "made_safe": made_safe,
        "met_safeguarding": "unsure" if unsure else "no",
        "met_safeguarding_why": rng.choice(UNSURE) if unsure else "",
        "met_clinical": "yes" if hurt and rng.random() < 0.5 else "no",
        "met_clinical_why": rng.choice(CLINICAL) if hurt else "",
        "met_family": "yes" if hurt else "no",
        "met_family_why": rng.choice(FAMILY) if hurt else "",
        "discharge": "no",
        "informed": tuple(informed),
    }


def told(world: World, house: House, story: Story) -> Planned:
    """A story, at its time; what would lie ahead of now happened a day earlier."""
    at = _moment(story, world.now)
    told_at = at + timedelta(minutes=story.after_minutes)
    if told_at >= world.now:
        at, told_at = at - timedelta(days=1), told_at - timedelta(days=1)
    values = _short(story, at) if _is_short(story) else _short(story, at) | _whole(story, at)
    report = NewEvent(
        client_key=_key(world.rng),
        service_id=house.service.pk,
        team_id=_team(house, world.rng),
        words=_with_names(story.words, house),
        involved=_parts(world, house, story),
        **values,
    )
    person = cast.story_person(story.person, house.place.older).short if story.person else "everybody"
    return Planned(
        report, _by(world, house, story.by), told_at, house, person,
        then=story.then, decided=story.decided, question=story.question, answers=story.answers,
        decided_after=story.decided_after, duties=story.duties, raised=story.raised, by_team=story.by_team,
        story=story.story, reviewed_in_story=story.reviewed_in_story,
    )  # fmt: skip


def _moment(story: Story, now: datetime) -> datetime:
    number, wall = story.at
    if wall == "hours ago":
        return (now - timedelta(hours=number)).replace(second=0, microsecond=0)
    day = now.astimezone(ZONE).date() - timedelta(days=number)
    return datetime.combine(day, time.fromisoformat(wall), tzinfo=ZONE)


def _is_short(story: Story) -> bool:
    return set(story.kinds) <= {"near_miss", "worry", "good_care"}


def _short(story: Story, at: datetime) -> dict[str, Any]:
    return {
        "kinds": story.kinds,
        "type": story.type,
        "occurred": Interval.exactly(at),
        "aware_at": at,
        "place": story.place,
        "confidential": story.confidential,
    }


def _whole(story: Story, at: datetime) -> dict[str, Any]:
    hurt = story.harm not in ("none", "unknown")
    known = story.discharge_days is not None
    return {
        "harm_body": story.harm,
        "harm_mind": story.mind,
        "safe_now": story.safe_now,
        "made_safe": story.made_safe,
        "met_safeguarding": story.safeguarding,
        "met_safeguarding_why": story.why,
        "met_clinical": "yes" if hurt else "no",
        "met_family": "yes" if hurt or story.mind in ("low", "moderate") else "no",
        "discharge": "yes" if known else "no",
        "discharge_days": story.discharge_days,
        "informed": tuple(Told(who=who, told_at=at + timedelta(minutes=20)) for who in story.told),
    }


def _parts(world: World, house: House, story: Story) -> tuple[Named, ...]:
    found = []
    if story.person:
        place = next(place for place, one in enumerate(house.called) if one.name == story.person)
        found.append(Named(part="affected", person_id=house.people[place].pk))
    for number, part in story.others.items():
        found.append(Named(part=part, staff_id=house.staff[int(number)].pk))
    if story.source:
        what, _, key = story.source.partition(":")
        staff = world.cast_staff[cast.manager_of(key).key] if what == "manager" else None
        found.append(
            Named(part=ALLEGED_SOURCE, staff_id=staff.pk if staff else None, name="" if staff else story.source)
        )
    return tuple(found)


def _with_names(words: str, house: House) -> str:
    """`{c4}` is the first name of the fifth in the service's list."""
    return words.format(**{f"c{number}": before.first_name(house, number) for number in range(len(house.staff))})


def _by(world: World, house: House, who: int | str) -> UUID:
    if who == "team_leader":
        return _account(house.staff[LEADER])
    return _account(house.staff[who]) if isinstance(who, int) else world.accounts[who].pk


def _account(staff: Any) -> UUID:
    account: UUID = staff.account_id
    return account


def _team(house: House, rng: Random) -> UUID:
    return rng.choice(house.teams).pk


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
