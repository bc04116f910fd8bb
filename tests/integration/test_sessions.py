"""No way to a page without a second factor; sessions end when they should, and at once when somebody says so."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.people import account_operations, factors, operations, resets, viewers
from heedful.foundation.people.models import Account, Membership
from heedful.foundation.people.sessions import SessionStore
from tests.support.signing_in import app_for, code_of, code_step, has_session, password_step, sign_in
from tests.support.world import PASSWORD, START, World, make_world

SAMPLES = {"uuid": "01a2026d-b09a-7720-bb7d-49db4c877254", "int": "1", "slug": "a", "str": "a", "path": "a"}
PUBLIC_PAGE = "/account/help/"


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def guarded_addresses(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[str]:
    """Every address that is not public, with sample values in its parts."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from guarded_addresses(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern) and getattr(entry.callback, "heedful_access", None) != "public":
            path = prefix + str(entry.pattern)
            for name, converter in entry.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
                path = path.replace(f"<{kind}:{name}>", SAMPLES[kind]).replace(f"<{name}>", "a")
            yield path


def test_the_walk_over_guarded_addresses_is_not_empty_and_leaves_no_part_unfilled() -> None:
    found = list(guarded_addresses())
    assert len(found) >= 15
    assert [path for path in found if "<" in path] == []


def new_account(world: World, name: str, **details: object) -> Account:
    account = operations.open_account(
        username=f"{world.organisation.code}/{name}", name=name.title(), password=PASSWORD, at=START, **details
    )
    with world.use():
        reach = operations.Reach(Scope.ORGANISATION)
        operations.grant(account=account, role=Role.NOMINATED_INDIVIDUAL, reach=reach, by=world.system, at=START)
    return account


def nothing(world: World) -> Client:
    return Client()


def password_of_an_account_without_factor(world: World) -> Client:
    client = Client()
    password_step(client, new_account(world, f"w{time.monotonic_ns()}").username)
    return client


def password_then_the_set_up_page(world: World) -> Client:
    client = password_of_an_account_without_factor(world)
    client.get("/account/set-up/app/")
    client.post("/account/set-up/app/", {"code": "123456"})
    return client


def password_of_an_account_with_app(world: World) -> Client:
    account, client = new_account(world, f"w{time.monotonic_ns()}"), Client()
    app_for(account)
    password_step(client, account.username)
    return client


def password_of_an_account_with_card_only(world: World) -> Client:
    account, client = new_account(world, f"w{time.monotonic_ns()}"), Client()
    factors.new_card(account)
    password_step(client, account.username)
    return client


def password_and_a_wrong_code(world: World) -> Client:
    client = password_of_an_account_with_app(world)
    code_step(client, "000000")
    return client


def password_and_the_set_up_of_a_second_app(world: World) -> Client:
    """Whoever knows only the password must not be able to enrol a factor of their own beside the real one."""
    client = password_of_an_account_with_app(world)
    for page in ("/account/set-up/", "/account/set-up/app/", "/account/set-up/passkey/", "/account/2fa/app/activate/"):
        assert client.get(page).status_code == 302
    return client


def password_and_code_but_a_password_of_somebody_else(world: World) -> Client:
    account, client = new_account(world, f"w{time.monotonic_ns()}", must_change_password=True), Client()
    secret = app_for(account)
    password_step(client, account.username)
    code_step(client, code_of(secret))
    return client


def password_from_a_reset(world: World) -> Client:
    account, client = new_account(world, f"w{time.monotonic_ns()}"), Client()
    app_for(account)
    with world.use():
        first, second = world.viewer("registered_manager"), world.viewer("administrator")
        reset = resets.ask(account=account, new_card=False, by=first, at=timezone.now())
        card = resets.agree(reset_id=reset.pk, by=second, at=timezone.now())
    assert password_step(client, account.username, card.password).headers["Location"] == "/account/2fa/authenticate/"
    return client


def password_from_a_first_card(world: World) -> Client:
    client = Client()
    with world.use():
        staff = operations.engage(name="Nia Okoro", service=world.home, by=world.system, at=START)
        reach = operations.Reach(Scope.OWN)
        name = f"w{time.monotonic_ns()}"
        wanted = account_operations.SignIn(name=name, role=Role.CARE_WORKER, reach=reach, with_codes=True)
        card = account_operations.give_sign_in(staff=staff, wanted=wanted, by=world.system, at=timezone.now())
    password_step(client, card.username, card.password)
    return client


