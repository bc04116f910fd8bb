"""The drill: back up while people write, restore on an empty machine, verify the ledger, sign in, upgrade.

Backups are encrypted to a key that neither machine knows.
"""

import http.cookiejar
import re
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from heedful.hosting import age, archive, backups, postgres_tools, supervise
from tests.support.drilling import CANARY, Writer, start_writer
from tests.support.machine import Machine
from tests.support.signing_in import code_of
from tests.support.world import PASSWORD

PHOTO = bytes(range(256)) * 40
PRIVATE, PUBLIC = age.new_pair()
OTHER_PRIVATE, _other_public = age.new_pair()


@pytest.fixture(scope="module")
def first() -> Iterator[Machine]:
    """Where the backup is taken: a server of its own, since other tests spoil the shared one's ledgers on purpose."""
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        machine.environ["HEEDFUL_BACKUP_RECIPIENTS"] = PUBLIC
        machine.heedful("migrate")
        yield machine
        machine.stop()


@pytest.fixture(scope="module")
def writer(first: Machine) -> Iterator[Writer]:
    writer = start_writer(first)
    yield writer
    writer.stop()


@pytest.fixture(scope="module")
def taken(first: Machine, writer: Writer) -> Path:
    """A backup, taken while somebody goes on writing."""
    upload = first.data / "uploads" / "drill" / "photo"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(PHOTO)
    with writer.at_work() as moments:
        begun = time.time()
        said = first.heedful("backup")
        ended = time.time()
    assert any(begun < moment < ended for moment in moments), "nothing was written while the backup ran"
    return Path(said.split(": ", 1)[0])


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        machine.environ["HEEDFUL_BACKUP_RECIPIENTS"] = PUBLIC
        yield machine
        machine.stop()


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("elsewhere") / "key"
    file.write_text(f"# kept elsewhere\n{PRIVATE}\n")
    return str(file)


@pytest.fixture(scope="module")
def restored(machine: Machine, taken: Path, key: str) -> str:
    return machine.heedful("restore", str(taken), "--identity", key)


def reported(machine: Machine, writer: Writer) -> list[str]:
    """Every report with its words, in order."""
    with psycopg.connect(machine.environ["DATABASE_BACKUP_URL"]) as there:
        rows = there.execute(
            "SELECT to_jsonb(e)::text FROM incidents_event e WHERE organisation_id = %s ORDER BY id",
            [writer.manager.organisation_id],
        ).fetchall()
    return [str(row[0]) for row in rows]


def tables(machine: Machine) -> int:
    with psycopg.connect(machine.environ["DATABASE_OWNER_URL"]) as there:
        row = there.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        return int(row.fetchone()[0])  # type: ignore[index]


def clear_copies(machine: Machine) -> list[str]:
    found = [*machine.data.glob("upgrade/*"), *machine.data.glob("restore-*"), *machine.data.glob("backups/*.tar")]
    return [path.name for path in found]


def test_nothing_of_the_backup_can_be_read_without_the_key(first: Machine, taken: Path) -> None:
    data = taken.read_bytes()
    for word in (CANARY.encode(), CANARY[5:14].encode(), PHOTO[:64], b"PGDMP", b"uploads", b"manifest.json"):
        assert data.count(word) == 0, word
    clear = first.data.parent / "clear"
    del first.environ["HEEDFUL_BACKUP_RECIPIENTS"]
    try:
        said = first.heedful("backup", "--to", str(clear))
    finally:
        first.environ["HEEDFUL_BACKUP_RECIPIENTS"] = PUBLIC
    assert "It is NOT encrypted" in said
    data = Path(said.split(": ", 1)[0]).read_bytes()
    for word in (PHOTO[:64], b"PGDMP", b"uploads", b"manifest.json"):
        assert data.count(word) > 0, word


