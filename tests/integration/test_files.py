"""One photo added to something: checked, kept once, seen only by those who see the thing, forgotten when decided."""

from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files import checks, operations
from heedful.foundation.files.models import Attachment
from heedful.foundation.files.storage import LocalFolder, new_key, store
from heedful.foundation.files.subjects import Finder, Holder
from heedful.foundation.ledger import erasure, queries
from heedful.foundation.ledger.models import Entry
from tests.support.jobs import run_jobs
from tests.support.reports import told
from tests.support.signing_in import sign_in
from tests.support.world import START, World, make_world
from tests.unit.files import corpus

# A stand-in for the rooms above: subjects that are there, and who sees them.
SEEN: dict[UUID, set[UUID]] = {}


def thing(viewer: Viewer, subject_id: UUID) -> Holder | None:
    seen = viewer.account_id in SEEN.get(subject_id, set())
    return Holder("Wren 41", "/elsewhere/", may_add="Dawit" not in viewer.name) if seen else None


SUBJECTS: dict[str, Finder] = {"thing": thing}
PHOTO = corpus.photo_with_place()


@pytest.fixture
def world(settings) -> World:  # type: ignore[no-untyped-def]
    settings.HEEDFUL_FILE_SUBJECTS = "tests.integration.test_files.SUBJECTS"
    return make_world()


@pytest.fixture
def subject(world: World) -> UUID:
    subject = uuid4()
    SEEN[subject] = {world.accounts[key].pk for key in ("care_worker", "colleague", "registered_manager")}
    return subject


def client(world: World, key: str = "care_worker") -> Client:
    return sign_in(Client(), world.accounts[key])


def send(who: Client, subject: UUID, content: bytes = PHOTO, name: str = "IMG_2041.jpg", key: UUID | None = None):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile(name, content, content_type="image/jpeg")
    return who.post(f"/files/add/thing/{subject}/", {"client_key": str(key or uuid4()), "file": file})


def kept(world: World, subject: UUID) -> list[Attachment]:
    with world.use():
        return list(Attachment.objects.filter(subject_id=subject))


def test_a_photo_is_added_cleaned_and_comes_back_as_a_download_only(world: World, subject: UUID) -> None:
    joss = client(world)
    assert joss.get(f"/files/add/thing/{subject}/").status_code == 200
    response = send(joss, subject)
    assert (response.status_code, response["Location"]) == (302, "/elsewhere/")
    (row,) = kept(world, subject)
    got = client(world, "registered_manager").get(f"/files/{row.pk}/")
    assert got.status_code == 200
    assert got["Content-Type"] == "image/jpeg"
    assert got["Content-Disposition"] == "attachment; filename*=UTF-8''IMG_2041.jpg"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"].startswith("sandbox; default-src 'none'; ")
    assert got["Cache-Control"] == "no-store"
    assert got.content.startswith(b"\xff\xd8\xff")
    assert b"anary" not in got.content
    assert len(got.content) == row.size


def test_adding_and_looking_are_both_in_the_ledger_without_the_files_name(world: World, subject: UUID) -> None:
    send(client(world), subject, name="Arthur Kettleby.jpg")
    (row,) = kept(world, subject)
    client(world, "registered_manager").get(f"/files/{row.pk}/")
    with world.use():
        moments = queries.timeline(subject)
        assert [moment.kind for moment in moments] == ["attachment.added", "attachment.read"]
        assert moments[1].actor_id == world.accounts["registered_manager"].pk
        assert "Kettleby" not in str([moment.payload for moment in moments])


def test_what_may_not_be_kept_is_refused_at_the_field_and_nothing_is_stored(world: World, subject: UUID) -> None:
    for name, content in (corpus.REFUSED["a page called jpg"], corpus.REFUSED["half a photo"], ("e.jpg", b"")):
        response = send(client(world), subject, content, name)
        assert response.status_code == 422
        assert b'href="#id_file"' in response.content
    assert b"named .jpg, but" in send(client(world), subject, corpus.HTML, "page.jpg").content
    assert kept(world, subject) == []
    assert files_of(world) == []


