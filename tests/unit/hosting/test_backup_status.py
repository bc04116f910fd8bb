"""Administrators see "not backed up" until a backup has been restored once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from heedful.hosting import age, backups

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_nothing_noted_means_not_backed_up(tmp_path: Path) -> None:
    status = backups.status(tmp_path)
    assert status.last_backup_at is None
    assert not status.is_backed_up(NOW)


def test_a_backup_alone_is_not_enough(tmp_path: Path) -> None:
    backups.record(tmp_path, last_backup={"at": NOW.isoformat()})
    assert not backups.status(tmp_path).is_backed_up(NOW)


def test_a_backup_that_was_restored_once_counts_while_it_is_fresh(tmp_path: Path) -> None:
    backups.record(tmp_path, last_backup={"at": NOW.isoformat()})
    backups.record(tmp_path, last_restore={"at": NOW.isoformat(), "seconds": 12.5})
    status = backups.status(tmp_path)
    assert status.is_backed_up(NOW + timedelta(hours=47))
    assert not status.is_backed_up(NOW + timedelta(hours=49))
    assert status.restored_in_seconds == 12.5


def test_an_encrypted_backup_counts_once_one_was_restored_with_a_key_that_fits_it(tmp_path: Path) -> None:
    (private, public), (other, _) = age.new_pair(), age.new_pair()
    backups.record(tmp_path, last_backup={"at": NOW.isoformat(), "recipients": [public]})
    backups.record_restore(tmp_path, {"at": NOW.isoformat()}, [])
    backups.record_restore(tmp_path, {"at": NOW.isoformat()}, [other])
    assert not backups.status(tmp_path).is_backed_up(NOW)
    backups.record_restore(tmp_path, {"at": NOW.isoformat()}, [private])
    assert backups.status(tmp_path).is_backed_up(NOW)


def test_a_key_that_opened_a_backup_is_remembered_whatever_is_restored_later(tmp_path: Path) -> None:
    private, public = age.new_pair()
    backups.record(tmp_path, last_backup={"at": NOW.isoformat(), "recipients": [public]})
    backups.record_restore(tmp_path, {"at": NOW.isoformat()}, [private])
    backups.record_restore(tmp_path, {"at": NOW.isoformat()}, [])
    assert backups.status(tmp_path).is_backed_up(NOW)
    assert private not in (tmp_path / "backups/status.json").read_text()


def test_a_damaged_note_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups/status.json").write_text("{broken")
    assert not backups.status(tmp_path).is_backed_up(NOW)


def test_only_the_newest_backups_are_kept(tmp_path: Path) -> None:
    for day in range(1, 6):
        (tmp_path / f"heedful-2026030{day}T090000.tar{'.age' if day % 2 else ''}").touch()
    (tmp_path / "status.json").touch()
    backups.remove_old(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "heedful-20260304T090000.tar",
        "heedful-20260305T090000.tar.age",
        "status.json",
    ]
