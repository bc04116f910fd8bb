"""Names that files were given. What a file hangs on is said by type and id, so that it is no case by a lookup."""

from heedful.foundation.files.models import Attachment
from heedful.foundation.ledger.hanging import Hanging

HANGING = (Hanging(Attachment, (), learned=("name",), everywhere=True),)
