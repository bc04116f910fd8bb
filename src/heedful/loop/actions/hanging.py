"""The tables of this room that hang on cases: how they get to them, what they say, and when they end."""

from heedful.foundation.ledger.hanging import Hanging
from heedful.loop.actions.models import Action, Evidence, Extension, PlanUpdate

CASES = ("review__about__event", "theme__joined__event")
OF_AN_ACTION = tuple(f"action__{way}" for way in CASES)
AGREED = ("what_will_differ", "weak_reason", "not_measured_why", "reaudit_question", "dropped_why")

ACTION = Hanging(Action, CASES, learned=AGREED, ended=("verified_at", "dropped_at"))
HANGING = (
    ACTION,
    Hanging(PlanUpdate, OF_AN_ACTION, words=("proof",), whose=("person",)),
    Hanging(Evidence, OF_AN_ACTION, words=("words", "sent_back_why")),
    Hanging(Extension, OF_AN_ACTION, words=("reason",)),
)
