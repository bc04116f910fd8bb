"""What triage knows about one event, frozen: the only thing that the rules may look at."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from heedful.foundation.policies import Answer, Death, Harm, combined_harm, taxonomy
from heedful.foundation.policies.inputs import HARM_BY_WORRY, INPUTS, Value

Count = Annotated[int, Field(ge=0, le=10_000)]
_CODES = {
    "kinds": "event_kinds",
    "types": "core_types",
    "abuse_types": "abuse_types",
    "signs": "signs",
    "informed": "informed",
}


class History(BaseModel):
    """What the record itself says about earlier events, in the days that the policy looks back."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    similar_before: Count = 0
    small_before: Count = 0
    same_source_before: Count = 0
    plan_changed: Answer = Answer.UNKNOWN


class Facts(BaseModel):
    """Core codes and closed answers. Whatever nobody has answered is `unknown`, and unknown never lowers a level."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    kinds: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    abuse_types: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    signs_checked: Answer = Answer.UNKNOWN
    harm_to_body: Harm = Harm.UNKNOWN
    harm_to_mind: Harm = Harm.UNKNOWN
    staff_harm: Harm = Harm.NONE
    death: Death = Death.UNKNOWN
    made_safe: Answer = Answer.UNKNOWN
    safeguarding: Answer = Answer.UNKNOWN
    clinical: Answer = Answer.UNKNOWN
    family: Answer = Answer.UNKNOWN
    people_affected: Count = 1
    alleged_source_named: Answer = Answer.UNKNOWN
    alleged_source_is_staff: Answer = Answer.UNKNOWN
    crime_suspected: Answer = Answer.UNKNOWN
    police_involved: Answer = Answer.UNKNOWN
    under_18: Answer = Answer.UNKNOWN
    consent: Answer = Answer.UNKNOWN
    plan_followed: Answer = Answer.UNKNOWN
    history: History = History()
    days_since_discharge: Count | None = None
    # Raw answers from which every scale of harm and duty is worked out.
    lasts_28_days: Answer = Answer.UNKNOWN
    body_changed: Answer = Answer.UNKNOWN
    life_shortened: Answer = Answer.UNKNOWN
    treatment_prevented_worse: Answer = Answer.UNKNOWN
    work_connected: Answer = Answer.UNKNOWN
    staff_off_over_7_days: Answer = Answer.UNKNOWN
    straight_to_hospital: Answer = Answer.UNKNOWN
    dismissed_or_left: Answer = Answer.UNKNOWN
    service_stopped: Answer = Answer.UNKNOWN
    utility_loss_over_24h: Answer = Answer.UNKNOWN
    wants_answer: Answer = Answer.UNKNOWN
    nhs_funded: Answer = Answer.UNKNOWN
    informed: frozenset[str] = frozenset()

    @field_validator(*_CODES)
    @classmethod
    def _codes_are_known(cls, codes: frozenset[str], info: ValidationInfo) -> frozenset[str]:
        known = taxonomy(_CODES[str(info.field_name)])
        unknown = sorted(code for code in codes if code not in known)
        if unknown:
            raise ValueError(f"“{unknown[0]}” is not a code of “{known.title}”")
        return codes

    @model_validator(mode="after")
    def _do_not_contradict(self) -> "Facts":
        if self.harm_to_mind is Harm.FATAL:
            raise ValueError("harm to the mind cannot be fatal: record the death as harm to the body")
        if self.harm_to_body is Harm.FATAL and self.death is Death.NO:
            raise ValueError("the harm is fatal and nobody died: one of the two answers is wrong")
        if self.signs and self.signs_checked is Answer.NO:
            raise ValueError("serious signs are named and nobody looked for them: one of the two answers is wrong")
        return self

    @property
    def combined_harm(self) -> Harm:
        """The worse of body and mind, as the national learning service combines them."""
        return combined_harm(self.harm_to_body, self.harm_to_mind)

    def inputs(self, *, discharge_days: int) -> dict[str, Value]:
        """The value of every input that rules may use, except the level, which the first table finds."""
        values: dict[str, Value] = {name: getattr(self, name) for name in INPUTS if name in type(self).model_fields}
        values |= {name: getattr(self.history, name) for name in History.model_fields}
        values["types"] = taxonomy("core_types").with_ancestors(self.types)
        values["death"] = self._death()
        values["harm"] = worst_harm((self.harm_to_body, self.harm_to_mind))
        values["discharged_recently"] = self._discharged_within(discharge_days)
        values["called_complaint"] = _called("complaint", self.kinds)
        values["called_safeguarding"] = _called("safeguarding_concern", self.kinds)
        return values

    def _death(self) -> Death:
        """The answer, or what the type of event says when it is worse."""
        said = {"death.expected": Death.EXPECTED, "death.unexpected": Death.UNEXPECTED}
        return max([self.death, *(said[code] for code in self.types & said.keys())], key=list(Death).index)

    def _discharged_within(self, days: int) -> Answer:
        if self.days_since_discharge is None:
            return Answer.UNKNOWN
        return Answer.YES if self.days_since_discharge <= days else Answer.NO


def worst_harm(harms: Iterable[Harm]) -> Harm:
    """The most worrying of several answers: not knowing stands above low harm and below moderate."""
    return max(harms, key=HARM_BY_WORRY.index, default=Harm.NOT_ASKED)


def _called(kind: str, kinds: frozenset[str]) -> Answer:
    return Answer.YES if kind in kinds else Answer.NO
