"""Second factors are sealed with a key that lies outside the database."""

import json
import logging

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db import connection
from django.test import Client, override_settings

from heedful.foundation.people import factors, sealing
from heedful.foundation.people.models import Account
from heedful.foundation.people.sessions import digest
from tests.support.signing_in import app_for, code_of, code_step, has_session, password_step, sign_in
from tests.support.world import PASSWORD, make_world

OTHER = bytes(range(32))


@pytest.fixture
def account() -> Account:
    return make_world().accounts["registered_manager"]


@pytest.fixture
def alone(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this account's factors are looked at: other tests use theirs meanwhile."""
    monkeypatch.setattr(factors, "_with_codes", lambda: Authenticator.objects.filter(user=account))


def stored(account: Account) -> str:
    """All that the database holds of this account's factors, as a dump would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(m)::text FROM mfa_authenticator m WHERE user_id = %s", [account.pk])
        return " ".join(str(row[0]) for row in cursor.fetchall())


def tries(account: Account, code: str) -> Client:
    client = Client()
    password_step(client, account.username)
    assert code_step(client, code).status_code in {200, 302}
    return client


def test_neither_the_secret_of_an_app_nor_the_codes_of_a_card_stand_in_the_database(account: Account) -> None:
    secret = app_for(account)
    codes = factors.new_card(account)
    card = Authenticator.objects.get(user=account, type=Authenticator.Type.RECOVERY_CODES)
    text = stored(account)
    assert account.pk.hex in text.replace("-", "")
    for hidden in (secret, *codes, sealing.unseal(card.data["seed"])):
        assert hidden not in text


def test_with_another_key_a_code_is_refused_with_a_line_in_the_log_and_no_trace(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    secret, card = app_for(account), factors.new_card(account)
    with override_settings(HEEDFUL_SEALING_KEYS=[OTHER]), caplog.at_level(logging.ERROR):
        assert not has_session(tries(account, code_of(secret)))
        assert not has_session(tries(account, card[0]))
    lines = [record for record in caplog.records if "HEEDFUL_SEALING_KEY" in record.getMessage()]
    assert lines
    assert all(record.exc_info is None for record in caplog.records)
    assert has_session(tries(account, code_of(secret)))


def test_a_key_is_changed_while_people_go_on_signing_in(account: Account, alone: None) -> None:
    secret, card = app_for(account), factors.new_card(account)
    before = stored(account)
    with override_settings(HEEDFUL_SEALING_KEYS=[OTHER, *settings.HEEDFUL_SEALING_KEYS]):
        assert factors.use_code(account, card[0]) is not None
        assert factors.seal_again() == 2
    assert stored(account) != before
    assert factors.sealed_with_another_key() == 2
    with override_settings(HEEDFUL_SEALING_KEYS=[OTHER]):
        assert factors.sealed_with_another_key() == 0
        assert has_session(tries(account, code_of(secret)))
        assert factors.use_code(account, card[0]) is None
        assert factors.use_code(account, card[1]) is not None


def test_what_a_page_shows_of_a_card_sealed_with_another_key_is_how_to_get_a_new_one(
    account: Account, alone: None
) -> None:
    app_for(account)
    with override_settings(HEEDFUL_SEALING_KEYS=[OTHER]):
        factors.new_card(account)
    assert factors.sealed_with_another_key() == 1
    client = sign_in(Client(), account)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.get("/account/").status_code == 200
    for path in ("/account/2fa/card/", "/account/2fa/card/generate/"):
        page = client.get(path)
        assert page.status_code == 409
        assert "Make a new card" in page.content.decode()
    client.post("/account/2fa/card/generate/")
    assert "Make a new card" not in client.get("/account/2fa/card/").content.decode()
    assert factors.codes_left(account) == 20
    assert factors.sealed_with_another_key() == 0


def sessions() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data FROM django_session")
        return [(str(key), str(data)) for key, data in cursor.fetchall()]


def test_what_stands_in_the_database_of_a_session_makes_no_cookie(account: Account) -> None:
    """A fresh dump would otherwise go round the second factor: with the key of somebody who is signed in."""
    secret = app_for(account)
    client = tries(account, code_of(secret))
    assert has_session(client)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    stored = dict(sessions())
    assert key not in stored
    assert digest(key) in stored
    thief = Client()
    for stolen in (digest(key), stored[digest(key)]):
        thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
        assert not has_session(thief)
    assert has_session(client)


def test_the_secret_of_an_app_that_is_being_set_up_cannot_be_read_either(account: Account) -> None:
    client = sign_in(Client(), account)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.get("/account/2fa/app/activate/").status_code == 200
    store = client.session
    assert len(store["mfa.totp.secret"]) == 32
    [data] = [data for key, data in sessions() if key == digest(store.session_key)]
    with pytest.raises(signing.BadSignature):
        signing.loads(data, salt=store.key_salt, serializer=store.serializer)
    inside = signing.loads(sealing.unseal(data), salt=store.key_salt, serializer=store.serializer)
    assert inside["mfa.totp.secret"] == store["mfa.totp.secret"]


def test_under_another_key_everybody_is_signed_out(account: Account) -> None:
    client = sign_in(Client(), account)
    assert has_session(client)
    with override_settings(HEEDFUL_SEALING_KEYS=[OTHER]):
        assert not has_session(client)


def test_a_seal_that_was_tampered_with_does_not_open(account: Account) -> None:
    app_for(account)
    factor = Authenticator.objects.get(user=account)
    sealed = factor.data["secret"]
    factor.data["secret"] = sealed[:30] + ("A" if sealed[30] != "A" else "B") + sealed[31:]
    factor.save()
    assert factors.use_code(account, "123456") is None
    assert json.dumps(factor.data).count(sealed) == 0
