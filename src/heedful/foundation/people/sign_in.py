"""The forms of signing in and of one's own sign-in: allauth's checks in our words and look."""

from typing import Any, ClassVar

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from heedful.foundation.people import accounts, factors
from heedful.foundation.people.models import Account
from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look

SHARED_PHONE = "shared_phone"
LONGEST_PASSWORD = 500
_WRITE_PASSWORD = {"required": _("Write your password")}


def _password(label: Any, autocomplete: str = "current-password", **kwargs: Any) -> django_forms.CharField:
    widget = django_forms.PasswordInput(attrs={"autocomplete": autocomplete})
    messages = kwargs.pop("error_messages", _WRITE_PASSWORD)
    return django_forms.CharField(
        label=label, strip=False, widget=widget, max_length=LONGEST_PASSWORD, error_messages=messages, **kwargs
    )


def _code(**kwargs: Any) -> django_forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return django_forms.CharField(
        label=_("Code"),
        widget=django_forms.TextInput(attrs=attrs),
        max_length=40,
        error_messages={"required": _("Write the code")},
        **kwargs,
    )


class SignIn(forms.Form, account_forms.LoginForm):
    """One field for an e-mail address, or for organisation code and user name."""

    presentation: ClassVar[dict[str, Look]] = {
        "login": {"attributes": {"autocapitalize": "none", "spellcheck": "false"}}
    }
    shared_phone = django_forms.BooleanField(
        label=_("This is a shared phone"), required=False, help_text=_("We sign you out after 5 minutes.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.Line(
            label=_("User name or email"),
            help_text=_("Your user name is on your card, like merrow/joss"),
            max_length=254,
            widget=django_forms.TextInput(attrs={"autocomplete": "username"}),
            error_messages={"required": _("Write your user name or email")},
        )
        self.fields["password"] = _password(_("Password"))
        self.order_fields(["login", "password", SHARED_PHONE])

    def user_credentials(self) -> dict[str, str]:
        return {"username": accounts.canonical(self.cleaned_data["login"]), "password": self.cleaned_data["password"]}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        request.session[SHARED_PHONE] = bool(self.cleaned_data[SHARED_PHONE])
        return super().login(request, redirect_url)  # type: ignore[no-any-return]


class _Code(forms.Form):
    """A code from the app or the printed card."""

    user: Account
    code = _code(help_text=_("6 numbers from your app, or 8 numbers from your printed card"))

    def clean_code(self) -> str:
        if not factors.may_guess(self.user):
            raise get_adapter().validation_error("too_many_login_attempts")
        factor = factors.use_code(self.user, self.cleaned_data["code"])
        if factor is None:
            factors.guessed_wrong(context.request, self.user)
            raise get_factor_adapter().validation_error("incorrect_code")
        factor.user = self.user
        self.authenticator = factor
        return str(self.cleaned_data["code"])


class SecondFactor(_Code, code_forms.AuthenticateForm):
    """The second step of signing in."""


class CodeAgain(_Code, code_forms.ReauthenticateForm):
    """A code once more, before something that matters."""


class PasswordAgain(forms.Form, account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    password = _password(_("Password"))


class SetUpApp(forms.Form, ActivateTOTPForm):
    """The first code of a new authenticator app, to see that it works."""

    code = _code(help_text=_("The 6 numbers your app shows now"))

    def clean_code(self) -> str:
        typed = "".join(self.cleaned_data["code"].split())
        self.counter = factors.time_counter(self.secret, typed)
        if self.counter is None:
            raise get_factor_adapter().validation_error("incorrect_code")
        return typed


class TakeOffApp(forms.Form, DeactivateTOTPForm):
    """Nothing to fill in; it says when the app must stay."""


class NewCard(forms.Form, GenerateRecoveryCodesForm):
    """A new card may also be made by somebody who has only a card."""

    def clean(self) -> dict[str, Any]:
        return dict(django_forms.Form.clean(self) or {})


class AddPasskey(forms.Form, passkey_forms.AddWebAuthnForm):
    """A passkey that also serves without the password."""

    name = forms.Line(label=_("Name it, so that you know it again"), max_length=60, required=False)
    passwordless = django_forms.BooleanField(required=False, initial=True, widget=django_forms.HiddenInput)


class NamePasskey(forms.Form, passkey_forms.EditWebAuthnForm):
    name = forms.Line(label=_("Name"), max_length=60, error_messages={"required": _("Write a name")})


class _NewPassword(forms.Form):
    """A new password, typed once: "Show" is better than typing it twice."""

    user: Account
    password1 = _password(
        _("New password"),
        "new-password",
        help_text=_("At least 10 characters. Three words you will remember are good."),
    )

    def clean_password1(self) -> str:
        return str(get_adapter().clean_password(self.cleaned_data["password1"], user=self.user))


class NewPassword(_NewPassword):
    """Your own password instead of one that somebody else knows."""

    def __init__(self, *args: Any, user: Account, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self) -> str:
        if self.user.check_password(self.cleaned_data["password1"]):
            raise django_forms.ValidationError(_("Somebody else knows this one. Choose another"))
        return super().clean_password1()


class ChangePassword(_NewPassword, account_forms.ChangePasswordForm):
    """The old password, and the new one."""

    oldpassword = _password(_("Your password now"))
    password2 = None
    field_order = ("oldpassword", "password1")
