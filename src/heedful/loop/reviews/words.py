"""What the kinds of review are called, and what each is."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from heedful.loop.reviews.rules import Kind

KINDS: Mapping[Kind, tuple[Any, Any]] = {
    Kind.REFLECTION: (_("Five-minute reflection"), _("Four questions, on a phone, by those who were there.")),
    Kind.HUDDLE: (_("Huddle"), _("The team on shift, ten minutes, while it is fresh.")),
    Kind.AFTER_ACTION: (_("After-action review"), _("What was expected, what happened, why they differ.")),
    Kind.THEMATIC: (_("Thematic review"), _("Several that belong together, looked at as one.")),
    Kind.STRUCTURED: (_("Structured review"), _("With care, over some weeks, for what is serious.")),
}


def kind_words() -> dict[str, str]:
    """Each kind by its stored name."""
    return {kind.value: str(label) for kind, (label, _hint) in KINDS.items()}
