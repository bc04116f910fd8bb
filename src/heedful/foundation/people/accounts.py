"""How accounts sign in: organisation code and user name or e-mail, then always a second factor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from heedful.foundation.people.models import Account


class OrganisationCodeBackend(ModelBackend):
    """Password check by user name (`code/name`) or e-mail. Unknown names cost the same time as known ones."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Account | None:
        if not username or password is None:
            return None
        field = "email__iexact" if "@" in username else "username"
        account = Account.objects.filter(**{field: username.strip().lower()}).first()
        if account is None:
            Account().set_password(password)
            return None
        return account if account.check_password(password) and self.user_can_authenticate(account) else None


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up: accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class FactorAdapter(DefaultMFAAdapter):
    """Names on the authenticator app, and passkeys bound to this site."""

    def get_totp_label(self, user: Account) -> str:
        return user.username

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Heedful"}


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any) -> HttpResponse:
    """Too many tries for one account from one network. Reporting stays open to everybody else there."""
    return render(request, "ui/error.html", {"status": 429}, status=429)
