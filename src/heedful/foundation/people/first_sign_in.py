"""The pages between the password and being signed in: a first second factor, and a password of one's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginStage
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.internal import auth as passkey_auth
from allauth.mfa.webauthn.internal.flows import signup_authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from heedful.foundation.access.http import View, public
from heedful.foundation.people import factors
from heedful.foundation.people.sign_in import AddPasskey, NewPassword, SetUpApp
from heedful.foundation.people.stages import Enrol
from heedful.foundation.people.stages import NewPassword as NewPasswordStage

StageView = Callable[[HttpRequest, LoginStage], HttpResponse]


def at_stage(stage: type[LoginStage]) -> Callable[[StageView], View]:
    """A page for somebody in the middle of signing in; they are not signed in, and it shows no organisation."""

    def decorate(view: StageView) -> View:
        @login_stage_required(stage=stage.key, redirect_urlname="account_login")
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, request._login_stage)  # type: ignore[attr-defined]

        return public(inner)

    return decorate


@at_stage(Enrol)
def enrol(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """Choose how to show, each time, that it is really you."""
    context = {"passkeys": factors.passkeys_work(request), "name": stage.login.user.name}
    return render(request, "people/enrol.html", context)


@at_stage(Enrol)
def enrol_app(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """An authenticator app, by QR code or by typing the key."""
    account = stage.login.user
    form = SetUpApp(request.POST or None, user=account)
    if request.method == "POST" and form.is_valid():
        factor = factors.add_app(account, form.secret, form.counter)
        clear_totp_secret(request)
        return _enrolled(request, stage, factor)
    url = get_factor_adapter().build_totp_url(account, form.secret)
    context = {"form": form, "qr": factors.qr_code(url), "secret": factors.in_fours(form.secret)}
    return render(request, "people/enrol_app.html", context)


@at_stage(Enrol)
def enrol_passkey(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """A passkey on this phone or computer."""
    account = stage.login.user
    if not factors.passkeys_work(request):
        return redirect("people_enrol")
    form = AddPasskey(request.POST or None, user=account)
    if request.method == "POST" and form.is_valid():
        name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
        return _enrolled(request, stage, signup_authenticator(request, account, name, credential))
    context = {"form": form, "options": passkey_auth.begin_registration(account, True)}
    return render(request, "people/enrol_passkey.html", context)


def _enrolled(request: HttpRequest, stage: LoginStage, factor: Any) -> HttpResponse:
    """The factor was shown just now, so it counts for this sign-in; a card for bad days comes with it."""
    factor.user = stage.login.user
    post_authentication(request, factor)
    factors.new_card(factor.user)
    request.session[factors.SHOW_CARD] = True
    return stage.exit()  # type: ignore[no-any-return]


@sensitive_post_parameters()
@at_stage(NewPasswordStage)
def new_password(request: HttpRequest, stage: LoginStage) -> HttpResponse:
    """Somebody else wrote this account's password on a card: now it gets one of its own."""
    account = stage.login.user
    form = NewPassword(request.POST or None, user=account)
    if request.method == "POST" and form.is_valid():
        get_adapter().set_password(account, form.cleaned_data["password1"])
        return stage.exit()  # type: ignore[no-any-return]
    return render(request, "people/new_password.html", {"form": form})


@public
def cannot_sign_in(request: HttpRequest) -> HttpResponse:
    """Who can help. Nothing is sent by mail: two people who know you set a new password in person."""
    return render(request, "people/cannot_sign_in.html")
