"""The JSON body of `POST /api/record`, strictly read. Everything wrong with it is said at once, per field."""

import json
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from heedful.foundation.access.refusals import Problem
from heedful.foundation.policies import Interval
from heedful.loop.incidents.reports import Named, NewEvent, Told

Code = Annotated[str, Field(max_length=60)]
Text = Annotated[str, Field(max_length=20_000)]


class NotJSON(ValueError):
    """The body is no JSON object."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


class Occurred(_Strict):
    """When it happened, as an interval; `as` says how well that is known."""

    earliest: AwareDatetime = Field(alias="from")
    latest: AwareDatetime = Field(alias="to")
    known_as: Annotated[str, Field(alias="as", pattern="^(exact|about|day|shift)$")] = "exact"


class Person(_Strict):
    """Somebody with a part: known by id, or only by name."""

    part: Code
    name: Annotated[str, Field(max_length=120)] = ""
    person: UUID | None = None
    staff: UUID | None = None
    works_here: Annotated[str, Field(pattern="^(yes|no|unsure|unknown)$")] = "unknown"


class ToldBody(_Strict):
    """Somebody who was informed."""

    who: Code
    name: Annotated[str, Field(max_length=120)] = ""
    told_at: AwareDatetime | None = None


class ReportBody(_Strict):
    """One report. Questions that were not asked are left out."""

    client_key: UUID
    form_version: Code
    service: UUID
    team: UUID | None = None
    words: Text
    kinds: Annotated[list[Code], Field(max_length=20)]
    occurred: Occurred
    aware_at: AwareDatetime | None = None
    place: Text = ""
    shift: Annotated[str, Field(max_length=60)] = ""
    type: Code = ""
    harm_body: Code = "not_asked"
    harm_mind: Code = "not_asked"
    safe_now: Code = "unknown"
    made_safe: Text = ""
    met_safeguarding: Code = ""
    met_safeguarding_why: Text = ""
    met_clinical: Code = ""
    met_clinical_why: Text = ""
    met_family: Code = ""
    met_family_why: Text = ""
    discharge: Code = "unknown"
    discharge_days: Annotated[int, Field(ge=0, le=365)] | None = None
    confidential: bool
    involved: Annotated[list[Person], Field(max_length=40)] = []
    informed: Annotated[list[ToldBody], Field(max_length=40)] = []

    def report(self) -> NewEvent:
        """The report that `record` takes."""
        same = self.model_dump(exclude={"service", "team", "kinds", "occurred", "involved", "informed"})
        return NewEvent(
            **same,
            service_id=self.service,
            team_id=self.team,
            kinds=tuple(self.kinds),
            occurred=Interval(self.occurred.earliest, self.occurred.latest),
            occurred_as=self.occurred.known_as,
            involved=tuple(_named(one) for one in self.involved),
            informed=tuple(Told(who=one.who, name=one.name, told_at=one.told_at) for one in self.informed),
        )


def read(body: bytes) -> tuple[NewEvent | None, list[Problem]]:
    """The report, or what is wrong with it. Raises `NotJSON`."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise NotJSON from None
    if not isinstance(raw, dict):
        raise NotJSON
    try:
        said = ReportBody.model_validate(raw)
    except ValidationError as error:
        return None, [_problem(one) for one in error.errors(include_url=False, include_input=False)]
    if said.occurred.latest < said.occurred.earliest:
        return None, [Problem("when", _("It cannot end before it begins. Check both times."))]
    return said.report(), []


def _named(one: Person) -> Named:
    return Named(part=one.part, name=one.name, person_id=one.person, staff_id=one.staff, works_here=one.works_here)


def _problem(error: Any) -> Problem:
    place = ".".join(str(part) for part in error["loc"])
    words = {"missing": _("This is missing."), "extra_forbidden": _("We do not know this field.")}
    return Problem(place or "body", words.get(error["type"], str(error["msg"])))
