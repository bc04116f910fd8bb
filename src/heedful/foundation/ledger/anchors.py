"""The anchored head: each organisation's last sequence and hash, in a file outside the database.

A chain alone cannot show that its tail was cut; a head that is kept elsewhere can.
"""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def append(organisation_id: UUID, sequence: int, digest: bytes) -> None:
    """One line a commit. O_APPEND keeps lines of several processes whole."""
    line = f"{organisation_id} {sequence} {digest.hex()}\n".encode()
    path = Path(settings.HEEDFUL_ANCHOR_FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line)
    finally:
        os.close(descriptor)


def read(path: Path | None = None) -> dict[UUID, dict[int, str]]:
    """Every anchored (sequence -> hash) by organisation. A line cut off by a crash is passed over."""
    heads: dict[UUID, dict[int, str]] = {}
    path = path or Path(settings.HEEDFUL_ANCHOR_FILE)
    if not path.exists():
        return heads
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            parts = line.split()
            if len(parts) == 3 and len(parts[2]) == 64 and line.endswith("\n"):
                heads.setdefault(UUID(parts[0]), {})[int(parts[1])] = parts[2]
    return heads


def compact(path: Path | None = None, keep: int = 50) -> None:
    """Keep the last heads of each organisation, so that the file stays small. Replaced in one step."""
    path = path or Path(settings.HEEDFUL_ANCHOR_FILE)
    lines = [
        f"{organisation} {sequence} {heads[sequence]}\n"
        for organisation, heads in read(path).items()
        for sequence in sorted(heads)[-keep:]
    ]
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(lines), encoding="ascii")
    fresh.replace(path)
