"""Who is told of what by itself, with a link and no content."""

from datetime import timedelta

from django.db.models import QuerySet

from heedful.foundation.access.roles import Role
from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices import operations as notices
from heedful.foundation.notices.models import Duty, Notice, Unreached
from heedful.loop.incidents import jobs, operations
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from tests.support.reports import NOW, told
from tests.support.world import World, make_world


def alert(world: World, event: Event, job: str) -> None:
    entry = Entry.objects.get(subject_id=event.pk, kind="event.recorded")
    for _ in range(2):
        getattr(jobs, job)(world.organisation.id, entry.pk)


def notices_of(kind: str) -> "QuerySet[Notice]":
    return Notice.objects.filter(kind=kind)


def test_the_decider_is_told_once_with_a_link_and_no_content() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        alert(world, event, "tell_decider")
        (notice,) = notices_of("event.decide")
        assert notice.account_id == world.accounts["registered_manager"].pk
        assert notice.link == f"/decide/{event.pk}/" and not notice.urgent


def test_nothing_done_yet_alerts_who_is_on_duty_but_never_the_reporter_or_somebody_named() -> None:
    world = make_world()
    on_duty = ("registered_manager", "team_leader", "safeguarding_lead")
    with world.use():
        for number, role in enumerate(on_duty):
            Duty.objects.create(
                organisation_id=world.organisation.id,
                service=world.home,
                account_id=world.accounts[role].pk,
                starts_at=NOW - timedelta(hours=4 + number),
                ends_at=NOW + timedelta(hours=4),
            )
    named = Named(part="alleged_source", staff_id=world.staff["team_leader"].pk)
    event = told(world, by="registered_manager", safe_now="no", made_safe="", involved=(named,)).event
    with world.use():
        alert(world, event, "alert_if_not_safe")
        assert [one.account_id for one in notices_of("event.not_safe")] == [world.accounts["safeguarding_lead"].pk]


def test_nobody_on_duty_is_written_down() -> None:
    world = make_world()
    event = told(world, safe_now="unsure", made_safe="").event
    safe = told(world).event
    with world.use():
        alert(world, event, "alert_if_not_safe")
        alert(world, safe, "alert_if_not_safe")
        assert [one.cause_id for one in Unreached.objects.all()] == [event.pk]
        assert not notices.notify(
            account_ids=[], kind="x", cause_id=event.pk, link="/", at=NOW, organisation_id=world.organisation.id
        )


def test_a_name_to_match_calls_those_who_may_match_it() -> None:
    world = make_world()
    event = told(world, involved=(Named(part="alleged_source", name="big Dave"),)).event
    with world.use():
        alert(world, event, "tell_decider")
        called = {one.account_id for one in notices_of("event.match_name")}
        assert called == {world.accounts[key].pk for key in ("safeguarding_lead", "nominated_individual")}
        assert Role.SAFEGUARDING_LEAD in world.viewer("safeguarding_lead").roles


def test_the_reporter_is_told_of_a_question_and_the_asker_of_the_answer() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        asked = operations.send_back(
            event_id=event.pk, words="Which chair?", by=world.viewer("registered_manager"), at=NOW
        )
        jobs.tell_reporter(world.organisation.id, Entry.objects.get(kind="event.sent_back").pk)
        (notice,) = notices_of("event.question")
        assert notice.account_id == world.accounts["care_worker"].pk
        operations.answer_question(question_id=asked.pk, words="Blue", by=world.viewer("care_worker"), at=NOW)
        jobs.tell_asker(world.organisation.id, Entry.objects.get(kind="question.answered").pk)
        assert notices_of("event.answered").get().account_id == world.accounts["registered_manager"].pk
