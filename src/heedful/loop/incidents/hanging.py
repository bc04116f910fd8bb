"""The tables of this room that hang on a case: how they get to it, and what they say."""

from heedful.foundation.ledger.hanging import Hanging
from heedful.loop.incidents.models import (
    Event,
    Informed,
    Involved,
    Question,
    Reporter,
    Share,
    ShutOut,
    Version,
)

CASE, OF_A_CASE = ("",), ("event",)
TEXTS = ("title", "words", "made_safe", "met_safeguarding_why", "met_clinical_why", "met_family_why")

EVENT = Hanging(Event, CASE, words=TEXTS, learned=("place",))
HANGING = (
    EVENT,
    Hanging(Involved, OF_A_CASE, words=("name",), whose=("person",)),
    Hanging(Version, OF_A_CASE, words=("body", "why")),
    Hanging(Informed, OF_A_CASE, words=("name",)),
    Hanging(Reporter, OF_A_CASE, learned=("name",)),
    Hanging(Question, OF_A_CASE, words=("words", "answer")),
    Hanging(Share, OF_A_CASE, words=("why",)),
    Hanging(ShutOut, OF_A_CASE, words=("lifted_why",)),
)
