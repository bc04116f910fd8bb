"""The real worker on a database of its own: mail goes out, what a dead worker left is taken over, nothing stops it."""

import asyncio
import json
import time
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from heedful.config import jobs as config_jobs
from heedful.config import reactions
from heedful.foundation.notices import operations
from heedful.foundation.notices.models import Delivery
from heedful.foundation.people.models import Account
from heedful.hosting import working as hosting
from heedful.hosting.health import SEE_ALL_JOBS
from tests.support.jobs import waiting
from tests.support.own_database import own_database
from tests.support.post import Post, open_post
from tests.support.working import jobs, newest_worker, wait_for, workers_after, working
from tests.support.world import World, make_world


@pytest.fixture(scope="module")
def place() -> Iterator[Mapping[str, str]]:
    """The worker does every job of its database, so it gets one of its own."""
    with own_database() as environ:
        yield environ


@pytest.fixture
def post(settings) -> Iterator[Post]:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with open_post() as opened:
        yield opened


def mailing(place: Mapping[str, str], post: Post) -> dict[str, str]:
    return place | {"HEEDFUL_EMAIL_URL": f"smtp+plain://127.0.0.1:{post.port}"}  # type: ignore[operator,no-any-return]


def told(world: World, *, urgent: bool = False) -> Delivery:
    account = world.accounts["registered_manager"]
    Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@example.org")
    cause = uuid4()
    with world.use():
        operations.notify(
            account_ids=[account.pk],
            kind="event.decide",
            cause_id=cause,
            link="/",
            at=timezone.now(),
            organisation_id=world.organisation.id,
            urgent=urgent,
        )
        return Delivery.objects.get(notice__cause_id=cause)


def is_sent(world: World, delivery: Delivery) -> bool:
    with world.use():
        return Delivery.objects.get(pk=delivery.pk).state == "sent"


def taken(post: Post, delivery: Delivery) -> int:
    return sum(message_from_bytes(raw)["Message-ID"] == delivery.message_id for raw in post.taken)


def test_a_worker_killed_while_the_mail_server_thinks_loses_nothing_and_the_next_one_goes_on_at_once(
    place: Mapping[str, str], post: Post
) -> None:
    world = make_world()
    post.pause = 20
    delivery = told(world)
    with working(mailing(place, post)) as worker:
        assert wait_for(lambda: taken(post, delivery) == 1, 60)
        worker.kill()
        assert not is_sent(world, delivery)
        post.pause = 0
        worker.start()
        assert wait_for(lambda: is_sent(world, delivery), 60)
    assert taken(post, delivery) == 2


def test_what_a_dead_worker_left_is_taken_over_within_seconds_by_one_that_runs(
    place: Mapping[str, str], post: Post
) -> None:
    world = make_world()
    post.pause = 20
    delivery = told(world)
    with working(mailing(place, post)) as first:
        assert wait_for(lambda: taken(post, delivery) == 1, 60)
        last = newest_worker()
        with working(mailing(place, post)) as second:
            assert wait_for(lambda: workers_after(last) == len(config_jobs.LANES), 60)
            post.pause = 0
            began = time.monotonic()
            first.kill()
            assert wait_for(lambda: is_sent(world, delivery), 60)
            assert time.monotonic() - began < 10
            assert second.stop() == 0
    assert taken(post, delivery) == 2


def test_nothing_is_taken_from_a_worker_that_lives_however_long_it_takes(place: Mapping[str, str], post: Post) -> None:
    world = make_world()
    post.pause = 8
    delivery = told(world)
    with working(mailing(place, post)) as first, working(mailing(place, post)) as second:
        assert wait_for(lambda: is_sent(world, delivery), 60)
        time.sleep(1)
        assert taken(post, delivery) == 1
        assert (first.stop(), second.stop()) == (0, 0)


def test_an_alert_and_its_mail_go_out_while_thousands_of_other_jobs_wait(place: Mapping[str, str], post: Post) -> None:
    world = make_world()
    fill_queue(world, "reactions", 3000)
    fill_queue(world, "schedule", 500)
    fill_queue(world, "mail", 1000)
    with working(mailing(place, post)):
        assert wait_for(lambda: jobs()["heedful.deliver", "todo"] < 4450, 60)
        delivery = told(world, urgent=True)
        began = time.monotonic()
        assert wait_for(lambda: is_sent(world, delivery), 30)
        waited = time.monotonic() - began
        left = jobs()["heedful.deliver", "todo"]
    clear_queue()
    assert left > 1000, "the others were done too soon to prove anything"
    assert waited < 10


def test_the_schedule_goes_on_when_a_moment_comes_before_the_last_one_was_dealt_with(
    place: Mapping[str, str], post: Post
) -> None:
    """Deferring what already waits must not stop the worker: it did, when the queue was a minute behind."""
    for name in ("heedful.every_day", "heedful.every_month", "heedful.clear_up"):
        task = config_jobs.app.tasks[name]
        assert task.queueing_lock is None, name
        task.configure(schedule_in={"days": 1}).defer(timestamp=1)
    with working(mailing(place, post)) as worker:
        world = make_world()
        delivery = told(world)
        assert wait_for(lambda: is_sent(world, delivery), 60)
        assert wait_for(lambda: jobs()["heedful.every_day", "succeeded"] == 1, 30)
        assert worker.stop() == 0


def test_a_worker_that_loses_its_database_ends_with_a_failure_so_that_it_is_started_again(
    place: Mapping[str, str], post: Post
) -> None:
    last = newest_worker()
    with working(mailing(place, post)) as worker:
        assert wait_for(lambda: workers_after(last) == len(config_jobs.LANES), 60)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert worker.process.wait(60) == 1


def test_what_a_job_defers_goes_with_the_transaction_of_that_job() -> None:
    """With a worker's connections open, as inside a job."""
    world = make_world()

    def undone() -> None:
        with pytest.raises(ZeroDivisionError), world.use():
            config_jobs.scheduled.defer(function="none", organisation_id=str(world.organisation.id))
            raise ZeroDivisionError

    async def inside() -> None:
        async with config_jobs.app.open_async():
            await asyncio.to_thread(undone)

    with config_jobs.app.replace_connector(hosting.Connector(config_jobs.app.connector.get_sync_connector())):
        asyncio.run(inside())
    assert waiting(world.organisation.id) == []


def test_every_task_is_in_the_lane_of_somebody() -> None:
    reached = {queue for lane in config_jobs.LANES for queue in lane.queues}
    ours = {name: task for name, task in config_jobs.app.tasks.items() if name.startswith("heedful.")}
    assert {task.queue for task in ours.values()} | {config_jobs.ALERTS} == reached
    everything = {function for functions in reactions.REACTIONS.values() for function in functions}
    assert everything > reactions.ALERTS


def fill_queue(world: World, queue: str, count: int) -> None:
    """Jobs that take a moment each: mails that are not there any more."""
    args = {"organisation_id": str(world.organisation.id), "delivery_id": str(uuid4())}
    with world.use(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " SELECT %s, 'heedful.deliver', %s::jsonb FROM generate_series(1, %s)",
            [queue, json.dumps(args), count],
        )


def clear_queue() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEE_ALL_JOBS)
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")
