"""A report as it reaches us, frozen: the form, the JSON endpoint and the demonstration all hand one to `record`."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from heedful.foundation.policies import Interval

ALLEGED_SOURCE = "alleged_source"


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody with a part in it: a person supported, a member of staff, or only a name so far."""

    part: str
    name: str = ""
    person_id: UUID | None = None
    staff_id: UUID | None = None
    # Only for a bare name: "no" says that it is nobody who works here; "unknown" that nobody was asked.
    works_here: str = "unknown"

    @property
    def to_match(self) -> bool:
        """An alleged source of harm who may be a colleague, and nobody has said which one yet."""
        return self.part == ALLEGED_SOURCE and not (self.person_id or self.staff_id) and self.works_here != "no"


@dataclass(frozen=True, kw_only=True)
class Told:
    """Somebody who was informed, and when if that is known."""

    who: str
    name: str = ""
    told_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """What somebody tells us. Anything that a short report does not ask keeps its default."""

    client_key: UUID
    service_id: UUID
    words: str
    kinds: tuple[str, ...]
    occurred: Interval
    # exact, about, day or shift: how well the time is known.
    occurred_as: str = "exact"
    # When somebody became aware: clocks start here. None: as it was recorded.
    aware_at: datetime | None = None
    form_version: str = "record@1"
    team_id: UUID | None = None
    place: str = ""
    shift: str = ""
    # A code of `core_types`, such as `fall.found`; empty when nobody chose one.
    type: str = ""
    harm_body: str = "not_asked"
    harm_mind: str = "not_asked"
    # "no" and "unsure" alert whoever is on duty now.
    safe_now: str = "unknown"
    made_safe: str = ""
    met_safeguarding: str = ""
    met_safeguarding_why: str = ""
    met_clinical: str = ""
    met_clinical_why: str = ""
    met_family: str = ""
    met_family_why: str = ""
    discharge: str = "unknown"
    discharge_days: int | None = None
    confidential: bool = False
    involved: tuple[Named, ...] = ()
    informed: tuple[Told, ...] = ()

    def body_hash(self) -> bytes:
        """What makes two reports with one key the same report: everything but the key."""
        body = {name: value for name, value in asdict(self).items() if name != "client_key"}
        return hashlib.sha256(json.dumps(body, sort_keys=True, default=_plain).encode()).digest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)
