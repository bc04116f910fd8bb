"""Events from files are history: counted, never acted upon; stored once, in whole chunks, or not at all."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from heedful.foundation.access import tenant
from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.verify import verify
from heedful.foundation.people.imported import organisation_with_code
from heedful.foundation.people.models import Exposure, Service
from heedful.intake import commands, operations, queries
from heedful.intake.models import Batch, SourceRow
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.queries import waiting_for_decision
from tests.support.jobs import waiting
from tests.support.world import World, make_world

MAP = """
heedful_map: 1
name: old-log
source: old-log
fields:
  record: {column: Ref}
  service: {column: Home}
  occurred: {column: Date, format: DD/MM/YYYY}
  words: {column: Account}
  kinds: {always: incident}
  type: {column: Type, values: {Slip: fall.found, Meds: medication}}
  harm_body: {column: Harm, when_blank: unknown}
keep: [Room]
"""
HEADER = "Ref,Home,Date,Account,Type,Harm,Room"


class Log:
    """A file of events and the command that imports it."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder, self.world = folder, world
        self.file, self.map, self.rejects = folder / "log.csv", folder / "map.yaml", folder / "rejects.csv"
        self.map.write_text(MAP, encoding="utf-8")

    def write(self, *rows: str, header: str = HEADER) -> "Log":
        self.file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return self

    def run(self, code: str = "", **changed: object) -> int:
        told = {
            "file": self.file, "map_file": str(self.map), "organisation": code or self.world.organisation.code,
            "create": "", "reader": "", "services": None, "lookups": [], "rejects": self.rejects, "dry_run": False,
            "as_json": True,
        } | changed  # fmt: skip
        return commands.import_events(**told)  # type: ignore[arg-type]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path, make_world())


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], dict[str, object]]:
    return lambda: json.loads(capsys.readouterr().out)


def rows(count: int, *, harm: str = "severe", start: int = 0) -> list[str]:
    first = date(2023, 1, 1)
    return [
        f"R{n},Rowan House,{first + timedelta(days=n % 700):%d/%m/%Y},Found on the floor number {n}.,"
        f"Slip,{harm},{n % 9}"
        for n in range(start, start + count)
    ]


def events(world: World) -> list[Event]:
    with world.use():
        return list(Event.objects.filter(source="history").order_by("number"))


def counts_of_every_table(world: World) -> dict[str, int]:
    with world.use(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relrowsecurity"
        )
        found = {}
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{name}" WHERE organisation_id = %s', [world.organisation.id])
            found[name] = cursor.fetchone()[0]
        return found


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


def test_a_dry_run_stores_nothing_and_foretells_the_run(log: Log, said: Callable[[], dict[str, object]]) -> None:
    log.write(*rows(5), "bad,Nowhere,05/02/2024,x,Slip,low,1").run()
    said()
    log.write(*rows(3), *[row.replace("severe", "low") for row in rows(2, start=3)], *rows(4, start=50), "bad,,,,,,1")
    before = counts_of_every_table(log.world)
    assert log.run(dry_run=True) == commands.SOME_REJECTED
    foretold = said()
    assert counts_of_every_table(log.world) == before
    assert log.run() == commands.SOME_REJECTED
    told = said()
    same = ("read", "accepted", "rejected", "created", "updated", "unchanged", "problems")
    assert {key: foretold[key] for key in same} == {key: told[key] for key in same}
    assert [told[key] for key in same[:-1]] == [10, 9, 1, 4, 2, 3]
    assert told["created"] + told["updated"] + told["unchanged"] + told["rejected"] == told["read"]


def test_a_question_stops_the_import_before_anything_is_stored(log: Log, said: Callable[[], dict[str, object]]) -> None:
    log.map.write_text(MAP.replace("{column: Date, format: DD/MM/YYYY}", "{column: Date}"), encoding="utf-8")
    before = counts_of_every_table(log.world)
    assert log.write(*rows(5)).run() == commands.ASKED
    (asked,) = said()["questions"]  # type: ignore[misc]
    assert "format: DD/MM/YYYY" in asked["text"]
    assert counts_of_every_table(log.world) == before


def test_rejected_rows_go_back_corrected_and_then_everything_is_in(log: Log) -> None:
    wrong = [row.replace("Slip", "Trip") if n % 3 == 0 else row for n, row in enumerate(rows(12))]
    assert log.write(*wrong).run() == commands.SOME_REJECTED
    text = log.rejects.read_text(encoding="utf-8-sig").replace(",Trip,", ",Slip,")
    corrected = log.folder / "corrected.csv"
    corrected.write_text(text, encoding="utf-8")
    assert log.run(file=corrected, rejects=log.folder / "again.csv") == commands.DONE
    assert sorted(event.external_id for event in events(log.world)) == sorted(f"R{n}" for n in range(12))
    with (log.folder / "again.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.reader(file))) == 1


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
    assert {name for name in after if after[name] != before[name]} == {"intake_batch"}


def test_two_imports_into_one_organisation_wait_for_each_other_with_a_clear_word(
    log: Log, said: Callable[[], dict[str, object]]
) -> None:
    key = log.world.organisation.id.int & ((1 << 63) - 1)
    told = settings.DATABASES["default"]
    with psycopg.connect(
        host=told["HOST"], port=told["PORT"], user=told["USER"], password=told["PASSWORD"], dbname=told["NAME"]
    ) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [key])
        assert log.write(*rows(2)).run() == commands.REFUSED
        assert said()["refused"] == "already_importing"
    assert events(log.world) == []
    assert log.run() == commands.DONE


