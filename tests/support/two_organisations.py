"""Two organisations and what a plain twin of the rules says of them: what random days are checked against."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.test import Client
from django.utils import timezone
from hypothesis.stateful import RuleBasedStateMachine

from heedful.foundation.access import tenant
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import erasure
from heedful.foundation.people import operations as people
from heedful.foundation.people.viewers import viewer_of
from heedful.loop.duties import operations as duties
from heedful.loop.duties import reading
from heedful.loop.incidents import operations, queries
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named, NotAllowed, Refused, ReportRefused
from tests.integration.test_tenancy import tables_with_organisation
from tests.nightly.scale import SEED
from tests.support.reports import report
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

REPORTERS = ("care_worker", "colleague", "team_leader", "registered_manager", "manager_elsewhere", "safeguarding_lead")
STAFF = (*REPORTERS, "nominated_individual", "independent_contact")
DECIDERS = ("registered_manager", "manager_elsewhere", "safeguarding_lead", "nominated_individual")
ROLES = (*STAFF, "administrator", "inspector", "commissioner")
# What an operation may answer to somebody who may not, or may not now.
NO = (Refused, NotAllowed, ReportRefused, Http404, operations.MoveRefusedError, duties.TriageRefused,
      people.Refused, erasure.ErasureRefused)  # fmt: skip


# Who reads a case while it is not known yet which colleague is meant.
STANDS_APART = ("safeguarding_lead", "nominated_individual", "independent_contact", "inspector")


@dataclass
class Fact:
    """What the slow, plain twin remembers of one event."""

    at_home: bool
    reporter: str
    restricted: bool
    shut_out: set[str] = field(default_factory=set)
    # A source of harm was told of in words that nobody has matched to a person yet.
    in_doubt: bool = False
    # Whoever it is about was forgotten: its words may be gone.
    forgotten: bool = False


@dataclass
class Side:
    """One organisation: the real one, and what we know of it."""

    world: World
    facts: dict[UUID, Fact] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def canary(self) -> str:
        return f"zz{self.world.organisation.code}"

    def viewer(self, role: str) -> Viewer | None:
        return viewer_of(self.world.accounts[role].pk, self.world.organisation.id, now=timezone.now())

    def client(self, role: str) -> Client:
        if role not in self.clients:
            self.clients[role] = sign_in(Client(), self.world.accounts[role])
        return self.clients[role]

    def sees(self, role: str, fact: Fact) -> bool:
        """The rule, spelt out: whose work is it to see this?"""
        if role in self.left or role in fact.shut_out:
            return False
        if role == fact.reporter:
            return True
        if fact.in_doubt and role not in STANDS_APART:
            return False
        return {
            "team_leader": fact.at_home and not fact.restricted,
            "registered_manager": fact.at_home,
            "manager_elsewhere": not fact.at_home,
            "safeguarding_lead": True,
            "nominated_individual": True,
            "independent_contact": True,
            "inspector": True,
        }.get(role, False)

    def role_of(self, account_id: UUID | None) -> str | None:
        return next((key for key, one in self.world.accounts.items() if one.pk == account_id), None)


class TwoOrganisations(RuleBasedStateMachine):
    """Both of them, and how anybody tries anything there."""

    def __init__(self) -> None:
        super().__init__()
        self.sides = [Side(make_world(at=timezone.now() - timedelta(days=3))) for _ in range(2)]
        self.draw = random.Random(SEED)
        self.tables = tables_with_organisation()
        self.visitor = False

    def _named(self, side: Side, source: str) -> Named:
        if source == "typed":
            return Named(part="alleged_source", name="A tall man with a lanyard", works_here="yes")
        return Named(part="alleged_source", staff_id=side.world.staff[source].pk)

    def _role_of_staff(self, side: Side, staff_id: UUID | None) -> str | None:
        return next((key for key, one in side.world.staff.items() if one.pk == staff_id), None)

    def _event(self, side: Side, number: int) -> UUID | None:
        known = list(side.facts)
        return known[number % len(known)] if known else None

    def _one(self, side: Side, rows: Any, number: int) -> Any:
        with side.world.use():
            found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def _do(self, which: int, role: str, number: int, verb: Callable[[UUID, Viewer, Any], Any]) -> UUID | None:
        """Somebody tries something with one of their own organisation's events; the event, if it was done."""
        side = self.sides[which]
        event, viewer = self._event(side, number), side.viewer(role)
        if event is None or viewer is None:
            return None
        try:
            with side.world.use():
                verb(event, viewer, timezone.now())
        except NO:
            return None
        assert side.sees(role, side.facts[event]), f"{role} did something to an event that is not theirs to see"
        return event

    def _heads(self) -> list[tuple[int, int]]:
        found = []
        for side in self.sides:
            with side.world.use(), connection.cursor() as cursor:
                cursor.execute("SELECT sequence FROM ledger_head")
                found.append((cursor.fetchone()[0], Event.objects.count()))
        return found


def decide_as_suggested(event: UUID, by: Viewer, now: Any) -> Any:
    suggested = reading.suggest(queries.event(event, viewer=by), viewer=by)
    answers = tuple(
        duties.Answered(one.classification, "no" if one.answer == "ask" else one.answer, "Looked at, and no.")
        for one in suggested.classifications
    )
    decision = duties.Decision(level=suggested.level, why="A plain reason.", classifications=answers)
    return duties.triage(event_id=event, decision=decision, by=by, at=now)


def foreign_verbs(event: UUID, ours: Side, theirs: Side, by: Viewer, now: Any) -> list[Callable[[], Any]]:
    said = {"event_id": event, "by": by, "at": now}
    named = Named(part="witness", staff_id=theirs.world.staff["colleague"].pk)
    affected = Named(part="affected", person_id=theirs.world.people[0].pk)

    def tell(**changed: Any) -> Callable[[], Any]:
        new = report(ours.world, at=now, **changed)
        return lambda: operations.record(report=new, by=by, at=now)

    return [
        lambda: queries.event(event, viewer=by),
        lambda: operations.correct(changes={"words": "Changed"}, why="x", **said),
        lambda: operations.name_involved(named=named, **said),
        lambda: operations.pass_on(why="x", **said),
        lambda: operations.send_back(words="x", **said),
        lambda: operations.reopen(why="x", **said),
        lambda: operations.link_duplicate(other_id=event, **(said | {"event_id": next(iter(ours.facts), event)})),
        lambda: decide_as_suggested(event, by, now),
        tell(service_id=theirs.world.home.pk),
        tell(involved=(named,)),
        tell(involved=(affected,)),
        tell(team_id=theirs.world.team.pk),
    ]


def foreign_rows(tables: list[str], organisation_id: UUID) -> list[str]:
    """Names of tables, history and jobs too, in which this organisation sees a row that is not its own."""
    ask = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\" WHERE organisation_id <> %s)" for name in tables
    )
    ask += (
        " UNION ALL SELECT 'procrastinate_jobs' WHERE EXISTS (SELECT 1 FROM procrastinate_jobs"
        " WHERE args->>'organisation_id' <> %s)"
        " UNION ALL SELECT 'people_organisation' WHERE EXISTS (SELECT 1 FROM people_organisation WHERE id <> %s)"
    )
    side = str(organisation_id)
    with tenant.use(organisation_id), connection.cursor() as cursor:
        cursor.execute(ask, [side] * (len(tables) + 2))
        return [row[0] for row in cursor.fetchall()]