def files_of(world: World) -> list[Path]:
    return list((django_settings.HEEDFUL_DATA_DIR / "uploads" / str(world.organisation.id)).glob("*"))


def test_a_file_beyond_the_limit_is_dropped_on_the_way_in_and_said(world: World, subject: UUID) -> None:
    response = send(client(world), subject, b"\xff\xd8\xff" + b"\0" * (checks.LARGEST + 70_000))
    assert response.status_code == 422
    assert b"This file is larger than 20 MB. Send a smaller one" in response.content
    assert kept(world, subject) == []


def test_no_file_chosen_is_said_in_plain_words(world: World, subject: UUID) -> None:
    response = client(world).post(f"/files/add/thing/{subject}/", {"client_key": str(uuid4())})
    assert response.status_code == 422
    assert b"Choose a photo or a PDF" in response.content


def test_sent_twice_it_is_kept_once_and_another_file_under_the_same_key_is_refused(world: World, subject: UUID) -> None:
    key, joss = uuid4(), client(world)
    assert send(joss, subject, key=key).status_code == 302
    assert send(joss, subject, key=key).status_code == 302
    assert len(kept(world, subject)) == 1
    other = send(joss, subject, corpus.picture("PNG"), "other.png", key)
    assert other.status_code == 422
    assert b"Another file was sent from this page already" in other.content
    assert len(kept(world, subject)) == len(files_of(world)) == 1


