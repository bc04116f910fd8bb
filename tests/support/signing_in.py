"""Signing in for tests: the shortcut for pages, and the parts of the real way for tests of the way itself."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.test import Client

from heedful.foundation.people import factors
from heedful.foundation.people.models import Account
from tests.support.world import PASSWORD


def sign_in(client: Client, account: Account) -> Client:
    """A signed-in client, as after password and second factor."""
    account.refresh_from_db()
    client.force_login(account, backend="heedful.foundation.people.accounts.OrganisationCodeBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


def app_for(account: Account) -> str:
    """Give the account an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    factors.add_app(account, secret, None)
    return secret


def code_of(secret: str, ahead: int = 0) -> str:
    """What the app shows now; `ahead` half minutes later for a second one."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def password_step(client: Client, username: str, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/account/login/", {"login": username, "password": password, **more})


def code_step(client: Client, code: str):  # type: ignore[no-untyped-def]
    return client.post("/account/2fa/authenticate/", {"code": code})


def has_session(client: Client) -> bool:
    """Does the server take this client for somebody?"""
    client.get("/account/help/")
    return "_auth_user_id" in client.session and settings.SESSION_COOKIE_NAME in client.cookies


def cards_of(account: Account) -> int:
    return Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).count()
