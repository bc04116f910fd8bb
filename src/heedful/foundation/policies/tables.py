"""Decision tables: rows that set a floor under the level, and rows that suggest an answer to a duty's question."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from heedful.foundation.policies.inputs import INPUTS, Value
from heedful.foundation.policies.schema import Item, Policy, Slug, Strict, Text, no_duplicates
from heedful.foundation.policies.taxonomies import taxonomy
from heedful.foundation.policies.words import Level

RuleId = Annotated[str, Field(pattern=r"^[A-Z0-9]+(-[a-z0-9]+)+$")]
Threshold = str | int | list[str]
When = dict[str, Threshold]


def unmet(when: When, inputs: Mapping[str, Value]) -> list[str]:
    """The conditions that do not hold yet."""
    return [name for name, threshold in when.items() if not INPUTS[name].reaches(inputs[name], threshold)]


def holds(when: When, inputs: Mapping[str, Value]) -> bool:
    """Do all the conditions hold?"""
    for name, threshold in when.items():  # noqa: SIM110 - twice as fast as all(), and every decision runs it 200 times
        if not INPUTS[name].reaches(inputs[name], threshold):
            return False
    return True


def says_more(one: When, other: When) -> bool:
    """Does `one` hold only when `other` does? Then a reason for `other` adds nothing, and may no longer be true."""
    return one != other and all(
        name in one and _as_far(name, one[name], threshold) for name, threshold in other.items()
    )


def _as_far(name: str, threshold: Threshold, other: Threshold) -> bool:
    if isinstance(threshold, list) and isinstance(other, list):
        return set(threshold) <= set(other)
    reached = threshold if isinstance(threshold, int) else str(threshold)
    return INPUTS[name].reaches(reached, other)


def check_when(when: When) -> When:
    """Every condition names an input and a value that it can have, and is not true of everything."""
    for name, threshold in when.items():
        spec = INPUTS.get(name)
        if spec is None:
            raise ValueError(f"“{name}” is not an input that rules can use")
        if spec.kind == "ordered" and threshold not in spec.order[1:]:
            raise ValueError(f"“{name}” must be one of {', '.join(spec.order[1:])}, not “{threshold}”")
        if spec.kind == "count" and not (isinstance(threshold, int) and threshold >= 1):
            raise ValueError(f"“{name}” must be a whole number of at least 1, not “{threshold}”")
        if spec.kind == "any_of":
            _check_codes(name, threshold, spec.taxonomy)
    return when


def _check_codes(name: str, threshold: Threshold, of: str) -> None:
    if not isinstance(threshold, list) or not threshold:
        raise ValueError(f"“{name}” must be a list of codes")
    unknown = [code for code in threshold if code not in taxonomy(of)]
    if unknown:
        raise ValueError(f"“{unknown[0]}” is not a code of “{of}”")


# The numbers that a sentence may have blanks for.
BLANKS = {name for name, spec in INPUTS.items() if spec.kind == "count"} | {
    "looks_back_days",
    "discharge_days",
    "occurrence",
}


class Rule(Item):
    """One row of a decision table. Its conditions all hold when every input is at least as bad as is said."""

    id: RuleId
    when: When
    because: Text

    _when = field_validator("when")(check_when)

    @field_validator("because")
    @classmethod
    def _blanks_can_be_filled(cls, because: str) -> str:
        try:
            because % dict.fromkeys(BLANKS, 0)
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"the sentence has a blank that cannot be filled: {error}") from error
        return because


class LevelRule(Rule):
    """A row that sets a floor under the level."""

    level: int = Field(ge=0, le=4)
    if_so: str = ""
    thematic_review: bool = False

    @field_validator("when")
    @classmethod
    def _no_hearsay(cls, when: When) -> When:
        barred = [name for name in when if not INPUTS[name].for_levels]
        if barred:
            raise ValueError(f"“{barred[0]}” may not decide a level")
        return when


class Tell(Strict):
    """Who is told by when at a level."""

    who: Slug
    clock: Slug

    @field_validator("who")
    @classmethod
    def _is_somebody(cls, who: str) -> str:
        return taxonomy("who_is_told").term(who).slug


class LevelResponse(Strict):
    """What a level asks of the people who decide."""

    level: int = Field(ge=0, le=4)
    word: Slug
    meaning: Text
    response: Text
    review: Literal["none", "reflection", "team_review", "enquiry", "emergency"]
    review_clock: Slug
    tell: list[Tell] = []


class Question(Strict):
    """A question to ask when the answer could raise the level, and only where it makes sense (`when`)."""

    input: str
    question: Text
    clock: Slug
    when: When = {}

    _when = field_validator("when")(check_when)


class SeriousnessPolicy(Policy):
    """The level-of-seriousness tool as a decision table, most serious rows first, the last row for everything else."""

    kind: Literal["seriousness"]
    looks_back_days: int = Field(ge=1, le=730)
    discharge_days: int = Field(ge=1, le=365)
    levels: list[LevelResponse]
    rules: list[LevelRule] = Field(min_length=2)
    find_out: list[Question] = Field(max_length=9)

    def response_to(self, level: Level) -> LevelResponse:
        return self.levels[level]

    def clocks_used(self) -> set[str]:
        """Every clock that a level or a question can start."""
        told = {item.clock for entry in self.levels for item in entry.tell}
        return told | {entry.review_clock for entry in self.levels} | {item.clock for item in self.find_out}

    @model_validator(mode="after")
    def _table_is_whole(self) -> "SeriousnessPolicy":
        if [(entry.level, entry.word) for entry in self.levels] != [(level.value, level.word) for level in Level]:
            raise ValueError("levels must be note, reflect, review, enquiry and emergency, numbered 0 to 4")
        order = [rule.level for rule in self.rules]
        if order != sorted(order, reverse=True):
            raise ValueError("rules must stand in order, the most serious level first")
        if self.rules[-1].when or any(not rule.when for rule in self.rules[:-1]):
            raise ValueError("the last rule, and only the last, must hold for everything (when: {})")
        no_duplicates([rule.id for rule in self.rules], "rule")
        no_duplicates([question.input for question in self.find_out], "question about")
        wrong = [item.input for item in self.find_out if item.input not in INPUTS or not INPUTS[item.input].order]
        if wrong:
            raise ValueError(f"“{wrong[0]}” cannot be found out by one question")
        return self


class DutyRule(Rule):
    """A row that suggests an answer to one independent question: yes, or ask a person."""

    answer: Literal["yes", "ask"]


class Duty(Item):
    """One independent classification: its question, what suggests an answer, and the clock that a yes starts."""

    slug: Slug
    question: Text
    yes_means: Text
    no_because: Text
    clock: Slug
    done_when: Text
    rules: list[DutyRule] = Field(min_length=1)

    @model_validator(mode="after")
    def _yes_first(self) -> "Duty":
        answers = [rule.answer for rule in self.rules]
        if answers != sorted(answers, reverse=True):
            raise ValueError(f"{self.slug}: rules that say yes must stand before rules that say ask")
        if any(not rule.when for rule in self.rules):
            raise ValueError(f"{self.slug}: every rule needs a condition")
        return self


class DutiesPolicy(Policy):
    """The independent classifications of one nation."""

    kind: Literal["duties"]
    duties: list[Duty] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> "DutiesPolicy":
        no_duplicates([duty.slug for duty in self.duties], "classification")
        no_duplicates([rule.id for duty in self.duties for rule in duty.rules], "rule")
        for duty in self.duties:
            taxonomy("classifications").term(duty.slug)
        return self
