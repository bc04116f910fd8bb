"""Services and exposure from files: many at once, each file's share one operation with one ledger entry."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from psycopg import sql

from heedful.foundation.access import bulk, tenant
from heedful.foundation.access.models import new_id
from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.people.models import Account, Organisation, Service
from heedful.foundation.people.operations import Reach, grant

NAME, KIND, EXTERNAL = 120, 60, 60


@dataclass(frozen=True, slots=True)
class Known:
    """A service as an import needs it."""

    id: UUID
    external_id: str
    name: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A service that a file lists."""

    external_id: str
    name: str
    kind: str = ""
    area: str = ""
    capacity: int | None = None
    time_zone: str = "Europe/London"
    nation: str = "england"
    exposure_measure: str = ""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """How much care there was in one service and month, as a whole number in the measure's own unit."""

    service_id: UUID
    month: date
    measure: str
    amount: int


def organisation_with_code(code: str) -> UUID | None:
    """The organisation of that code; asked before a tenant is set, through a reviewed function."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT heedful_organisation_with_code(%s)", [code])
        row = cursor.fetchone()
    return row[0] if row else None


def may_be_code(text: str) -> bool:
    """Whether a new organisation could have this code."""
    return re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?", text) is not None


def has_account(username: str) -> bool:
    """Whether somebody signs in by this name."""
    return Account.objects.filter(username=username, is_active=True).exists()


def let_read(*, username: str, by: Actor, at: datetime) -> None:
    """Give an account the view of a quality lead over an organisation made for imported records."""
    account = Account.objects.get(username=username)
    grant(account=account, role=Role.SAFEGUARDING_LEAD, reach=Reach(Scope.ORGANISATION), by=by, at=at)


def time_zone() -> str:
    """The time zone of the organisation."""
    return Organisation.objects.values_list("time_zone", flat=True).get(pk=tenant.current())


def services() -> list[Known]:
    """Every service of the organisation."""
    found = Service.objects.order_by("name").values_list("id", "external_id", "name", "time_zone")
    return [Known(*row) for row in found]


def open_listed(*, services: Sequence[Listed], batch_id: UUID, by: Actor, at: datetime) -> int:
    """Open the services that a file lists. A name that is taken gets the id of its service behind it."""
    taken = set(Service.objects.values_list("name", flat=True))
    rows = []
    for listed in services:
        name = listed.name[:NAME]
        if name in taken:
            name = f"{name[: NAME - len(listed.external_id) - 3]} ({listed.external_id})"
        taken.add(name)
        rows.append(_service(listed, name, by.organisation_id))
    with history.entry():
        Service.objects.bulk_create(rows, batch_size=500)
        payload = {"batch": batch_id, "services": len(rows)}
        write(kind="services.imported", by=by, at=at, subject_type="batch", subject_id=batch_id, payload=payload)
    return len(rows)


def _service(listed: Listed, name: str, organisation_id: UUID) -> Service:
    return Service(
        organisation_id=organisation_id,
        name=name,
        external_id=listed.external_id[:EXTERNAL],
        kind=listed.kind[:KIND],
        host_authority=listed.area[:80],
        capacity=listed.capacity,
        time_zone=listed.time_zone,
        nation=listed.nation,
        exposure_measure=listed.exposure_measure,
        closed_on=listed.closed_on,
    )


_KEEP_EXPOSURE = """
INSERT INTO people_exposure (id, organisation_id, service_id, month, measure, amount, source)
SELECT id, organisation_id, service_id, month, measure, amount, source FROM {staged}
ON CONFLICT (organisation_id, service_id, month, measure) DO UPDATE
   SET amount = EXCLUDED.amount, source = EXCLUDED.source
 WHERE people_exposure.source = EXCLUDED.source AND people_exposure.amount <> EXCLUDED.amount
"""


def keep_exposure(*, months: Iterable[Month], source: str, batch_id: UUID, by: Actor, at: datetime) -> int:
    """Store exposure for many services; what was typed or imported by other means stays. Returns what changed."""
    rows = [(new_id(), by.organisation_id, m.service_id, m.month, m.measure, m.amount, source) for m in months]
    columns = ("id", "organisation_id", "service_id", "month", "measure", "amount", "source")
    with history.entry(), bulk.staged("people_exposure", columns, rows) as staged:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(_KEEP_EXPOSURE).format(staged=staged).as_string())
            changed = int(cursor.rowcount)
        payload = {"batch": batch_id, "months": changed, "source": source}
        if changed:
            write(kind="exposure.imported", by=by, at=at, subject_type="batch", subject_id=batch_id, payload=payload)
    return changed
