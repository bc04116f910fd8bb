"""The tables of this room that hang on cases: how they get to them, what they say, and when they end."""

from heedful.foundation.ledger.hanging import Hanging
from heedful.loop.audits.models import Audit, AuditItem, AuditMove

CASES = ("action__review__about__event", "action__theme__joined__event", "theme__joined__event")
OF_AN_AUDIT = tuple(f"audit__{way}" for way in CASES)

HANGING = (
    Hanging(
        Audit,
        CASES,
        learned=("question", "population_words", "listed", "cancel_why"),
        ended=("done_at", "cancelled_at"),
    ),
    Hanging(AuditItem, OF_AN_AUDIT, words=("note",), learned=("label",)),
    Hanging(AuditMove, OF_AN_AUDIT, words=("reason",)),
)
