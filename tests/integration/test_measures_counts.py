"""Every number on a chart has a slow twin; and nobody counts what they may not see."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heedful.foundation.people.models import Exposure, Service
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named, link_duplicate
from heedful.loop.measures import months as calendar
from heedful.loop.measures import queries
from heedful.loop.measures.catalogue import measures
from tests.support import histories
from tests.support.reports import NOW, told
from tests.support.world import World, make_world

KINDS = [
    *[(), ("incident",), ("near_miss",), ("worry", "near_miss"), ("good_care",), ("complaint", "worry")],
    *[("not_sure",), ("safeguarding_concern",), ("good_care", "incident")],
]
TYPES = ["fall", "medication", "choking", "", "other"]


@pytest.fixture(scope="module")
def world() -> World:
    made = make_world()
    random = Random(11)
    rows = []
    for service in (made.home, made.other_home):
        for month in histories.months(20):
            for _ in range(random.randrange(9)):
                day = date(month.year, month.month, random.randrange(1, 29))
                rows.append(histories.happened(service, day, random.choice(TYPES), random.choice(KINDS)))
    histories.keep(made, rows)
    histories.care(made, made.home, 11_400, 14)
    return made


def window() -> range:
    last = calendar.number(histories.LAST)
    return range(last - 23, last + 1)


def twin(events: list[Event], slug: str) -> Counter[tuple[object, int]]:
    """The measure again, event by event, in the words of docs/reference/measures.md."""
    found: Counter[tuple[object, int]] = Counter()
    for event in events:
        if event.status == "duplicate":
            continue
        called = set(event.kinds)
        only_early = bool(called & {"near_miss", "worry", "good_care"}) and not (
            called & {"incident", "complaint", "safeguarding_concern", "not_sure"}
        )
        counts = {
            "all": not only_early,
            "early": only_early and bool(called & {"near_miss", "worry"}),
            "complaint": "complaint" in called,
            "safeguarding_concern": "safeguarding_concern" in called,
            "good_care": "good_care" in called,
        }.get(slug, event.type == slug and not only_early)
        if counts:
            found[event.service_id, event.local_date.year * 12 + event.local_date.month - 1] += 1
    return found


def test_every_count_and_exposure_is_what_its_slow_twin_says(world: World) -> None:
    viewer = world.viewer("nominated_individual")
    with world.use():
        where = queries.places(viewer)
        found = queries.monthly(viewer, where, window())
        events = list(incidents.visible_to(viewer))
        care = {(row.service_id, calendar.number(row.month)): row.amount for row in Exposure.objects.all()}
    assert [one.place.name for one in found] == ["Elm Court", "Rowan House"]
    for slug in measures():
        slow = twin(events, slug)
        assert sum(slow.values()) > 0 or slug not in ("all", "fall", "early", "complaint", "good_care")
        for one in found:
            assert one.counts[slug] == tuple(slow[one.place.id, month] for month in one.months), slug
    for one in found:
        assert one.exposure == tuple(care.get((one.place.id, month)) for month in one.months)


def test_months_start_with_the_first_event_and_have_no_gaps(world: World) -> None:
    viewer = world.viewer("nominated_individual")
    with world.use():
        found = queries.monthly(viewer, queries.places(viewer), window())
        for one in found:
            first = Event.objects.filter(service_id=one.place.id).order_by("local_date").first()
            assert first is not None
            assert one.months == tuple(range(calendar.number(first.local_date), window()[-1] + 1))


def test_the_cases_behind_a_point_are_as_many_as_the_point_says(world: World) -> None:
    viewer = world.viewer("nominated_individual")
    with world.use():
        where = queries.places(viewer)
        found = queries.monthly(viewer, where, window())
        for slug in ("all", "fall", "early", "good_care"):
            for one in found:
                for month, count in zip(one.months, one.counts[slug], strict=True):
                    assert len(queries.cases(viewer, slug, [one.place], [month])) == count


def test_a_manager_counts_only_their_own_service(world: World) -> None:
    with world.use():
        viewer = world.viewer("registered_manager")
        found = queries.monthly(viewer, queries.places(viewer), window())
    assert [one.place.id for one in found] == [world.home.pk]


def test_a_closed_service_ends_with_the_month_in_which_it_closed() -> None:
    world = make_world()
    histories.keep(world, histories.monthly(world.home, [2] * 6))
    viewer = world.viewer("nominated_individual")
    with world.use():
        Service.objects.filter(pk=world.home.pk).update(closed_on=date(2025, 12, 10))
        found = queries.monthly(viewer, queries.places(viewer), window())
    assert calendar.code(found[0].months[-1]) == "2025-12"
    assert found[0].counts["fall"] == (2, 2, 2, 2)


def test_the_same_thing_told_twice_counts_once() -> None:
    world = make_world()
    first, second = told(world, type="fall"), told(world, type="fall")
    viewer = world.viewer("registered_manager")
    with world.use():
        month = [calendar.number(first.event.local_date)]
        assert queries.monthly(viewer, queries.places(viewer), month)[0].counts["fall"] == (2,)
        link_duplicate(event_id=second.event.pk, other_id=first.event.pk, by=viewer, at=NOW)
        assert queries.monthly(viewer, queries.places(viewer), month)[0].counts["fall"] == (1,)


def test_a_month_is_the_month_on_the_clock_of_the_service() -> None:
    """Half past midnight on 1 July in London is still June in UTC."""
    from datetime import UTC, datetime

    from heedful.foundation.policies import Interval

    world = make_world()
    at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    told(world, type="fall", at=datetime(2026, 7, 1, 8, 0, tzinfo=UTC), occurred=Interval.exactly(at))
    viewer = world.viewer("registered_manager")
    with world.use():
        found = queries.monthly(viewer, queries.places(viewer), range(calendar.number(date(2026, 6, 1)), 2026 * 12 + 7))
    assert [(calendar.code(month), n) for month, n in zip(found[0].months, found[0].counts["fall"], strict=True)] == [
        ("2026-07", 1)
    ]


def test_reading_takes_the_same_statements_for_one_service_and_for_many(world: World) -> None:
    viewer = world.viewer("nominated_individual")
    with world.use():
        where = queries.places(viewer)
        for some in (where[:1], where):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                queries.monthly(viewer, some, window())
                queries.cases(viewer, "fall", some, window())
            # Two statements, each after a look at the names that nobody has matched yet.
            assert len(captured) == 4


def test_exposure_of_a_whole_service_is_not_set_against_the_events_of_one_team() -> None:
    from heedful.foundation.access.roles import Role, Scope
    from heedful.foundation.people import operations as people

    world = make_world()
    histories.care(world, world.home, 11_400, 36)
    told(world, type="fall", team_id=world.team.pk)
    told(world, type="fall")
    account = world.accounts["colleague"]
    with world.use():
        people.grant(
            account=account,
            role=Role.TEAM_LEADER,
            reach=people.Reach(Scope.TEAM, teams=(world.team.pk,)),
            by=world.system,
            at=NOW,
        )
        viewer = world.viewer("colleague")
        where = queries.places(viewer)
        found = queries.monthly(viewer, where, [calendar.number(NOW.date())])
    assert [(place.name, place.whole) for place in where] == [("Rowan House", False)]
    assert found[0].counts["fall"] == (1,)
    assert found[0].exposure == (None,)


def test_named_as_alleged_source_nobody_counts_their_own_case() -> None:
    world = make_world()
    told(world, type="fall")
    manager = world.staff["registered_manager"]
    hidden = told(
        world,
        type="fall",
        involved=(Named(part="alleged_source", staff_id=manager.pk),),
        kinds=("safeguarding_concern",),
    )
    month = [calendar.number(hidden.event.local_date)]
    with world.use():
        counts = {}
        for role in ("registered_manager", "safeguarding_lead"):
            viewer = world.viewer(role)
            places = [place for place in queries.places(viewer) if place.id == world.home.pk]
            counts[role] = queries.monthly(viewer, places, month)[0].counts
            assert len(queries.cases(viewer, "fall", places, month)) == counts[role]["fall"][0]
    assert counts["registered_manager"]["fall"] == (1,)
    assert counts["registered_manager"]["safeguarding_concern"] == (0,)
    assert counts["safeguarding_lead"]["fall"] == (2,)


def test_a_case_kept_to_a_few_people_is_counted_by_those_people_only() -> None:
    world = make_world()
    open_, kept = told(world, type="fall"), told(world, type="fall")
    month = [calendar.number(open_.event.local_date)]
    with world.use():
        Event.objects.filter(pk=kept.event.pk).update(restricted=True)
        counted = {}
        for role in ("team_leader", "registered_manager"):
            viewer = world.viewer(role)
            counted[role] = queries.monthly(viewer, queries.places(viewer), month)[0].counts["fall"]
    assert counted == {"team_leader": (1,), "registered_manager": (2,)}
