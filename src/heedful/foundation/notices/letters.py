"""The mail that says only that something needs somebody: made, handed over, and its fate recorded."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from heedful.foundation.notices.mail import NotHandedOver, send, set_up
from heedful.foundation.notices.models import Delivery
from heedful.foundation.people.models import Account, Organisation

# About eight hours with the waits of jobs.py; then a person has to look.
MOST_ATTEMPTS = 10


@dataclass(frozen=True)
class Letter:
    """All that a mail says. No name of a case, a person or a place is within reach here."""

    to: str
    organisation: str
    address: str
    urgent: bool
    language: str
    message_id: str


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
    send(_message(letter))


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
