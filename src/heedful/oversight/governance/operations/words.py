"""What a change is called on a board page and outside: through the release door, by two people.

Until words are out, a change is called by its kind alone.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from heedful.foundation.access.refusals import refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits import operations as exits
from heedful.foundation.ui.text import tidy
from heedful.loop.actions import queries as actions
from heedful.loop.feedback.queries.bulletins import police_wait
from heedful.oversight.governance.queries import words as queries
from heedful.oversight.governance.queries.changes import WORDS

LONGEST = 120


def propose_words(*, action_id: UUID, text: str, by: Viewer, at: datetime) -> Any:
    """Put one line up for somebody else to look at. Another wording is another line, and is looked at anew."""
    row = queries.change_to_word(action_id, viewer=by)
    said = " ".join(tidy(text).text.split())
    if not said:
        raise refused("Write one line: what is different now.", "text")
    if len(said) > LONGEST:
        raise refused(f"This is {len(said)} letters long. Make it {LONGEST} or fewer.", "text")
    return exits.propose_release(subject_type="action", subject_id=row.pk, what=WORDS, text=said, by=by, at=at)


def clear_words(*, action_id: UUID, finding: str, why: str, by: Viewer, at: datetime) -> None:
    """Say why something that looks like a name may stay: never whoever wrote it."""
    row = _proposed(action_id, by)
    try:
        exits.clear(release_id=row.pk, finding=finding, why=why, by=by, at=at)
    except exits.ReleaseRefused as refusal:
        raise refused(str(refusal), "why") from refusal


def release_words(*, action_id: UUID, by: Viewer, at: datetime) -> None:
    """Let the line out. From then on the board page and the packs call the change by it."""
    row = _proposed(action_id, by)
    if police_wait(actions.event_ids_behind(action_id)):
        raise refused("The police come first in one of these cases. Nothing goes out until they say so.")
    try:
        exits.release(release_id=row.pk, by=by, at=at)
    except exits.ReleaseRefused as refusal:
        raise refused(str(refusal)) from refusal


def _proposed(action_id: UUID, by: Viewer) -> Any:
    queries.change_to_word(action_id, viewer=by)
    row = queries.proposed(action_id)
    if row is None:
        raise refused("Nobody has proposed a line yet.")
    return row
