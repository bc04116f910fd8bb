"""How accounts sign in: organisation code and user name or e-mail, then always a second factor."""

from ipaddress import ip_address, ip_network
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from heedful.foundation.people import factors, sealing, stages
from heedful.foundation.people.models import Account

WRONG_CODE = _("That code is not right, or it was used before. Look again, or use another one")
TOO_MANY = _("There were too many wrong tries. Wait 15 minutes, then try again")
# What allauth would say with its own templates; what is not here is not said.
SAID = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("You have a new password."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app works. You can use it from now on."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is taken off."),
    "mfa/messages/webauthn_added.txt": _("Your passkey works. You can use it from now on."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is taken off."),
    "mfa/messages/recovery_codes_generated.txt": _("You have a new card of codes. The old one does not work any more."),
}


def canonical(typed: str) -> str:
    """The one user name that these words mean, however they are written: the key by which tries are counted."""
    name = "".join(typed.lower().replace("\\", "/").split())[:254]
    if "@" not in name:
        return name
    known = Account.objects.filter(email=name).values_list("username", flat=True).first()
    return known or name


class OrganisationCodeBackend(ModelBackend):
    """Password check by the canonical user name. Unknown names cost the same time as known ones."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Account | None:
        if not username or password is None:
            return None
        # Not made canonical once more: for an unknown address that would be one question more, and be noticed.
        account = Account.objects.filter(username=username).first()
        if account is None:
            Account().set_password(password)
            return None
        return account if account.check_password(password) and self.user_can_authenticate(account) else None


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up: accounts are made by an administrator."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The name or the password is not right. Check both and try again"),
        "incorrect_password": _("That password is not right. Try again"),
        "enter_current_password": _("That is not your password now. Try again"),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """A card that was just made is shown before anything else."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return redirect("people_first_card") if request.session.get(factors.SHOW_CARD) else response

    def get_login_stages(self) -> list[str]:
        return stages.STAGES

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or SAID.get(message_template or "")
        if words:
            good = messages.SUCCESS if level == messages.WARNING else level
            messages.add_message(request, good, str(words), extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return str(settings.HEEDFUL_ACCOUNT_URL)

    def set_password(self, user: Account, password: str) -> None:
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        """Password first, then a code; a passkey only where passkeys work."""
        named: dict[str, Any] = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        found = super().get_reauthentication_methods(user)
        return [method | {"description": named[method["id"]]} for method in found]


class FactorAdapter(DefaultMFAAdapter):
    """Names on the authenticator app, passkeys bound to this site, and secrets sealed."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _("This is your only way to show that it is you. Set up another one first"),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def is_mfa_enabled(self, user: Account, types: list[str] | None = None) -> bool:
        """A printed card is a second factor in its own right: it counts where allauth asks for app or passkey."""
        if types and set(types) == {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}:
            types = None
        return bool(super().is_mfa_enabled(user, types))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last app or passkey stays: a card alone runs out, and none at all is no second factor."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def build_totp_svg(self, url: str) -> SafeString:
        return factors.qr_code(url)

    def get_totp_label(self, user: Account) -> str:
        return user.username

    def generate_authenticator_name(self, user: Account, type: str) -> str:
        return str(_("My phone"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Heedful"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.name}


def network_of(request: HttpRequest) -> str | None:
    """The network a sign-in comes from: the address that our own proxies saw, and of IPv6 the first half."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    behind = settings.HEEDFUL_TRUSTED_PROXY_COUNT
    seen = hops[-behind] if 0 < behind <= len(hops) else request.META.get("REMOTE_ADDR")
    try:
        address = ip_address(seen or "")
    except ValueError:
        return None
    return str(ip_network((address, 64), strict=False).network_address) if address.version == 6 else str(address)


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any) -> HttpResponse:
    """Too many tries for one account from one network. Reporting stays open to everybody else there."""
    return render(request, "people/locked.html", {"minutes": 15}, status=429)
