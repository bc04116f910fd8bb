"""The tables of this room that hang on a case: how they get to it, and what they say."""

from heedful.foundation.ledger.hanging import Hanging
from heedful.loop.duties.models import Classification, FindOut, Triage

OF_A_CASE = ("event",)

HANGING = (
    Hanging(Triage, OF_A_CASE, words=("why",)),
    Hanging(Classification, OF_A_CASE, words=("why",), learned=("reference_number",)),
    Hanging(FindOut, OF_A_CASE, words=("answer",)),
)
