"""The tables of this room that hang on cases: how they get to them, what they say, and when they end."""

from django.db.models import Q

from heedful.foundation.ledger.hanging import Hanging
from heedful.loop.feedback.models import Bulletin, FamilyDecision, PoliceWord, Telling

OF_A_CASE = ("event",)

HANGING = (
    Hanging(Telling, OF_A_CASE, words=("words", "channel"), whose=("person", "relation__person"), ended=("told_at",)),
    Hanging(
        FamilyDecision, OF_A_CASE, words=("decided_by", "why"), whose=("relation__person",), ended=("recorded_at",)
    ),
    Hanging(PoliceWord, OF_A_CASE, words=("who", "words")),
    Hanging(
        Bulletin,
        ("event", "theme__joined__event"),
        learned=("parts", "options"),
        ended=("released_at",),
        going_on=~Q(state="released"),
        everywhere=True,
    ),
)