def a_cookie_planted_before_sign_in(world: World) -> Client:
    """Session fixation: the cookie that an attacker knows is worth nothing after the victim signs in with it."""
    account = new_account(world, f"w{time.monotonic_ns()}")
    secret = app_for(account)
    attacker, victim = Client(), Client()
    password_step(attacker, new_account(world, f"w{time.monotonic_ns()}").username)
    planted = attacker.cookies["heedful_session"].value
    victim.cookies["heedful_session"] = planted
    victim.post("/account/logout/")
    password_step(victim, account.username)
    code_step(victim, code_of(secret))
    assert has_session(victim)
    assert victim.cookies["heedful_session"].value != planted
    attacker.cookies["heedful_session"] = planted
    return attacker


def a_cookie_from_before_sign_out(world: World) -> Client:
    client, thief = sign_in(Client(), new_account(world, f"w{time.monotonic_ns()}")), Client()
    thief.cookies["heedful_session"] = client.cookies["heedful_session"].value
    client.post("/account/logout/")
    return thief


def a_cookie_from_before_a_new_password(world: World) -> Client:
    account = new_account(world, f"w{time.monotonic_ns()}")
    client = sign_in(Client(), account)
    account.set_password("another harbour eight")
    account.save()
    return client


def a_remembered_browser(world: World) -> Client:
    """Nothing is remembered: the tick of the library does not exist here, and its cookie of trust is not read."""
    client = Client()
    account = new_account(world, f"w{time.monotonic_ns()}")
    app_for(account)
    client.cookies["mfa_trusted"] = "eyJ0cnVzdGVkIjogdHJ1ZX0"
    answer = password_step(client, account.username, remember="on", trust="on")
    assert answer.cookies["heedful_session"]["max-age"] == "" == answer.cookies["heedful_session"]["expires"]
    return client


def a_session_made_without_any_factor(world: World) -> Client:
    client = Client()
    client.force_login(
        new_account(world, f"w{time.monotonic_ns()}"), "heedful.foundation.people.accounts.OrganisationCodeBackend"
    )
    return client


def a_session_with_the_factor_of_another_account(world: World) -> Client:
    client = sign_in(Client(), new_account(world, f"w{time.monotonic_ns()}"))
    session = client.session
    session["account_authentication_methods_user"] = str(new_account(world, f"w{time.monotonic_ns()}").pk)
    session.save()
    return client


