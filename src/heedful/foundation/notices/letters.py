"""The mail that says only that something needs somebody: made, handed over, and its fate recorded."""

from dataclasses import dataclass
from datetime import datetime
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from heedful.foundation.notices.models import Delivery
from heedful.foundation.people.models import Account, Organisation

# About eight hours with the waits of jobs.py; then a person has to look.
MOST_ATTEMPTS = 9
TROUBLES = {
    "no_address": gettext_lazy("The person has no e-mail address any more."),
    "address_refused": gettext_lazy("The mail server refused the person's address."),
    "sender_refused": gettext_lazy("The mail server refused the sender's address (HEEDFUL_FROM_EMAIL)."),
    "sign_in_refused": gettext_lazy("The mail server refused the user name or password (HEEDFUL_EMAIL_URL)."),
    "server_refused": gettext_lazy("The mail server refused the mail."),
    "no_connection": gettext_lazy("The mail server could not be reached."),
    "not_set_up": gettext_lazy("Mail is not set up (HEEDFUL_EMAIL_URL)."),
}
# Trying again does not mend these.
LASTING = frozenset({"no_address", "address_refused"})


class NotHandedOver(Exception):
    """The mail server did not take it; `trouble` is a key of TROUBLES."""

    def __init__(self, trouble: str, *, lasting: bool = False) -> None:
        super().__init__(trouble)
        self.trouble, self.lasting = trouble, lasting


@dataclass(frozen=True)
class Letter:
    """All that a mail says. No name of a case, a person or a place is within reach here."""

    to: str
    organisation: str
    address: str
    urgent: bool
    language: str
    message_id: str


def set_up() -> bool:
    """Is there a mail server?"""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def message_id(delivery_id: UUID) -> str:
    return f"<{delivery_id}@{urlsplit(settings.HEEDFUL_BASE_URL).hostname}>"


def prepare(delivery_id: UUID) -> Letter | None:
    """The letter of a delivery that still waits, or None when it is done with."""
    delivery = Delivery.objects.select_related("notice").filter(pk=delivery_id, state=Delivery.State.WAITING).first()
    if delivery is None:
        return None
    notice = delivery.notice
    account = Account.objects.filter(pk=notice.account_id, is_active=True).first()
    return Letter(
        to=account.email if account else "",
        organisation=Organisation.objects.values_list("name", flat=True).get(),
        address=settings.HEEDFUL_BASE_URL + notice.link,
        urgent=notice.urgent,
        language=account.language if account else settings.LANGUAGE_CODE,
        message_id=delivery.message_id,
    )


def hand_over(letter: Letter) -> None:
    """Give the letter to the mail server; NotHandedOver says why it was not taken."""
    if not letter.to:
        raise NotHandedOver("no_address", lasting=True)
    if not set_up():
        raise NotHandedOver("not_set_up")
    message = _message(letter)
    try:
        message.send()
    except (SMTPException, OSError) as error:
        raise _trouble(error) from error


def record(delivery_id: UUID, at: datetime, trouble: NotHandedOver | None) -> str:
    """Note one try, and say the state that follows."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.WAITING)
    waiting.update(attempts=F("attempts") + 1, last_tried_at=at, trouble=trouble.trouble if trouble else "")
    if trouble is None:
        waiting.update(state=Delivery.State.SENT)
    elif trouble.lasting:
        waiting.update(state=Delivery.State.FAILED)
    else:
        waiting.filter(attempts__gte=MOST_ATTEMPTS).update(state=Delivery.State.FAILED)
    return Delivery.objects.values_list("state", flat=True).get(pk=delivery_id)


def _message(letter: Letter) -> EmailMessage:
    with override(letter.language):
        words = {"organisation": letter.organisation}
        said = (
            _("Something at %(organisation)s needs you now")
            if letter.urgent
            else _("Something at %(organisation)s needs you")
        ) % words
        why = _("This mail says no more than that, so that nobody else can read it. Sign in to see it.")
    return EmailMessage(
        subject=" ".join(said.split()),
        body=f"{said}:\n\n{letter.address}\n\n{why}\n",
        to=[letter.to],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )


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
