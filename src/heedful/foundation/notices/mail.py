"""One try at one mail, and in which of few ways it failed. Knows no tables: `heedful doctor` needs it without them."""

from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy

TROUBLES = {
    "no_address": gettext_lazy("The person has no e-mail address any more."),
    "address_refused": gettext_lazy("The mail server refused the person's address."),
    "sender_refused": gettext_lazy("The mail server refused the sender's address (HEEDFUL_FROM_EMAIL)."),
    "sign_in_refused": gettext_lazy("The mail server refused the user name or password (HEEDFUL_EMAIL_URL)."),
    "server_refused": gettext_lazy("The mail server refused the mail."),
    "no_connection": gettext_lazy("The mail server could not be reached."),
    "not_set_up": gettext_lazy("Mail is not set up (HEEDFUL_EMAIL_URL)."),
}


class NotHandedOver(Exception):
    """The mail server did not take it; `trouble` is a key of TROUBLES."""

    def __init__(self, trouble: str, *, lasting: bool = False) -> None:
        super().__init__(trouble)
        self.trouble, self.lasting = trouble, lasting


def set_up() -> bool:
    """Is there a mail server?"""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def send(message: EmailMessage) -> None:
    """One try at one mail."""
    try:
        message.send()
    except (SMTPException, OSError) as error:
        raise _trouble(error) from error


def _trouble(error: Exception) -> NotHandedOver:
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return NotHandedOver("address_refused", lasting=all(code >= 500 for code in codes))
    if isinstance(error, SMTPAuthenticationError):
        return NotHandedOver("sign_in_refused")
    if isinstance(error, SMTPSenderRefused):
        return NotHandedOver("sender_refused")
    if isinstance(error, SMTPResponseException):
        return NotHandedOver("server_refused")
    return NotHandedOver("no_connection")
