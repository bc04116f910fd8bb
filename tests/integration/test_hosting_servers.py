"""Finding and starting PostgreSQL: for tests, and embedded for the demonstration."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from heedful.hosting import binaries, embedded, roles, testdb
from heedful.hosting.cluster import SUPERUSER, Cluster


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[embedded.Embedded]:
    running = embedded.start(folder / "demo")
    yield running
    embedded.remove(folder / "demo")


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def test_the_embedded_server_has_the_three_roles_with_their_limits(demo: embedded.Embedded) -> None:
    rows = ask(
        demo.environ["DATABASE_URL"],
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname LIKE 'heedful%' ORDER BY rolname",
    )
    assert rows == [
        (roles.APP, False, False, False, False),
        (roles.BACKUP, False, True, False, False),
        (roles.OWNER, False, False, False, False),
    ]


def test_the_role_that_serves_can_make_no_table(demo: embedded.Embedded) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(demo.environ["DATABASE_URL"], "CREATE TABLE mine (id int)")


def test_the_backup_role_writes_nothing(demo: embedded.Embedded) -> None:
    with psycopg.connect(demo.environ["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(demo.environ["DATABASE_BACKUP_URL"], "INSERT INTO kept VALUES (1)")


def test_the_embedded_server_listens_on_no_port(demo: embedded.Embedded) -> None:
    assert ask(demo.environ["DATABASE_OWNER_URL"], "SHOW listen_addresses") == [("",)]


def test_only_its_account_may_enter_its_folders(demo: embedded.Embedded) -> None:
    for place in (demo.cluster.data, demo.cluster.socket):
        status = place.stat()
        assert stat.S_IMODE(status.st_mode) == 0o700
        assert status.st_uid == demo.cluster.account.uid


def test_the_server_never_runs_as_root(demo: embedded.Embedded) -> None:
    pid = int((demo.cluster.data / "postmaster.pid").read_text().split()[0])
    assert Path(f"/proc/{pid}").stat().st_uid != 0


def test_starting_as_root_leaves_the_rights_of_private_folders_alone(folder: Path, demo: embedded.Embedded) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "demo").stat().st_mode) == 0o700
    if os.geteuid() == 0:
        assert not demo.cluster.home.is_relative_to(folder)


def test_data_and_keys_survive_a_stop_and_a_start(folder: Path, demo: embedded.Embedded) -> None:
    with psycopg.connect(demo.environ["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE survivor AS SELECT 7 AS id")
    demo.stop()
    assert not demo.cluster.is_running()
    again = embedded.start(folder / "demo")
    assert again.environ == demo.environ
    assert ask(again.environ["DATABASE_OWNER_URL"], "SELECT id FROM survivor") == [(7,)]


def test_starting_twice_finds_the_running_server(folder: Path, demo: embedded.Embedded) -> None:
    pid = (demo.cluster.data / "postmaster.pid").read_text().split()[0]
    embedded.start(folder / "demo")
    assert (demo.cluster.data / "postmaster.pid").read_text().split()[0] == pid


def test_tests_take_the_distributions_server_before_the_wheels(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = binaries.Binaries(14, Path("/old")), binaries.Binaries(16, Path("/new"))
    packed = binaries.Binaries(18, Path("/wheel"), wheel=True)
    monkeypatch.setattr(binaries, "wheel", lambda: [packed])
    monkeypatch.setattr(binaries, "distribution", lambda: [new, old])
    assert binaries.for_tests() == new
    assert binaries.for_embedding() == packed
    monkeypatch.setattr(binaries, "distribution", lambda: [old])
    assert binaries.for_tests() == packed
    monkeypatch.setattr(binaries, "wheel", list)
    with pytest.raises(binaries.NoPostgresError, match="apt install postgresql"):
        binaries.for_tests()


def test_a_data_folder_is_served_by_the_version_that_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = [binaries.Binaries(18, Path("/18"), wheel=True), binaries.Binaries(16, Path("/16"), wheel=True)]
    monkeypatch.setattr(binaries, "wheel", lambda: wheel)
    assert binaries.for_embedding(16).folder == Path("/16")
    with pytest.raises(binaries.NoPostgresError, match="version 12"):
        binaries.for_embedding(12)


def test_the_owners_server_comes_first_when_it_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    with tempfile.TemporaryDirectory() as made, pytest.MonkeyPatch.context() as patch:
        Path(made).chmod(0o711)
        cluster = Cluster(Path(made) / "server", binaries.for_tests(), durable=False)
        cluster.start()
        try:
            superuser = cluster.url(SUPERUSER, "postgres")
            roles.prepare(superuser, "heedful")
            with psycopg.connect(superuser, autocommit=True) as connection:
                connection.execute("ALTER ROLE heedful_owner CREATEDB")
            patch.setenv("DATABASE_OWNER_URL", cluster.url(roles.OWNER, "heedful"))
            patch.delenv("DATABASE_URL")
            patch.delenv("DATABASE_BACKUP_URL")
            found = testdb.start(migrate=False)
            assert found.source == "DATABASE_OWNER_URL"
            assert ask(found.url, "SELECT current_user, current_database() LIKE 'test_heedful_%'") == [
                (roles.APP, True)
            ]
            found.stop()
            assert ask(superuser, "SELECT datname FROM pg_database WHERE datname LIKE 'test_%'") == []
        finally:
            cluster.remove()


def test_two_runs_at_once_share_the_server_and_the_last_one_stops_it() -> None:
    assert os.environ["TEST_DATABASE_OWNER_URL"]
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_OWNER_URL", raising=False)
        other = testdb.start(migrate=False)
        other.stop()
    assert ask(os.environ["TEST_DATABASE_OWNER_URL"], "SELECT 1") == [(1,)]
    assert Path(os.environ["HEEDFUL_DATA_DIR"]).is_dir()
