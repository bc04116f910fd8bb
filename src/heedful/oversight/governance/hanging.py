"""The tables of this room that hang on cases: how they get to them, what they say, and when they end."""

from heedful.foundation.ledger.hanging import Hanging
from heedful.oversight.governance.models import Correction, Decision, Meeting

CASES = ("event", "theme__joined__event", "action__review__about__event", "action__theme__joined__event")
OF_A_MEETING = tuple(f"decisions__{way}" for way in CASES)
OF_ITS_MEETING = tuple(f"meeting__{way}" for way in OF_A_MEETING)

# Minutes are about many: a name goes, what was decided stays.
HANGING = (
    Hanging(Meeting, OF_A_MEETING, learned=("said", "guests", "figures"), ended=("agreed_at",), everywhere=True),
    Hanging(Decision, CASES, learned=("text",), everywhere=True),
    Hanging(Correction, OF_ITS_MEETING, learned=("text",), ended=("corrected_at",), everywhere=True),
)
