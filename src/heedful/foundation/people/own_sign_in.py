"""One's own sign-in: password, app, passkeys, card. allauth's views, declared and under our rules."""

from contextlib import nullcontext
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from heedful.foundation.access import tenant
from heedful.foundation.access.http import View, signed_in
from heedful.foundation.people import factors, sealing, viewers
from heedful.foundation.people.models import Account
from heedful.foundation.people.sign_in import SetUpApp


def own(view: View) -> View:
    """A page about one's own sign-in, with the usual header around it."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer = viewers.viewer_for(request, timezone.now())
        request.viewer = viewer  # type: ignore[attr-defined]
        # The header may count the reader's notices, so it needs their organisation; somebody without one has no header.
        with tenant.use(viewer.organisation_id) if viewer else nullcontext():
            try:
                response = view(request, *args, **kwargs)
            except sealing.SealedWithAnotherKey:
                return unreadable_card(request)
            # allauth's views render lazily; nothing of ours may.
            return response.render() if hasattr(response, "render") else response

    return signed_in(inner)


def unreadable_card(request: HttpRequest) -> HttpResponse:
    """The card's codes cannot be told any more, so a new one is offered."""
    factors.log.error(factors.OTHER_KEY)
    return render(request, "mfa/recovery_codes/unreadable.html", status=409)


@own
def sign_in_home(request: HttpRequest) -> HttpResponse:
    """What this account signs in with."""
    account = _account(request)
    found = list(Authenticator.objects.filter(user_id=account.pk).order_by("created_at"))
    context = {
        "account": account,
        "app": next((factor for factor in found if factor.type == Authenticator.Type.TOTP), None),
        "keys": [factor.wrap() for factor in found if factor.type == Authenticator.Type.WEBAUTHN],
        "codes_left": factors.codes_left(account),
        "few": factors.FEW_CODES,
        "passkeys": factors.passkeys_work(request),
    }
    return render(request, "mfa/index.html", context)


@own
def first_card(request: HttpRequest) -> HttpResponse:
    """The card that was made with the first factor, shown once, right after it."""
    if not request.session.pop(factors.SHOW_CARD, False):
        return redirect("mfa_view_recovery_codes")
    card = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    codes = card.wrap().get_unused_codes() if card else []
    return render(request, "mfa/recovery_codes/index.html", {"unused_codes": codes, "first": True})


@own
@reauthentication_required(app="allauth.mfa")
def add_app(request: HttpRequest) -> HttpResponse:
    """An authenticator app, or a new one in place of the one on a lost phone."""
    account = _account(request)
    form = SetUpApp(request.POST or None, user=account)
    if request.method == "POST" and form.is_valid():
        factors.add_app(account, form.secret, form.counter)
        clear_totp_secret(request)
        messages.success(request, _("Your authenticator app works. You can use it from now on."))
        return redirect("mfa_index")
    url = get_factor_adapter().build_totp_url(account, form.secret)
    context = {"form": form, "qr": factors.qr_code(url), "secret": factors.in_fours(form.secret), "own": True}
    return render(request, "people/enrol_app.html", context)


@own
def take_off_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """The last app or passkey stays."""
    factor = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN, pk=pk).first()
    adapter = get_factor_adapter()
    if factor and not adapter.can_delete_authenticator(factor):
        return render(
            request, "mfa/last_factor.html", {"text": adapter.error_messages["cannot_delete_authenticator"]}, status=409
        )
    return remove_webauthn(request, pk=pk)  # type: ignore[no-any-return]


def _account(request: HttpRequest) -> Account:
    account = request.user
    if not isinstance(account, Account):
        raise TypeError("This page is for accounts.")
    return account
