"""The level tool on any facts at all: total, explained, monotone, and never lowered by not knowing."""

from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from heedful.foundation.policies import Answer, Death, Harm, Level, rulebook, taxonomy
from heedful.foundation.policies.inputs import INPUTS
from heedful.foundation.policies.tables import holds, says_more
from heedful.loop.duties.facts import Facts, History
from heedful.loop.duties.rules import assess

BOOKS = {nation: rulebook(on=date(2026, 11, 22), nation=nation) for nation in ("england", "scotland")}
BOOK = BOOKS["england"]
TABLE = BOOK.seriousness
RANK = {"yes": 2, "ask": 1, "no": 0}

ORDERED = [name for name, spec in INPUTS.items() if spec.kind == "ordered" and name in Facts.model_fields]
SETS = {"types": "core_types", "abuse_types": "abuse_types", "signs": "signs"}
HARMS_OF_THE_MIND = [harm for harm in Harm if harm is not Harm.FATAL]


def _some(name: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(taxonomy(name).slugs()), max_size=3)


def _fields() -> dict[str, st.SearchStrategy[Any]]:
    fields: dict[str, st.SearchStrategy[Any]] = {name: st.sampled_from(Answer) for name in ORDERED}
    fields |= {name: _some(of) for name, of in SETS.items()}
    fields |= {"harm_to_body": st.sampled_from(Harm), "staff_harm": st.sampled_from(Harm)}
    fields |= {"harm_to_mind": st.sampled_from(HARMS_OF_THE_MIND), "death": st.sampled_from(Death)}
    fields |= {"kinds": _some("event_kinds"), "informed": _some("informed")}
    fields |= {"people_affected": st.integers(0, 6), "days_since_discharge": st.none() | st.integers(0, 40)}
    fields["history"] = st.builds(
        History,
        similar_before=st.integers(0, 4),
        same_source_before=st.integers(0, 3),
        plan_changed=st.sampled_from(Answer),
    )
    return fields


FIELDS = _fields()


@st.composite
def _facts(draw: st.DrawFn) -> Facts:
    """Mostly unremarkable, with a handful of answers drawn at random: so that every rule gets to decide sometimes."""
    calm: dict[str, Any] = {"harm_to_body": Harm.NONE, "harm_to_mind": Harm.NONE, "made_safe": Answer.YES}
    chosen = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=7, unique=True))
    answers = {**calm, **{name: draw(FIELDS[name]) for name in chosen}}
    found = _legal(answers)
    assume(found is not None)
    assert found is not None
    return found


def _legal(answers: dict[str, Any]) -> Facts | None:
    try:
        return Facts(**answers)
    except ValidationError:
        return None


def _but(facts: Facts, **answers: Any) -> Facts | None:
    return _legal({**dict(facts), **answers})


FACTS = _facts()


@given(FACTS, st.sampled_from(sorted(BOOKS)))
def test_every_legal_set_of_facts_gets_a_level_from_one_named_rule_with_a_reason(facts: Facts, nation: str) -> None:
    book = BOOKS[nation]
    found = assess(facts, book)
    deciding = [rule for rule in book.seriousness.rules if rule.id == found.rule]
    assert [rule.level for rule in deciding] == [found.level]
    assert found.rule in {reason.rule for reason in found.reasons} or any(
        says_more(rule.when, deciding[0].when) for rule in book.seriousness.rules
    )
    assert found.reasons[0].level == found.level
    for reason in found.reasons:
        assert reason.sentence.endswith(".")
        assert "%" not in reason.sentence
        assert reason.inputs
        assert set(reason.inputs) <= set(INPUTS)


@given(FACTS)
def test_every_reason_given_is_true_of_the_facts_and_none_says_less_than_another(facts: Facts) -> None:
    inputs = facts.inputs(discharge_days=TABLE.discharge_days)
    said = {reason.rule for reason in assess(facts, BOOK).reasons}
    rules = [rule for rule in TABLE.rules if rule.id in said]
    assert all(holds(rule.when, inputs) for rule in rules)
    assert not [one for one in rules for other in rules if says_more(one.when, other.when)]