def test_sent_eight_times_at_the_same_moment_it_is_kept_once(world: World, subject: UUID) -> None:
    key, barrier, joss = uuid4(), Barrier(8), world.viewer("care_worker")
    checked = checks.check(corpus.picture(size=(32, 32)), "small.jpg")
    ids: list[UUID] = []

    def add() -> None:
        barrier.wait()
        with world.use():
            ids.append(add_one(subject, checked, joss, key).pk)
        connection.close()

    threads = [Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == len(kept(world, subject)) == len(files_of(world)) == 1


def add_one(subject: UUID, checked: checks.Checked, by: Viewer, key: UUID | None = None) -> Attachment:
    return operations.add(
        subject_type="thing", subject_id=subject, client_key=key or uuid4(), checked=checked, by=by, at=START
    )


def test_no_more_than_ten_files_are_kept_with_one_thing(world: World, subject: UUID) -> None:
    checked, joss = checks.check(corpus.picture(size=(32, 32)), "small.jpg"), world.viewer("care_worker")
    with world.use():
        for _ in range(operations.MOST):
            add_one(subject, checked, joss)
        with pytest.raises(operations.Refused, match="10 files here already"):
            add_one(subject, checked, joss)


def test_absent_anothers_and_unseen_files_look_the_same(world: World, subject: UUID) -> None:
    send(client(world), subject)
    (row,) = kept(world, subject)
    outsider = client(world, "team_leader")
    foreign = client(make_world(), "registered_manager")
    absent = outsider.get(f"/files/{uuid4()}/")
    assert absent.status_code == 404
    for who in (outsider, foreign):
        for response in (who.get(f"/files/{row.pk}/"), who.get(f"/files/add/thing/{subject}/"), send(who, subject)):
            assert response.status_code == 404
            assert len(response.content) == len(who.get(f"/files/{uuid4()}/").content)
    assert outsider.get(f"/files/add/nothing/{subject}/").status_code == 404
    assert len(kept(world, subject)) == 1


def test_somebody_who_may_see_but_not_add_is_not_offered_it(world: World, subject: UUID) -> None:
    assert client(world, "colleague").get(f"/files/add/thing/{subject}/").status_code == 404
    assert send(client(world, "colleague"), subject).status_code == 404


def test_a_role_without_cases_and_a_stranger_get_nothing(world: World, subject: UUID) -> None:
    send(client(world), subject)
    (row,) = kept(world, subject)
    assert client(world, "administrator").get(f"/files/{row.pk}/").status_code == 403
    assert Client().get(f"/files/{row.pk}/").status_code == 302


def test_changed_or_missing_bytes_are_never_given_out(world: World, subject: UUID) -> None:
    send(client(world), subject)
    (row,) = kept(world, subject)
    path = django_settings.HEEDFUL_DATA_DIR / "uploads" / row.storage_key
    path.write_bytes(path.read_bytes() + b"x")
    for _ in range(2):
        response = client(world).get(f"/files/{row.pk}/")
        assert response.status_code == 410
        assert b"not here any more" in response.content
        path.unlink(missing_ok=True)


def test_files_lie_under_random_names_that_only_the_server_may_read(world: World, subject: UUID) -> None:
    send(client(world), subject, name="../../../etc/Arthur.jpg")
    (path,) = files_of(world)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert len(path.name) == 32
    assert kept(world, subject)[0].name == "Arthur.jpg"


@pytest.mark.parametrize(
    "key",
    # The same organisation's id every time: processes that share out the tests must see the same ones.
    ["", "../../x", "a/b", f"{UUID(int=7)}/../x", f"{UUID(int=7)}/{'0' * 32}/x", f"/{UUID(int=7)}/{'0' * 32}"],
)
def test_the_storage_takes_no_key_but_its_own(key: str, tmp_path: Path) -> None:
    for act in (lambda: LocalFolder(tmp_path).get(key), lambda: LocalFolder(tmp_path).put(key, b"x")):
        with pytest.raises(ValueError, match="Not a key"):
            act()


def test_a_failure_after_the_bytes_were_stored_leaves_none_behind(world: World, subject: UUID, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def fail(*args: object, **more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(operations, "write", fail)
    checked = checks.check(corpus.picture(size=(32, 32)), "small.jpg")
    with world.use(), pytest.raises(RuntimeError):
        add_one(subject, checked, world.viewer("care_worker"))
    assert kept(world, subject) == files_of(world) == []


def test_an_events_files_follow_who_may_see_the_event() -> None:
    world = make_world()
    event_id = told(world).event.pk
    address = f"/files/add/event/{event_id}/"
    expected = {
        "care_worker": 200,
        "registered_manager": 200,
        "team_leader": 404,
        "colleague": 404,
        "administrator": 403,
    }
    assert {key: client(world, key).get(address).status_code for key in expected} == expected
    file = SimpleUploadedFile("wound.jpg", PHOTO)
    sent = client(world, "care_worker").post(address, {"client_key": str(uuid4()), "file": file})
    assert sent["Location"] == f"/reports/{event_id}/"
    (row,) = kept(world, event_id)
    expected = {
        "care_worker": 200,
        "registered_manager": 200,
        "team_leader": 200,
        "colleague": 404,
        "manager_elsewhere": 404,
    }
    assert {key: client(world, key).get(f"/files/{row.pk}/").status_code for key in expected} == expected


def test_two_people_can_have_a_file_forgotten(world: World, subject: UUID) -> None:
    send(client(world), subject, name="Arthur Kettleby.jpg")
    at = START + timedelta(days=2)
    with world.use():
        asked = erasure.ask(
            subject_type="thing",
            subject_id=subject,
            why="asked_for",
            names=["Arthur Kettleby"],
            by=world.viewer("nominated_individual"),
            at=at,
        )
        erasure.agree(erasure=asked, by=world.viewer("administrator"), at=at)
    run_jobs(world.organisation.id)
    assert files_of(world) == []
    (row,) = kept(world, subject)
    assert (row.name, row.size, bytes(row.sha256)) == ("erased", 0, b"")
    assert client(world).get(f"/files/{row.pk}/").status_code == 404
    with world.use(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM files_attachment_history WHERE name LIKE 'Arthur%%' AND id = %s", [row.pk])
        assert cursor.fetchone() == (0,)
        assert Entry.objects.filter(kind="attachments.erased", subject_id=subject).count() == 1


def test_the_storage_gives_back_what_it_was_given() -> None:
    key = new_key(uuid4())
    store().put(key, b"bytes")
    assert store().get(key) == b"bytes"
    store().delete(key)
    store().delete(key)
    with pytest.raises(OSError, match="No such file"):
        store().get(key)
