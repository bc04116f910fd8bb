"""A manager brings in a spreadsheet by the pages: sent, asked, looked at, brought in; others see nothing of it."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from heedful.foundation.people import erasure
from heedful.intake import jobs
from heedful.intake.models import Batch, SourceRow, Upload
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import share_case
from tests.support.jobs import run_jobs, waiting
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

LOG = """Accident log 2025,,,,,
Date,Time,Home,Who,Type,What happened
03/04/2025,21.15,Rowan House,AK,Fall,Slipped beside the bed. No injury seen.
17/04/2025,night,Rowan House,IL,Meds,Evening tablet was given two hours late.
29/05/2025,,Elm Court,PA,Fall,Found sitting on the floor of the lounge.
31/02/2025,10:00,Elm Court,PA,Fall,Tripped over the mat at the door.
29/05/2025,,Elm Court,PA,Fall,Found sitting on the floor of the lounge.
,,,,,=HYPERLINK("http://bad.example";"see here")
"""
ELSEWHERE = LOG.replace("Elm Court", "Fern Lea")


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


@pytest.fixture
def fresh() -> Iterator[World]:
    yield make_world()


def client(world: World, role: str = "safeguarding_lead") -> Client:
    return sign_in(Client(), world.accounts[role])


def send(world: World, text: str | bytes = LOG, name: str = "log.csv", **more: str):  # type: ignore[no-untyped-def]
    content = text.encode() if isinstance(text, str) else text
    said = {"client_key": str(uuid4()), **more, "file": SimpleUploadedFile(name, content)}
    return client(world).post("/imports/new/", said)


def sent(world: World, text: str | bytes = LOG, name: str = "log.csv") -> Upload:
    answer = send(world, text, name)
    assert answer.status_code == 302, answer.content.decode()
    run_jobs(world.organisation.id)
    return now(world, answer["Location"].split("/")[2])


def now(world: World, upload_id: object) -> Upload:
    with world.use():
        return Upload.objects.get(pk=upload_id)


def page(world: World, row: Upload, role: str = "safeguarding_lead") -> str:
    return client(world, role).get(f"/imports/{row.pk}/").content.decode()


def events(world: World) -> list[Event]:
    with world.use():
        return list(Event.objects.order_by("local_date"))


def test_what_we_make_of_a_file_is_shown_before_anything_is_stored(world: World) -> None:
    row = sent(world)
    shown = page(world, row)
    assert "3 events can come in" in shown
    assert "Slipped beside the bed" in shown and "3 April 2025" in shown
    assert events(world) == []
    left = client(world).get(f"/imports/{row.pk}/rows/").content.decode()
    assert "There is no such day" in left and "The same row stands in the file already" in left


def test_what_is_brought_in_is_history_and_says_its_row(fresh: World) -> None:
    row = sent(fresh)
    client(fresh).post(f"/imports/{row.pk}/bring-in/")
    run_jobs(fresh.organisation.id)
    assert now(fresh, row.pk).state == "stored"
    stored = events(fresh)
    assert [str(one.local_date) for one in stored] == ["2025-04-03", "2025-04-17", "2025-05-29"]
    assert {one.source for one in stored} == {"history"}
    assert waiting(fresh.organisation.id, later_too=True) == []
    case = client(fresh).get(f"/cases/{stored[0].pk}/").content.decode()
    assert "Row 3 of log.csv" in case
    assert "3 events came in" in page(fresh, row)
    assert not _file(row).exists()


def test_the_same_file_again_adds_nothing(fresh: World) -> None:
    for _ in range(2):
        row = sent(fresh)
        client(fresh).post(f"/imports/{row.pk}/bring-in/")
        run_jobs(fresh.organisation.id)
    assert len(events(fresh)) == 3
    assert "0 events came in" in page(fresh, row)


def test_all_of_it_can_be_taken_back_but_for_what_was_worked_on(fresh: World) -> None:
    row = sent(fresh)
    client(fresh).post(f"/imports/{row.pk}/bring-in/")
    run_jobs(fresh.organisation.id)
    worked_on = events(fresh)[0]
    with fresh.use():
        to, until = fresh.accounts["team_leader"].pk, timezone.now() + timedelta(days=9)
        by = fresh.viewer("safeguarding_lead")
        share_case(event_id=worked_on.pk, account_id=to, until=until, why="She knows him.", by=by, at=timezone.now())
    client(fresh).post(f"/imports/{row.pk}/take-back/")
    run_jobs(fresh.organisation.id)
    assert [one.pk for one in events(fresh)] == [worked_on.pk]
    shown = page(fresh, row)
    assert "It was taken back, but for what has been worked on" in shown and "What stayed" in shown
    with fresh.use():
        batch = Batch.objects.get()
    assert (batch.imported_by, batch.undone_by) == (fresh.accounts["safeguarding_lead"].pk,) * 2


def test_a_service_that_is_called_otherwise_here_is_asked_about(fresh: World) -> None:
    row = sent(fresh, ELSEWHERE)
    assert "Is “Fern Lea” one of your services?" in page(fresh, row)
    refused = client(fresh).post(f"/imports/{row.pk}/bring-in/", follow=True)
    assert "Answer the questions about the file first" in refused.content.decode()
    (asked,) = row.found["questions"]
    choice = [values for _code, values in asked["choices"]].index(["Elm Court"])
    assert client(fresh).post(f"/imports/{row.pk}/", {"q0": ""}).status_code == 422
    client(fresh).post(f"/imports/{row.pk}/", {"q0": str(choice)})
    run_jobs(fresh.organisation.id)
    client(fresh).post(f"/imports/{row.pk}/bring-in/")
    run_jobs(fresh.organisation.id)
    with fresh.use():
        assert Event.objects.filter(service=fresh.other_home).count() == 1


def test_what_was_said_once_is_not_asked_of_next_months_file(fresh: World) -> None:
    row = sent(fresh, ELSEWHERE)
    choice = [values for _code, values in row.found["questions"][0]["choices"]].index(["Elm Court"])
    client(fresh).post(f"/imports/{row.pk}/", {"q0": str(choice)})
    run_jobs(fresh.organisation.id)
    client(fresh).post(f"/imports/{row.pk}/bring-in/")
    run_jobs(fresh.organisation.id)
    again = sent(fresh, ELSEWHERE + "02/06/2025,,Fern Lea,PA,Fall,Fell out of the chair by the window.\n")
    assert again.answers == now(fresh, row.pk).answers != {}
    assert "What you told us" in page(fresh, again) and "events can come in" in page(fresh, again)
    other = sent(fresh, ELSEWHERE.replace("Who,", "Resident,"))
    assert "only you know" in page(fresh, other)


def test_a_worker_that_falls_in_the_middle_doubles_nothing(fresh: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = sent(fresh)
    client(fresh).post(f"/imports/{row.pk}/bring-in/")

    def fall(**_: object) -> None:
        raise RuntimeError("The power went.")

    with monkeypatch.context() as patched:
        patched.setattr("heedful.intake.uploads.stored", fall)
        with pytest.raises(RuntimeError):
            run_jobs(fresh.organisation.id)
    run_jobs(fresh.organisation.id)
    assert len(events(fresh)) == 3
    with fresh.use():
        assert SourceRow.objects.values("batch").distinct().count() == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [("care_worker", 403), ("administrator", 403), ("commissioner", 403), ("registered_manager", 404)],
)
def test_nobody_opens_a_file_who_does_not_see_all_services(world: World, role: str, status: int) -> None:
    row = sent(world)
    there = client(world, role)
    for path in ("", "rows/"):
        assert there.get(f"/imports/{row.pk}/{path}").status_code == status
    for path in ("bring-in/", "take-back/", "throw-away/"):
        assert there.post(f"/imports/{row.pk}/{path}").status_code == status
    assert now(world, row.pk).state == "read"
    assert "log.csv" not in there.get("/imports/").content.decode()


def test_a_file_that_cannot_be_read_says_why_and_can_be_thrown_away(world: World) -> None:
    row = sent(world, b"PK\x03\x04 this is no workbook", "log.xlsx")
    assert row.state == "refused"
    shown = page(world, row)
    assert "We could not read this file" in shown and row.refusal in shown.replace("&#39;", "'")
    client(world).post(f"/imports/{row.pk}/throw-away/")
    assert now(world, row.pk).state == "thrown_away"
    assert not _file(row).exists()


@pytest.mark.parametrize(
    ("name", "text", "said"), [("log.docx", "Words", "We read .xlsx"), ("log.csv", "", "is empty")]
)
def test_what_is_no_log_is_refused_where_it_was_chosen(world: World, name: str, text: str, said: str) -> None:
    answer = send(world, text, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_page_that_is_sent_twice_is_one_file_and_another_file_by_it_is_refused(world: World) -> None:
    key = str(uuid4())
    first, again = send(world, client_key=key), send(world, client_key=key)
    assert first["Location"] == again["Location"]
    assert send(world, LOG + "more", client_key=key).status_code == 422


def test_rows_that_stay_behind_go_out_by_the_door_and_run_nothing(world: World) -> None:
    row = sent(world)
    assert client(world, "registered_manager").post(f"/imports/{row.pk}/rows/file/").status_code == 403
    body = client(world).post(f"/imports/{row.pk}/rows/file/").content.decode("utf-8-sig")
    assert "There is no such day" in body
    cells = [cell for line in csv.reader(io.StringIO(body)) for cell in line]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_a_file_that_nobody_goes_on_with_is_gone_after_a_month(fresh: World) -> None:
    row = sent(fresh)
    with fresh.use():
        Upload.objects.update(sent_at=timezone.now() - timedelta(days=31))
        jobs.forget_old(fresh.organisation.id)
    gone = now(fresh, row.pk)
    assert (gone.state, gone.found, gone.answers) == ("thrown_away", {}, {})
    assert not _file(row).exists()


def test_when_somebody_is_forgotten_files_on_their_way_in_go(fresh: World) -> None:
    row = sent(fresh)
    with fresh.use():
        asked = erasure.ask_to_erase(
            person=fresh.people[0], why="asked_for", by=fresh.viewer("nominated_individual"), at=timezone.now()
        )
        erasure.agree_to_erase(erasure=asked, by=fresh.viewer("administrator"), at=timezone.now())
    run_jobs(fresh.organisation.id)
    assert now(fresh, row.pk).state == "thrown_away"
    assert now(fresh, row.pk).found == {}


def _file(row: Upload) -> Path:
    return Path(settings.HEEDFUL_DATA_DIR) / "uploads" / row.storage_key
