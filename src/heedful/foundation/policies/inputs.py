"""What a rule may look at: every input with its values from least to most worrying.

A rule says "at least this": so a worse answer can never lower a level, whatever a policy file says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from heedful.foundation.policies.words import Answer, Death, Harm

# Not knowing stands above the answer that reassures: it can raise a level and never lowers one.
WORRIES_WHEN_YES = (Answer.NO, Answer.UNKNOWN, Answer.UNSURE, Answer.YES)
WORRIES_WHEN_NO = (Answer.YES, Answer.UNKNOWN, Answer.UNSURE, Answer.NO)
HARM_BY_WORRY = (Harm.NONE, Harm.NOT_ASKED, Harm.LOW, Harm.UNKNOWN, Harm.MODERATE, Harm.SEVERE, Harm.FATAL)

Value = str | int | frozenset[str]


@dataclass(frozen=True)
class Input:
    """One thing that a rule may ask about."""

    name: str
    label: str
    kind: Literal["ordered", "count", "any_of"]
    order: tuple[str, ...] = ()
    taxonomy: str = ""
    # What only the reporter called it, or what another table found, never decides a level.
    for_levels: bool = True

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        return {value: rank for rank, value in enumerate(self.order)}

    def reaches(self, value: Value, threshold: Value | list[str]) -> bool:
        """Is the value at least as worrying as the threshold?"""
        if isinstance(value, frozenset):
            return not value.isdisjoint(threshold if isinstance(threshold, list) else ())
        if isinstance(value, int):
            return isinstance(threshold, int) and value >= threshold
        return self._rank[value] >= self._rank[str(threshold)]

    @property
    def worst(self) -> str:
        return self.order[-1]

    @cached_property
    def open_values(self) -> tuple[str, ...]:
        """The values that say that something is still to be found out."""
        return tuple(value for value in self.order if value in ("unknown", "unsure", "not_asked"))


def _worry(name: str, label: str, *, when: bool = True, for_levels: bool = True) -> Input:
    order = WORRIES_WHEN_YES if when else WORRIES_WHEN_NO
    return Input(name, label, "ordered", tuple(str(answer) for answer in order), for_levels=for_levels)


def _harm(name: str, label: str) -> Input:
    return Input(name, label, "ordered", tuple(str(harm) for harm in HARM_BY_WORRY))


_ALL = (
    Input("signs", "serious signs", "any_of", taxonomy="signs"),
    _worry("signs_checked", "somebody looked for serious signs", when=False),
    Input("types", "what happened", "any_of", taxonomy="core_types"),
    Input("abuse_types", "kind of abuse or neglect", "any_of", taxonomy="abuse_types"),
    _harm("harm", "harm to body or mind, the worse of the two"),
    _harm("harm_to_body", "harm to the body"),
    _harm("harm_to_mind", "harm to the mind"),
    _harm("staff_harm", "harm to a member of staff"),
    Input("death", "death", "ordered", tuple(str(death) for death in Death)),
    _worry("made_safe", "something was done to make it safe", when=False),
    _worry("safeguarding", "the reporter thinks that the safeguarding threshold is met"),
    _worry("clinical", "the reporter thinks that clinical advice is needed"),
    _worry("family", "the reporter thinks that the family should be told"),
    Input("people_affected", "number of people supported who were affected", "count"),
    _worry("alleged_source_named", "someone is named as the possible source of harm"),
    _worry("alleged_source_is_staff", "the person named is a member of staff"),
    _worry("crime_suspected", "a crime is suspected"),
    _worry("police_involved", "the police have been told or are investigating"),
    _worry("under_18", "someone affected is under 18"),
    _worry("consent", "the person agreed to what happened", when=False),
    _worry("plan_followed", "the care plan was followed", when=False),
    Input("similar_before", "similar events before this one, in the time the policy looks back", "count"),
    Input(
        "small_before",
        "other small events about the same person, of any kind, where similar ones are no pattern",
        "count",
    ),
    Input("same_source_before", "earlier events with the same person named as source", "count"),
    _worry("plan_changed", "the plan was changed after the earlier events", when=False),
    _worry("discharged_recently", "the person came out of hospital recently"),
    _worry("lasts_28_days", "it lasts, or is likely to last, 28 days or more"),
    _worry("body_changed", "a lasting change to the structure of the body"),
    _worry("life_shortened", "a shorter life expected because of it"),
    _worry("treatment_prevented_worse", "treatment was needed to prevent death or lasting injury"),
    _worry("work_connected", "the work, equipment, building or supervision played a part"),
    _worry("staff_off_over_7_days", "a member of staff off work for more than 7 days"),
    _worry("straight_to_hospital", "someone who is not staff was taken straight to hospital for treatment"),
    _worry("dismissed_or_left", "the person named was dismissed, moved, or left because of it"),
    _worry("service_stopped", "the service could not run safely"),
    _worry("utility_loss_over_24h", "no power, water, heating or similar for more than 24 hours"),
    _worry("wants_answer", "someone wants an answer or something put right"),
    _worry("nhs_funded", "the NHS pays for this care"),
    _worry("called_complaint", "the reporter called it a complaint", for_levels=False),
    _worry("called_safeguarding", "the reporter called it a safeguarding concern", for_levels=False),
    Input("level", "the suggested level of response", "count", for_levels=False),
)
INPUTS: Mapping[str, Input] = {item.name: item for item in _ALL}
