"""Themes: events of every kind join, one person owns it, and nobody counts what they may not see."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices.models import Notice
from heedful.loop.incidents.operations import Named
from heedful.loop.reviews import operations, queries
from heedful.loop.reviews.models import Theme, ThemeEvent
from heedful.oversight.themes import story
from tests.support.jobs import run_jobs
from tests.support.reports import NOW, told
from tests.support.reviews import LATER, finish, open_theme
from tests.support.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


def event(world: World, days_ago: int = 0, **said: Any) -> Any:
    return told(world, at=NOW - timedelta(days=days_ago), **said).event


def kinds_of(world: World, theme: Any, role: str) -> dict[str, int]:
    viewer = world.viewer(role)
    with world.use():
        shown = story.tell(queries.theme(theme.pk, viewer=viewer), viewer=viewer, now=LATER)
    return dict(shown["kinds"])


def test_events_of_every_kind_belong_to_one_theme_and_are_counted_by_kind(world: World) -> None:
    told_us = [event(world, 5, kinds=(kind,)) for kind in ("incident", "near_miss", "complaint", "worry")]
    theme = open_theme(world, [one.pk for one in told_us[:2]])
    viewer = world.viewer("registered_manager")
    with world.use():
        late = [one.pk for one in told_us[2:]]
        operations.join_theme(theme_id=theme.pk, event_ids=late, by=viewer, at=LATER)
        operations.join_theme(theme_id=theme.pk, event_ids=late, by=viewer, at=LATER)
        assert len(queries.theme_events(theme.pk, viewer)) == 4
        assert Entry.objects.filter(kind="theme.joined", subject_id=theme.pk).count() == 1
        assert [row.pk for row in queries.themes_of(told_us[3].pk, viewer)] == [theme.pk]
    assert set(kinds_of(world, theme, "registered_manager").values()) == {1}
    assert len(kinds_of(world, theme, "registered_manager")) == 4


def test_the_same_key_twice_is_one_theme(world: World) -> None:
    one, key = event(world), uuid4()
    first = open_theme(world, [one.pk], client_key=key)
    assert open_theme(world, [one.pk], client_key=key).pk == first.pk


def test_a_theme_of_events_remembers_the_days_that_made_somebody_look(world: World) -> None:
    old, first, last = event(world, 300), event(world, 40), event(world, 2)
    theme = open_theme(world, [old.pk, first.pk, last.pk])
    assert (theme.trigger_from, theme.trigger_to) == (first.local_date, last.local_date)


def test_a_theme_from_a_chart_keeps_its_measure_and_months_and_needs_no_event(world: World) -> None:
    chart = operations.ChartRange("fall", world.home.id, date(2026, 1, 1), date(2026, 2, 28))
    theme = open_theme(world, [], chart=chart)
    with world.use():
        subject = queries.subject(theme_id=theme.pk, viewer=world.viewer("registered_manager"))
    assert (subject.series_key, subject.trigger_from, subject.trigger_to) == ("fall", chart.first, chart.last)
    assert subject.service_ids == (world.home.id,)
    assert subject.event_ids == ()


def test_bad_openings_are_refused_where_they_were_typed(world: World) -> None:
    one, elsewhere = event(world), event(world, service_id=world.other_home.id)
    good = operations.ChartRange("fall", world.home.id, date(2026, 1, 1), date(2026, 2, 28))
    cases: list[tuple[dict[str, Any], str]] = [
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"why": ""}, "why"),
        ({"event_ids": []}, "events"),
        ({"event_ids": [elsewhere.pk]}, "events"),
        ({"event_ids": [uuid4()]}, "events"),
        ({"owner_id": world.accounts["team_leader"].pk}, "owner"),
        ({"owner_id": world.accounts["manager_elsewhere"].pk}, "owner"),
        ({"chart": operations.ChartRange("luck", world.home.id, good.first, good.last)}, "events"),
        ({"chart": operations.ChartRange("fall", world.other_home.id, good.first, good.last)}, "events"),
        ({"chart": operations.ChartRange("fall", world.home.id, good.last, good.first)}, "last"),
    ]
    for said, field in cases:
        ids = said.pop("event_ids", [one.pk])
        with pytest.raises(operations.Refused) as refusal:
            open_theme(world, ids, **said)
        assert refusal.value.field == field, said
    with world.use():
        assert not Theme.objects.exists()


def test_an_event_that_does_not_belong_leaves_and_can_come_back(world: World) -> None:
    one, other = event(world), event(world)
    theme, viewer = open_theme(world, [one.pk, other.pk]), world.viewer("registered_manager")
    with world.use():
        operations.leave_theme(theme_id=theme.pk, event_id=other.pk, by=viewer, at=LATER)
        assert [row.pk for row in queries.theme_events(theme.pk, viewer)] == [one.pk]
        with pytest.raises(operations.Refused):
            operations.leave_theme(theme_id=theme.pk, event_id=other.pk, by=viewer, at=LATER)
        operations.join_theme(theme_id=theme.pk, event_ids=[other.pk], by=viewer, at=LATER)
        assert len(queries.theme_events(theme.pk, viewer)) == 2
        assert ThemeEvent.objects.filter(theme=theme).count() == 2


def test_a_theme_is_handed_over_only_to_somebody_who_looks_after_all_of_it(world: World) -> None:
    theme = open_theme(world, [event(world).pk])
    viewer, lead = world.viewer("registered_manager"), world.accounts["safeguarding_lead"].pk
    with world.use():
        with pytest.raises(operations.Refused):
            operations.hand_over_theme(
                theme_id=theme.pk, owner_id=world.accounts["manager_elsewhere"].pk, by=viewer, at=LATER
            )
        operations.hand_over_theme(theme_id=theme.pk, owner_id=lead, by=viewer, at=LATER)
    run_jobs(world.organisation.id)
    with world.use():
        assert Notice.objects.filter(account_id=lead, kind="theme.yours").count() == 1
        assert [line.theme.owner_id for line in queries.themes(viewer)] == [lead]


def test_an_answered_theme_takes_nothing_more_until_it_is_opened_again(world: World) -> None:
    one, viewer = event(world), world.viewer("registered_manager")
    theme = open_theme(world, [one.pk])
    with world.use():
        operations.close_theme(theme_id=theme.pk, why="The lamp is in.", by=viewer, at=LATER)
        with pytest.raises(operations.Refused):
            operations.join_theme(theme_id=theme.pk, event_ids=[event(world).pk], by=viewer, at=LATER)
        with pytest.raises(operations.Refused):
            operations.close_theme(theme_id=theme.pk, why="Again.", by=viewer, at=LATER)
        assert queries.themes(viewer) == []
        with pytest.raises(operations.Refused):
            operations.reopen_theme(theme_id=theme.pk, why="", by=viewer, at=LATER)
        operations.reopen_theme(theme_id=theme.pk, why="It goes on.", by=viewer, at=LATER)
        with pytest.raises(operations.Refused):
            operations.reopen_theme(theme_id=theme.pk, why="Once more.", by=viewer, at=LATER)


def test_heedful_itself_opens_it_again_once_and_the_owner_is_told(world: World) -> None:
    theme, viewer = open_theme(world, [event(world).pk]), world.viewer("registered_manager")
    with world.use():
        for _ in range(2):
            operations.reopen_theme(theme_id=theme.pk, why="No change after 12 months.", by=world.system, at=LATER)
        assert Entry.objects.filter(kind="theme.reopened", subject_id=theme.pk).count() == 1
    run_jobs(world.organisation.id)
    with world.use():
        assert Notice.objects.filter(account_id=viewer.account_id, kind="theme.reopened").count() == 1
        assert [row.pk for row in queries.came_back(viewer)] == [theme.pk]
        ids = [row.pk for row in queries.theme_events(theme.pk, viewer)]
        operations.open_review(event_ids=ids, kind="thematic", theme_id=theme.pk, by=viewer, at=LATER)
        assert queries.came_back(viewer) == []


def test_only_what_somebody_may_see_is_counted_and_nothing_hints_at_the_rest(world: World) -> None:
    open_one = event(world, kinds=("worry",))
    kept = event(world, kinds=("complaint",), confidential=True)
    lead = world.viewer("safeguarding_lead")
    theme = open_theme(world, [open_one.pk, kept.pk], by="safeguarding_lead")
    leader = world.viewer("team_leader")
    with world.use():
        shown = story.tell(queries.theme(theme.pk, viewer=leader), viewer=leader, now=LATER)
        assert [row.pk for row in shown["events"]] == [open_one.pk]
        assert [line.events for line in queries.themes(leader)] == [1]
        assert [line.events for line in queries.themes(lead)] == [2]
        alone = open_theme(world, [kept.pk], by="safeguarding_lead")
        with pytest.raises(Http404):
            queries.theme(alone.pk, viewer=leader)
    assert len(kinds_of(world, theme, "team_leader")) == 1


def test_whoever_is_shut_out_of_one_event_sees_nothing_of_the_theme_even_after_it_left(world: World) -> None:
    plain = event(world)
    named = Named(part="alleged_source", staff_id=world.staff["team_leader"].pk)
    about_them = event(world, involved=(named,))
    lead = world.viewer("safeguarding_lead")
    theme = open_theme(world, [plain.pk, about_them.pk], by="safeguarding_lead")
    with world.use():
        with pytest.raises(Http404):
            queries.theme(theme.pk, viewer=world.viewer("team_leader"))
        assert queries.themes_of(plain.pk, world.viewer("team_leader")) == []
        operations.leave_theme(theme_id=theme.pk, event_id=about_them.pk, by=lead, at=LATER)
        assert queries.themes(world.viewer("team_leader")) == []
        assert len(queries.themes(world.viewer("registered_manager"))) == 1


def test_whoever_may_be_meant_in_one_event_sees_nothing_of_the_theme_until_the_name_is_matched(world: World) -> None:
    plain = event(world)
    in_doubt = event(world, involved=(Named(part="alleged_source", name="Safegarding"),))
    theme = open_theme(world, [plain.pk, in_doubt.pk], by="nominated_individual")
    with world.use():
        lead = world.viewer("safeguarding_lead")
        assert queries.themes(lead) == []
        with pytest.raises(Http404):
            queries.theme(theme.pk, viewer=lead)
        assert queries.theme(theme.pk, viewer=world.viewer("nominated_individual")).pk == theme.pk


@pytest.mark.parametrize("key", ["manager_elsewhere", "care_worker", "administrator", "commissioner"])
def test_those_whose_work_it_is_not_see_no_theme(world: World, key: str) -> None:
    theme = open_theme(world, [event(world).pk])
    with world.use():
        assert queries.themes(world.viewer(key)) == []
        with pytest.raises(Http404):
            queries.theme(theme.pk, viewer=world.viewer(key))


def test_an_inspector_reads_a_theme_and_cannot_change_it(world: World) -> None:
    theme, inspector = open_theme(world, [event(world).pk]), world.viewer("inspector")
    with world.use():
        assert queries.theme(theme.pk, viewer=inspector).name == theme.name
        with pytest.raises(operations.Refused):
            operations.close_theme(theme_id=theme.pk, why="x", by=inspector, at=LATER)


def test_what_keeps_playing_a_part_is_counted_over_the_finished_reviews(world: World) -> None:
    first, second = event(world), event(world)
    theme, viewer = open_theme(world, [first.pk, second.pk]), world.viewer("registered_manager")
    with world.use():
        rows = [
            operations.open_review(event_ids=[one.pk], kind="reflection", by=viewer, at=LATER)
            for one in (first, second)
        ]
    finish(world, rows[0])
    finish(world, rows[1], factors=["tasks.handovers"])
    with world.use():
        shown = story.tell(queries.theme(theme.pk, viewer=viewer), viewer=viewer, now=LATER)
    assert [(one.label, one.count) for one in shown["factors"]] == [("Handover", 2), ("Interrupted", 1)]


def test_a_trigger_that_ends_before_it_begins_cannot_be_stored(world: World) -> None:
    with world.use(), pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.create(
            organisation_id=world.organisation.id, client_key=uuid4(), name="x", why="x", owner_id=uuid4(),
            trigger_from=date(2026, 2, 1), trigger_to=date(2026, 1, 1), opened_at=LATER, opened_by=uuid4(),
        )  # fmt: skip
