"""Mails go to a real SMTP server here: what they say, how often, and what happens when they cannot be delivered."""

import json
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from heedful.foundation.notices import commands, jobs, letters, mail, operations, queries
from heedful.foundation.notices.models import Delivery, Notice
from heedful.foundation.people.models import Account
from tests.support.jobs import run_jobs
from tests.support.post import Post, open_post
from tests.support.world import World, make_world


@pytest.fixture
def post(settings) -> Iterator[Post]:  # type: ignore[no-untyped-def]
    with open_post() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield post


@pytest.fixture
def world() -> World:
    return make_world()


def told(world: World, urgent: bool = False) -> Delivery:
    account = world.accounts["registered_manager"]
    Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@example.org")
    with world.use():
        operations.notify(
            account_ids=[account.pk],
            kind="not_safe_canary7391",
            cause_id=uuid4(),
            link="/cases/today",
            urgent=urgent,
            at=timezone.now(),
            organisation_id=world.organisation.id,
        )
        return Delivery.objects.latest("notice__made_at")


def deliver(world: World, delivery: Delivery) -> None:
    jobs.deliver.func(organisation_id=str(world.organisation.id), delivery_id=str(delivery.pk))


def state(world: World, delivery: Delivery) -> tuple[str, int, str]:
    with world.use():
        delivery.refresh_from_db()
    return delivery.state, delivery.attempts, delivery.trouble


def test_a_mail_says_that_something_needs_you_and_nothing_else(world: World, post: Post) -> None:
    delivery = told(world)
    assert run_jobs(world.organisation.id) >= 1
    (raw,) = post.taken
    read = message_from_bytes(raw, policy=default)
    assert read["Subject"] == f"Something at {world.organisation.name} needs you"
    assert read["To"] == f"{world.accounts['registered_manager'].pk}@example.org"
    assert read["Message-ID"] == delivery.message_id
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content().replace("\r\n", "\n") == (
        f"Something at {world.organisation.name} needs you:\n\nhttp://127.0.0.1:8000/cases/today\n\n"
        "This mail says no more than that, so that nobody else can read it. Sign in to see it.\n"
    )
    assert state(world, delivery) == ("sent", 1, "")


def test_no_mail_carries_the_kind_the_cause_a_name_or_a_service(world: World, post: Post) -> None:
    delivery = told(world, urgent=True)
    run_jobs(world.organisation.id)
    raw = post.taken[0].decode()
    assert "needs you now" in raw
    with world.use():
        cause = Notice.objects.get(pk=delivery.notice_id).cause_id
    for secret in ("canary7391", str(cause), "Kettleby", "Rowan House", "Registered Manager"):
        assert secret not in raw


def test_a_mail_that_was_sent_is_not_sent_again(world: World, post: Post) -> None:
    delivery = told(world)
    for _ in range(3):
        deliver(world, delivery)
    assert len(post.taken) == 1
    assert state(world, delivery) == ("sent", 1, "")


def test_killed_between_hand_over_and_record_it_goes_out_once_more_with_the_same_id(
    world: World,
    post: Post,
    monkeypatch,  # type: ignore[no-untyped-def]
) -> None:
    delivery = told(world)

    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(letters, "record", killed)
        deliver(world, delivery)
    deliver(world, delivery)
    deliver(world, delivery)
    ids = [message_from_bytes(raw)["Message-ID"] for raw in post.taken]
    assert ids == [delivery.message_id] * 2


