"""How far a file is that somebody sent in. Knows no users and no database."""

from enum import StrEnum


class State(StrEnum):
    READING = "reading"
    REFUSED = "refused"
    READ = "read"
    STORING = "storing"
    STORED = "stored"
    UNDOING = "undoing"
    UNDONE = "undone"
    THROWN_AWAY = "thrown_away"


# The worker is at it.
WORKING = (State.READING, State.STORING, State.UNDOING)
# Nothing of it is stored.
WAITING = (State.READING, State.READ, State.REFUSED)
