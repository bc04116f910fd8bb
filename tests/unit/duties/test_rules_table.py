"""The level table row by row: no row is dead, and each one's own facts bring out its own reason."""

from datetime import date

import pytest

from heedful.foundation.policies import Harm, rulebook
from heedful.foundation.policies.inputs import INPUTS, Value
from heedful.foundation.policies.tables import DutyRule, LevelRule, When, holds, says_more
from heedful.loop.duties.facts import Facts

BOOK = rulebook(on=date(2026, 11, 22), nation="england")
TABLE = BOOK.seriousness
DUTY_RULES = [(duty.slug, rule) for duty in BOOK.duties.duties for rule in duty.rules]


def _just(when: When) -> dict[str, Value]:
    """An unremarkable event, but for what the row asks for (of a list, the first code)."""
    calm = Facts(harm_to_body=Harm.NONE, harm_to_mind=Harm.NONE).inputs(discharge_days=14)
    asked = {name: frozenset(value[:1]) if isinstance(value, list) else value for name, value in when.items()}
    return {**calm, "level": 0, **asked}


@pytest.mark.parametrize("rule", TABLE.rules, ids=lambda rule: rule.id)
def test_each_row_decides_the_level_of_the_facts_that_it_asks_for(rule: LevelRule) -> None:
    holding = [other for other in TABLE.rules if holds(other.when, _just(rule.when))]
    assert holding[0].level == rule.level
    assert not any(says_more(other.when, rule.when) for other in holding)


@pytest.mark.parametrize(("duty", "rule"), DUTY_RULES, ids=[rule.id for _, rule in DUTY_RULES])
def test_each_row_of_a_duty_gives_its_answer_for_the_facts_that_it_asks_for(duty: str, rule: DutyRule) -> None:
    rows = next(item for item in BOOK.duties.duties if item.slug == duty).rules
    holding = [other for other in rows if holds(other.when, _just(rule.when))]
    assert holding[0].answer == rule.answer
    assert rule in holding


def test_every_input_that_a_person_can_answer_is_used_by_some_row() -> None:
    used = {name for rule in TABLE.rules for name in rule.when} | {name for _, rule in DUTY_RULES for name in rule.when}
    used |= {item.input for item in TABLE.find_out}
    # Family contact is a threshold of its own: it is answered, kept and shown, and moves no level.
    assert set(INPUTS) - used == {"family"}
