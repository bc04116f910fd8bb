"""The shape of a policy file. Strict: an unknown key, a wrong code or a rule that could lower a level is refused."""

from collections.abc import Iterator
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from heedful.foundation.policies.taxonomies import SLUG
from heedful.foundation.policies.words import Nation

Slug = Annotated[str, Field(pattern=SLUG)]
Text = Annotated[str, Field(min_length=3, max_length=400)]


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Source(Strict):
    """Where a rule or number comes from, and how sure we are: V read, V2 read at second hand, K from memory."""

    title: Text
    url: str | None = None
    certainty: Literal["V", "V2", "K", "house"]


class Item(Strict):
    """Anything that cites a source. `house` is the product's own choice: verified means that it is no claim on law."""

    source: str
    verified: bool


class Policy(Strict):
    """What every policy says of itself: which, when, where, from where."""

    kind: str
    # Two of these with their versions fit into the column where a decision keeps what judged it.
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=35)]
    version: int = Field(ge=1)
    title: Text
    nation: Annotated[Nation, Field(strict=False)]
    authority: str | None = None
    valid_from: date
    valid_to: date | None = None
    caution: str = ""
    sources: dict[str, Source] = Field(min_length=1)

    @property
    def reference(self) -> str:
        """What a stored decision keeps: the policy and its version."""
        return f"{self.id}@{self.version}"

    @property
    def verified(self) -> bool:
        """True only if every item in it is."""
        return all(item.verified for item in self.items())

    def items(self) -> Iterator[Item]:
        """Every item that cites a source."""
        for name in type(self).model_fields:
            for entry in _entries(getattr(self, name)):
                if isinstance(entry, Item):
                    yield entry

    def holds_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @model_validator(mode="after")
    def _sources_are_listed_and_honest(self) -> "Policy":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        for item in self.items():
            source = self.sources.get(item.source)
            if source is None:
                raise ValueError(f"the source “{item.source}” is not in the list of sources")
            if item.verified and source.certainty in ("V2", "K"):
                raise ValueError(f"an item from “{item.source}” ({source.certainty}) cannot be marked as verified")
        return self


def _entries(value: object) -> list[Any]:
    """The items of a list field, with the rules inside them."""
    found = list(value) if isinstance(value, list) else []
    return found + [rule for entry in found for rule in getattr(entry, "rules", [])]


class Clock(Item):
    """A time limit. It starts when somebody became aware, never when it was typed in."""

    slug: Slug
    label: Text
    # `next_time_of_day` is the first time the clock shows `at`, no sooner than `amount` hours from the start.
    unit: Literal["minutes", "hours", "days", "working_days", "next_time_of_day"]
    amount: int = Field(ge=1)
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "17:00"
    statutory: bool = False

    @property
    def local_time(self) -> time:
        """The local time of day by which a limit in days runs out."""
        return time.fromisoformat(self.at)


class LateStep(Item):
    """Who is told when something is so many days late; 0 is the day by which it is due."""

    what: Literal["review", "check", "telling"]
    who: Literal["owner", "registered_manager", "safeguarding_lead", "nominated_individual"]
    days: int = Field(ge=0, le=365)
    label: Text


class ClocksPolicy(Policy):
    """Time limits: some from law, most a provider's own targets. And who hears when one is over."""

    kind: Literal["clocks"]
    clocks: list[Clock] = Field(min_length=1)
    late: list[LateStep] = Field(default_factory=list)

    def clock(self, slug: str) -> Clock:
        return next(clock for clock in self.clocks if clock.slug == slug)

    def steps(self, what: str) -> list[LateStep]:
        """Who hears that one of these is late, in the order in which it climbs."""
        return sorted((step for step in self.late if step.what == what), key=lambda step: step.days)

    @model_validator(mode="after")
    def _each_once(self) -> "ClocksPolicy":
        no_duplicates([clock.slug for clock in self.clocks], "clock")
        no_duplicates([f"{step.what} {step.who}" for step in self.late], "step")
        return self


class ExposureRule(Item):
    """Which amount of care a count is set against, for one kind of service."""

    service_kind: Slug
    measure: Slug
    per: int = Field(ge=1)
    why: Text


class ExposurePolicy(Policy):
    kind: Literal["exposure"]
    exposures: list[ExposureRule] = Field(min_length=1)


class RetentionPeriod(Item):
    """The shortest time that a kind of record is kept."""

    slug: Slug
    label: Text
    years: int = Field(ge=0, le=120)
    runs_from: Literal["end_of_care", "closed", "recorded", "end_of_employment", "birth"]


class RetentionPolicy(Policy):
    kind: Literal["retention"]
    periods: list[RetentionPeriod] = Field(min_length=1)


class Calendar(Item):
    """Which days are no working days: a subdivision of the `holidays` library."""

    subdivision: Literal["ENG", "WLS", "SCT", "NIR"]
    weekend: list[Literal["saturday", "sunday"]]


class BankHolidaysPolicy(Policy):
    kind: Literal["bank_holidays"]
    calendars: list[Calendar] = Field(min_length=1, max_length=1)


ReviewKind = Literal["reflection", "huddle", "after_action", "structured", "thematic"]


class ReviewRule(Item):
    """Which review follows from a level, and by when."""

    level: int = Field(ge=0, le=4)
    review: ReviewKind
    # For the second of its kind, and for several small ones that add up.
    if_repeated: ReviewKind | None = None
    if_pattern: ReviewKind | None = None
    clock: Slug
    why: Text


class IndividualWords(Strict):
    """How it is noticed that an answer stops at a person. All in lower case."""

    alone: list[str] = Field(min_length=1)
    roles: list[str] = Field(min_length=1)
    failings: list[str] = Field(min_length=1)
    within: int = Field(ge=0, le=10)
    names_that_are_words: list[str]


class ReviewsPolicy(Policy):
    """Which review each level asks for, and the words that stop at a person."""

    kind: Literal["reviews"]
    reviews: list[ReviewRule]
    individual: IndividualWords

    @model_validator(mode="after")
    def _every_level_once(self) -> "ReviewsPolicy":
        if [rule.level for rule in self.reviews] != [0, 1, 2, 3, 4]:
            raise ValueError("there must be one row for each level, 0 to 4, in order: nothing goes without a review")
        return self


def no_duplicates(names: list[str], what: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"the {what} “{twice[0]}” stands twice")
