"""What was understood of a row becomes an event that says no more than the file does."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.intake.book_candidates import Candidates
from heedful.intake.candidates import Candidate
from heedful.intake.places import KnownPlaces
from heedful.intake.understanding.model import Event, Read


def places(*names: str) -> KnownPlaces:
    found = KnownPlaces(True, "Europe/London", {})
    for name in names:
        found.add(name, name, "Europe/London")
    return found


def read(outcome: str = "import", row: int = 7, **said: object) -> Read:
    given = {"date": "2025-07-01", "service": "Fern House", "kinds": ("fall",), "narrative": "Slipped by the bed."}
    return Read("Log", row, outcome, "", Event(**(given | said)))  # type: ignore[arg-type]


def made(rows: list[Read], *names: str) -> list[Candidate]:
    making = Candidates({}, places(*names))
    judged = [making.judged(row) for row in rows]
    return [one.candidate for one in judged if one.candidate is not None]


def values(**said: object) -> dict[str, object]:
    (one,) = made([read(**said)], "Fern House")
    return dict(one.values)


def test_only_rows_to_import_become_events() -> None:
    rows = [read(), read("ask", 8), read("reject", 9)]
    assert [(one.row, one.kept["Sheet"]) for one in made(rows, "Fern House")] == [(7, "Log")]


def test_a_day_without_a_time_is_the_whole_day_of_that_place() -> None:
    told = values()
    assert told["occurred_from"] == datetime(2025, 6, 30, 23, tzinfo=UTC)
    assert told["occurred_as"] == "day"
    assert told["local_hour"] is None


def test_a_week_is_an_interval_of_a_week() -> None:
    told = values(date="2025-05-12", date_end="2025-05-18", precision="week")
    assert told["occurred_as"] == "about"
    assert (told["occurred_to"] - told["occurred_from"]).days == 6  # type: ignore[operator]
    assert told["local_date"] == date(2025, 5, 12)


def test_a_part_of_the_day_is_its_hours_and_a_night_which_belongs_to_two_days_is_a_day() -> None:
    told = values(time="evening", time_precision="band")
    assert told["occurred_from"] == datetime(2025, 7, 1, 15, tzinfo=UTC)
    assert (told["occurred_as"], told["local_hour"]) == ("about", None)
    assert values(time="night", time_precision="band")["occurred_as"] == "day"


def test_an_exact_time_is_exact_and_one_that_the_clocks_went_over_is_only_a_day() -> None:
    assert values(time="21:15", time_precision="exact")["occurred_as"] == "exact"
    skipped = values(date="2025-03-30", time="01:30", time_precision="exact")
    assert skipped["occurred_as"] == "day"


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"harm": "death"}, "harm_body", "fatal"),
        ({"record_type": "compliment"}, "kinds", ["good_care"]),
        ({"kinds": ("behaviour", "restrictive_practice")}, "type", "behaviour"),
    ],
)
def test_words_of_the_file_become_codes_of_ours(said: dict[str, object], field: str, code: object) -> None:
    assert values(**said)[field] == code


def test_nobody_knew_before_it_happened() -> None:
    told = values(date_reported="2025-06-01")
    assert told["aware_at"] == told["occurred_from"]
    later = values(date_reported="2025-07-09")
    assert later["aware_at"] > later["occurred_from"]  # type: ignore[operator]


def test_a_reference_that_every_row_has_names_it_and_the_same_file_again_names_it_the_same() -> None:
    named = [read(ref="A1"), read(ref="A2", row=8)]
    assert [one.record for one in made(named)] == ["Fern House A1", "Fern House A2"]
    unnamed = [read(ref="A1"), read(ref="", row=8), read(ref="A1", row=9)]
    first = [one.record for one in made(unnamed)]
    assert first == [one.record for one in made(unnamed)]
    assert len(set(first)) == 3


@given(st.permutations(range(6)))
def test_a_row_that_moved_in_the_file_is_still_the_same_record(order: list[int]) -> None:
    rows = [read(row=10 + place, narrative=f"Account {number}.") for place, number in enumerate(order)]
    found = {one.values["words"]: one.record for one in made(rows)}
    plain = [read(row=number, narrative=f"Account {number}.") for number in range(6)]
    assert found == {one.values["words"]: one.record for one in made(plain)}


def test_a_service_that_is_not_there_yet_is_named_to_be_opened() -> None:
    (one,) = made([read()], "Elm Court")
    assert one.place is not None and one.place.name == "Fern House"
    (other,) = made([read(service="FERN HOUSE")], "Fern House")
    assert other.place is None and other.service == "Fern House"
