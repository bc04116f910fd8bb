"""The table of this room for whoever erases: begun and not sent, so it hangs on no case yet."""

from heedful.foundation.ledger.hanging import Hanging
from heedful.loop.reporting.models import Draft

HANGING = (Hanging(Draft, (), learned=("answers",), everywhere=True),)
