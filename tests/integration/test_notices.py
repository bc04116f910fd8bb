"""Somebody is told, exactly once, whoever is on duty, and nothing about the case leaves."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices import operations, queries
from heedful.foundation.notices import roster as roster_verbs
from heedful.foundation.notices.models import Delivery, Notice, Unreached
from heedful.foundation.people import operations as people
from heedful.foundation.people.models import Account, Membership
from tests.support.world import START, World, make_world

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def world() -> World:
    return make_world()


def tell(world: World, accounts: list[UUID], cause: UUID, **more: object) -> list[Notice]:
    details = {"kind": "decide", "link": "/today", "at": START, "organisation_id": world.organisation.id}
    return operations.notify(account_ids=accounts, cause_id=cause, **(details | more))  # type: ignore[arg-type]


def with_address(world: World, key: str) -> Account:
    account = world.accounts[key]
    Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@example.org")
    return account


def jobs_for(delivery: Delivery) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args->>'delivery_id' = %s AND status = 'todo'",
            [str(delivery.pk)],
        )
        return int(cursor.fetchone()[0])


def test_each_account_is_told_once_for_each_cause(world: World) -> None:
    manager, lead = world.accounts["registered_manager"].pk, world.accounts["safeguarding_lead"].pk
    cause = uuid4()
    with world.use():
        assert len(tell(world, [manager, lead, manager], cause)) == 2
        assert tell(world, [manager, lead], cause) == []
        assert len(tell(world, [manager], cause, kind="overdue")) == 1
        assert len(tell(world, [manager], uuid4())) == 1
        assert Notice.objects.filter(cause_id=cause).count() == 3


def test_eight_reactions_at_the_same_moment_tell_once(world: World) -> None:
    manager, cause, barrier = world.accounts["registered_manager"].pk, uuid4(), Barrier(8)
    made: list[int] = []

    def react() -> None:
        barrier.wait()
        with world.use():
            made.append(len(tell(world, [manager], cause)))
        connection.close()

    threads = [Thread(target=react) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [0] * 7 + [1]


def test_a_mail_is_deferred_only_for_those_with_an_address(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = SMTP
    manager = with_address(world, "registered_manager")
    with world.use():
        tell(world, [manager.pk, world.accounts["care_worker"].pk], uuid4())
        delivery = Delivery.objects.get()
        assert delivery.notice.account_id == manager.pk
        assert delivery.message_id == f"<{delivery.pk}@127.0.0.1>"
        assert jobs_for(delivery) == 1


def test_without_a_mail_server_notices_live_in_the_app_only(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    manager = with_address(world, "registered_manager")
    with world.use():
        assert len(tell(world, [manager.pk], uuid4())) == 1
        assert not Delivery.objects.exists()


def test_a_rolled_back_operation_takes_notice_and_mail_with_it(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = SMTP
    manager = with_address(world, "registered_manager")
    with world.use():
        with pytest.raises(RuntimeError), transaction.atomic():
            tell(world, [manager.pk], uuid4())
            delivery = Delivery.objects.get()
            raise RuntimeError
        assert not Notice.objects.exists()
        assert jobs_for(delivery) == 0


@pytest.mark.parametrize("link", ["https://example.org/", "//example.org/", "today"])
def test_a_notice_cannot_lead_to_another_site(world: World, link: str) -> None:
    with pytest.raises(DatabaseError), world.use():
        tell(world, [world.accounts["registered_manager"].pk], uuid4(), link=link)


def roster(world: World, account: str, starts: datetime, hours: float, deputy: str | None = None) -> None:
    roster_verbs.add_duty(
        service=world.home,
        account_id=world.accounts[account].pk,
        deputy_id=world.accounts[deputy].pk if deputy else None,
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        by=world.system,
        at=START,
    )


def names(world: World, at: datetime, shut_out: tuple[str, ...] = ()) -> list[str]:
    keys = {account.pk: key for key, account in world.accounts.items()}
    found = queries.on_duty(world.home.pk, at, shut_out=[world.accounts[key].pk for key in shut_out])
    return [keys[account] for account in found]


NOW = START + timedelta(hours=3)


def test_the_roster_gives_who_is_on_duty_then_the_deputy_then_the_next(world: World) -> None:
    with world.use():
        roster(world, "registered_manager", START, 12, "safeguarding_lead")
        roster(world, "team_leader", START + timedelta(hours=12), 12)
        roster(world, "nominated_individual", START - timedelta(hours=12), 12)
        assert names(world, NOW) == ["registered_manager", "safeguarding_lead", "team_leader"]
        assert names(world, NOW, ("registered_manager",)) == ["safeguarding_lead", "team_leader"]
        assert names(world, START + timedelta(hours=12)) == ["team_leader"]
        assert names(world, START + timedelta(days=2)) == []
        assert queries.on_duty(world.other_home.pk, NOW) == []


def test_a_duty_put_over_another_comes_first(world: World) -> None:
    with world.use():
        roster(world, "registered_manager", START, 12)
        roster(world, "team_leader", START + timedelta(hours=2), 3)
        assert names(world, NOW) == ["team_leader", "registered_manager"]


def test_somebody_absent_is_passed_over_until_back(world: World) -> None:
    with world.use():
        roster(world, "registered_manager", START, 12, "safeguarding_lead")
        roster_verbs.note_absence(
            account_id=world.accounts["registered_manager"].pk,
            starts_at=START,
            ends_at=NOW,
            by=world.system,
            at=START,
        )
        assert names(world, NOW - timedelta(seconds=1)) == ["safeguarding_lead"]
        assert names(world, NOW) == ["registered_manager", "safeguarding_lead"]


def test_a_leaver_and_somebody_without_a_role_here_are_never_counted_on(world: World) -> None:
    with world.use():
        roster(world, "registered_manager", START, 12, "team_leader")
        membership = Membership.objects.get(account=world.accounts["registered_manager"])
        people.end_membership(membership=membership, by=world.system, at=START)
        assert names(world, NOW) == ["team_leader"]
        Account.objects.filter(pk=world.accounts["team_leader"].pk).update(is_active=False)
        assert names(world, NOW) == []


def test_a_team_leader_of_one_team_may_stand_on_that_service_only(world: World) -> None:
    with world.use():
        account = people.open_account(username=f"{world.organisation.code}/wing", name="Wing Leader", at=START)
        reach = people.Reach(Scope.TEAM, teams=(world.team.pk,))
        people.grant(account=account, role=Role.TEAM_LEADER, reach=reach, by=world.system, at=START)
        assert account.pk in queries.candidates(world.home.pk, NOW)
        assert account.pk not in queries.candidates(world.other_home.pk, NOW)
        assert world.accounts["manager_elsewhere"].pk not in queries.candidates(world.home.pk, NOW)
        assert world.accounts["care_worker"].pk not in queries.candidates(world.home.pk, NOW)


def alert(world: World, cause: UUID, shut_out: tuple[str, ...] = ()) -> list[UUID]:
    return operations.alert_duty(
        service_id=world.home.pk,
        kind="not_safe",
        cause_id=cause,
        link="/today",
        at=NOW,
        organisation_id=world.organisation.id,
        shut_out=[world.accounts[key].pk for key in shut_out],
    )


def test_an_alert_goes_to_whoever_is_on_duty_and_the_deputy(world: World) -> None:
    cause = uuid4()
    with world.use():
        roster(world, "registered_manager", START, 12, "safeguarding_lead")
        roster(world, "team_leader", START + timedelta(hours=12), 12)
        assert alert(world, cause) == [world.accounts[k].pk for k in ("registered_manager", "safeguarding_lead")]
        assert Notice.objects.filter(cause_id=cause, urgent=True).count() == 2
        assert not Unreached.objects.exists()


def test_when_nobody_can_be_reached_it_is_recorded_once_and_the_caller_is_told(world: World) -> None:
    cause = uuid4()
    with world.use():
        roster(world, "registered_manager", START, 12, "safeguarding_lead")
        shut_out = ("registered_manager", "safeguarding_lead")
        assert alert(world, cause, shut_out) == []
        assert alert(world, cause, shut_out) == []
        assert Unreached.objects.filter(cause_id=cause, service_id=world.home.pk).count() == 1
        assert Entry.objects.filter(kind="alert.unreached").count() == 1


def test_the_number_in_the_header_counts_only_ones_own_unread_notices(world: World) -> None:
    manager, lead = world.viewer("registered_manager"), world.viewer("safeguarding_lead")
    with world.use():
        first, *_ = tell(world, [manager.account_id], uuid4())
        tell(world, [manager.account_id, lead.account_id], uuid4())
        assert (queries.unread(manager), queries.unread(lead)) == (2, 1)
        assert operations.mark_read(by=lead, at=NOW, notice_id=first.pk) == 0
        assert operations.mark_read(by=manager, at=NOW, notice_id=first.pk) == 1
        assert (queries.unread(manager), queries.unread(lead)) == (1, 1)
        assert operations.mark_read(by=manager, at=NOW) == 1
        assert queries.unread(manager) == 0
