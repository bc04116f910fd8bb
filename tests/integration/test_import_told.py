"""What an import says and asks, what it makes beside events, and what comes back to it."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from heedful.foundation.access import tenant
from heedful.foundation.people.imported import organisation_with_code
from heedful.foundation.people.models import Exposure, Service
from heedful.intake import commands, queries
from heedful.intake.models import SourceRow
from heedful.loop.incidents.models import Event
from tests.support.jobs import waiting
from tests.support.logs import HEADER, MAP, Log, counts_of_every_table, events, rows
from tests.support.signing_in import sign_in
from tests.support.world import make_world


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path, make_world())


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], dict[str, object]]:
    return lambda: json.loads(capsys.readouterr().out)


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


def test_an_imported_case_says_its_file_row_and_day_and_which_later_import_changed_it(log: Log) -> None:
    log.write(*rows(2)).run()
    second = Log(log.folder, log.world)
    second.file = log.folder / "corrected.csv"
    second.write(*rows(1, start=7), *[row.replace("severe", "low") for row in rows(1)]).run()
    event, other = events(log.world)[:2]
    with log.world.use():
        first, later = queries.origins_of(event)
        assert (first.file_name, first.row, first.is_first) == ("log.csv", None, True)
        assert (later.file_name, later.row, later.is_first) == ("corrected.csv", 2, False)
        assert [(one.file_name, one.row) for one in queries.origins_of(other)] == [("log.csv", 2)]
    client = sign_in(Client(), log.world.accounts["registered_manager"])
    page = client.get(f"/cases/{event.pk}/").content.decode()
    assert "Where it came from" in page
    assert "Row 2 of corrected.csv" in page
    assert "Changed by a later import" in page


def test_a_case_in_a_nation_without_policies_is_read_in_plain_words_and_starts_no_clock(log: Log) -> None:
    code = f"o{uuid4().hex[:10]}"
    reader = log.world.accounts["safeguarding_lead"]
    text = MAP + "services: {create: true, time_zone: America/Los_Angeles, nation: oregon}\n"
    log.map.write_text(text, encoding="utf-8")
    log.write(*rows(3)).run(code, create="Oregon", reader=reader.username)
    made = organisation_with_code(code)
    assert made is not None
    with tenant.use(made):
        event = Event.objects.order_by("number").first()
        assert event is not None
        assert event.service.nation == "oregon"
    client = sign_in(Client(), reader)
    client.post("/people/organisation/", {"organisation": str(made)})
    for address in (f"/cases/{event.pk}/", "/cases/", "/", "/patterns/", "/decide/"):
        assert client.get(address, follow=True).status_code == 200, address
    page = client.get(f"/cases/{event.pk}/").content.decode()
    assert "From before Heedful" in page
    assert "Decide by" not in page
    assert waiting(made) == []


def test_title_lines_above_the_names_of_the_columns_are_said_as_such(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    log.write(HEADER, *rows(1), header="Larkrise accident book 2024")
    assert log.run(as_json=False) == commands.REFUSED
    assert "stand in line 2" in capsys.readouterr().err


def test_a_file_without_rows_says_so(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    assert log.write().run(as_json=False) == commands.DONE
    assert "There is no row under the names of the columns." in capsys.readouterr().out
