"""Only what is on the list is kept, and what is kept is only what it shows."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from heedful.foundation.files import checks, kinds
from tests.unit.files import corpus

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("what", corpus.ACCEPTED)
def test_it_is_kept(what: str) -> None:
    name, content = corpus.ACCEPTED[what]
    checked = checks.check(content, name)
    assert checked.media_type in kinds.MEDIA_TYPES
    real = kinds.by_beginning(checked.content)
    assert real is not None
    assert real.media_type == checked.media_type
    assert checked.name.endswith(f".{real.extensions[0]}")


@pytest.mark.parametrize("what", corpus.REFUSED)
def test_it_is_refused_in_words_that_say_what_to_do(what: str) -> None:
    name, content = corpus.REFUSED[what]
    with pytest.raises(checks.Unacceptable) as refusal:
        checks.check(content, name)
    words = str(refusal.value)
    assert len(words) > 30
    assert words[0].isupper()


def test_the_refusal_says_what_the_file_really_is() -> None:
    with pytest.raises(checks.Unacceptable, match=r"named \.jpg, but inside it is \.pdf"):
        checks.check(corpus.pdf(), "photo.jpg")
    with pytest.raises(checks.Unacceptable, match=r"This is a \.docx file"):
        checks.check(b"PK", "minutes.docx")
    with pytest.raises(checks.Unacceptable, match=r"21\.0 MB and we can keep 20 MB"):
        checks.check(b"\xff\xd8\xff" + b"\0" * (21 * MEGABYTE), "photo.jpg")


@pytest.mark.parametrize(
    "what", ["a photo with its place", "a picture with words inside", "a photo with a zip behind it"]
)
def test_no_place_device_or_name_is_left_in_a_picture(what: str) -> None:
    name, content = corpus.ACCEPTED[what]
    stored = checks.check(content, name).content
    assert b"anary" in content
    for secret in (b"anary", b"Exif", b"51.5007", b"PK\x03\x04", b"<html"):
        assert secret not in stored
    with Image.open(BytesIO(stored)) as picture:
        assert dict(picture.getexif()) == {}
        assert {"exif", "comment", "Author", "icc_profile", "XML:com.adobe.xmp"}.isdisjoint(picture.info)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_sideways_stands_upright(orientation: int) -> None:
    original = Image.open(BytesIO(corpus.photo_with_place(orientation)))
    stored = Image.open(BytesIO(checks.check(corpus.photo_with_place(orientation), "p.jpg").content))
    upright = original.size if orientation < 5 else original.size[::-1]
    assert stored.size == upright
    corners = {1: (0, 0), 2: (639, 0), 3: (639, 479), 4: (0, 479), 5: (0, 0), 6: (479, 0), 7: (479, 639), 8: (0, 639)}
    top_left_of_the_sensor = stored.convert("L").getpixel(corners[orientation])
    assert abs(int(top_left_of_the_sensor) - int(original.convert("L").getpixel((0, 0)))) < 30  # type: ignore[arg-type]


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    image = Image.new("I;16", (2, 1))
    image.putpixel((0, 0), 0)
    image.putpixel((1, 0), 40_000)
    out = BytesIO()
    image.save(out, "PNG")
    stored = Image.open(BytesIO(checks.check(out.getvalue(), "x.png").content))
    assert [stored.getpixel((x, 0)) for x in (0, 1)] == [(0, 0, 0), (156, 156, 156)]


def test_a_large_photo_is_kept_smaller() -> None:
    stored = Image.open(BytesIO(checks.check(corpus.picture(size=(7000, 5000)), "big.jpg").content))
    assert stored.size == (3200, 2286)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\Joss\\wound.JPG", "wound.jpg"),
        ("photo\u202egpj.exe.jpg", "photogpj.exe.jpg"),
        ("a\0b\r\nSet-Cookie: x.jpg", "abSet-Cookie: x.jpg"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
        ("...jpg", "file.jpg"),
        ("clwyf – Ołena 🩹.jpeg", "clwyf – Ołena 🩹.jpg"),
    ],
)
def test_the_name_shown_is_harmless(given: str, kept: str) -> None:
    assert checks.safe_name(given, kinds.JPEG) == kept


IN_A_PROCESS_OF_ITS_OWN = """
import re, sys
from pathlib import Path
from heedful.foundation.files import kinds, pictures
content = Path(sys.argv[1]).read_bytes()
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = peak()
try:
    pictures.redraw(content, kinds.by_beginning(content))
except (pictures.TooManyPixels, pictures.Broken) as error:
    print(type(error).__name__, end=" ")
print((peak() - before) // 1024)
"""


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (corpus.picture(size=(8000, 5000)), ""),
        (corpus.picture(size=(4799, 8334)), ""),
        (corpus.picture(size=(4790, 4790)), ""),
        (corpus.picture(size=(4000, 4000), progressive=True), ""),
        (corpus.picture("PNG", (4000, 3100), "RGBA"), ""),
        (corpus.picture("WEBP", (3000, 3000)), ""),
        (corpus.png_that_claims(100_000, 100_000), "TooManyPixels"),
    ],
    ids=["wide", "tall", "square", "progressive", "png", "webp", "bomb"],
)
def test_the_largest_pictures_take_a_bounded_amount_of_memory(content: bytes, outcome: str, tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(content)
    command = [sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN, str(file)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert said[:-1] == ([outcome] if outcome else [])
    assert int(said[-1]) < 200
