"""A whole import is taken back: nothing of it is left but the ledger, and nothing that anybody worked on is lost."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import System, write
from heedful.foundation.ledger.verify import verify
from heedful.foundation.people.models import Exposure, Service
from heedful.foundation.search.queries import find
from heedful.intake import commands, operations, queries, undo_commands
from heedful.intake.models import Batch
from heedful.intake.refusals import FileRefused
from heedful.loop.incidents.models import Event, Link
from tests.support.logs import MAP, Log, counts_of_every_table, events, rows
from tests.support.world import make_world

AT = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
# What stays: that there was an import, that it was undone, and numbers that are never given twice.
STAYS = {"intake_batch", "ledger_entry", "ledger_payload", "incidents_counter"}


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path, make_world())


def undone(log: Log, which: int = 0) -> Batch:
    """The import that was the newest but so many, taken back."""
    by = System(log.world.organisation.id)
    with log.world.use():
        batch = queries.batches()[which]
    return operations.undo(batch=batch, by=by, at=AT)


def told(world_events: list[Event]) -> list[tuple[object, ...]]:
    return [(e.external_id, e.words, e.harm_body, e.flags, e.service_id, e.retain_from) for e in world_events]


def whole(log: Log) -> bool:
    report = verify(log.world.organisation.id)
    return report.whole


@pytest.mark.parametrize("how", ["dry run", "undone", "undone in chunks"])
def test_a_dry_run_and_an_undone_import_leave_nothing_in_any_table(
    log: Log, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts_of_every_table(log.world)
    log.write(*rows(60)).run(dry_run=how == "dry run")
    if how != "dry run":
        monkeypatch.setattr("heedful.intake.undoing.TOGETHER", 25 if how == "undone in chunks" else 1_000)
        taken = undone(log)
        assert (taken.gone, taken.back, taken.stayed) == (60, 0, {})
    after = counts_of_every_table(log.world)
    assert {name for name in after if after[name] != before[name]} <= (set() if how == "dry run" else STAYS)
    assert whole(log)
    with log.world.use():
        assert find("Found on the floor", "event") == []


def test_the_same_file_brings_all_of_it_back(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    log.write(*rows(30)).run()
    first = told(events(log.world))
    undone(log)
    capsys.readouterr()
    log.run()
    assert json.loads(capsys.readouterr().out)["created"] == 30
    assert told(events(log.world)) == first
    with log.world.use():
        assert len(find("Found on the floor", "event")) == 30


def test_what_an_import_changed_says_again_what_it_said_before(log: Log) -> None:
    log.write(*rows(20)).run()
    first = told(events(log.world))
    with log.world.use():
        said = list(queries.SourceRow.objects.order_by("row_number").values("digest", "kept", "flags", "batch_id"))
    changed = [row.replace("severe", "low").replace("Found", "Seen") + "1" for row in rows(10)]
    log.write(*changed, *rows(3, start=50)).run()
    assert told(events(log.world)) != first
    taken = undone(log)
    assert (taken.gone, taken.back, taken.stayed) == (3, 10, {})
    assert told(events(log.world)) == first
    with log.world.use():
        again = list(queries.SourceRow.objects.order_by("row_number").values("digest", "kept", "flags", "batch_id"))
        assert len(find("Seen", "event")) == 0
    assert again == said
    assert undone(log, 1).gone == 20
    assert events(log.world) == []
    assert whole(log)


def test_the_earlier_of_two_imports_leaves_what_the_later_one_says_and_both_undone_leave_nothing(log: Log) -> None:
    before = counts_of_every_table(log.world)
    log.write(*rows(8)).run()
    log.write(*rows(3, harm="low")).run()
    taken = undone(log, 1)
    assert (taken.gone, taken.back, taken.stayed) == (5, 0, {})
    assert [event.harm_body for event in events(log.world)] == ["low"] * 3
    taken = undone(log)
    assert (taken.gone, taken.back) == (3, 0)
    after = counts_of_every_table(log.world)
    assert {name for name in after if after[name] != before[name]} <= STAYS
    assert whole(log)


def test_what_somebody_worked_on_is_kept_and_said_with_its_reason(log: Log) -> None:
    log.write(*rows(6)).run()
    linked, other, corrected, about, *rest = events(log.world)
    with log.world.use(), history.entry():
        by = System(log.world.organisation.id)
        names = {"organisation_id": by.organisation_id, "kind": "related", "linked_by": log.world.home.id}
        Link.objects.create(event=linked, other=other, linked_at=AT, **names)
        Event.objects.filter(pk=corrected.pk).update(place="Stairs")
        write(kind="case.linked", by=by, at=AT, subject_type="event", subject_id=linked.pk)
    with log.world.use(), history.entry():
        write(kind="file.added", by=by, at=AT, subject_type="event", subject_id=about.pk)
    taken = undone(log)
    assert (taken.gone, taken.stayed) == (len(rest), {"worked_on": 3, "changed": 1})
    assert [event.pk for event in events(log.world)] == [linked.pk, other.pk, corrected.pk, about.pk]
    assert whole(log)


def test_a_file_with_another_map_about_the_same_records_keeps_them(log: Log, tmp_path: Path) -> None:
    log.write(*rows(2)).run()
    other = Log(tmp_path, log.world)
    other.map = tmp_path / "places.yaml"
    other.map.write_text(MAP.replace("name: old-log", "name: old-places"), encoding="utf-8")
    other.write(*rows(1)).run()
    assert undone(log, 1).stayed == {"another_import": 1}
    assert undone(log).gone == 1
    assert events(log.world) == []


def test_services_and_exposure_that_only_the_import_brought_go_with_it(log: Log, tmp_path: Path) -> None:
    exposure = "{measure: capacity_days, first_month: 2023-01-01, last_month: 2023-03-01}"
    log.map.write_text(
        MAP + f"services: {{create: true, exposure: {exposure}, file: {{key: Id, name: {{column: Name}},"
        " capacity: Beds}}\n",
        encoding="utf-8",
    )
    homes = tmp_path / "homes.csv"
    homes.write_text("Id,Name,Beds\nH1,Alder,10\nH2,Birch,20\n", encoding="utf-8")
    before = counts_of_every_table(log.world)
    log.write(*[row.replace("Rowan House", "H1") for row in rows(3)]).run(services=homes)
    with log.world.use():
        assert Exposure.objects.filter(source="imported").count() == 6
    taken = undone(log)
    assert (taken.gone, taken.stayed, taken.services, taken.months) == (3, {}, 2, 6)
    after = counts_of_every_table(log.world)
    stays = STAYS | {"people_service_history", "people_exposure_history"}
    assert {name for name in after if after[name] != before[name]} <= stays
    with log.world.use():
        assert not Service.objects.filter(external_id="H1").exists()
    assert whole(log)


def test_nobody_undoes_an_import_twice_or_one_of_another_organisation(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    log.write(*rows(1)).run()
    batch = undone(log)
    with pytest.raises(FileRefused):
        undone(log)
    capsys.readouterr()
    asked: Callable[..., int] = undo_commands.undo_import
    stranger = make_world().organisation.code
    assert asked(batch=batch.id, organisation=stranger, as_json=True) == commands.REFUSED
    assert json.loads(capsys.readouterr().out)["refused"] == "import_unknown"


def test_row_history_goes_only_where_nothing_but_imports_touched_it(log: Log) -> None:
    log.write(*rows(2)).run()
    kept, gone = events(log.world)
    with log.world.use(), history.entry():
        Event.objects.filter(pk=kept.pk).update(place="Stairs")
        write(kind="case.corrected", by=System(log.world.organisation.id), at=AT)
    with log.world.use(), history.entry():
        entry = write(kind="import.undone", by=System(log.world.organisation.id), at=AT)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM intake_source_row WHERE event_id = ANY(%s)", [[kept.pk, gone.pk]])
            cursor.execute("DELETE FROM incidents_event WHERE id = %s", [kept.pk])
            cursor.execute(
                "SELECT heedful_forget_undone('incidents_event_history', %s, %s)", [[kept.pk, gone.pk], entry.pk]
            )
            assert cursor.fetchone()[0] == 0
