"""A thin demonstration for tests: the real load, with few ordinary events, in the database of this run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from heedful.demo import cast, load
from heedful.foundation.access.models import Installation


def quiet(_part: float, _what: str) -> None:
    """Progress that nobody watches."""


@cache
def larkrise() -> load.Built:
    """Larkrise Care once in each process, under a code of its own, by which the start page finds its sign-ins.

    `DEMONSTRATION_SCALE=1` makes all of it, for pictures in the documentation.
    """
    cast.CODE = f"larkrise-{uuid4().hex[:6]}"
    with transaction.atomic():
        return load.build(cast.CODE, timezone.now(), quiet, scale=float(os.environ.get("DEMONSTRATION_SCALE", "0.1")))


@contextmanager
def marked(demo: bool = True) -> Iterator[None]:
    """This database says that it is a demonstration; afterwards it does not."""
    Installation.objects.update_or_create(pk=1, defaults={"demo": demo})
    try:
        yield
    finally:
        Installation.objects.filter(pk=1).update(demo=False)
