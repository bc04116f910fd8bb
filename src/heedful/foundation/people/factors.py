"""Second factors: a code is used once, whatever process serves it, and guessing it is stopped per account."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from hmac import compare_digest
from ipaddress import ip_address

import segno
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt, encrypt
from axes.models import AccessAttempt
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from heedful.foundation.people import sealing
from heedful.foundation.people.models import Account

log = logging.getLogger(__name__)

# Guesses of a code from all networks together; only somebody who knows the password can use them up.
GUESSES, GUESSES_IN = 20, timedelta(minutes=15)
FEW_CODES = 5
# In the session, between making a card and showing it.
SHOW_CARD = "heedful_show_card"
LAST_COUNTER = "last_counter"
# What of a factor is sealed: an app's secret, and the seed from which a card's codes come.
SEALED = ("secret", "seed")
OTHER_KEY = (
    "A second factor is refused: it was sealed with another key than those in HEEDFUL_SEALING_KEY."
    " Put the older key there too, after the present one, with a comma between them."
)


def use_code(account: Account, code: str) -> Authenticator | None:
    """The factor that this code belongs to, or None. A code that was used is worth nothing any more."""
    typed = "".join(code.split()).replace("-", "")
    with transaction.atomic():
        mine = Authenticator.objects.select_for_update(no_key=True).filter(user_id=account.pk)
        for factor in mine.exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
            if _use(factor, typed):
                return factor
    return None


def _use(factor: Authenticator, typed: str) -> bool:
    try:
        return _use_time_code(factor, typed) if factor.type == Authenticator.Type.TOTP else _use_card(factor, typed)
    except sealing.SealedWithAnotherKey:
        log.error(OTHER_KEY)
        return False


def time_counter(secret: str, typed: str) -> int | None:
    """The half minute whose code this is, a step either way."""
    for counter in yield_hotp_counters_from_time():
        if compare_digest(format_hotp_value(hotp_value(secret, counter)).encode(), typed.encode()):
            return int(counter)
    return None


def _use_time_code(factor: Authenticator, typed: str) -> bool:
    counter = time_counter(decrypt(factor.data["secret"]), typed)
    if counter is None or counter <= factor.data.get(LAST_COUNTER, 0):
        return False
    factor.data[LAST_COUNTER] = counter
    factor.save(update_fields=["data"])
    return True


def _use_card(factor: Authenticator, typed: str) -> bool:
    return bool(factor.wrap().validate_code(typed))


def add_app(account: Account, secret: str, counter: int | None) -> Authenticator:
    """An authenticator app whose first code was just shown, in place of an older one; that code is used with it."""
    data = {"secret": encrypt(secret), LAST_COUNTER: counter or 0}
    with transaction.atomic():
        Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).delete()
        return Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=data)


def new_card(account: Account) -> list[str]:
    """A fresh set of printed one-time codes; those of an older card stop working."""
    Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(account).get_unused_codes())


def codes_left(account: Account) -> int | None:
    """How many codes of the card are unused; None without a card."""
    card = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return app_settings.RECOVERY_CODE_COUNT - int(card.data["used_mask"]).bit_count() if card else None


def sealed_with_another_key() -> int:
    """How many apps and cards none of the keys in force opens."""
    return sum(not _opens(factor) for factor in _with_codes())


def seal_again() -> int:
    """Put every app's secret and every card's seed under the first key; how many there are."""
    with transaction.atomic():
        found = list(_with_codes().select_for_update(no_key=True))
        for factor in found:
            factor.data |= {name: sealing.seal_again(factor.data[name]) for name in _sealed(factor)}
            factor.save(update_fields=["data"])
    return len(found)


def _with_codes() -> "QuerySet[Authenticator]":
    """Apps and cards; a passkey's stored half is public."""
    found: QuerySet[Authenticator] = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    return found


def _sealed(factor: Authenticator) -> Iterator[str]:
    return (name for name in SEALED if name in factor.data)


def _opens(factor: Authenticator) -> bool:
    try:
        return all(sealing.unseal(factor.data[name]) for name in _sealed(factor))
    except sealing.SealedWithAnotherKey:
        return False


def may_guess(account: Account) -> bool:
    """Have there been few enough wrong codes lately?"""
    lately = AccessAttempt.objects.filter(username=guesses_of(account), attempt_time__gt=timezone.now() - GUESSES_IN)
    return (lately.aggregate(n=Sum("failures_since_start"))["n"] or 0) < GUESSES


def guessed_wrong(request: HttpRequest, account: Account) -> None:
    """Count a wrong code, apart from wrong passwords."""
    user_login_failed.send(sender=__name__, request=request, credentials={"username": guesses_of(account)})


def guesses_of(account: Account) -> str:
    return f"code of {account.pk}"


def passkeys_work(request: HttpRequest) -> bool:
    """Browsers bind a passkey to a name, so at a bare number address there are none."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def qr_code(text: str) -> SafeString:
    """A QR code as SVG without styles, always dark on white: a camera must read it at night too."""
    drawn = segno.make(text, error="m").svg_inline(scale=5, border=4, dark="#000000", light="#ffffff", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno; the text is in the squares only


def in_fours(secret: str) -> str:
    """A key as it is typed by hand: four signs at a time."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
