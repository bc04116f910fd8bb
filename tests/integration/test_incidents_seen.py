"""Who sees an event, and who told us."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from heedful.foundation.ledger.models import Entry
from heedful.foundation.policies import Interval
from heedful.loop.incidents import operations, queries
from heedful.loop.incidents.models import Event
from tests.support.reports import NOW, report, told
from tests.support.world import World, make_world

EVERYONE = [
    "care_worker",
    "colleague",
    "team_leader",
    "registered_manager",
    "manager_elsewhere",
    "safeguarding_lead",
    "nominated_individual",
    "independent_contact",
    "administrator",
    "inspector",
    "commissioner",
]


def seen(world: World, event: Event) -> set[str]:
    return {key for key in EVERYONE if queries.visible_to(world.viewer(key)).filter(pk=event.pk).exists()}


READERS = {"team_leader", "registered_manager", "safeguarding_lead", "nominated_individual", "independent_contact"}


def test_an_event_is_seen_by_its_reporter_and_by_those_whose_roles_reach_it() -> None:
    world = make_world()
    event = told(world).event
    elsewhere = told(world, service_id=world.other_home.id).event
    with world.use():
        assert seen(world, event) == {"care_worker", "inspector"} | READERS
        wide = READERS - {"team_leader", "registered_manager"}
        assert seen(world, elsewhere) == {"care_worker", "inspector", "manager_elsewhere"} | wide


def test_a_confidential_report_is_not_seen_by_the_team_leader() -> None:
    world = make_world()
    event = told(world, confidential=True).event
    with world.use():
        assert seen(world, event) == {"care_worker", "inspector"} | (READERS - {"team_leader"})


def test_what_is_removed_foreign_or_absent_is_not_there() -> None:
    world, other = make_world(), make_world()
    event, foreign = told(world).event, told(other).event
    with world.use():
        viewer = world.viewer("safeguarding_lead")
        assert queries.event(event.pk, viewer=viewer) == event
        Event.objects.filter(pk=event.pk).update(removed_at=NOW)
        for event_id in (event.pk, foreign.pk, uuid4()):
            with pytest.raises(Http404):
                queries.event(event_id, viewer=viewer)


@pytest.mark.parametrize(
    ("role", "confidential", "withheld"),
    [
        ("registered_manager", False, ""),
        ("safeguarding_lead", False, ""),
        ("nominated_individual", True, ""),
        ("safeguarding_lead", True, ""),
        ("registered_manager", True, "confidential"),
        ("team_leader", False, "role"),
        ("independent_contact", True, "role"),
        ("inspector", False, "ask"),
    ],
)
def test_the_reporters_name_is_shown_to_few_and_every_look_is_in_the_ledger(
    role: str, confidential: bool, withheld: str
) -> None:
    world = make_world()
    event = told(world, confidential=confidential).event
    with world.use():
        viewer = world.viewer(role)
        # A reload is the same look; an hour later is another.
        for after in (0, 5, 60):
            shown = queries.reporter_of(event, viewer=viewer, at=NOW + timedelta(minutes=after))
            assert shown.withheld == withheld
            assert shown.name == ("" if withheld else "Joss Pellow")
        looks = Entry.objects.filter(subject_id=event.pk, kind="reporter.read", actor_id=viewer.account_id).count()
        assert looks == (0 if withheld else 2)


def test_an_inspector_sees_the_reporter_after_asking_and_the_ledger_says_why() -> None:
    world = make_world()
    event = told(world, confidential=True).event
    with world.use():
        inspector = world.viewer("inspector")
        assert queries.ask_for_reporter(event, why=" ", viewer=inspector, at=NOW).withheld == "ask"
        assert queries.ask_for_reporter(event, why="Section 64", viewer=inspector, at=NOW).name == "Joss Pellow"
        refused = queries.ask_for_reporter(event, why="curious", viewer=world.viewer("team_leader"), at=NOW)
        assert refused.withheld == "role"
        assert Entry.objects.filter(subject_id=event.pk, kind="reporter.asked_for").count() == 1


def test_pages_of_a_list_meet_without_gap_or_overlap_even_at_one_moment() -> None:
    world = make_world()
    same = Interval.exactly(NOW - timedelta(hours=2))
    with world.use():
        for _ in range(7):
            operations.record(report=report(world, occurred=same), by=world.viewer("care_worker"), at=NOW)
        viewer = world.viewer("registered_manager")
        found: list[object] = []
        after: str | None = ""
        while after is not None:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                page = queries.page_of(queries.visible_to(viewer), after=after, size=3)
            assert all("OFFSET" not in one["sql"] for one in asked.captured_queries)
            found += [event.pk for event in page.events]
            after = page.older
        assert len(found) == len(set(found)) == 7
        assert len(queries.page_of(queries.visible_to(viewer), after="nonsense_key").events) == 7
