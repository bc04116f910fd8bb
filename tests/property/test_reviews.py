"""Whatever is written: a review never closes at a person without a second answer, and the words are found quickly."""

from datetime import date
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.policies import in_force
from heedful.loop.reviews import rules
from heedful.loop.reviews.rules import Kind, Known, Written

WORDS = in_force("reviews", on=date(2026, 3, 2), nation="england").individual
KNOWN = Known(("Joss Pellow", "Amira Haddow"), WORDS)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*WORDS.roles, *WORDS.failings, "the", "phone", ".", "Joss", "chart"]), max_size=12).map(
        " ".join
    ),
)
WRITTEN = st.builds(
    Written,
    what_happened=TEXTS,
    why=TEXTS,
    what_made_it_likely=TEXTS,
    beneath=TEXTS,
    what_must_change=TEXTS,
    factors=st.frozensets(st.sampled_from(["tasks.handovers", "people.tiredness", "place.environment"])),
    findings=st.integers(0, 3),
)


@given(written=WRITTEN, kind=st.sampled_from(Kind))
def test_nothing_closes_at_a_person_without_a_second_answer(written: Written, kind: Kind) -> None:
    if rules.missing(kind, written, KNOWN):
        return
    assert written.what_happened.strip() and written.why.strip() and written.what_made_it_likely.strip()
    if rules.stops_at_a_person(written.what_made_it_likely, KNOWN):
        assert written.beneath.strip()
        assert written.beneath.split() != written.what_made_it_likely.split()


@given(text=TEXTS)
def test_what_is_quoted_stands_in_the_answer(text: str) -> None:
    found = rules.stops_at_a_person(text, KNOWN)
    assert "".join(found.split()) in "".join(text.split())


@given(text=TEXTS, name=st.sampled_from(KNOWN.names))
def test_a_full_name_is_always_noticed(text: str, name: str) -> None:
    assert rules.stops_at_a_person(f"{text} {name} {text}", KNOWN)


@given(written=WRITTEN)
def test_a_condition_around_the_people_is_never_counted_as_only_individual(written: Written) -> None:
    if any(not slug.startswith("people.") for slug in written.factors):
        assert not rules.only_individual(written, KNOWN)


@given(standing=st.builds(rules.Standing, kind=st.sampled_from(Kind), begun=st.booleans(), closed=st.booleans()),
       wanted=st.sampled_from(Kind))  # fmt: skip
def test_what_somebody_has_begun_is_never_made_lighter(standing: rules.Standing, wanted: Kind) -> None:
    step = rules.next_step(standing, wanted)
    if standing.begun and rules.WEIGHT[wanted] <= rules.WEIGHT[standing.kind]:
        assert step is rules.Next.NOTHING


def test_the_longest_answer_is_looked_through_at_once() -> None:
    hostile = ("staff " * 700)[:4_000]
    started = perf_counter()
    rules.stops_at_a_person(hostile, KNOWN)
    assert perf_counter() - started < 1
