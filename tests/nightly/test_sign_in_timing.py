"""Nobody learns from the time an answer takes whether a name exists here: 2,000 timed tries of each kind."""

import logging
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import global_settings
from django.contrib.auth import hashers
from django.test import Client

from heedful.foundation.people import operations as people
from heedful.foundation.people.models import Account
from tests.integration.test_matrix import TOKEN
from tests.nightly.scale import SEED, scaled
from tests.nightly.timing import gap
from tests.support.world import START, World, make_world

pytestmark = pytest.mark.nightly

TRIES = scaled(2_000)
# A guesser over a network cannot use less than this; the two differ by a look in a table at most.
LIMIT_MS = 2.0
# A coin is right half of the time; chance alone gives 0.02 with 2,000 tries, more with fewer.
GUESS = 0.1


class Lighter(hashers.PBKDF2PasswordHasher):
    """The kind of hash that production uses, with fewer rounds: a difference outside it is easier to see."""

    algorithm = "pbkdf2_lighter"
    iterations = 5_000


@pytest.fixture(autouse=True)
def hushed() -> Iterator[None]:
    """Thousands of wrong tries are logged, as they should be, and the log would be timed as well."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()


@contextmanager
def lighter_hashes(settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    settings.PASSWORD_HASHERS = [f"{__name__}.Lighter"]
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()
    yield


def names(world: World, count: int) -> dict[str, list[str]]:
    """Names of each kind; those known have a password, an address, or are switched off."""
    code, stored = world.organisation.code, hashers.make_password("calm harbour seven")
    made: dict[str, list[str]] = {kind: [] for kind in ("known", "unknown", "known mail", "unknown mail", "off")}
    for number in range(count):
        for kind in ("known", "off"):
            account = people.open_account(
                username=f"{code}/{kind}{number}", name="Some One", at=START, email=f"{kind}{number}@{code}.example"
            )
            Account.objects.filter(pk=account.pk).update(password=stored, is_active=kind == "known")
            made[kind].append(account.username)
        made["known mail"].append(f"known{number}@{code}.example")
        made["unknown"].append(f"{code}/nobod{number}")
        made["unknown mail"].append(f"nobod{number}@{code}.example")
    return made


def one_try(client: Client, name: str, network: int) -> tuple[float, float, bytes, int]:
    """Seconds of processor and of the clock; each try from a network of its own, so that none is locked out."""
    client.cookies.clear()
    address = f"10.{network >> 16 & 255}.{network >> 8 & 255}.{network & 255}"
    processor, clock = time.process_time(), time.perf_counter()
    said = {"login": name, "password": "wrong harbour seven"}
    response = client.post("/account/login/", said, REMOTE_ADDR=address)
    took = time.process_time() - processor, time.perf_counter() - clock
    return *took, response.content.replace(name.encode(), b""), response.status_code


def test_a_known_name_with_a_wrong_password_takes_no_longer_than_an_unknown_one(
    settings, capsys: pytest.CaptureFixture[str]
) -> None:  # type: ignore[no-untyped-def]
    draw, client = random.Random(SEED), Client()
    with lighter_hashes(settings):
        made = names(make_world(), 200)
        plan = [kind for kind in made for _ in range(TRIES)]
        draw.shuffle(plan)
        processor: dict[str, list[float]] = {kind: [] for kind in made}
        clock: dict[str, list[float]] = {kind: [] for kind in made}
        said: set[tuple[int, int]] = set()
        for kind in plan[:20]:
            one_try(client, draw.choice(made[kind]), draw.randrange(1 << 24))
        for kind in plan:
            cpu, wall, content, status = one_try(client, draw.choice(made[kind]), draw.randrange(1 << 24))
            processor[kind].append(cpu)
            clock[kind].append(wall)
            said.add((status, len(_without_token(content))))
    assert len(said) == 1, said
    rows = []
    for first, second in (("known", "unknown"), ("known mail", "unknown mail"), ("off", "unknown")):
        for what, times in (("processor", processor), ("clock", clock)):
            found = gap(times[first], times[second])
            rows.append((first, second, what, found))
    with capsys.disabled():
        for first, second, what, found in rows:
            sys.stdout.write(
                f"\n| {first} / {second}, {what} | {found.first:.2f} / {found.second:.2f} ms |"
                f" {found.middle:+.2f} ({found.low:+.2f} to {found.high:+.2f}) | {found.guess:.3f} |"
            )
    for first, second, what, found in rows:
        # The clock of a busy machine says little; processor time says what the program itself does differently.
        assert what == "clock" or max(abs(found.low), abs(found.high)) < LIMIT_MS, (first, second, what, found)
        assert 0.5 - GUESS < found.guess < 0.5 + GUESS, (first, second, what, found)


def _without_token(content: bytes) -> bytes:
    return TOKEN.sub(b"", content)


def test_with_the_hash_of_production_each_kind_of_name_costs_one_hash(settings, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """So the greatest part of the time, which the test above makes small, is the same for all."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()
    made, rounds = names(make_world(), 1), []
    plain = hashers.pbkdf2

    def counted(password: str, salt: str, iterations: int, *more: object, **named: object) -> bytes:
        rounds.append(iterations)
        return plain(password, salt, iterations, *more, **named)  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(hashers, "pbkdf2", counted)
    for number, kind in enumerate(made):
        rounds.clear()
        one_try(Client(), made[kind][0], 77 + number)
        assert rounds == [hashers.PBKDF2PasswordHasher.iterations], kind
