"""Pictures are drawn anew: what is stored holds the pixels and nothing else, no place, no device, no hidden file."""

import threading
import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from heedful.foundation.files.kinds import JPEG, PNG, Kind

# An ordinary JPEG is read line by line, at half size where that is enough.
MOST_PIXELS = 40_000_000
# These, and a progressive JPEG, are unpacked whole, some of them twice. Each limit was measured: under 200 MB.
MOST_PIXELS_UNPACKED = {"JPEG": 16_000_000, "PNG": 12_500_000, "WEBP": 9_000_000}
LONGEST_SIDE = 3200
READ_AT_LEAST = 2400
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# One at a time in each process, so that ten people adding photos at once do not take ten times the memory.
_one_at_a_time = threading.BoundedSemaphore(1)


class TooManyPixels(ValueError):
    """It would unpack to more than we are ready to hold."""


class Broken(ValueError):
    """It cannot be read to its end."""


def redraw(content: bytes, kind: Kind) -> bytes:
    """The same picture, the right way up, without anything that is not picture."""
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(content), formats=[kind.picture]) as picture:
                return _drawn(picture, kind)
        except (
            UnidentifiedImageError,
            OSError,
            SyntaxError,
            ValueError,
            EOFError,
            Image.DecompressionBombError,
        ) as error:
            if isinstance(error, TooManyPixels | Image.DecompressionBombError):
                raise TooManyPixels from error
            raise Broken from error


def _drawn(picture: Image.Image, kind: Kind) -> bytes:
    width, height = picture.size
    by_lines = kind is JPEG and not picture.info.get("progressive")
    if width * height > (MOST_PIXELS if by_lines else MOST_PIXELS_UNPACKED[kind.picture]):
        raise TooManyPixels
    share = READ_AT_LEAST / max(width, height, READ_AT_LEAST)
    picture.draft("RGB", (int(width * share), int(height * share)))
    turned = picture.getexif().get(_ORIENTATION, 1)
    picture.load()
    plain = _in_colours(picture, kind)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if turned in _TURNS:
        plain = plain.transpose(_TURNS[turned])
    # What a reader put beside the pixels would be written out again.
    plain.info.clear()
    out = BytesIO()
    plain.save(out, format=kind.picture, **({} if kind is PNG else {"quality": 85}))
    return out.getvalue()


def _in_colours(picture: Image.Image, kind: Kind) -> Image.Image:
    if picture.mode.startswith("I"):
        # Sixteen bits of grey, of which a screen shows eight.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("RGB")
    see_through = kind is not JPEG and (picture.has_transparency_data)
    wanted = "RGBA" if see_through else "RGB"
    return picture if picture.mode == wanted else picture.convert(wanted)
