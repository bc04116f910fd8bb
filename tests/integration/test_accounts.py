"""Signing in: password, second factor, own password. Nobody is signed in before the last step."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from heedful.foundation.people import factors, operations
from heedful.foundation.people.accounts import canonical
from heedful.foundation.people.models import Account
from tests.support.signing_in import app_for, code_of, code_step, has_session, password_step, sign_in
from tests.support.world import PASSWORD, START, World, make_world

NEW_PASSWORD = "quiet otter lantern"


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def new_account(world: World, name: str, **details: object) -> Account:
    return operations.open_account(
        username=f"{world.organisation.code}/{name}", name=name.title(), password=PASSWORD, at=START, **details
    )


def test_password_and_app_sign_a_person_in(world: World) -> None:
    account = new_account(world, "app")
    secret = app_for(account)
    client = Client()
    assert password_step(client, account.username).headers["Location"] == "/account/2fa/authenticate/"
    assert not has_session(client)
    assert client.get("/account/2fa/authenticate/").status_code == 200
    assert code_step(client, code_of(secret)).status_code == 302
    assert has_session(client)


@pytest.mark.parametrize(
    "typed", ["{name}", " {upper} ", "{backslash}", "post-{code}@example.org", "POST-{code}@EXAMPLE.ORG"]
)
def test_a_name_may_be_written_in_any_case_with_either_slash_or_as_an_email(world: World, typed: str) -> None:
    name = f"{world.organisation.code}/post"
    Account.objects.filter(username=name).exists() or new_account(
        world, "post", email=f"post-{world.organisation.code}@example.org"
    )
    words = typed.format(name=name, upper=name.upper(), backslash=name.replace("/", "\\"), code=world.organisation.code)
    assert canonical(words) == name
    assert password_step(Client(), words).status_code == 302


def test_an_unknown_name_or_address_asks_the_database_as_often_as_a_known_one(world: World) -> None:
    code = world.organisation.code
    new_account(world, "counted", email=f"counted@{code}.example")
    asked = {}
    for kind in ("counted@{}.example", "nobody@{}.example"):
        with CaptureQueriesContext(connection) as queries:
            assert password_step(Client(), kind.format(code), "wrong harbour seven").status_code == 200
        asked[kind] = [
            one["sql"].split("WHERE")[0].split("VALUES")[0][:60] for one in queries if "POINT" not in one["sql"]
        ]
    assert len(set(map(tuple, asked.values()))) == 1, asked


def test_an_account_without_a_second_factor_is_led_to_set_one_up_and_reaches_nothing_else(world: World) -> None:
    account = new_account(world, "fresh")
    client = Client()
    assert password_step(client, account.username).headers["Location"] == "/account/set-up/"
    assert client.get("/account/set-up/").status_code == 200
    assert not has_session(client)
    assert client.get("/account/2fa/authenticate/").status_code == 302
    assert client.get("/account/login/").headers["Location"] == "/account/set-up/"
    page = client.get("/account/set-up/app/")
    secret = re.search(r'hf-key">([A-Z2-7 =]+)<', page.content.decode())[1].replace(" ", "")  # type: ignore[index]
    assert 'style="' not in page.content.decode()
    wrong = client.post("/account/set-up/app/", {"code": "000000"})
    assert wrong.status_code == 200 and not has_session(client)
    done = client.post("/account/set-up/app/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/account/card/"
    assert has_session(client)
    card = client.get("/account/card/").content.decode()
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", card)) == 20
    assert client.get("/account/card/").headers["Location"] == "/account/2fa/card/"


def test_a_code_of_the_app_is_worth_nothing_a_second_time_even_the_one_that_set_it_up(world: World) -> None:
    account = new_account(world, "once")
    secret = app_for(account)
    first, second = Client(), Client()
    code = code_of(secret)
    password_step(first, account.username)
    password_step(second, account.username)
    code_step(first, code)
    assert has_session(first)
    assert "used before" in code_step(second, code).content.decode()
    assert not has_session(second)
    assert factors.time_counter(secret, code_of(secret, ahead=3)) is None


def test_a_printed_card_is_a_second_factor_and_each_of_its_codes_works_once(world: World) -> None:
    account = new_account(world, "card")
    code = factors.new_card(account)[4]
    client, again = Client(), Client()
    assert password_step(client, account.username).headers["Location"] == "/account/2fa/authenticate/"
    assert code_step(client, f"{code[:4]} {code[4:]}").status_code == 302
    assert has_session(client)
    assert factors.codes_left(account) == 19
    password_step(again, account.username)
    code_step(again, code)
    assert not has_session(again)


def test_a_password_that_somebody_else_wrote_is_changed_before_anything_else(world: World) -> None:
    account = new_account(world, "temporary", must_change_password=True)
    secret = app_for(account)
    client = Client()
    password_step(client, account.username)
    assert code_step(client, code_of(secret)).headers["Location"] == "/account/new-password/"
    assert not has_session(client)
    same = client.post("/account/new-password/", {"password1": PASSWORD})
    assert "Somebody else knows this one" in same.content.decode()
    short = client.post("/account/new-password/", {"password1": "short"})
    assert short.status_code == 200 and not has_session(client)
    assert client.post("/account/new-password/", {"password1": NEW_PASSWORD}).status_code == 302
    assert has_session(client)
    account.refresh_from_db()
    assert account.check_password(NEW_PASSWORD) and not account.must_change_password


def test_wrong_and_unknown_names_get_the_same_words(world: World) -> None:
    account = new_account(world, "known")
    known = password_step(Client(), account.username, "not the one")
    unknown = password_step(Client(), f"{world.organisation.code}/nobody", "not the one")
    assert known.status_code == unknown.status_code == 200

    def words(page: bytes) -> str:
        return re.sub(r'value="[^"]*"', "", page.decode())

    assert words(known.content) == words(unknown.content)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    off = password_step(Client(), account.username)
    assert words(off.content) == words(known.content)


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_an_unknown_name_takes_as_long_as_a_known_one(world: World) -> None:
    account = new_account(world, "timed")

    def seconds(name: str) -> float:
        started = time.process_time()
        password_step(Client(REMOTE_ADDR="198.51.100.77"), name, "not the one")
        return time.process_time() - started

    for name in (account.username, f"{world.organisation.code}/absent"):
        seconds(name)
    known = sorted(seconds(account.username) for _ in range(4))
    unknown = sorted(seconds(f"{world.organisation.code}/absent") for _ in range(4))
    assert 0.5 < unknown[1] / known[1] < 2


def test_wrong_passwords_lock_one_account_from_one_network_and_nobody_else() -> None:
    world = make_world()
    account, neighbour = new_account(world, "victim"), new_account(world, "neighbour")
    home = Client(REMOTE_ADDR="192.0.2.10")
    answers = [password_step(home, account.username, f"guess {n}").status_code for n in range(12)]
    assert answers[:9] == [200] * 9 and answers[9:] == [429] * 3
    locked = password_step(home, account.username.upper())
    assert locked.status_code == 429 and "Wait a little" in locked.content.decode()
    assert password_step(Client(REMOTE_ADDR="192.0.2.10"), neighbour.username).status_code == 302
    assert password_step(Client(REMOTE_ADDR="203.0.113.4"), account.username).status_code == 302
    colleague = sign_in(Client(REMOTE_ADDR="192.0.2.10"), world.accounts["care_worker"])
    assert colleague.get("/account/").status_code == 200


def test_behind_a_trusted_proxy_the_network_is_the_one_the_proxy_saw() -> None:
    world = make_world()
    account = new_account(world, "proxied")
    with override_settings(HEEDFUL_TRUSTED_PROXY_COUNT=1):
        for n in range(10):
            forged = f"10.9.8.{n}, 192.0.2.66"
            last = Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forged)
            answer = password_step(last, account.username, "guess")
        assert answer.status_code == 429
        elsewhere = Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.67")
        assert password_step(elsewhere, account.username).status_code == 302


def test_guessing_codes_is_stopped_for_the_account_from_every_network() -> None:
    world = make_world()
    account = new_account(world, "guessed")
    secret = app_for(account)
    for n in range(20):
        client = Client(REMOTE_ADDR=f"198.51.100.{n}")
        password_step(client, account.username)
        code_step(client, f"{n:06d}")
    client = Client(REMOTE_ADDR="198.51.100.200")
    password_step(client, account.username)
    answer = code_step(client, code_of(secret))
    assert "Wait 15 minutes" in answer.content.decode()
    assert not has_session(client)


def test_the_last_app_or_passkey_cannot_be_taken_off(world: World) -> None:
    account = new_account(world, "last")
    app_for(account)
    factors.new_card(account)
    client = sign_in(Client(), account)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = client.post("/account/2fa/app/deactivate/")
    assert "only way" in answer.content.decode()
    assert Authenticator.objects.filter(user_id=account.pk).count() == 2


def test_changing_factors_asks_once_more_who_it_is(world: World) -> None:
    account = new_account(world, "again")
    app_for(account)
    client = sign_in(Client(), account)
    for address in ("2fa/app/activate/", "2fa/card/generate/", "2fa/webauthn/add/"):
        assert client.get(f"/account/{address}").headers["Location"].startswith("/account/reauthenticate/")
    wrong = client.post("/account/reauthenticate/", {"password": "not the one"})
    assert wrong.status_code == 200 and "not right" in wrong.content.decode()
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for address in ("2fa/app/activate/", "2fa/card/generate/"):
        assert client.get(f"/account/{address}").status_code == 200
    assert client.post("/account/2fa/card/generate/").headers["Location"] == "/account/2fa/card/"
    assert client.get("/account/2fa/card/").content.decode().count("<code>") == 20


def test_changing_the_password_needs_the_old_one_and_keeps_only_this_session(world: World) -> None:
    account = new_account(world, "changer")
    client, other = sign_in(Client(), account), sign_in(Client(), account)
    wrong = client.post("/account/password/change/", {"oldpassword": "no", "password1": NEW_PASSWORD})
    assert "not your password now" in wrong.content.decode()
    done = client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    assert done.headers["Location"] == "/account/"
    assert has_session(client) and not has_session(other)


def test_what_heedful_does_not_use_of_its_library_does_not_exist() -> None:
    client = Client()
    for gone in ("signup", "email", "confirm-email", "password/reset", "password/set", "login/code/confirm"):
        assert client.get(f"/account/{gone}/").status_code == 404, gone
    for gone in ("2fa/recovery-codes/download", "2fa/trust", "social/login/cancelled", "3rdparty", "sessions"):
        assert client.get(f"/account/{gone}/").status_code == 404, gone
