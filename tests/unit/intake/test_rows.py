"""A row becomes an event or a reason. Every trap of real logs has its own answer."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from heedful.intake import wording
from tests.unit.intake.support import HEADER, MAP, ROW, changed, tried


def row(**cells: str) -> str:
    told = dict(zip(HEADER.split(","), ROW.split(","), strict=True)) | cells
    return ",".join(f'"{value}"' for value in told.values())


def test_a_good_row_becomes_an_event_with_its_local_day_in_utc(tmp_path: Path) -> None:
    event = tried(tmp_path, row(Date="05/07/2025", Entered="06/07/2025")).one
    assert (event.record, event.service, event.flags) == ("A1", "rh", ())
    assert event.values["occurred_from"] == datetime(2025, 7, 4, 23, 0, tzinfo=UTC)
    assert event.values["occurred_to"] == datetime(2025, 7, 5, 22, 59, 59, tzinfo=UTC)
    assert event.values["occurred_as"] == "day"
    assert (event.values["local_date"], event.values["local_hour"]) == (date(2025, 7, 5), None)
    assert (event.values["local_weekday"], event.values["financial_year"]) == (5, 2025)
    assert (event.values["type"], event.values["subtype"], event.values["kinds"]) == ("fall", "", ["incident"])


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"Ref": ""}, "missing", "Ref"),
        ({"Ref": "x" * 81}, "too_long", "Ref"),
        ({"Ref": "A\u202e1"}, "direction_marks", "Ref"),
        ({"Home": "Elm Court"}, "service_unknown", "Home"),
        ({"Home": ""}, "missing", "Home"),
        ({"Date": ""}, "missing", "Date"),
        ({"Date": "soon"}, "date_unreadable", "Date"),
        ({"Date": "30/02/2026"}, "date_impossible", "Date"),
        ({"Date": "05/02/2105"}, "in_future", "Date"),
        ({"Date": "03/03/2026"}, "in_future", "Date"),
        ({"Date": "05/02/0002"}, "too_early", "Date"),
        ({"Date": "05/02/1925"}, "too_early", "Date"),
        ({"Account": "a\0b and more"}, "nul", "Account"),
        ({"Account": "a\x07b and more"}, "control_character", "Account"),
        ({"Account": "x" * 100_001}, "too_long", "Account"),
        ({"Type": "severe"}, "code_unknown", "Type"),
        ({"Type": ""}, "missing", "Type"),
    ],
)
def test_what_cannot_be_right_is_rejected_with_its_field_reason_and_mend(
    tmp_path: Path, cells: dict[str, str], code: str, column: str
) -> None:
    found = tried(tmp_path, row(**cells))
    assert found.candidates == []
    problem = next(problem for problem in found.rows[0].problems if problem.code == code)
    assert (problem.column, problem.rejects) == (column, True)
    said = wording.whole(problem)
    assert said.startswith(f"{column}: ")
    assert "%(" not in said
    assert len(said) < 400


def test_everything_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    found = tried(tmp_path, row(Ref="", Home="Elm", Date="31/02/2026", Type="?"))
    assert found.codes() == ["missing", "service_unknown", "date_impossible", "code_unknown"]


@pytest.mark.parametrize("text", ["A1,Rowan House", "A1,Rowan House,05/02/2026,06/02/2026,Fell, again,Slip,"])
def test_ragged_rows_are_rejected_with_both_numbers(tmp_path: Path, text: str) -> None:
    found = tried(tmp_path, text if text.count(",") == 1 else f"{text}extra")
    assert found.codes()[0] in ("too_few_values", "too_many_values")
    assert "6" in wording.reason(found.rows[0].problems[0])


def test_a_row_with_only_blanks_too_many_is_taken(tmp_path: Path) -> None:
    assert tried(tmp_path, ROW + ",, ").one.record == "A1"


def test_emoji_letters_of_any_script_and_line_breaks_stay(tmp_path: Path) -> None:
    words = "Fell 😟\nin the café – ąćę 日本 e\u0301"
    event = tried(tmp_path, row(Account=words)).one
    assert event.values["words"] == "Fell 😟\nin the café – ąćę 日本 é"
    assert event.flags == ()


def test_direction_marks_in_an_account_are_kept_and_flagged(tmp_path: Path) -> None:
    event = tried(tmp_path, row(Account="said \u202eabc\u202c to her")).one
    assert event.values["words"] == "said \u202eabc\u202c to her"
    assert event.flags == ("direction_marks",)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    assert tried(tmp_path, row(Account="=1+1 was on the note")).one.values["words"] == "=1+1 was on the note"


def test_a_lag_below_zero_is_flagged_or_rejected_as_the_map_says(tmp_path: Path) -> None:
    early = row(Entered="01/02/2026")
    assert tried(tmp_path, early).one.flags == ("lag_negative",)
    strict = changed("short_words: 5", "recorded_before_it_happened: reject")
    found = tried(tmp_path, early, map_text=strict)
    assert (found.candidates, found.codes()) == ([], ["lag_negative"])
    assert wording.reason(found.rows[0].problems[0]) == "it was recorded before it happened"


def test_a_very_long_lag_is_flagged_or_rejected_as_the_map_says(tmp_path: Path) -> None:
    late = row(Date="05/02/2014")
    assert tried(tmp_path, late).one.flags == ("lag_long",)
    strict = changed("short_words: 5", "longer_lag: reject")
    assert tried(tmp_path, late, map_text=strict).codes() == ["lag_long"]


def test_the_second_row_of_a_record_is_rejected_and_names_the_first(tmp_path: Path) -> None:
    found = tried(tmp_path, ROW, row(Account="Another account."))
    assert (found.survey.accepted, found.codes(1)) == (1, ["record_twice"])
    assert "row 1" in wording.reason(found.rows[1].problems[0])


def test_a_rejected_row_does_not_use_up_its_record_id(tmp_path: Path) -> None:
    assert tried(tmp_path, row(Date="31/02/2026"), ROW).one.row == 2


def test_the_same_account_twice_is_found_and_flagged_not_dropped(tmp_path: Path) -> None:
    found = tried(tmp_path, ROW, row(Ref="A2"), row(Ref="A3", Account=""), row(Ref="A4", Account=""))
    assert [candidate.flags for candidate in found.candidates] == [(), ("words_twice",), *[("words_short",)] * 2]


def test_dates_without_a_pattern_are_asked_and_nothing_is_accepted(tmp_path: Path) -> None:
    asking = changed("{column: Date, format: DD/MM/YYYY}", "{column: Date}")
    found = tried(tmp_path, row(), row(Ref="A2", Date="25/02/2026"), map_text=asking)
    assert found.candidates == []
    ((asked, count),) = found.survey.tally.questions.values()
    assert (asked.code, asked.column, count) == ("date_order", "Date", 2)
    assert found.survey.tally.orders == {("occurred", "day"): 1}
    said = wording.question(asked)
    assert "format: DD/MM/YYYY" in said
    assert "format: MM/DD/YYYY" in said


TIMED = changed("{column: Date, format: DD/MM/YYYY}", "{column: Date, format: DD/MM/YYYY, time_column: Entered}")
TIMED = TIMED.replace("  recorded: {column: Entered, format: DD/MM/YYYY}\n", "")


@pytest.mark.parametrize(
    ("day", "time", "start", "precision"),
    [
        ("05/02/2026", "21:05", datetime(2026, 2, 5, 21, 5, tzinfo=UTC), "exact"),
        ("05/07/2025", "21:05", datetime(2025, 7, 5, 20, 5, tzinfo=UTC), "exact"),
        # 01:30 comes twice on the night the clocks go back: an interval of an hour.
        ("26/10/2025", "01:30", datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "about"),
        ("05/02/2026", "", datetime(2026, 2, 5, 0, 0, tzinfo=UTC), "day"),
    ],
)
def test_a_time_of_day_is_local_to_the_service(
    tmp_path: Path, day: str, time: str, start: datetime, precision: str
) -> None:
    values = tried(tmp_path, row(Date=day, Entered=time), map_text=TIMED).one.values
    assert (values["occurred_from"], values["occurred_as"]) == (start, precision)
    assert values["local_hour"] == (int(time[:2]) if time else None)


def test_a_time_that_the_clocks_skipped_is_rejected(tmp_path: Path) -> None:
    assert tried(tmp_path, row(Date="30/03/2025", Entered="01:30"), map_text=TIMED).codes() == ["time_skipped"]
    assert tried(tmp_path, row(Entered="tea time"), map_text=TIMED).codes() == ["time_unreadable"]


def test_a_code_that_the_map_does_not_know_may_become_another_with_a_flag(tmp_path: Path) -> None:
    kind = changed("values: {Slip", "when_unknown: other, values: {Slip")
    event = tried(tmp_path, row(Type="Ghost"), map_text=kind).one
    assert (event.values["type"], event.flags) == ("other", ("code_unknown",))


def test_codes_are_found_whatever_the_capitals_and_a_code_needs_no_entry(tmp_path: Path) -> None:
    for text, code in (("SLIP", "fall"), ("meds", "medication"), ("fall.found", "fall"), ("other", "other")):
        assert tried(tmp_path, row(Type=text)).one.values["type"] == code


def test_services_are_found_by_exact_id_or_by_name_whatever_the_capitals(tmp_path: Path) -> None:
    known = {"rh": "Rowan House", "RH": "Elm Court", "e1": "The Elms", "e2": "the elms"}
    for text, key in (("rh", "rh"), ("RH", "RH"), ("ROWAN house", "rh")):
        assert tried(tmp_path, row(Home=text), **known).one.service == key
    found = tried(tmp_path, row(Home="The ELMS"), row(Ref="A2", Home="Rowan Hose"), **known)
    assert [found.codes(0), found.codes(1)] == [["service_unknown"], ["service_unknown"]]
    assert "Rowan House" in wording.reason(found.rows[1].problems[0])


def test_an_alias_of_the_map_stands_for_its_service(tmp_path: Path) -> None:
    aliased = MAP + "services: {aliases: {The Rowans: Rowan House}}\n"
    assert tried(tmp_path, row(Home="The Rowans"), map_text=aliased).one.service == "rh"


def test_with_create_an_unknown_service_comes_with_what_the_row_says_about_it(tmp_path: Path) -> None:
    made = MAP + "services: {create: true, new: {name: {column: Home, before: 'Home '}}}\n"
    event = tried(tmp_path, row(Home="X9"), map_text=made).one
    assert event.place is not None
    assert (event.service, event.place.name) == ("X9", "Home X9")


def test_only_what_the_map_names_is_set_and_kept_columns_stay_as_they_are(tmp_path: Path) -> None:
    narrow = changed("  words: {column: Account}\n", "").replace("checks:", "keep: [Account]\nchecks:")
    event = tried(tmp_path, row(Account="=1 kept"), map_text=narrow).one
    assert "words" not in event.values
    assert event.kept == {"Account": "=1 kept"}


def test_a_long_title_is_shortened_and_its_whole_text_kept(tmp_path: Path) -> None:
    titled = changed("words: {column: Account}", "title: {column: Account}")
    event = tried(tmp_path, row(Account="x" * 200), map_text=titled).one
    assert event.values["title"] == "x" * 119 + "…"
    assert event.kept == {"Account": "x" * 200}


def test_the_digest_changes_with_what_is_said_and_with_nothing_else(tmp_path: Path) -> None:
    first = tried(tmp_path, ROW).one.digest
    assert tried(tmp_path, row(Ref="Z9"), ROW.replace(",", " ,")).candidates[1].digest == first
    assert tried(tmp_path, row(Type="Meds")).one.digest != first
    assert tried(tmp_path, row(Account="Found on the floor by her bed!")).one.digest != first


def test_words_for_blank_are_blank(tmp_path: Path) -> None:
    blank = changed("heedful_map: 1", "heedful_map: 1\nblank: [n/a, '-']")
    assert tried(tmp_path, row(Entered="N/A", Account="-"), map_text=blank).one.values["words"] == ""
