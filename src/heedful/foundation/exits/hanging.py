"""What is written about what left. It names what it is about by type and id, so that it is no case by a lookup."""

from heedful.foundation.exits.models import Clearing, Disclosure, Release
from heedful.foundation.ledger.hanging import Hanging

HANGING = (
    Hanging(Disclosure, (), learned=("purpose", "body_name", "reference"), everywhere=True),
    Hanging(Release, (), learned=("text",), everywhere=True),
    Hanging(Clearing, (), learned=("why",), everywhere=True),
)
