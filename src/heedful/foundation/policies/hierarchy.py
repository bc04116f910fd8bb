"""The action hierarchy as data: how strong each kind of action is and why, when to look again, who hears of delay."""

from typing import Literal

from pydantic import Field, model_validator

from heedful.foundation.policies.schema import Item, Policy, Slug, Strict, Text, no_duplicates

Strength = Literal["stronger", "intermediate", "weaker"]
# From the strongest: the order in which a page offers them.
STRENGTHS: tuple[Strength, ...] = ("stronger", "intermediate", "weaker")


class StrengthWords(Strict):
    """What a strength is called in care English, and why it is as strong as it is."""

    strength: Strength
    word: Text
    because: Text


class ActionKind(Item):
    """One kind of action. `example` says it in the words of a shift."""

    slug: Slug
    strength: Strength
    label: Text
    example: Text


class LookAgain(Item):
    """A re-audit that is offered when an action is agreed, so many days after its first day."""

    slug: Slug
    label: Text
    days: int = Field(ge=1, le=730)


class OverdueStep(Item):
    """Who is told when an action is so many days late."""

    who: Literal["lead", "registered_manager", "safeguarding_lead", "nominated_individual"]
    days: int = Field(ge=1, le=365)
    label: Text


class ActionHierarchyPolicy(Policy):
    """Kinds of action by strength, with what the provider has set around them."""

    kind: Literal["action_hierarchy"]
    words: list[StrengthWords] = Field(min_length=3, max_length=3)
    kinds: list[ActionKind] = Field(min_length=1)
    looks: list[LookAgain] = Field(min_length=1)
    overdue: list[OverdueStep] = Field(min_length=1)

    def find(self, slug: str) -> ActionKind | None:
        """The kind with this slug; None for one that this version does not know."""
        return next((kind for kind in self.kinds if kind.slug == slug), None)

    def of_strength(self, strength: Strength) -> list[ActionKind]:
        return [kind for kind in self.kinds if kind.strength == strength]

    def words_for(self, strength: str) -> StrengthWords:
        return next(words for words in self.words if words.strength == strength)

    @model_validator(mode="after")
    def _whole_and_in_order(self) -> "ActionHierarchyPolicy":
        no_duplicates([kind.slug for kind in self.kinds], "kind")
        no_duplicates([look.slug for look in self.looks], "look")
        no_duplicates([step.who for step in self.overdue], "step")
        if [words.strength for words in self.words] != list(STRENGTHS):
            raise ValueError("the words stand once for each strength, the strongest first")
        missing = [strength for strength in STRENGTHS if not self.of_strength(strength)]
        if missing:
            raise ValueError(f"there is no kind of action that is {missing[0]}")
        days = [step.days for step in self.overdue]
        if days != sorted(set(days)):
            raise ValueError("each step comes later than the one before")
        return self
