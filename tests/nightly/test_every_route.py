"""Whatever is sent to any route by anybody: no fault, no trace, no word of another organisation, every header."""

import random
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as how
from hypothesis import strategies as st

import heedful
from tests.integration.test_headers import faults
from tests.integration.test_matrix import FIXED, OF_AN_EVENT, ROLES, routes
from tests.nightly.form_fields import Forms
from tests.nightly.garbage import KINDS, RAW, SPOILING, UGLY, VALUES, encoded, spoilt
from tests.nightly.scale import SEED, scaled
from tests.support.matrix import RELATIONS, Populated, populate
from tests.support.signing_in import sign_in

pytestmark = pytest.mark.nightly

METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
EXAMPLES = scaled(700, least=30)
NUMBERS = (0, 1, 13, 99, 9999, 10_000, 2**31, 2**63, 10**25)
TRACES = (b"Traceback", b"psycopg", b"django.", b"Exception", b"/heedful/", b"SELECT ")
# What only ends the session of whoever tests.
LEAVING = {"account_logout"}
TALLY: Counter[str] = Counter()


@cache
def theirs() -> Populated:
    return populate()


@cache
def every_route() -> list[tuple[str, tuple[str, ...]]]:
    found = [(name, arguments) for name, _, arguments in routes() if name not in LEAVING]
    assert len(found) > 60
    return found


@cache
def asked_for() -> list[str]:
    """Names that the program looks for in an address's query."""
    source = "\n".join(path.read_text() for path in Path(heedful.__file__).parent.rglob("*.py"))
    return sorted(set(re.findall(r'GET(?:\.get|\.getlist)?[\[(]"([\w-]+)"', source)) | {"page", "next", "words"})


@dataclass
class Sender:
    """One role at work in a world of its own, with the ids that stand in it and those of another organisation."""

    key: str | None
    ours: Populated
    client: Client
    draw: random.Random
    forms: dict[str, list[dict[str, list[str]]]] = field(default_factory=dict)
    wrong: dict[str, object] = field(default_factory=dict)

    def faults(self) -> str:
        return "\n".join(f"{fault}\n  sent: {sent}" for fault, sent in self.wrong.items())

    def canaries(self) -> list[bytes]:
        other = theirs().world
        return [other.organisation.code.encode(), other.organisation.name.encode(), str(other.organisation.id).encode()]

    def again(self) -> None:
        """What was sent may have ended the session, changed the password, or taken the role away."""
        if self.key:
            account = self.ours.world.accounts[self.key]
            account.refresh_from_db()
            type(account).objects.filter(pk=account.pk).update(is_active=True, must_change_password=False)
            sign_in(self.client, account)

    def where(self, name: str, arguments: tuple[str, ...]) -> str:
        """The route with ids of ours, of theirs, or of nobody; numbers of any size."""
        populated = self.draw.choice([self.ours, self.ours, self.ours, theirs()])
        ids: dict[str, Any] = FIXED | {"key": uuid4(), "attachment_id": uuid4()} | populated.plain
        if set(arguments) & OF_AN_EVENT:
            ids |= populated.by_relation[self.draw.choice(RELATIONS)].ids
        ids |= {one: self.draw.choice([FIXED[one], *NUMBERS]) for one in ("year", "month", "pk", "version")}
        if not self.draw.randrange(8):
            ids |= {one: uuid4() for one in arguments if one.endswith("_id")}
        for unknown in (uuid4(), "odd", 1):
            with suppress(NoReverseMatch):
                return reverse(name, kwargs={one: ids.get(one, unknown) for one in arguments})
        raise AssertionError(f"{name}: give its arguments an object in the matrix")

    def forms_at(self, name: str, where: str) -> list[dict[str, list[str]]]:
        """The fields of the forms that this page shows."""
        if not self.forms.get(name):
            page = self.client.get(where)
            if page.status_code == 200 and "html" in page.headers.get("Content-Type", ""):
                found = Forms(page.content.decode()).found
                self.forms[name] = [one.fields for one in found if "login" not in one.fields or not self.key]
        return self.forms.get(name) or [{}]

    def send(self, method: str, where: str, query: dict[str, list[str]], body: bytes, kind: str) -> None:
        address = f"{where}?{encoded(query).decode()}" if query else where
        response = self.client.generic(method.upper(), address, body, content_type=kind)
        TALLY[str(response.status_code)] += 1
        if self.key and response.status_code == 302 and response.headers["Location"].startswith("/account/login/"):
            TALLY["sent to sign in"] += 1
        for fault in found_in(self, response):
            # One line for each kind of fault, with the first that showed it.
            self.wrong.setdefault(fault, (method, address[:300], kind, body[:300]))
        if response.status_code == 302 and response.headers["Location"].startswith("/account/"):
            self.again()


