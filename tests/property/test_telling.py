"""Whatever is typed: no third party's name is told, and nothing at all to one named as a possible source."""

from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.exits.names import Known
from heedful.loop.feedback import rules
from heedful.loop.feedback.rules import Recipient, Standing

FIRST = ["Arthur", "Ingrid", "Dawit", "Morwen", "Siân", "Zofia", "Olumide"]
LAST = ["Kettleby", "Lindqvist", "Bekele", "Tarrant", "O'Brien", "Adair-Jones", "Nowak"]
NAMES = [f"{first} {last}" for first in FIRST for last in LAST]
AROUND = st.text(alphabet="abc xyz.,!?\n\t()“”'-", max_size=40)
WRITTEN = st.sampled_from([str, str.upper, str.lower, lambda name: name.split()[0], lambda name: name.split()[1]])


@given(st.sampled_from(NAMES), WRITTEN, AROUND, AROUND, st.sampled_from(list(Recipient)))
def test_a_third_partys_name_never_passes(name, written, before, after, recipient) -> None:  # type: ignore[no-untyped-def]
    standing = Standing(recipient=recipient, family_allowed=True, known=(Known(name, "staff"),))
    found = rules.problems(f"{before} {written(name)} {after}", standing, channel="By phone")
    assert "words" in {one.field for one in found}


@given(st.text(), st.sampled_from(list(Recipient)), *[st.booleans()] * 5, st.sampled_from([None, True, False]))
def test_one_named_as_a_possible_source_is_never_told_anything(  # type: ignore[no-untyped-def]
    words, recipient, decided, police, doubt, reachable, withheld, allowed
) -> None:
    standing = Standing(
        recipient=recipient, decided=decided, police_first=police, in_doubt=doubt, reachable=reachable,
        identity_withheld=withheld, family_allowed=allowed, alleged_source=True,
    )  # fmt: skip
    assert rules.problems(words, standing, channel="By phone") != []


@given(st.text(), st.sampled_from(list(Recipient)), st.booleans(), st.sampled_from([None, True, False]))
def test_while_the_police_come_first_nobody_is_told_anything(words, recipient, decided, allowed) -> None:  # type: ignore[no-untyped-def]
    standing = Standing(recipient=recipient, decided=decided, police_first=True, family_allowed=allowed)
    assert rules.problems(words, standing, channel="By phone") != []
