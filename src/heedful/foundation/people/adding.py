"""Adding people from a form: the key was made with the form, so a form that is sent twice adds one person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from heedful.foundation.access.models import new_id
from heedful.foundation.ledger.operations import Actor
from heedful.foundation.people import operations
from heedful.foundation.people.models import Person, Service, StaffMember


def new_key() -> UUID:
    """The key of a form that adds somebody."""
    return new_id()


def engage_once(*, key: UUID, service_id: UUID, by: Actor, at: datetime, **details: Any) -> UUID:
    """Somebody starts to work at a service."""
    if not StaffMember.objects.filter(pk=key).exists():
        service = Service.objects.get(pk=service_id)
        operations.engage(id=key, service=service, by=by, at=at, **details)
    return key


def admit_once(*, key: UUID, service_id: UUID, by: Actor, at: datetime, **details: Any) -> UUID:
    """Somebody starts to be supported by a service."""
    if not Person.objects.filter(pk=key).exists():
        service = Service.objects.get(pk=service_id)
        operations.admit(id=key, service=service, by=by, at=at, **details)
    return key
