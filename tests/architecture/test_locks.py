"""Rows are locked so that rows which point at them can still be stored."""

from pathlib import Path

import heedful

SOURCE = Path(heedful.__file__).parent


def test_every_lock_leaves_the_key_free() -> None:
    """A plain `FOR UPDATE` stops whoever stores a row that points here. They hold the ledger's head by then, and
    whoever locked the row waits for that: neither could go on."""
    found = {
        f"{path.relative_to(SOURCE)}:{number}"
        for path in SOURCE.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "select_for_update(" in line and "no_key=True" not in line
    }
    assert found == set()
