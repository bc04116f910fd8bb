"""Checks of practice: planned by themselves, drawn by chance once, answered, and never silently dropped."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.verify import verify
from heedful.loop.audits import operations, queries, rules, standing
from heedful.loop.audits.models import Audit, AuditItem
from heedful.loop.audits.operations import Population, Refused
from tests.support.acting import LATER, TODAY, agreed
from tests.support.world import World, make_world

MANAGER, LEADER, QUALITY = "registered_manager", "team_leader", "safeguarding_lead"
VISITS = Population(words="Visits with a time-critical dose, 1 to 14 June", size=212)


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def first_check(world: World) -> Audit:
    action = agreed(world)
    with world.use():
        return operations.schedule(action_id=action.pk, by=world.system, at=LATER)[0]


def drawn(world: World, population: Population = VISITS, size: int | None = 40, by: str = MANAGER) -> Audit:
    check = first_check(world)
    with world.use():
        return operations.draw(audit_id=check.pk, population=population, size=size, by=world.viewer(by), at=LATER)


def answered(world: World, audit: Audit, misses: int = 0) -> None:
    with world.use():
        for place in range(1, (audit.sample_size or 0) + 1):
            operations.answer(
                audit_id=audit.pk, position=place, said="no" if place <= misses else "yes", note="",
                by=world.viewer(MANAGER), at=LATER,
            )  # fmt: skip


def test_planning_twice_is_once_for_each_day(world: World) -> None:
    action = agreed(world)
    with world.use():
        first = operations.schedule(action_id=action.pk, by=world.system, at=LATER)
        again = operations.schedule(action_id=action.pk, by=world.system, at=LATER)
        assert [one.pk for one in first] == [one.pk for one in again]
        assert [one.due_on for one in first] == list(action.reaudit_on)
        assert Entry.objects.filter(kind="audit.planned", subject_id=first[0].pk).count() == 1


def test_forty_of_212_are_drawn_by_a_seed_that_anybody_can_draw_from_again(world: World) -> None:
    audit = drawn(world)
    with world.use():
        numbers = [item.number for item in queries.items_of(audit)]
    assert numbers == list(rules.sample(audit.seed, 212, 40))
    assert len(audit.seed) == 32
    assert drawn(world).seed != audit.seed


def test_forty_of_forty_on_time_is_as_wanted_and_could_still_be_seven_in_a_hundred(world: World) -> None:
    audit = drawn(world)
    answered(world, audit)
    with world.use():
        done = operations.finish(audit_id=audit.pk, by=world.viewer(MANAGER), at=LATER)
        found = queries.result_of(done)
    assert (done.state, found.answer, found.misses, found.looked_at) == ("done", "enough", 0, 40)
    assert round(100 * found.high) == 7


def test_a_sample_from_a_list_keeps_the_references(world: World) -> None:
    listed = tuple(f"V-{n:03d}" for n in range(1, 61))
    audit = drawn(world, Population(words="Visits", size=None, listed=listed), 10)
    with world.use():
        items = queries.items_of(audit)
    assert [item.label for item in items] == [listed[item.number - 1] for item in items]
    assert audit.population_size == 60


@pytest.mark.parametrize(
    ("population", "size", "field"),
    [
        (VISITS, 213, "sample_size"),
        (VISITS, None, "sample_size"),
        (Population(words="  ", size=10), 5, "population_words"),
        (Population(words="Visits", size=0), 5, "population_size"),
        (Population(words="Visits", size=None, listed=("V1", "V1")), 1, "listed"),
        (Population(words="Visits", size=None, listed=("V1", "Arthur Kettleby, tea")), 1, "listed"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_field_and_nothing_is_stored(
    world: World, population: Population, size: int | None, field: str
) -> None:
    check = first_check(world)
    with world.use():
        with pytest.raises(Refused) as refused:
            operations.draw(audit_id=check.pk, population=population, size=size, by=world.viewer(MANAGER), at=LATER)
        assert [problem.field for problem in refused.value.problems] == [field]
        row = Audit.objects.get(pk=check.pk)
        assert (row.state, row.seed, AuditItem.objects.filter(audit=row).count()) == ("planned", "", 0)


def test_it_is_never_drawn_twice(world: World) -> None:
    audit = drawn(world)
    with world.use(), pytest.raises(Refused, match="never drawn twice"):
        operations.draw(audit_id=audit.pk, population=VISITS, size=5, by=world.viewer(MANAGER), at=LATER)


def test_it_is_finished_only_when_every_one_is_answered(world: World) -> None:
    audit = drawn(world, size=3)
    with world.use(), pytest.raises(Refused, match="3 of 3 have no answer yet"):
        operations.finish(audit_id=audit.pk, by=world.viewer(MANAGER), at=LATER)
    answered(world, audit)
    with world.use():
        operations.finish(audit_id=audit.pk, by=world.viewer(MANAGER), at=LATER)
        with pytest.raises(Refused, match="finished"):
            operations.answer(audit_id=audit.pk, position=1, said="no", note="", by=world.viewer(MANAGER), at=LATER)


def test_the_same_answer_twice_is_one_entry_and_another_one_replaces_it(world: World) -> None:
    audit = drawn(world, size=2)
    with world.use():
        for said in ("yes", "yes", "no"):
            operations.answer(audit_id=audit.pk, position=1, said=said, note="", by=world.viewer(MANAGER), at=LATER)
        assert Entry.objects.filter(kind="audit.answered", subject_id=audit.pk).count() == 2
        assert queries.item(audit, 1).answer == "no"
        with pytest.raises(Refused, match="Choose yes, no"):
            operations.answer(audit_id=audit.pk, position=1, said="maybe", note="", by=world.viewer(MANAGER), at=LATER)
        with pytest.raises(Http404):
            operations.answer(audit_id=audit.pk, position=9, said="yes", note="", by=world.viewer(MANAGER), at=LATER)


def test_a_sample_in_which_nothing_applied_says_nothing(world: World) -> None:
    audit = drawn(world, size=1)
    with world.use():
        manager = world.viewer(MANAGER)
        operations.answer(audit_id=audit.pk, position=1, said="not_applicable", note="", by=manager, at=LATER)
        with pytest.raises(Refused, match="says nothing"):
            operations.finish(audit_id=audit.pk, by=manager, at=LATER)


def test_another_day_needs_a_reason_which_is_kept(world: World) -> None:
    check = first_check(world)
    later = check.due_on + timedelta(days=5)
    with world.use():
        for said in ({"due_on": later, "reason": " "}, {"due_on": TODAY - timedelta(days=1), "reason": "Flu."}):
            with pytest.raises(Refused):
                operations.move(audit_id=check.pk, by=world.viewer(MANAGER), at=LATER, **said)
        row = operations.move(audit_id=check.pk, due_on=later, reason="Flu.", by=world.viewer(MANAGER), at=LATER)
        assert (row.due_on, row.first_due_on) == (later, check.due_on)
        assert [one.reason for one in queries.moves_of(row)] == ["Flu."]


def test_one_person_cannot_let_a_check_go(world: World) -> None:
    check = first_check(world)
    manager, quality = world.viewer(MANAGER), world.viewer(QUALITY)
    with world.use():
        with pytest.raises(Refused, match="Say why"):
            operations.ask_to_cancel(audit_id=check.pk, why="", by=manager, at=LATER)
        with pytest.raises(Refused, match="Nobody has asked"):
            operations.agree_to_cancel(audit_id=check.pk, by=manager, at=LATER)
        operations.ask_to_cancel(audit_id=check.pk, why="The home closes.", by=manager, at=LATER)
        with pytest.raises(Refused, match="You asked for it yourself"):
            operations.agree_to_cancel(audit_id=check.pk, by=manager, at=LATER)
        assert check.pk in [one.audit.pk for one in standing.due(manager, LATER)]
        assert check.pk in [one.pk for one in standing.to_cancel(quality)]
        operations.agree_to_cancel(audit_id=check.pk, by=quality, at=LATER)
        assert check.pk not in [one.audit.pk for one in standing.due(manager, LATER)]
        assert check.pk in [one.pk for one in queries.cancelled(manager)]
    assert verify(world.organisation.id).whole


def test_a_team_leader_answers_and_does_not_cancel(world: World) -> None:
    audit = drawn(world, size=1, by=LEADER)
    leader = world.viewer(LEADER)
    with world.use():
        operations.answer(audit_id=audit.pk, position=1, said="yes", note="", by=leader, at=LATER)
        with pytest.raises(Http404):
            operations.ask_to_cancel(audit_id=audit.pk, why="No time.", by=leader, at=LATER)
        with pytest.raises(Http404):
            queries.audit(audit.pk, viewer=world.viewer("manager_elsewhere"))


def test_a_check_besides_those_that_were_set_is_planned_once_for_one_key(world: World) -> None:
    action = agreed(world)
    said: dict[str, Any] = {"client_key": uuid4(), "action_id": action.pk, "question": "Is it read?", "wanted": 90}
    with world.use():
        manager = world.viewer(MANAGER)
        made = {operations.plan(**said, due_on=TODAY + timedelta(days=1), by=manager, at=LATER).pk for _ in range(2)}
        assert len(made) == 1
        for wrong in ({"question": ""}, {"wanted": 0}, {"due_on": None}):
            plan = {**said, "client_key": uuid4(), "due_on": TODAY, **wrong}
            with pytest.raises(Refused):
                operations.plan(**plan, by=manager, at=LATER)
