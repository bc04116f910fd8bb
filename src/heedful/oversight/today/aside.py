"""What stands beside the cards of Today: nothing to do, good to know."""

from collections import Counter

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.actions import queries as actions
from heedful.loop.effects import lines as verdicts


def worked(viewer: Viewer) -> str:
    """How many changes worked; empty for whoever may not read verdicts, and while nothing is measured."""
    if not viewer.holds(Permission.SEE_PATTERNS):
        return ""
    return verdicts.tally(Counter(outcome or verdicts.OPEN for outcome in actions.outcomes(viewer)))