def an_invented_passkey(world: World) -> Client:
    client = Client()
    client.get("/account/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    made_up = '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'
    client.post("/account/2fa/webauthn/login/", {"credential": made_up})
    return client


WAYS: list[Callable[[World], Client]] = [
    nothing,
    password_of_an_account_without_factor,
    password_then_the_set_up_page,
    password_of_an_account_with_app,
    password_of_an_account_with_card_only,
    password_and_a_wrong_code,
    password_and_the_set_up_of_a_second_app,
    password_and_code_but_a_password_of_somebody_else,
    password_from_a_reset,
    password_from_a_first_card,
    a_cookie_planted_before_sign_in,
    a_cookie_from_before_sign_out,
    a_cookie_from_before_a_new_password,
    a_remembered_browser,
    a_session_made_without_any_factor,
    a_session_with_the_factor_of_another_account,
    an_invented_passkey,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_guarded_page_opens_without_a_second_factor(world: World, way: Callable[[World], Client]) -> None:
    client = way(world)
    opened = [path for path in guarded_addresses() if client.get(path).status_code == 200]
    assert opened == []
    written = [path for path in guarded_addresses() if client.post(path).status_code == 200]
    assert written == []


def test_the_same_walk_opens_pages_once_the_factor_is_shown(world: World) -> None:
    client = sign_in(Client(), new_account(world, "walker"))
    assert [path for path in guarded_addresses() if client.get(path).status_code == 200] != []


def test_signing_in_gives_a_new_session_key(world: World) -> None:
    account, client = new_account(world, "rotate"), Client()
    secret = app_for(account)
    password_step(client, account.username)
    before = client.cookies["heedful_session"].value
    code_step(client, code_of(secret))
    after = client.cookies["heedful_session"].value
    assert before != after
    assert SessionStore().exists(after) and not SessionStore().exists(before)


@pytest.mark.parametrize(("shared", "minutes"), [(False, 15), (True, 5)])
def test_a_session_ends_when_nobody_touches_it(world: World, shared: bool, minutes: int) -> None:
    account = new_account(world, f"idle{minutes}")
    secret = app_for(account)
    client = Client()
    with time_machine.travel(datetime.now().astimezone(), tick=False) as clock:
        password_step(client, account.username, **({"shared_phone": "on"} if shared else {}))
        code_step(client, code_of(secret))
        for _touch in range(3):
            clock.shift(timedelta(minutes=minutes - 1))
            assert client.get("/account/").status_code == 200
        clock.shift(timedelta(minutes=minutes, seconds=1))
        assert client.get("/account/").status_code == 302
        assert not has_session(client)


def test_a_session_ends_after_twelve_hours_however_busy(world: World) -> None:
    client = sign_in(Client(), new_account(world, "busy"))
    with time_machine.travel(datetime.now().astimezone(), tick=False) as clock:
        for _touch in range(12 * 60 // 10):
            assert client.get("/account/").status_code == 200
            clock.shift(timedelta(minutes=10))
        clock.shift(timedelta(seconds=1))
        assert client.get("/account/").status_code == 302


def test_switching_an_account_off_denies_the_very_next_request(world: World) -> None:
    account = new_account(world, "leaver")
    client = sign_in(Client(), account)
    opened = [path for path in guarded_addresses() if client.get(path).status_code == 200]
    assert opened
    with world.use():
        account_operations.end_sign_in(account=account, by=world.viewer("administrator"), at=timezone.now())
    assert [path for path in guarded_addresses() if client.get(path).status_code == 200] == []
    assert not has_session(client)


def test_ending_the_last_role_denies_the_very_next_request(world: World) -> None:
    account = new_account(world, "moved")
    client = sign_in(Client(), account)
    with world.use():
        (membership,) = Membership.objects.filter(account=account)
        operations.end_membership(membership=membership, by=world.system, at=timezone.now())
    about_the_account = {"/account/", "/people/organisation/"}
    opened = {path for path in guarded_addresses() if client.get(path).status_code == 200}
    assert {path for path in opened if not path.startswith("/account/")} <= about_the_account
    assert "no role here" in client.get("/people/organisation/").content.decode()


def test_an_account_of_two_organisations_acts_in_the_one_it_chose(world: World) -> None:
    other = make_world()
    account = new_account(world, "both")
    with other.use():
        reach = operations.Reach(Scope.ORGANISATION)
        operations.grant(account=account, role=Role.INDEPENDENT_CONTACT, reach=reach, by=other.system, at=START)
    client = sign_in(Client(), account)
    page = client.get("/people/organisation/").content.decode()
    assert world.organisation.name in page and other.organisation.name in page
    assert client.post("/people/organisation/", {"organisation": str(make_world().organisation.pk)}).status_code == 404
    before = client.session.session_key
    client.post("/people/organisation/", {"organisation": str(other.organisation.pk)})
    assert client.session.session_key != before
    request = client.get("/account/").wsgi_request
    viewer = viewers.viewer_for(request, timezone.now())
    assert viewer is not None
    assert (viewer.organisation_id, viewer.roles) == (other.organisation.pk, {Role.INDEPENDENT_CONTACT})
    assert f"You act for {other.organisation.name}" in client.get("/account/").content.decode()


def test_the_viewer_is_loaded_in_a_constant_few_queries(world: World, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    account = new_account(world, "many")
    with world.use():
        for _n in range(20):
            reach = operations.Reach(Scope.SERVICE, services=(world.home.pk,))
            operations.grant(account=account, role=Role.TEAM_LEADER, reach=reach, by=world.system, at=START)
    with django_assert_max_num_queries(7):
        viewer = viewers.build(account, world.organisation.pk, world.organisation.name, now=timezone.now())
    assert viewer is not None and len(viewer.grants) == 21
