"""Every known name is found in a text, however it is written; what only may give somebody away warns."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.exits.names import Known, findings

LETTERS = "abcdefghijklmnoprtuvwyzéüñøłçšā"
words = st.text(LETTERS, min_size=3, max_size=10).map(str.title)
names = st.tuples(words, words).map(" ".join) | st.tuples(words, words, words).map("{0[0]} {0[1]}-{0[2]}".format)
names |= st.tuples(words, words).map("{0[0]} O'{0[1]}".format)
kinds = st.sampled_from(["staff", "person", "relation", "account", "case"])
WAYS = {
    "as it is": lambda name: name,
    "in capitals": str.upper,
    "in small letters": str.lower,
    "without accents": lambda name: "".join(
        c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
    ),
    "with accents apart": lambda name: unicodedata.normalize("NFD", name),
    "possessive": lambda name: f"{name}'s",
    "possessive, curly": lambda name: f"{name}\u2019s",
    "possessive, bare": lambda name: f"{name}s",
    "only the first": lambda name: name.split()[0],
    "only the last": lambda name: name.split()[-1],
    "last, first": lambda name: f"{name.split()[-1]}, {name.split()[0]}",
    "first initial": lambda name: f"{name[0]}. {name.split()[-1]}",
    "last initial": lambda name: f"{name.split()[0]} {name.split()[-1][0]}.",
    "hyphens for spaces": lambda name: name.replace(" ", "-"),
    "spaces for hyphens": lambda name: name.replace("-", " ").replace("'", " "),
    "run together": lambda name: name.replace(" ", "").replace("-", "").replace("'", ""),
    "broken by a hyphen": lambda name: f"{name.split()[0][:2]}-{name.split()[0][2:]} {name.split()[-1]}",
    "with a sign nobody sees": lambda name: f"{name[:2]}\u200b{name[2:]}",
    "with a soft hyphen": lambda name: f"{name[:2]}\u00ad{name[2:]}",
    "initials with dots": lambda name: f"{name[0]}.{name.split()[-1][0]}.",
}


@pytest.mark.parametrize("way", WAYS)
@given(
    name=names,
    kind=kinds,
    before=st.sampled_from(["", "Then ", "(", "“", "told: "]),
    after=st.sampled_from([".", "", ", who fell", ")"]),
)
def test_a_known_name_is_found_however_it_is_written(way: str, name: str, kind: str, before: str, after: str) -> None:
    text = f"{before}{WAYS[way](name)}{after}"
    found = findings(text, [Known(name, kind)])
    assert found, (text, name)
    assert all(text[one.start : one.end] == one.text for one in found)
    if way != "in small letters":
        assert any(one.blocking for one in found), (text, name)


@given(st.lists(names, min_size=1, max_size=5), st.data())
def test_each_of_many_names_is_found_where_it_stands(many: list[str], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(many))
    text = f"On the landing {one} asked for help."
    first = text.index(one)
    covered = {
        place for found in findings(text, [Known(n, "person") for n in many]) for place in range(found.start, found.end)
    }
    assert {place for place in range(first, first + len(one)) if one[place - first].isalpha()} <= covered | {
        place
        for place in range(first, first + len(one))
        if len("".join(filter(str.isalpha, one.split()[-1].split("'")[0]))) == 1
    }


def test_a_text_without_names_has_no_findings() -> None:
    known = [Known("Arthur Kettleby", "person"), Known("Joss Pellow", "staff"), Known("Rowan House", "place")]
    assert findings("Somebody slid off a chair. The brake was not on. Check the brake first.", known) == []


def test_a_name_that_is_also_a_word_warns_in_small_letters_and_blocks_with_a_capital() -> None:
    known = [Known("Will May", "staff")]
    assert not any(one.blocking for one in findings("This will help and may last.", known))
    assert [one.text for one in findings("Then Will came.", known) if one.blocking] == ["Will"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On 3 May it broke", "date"),
        ("on 2026-05-03", "date"),
        ("last Tuesday", "date"),
        ("at 21:40", "time"),
        ("aged 94", "age"),
        ("a 94-year-old", "age"),
        ("in room 12", "room"),
        ("the only man", "rare"),
    ],
)
def test_dates_ages_rooms_and_rare_details_warn(text: str, kind: str) -> None:
    assert (kind, False) in {(one.kind, one.blocking) for one in findings(text, [])}


@pytest.mark.parametrize("text", ["01632 960001", "a.b@example.org", "485 777 3456", "SW1A 1AA"])
def test_numbers_and_addresses_that_lead_to_one_person_block(text: str) -> None:
    assert any(one.blocking for one in findings(f"ring {text} now", []))


def test_places_and_a_job_that_only_one_person_has_warn() -> None:
    known = [Known("Rowan House", "place"), Known("Head chef", "title")]
    found = findings("At Rowan House the head chef saw it.", known)
    assert {(one.kind, one.blocking) for one in found} == {("place", False), ("title", False)}