def test_without_the_right_key_or_with_part_of_the_file_an_empty_machine_stays_empty(
    machine: Machine, taken: Path, key: str, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_text(OTHER_PRIVATE)
    data = taken.read_bytes()
    (tmp_path / "cut.tar.age").write_bytes(data[:-1])
    (tmp_path / "altered.tar.age").write_bytes(data[:-40_000] + bytes([data[-40_000] ^ 1]) + data[-39_999:])
    refused = {
        "--identity KEYFILE": (str(taken),),
        "does not fit": (str(taken), "--identity", str(other)),
        "cannot be read": (str(taken), "--identity", str(tmp_path / "absent")),
        "was cut off or altered": (str(tmp_path / "cut.tar.age"), "--identity", key),
        "altered": (str(tmp_path / "altered.tar.age"), "--identity", key),
    }
    for words, arguments in refused.items():
        said = machine.heedful("restore", *arguments, fails=True)
        assert words in said
        assert "Traceback" not in said
    assert tables(machine) == 0
    assert clear_copies(machine) == []
    assert not (machine.data / "uploads").exists()


def heads(url: str) -> dict[str, list[object]]:
    with psycopg.connect(url) as there:
        return backups.describe_database(there, datetime.now(UTC)).heads


def test_a_restored_machine_holds_what_the_backup_held(
    first: Machine, machine: Machine, restored: str, taken: Path, writer: Writer
) -> None:
    assert restored.startswith("Restored ")
    manifest = archive.unpack(taken, None, [PRIVATE])
    assert CANARY in " ".join(reported(machine, writer))
    assert reported(machine, writer) == reported(first, writer)
    assert clear_copies(machine) == []
    assert heads(machine.environ["DATABASE_BACKUP_URL"]) == manifest.heads
    assert (machine.data / "uploads/drill/photo").read_bytes() == PHOTO
    assert backups.status(machine.data).last_restore_at is not None


def test_its_ledgers_verify(machine: Machine, restored: str, writer: Writer) -> None:
    said = machine.heedful("ledger", "verify")
    assert re.search(rf"{writer.manager.organisation_id}: \d+ entries.*: whole", said)
    assert "NOT WHOLE" not in said


def test_its_roles_are_as_strict_as_before(machine: Machine, restored: str, writer: Writer) -> None:
    with psycopg.connect(machine.environ["DATABASE_URL"]) as there:
        with pytest.raises(psycopg.errors.UndefinedObject):
            there.execute("SELECT count(*) FROM people_staff").fetchall()
        there.rollback()
        row = there.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'heedful_app'").fetchone()
        assert row == (0,)
    with psycopg.connect(machine.environ["DATABASE_URL"]) as there:
        there.execute("SELECT set_config('heedful.organisation_id', %s, false)", [writer.manager.organisation_id])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            there.execute("DELETE FROM ledger_entry")


def test_a_dump_gives_nobodys_second_factor_away(machine: Machine, restored: str, writer: Writer) -> None:
    url = machine.environ["DATABASE_BACKUP_URL"]
    with psycopg.connect(url) as there:
        version = postgres_tools.server_version(there)
    dump = postgres_tools.run("pg_dump", url, version, "--format=plain")
    assert writer.manager.username in dump
    assert CANARY in dump
    assert dump.count(writer.manager.secret) == 0


def test_with_another_sealing_key_the_right_code_is_refused_and_the_log_says_why(
    machine: Machine, restored: str, writer: Writer, tmp_path: Path
) -> None:
    mine = machine.environ["HEEDFUL_SEALING_KEY"]
    machine.environ["HEEDFUL_SEALING_KEY"] = "0a" * 32
    port = supervise.free_port(18_300)
    with (tmp_path / "said").open("wb") as said:
        server = machine.start("serve", "--port", str(port), "--workers", "1", said=said)
        try:
            browser = Browser(f"http://127.0.0.1:{port}")
            browser.wait()
            browser.send("/account/login/", login=writer.manager.username, password=PASSWORD)
            page = browser.send("/account/2fa/authenticate/", code=code_of(writer.manager.secret))
            assert page.endswith("/account/2fa/authenticate/")
        finally:
            server.terminate()
            server.wait(30)
            machine.environ["HEEDFUL_SEALING_KEY"] = mine
    text = (tmp_path / "said").read_text()
    assert "sealed with another key than those in HEEDFUL_SEALING_KEY" in text
    assert "Traceback" not in text
    assert '"places"' not in text


def test_people_can_sign_in_there_with_password_and_second_factor(
    machine: Machine, restored: str, writer: Writer
) -> None:
    port = supervise.free_port(18_400)
    server = machine.start("serve", "--port", str(port), "--workers", "1")
    try:
        browser = Browser(f"http://127.0.0.1:{port}")
        browser.wait()
        page = browser.send("/account/login/", login=writer.manager.username, password=PASSWORD)
        assert page.endswith("/account/2fa/authenticate/")
        page = browser.send("/account/2fa/authenticate/", code=code_of(writer.manager.secret))
        assert "/account/" not in page
        assert "heedful_session" in {cookie.name for cookie in browser.cookies}
    finally:
        server.terminate()
        server.wait(30)


def test_a_database_that_is_not_empty_is_left_alone(machine: Machine, restored: str, taken: Path, key: str) -> None:
    before = heads(machine.environ["DATABASE_BACKUP_URL"])
    assert "--replace" in machine.heedful("restore", str(taken), "--identity", key, fails=True)
    assert heads(machine.environ["DATABASE_BACKUP_URL"]) == before


def test_a_damaged_backup_changes_nothing(
    machine: Machine, restored: str, taken: Path, key: str, tmp_path: Path
) -> None:
    data = bytearray(taken.read_bytes())
    data[len(data) // 2] ^= 1
    damaged = tmp_path / "damaged.tar.age"
    damaged.write_bytes(data)
    before = heads(machine.environ["DATABASE_BACKUP_URL"])
    said = machine.heedful("restore", "--replace", str(damaged), "--identity", key, fails=True)
    assert "was cut off or altered" in said
    assert heads(machine.environ["DATABASE_BACKUP_URL"]) == before


def test_an_upgrade_that_fails_puts_everything_back(machine: Machine, restored: str) -> None:
    """A migration that was not there yet runs, the step after it fails, and the database is as it was."""
    owner = machine.environ["DATABASE_OWNER_URL"]
    machine.environ["DATABASE_URL"], app = owner, machine.environ["DATABASE_URL"]
    machine.heedful("manage", "migrate", "sessions", "zero")
    machine.environ["DATABASE_URL"] = app
    with psycopg.connect(owner) as there:
        there.execute("CREATE TABLE stray (id int)")
        there.execute("INSERT INTO stray VALUES (7)")
    with psycopg.connect(machine.environ["DATABASE_BACKUP_URL"]) as there:
        before = backups.describe_database(there, datetime.now(UTC))
    said = machine.heedful("upgrade", fails=True)
    assert "stray" in said
    assert "The database is as it was before" in said
    assert clear_copies(machine) == []
    with psycopg.connect(machine.environ["DATABASE_BACKUP_URL"]) as there:
        after = backups.describe_database(there, datetime.now(UTC))
        assert there.execute("SELECT id FROM stray").fetchone() == (7,)
    assert (after.migrations, after.counts, after.heads) == (before.migrations, before.counts, before.heads)
    assert "sessions.0001_initial" not in after.migrations


def test_an_upgrade_backs_up_migrates_and_verifies(machine: Machine, restored: str) -> None:
    with psycopg.connect(machine.environ["DATABASE_OWNER_URL"]) as there:
        there.execute("DROP TABLE IF EXISTS stray")
    before = heads(machine.environ["DATABASE_BACKUP_URL"])
    of_one_broken_off = machine.data / "upgrade" / "heedful-20260302T090000.000000Z.tar"
    of_one_broken_off.touch()
    assert str(of_one_broken_off) in machine.heedful("doctor", fails=True)
    said = machine.heedful("upgrade")
    assert "4 of 4  verify the ledger" in said
    assert clear_copies(machine) == []
    newest = max((machine.data / "backups").glob("heedful-*"))
    assert archive.unpack(newest, None, [PRIVATE]).heads == before
    with psycopg.connect(machine.environ["DATABASE_BACKUP_URL"]) as there:
        after = backups.describe_database(there, datetime.now(UTC))
    assert "sessions.0001_initial" in after.migrations
    assert after.heads == before


def test_an_upgrade_may_add_a_table_that_points_to_protected_ones(machine: Machine, restored: str) -> None:
    """The database checks such a foreign key as the owner, who belongs to no organisation."""
    owner = machine.environ["DATABASE_OWNER_URL"]
    machine.environ["DATABASE_URL"], app = owner, machine.environ["DATABASE_URL"]
    machine.heedful("manage", "migrate", "exits", "zero")
    machine.environ["DATABASE_URL"] = app
    machine.heedful("upgrade")
    with psycopg.connect(machine.environ["DATABASE_BACKUP_URL"]) as there:
        assert "exits.0001_initial" in backups.describe_database(there, datetime.now(UTC)).migrations
        bound = there.execute(
            "SELECT bool_and(relforcerowsecurity) FROM pg_class WHERE relname IN ('exits_exit', 'incidents_event')"
        )
        assert bound.fetchone() == (True,)


def test_nothing_is_upgraded_or_restored_under_a_serving_process(
    machine: Machine, restored: str, taken: Path, key: str
) -> None:
    with psycopg.connect(machine.environ["DATABASE_URL"]):
        assert "stop the web server and the worker" in machine.heedful("upgrade", fails=True)
        said = machine.heedful("restore", "--replace", str(taken), "--identity", key, fails=True)
        assert "stop the web server and the worker" in said


def test_a_drill_restores_into_a_throwaway_server_and_is_noted(first: Machine, taken: Path, key: str) -> None:
    assert not backups.status(first.data).is_proven
    assert "The drill took" in first.heedful("restore", "--drill", str(taken), "--identity", key)
    status = backups.status(first.data)
    assert status.is_backed_up(datetime.now(UTC))
    assert PRIVATE not in (first.data / "backups/status.json").read_text()


class Browser:
    """Cookies, forms and redirects, as little as signing in needs."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def wait(self, seconds: float = 180) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                self.opener.open(f"{self.base}/account/login/", timeout=5).close()
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the web server did not answer")

    def send(self, path: str, **fields: str) -> str:
        """Fill in the form of a page and send it; returns the address of the page that follows."""
        with self.opener.open(self.base + path, timeout=30) as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
        assert token is not None
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token[1]}).encode()
        request = urllib.request.Request(self.base + path, body, {"Origin": self.base})
        try:
            with self.opener.open(request, timeout=30) as answer:
                return str(answer.url)
        except urllib.error.HTTPError as answer:
            # What follows the sign-in is another test's business; that it is not the sign-in again is this one's.
            assert answer.code == 404, answer.read().decode()
            return str(answer.url)
