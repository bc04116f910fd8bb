"""The proportionate decision: a level with its reasons, and each independent question with a suggested answer.

It suggests; a person decides. It knows no users, no clock and no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from heedful.foundation.policies import Answer, Harm, Level, Rulebook
from heedful.foundation.policies.inputs import INPUTS, Value
from heedful.foundation.policies.tables import (
    Duty,
    DutyRule,
    LevelRule,
    Rule,
    SeriousnessPolicy,
    holds,
    says_more,
    unmet,
)
from heedful.loop.duties.facts import Facts, History, worst_harm

__all__ = ["Assessment", "Facts", "History", "assess", "level_that_stands", "needs_second_person", "worst_harm"]

AnyRule = TypeVar("AnyRule", bound=Rule)
Suggested = Literal["yes", "no", "ask"]
_FOR_LEVELS = tuple(name for name, spec in INPUTS.items() if spec.for_levels)


@dataclass(frozen=True)
class Reason:
    """One sentence that a family member can read, the rule that gave it, and the inputs that it rests on.

    `text` is the untranslated sentence with its blanks; `sentence` is it filled in, in English.
    """

    rule: str
    text: str
    values: Mapping[str, int]
    inputs: tuple[str, ...]
    level: Level | None = None
    verified: bool = True

    @property
    def sentence(self) -> str:
        return self.text % self.values


@dataclass(frozen=True)
class WouldChange:
    """One thing that, if it were so, would raise the level."""

    text: str
    level: Level
    rule: str
    input: str


@dataclass(frozen=True)
class FindOut:
    """An open question whose answer could raise the level. `said` tells not asked from asked and not known."""

    input: str
    question: str
    clock: str
    said: Literal["unsure", "unanswered"]
    could_become: Level


@dataclass(frozen=True)
class Tell:
    who: str
    clock: str


@dataclass(frozen=True)
class Suggestion:
    """One independent question about the event, the answer that the facts suggest, and why."""

    classification: str
    question: str
    answer: Suggested
    meaning: str
    reasons: tuple[Reason, ...]
    clock: str
    done_when: str


@dataclass(frozen=True)
class Assessment:
    """What the policy suggests for these facts, and everything needed to explain it."""

    level: Level
    rule: str
    meaning: str
    response: str
    review: str
    review_clock: str
    reasons: tuple[Reason, ...]
    would_change: tuple[WouldChange, ...]
    find_out: tuple[FindOut, ...]
    tell: tuple[Tell, ...]
    thematic_review: bool
    classifications: tuple[Suggestion, ...]
    policy_version: str
    caution: str

    @property
    def word(self) -> str:
        """The slug of the level: note, reflect, review, enquiry or emergency."""
        return self.level.word

    def suggestion(self, classification: str) -> Suggestion:
        return next(item for item in self.classifications if item.classification == classification)


def assess(facts: Facts, policy: Rulebook) -> Assessment:
    """Judge the facts by the rulebook that was in force. Total: every legal set of facts gets a level and a reason."""
    table = policy.seriousness
    inputs = facts.inputs(discharge_days=table.discharge_days)
    holding = _holding(table, inputs)
    deciding = holding[0]
    level = Level(deciding.level)
    response = table.response_to(level)
    numbers = _numbers(inputs, table)
    return Assessment(
        level=level,
        rule=deciding.id,
        meaning=response.meaning,
        response=response.response,
        review=response.review,
        review_clock=response.review_clock,
        reasons=tuple(_reason(rule, numbers, Level(rule.level)) for rule in _worth_saying(holding)),
        would_change=_would_change(table, inputs, level),
        find_out=_find_out(table, inputs, level),
        tell=tuple(Tell(item.who, item.clock) for item in response.tell if not _told(item.who, facts)),
        thematic_review=any(rule.thematic_review for rule in holding),
        classifications=_classifications(policy, {**inputs, "level": level.value}),
        policy_version=policy.version,
        caution=table.caution,
    )


def _holding(table: SeriousnessPolicy, inputs: Mapping[str, Value]) -> list[LevelRule]:
    """The rules that hold, the most serious first. The first one decides."""
    return [rule for rule in table.rules if holds(rule.when, inputs)]


def _level(table: SeriousnessPolicy, inputs: Mapping[str, Value]) -> Level:
    return Level(next(rule.level for rule in table.rules if holds(rule.when, inputs)))


def _worth_saying(holding: list[AnyRule]) -> list[AnyRule]:
    """Every rule that holds, without those that another one says better ("a second time" beside "a third time")."""
    return [rule for rule in holding if not any(says_more(other.when, rule.when) for other in holding)]


def _reason(rule: Rule, numbers: Mapping[str, int], level: Level | None = None) -> Reason:
    # A catch-all rests on every input that could have said more.
    return Reason(rule.id, rule.because, numbers, tuple(rule.when) or _FOR_LEVELS, level, rule.verified)


def _numbers(inputs: Mapping[str, Value], table: SeriousnessPolicy) -> dict[str, int]:
    """What the blanks of a sentence are filled with."""
    numbers = {name: value for name, value in inputs.items() if isinstance(value, int)}
    numbers |= {"looks_back_days": table.looks_back_days, "discharge_days": table.discharge_days}
    return {**numbers, "occurrence": numbers["similar_before"] + 1}


def _would_change(table: SeriousnessPolicy, inputs: Mapping[str, Value], level: Level) -> tuple[WouldChange, ...]:
    """The nearest steps up: rules above this level that lack exactly one thing."""
    found: dict[str, WouldChange] = {}
    for rule in sorted(table.rules, key=lambda rule: rule.level):
        if rule.if_so and rule.level > level:
            missing = unmet(rule.when, inputs)
            if len(missing) == 1:
                found.setdefault(rule.if_so, WouldChange(rule.if_so, Level(rule.level), rule.id, missing[0]))
    return tuple(found.values())


def _find_out(table: SeriousnessPolicy, inputs: Mapping[str, Value], level: Level) -> tuple[FindOut, ...]:
    """Open questions whose worst answer would raise the level. A question that could change nothing is not asked."""
    found = []
    for item in table.find_out:
        spec, value = INPUTS[item.input], inputs[item.input]
        if value not in spec.open_values or not holds(item.when, inputs):
            continue
        worst = _level(table, _supposing(inputs, item.input, spec.worst))
        if worst > level:
            said: Literal["unsure", "unanswered"] = "unsure" if _was_asked(item.input, str(value)) else "unanswered"
            found.append(FindOut(item.input, item.question, item.clock, said, worst))
    return tuple(found)


def _supposing(inputs: Mapping[str, Value], name: str, value: str) -> dict[str, Value]:
    supposed = {**inputs, name: value}
    if name in ("harm_to_body", "harm_to_mind"):
        # There is no fatal harm to the mind.
        supposed[name] = Harm.SEVERE if name == "harm_to_mind" else value
        supposed["harm"] = worst_harm((Harm(str(supposed["harm_to_body"])), Harm(str(supposed["harm_to_mind"]))))
    return supposed


def _was_asked(name: str, value: str) -> bool:
    """Of harm, `unknown` is an answer that was given; of a yes or no it means that nobody was asked."""
    return value == Answer.UNSURE or (name.startswith("harm") and value == Harm.UNKNOWN)


def _told(who: str, facts: Facts) -> bool:
    return who in facts.informed


def _classifications(policy: Rulebook, inputs: Mapping[str, Value]) -> tuple[Suggestion, ...]:
    numbers = _numbers(inputs, policy.seriousness)
    return tuple(_suggest(duty, inputs, numbers) for duty in policy.duties.duties)


def _suggest(duty: Duty, inputs: Mapping[str, Value], numbers: Mapping[str, int]) -> Suggestion:
    """The first rule that holds decides; with none, the answer is no, for the reason that the duty states."""
    holding = [rule for rule in duty.rules if holds(rule.when, inputs)]
    answer: Suggested = holding[0].answer if holding else "no"
    same: list[DutyRule] = [rule for rule in holding if rule.answer == answer]
    return Suggestion(
        classification=duty.slug,
        question=duty.question,
        answer=answer,
        meaning=duty.yes_means if answer == "yes" else "",
        reasons=tuple(_reason(rule, numbers) for rule in _worth_saying(same)) or (_nothing_suggests(duty, numbers),),
        clock=duty.clock,
        done_when=duty.done_when,
    )


def _nothing_suggests(duty: Duty, numbers: Mapping[str, int]) -> Reason:
    used = tuple(dict.fromkeys(name for rule in duty.rules for name in rule.when))
    return Reason(f"{duty.slug}-nothing", duty.no_because, numbers, used, None, duty.verified)


def needs_second_person(suggested: Level, chosen: Level) -> bool:
    """Raising is free. Lowering needs somebody else to agree."""
    return chosen < suggested


def level_that_stands(suggested: Level, chosen: Level, *, second_person_agreed: bool) -> Level:
    """Until a second person agrees to a lower level, the higher one stands and its clocks run."""
    return chosen if second_person_agreed else max(suggested, chosen)


@dataclass(frozen=True)
class Left:
    """What is still open about a case, counted."""

    decided: bool = True
    waits_for_second_person: bool = False
    duties: int = 0
    find_outs: int = 0
    reviews_open: int = 0
    reviews_closed: int = 0


def why_not_answered(left: Left) -> str:
    """Why a case cannot be answered yet; empty when nothing stands against it. None goes without a reflection."""
    reasons = (
        (not left.decided, "Nobody has decided about this yet."),
        (left.waits_for_second_person, "A lower level waits for a second person."),
        (left.duties > 0, "Something has to be done first: a separate question is not done yet."),
        (left.find_outs > 0, "Something is still to be found out."),
        (left.reviews_open > 0, "It is still being looked into. Finish the review first."),
        (left.reviews_closed == 0, "Nobody has looked into it yet. Take five minutes: four questions are enough."),
    )
    return next((text for holds_it, text in reasons if holds_it), "")
