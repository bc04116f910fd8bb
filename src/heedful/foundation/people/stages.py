"""The steps of signing in after the password. Nobody is signed in before the last: there is no half session."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import Login
from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse

# In this order. allauth's own list is not used: each of its stages can be passed without a second factor.
STAGES = [f"heedful.foundation.people.stages.{name}" for name in ("Enrol", "Authenticate", "NewPassword")]
Step = tuple[HttpResponse | None, bool]


class Enrol(LoginStage):
    """An account without any second factor sets one up first."""

    key = "heedful_enrol"
    urlname = "people_enrol"

    def handle(self) -> Step:
        if Authenticator.objects.filter(user_id=self.login.user.pk).exists():
            return None, True
        return headed_redirect_response(self.urlname), True


class Authenticate(LoginStage):
    """The second factor: passkey, authenticator app, or a code from the printed card."""

    key = "mfa_authenticate"
    urlname = "mfa_authenticate"

    def handle(self) -> Step:
        if factor_shown(self.request, self.login):
            return None, True
        return headed_redirect_response(self.urlname), True


class NewPassword(LoginStage):
    """A password that somebody else knows is replaced before anything is shown."""

    key = "heedful_new_password"
    urlname = "people_new_password"

    def handle(self) -> Step:
        if not self.login.user.must_change_password:
            return None, True
        return headed_redirect_response(self.urlname), True


def factor_shown(request: HttpRequest, login: Login) -> bool:
    """Was a second factor of this very account shown since this sign-in began?"""
    records = get_authentication_records(request, login.user)
    return any(record.get("method") == "mfa" and record["at"] >= login.initiated_at for record in records)