def test_the_ledger_holds_and_explains_every_row_after_an_import(log: Log) -> None:
    log.write(*rows(700)).run()
    log.write(*rows(700, harm="low")).run()
    report = verify(log.world.organisation.id)
    assert report.whole, (report.faults, report.unexplained)


def test_another_organisation_with_the_same_record_ids_is_not_touched(log: Log, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    theirs = Log(tmp_path / "theirs", make_world())
    theirs.write(*rows(4)).run()
    log.write(*rows(4, harm="low")).run()
    assert {event.harm_body for event in events(theirs.world)} == {"severe"}
    assert {event.harm_body for event in events(log.world)} == {"low"}
    with log.world.use():
        assert SourceRow.objects.count() == 4


def test_an_organisation_that_is_not_there_is_made_only_when_asked(
    log: Log, said: Callable[[], dict[str, object]]
) -> None:
    code = f"n{uuid4().hex[:10]}"
    log.map.write_text(MAP + "services: {create: true, time_zone: Europe/Dublin}\n", encoding="utf-8")
    log.write(*rows(3))
    assert log.run(code) == commands.REFUSED
    assert (said()["refused"], organisation_with_code(code)) == ("organisation_unknown", None)
    assert log.run(code, create="New Care", dry_run=True) == commands.DONE
    assert (said()["created"], organisation_with_code(code)) == (3, None)
    assert log.run(code, create="New Care", reader="nobody") == commands.REFUSED
    reader = log.world.accounts["safeguarding_lead"].username
    assert log.run(code, create="New Care", reader=reader) == commands.DONE
    made = organisation_with_code(code)
    assert made is not None
    with tenant.use(made):
        assert Event.objects.count() == 3
        assert [service.time_zone for service in Service.objects.all()] == ["Europe/Dublin"]
    assert log.run("Not A Code", create="New Care") == commands.REFUSED


def test_capacity_gives_exposure_by_month_and_what_was_typed_stays(
    log: Log, said: Callable[[], dict[str, object]]
) -> None:
    log.map.write_text(
        MAP
        + """
services:
  create: true
  file: {key: id, name: {column: name}, capacity: beds}
  exposure: {measure: capacity_days, first_month: 2024-01-01, last_month: 2024-03-01}
""",
        encoding="utf-8",
    )
    listing = log.folder / "services.csv"
    listing.write_text("id,name,beds\nS1,Oak Lodge,10.0\nS2,Ash Lodge,\n,No id,4\nS3,Bad,lots\nS1,Twice,3\n")
    log.write(*[row.replace("Rowan House", "S1") for row in rows(2)]).run(services=listing)
    told = said()
    assert (told["services_opened"], told["exposure_months"]) == (2, 3)
    assert [left["why"] for left in told["services_left_out"]] == ["id_blank", "capacity_odd", "listed_twice"]  # type: ignore[attr-defined]
    with log.world.use():
        amounts = Exposure.objects.filter(service__external_id="S1").order_by("month")
        assert list(amounts.values_list("amount", "source")) == [(n * 100, "imported") for n in (31 * 1, 29, 31)]
        amounts.filter(month=date(2024, 2, 1)).update(amount=1, source="typed")
    log.run(services=listing)
    assert said()["exposure_months"] == 0
    with log.world.use():
        assert amounts.get(month=date(2024, 2, 1)).amount == 1
        assert not Exposure.objects.filter(service__external_id="S2").exists()


def test_in_words_the_report_gives_counts_examples_and_what_to_do(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    log.write(*rows(3), "A9,Rowan House,30/02/2024,x,Slip,low,1", "A10,Rowan Huose,01/02/2024,x,Slip,low,1")
    assert log.run(as_json=False) == commands.SOME_REJECTED
    text = capsys.readouterr().out
    assert "5 rows read: 3 accepted, 2 rejected." in text
    assert "Added 3 events, changed 0, found 0 unchanged." in text
    assert "row 4 “30/02/2024”" in text
    assert "is it “Rowan House”?" in text
    assert log.run(as_json=False, file=log.folder / "none.csv") == commands.REFUSED
    heard = capsys.readouterr()
    assert "There is no file" in heard.err
    assert "Nothing was imported." in heard.err


def test_what_a_row_said_is_forgotten_with_the_person_it_is_about(log: Log) -> None:
    from heedful.foundation.ledger import erasure as ledger
    from heedful.foundation.people.erasure import ask_to_erase
    from heedful.loop.incidents.models import Involved
    from tests.support.jobs import run_jobs

    log.write(*rows(2)).run()
    event, person = events(log.world)[0], log.world.people[0]
    at = datetime(2026, 3, 3, tzinfo=UTC)
    with log.world.use():
        Involved.objects.create(
            organisation_id=log.world.organisation.id, event=event, person=person, part="affected", matched=True
        )
        asked = ask_to_erase(person=person, why="court_order", by=log.world.viewer("administrator"), at=at)
        ledger.agree(erasure=asked, by=log.world.viewer("safeguarding_lead"), at=at)
    run_jobs(log.world.organisation.id)
    with log.world.use():
        assert [row.kept for row in queries.sources_of(event.pk)] == [{}]
        assert SourceRow.objects.exclude(kept={}).count() == 1
    log.run()
    assert "number 0" not in events(log.world)[0].words


def test_an_imported_event_is_found_by_its_words(log: Log) -> None:
    from heedful.foundation.search.models import Document

    log.write(*rows(3)).run()
    with log.world.use():
        found = set(Document.objects.filter(subject_type="event").values_list("subject_id", flat=True))
        assert {event.pk for event in Event.objects.filter(source="history")} <= found
