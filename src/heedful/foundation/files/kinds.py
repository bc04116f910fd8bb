"""What may be attached, and how each kind begins. Nothing else is kept, whatever it is called."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of file: its extensions (the first is given to what we store) and its media type."""

    media_type: str
    extensions: tuple[str, ...]
    # Pillow's name of the format; empty for what is not a picture.
    picture: str = ""


JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "JPEG")
PNG = Kind("image/png", ("png",), "PNG")
WEBP = Kind("image/webp", ("webp",), "WEBP")
PDF = Kind("application/pdf", ("pdf",))
KINDS = (JPEG, PNG, WEBP, PDF)
MEDIA_TYPES = frozenset(kind.media_type for kind in KINDS)
# For the `accept` attribute: with it, iPhones send their photos as JPEG.
ACCEPT = ",".join([*sorted(MEDIA_TYPES), *sorted(f".{one}" for kind in KINDS for one in kind.extensions)])


def by_beginning(content: bytes) -> Kind | None:
    """The kind of these bytes, by how they begin."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"%PDF-"):
        return PDF
    return None


def by_name(name: str) -> Kind | None:
    """The kind that a file's name claims."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return next((kind for kind in KINDS if extension in kind.extensions), None)
