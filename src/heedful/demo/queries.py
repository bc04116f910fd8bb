"""Who the start page is about."""

from collections.abc import Sequence
from uuid import UUID

from heedful.demo.script import places
from heedful.foundation.people.models import Account


def accounts(usernames: Sequence[str]) -> dict[str, UUID]:
    """The accounts of the cast by their sign-in names."""
    return dict(Account.objects.filter(username__in=usernames).values_list("username", "pk"))


def service_name(key: str) -> str:
    return next(place.name for place in places() if place.key == key)
