"""Events from files are history: counted, never acted upon; stored once, in whole chunks, or not at all."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.verify import verify
from heedful.intake import commands, operations, queries
from heedful.intake.models import Batch
from heedful.loop.incidents.queries import waiting_for_decision
from tests.support.jobs import waiting
from tests.support.logs import MAP, Log, counts_of_every_table, events, rows
from tests.support.world import World, make_world


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path, make_world())


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], dict[str, object]]:
    return lambda: json.loads(capsys.readouterr().out)


def test_a_thousand_severe_events_start_no_clock_reaction_notice_or_inbox_entry(log: Log) -> None:
    before = counts_of_every_table(log.world)
    inboxes = {role: waiting_entries(log.world, role) for role in log.world.accounts}
    assert log.write(*rows(1_000)).run() == commands.DONE
    after = counts_of_every_table(log.world)
    grown = {name for name in after if after[name] != before[name]}
    assert grown == {
        *("incidents_event", "incidents_event_history", "incidents_counter", "intake_batch", "intake_source_row"),
        *("ledger_entry", "ledger_payload", "search_document"),
    }
    assert after["incidents_event"] - before["incidents_event"] == 1_000
    assert waiting(log.world.organisation.id) == []
    assert {role: waiting_entries(log.world, role) for role in log.world.accounts} == inboxes
    assert {event.source for event in events(log.world)} == {"history"}


def waiting_entries(world: World, role: str) -> int:
    with world.use():
        return len(waiting_for_decision(world.viewer(role)))


def test_an_event_is_stored_as_the_file_says(log: Log) -> None:
    log.write('A7,Rowan House,05/07/2025,"Found on the floor. She was calm, = and said so.",Slip,low,12').run()
    (event,) = events(log.world)
    assert (event.service_id, event.type, event.subtype) == (log.world.home.id, "fall", "fall.found")
    assert (event.occurred_from, event.occurred_as) == (datetime(2025, 7, 4, 23, tzinfo=UTC), "day")
    assert event.title.startswith("Found on the floor")
    assert event.words == "Found on the floor. She was calm, = and said so."
    assert (event.kinds, event.harm_body, event.flags) == (["incident"], "low", [])
    with log.world.use():
        (source,) = queries.sources_of(event.id)
    assert (source.external_id, source.row_number, source.kept) == ("A7", 1, {"Room": "12"})
    assert (source.batch.file_name, source.batch.read, source.batch.created) == ("log.csv", 1, 1)


def test_repeating_a_file_adds_nothing_at_all(log: Log, said: Callable[[], dict[str, object]]) -> None:
    log.write(*rows(300)).run()
    first = [(event.pk, event.number, event.version) for event in events(log.world)]
    assert said()["created"] == 300
    before = counts_of_every_table(log.world)
    assert log.run() == commands.DONE
    told = said()
    assert (told["created"], told["updated"], told["unchanged"]) == (0, 0, 300)
    assert [(event.pk, event.number, event.version) for event in events(log.world)] == first
    after = counts_of_every_table(log.world)
    assert {name for name in after if after[name] != before[name]} == {"intake_batch"}


def test_events_are_numbered_in_the_order_of_the_file_without_gaps(log: Log) -> None:
    log.write(*rows(900)).run()
    numbers = [(event.number, event.external_id) for event in events(log.world)]
    first = numbers[0][0]
    assert numbers == [(first + n, f"R{n}") for n in range(900)]


def test_a_changed_row_updates_its_event_and_history_keeps_what_it_replaced(
    log: Log, said: Callable[[], dict[str, object]]
) -> None:
    log.write(*rows(3)).run()
    said()
    changed = rows(3)
    changed[1] = changed[1].replace("severe", "low")
    log.write(*changed, *rows(1, start=9)).run()
    told = said()
    assert (told["created"], told["updated"], told["unchanged"]) == (1, 1, 2)
    assert [event.harm_body for event in events(log.world)] == ["severe", "low", "severe", "severe"]
    event = events(log.world)[1]
    with log.world.use(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT harm_body FROM incidents_event_history WHERE pgh_obj_id = %s ORDER BY pgh_id", [event.pk]
        )
        assert [row[0] for row in cursor.fetchall()] == ["severe", "low"]
        assert Entry.objects.filter(kind="events.imported").count() == 2
    assert event.version == 2


def test_a_second_file_about_the_same_records_adds_to_them_and_the_first_does_not_undo_it(
    log: Log, tmp_path: Path, said: Callable[[], dict[str, object]]
) -> None:
    log.write(*rows(5)).run()
    other = Log(tmp_path, log.world)
    other.file, other.map = tmp_path / "places.csv", tmp_path / "places.yaml"
    other.map.write_text(
        MAP.replace("name: old-log", "name: old-places").replace("words: {column: Account}", "place: {column: Where}")
        .replace("keep: [Room]", "keep: []"),
        encoding="utf-8",
    )  # fmt: skip
    second = [f"R{n},Rowan House,{date(2023, 1, 1 + n):%d/%m/%Y},Stairs,Slip,low" for n in range(5)]
    other.write(*second, header="Ref,Home,Date,Where,Type,Harm")
    said()
    other.run()
    assert (said()["updated"], len(events(log.world))) == (5, 5)
    log.run()
    assert said()["unchanged"] == 5
    event = events(log.world)[2]
    assert (event.place, event.words, event.harm_body) == ("Stairs", "Found on the floor number 2.", "low")
    with log.world.use():
        assert {row.map_name for row in queries.sources_of(event.id)} == {"old-log", "old-places"}


def test_flags_follow_what_each_file_says_now(log: Log) -> None:
    early = MAP.replace("  words:", "  recorded: {column: Room, format: DD/MM/YYYY}\n  words:").replace(
        "keep: [Room]", ""
    )
    log.map.write_text(early, encoding="utf-8")
    line = "A1,Rowan House,05/02/2024,Fell in the hall.,Slip,low,{}"
    log.write(line.format("01/02/2024")).run()
    assert events(log.world)[0].flags == ["lag_negative"]
    log.write(line.format("06/02/2024")).run()
    assert events(log.world)[0].flags == []


def test_an_import_that_breaks_off_keeps_whole_chunks_and_is_completed_by_running_it_again(
    log: Log, monkeypatch: pytest.MonkeyPatch, said: Callable[[], dict[str, object]]
) -> None:
    real, calls = operations.keep_chunk, []

    def breaks(**told: object) -> operations.Counts:
        calls.append(1)
        counts = real(**told)  # type: ignore[arg-type]
        if len(calls) == 2:
            raise ConnectionError("the power went")
        return counts

    log.write(*rows(1_500))
    monkeypatch.setattr(operations, "SMALLEST", 200)
    monkeypatch.setattr(operations, "keep_chunk", breaks)
    with pytest.raises(ConnectionError):
        log.run()
    monkeypatch.undo()
    stored = len(events(log.world))
    assert 200 < stored < 1_500
    with log.world.use():
        assert Batch.objects.filter(finished_at=None).count() == 1
    assert log.run() == commands.DONE
    told = said()
    assert (told["created"], told["unchanged"]) == (1_500 - stored, stored)
    assert len(events(log.world)) == 1_500


def test_a_chunk_that_fails_leaves_nothing_of_itself(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*told: object) -> None:
        raise ConnectionError("the power went")

    before = counts_of_every_table(log.world)
    monkeypatch.setattr(operations, "_keep_source_rows", fails)
    with pytest.raises(ConnectionError):
        log.write(*rows(5)).run()
    after = counts_of_every_table(log.world)
    assert {name for name in after if after[name] != before[name]} <= {"intake_batch", "incidents_counter"}


def test_a_file_that_ends_in_the_middle_is_refused_and_leaves_no_waiting_rows(log: Log) -> None:
    before = counts_of_every_table(log.world)
    assert log.write(*rows(300), 'R300,Rowan House,01/02/2023,"no end').run() == commands.REFUSED
    assert counts_of_every_table(log.world) == before
    with log.world.use(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'waiting_%' AND relpersistence = 't'")
        assert cursor.fetchone()[0] == 0
    assert log.write(*rows(300)).run() == commands.DONE


def test_words_with_every_odd_sign_come_through_as_they_are(log: Log) -> None:
    said = "Back\\slash \\N \\. tab\there, “quotes”, {curly}, 100% — £5 \U0001f600"
    log.write(f'A1,Rowan House,05/07/2025,"{said}",Slip,low,"a\\b {{""x""}}"').run()
    (event,) = events(log.world)
    assert event.words == said
    with log.world.use():
        (source,) = queries.sources_of(event.id)
    assert source.kept == {"Room": 'a\\b {"x"}'}


def test_the_ledger_holds_and_explains_every_row_after_an_import(log: Log) -> None:
    log.write(*rows(700)).run()
    log.write(*rows(700, harm="low")).run()
    report = verify(log.world.organisation.id)
    assert report.whole, (report.faults, report.unexplained)
