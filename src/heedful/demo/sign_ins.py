"""Sign-ins of the demonstration: one password, made from this database's own key, and real authenticator apps."""

import time
from base64 import b32encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from hmac import digest

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.hashers import make_password

from heedful.foundation.people import factors
from heedful.foundation.people.models import Account

_LIST = """
amber anchor apple aspen basket beacon bramble bridge candle cedar clover copper cotton daisy ember feather
fern garden ginger harbour hazel heather island ivory juniper kettle ladder lantern lemon linen maple marble
meadow mellow mirror nutmeg oak orchard otter pebble pepper plum poppy quilt ribbon river robin saddle sparrow
spring summer teapot thimble timber tulip velvet violet walnut willow window winter yarrow
"""
WORDS = tuple(_LIST.split())
STEP = 30


def password() -> str:
    """Three words that only this database's key gives; kept nowhere."""
    signs = _derived("password")
    return "-".join(WORDS[sign % len(WORDS)] for sign in signs[:3])


@cache
def hashed() -> str:
    """One hash for the whole cast: making it is slow on purpose."""
    return make_password(password())


def give_app(account: Account) -> None:
    """A second factor as everybody has it; codes come from its secret and are used once."""
    factors.add_app(account, b32encode(_derived(account.username)[:20]).decode(), None)


@dataclass(frozen=True)
class Code:
    """What the authenticator app of one account shows now. `used`: it was used, so wait for the next."""

    code: str
    used: bool


def codes(account_ids: list[object], now: float | None = None) -> dict[object, Code]:
    """Current codes by account, from the stored secrets."""
    counter = int(now or time.time()) // STEP
    found = Authenticator.objects.filter(user_id__in=account_ids, type=Authenticator.Type.TOTP)
    return {
        one.user_id: Code(
            format_hotp_value(hotp_value(decrypt(one.data["secret"]), counter)),
            one.data.get(factors.LAST_COUNTER, 0) >= counter,
        )
        for one in found
    }


def seconds_left(now: float | None = None) -> int:
    return STEP - int(now or time.time()) % STEP


def _derived(what: str) -> bytes:
    return digest(settings.SECRET_KEY.encode(), f"heedful demonstration {what}".encode(), sha256)
