"""Finds the policy in force: by kind, day, nation and authority."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path
from typing import Annotated, Literal, overload

from pydantic import Field, TypeAdapter, ValidationError

from heedful.foundation.policies.errors import NoPolicyInForce, PolicyDataError
from heedful.foundation.policies.hierarchy import ActionHierarchyPolicy
from heedful.foundation.policies.reading import parse_yaml
from heedful.foundation.policies.schema import (
    BankHolidaysPolicy,
    ClocksPolicy,
    ExposurePolicy,
    RetentionPolicy,
    ReviewsPolicy,
)
from heedful.foundation.policies.tables import DutiesPolicy, SeriousnessPolicy
from heedful.foundation.policies.words import Nation

FOLDER = Path(__file__).parent / "data" / "policies"

AnyPolicy = (
    SeriousnessPolicy
    | DutiesPolicy
    | ClocksPolicy
    | ExposurePolicy
    | RetentionPolicy
    | BankHolidaysPolicy
    | ReviewsPolicy
    | ActionHierarchyPolicy
)
KINDS = ("seriousness", "duties", "clocks", "exposure", "retention", "bank_holidays", "reviews", "action_hierarchy")
_READER: TypeAdapter[AnyPolicy] = TypeAdapter(Annotated[AnyPolicy, Field(discriminator="kind")])


def parse(text: str, where: str) -> AnyPolicy:
    """Check the text of one policy file; `where` names it in messages."""
    raw = parse_yaml(text, where)
    try:
        return _READER.validate_python(raw)
    except ValidationError as error:
        raise PolicyDataError.from_validation(where, error) from error


def refuse_overlaps(policies: Iterable[AnyPolicy]) -> None:
    """Two policies of one kind and place may not hold on the same day."""
    for one, other in combinations(policies, 2):
        same_place = (one.kind, one.nation, one.authority) == (other.kind, other.nation, other.authority)
        later_start = max(one.valid_from, other.valid_from)
        if same_place and one.holds_on(later_start) and other.holds_on(later_start):
            raise PolicyDataError(f"{one.reference} and {other.reference} hold on the same days in the same place.")


@cache
def shipped() -> tuple[AnyPolicy, ...]:
    """Every policy in the package."""
    found = tuple(parse(path.read_text(encoding="utf-8"), path.name) for path in sorted(FOLDER.glob("*.yaml")))
    refuse_overlaps(found)
    return found


@overload
def in_force(
    kind: Literal["seriousness"], *, on: date, nation: str, authority: str | None = None
) -> SeriousnessPolicy: ...
@overload
def in_force(kind: Literal["duties"], *, on: date, nation: str, authority: str | None = None) -> DutiesPolicy: ...
@overload
def in_force(kind: Literal["clocks"], *, on: date, nation: str, authority: str | None = None) -> ClocksPolicy: ...
@overload
def in_force(kind: Literal["exposure"], *, on: date, nation: str, authority: str | None = None) -> ExposurePolicy: ...
@overload
def in_force(kind: Literal["retention"], *, on: date, nation: str, authority: str | None = None) -> RetentionPolicy: ...
@overload
def in_force(
    kind: Literal["bank_holidays"], *, on: date, nation: str, authority: str | None = None
) -> BankHolidaysPolicy: ...
@overload
def in_force(
    kind: Literal["action_hierarchy"], *, on: date, nation: str, authority: str | None = None
) -> ActionHierarchyPolicy: ...
@overload
def in_force(kind: Literal["reviews"], *, on: date, nation: str, authority: str | None = None) -> ReviewsPolicy: ...


def in_force(kind: str, *, on: date, nation: str, authority: str | None = None) -> AnyPolicy:
    """The authority's own policy if there is one, else the nation's, else the one that holds until it has its own."""
    if kind not in KINDS:
        raise NoPolicyInForce(f"There is no kind of policy called “{kind}”.")
    place = _nation(nation)
    places = [(place, authority), (place, None), (Nation.UK, None)]
    holding = {(policy.nation, policy.authority): policy for policy in shipped() if _fits(policy, kind, on)}
    for where in places:
        if where in holding:
            return holding[where]
    raise NoPolicyInForce(f"No policy for {kind.replace('_', ' ')} is in force in {place} on {on:%-d %B %Y}.")


def _fits(policy: AnyPolicy, kind: str, on: date) -> bool:
    return policy.kind == kind and policy.holds_on(on)


def _nation(nation: str) -> Nation:
    try:
        return Nation(nation)
    except ValueError:
        raise NoPolicyInForce(f"“{nation}” is not a nation we know.") from None


@dataclass(frozen=True)
class Rulebook:
    """The policies that judge one event together."""

    seriousness: SeriousnessPolicy
    duties: DutiesPolicy
    clocks: ClocksPolicy

    def __post_init__(self) -> None:
        known = {clock.slug for clock in self.clocks.clocks}
        wanted = self.seriousness.clocks_used() | {duty.clock for duty in self.duties.duties}
        if missing := sorted(wanted - known):
            raise PolicyDataError(f"{self.version}: the clock “{missing[0]}” is not in {self.clocks.reference}.")

    @property
    def version(self) -> str:
        """What a stored decision keeps, short enough for one column."""
        return f"{self.seriousness.reference} {self.duties.reference}"


@lru_cache(maxsize=256)
def rulebook(*, on: date, nation: str, authority: str | None = None) -> Rulebook:
    """Everything that triage needs, as it held on that day in that place."""
    return Rulebook(
        seriousness=in_force("seriousness", on=on, nation=nation, authority=authority),
        duties=in_force("duties", on=on, nation=nation, authority=authority),
        clocks=in_force("clocks", on=on, nation=nation, authority=authority),
    )