def found_in(sender: Sender, response: Any) -> Iterator[str]:
    """What no answer may be or hold."""
    if response.status_code >= 500 and response.status_code != 507:
        yield trace(response)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type", "").startswith("text/html"):
        yield from (f"shows {one!r}" for one in TRACES if one in body)
    yield from (f"shows {one!r}" for one in sender.canaries() if one in body or one.decode() in str(response.headers))
    yield from faults(response)
    if response.headers.get("Cache-Control") != "no-store":
        yield f"Cache-Control: {response.headers.get('Cache-Control')}"


def trace(response: Any) -> str:
    found = getattr(response, "exc_info", None)
    return "".join(traceback.format_exception(*found)[-3:]) if found else f"status {response.status_code}"


@cache
def sender(key: str | None) -> Sender:
    client = Client(raise_request_exception=False, REMOTE_ADDR="10.9.8.7")
    made = Sender(key, populate(), client, random.Random(SEED))
    made.again()
    return made


WHO = [None, *ROLES]


@pytest.mark.parametrize("key", WHO, ids=[str(one) for one in WHO])
def test_every_route_takes_the_worst_values_in_every_method(key: str | None) -> None:
    """Each route and method at least once for each role, with strange values in all that the page asks for."""
    one = sender(key)
    for number, (name, arguments) in enumerate(every_route()):
        where = one.where(name, arguments)
        fields = one.draw.choice(one.forms_at(name, where))
        for turn, method in enumerate(METHODS):
            ugly = UGLY[(number * len(METHODS) + turn) % len(UGLY)]
            query = {asked: [ugly] for asked in asked_for()} if method in ("get", "head") else {}
            body = encoded({asked: [ugly] for asked in fields}) if method not in ("get", "head") else b""
            one.send(method, where, query, body, "application/x-www-form-urlencoded")
    assert not one.wrong, one.faults()


@pytest.mark.parametrize("key", WHO, ids=[str(one) for one in WHO])
def test_nothing_that_anybody_makes_up_breaks_a_page(key: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    """Random: forms a little wrong, forms of other pages, raw bytes under any name."""
    one, everywhere = sender(key), every_route()

    @seed(SEED)
    @how(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def attack(data: st.DataObject) -> None:
        name, arguments = data.draw(st.sampled_from(everywhere))
        where = one.where(name, arguments)
        what = data.draw(st.sampled_from(["form", "form", "form", "query", "raw", "path"]))
        if what == "form":
            how_spoilt = data.draw(SPOILING)
            fields = spoilt(one.draw.choice(one.forms_at(name, where)), how_spoilt)
            one.send("post", where, {}, encoded(fields), "application/x-www-form-urlencoded")
        elif what == "query":
            names = data.draw(st.lists(st.sampled_from(asked_for()), min_size=1, max_size=3))
            one.send("get", where, {asked: [data.draw(VALUES)] for asked in names}, b"", "")
        elif what == "raw":
            method, kind = data.draw(st.sampled_from(METHODS[1:5])), data.draw(st.sampled_from(KINDS))
            one.send(method, where, {}, data.draw(RAW), kind.encode("ascii", "replace").decode())
        else:
            odd = data.draw(st.sampled_from(["%00", "..%2f..", "%ff", "%e2%80%ae", "x" * 2_000, "é", "'", "%2e%2e/"]))
            one.send("get", f"{where.rstrip('/')}/{odd}/", {}, b"", "")

    attack()
    assert not one.wrong, one.faults()
    with capsys.disabled():
        sys.stdout.write(f"\n{key}: {sum(TALLY.values()):,} requests so far, {dict(sorted(TALLY.items()))}\n")


def test_the_fuzz_reaches_pages_and_forms_and_is_refused_where_it_should_be() -> None:
    """No vacuous pass: pages were shown, forms were accepted, refused, not found."""
    assert settings.SESSION_COOKIE_NAME
    assert {"200", "302", "403", "404", "405"} <= set(TALLY), TALLY
