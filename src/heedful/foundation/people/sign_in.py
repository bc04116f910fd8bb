"""The sign-in form: one field for an e-mail address, or for organisation code and user name."""

from allauth.account.forms import LoginForm


class SignIn(LoginForm):  # type: ignore[misc]
    """allauth's form; ours only in how it is shown."""