def _worse(facts: Facts, name: str, draw: st.DataObject) -> Facts | None:
    """The same facts with one answer more worrying."""
    if name in SETS:
        return _but(facts, **{name: getattr(facts, name) | draw.draw(_some(SETS[name]))})
    if name == "people_affected":
        return _but(facts, people_affected=facts.people_affected + draw.draw(st.integers(1, 5)))
    if name in History.model_fields:
        value = getattr(facts.history, name)
        more = _higher(INPUTS[name].order, value, draw) if isinstance(value, str) else value + 1
        return _but(facts, history=facts.history.model_copy(update={name: _as(value, more)}))
    value = getattr(facts, name)
    return _but(facts, **{name: _as(value, _higher(INPUTS[name].order, value, draw))})


def _higher(order: tuple[str, ...], value: str, draw: st.DataObject) -> str:
    return draw.draw(st.sampled_from(order[order.index(value) :]))


def _as(like: Any, value: Any) -> Any:
    return type(like)(value)


WORSEN = sorted([*ORDERED, *SETS, "people_affected", *History.model_fields])


@given(FACTS, st.sampled_from(WORSEN), st.data())
def test_more_harm_more_people_or_a_worse_pattern_never_lowers_the_level(
    facts: Facts, name: str, data: st.DataObject
) -> None:
    worse = _worse(facts, name, data)
    assume(worse is not None)
    assert worse is not None
    before, after = assess(facts, BOOK), assess(worse, BOOK)
    assert after.level >= before.level
    for one, other in zip(before.classifications, after.classifications, strict=True):
        assert RANK[other.answer] >= RANK[one.answer], one.classification


@given(FACTS, st.sampled_from(ORDERED))
def test_an_answer_that_nobody_knows_never_makes_it_less_serious_than_the_answer_that_reassures(
    facts: Facts, name: str
) -> None:
    spec, value = INPUTS[name], getattr(facts, name)
    reassuring = _but(facts, **{name: _as(value, spec.order[0])})
    for unknown in spec.open_values:
        open_question = _but(facts, **{name: _as(value, unknown)})
        if reassuring is not None and open_question is not None:
            assert assess(open_question, BOOK).level >= assess(reassuring, BOOK).level


@given(FACTS, _some("event_kinds"))
def test_what_the_reporter_called_it_never_moves_the_level(facts: Facts, kinds: frozenset[str]) -> None:
    other = _but(facts, kinds=kinds)
    assert other is not None
    assert assess(other, BOOK).level == assess(facts, BOOK).level


@given(FACTS)
def test_what_would_change_the_answer_would_change_it(facts: Facts) -> None:
    inputs = facts.inputs(discharge_days=TABLE.discharge_days)
    rules = {rule.id: rule for rule in TABLE.rules}
    for change in assess(facts, BOOK).would_change:
        needed = rules[change.rule].when[change.input]
        supposed = {**inputs, change.input: frozenset(needed) if isinstance(needed, list) else needed}
        first = next(rule for rule in TABLE.rules if holds(rule.when, supposed))
        assert first.level >= change.level > assess(facts, BOOK).level


@given(FACTS)
def test_a_question_is_asked_only_if_its_worst_answer_would_raise_the_level(facts: Facts) -> None:
    found = assess(facts, BOOK)
    assert len(found.find_out) <= 9
    for item in found.find_out:
        assert item.could_become > found.level
        worst = INPUTS[item.input].worst
        if item.input == "harm_to_mind":
            worst = Harm.SEVERE
        if item.input == "plan_changed":
            answered = _but(facts, history=facts.history.model_copy(update={"plan_changed": Answer.NO}))
        else:
            answered = _but(facts, **{item.input: _as(getattr(facts, item.input), worst)})
        if answered is not None:
            assert assess(answered, BOOK).level == item.could_become


@given(FACTS)
def test_every_separate_question_is_answered_once_each_with_its_own_reason(facts: Facts) -> None:
    found = assess(facts, BOOK).classifications
    assert [item.classification for item in found] == [duty.slug for duty in BOOK.duties.duties]
    assert all(item.reasons and item.answer in RANK for item in found)
    assert all(bool(item.meaning) is (item.answer == "yes") for item in found)
    says = {rule.id: rule.answer for duty in BOOK.duties.duties for rule in duty.rules}
    for item in found:
        assert {says.get(reason.rule, "no") for reason in item.reasons} == {item.answer}


@given(FACTS)
def test_a_third_similar_event_is_never_below_review_and_always_opens_the_theme(facts: Facts) -> None:
    third = _but(facts, history=facts.history.model_copy(update={"similar_before": 2}))
    assert third is not None
    found = assess(third, BOOK)
    assert found.level >= Level.REVIEW
    assert found.thematic_review
