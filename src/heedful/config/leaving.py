"""Names that a case brings along: looked for in every text about it that goes out, besides those of everybody here."""

from uuid import UUID

from heedful.loop.actions.queries import event_ids_behind
from heedful.loop.incidents.queries import names_in
from heedful.loop.reviews.queries import event_ids_ever_in


def names_in_theme(theme_id: UUID) -> list[str]:
    """Every name of every case that is or was in a theme."""
    return [name for event_id in event_ids_ever_in(theme_id) for name in names_in(event_id)]


def names_in_action(action_id: UUID) -> list[str]:
    """Every name of every case that an action was made of."""
    return [name for event_id in event_ids_behind(action_id) for name in names_in(event_id)]


NAMES_OF = {"event": names_in, "theme": names_in_theme, "action": names_in_action}
