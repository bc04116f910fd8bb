"""The tables of this room that hang on cases: how they get to them, what they say, and when they end."""

from django.db.models import Q

from heedful.foundation.ledger.hanging import Hanging
from heedful.loop.reviews.models import Finding, Review, Theme
from heedful.loop.reviews.rules import QUESTIONS

THEME = Hanging(
    Theme,
    ("joined__event",),
    words=("why", "closed_why", "reopened_why"),
    learned=("name",),
    ended=("closed_at",),
    going_on=Q(state="open"),
)
# A case that left a theme was written about in it all the same.
HANGING = (
    Hanging(Review, ("about__event", "theme__joined__event"), words=(*QUESTIONS, "reopened_why"), ended=("closed_at",)),
    Hanging(
        Finding,
        ("review__about__event", "review__theme__joined__event"),
        words=("text",),
        ended=("dropped_at", "review__closed_at"),
    ),
    THEME,
)
