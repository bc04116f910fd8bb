"""What files said about cases: how it gets to them, and what it says."""

from heedful.foundation.ledger.hanging import Hanging
from heedful.intake.models import SourceRow

HANGING = (Hanging(SourceRow, ("event",), learned=("kept", "before")),)
