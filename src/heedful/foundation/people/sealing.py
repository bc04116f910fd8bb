"""Seals small secrets with a key that lies outside the database: a dump alone gives none of them away."""

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealedWithAnotherKey(Exception):
    """None of the keys in HEEDFUL_SEALING_KEY opens this."""


def seal(text: str) -> str:
    """Sealed with the first key."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed with any of the keys."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealedWithAnotherKey from None


def seal_again(sealed: str) -> str:
    """The same under the first key."""
    return seal(unseal(sealed))


def _box() -> MultiFernet:
    return _made_of(tuple(settings.HEEDFUL_SEALING_KEYS))


@cache
def _made_of(keys: tuple[bytes, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
