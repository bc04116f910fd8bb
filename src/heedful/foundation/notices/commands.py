"""What the `heedful` command asks of this room."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from heedful.foundation.notices import mail
from heedful.foundation.notices.mail import NotHandedOver as NotHandedOver


def send_test(address: str) -> str:
    """Send fixed words to an address and say what came of it; NotHandedOver says why it could not be sent."""
    if not mail.set_up():
        raise mail.NotHandedOver("not_set_up")
    message = EmailMessage(
        subject=_("A test mail from Heedful"),
        body=_("If you can read this, Heedful can send mail from %(address)s.")
        % {"address": settings.HEEDFUL_BASE_URL},
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.send(message)
    return _("The mail server took a test mail for %(address)s. Look whether it arrives.") % {"address": address}


def why(refusal: mail.NotHandedOver) -> str:
    """A refusal in words, with its mend."""
    return str(mail.TROUBLES[refusal.trouble])
