"""Judged rows on their way in: they wait in a temporary table until the whole file is known to be sound."""

import json
from collections.abc import Mapping

from uuid_utils import uuid7

from heedful.foundation.access import bulk
from heedful.intake.candidates import Candidate
from heedful.loop.incidents import imported

# Made once: `json.dumps` makes one for each row.
_JSON = json.JSONEncoder(ensure_ascii=False)
# What a waiting row holds besides what becomes of an event.
MORE = {"source_row_id": "uuid", "row_number": "integer", "kept": "jsonb"}


class Table:
    """Takes candidates one by one. It holds people's words: nobody else can read it, and it ends with the run."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        # What an event without words of its own is called, by its type.
        self._labels = labels
        self._rows: imported.Waiting | None = None

    def add(self, candidate: Candidate) -> None:
        if self._rows is None:
            self._rows = imported.Waiting(candidate.values, MORE)
        row = imported.Row(
            external_id=candidate.record,
            service_id=candidate.service,
            fallback_title=self._labels.get(str(candidate.values.get("type")), ""),
            values=candidate.values,
            flags=candidate.flags,
            digest=candidate.digest,
        )
        kept = _JSON.encode(candidate.kept) if candidate.kept else "{}"
        self._rows.take(row, str(uuid7()), str(candidate.row), bulk.field(kept))

    def rest(self) -> None:
        """Called before anybody else may ask the database something."""
        if self._rows is not None:
            self._rows.settle()

    def ready(self) -> imported.Waiting | None:
        """All rows of the file; nothing when it has none that can be taken."""
        if self._rows is not None:
            self._rows.make_ready("place_in_file")
        return self._rows

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *error: object) -> None:
        if self._rows is not None:
            self._rows.__exit__(*error)  # type: ignore[arg-type]
