"""What is late is said: to whoever it waits for, then to those above them, each once, never to whoever may not know."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from heedful.config import jobs, schedule
from heedful.foundation.access import tenant
from heedful.foundation.notices.models import Notice
from heedful.foundation.people.models import Membership
from heedful.loop.audits import operations as audits
from heedful.loop.audits.models import Audit
from heedful.loop.feedback import operations as feedback
from heedful.loop.feedback.queries import Recipient, Step
from heedful.loop.incidents.operations import Named
from heedful.loop.reviews import operations as reviews
from heedful.loop.reviews.models import Review
from tests.support.acting import LATER, agreed
from tests.support.jobs import run_jobs
from tests.support.reports import told
from tests.support.reviews import LATER as DECIDED
from tests.support.reviews import decide, finish
from tests.support.world import World, make_world

LEADER, MANAGER, ABOVE = "team_leader", "registered_manager", "nominated_individual"


@pytest.fixture
def world() -> World:
    return make_world()


def after(due_on: date, days: int) -> datetime:
    return datetime.combine(due_on + timedelta(days=days), time(5, 15), UTC)


def opened(world: World, *, lead: str = LEADER, **said: Any) -> Review:
    """A review with a day, led by somebody who does not decide."""
    event = told(world, **said).event
    with world.use():
        row = reviews.open_review(event_ids=[event.pk], kind="huddle", by=world.viewer("safeguarding_lead"), at=LATER)
        Review.objects.filter(pk=row.pk).update(
            lead_id=world.accounts[lead].pk, due_on=(LATER + timedelta(days=7)).date()
        )
        row.refresh_from_db()
    return row


def reviews_reminded(world: World, row: Review, *days: int) -> list[dict[str, list[str]]]:
    """Who was told on each of these days after the review was due."""
    assert row.due_on
    said = []
    for one in days:
        with world.use():
            found = reviews.remind_of_late(organisation_id=world.organisation.id, at=after(row.due_on, one))
        said.append({who: names(world, accounts) for who, accounts in found.get(row.pk, {}).items()})
    return said


def names(world: World, accounts: list[Any]) -> list[str]:
    keys = {account.pk: key for key, account in world.accounts.items()}
    return sorted(keys[one] for one in accounts)


def test_a_late_review_climbs_from_its_lead_to_the_manager_to_the_nominated_individual_once_each(world: World) -> None:
    row = opened(world)
    assert reviews_reminded(world, row, 0, 1, 1, 2, 4, 5, 15, 15, 40) == [
        {},
        {"owner": [LEADER]},
        {},
        {},
        {"registered_manager": [MANAGER]},
        {},
        {"nominated_individual": [ABOVE]},
        {},
        {},
    ]
    with world.use():
        kept = Notice.objects.filter(kind="review.late")
        assert sorted(names(world, [one.account_id for one in kept])) == sorted([LEADER, MANAGER, ABOVE])
        assert {one.link for one in kept} == {f"/reviews/{row.pk}/"}


def test_days_without_a_worker_are_made_up_for_and_nobody_hears_of_one_thing_twice(world: World) -> None:
    """The manager leads it: the step to the manager finds nobody new."""
    row = opened(world, lead=MANAGER)
    assert reviews_reminded(world, row, 20, 21) == [
        {"owner": [MANAGER], "registered_manager": [], "nominated_individual": [ABOVE]},
        {"registered_manager": []},
    ]


def test_a_new_day_begins_anew_and_a_closed_review_is_late_no_more(world: World) -> None:
    row = opened(world)
    assert reviews_reminded(world, row, 1) == [{"owner": [LEADER]}]
    with world.use():
        Review.objects.filter(pk=row.pk).update(due_on=row.due_on + timedelta(days=10))
        row = Review.objects.get(pk=row.pk)
    assert reviews_reminded(world, row, 0, 1) == [{}, {"owner": [LEADER]}]
    finish(world, row, by="safeguarding_lead")
    assert reviews_reminded(world, row, 30) == [{}]


def test_whoever_is_named_as_a_possible_source_hears_nothing_of_the_review(world: World) -> None:
    source = Named(part="alleged_source", staff_id=world.staff[MANAGER].pk)
    row = opened(world, involved=(source,))
    found = reviews_reminded(world, row, 40)[0]
    assert MANAGER not in {one for told_now in found.values() for one in told_now}
    assert ABOVE in found["nominated_individual"]


def test_a_check_is_remembered_on_its_day_by_the_lead_then_climbs(world: World) -> None:
    action = agreed(world)
    with world.use():
        check = audits.schedule(action_id=action.pk, by=world.system, at=LATER)[0]
        said = []
        for days in (-1, 0, 0, 4, 15, 16):
            found = audits.remind_of_due(organisation_id=world.organisation.id, at=after(check.due_on, days))
            said.append({who: names(world, told_now) for who, told_now in found.get(check.pk, {}).items()})
    assert said == [
        {},
        {"owner": [LEADER]},
        {},
        {"registered_manager": [MANAGER]},
        {"nominated_individual": [ABOVE]},
        {},
    ]


def test_a_check_that_is_done_or_cancelled_is_remembered_no_more(world: World) -> None:
    action = agreed(world)
    with world.use():
        check, other, last = audits.schedule(action_id=action.pk, by=world.system, at=LATER)
        audits.ask_to_cancel(audit_id=check.pk, why="The round is gone.", by=world.viewer(MANAGER), at=LATER)
        audits.agree_to_cancel(audit_id=check.pk, by=world.viewer("safeguarding_lead"), at=LATER)
        Audit.objects.filter(pk=other.pk).update(state="done", done_at=LATER)
        found = audits.remind_of_due(organisation_id=world.organisation.id, at=after(last.due_on, 1))
        assert set(found) == {last.pk}


def untold(world: World, event: Any, *days: int) -> list[dict[str, list[str]]]:
    """Who was reminded so many days after the decision; three working days later the reporter should know."""
    said = []
    for one in days:
        with world.use():
            at = DECIDED + timedelta(days=one)
            found = feedback.remind_of_untold(organisation_id=world.organisation.id, at=at)
        said.append({who: names(world, accounts) for who, accounts in found.get(event.pk, {}).items()})
    return said


def test_a_reporter_who_was_not_told_is_remembered_by_whoever_decided_then_above(world: World) -> None:
    event = told(world).event
    decide(world, event, by="safeguarding_lead", settled=True)
    assert untold(world, event, 2, 5, 5, 8, 17, 19, 40) == [
        {},
        {"owner": ["safeguarding_lead"]},
        {},
        {"registered_manager": [MANAGER]},
        {},
        {"nominated_individual": [ABOVE]},
        {},
    ]


def test_once_told_nobody_is_reminded_and_whoever_told_us_never_is(world: World) -> None:
    mine, told_already = told(world, by=MANAGER).event, told(world).event
    for event in (mine, told_already):
        decide(world, event, by="safeguarding_lead", settled=True)
    with world.use():
        feedback.tell(
            event_id=told_already.pk, recipient=Recipient.REPORTER, step=Step.DECIDED, words="We looked at it.",
            client_key=uuid4(), by=world.viewer("safeguarding_lead"), at=LATER,
        )  # fmt: skip
    assert untold(world, told_already, 40) == [{}]
    found = untold(world, mine, 41)[0]
    assert MANAGER not in {one for told_now in found.values() for one in told_now}
    with world.use():
        assert not Notice.objects.filter(kind="telling.late", account_id=world.accounts[MANAGER].pk).exists()


def test_nobody_is_reminded_of_telling_while_a_name_is_in_doubt(world: World) -> None:
    event = told(world, involved=(Named(part="alleged_source", name="Somebody New"),)).event
    decide(world, event, by=ABOVE, settled=True)
    assert untold(world, event, 40) == [{}]


def test_the_jobs_of_the_schedule_do_it_for_their_organisation_and_twice_is_once(world: World) -> None:
    row = opened(world)
    reminders = [name for name in schedule.DAILY if "remind" in name]
    assert len(reminders) == 3
    for _ in range(2):
        with tenant.use(world.organisation.id):
            for name in reminders:
                jobs.scheduled.defer(function=name, organisation_id=str(world.organisation.id))
        run_jobs(world.organisation.id)
    with world.use():
        assert Notice.objects.filter(kind="review.late", link=f"/reviews/{row.pk}/").count() == 3
        assert Membership.objects.filter(role=ABOVE).count() == 1
