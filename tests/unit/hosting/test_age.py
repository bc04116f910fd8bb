"""An encrypted backup opens with its key only, and only whole; nobody holds it in memory."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from heedful.hosting import age, archive
from tests.unit.hosting.test_archive import MANIFEST

CANARY = b"Mrs Invented fell by the blue door"
PRIVATE, PUBLIC = age.new_pair()
OTHER_PRIVATE, OTHER_PUBLIC = age.new_pair()


def write(path: Path, *recipients: str, size: int = 300_000) -> Path:
    photo = path.parent / "photo"
    photo.write_bytes(CANARY + os.urandom(size))
    with archive.Writer(path, recipients) as writer, photo.open("rb") as file:
        writer.add_text(archive.ANCHORS, b"org 3 ab\n")
        writer.add_file("uploads/ab/photo", file)
        writer.close_with(MANIFEST)
    return path


def test_what_was_encrypted_comes_back_with_the_key_and_shows_nothing_without(tmp_path: Path) -> None:
    path = write(tmp_path / "b.tar.age", PUBLIC)
    assert age.is_encrypted(path)
    assert path.stat().st_mode & 0o077 == 0
    for word in (CANARY, b"uploads", b"manifest"):
        assert path.read_bytes().count(word) == 0
    manifest = archive.unpack(path, tmp_path / "out", [PRIVATE])
    assert manifest.heads == MANIFEST.heads
    assert (tmp_path / "out/uploads/ab/photo").read_bytes() == (tmp_path / "photo").read_bytes()


def test_each_of_several_keys_opens_it(tmp_path: Path) -> None:
    path = write(tmp_path / "b.tar.age", PUBLIC, OTHER_PUBLIC)
    for private in (PRIVATE, OTHER_PRIVATE):
        assert archive.unpack(path, None, [private]).counts == MANIFEST.counts


def test_without_a_key_it_says_which_option_is_missing(tmp_path: Path) -> None:
    with pytest.raises(archive.ArchiveError, match=r"is encrypted\. Name the file with its private key: --identity"):
        archive.unpack(write(tmp_path / "b.tar.age", PUBLIC), None)


def test_with_another_key_it_says_so_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(archive.ArchiveError, match="does not fit"):
        archive.unpack(write(tmp_path / "b.tar.age", PUBLIC), tmp_path / "out", [OTHER_PRIVATE])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("left_off", [1, 16, 40_000, 290_000])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, left_off: int) -> None:
    path = write(tmp_path / "b.tar.age", PUBLIC)
    path.write_bytes(path.read_bytes()[:-left_off])
    with pytest.raises(archive.ArchiveError, match="cut off or altered"):
        archive.unpack(path, tmp_path / "out", [PRIVATE])


@pytest.mark.parametrize("kept", [0, 10, 22, 100, 200])
def test_a_file_of_which_little_is_left_is_refused(tmp_path: Path, kept: int) -> None:
    path = write(tmp_path / "b.tar.age", PUBLIC)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(archive.ArchiveError):
        archive.unpack(path, tmp_path / "out", [PRIVATE])
    assert not (tmp_path / "out").exists()


def test_a_file_that_ends_with_a_whole_piece_but_not_the_last_is_refused(tmp_path: Path) -> None:
    """All of the archive's own content may be there: the last piece is asked for all the same."""
    inside = io.BytesIO()
    path = write(tmp_path / "b.tar", size=65_536 * 3)
    with age.encrypting(inside, [PUBLIC]) as sink:
        sink.write(path.read_bytes() + bytes(65_536 * 4))
    body = inside.getvalue()
    header = body.index(b"\n--- ") + 5 + 43 + 1 + 16
    piece = 65_536 + 16
    cut = tmp_path / "cut.tar.age"
    for pieces in range(1, (len(body) - header) // piece):
        cut.write_bytes(body[: header + pieces * piece])
        with pytest.raises(archive.ArchiveError, match="cut off or altered"):
            archive.unpack(cut, None, [PRIVATE])


@pytest.mark.parametrize("share", [0.0, 0.0003, 0.001, 0.3, 0.6, 0.999999])
def test_one_altered_bit_is_found(tmp_path: Path, share: float) -> None:
    path = write(tmp_path / "b.tar.age", PUBLIC)
    data = bytearray(path.read_bytes())
    data[int(len(data) * share)] ^= 1
    path.write_bytes(data)
    with pytest.raises(archive.ArchiveError):
        archive.unpack(path, tmp_path / "out", [PRIVATE])


def test_a_backup_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), archive.Writer(tmp_path / "b.tar.age", [PUBLIC]) as writer:
        writer.add_text("x", b"x" * 500_000)
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(age.AgeError, match="No space left"),
        Path("/dev/full").open("wb", buffering=0) as full,
        age.encrypting(full, [PUBLIC]) as sink,
    ):
        for _ in range(50):
            sink.write(os.urandom(100_000))


def test_a_large_file_needs_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    """A process of its own: 200 MB through encryption and back, within 40 MB more than it had."""
    done = subprocess.run(
        [sys.executable, "-c", LARGE, str(tmp_path)], capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    assert done.returncode == 0, done.stderr
    before, after = map(int, done.stdout.split())
    assert after - before < 40 * 1024


LARGE = f"""
import resource, sys
from pathlib import Path
from heedful.hosting import age, archive
from tests.unit.hosting.test_archive import MANIFEST
big, out = Path(sys.argv[1]) / "big", Path(sys.argv[1]) / "big.tar.age"
with big.open("wb") as file:
    file.truncate(200_000_000)
def most(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = most()
with archive.Writer(out, ["{PUBLIC}"]) as writer, big.open("rb") as file:
    writer.add_file("uploads/big", file)
    writer.close_with(MANIFEST)
archive.unpack(out, None, ["{PRIVATE}"])
print(before, most())
"""


def test_a_key_file_may_carry_comments_and_several_keys(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"# created: today\n# public key: {PUBLIC}\n{PRIVATE}\n\n{OTHER_PRIVATE}\n")
    assert age.read_private(file) == [PRIVATE, OTHER_PRIVATE]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "holds no private key"), ("# only words", "holds no private key"), (PUBLIC, "is not a file of private keys")],
    ids=["nothing", "only words", "a public key"],
)
def test_a_file_that_is_no_key_file_says_what_one_is(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "key"
    file.write_text(text)
    with pytest.raises(age.AgeError, match=words):
        age.read_private(file)
    with pytest.raises(age.AgeError, match="cannot be read"):
        age.read_private(tmp_path / "absent")


def test_a_broken_key_is_refused_without_being_shown(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(PRIVATE[:-3] + "QQQ")
    with pytest.raises(age.AgeError) as caught:
        age.read_private(file)
    assert PRIVATE[20:40] not in str(caught.value)
