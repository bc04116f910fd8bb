"""What may be said of one change outside: the line that is out, and the one that waits for a second person."""

from typing import Any
from uuid import UUID

from django.http import Http404

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits import queries as exits
from heedful.loop.actions import queries as actions
from heedful.oversight.governance.queries.changes import WORDS


def change_to_word(action_id: UUID, *, viewer: Viewer) -> Any:
    """An action that the viewer decides on, or Http404."""
    row = actions.action(action_id, viewer=viewer)
    if not actions.may_decide(row, viewer):
        raise Http404
    return row


def proposed(action_id: UUID) -> Any:
    """The newest line, if it is not out yet."""
    newest = exits.releases_of(action_id).filter(what=WORDS).first()
    return newest if newest and newest.exit_id is None else None


def review_of(action_id: UUID) -> exits.Review | None:
    """The line that waits, with everything in it that may say who it is."""
    row = proposed(action_id)
    return exits.review(row) if row else None


def words_of(action_id: UUID) -> str:
    """What is said of it now; empty while nothing is out."""
    return exits.released_words(WORDS, [action_id]).get(action_id, "")
