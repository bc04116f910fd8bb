"""Is this file what it says, and may it be kept? The answer is what to store, or words for the person."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.utils.translation import gettext as _

from heedful.foundation.files import kinds, pdfs, pictures
from heedful.foundation.files.kinds import PDF, Kind
from heedful.foundation.ui.text import tidy

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
LONGEST_NAME = 120


class Unacceptable(ValueError):
    """It is not kept; the words say why and what to do."""


@dataclass(frozen=True)
class Checked:
    """What will be stored. `received_sha256` is of what was sent, before it was cleaned."""

    content: bytes
    name: str
    media_type: str
    received_sha256: bytes


def check(content: bytes, name: str) -> Checked:
    """Look at a file that somebody sent; Unacceptable says in plain words why it is not kept."""
    if not content:
        raise Unacceptable(_("This file is empty. Choose another one"))
    if len(content) > LARGEST:
        raise Unacceptable(too_large(len(content)))
    kind = _kind(content, name)
    clean = _pdf(content) if kind is PDF else _picture(content, kind)
    return Checked(clean, safe_name(name, kind), kind.media_type, hashlib.sha256(content).digest())


def too_large(size: int | None = None) -> str:
    limit = LARGEST // MEGABYTE
    if size is None:
        return _("This file is larger than %(limit)d MB. Send a smaller one") % {"limit": limit}
    words = _("This file is %(size).1f MB and we can keep %(limit)d MB. Send a smaller one")
    return words % {"size": size / MEGABYTE, "limit": limit}


def safe_name(name: str, kind: Kind) -> str:
    """The name to show: no folders, no hidden marks, and the extension of what it really is."""
    last = PurePath(tidy(name).text.replace("\\", "/")).name
    stem = "".join(letter for letter in last.rpartition(".")[0] or last if letter.isprintable()).strip(" .")
    extension = kind.extensions[0]
    return f"{stem[: LONGEST_NAME - len(extension) - 1] or 'file'}.{extension}"


def _kind(content: bytes, name: str) -> Kind:
    """Name and content must both be on the list, and agree; a picture may be another picture than its name says."""
    claimed, real = kinds.by_name(name), kinds.by_beginning(content)
    if claimed is None:
        raise Unacceptable(_not_listed(name))
    if real is None or bool(real.picture) != bool(claimed.picture):
        raise Unacceptable(_not_what_it_says(content, claimed))
    return real


def _not_listed(name: str) -> str:
    extension = tidy(name).text.rpartition(".")[2][:10].lower() if "." in name else ""
    keep = _("We can keep photos (JPEG, PNG or WebP) and PDFs")
    if extension.isalnum():
        return _("This is a .%(extension)s file. %(keep)s") % {"extension": extension, "keep": keep}
    return keep


def _not_what_it_says(content: bytes, claimed: Kind) -> str:
    said = {"name": f".{claimed.extensions[0]}", "inside": _looks_like(content)}
    if said["inside"]:
        return _("This file is named %(name)s, but inside it is %(inside)s. Choose the photo or PDF itself") % said
    return _("This file is named %(name)s, but it is something else inside. Choose the photo or PDF itself") % said


def _looks_like(content: bytes) -> str:
    try:
        found: str = puremagic.from_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return ""
    return found if found.lstrip(".").isalnum() else ""


def _picture(content: bytes, kind: Kind) -> bytes:
    try:
        return pictures.redraw(content, kind)
    except pictures.TooManyPixels:
        raise Unacceptable(_("This picture is too large to open safely. Send a smaller copy")) from None
    except pictures.Broken:
        raise Unacceptable(
            _("We cannot read this picture to its end. It may have been cut off. Send it again")
        ) from None


def _pdf(content: bytes) -> bytes:
    try:
        pdfs.look(content)
    except pdfs.Broken:
        raise Unacceptable(_("We cannot read this PDF to its end. It may have been cut off. Send it again")) from None
    except pdfs.Locked:
        raise Unacceptable(_("We cannot look inside this PDF. Save a copy without a password and send that")) from None
    except pdfs.Active:
        raise Unacceptable(
            _("This PDF can start or carry other things. Print it to a new PDF, or take a photo of it, and send that")
        ) from None
    return content
