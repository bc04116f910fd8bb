"""The addresses of signing in. Only these of allauth's are mounted: the rest does not exist here."""

from allauth.account import views as account
from allauth.mfa.base import views as codes
from allauth.mfa.recovery_codes import views as card
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import path

from heedful.foundation.access.http import View, public
from heedful.foundation.people import first_sign_in, own_sign_in
from heedful.foundation.people.own_sign_in import own


def entrance(view: View) -> View:
    """One of allauth's pages for people who are not signed in, rendered before it leaves the view."""

    def inner(request, *args, **kwargs):  # type: ignore[no-untyped-def]
        response = view(request, *args, **kwargs)
        return response.render() if hasattr(response, "render") else response

    return public(inner)


urlpatterns = [
    path("login/", entrance(account.login), name="account_login"),
    path("logout/", entrance(account.logout), name="account_logout"),
    path("inactive/", entrance(account.account_inactive), name="account_inactive"),
    path("help/", first_sign_in.cannot_sign_in, name="people_cannot_sign_in"),
    path("2fa/authenticate/", entrance(codes.authenticate), name="mfa_authenticate"),
    path("2fa/webauthn/login/", entrance(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("set-up/", first_sign_in.enrol, name="people_enrol"),
    path("set-up/app/", first_sign_in.enrol_app, name="people_enrol_app"),
    path("set-up/passkey/", first_sign_in.enrol_passkey, name="people_enrol_passkey"),
    path("new-password/", first_sign_in.new_password, name="people_new_password"),
    path("card/", own_sign_in.first_card, name="people_first_card"),
    path("", own_sign_in.sign_in_home, name="mfa_index"),
    path("reauthenticate/", own(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", own(account.password_change), name="account_change_password"),
    path("2fa/reauthenticate/", own(codes.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/app/activate/", own_sign_in.add_app, name="mfa_activate_totp"),
    path("2fa/app/deactivate/", own(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/card/", own(card.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/card/generate/", own(card.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/webauthn/", own(passkey.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", own(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/reauthenticate/", own(passkey.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", own_sign_in.take_off_passkey, name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", own(passkey.edit_webauthn), name="mfa_edit_webauthn"),
]