def test_killed_before_hand_over_nothing_is_lost(world: World, post: Post, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    delivery = told(world)

    def killed(*_: object) -> None:
        raise SystemExit

    for _ in range(20):
        with monkeypatch.context() as patch, pytest.raises(SystemExit):
            patch.setattr(letters, "send", killed)
            deliver(world, delivery)
    deliver(world, delivery)
    assert len(post.taken) == 1


@pytest.mark.parametrize(
    ("verb", "reply", "trouble"),
    [
        ("RCPT", "450 mailbox busy", "address_refused"),
        ("MAIL", "553 who are you", "sender_refused"),
        ("DATA", "451 try later", "server_refused"),
    ],
)
def test_a_passing_trouble_is_tried_again_until_it_works(
    world: World, post: Post, verb: str, reply: str, trouble: str
) -> None:
    delivery = told(world)
    post.refuse[verb] = reply
    for attempt in (1, 2):
        with pytest.raises(mail.NotHandedOver):
            deliver(world, delivery)
        assert state(world, delivery) == ("waiting", attempt, trouble)
    post.refuse.clear()
    deliver(world, delivery)
    assert state(world, delivery) == ("sent", 3, "")
    assert len(post.taken) == 1


def test_an_unreachable_server_is_tried_ten_times_and_then_given_up(world: World, post: Post, settings) -> None:  # type: ignore[no-untyped-def]
    delivery = told(world)
    settings.EMAIL_PORT = 1
    for _ in range(letters.MOST_ATTEMPTS - 1):
        with pytest.raises(mail.NotHandedOver):
            deliver(world, delivery)
    deliver(world, delivery)
    assert state(world, delivery) == ("failed", 10, "no_connection")


def test_an_address_refused_for_good_is_not_tried_again(world: World, post: Post) -> None:
    delivery = told(world)
    post.refuse["RCPT"] = "550 no such person"
    deliver(world, delivery)
    assert state(world, delivery) == ("failed", 1, "address_refused")


def test_somebody_whose_address_was_taken_away_is_shown_as_not_reached(world: World, post: Post) -> None:
    delivery = told(world)
    Account.objects.filter(pk=world.accounts["registered_manager"].pk).update(email="")
    deliver(world, delivery)
    assert state(world, delivery) == ("failed", 1, "no_address")


def test_the_worker_spaces_its_tries_and_never_holds_one_delivery_twice(world: World, post: Post) -> None:
    delivery = told(world)
    with world.use(), connection.cursor() as cursor:
        cursor.execute("SELECT lock, args FROM procrastinate_jobs WHERE args->>'delivery_id' = %s", [str(delivery.pk)])
        ((lock, args),) = cursor.fetchall()
    assert lock == f"mail-{delivery.pk}"
    assert sorted(json.loads(args)) == ["delivery_id", "organisation_id"]
    retry = jobs.deliver.retry_strategy
    assert retry is not None
    assert (retry.exponential_wait, retry.max_attempts) == (3, None)


def test_what_was_not_delivered_is_listed_and_can_be_sent_again(world: World, post: Post) -> None:
    delivery = told(world, urgent=True)
    now = timezone.now()
    admin = world.viewer("administrator")
    with world.use():
        assert queries.undelivered(now) == []
        (late,) = queries.undelivered(now + queries.TOO_SLOW + timedelta(seconds=1))
        assert (late.given_up, late.trouble) == (False, "")
    post.refuse["RCPT"] = "550 no such person"
    run_jobs(world.organisation.id)
    with world.use():
        (found,) = queries.undelivered(now)
        assert found.account_id == world.accounts["registered_manager"].pk
        assert (found.given_up, found.urgent, found.trouble) == (True, True, "address_refused")
        post.refuse.clear()
        assert operations.try_again(by=admin, at=now) == 1
        assert operations.try_again(by=admin, at=now) == 0
    run_jobs(world.organisation.id)
    assert state(world, delivery)[0] == "sent"
    with world.use():
        assert queries.undelivered(now + timedelta(days=1)) == []


def test_a_test_mail_is_sent_or_the_reason_is_said(post: Post, settings) -> None:  # type: ignore[no-untyped-def]
    assert "took a test mail for me@example.org" in commands.send_test("me@example.org")
    assert b"http://127.0.0.1:8000" in post.taken[0]
    settings.EMAIL_PORT = 1
    with pytest.raises(mail.NotHandedOver) as refusal:
        commands.send_test("me@example.org")
    assert commands.why(refusal.value) == "The mail server could not be reached."
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(mail.NotHandedOver) as refusal:
        commands.send_test("me@example.org")
    assert "HEEDFUL_EMAIL_URL" in commands.why(refusal.value)
