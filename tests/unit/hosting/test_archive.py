"""A backup file is whole or refused."""

import io
import tarfile
from pathlib import Path

import pytest

from heedful.hosting import archive

MANIFEST = archive.Manifest(
    taken_at="2026-03-02T09:00:00+00:00",
    heedful="0.1.0",
    postgresql=15,
    migrations=["people.0001_initial"],
    heads={"org": [3, "ab"]},
    counts={"people_account": 2},
)


def write(path: Path) -> Path:
    photo = path.parent / "photo"
    photo.write_bytes(b"picture")
    with archive.Writer(path) as writer, photo.open("rb") as file:
        writer.add_text(archive.ANCHORS, b"org 3 ab\n")
        writer.add_file("uploads/ab/photo", file)
        writer.close_with(MANIFEST)
    return path


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    manifest = archive.unpack(write(tmp_path / "b.tar"), tmp_path / "out")
    assert manifest.heads == MANIFEST.heads
    assert (tmp_path / "out/uploads/ab/photo").read_bytes() == b"picture"
    assert (tmp_path / "out/anchors.log").read_bytes() == b"org 3 ab\n"


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    assert write(tmp_path / "b.tar").stat().st_mode & 0o077 == 0


def test_one_changed_byte_is_found(tmp_path: Path) -> None:
    path = write(tmp_path / "b.tar")
    path.write_bytes(path.read_bytes().replace(b"picture", b"pikture"))
    with pytest.raises(archive.ArchiveError, match="uploads/ab/photo"):
        archive.unpack(path, tmp_path / "out")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.75])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    path = write(tmp_path / "b.tar")
    data = path.read_bytes()
    end = data.index(b'"taken_at"')
    path.write_bytes(data[: int(end * share)])
    with pytest.raises(archive.ArchiveError):
        archive.unpack(path, tmp_path / "out")


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "uploads/../../evil"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "b.tar"
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(archive.ArchiveError, match="no place"):
        archive.unpack(path, tmp_path / "out")
    assert not (tmp_path / "evil").exists()


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo("uploads/x")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(archive.ArchiveError, match="no place"):
        archive.unpack(path, tmp_path / "out")


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    path.write_text("not a backup")
    with pytest.raises(archive.ArchiveError, match="cannot be read"):
        archive.unpack(path, tmp_path / "out")


def test_a_backup_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), archive.Writer(tmp_path / "b.tar") as writer:
        writer.add_text("x", b"x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
