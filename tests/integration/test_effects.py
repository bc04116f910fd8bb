"""Verdicts on committed data: what is kept, when, who is told, and what opens again."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from heedful.foundation.access import tenant
from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices.models import Notice
from heedful.loop.effects import jobs, operations, queries
from heedful.loop.effects.models import Verdict
from heedful.loop.incidents.models import Event
from heedful.loop.reviews.models import Theme
from tests.support import histories, verdicts
from tests.support.jobs import run_jobs
from tests.support.world import World, make_world

NOW = verdicts.NOW


def judged(world: World, change: verdicts.Change, at: datetime = NOW) -> Verdict | None:
    with world.use():
        return operations.record_verdict(aim=change.aim(), by=world.system, at=at)


def entries(world: World) -> list[Entry]:
    with world.use():
        return list(Entry.objects.filter(kind="verdict.recorded").order_by("sequence"))


@pytest.fixture
def world() -> World:
    return make_world()


def test_the_worked_example_from_events_to_answer(world: World) -> None:
    verdicts.years(world)
    row = judged(world, verdicts.change(world))
    assert (row.answer, row.number, row.before) == ("worked", 1, "")
    with world.use():
        found = queries.judged(world.viewer("nominated_individual"), queries.aim_of(row.action_id), NOW.date())
    finding = found.finding
    assert (finding.observed, round(finding.expected), finding.baseline_events) == (9, 22, 60)
    assert (round(1 - finding.high, 2), round(1 - finding.low, 2)) == (0.06, 0.86)
    assert (finding.spell_events, finding.baseline_months) == (13, 22)
    assert found.whole and found.early.moved == "same"


def test_pressed_twice_it_is_kept_once_a_month(world: World) -> None:
    verdicts.years(world)
    change = verdicts.change(world)
    assert judged(world, change) is not None
    assert judged(world, change) is None
    assert judged(world, change, NOW + timedelta(days=3)) is None
    later = judged(world, change, NOW + timedelta(days=30))
    assert later is not None and (later.number, later.before) == (2, "worked")
    assert [entry.subject_type for entry in entries(world)] == ["verdict", "verdict"]


def test_the_same_month_with_another_answer_is_kept_too(world: World) -> None:
    """A fall of September is written down in November: the answer of the same month changes."""
    verdicts.years(world)
    change = verdicts.change(world)
    judged(world, change)
    histories.keep(world, [histories.happened(world.home, date(2026, 9, day)) for day in (3, 9, 20)], at=NOW)
    row = judged(world, change)
    assert (row.answer, row.before, row.month) == ("not_enough", "worked", 2026 * 12 + 9)


def test_two_at_once_keep_one(world: World) -> None:
    verdicts.years(world)
    change = verdicts.change(world)
    row = judged(world, change)
    twin = Verdict(
        organisation_id=row.organisation_id, action_id=row.action_id, number=1, month=row.month, answer="worse",
        result=row.result, counts=row.counts, at=NOW, policy_version=row.policy_version,
    )  # fmt: skip
    with world.use():
        assert operations._keep(twin, by=world.system, at=NOW) is False
        assert Verdict.objects.filter(action_id=change.action_id).count() == 1
    assert len(entries(world)) == 1


def test_before_a_month_is_over_nothing_is_kept(world: World) -> None:
    verdicts.years(world)
    change = verdicts.change(world, starts_on=date(2026, 11, 2))
    assert judged(world, change) is None


def test_without_care_given_there_is_no_answer_and_nothing_is_kept(world: World) -> None:
    verdicts.years(world, care=None)
    change = verdicts.change(world)
    assert judged(world, change) is None
    with world.use():
        finding = queries.judged(world.viewer("nominated_individual"), change.aim(), NOW.date()).finding
    assert finding.answer == "not_enough" and "no_exposure" in finding.caution_codes and finding.ratio is None


@pytest.mark.parametrize(("after", "answer"), [([8] * 8, "worse"), ([4] * 8, "no_change")])
def test_worse_and_no_change_open_the_theme_again_and_tell(world: World, after: list[int], answer: str) -> None:
    verdicts.years(world, after)
    change = verdicts.change(world)
    with world.use():
        Theme.objects.filter(pk=change.theme_id).update(state="closed")
        row = operations.record_verdict(aim=change.aim(), by=world.system, at=NOW)
        assert row.answer == answer
        entry = Entry.objects.get(kind="verdict.recorded")
        for _ in range(2):  # a reaction may run twice
            jobs.reopen_theme(world.organisation.id, entry.pk)
            jobs.tell_nominated_individual(world.organisation.id, entry.pk)
        assert Theme.objects.get(pk=change.theme_id).state == "open"
        notice = Notice.objects.get(kind=f"verdict.{answer}")
        assert notice.account_id == world.accounts["nominated_individual"].pk
        assert notice.link == f"/verdicts/{change.action_id}/"
        assert Entry.objects.filter(kind="theme.reopened").count() == 1


def test_worked_is_told_once_and_opens_nothing(world: World) -> None:
    verdicts.years(world)
    change = verdicts.change(world)
    with world.use():
        for at in (NOW, NOW + timedelta(days=30)):
            operations.record_verdict(aim=change.aim(), by=world.system, at=at)
        for entry in Entry.objects.filter(kind="verdict.recorded"):
            jobs.reopen_theme(world.organisation.id, entry.pk)
            jobs.tell_nominated_individual(world.organisation.id, entry.pk)
        assert Verdict.objects.filter(action_id=change.action_id).count() == 2
        assert [one.kind for one in Notice.objects.filter(kind__startswith="verdict.")] == ["verdict.worked"]
        assert not Entry.objects.filter(kind="theme.reopened").exists()


def test_the_reactions_run_as_the_worker_runs_them(world: World) -> None:
    from heedful.loop.actions.models import Action

    verdicts.years(world, [8] * 8)
    change = verdicts.change(world)
    judged(world, change)
    run_jobs(world.organisation.id)
    with world.use():
        assert Action.objects.get(pk=change.action_id).known_outcome == "worse"
        assert Notice.objects.filter(kind="verdict.worse").count() == 1


def test_the_monthly_job_judges_every_aim_and_only_this_organisation(world: World) -> None:
    other = make_world()
    for one in (world, other):
        verdicts.years(one)
    change, theirs = verdicts.change(world), verdicts.change(other)
    with world.use():
        operations.recompute(by=world.system, at=NOW)
        assert Verdict.objects.get(action_id=change.action_id).answer == "worked"
        assert queries.aim_of(theirs.action_id) is None
    with other.use():
        assert not Verdict.objects.exists()


def test_who_may_not_count_all_of_it_is_told_nothing_of_the_kept_answer(world: World) -> None:
    """One of the falls since is kept to a few people: the team leader counts eight, and may not learn of a ninth."""
    verdicts.years(world)
    change = verdicts.change(world)
    judged(world, change)
    with world.use():
        hidden = Event.objects.filter(service=world.home, type="fall", local_date__gte=date(2026, 3, 2)).first()
        tenant.current()
        Event.objects.filter(pk=hidden.pk).update(restricted=True)
        manager, leader = world.viewer("registered_manager"), world.viewer("team_leader")
        assert queries.latest(change.action_id, manager).answer == "worked"
        aim = change.aim()
        found = queries.judged(leader, aim, NOW.date())
        if queries.asked(change.action_id, leader):
            assert queries.latest(change.action_id, leader) is None and not found.whole
        assert found.finding.observed == 8


def test_nobody_sees_a_verdict_whose_action_they_may_not_see(world: World) -> None:
    verdicts.years(world)
    change = verdicts.change(world)
    row = judged(world, change)
    with world.use():
        for role in ("manager_elsewhere", "administrator", "commissioner", "care_worker"):
            viewer = world.viewer(role)
            assert queries.asked(change.action_id, viewer) is None
            assert queries.verdicts_of(change.action_id, viewer) == [] and queries.verdict(row.pk, viewer) is None
        assert queries.verdict(row.pk, world.viewer("inspector")).answer == "worked"
        assert queries.asked(uuid4(), world.viewer("inspector")) is None


def test_similar_services_draw_what_is_expected_towards_them(world: World) -> None:
    from heedful.foundation.people import operations as people

    verdicts.years(world)
    change, rows = verdicts.change(world), []
    with world.use():
        homes = [
            people.open_service(name=f"Tansy {n}", by=world.system, at=NOW, capacity=38, exposure_measure="bed_days")
            for n in range(5)
        ]
    for seed, home in enumerate(homes):
        rows += histories.monthly(home, histories.steady(seed, 1.5, 32), last=verdicts.LAST)
        histories.care(world, home, verdicts.CARE, 32, last=verdicts.LAST)
    histories.keep(world, rows, at=NOW)
    with world.use():
        finding = queries.judged(world.viewer("nominated_individual"), change.aim(), NOW.date()).finding
    assert finding.peers == 5 and finding.expected < 21.8 and "no_peers" not in finding.caution_codes
