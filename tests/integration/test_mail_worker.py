"""The real worker, killed in the middle of its work: no mail is lost, and a repeat has the same Message-ID."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from email import message_from_bytes
from uuid import uuid4

import pytest
from django.utils import timezone

from heedful.foundation.notices import operations
from heedful.foundation.notices.models import Delivery
from heedful.foundation.people.models import Account
from tests.support.post import Post, open_post
from tests.support.world import World, make_world


def worker(post: Post) -> subprocess.Popen[bytes]:
    environ = os.environ | {"HEEDFUL_EMAIL_URL": f"smtp+plain://127.0.0.1:{post.port}"}
    return subprocess.Popen([sys.executable, "-m", "heedful", "worker"], env=environ, start_new_session=True)


def wait_for(what: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.1)
    return False


def told(world: World) -> Delivery:
    account = world.accounts["registered_manager"]
    Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@example.org")
    with world.use():
        operations.notify(
            account_ids=[account.pk],
            kind="event.decide",
            cause_id=uuid4(),
            link="/",
            at=timezone.now(),
            organisation_id=world.organisation.id,
        )
        return Delivery.objects.get()


def is_sent(world: World) -> bool:
    with world.use():
        return Delivery.objects.get().state == "sent"


@pytest.mark.nightly
def test_a_worker_killed_while_the_mail_server_thinks_loses_nothing(settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    world = make_world()
    with open_post() as post:
        post.pause = 20
        delivery = told(world)
        first = worker(post)
        ours = lambda: [m for raw in post.taken if (m := message_from_bytes(raw))["Message-ID"] == delivery.message_id]  # noqa: E731
        assert wait_for(lambda: bool(ours()), 60)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        assert not is_sent(world)
        post.pause = 0
        second = worker(post)
        try:
            assert wait_for(lambda: is_sent(world), 180)
        finally:
            os.killpg(second.pid, signal.SIGTERM)
            second.wait(30)
        assert len(ours()) == 2


def test_the_worker_takes_a_job_and_hands_the_mail_over(settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    world = make_world()
    with open_post() as post:
        told(world)
        running = worker(post)
        try:
            assert wait_for(lambda: is_sent(world), 60)
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            running.wait(30)
        assert any(world.organisation.name in message_from_bytes(raw)["Subject"] for raw in post.taken)
