"""`heedful import list` and `heedful import undo`: what was imported, and taking one of it back."""

import json
import sys
from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from heedful.foundation.access import tenant
from heedful.foundation.ledger.operations import System
from heedful.foundation.people import imported as people
from heedful.intake import operations, queries, wording
from heedful.intake.models import Batch
from heedful.intake.refusals import FileRefused, Refused

DONE, REFUSED, SOME_KEPT = 0, 1, 3


def list_imports(*, organisation: str, as_json: bool) -> int:
    """Say which imports there were, the newest first."""
    try:
        organisation_id = _organisation(organisation)
    except Refused as refused:
        return _say_refused(refused, as_json)
    with tenant.use(organisation_id):
        found = queries.batches()
    _out(json.dumps([_facts(one) for one in found], indent=2) if as_json else "\n".join(_line(one) for one in found))
    return DONE


def undo_import(*, batch: UUID, organisation: str, as_json: bool) -> int:
    """Take an import back and say what is gone and what is kept. Returns the exit code."""
    try:
        by = System(_organisation(organisation))
        with tenant.use(by.organisation_id):
            found = queries.batch(batch)
        if found is None:
            raise FileRefused("import_unknown")
        undone = operations.undo(batch=found, by=by, at=datetime.now(UTC))
    except Refused as refused:
        return _say_refused(refused, as_json)
    _out(json.dumps(_facts(undone), indent=2) if as_json else "\n".join(_told(undone)))
    return SOME_KEPT if undone.stayed else DONE


def _organisation(code: str) -> UUID:
    found = people.organisation_with_code(code)
    if found is None:
        raise FileRefused("organisation_not_there", code=code)
    return found


def _told(undone: Batch) -> list[str]:
    counts = {"file": undone.file_name, "gone": f"{undone.gone:,}", "back": f"{undone.back:,}"}
    first = _("The import of %(file)s is undone: %(gone)s events are gone, %(back)s say again what they said before.")
    return [first % counts, *wording.stayed(undone.stayed)]


def _line(one: Batch) -> str:
    state = _("undone") if one.undone_at else _("done") if one.finished_at else _("not finished")
    counts = _("%(created)s added, %(updated)s changed, %(unchanged)s unchanged, %(rejected)s rejected") % {
        name: f"{getattr(one, name):,}" for name in ("created", "updated", "unchanged", "rejected")
    }
    return f"{one.id}  {one.started_at:%Y-%m-%d %H:%M}  {one.file_name}  {one.map_name}  {state}: {counts}"


def _facts(one: Batch) -> dict[str, object]:
    names = ("file_name", "map_name", "source_system", "read", "created", "updated", "unchanged", "rejected")
    moments = {
        name: at.isoformat() if (at := getattr(one, name)) else None
        for name in ("started_at", "finished_at", "undone_at")
    }
    facts = {name: getattr(one, name) for name in (*names, "services", "months", "gone", "back", "stayed")}
    return {"batch": str(one.id), **moments, **facts}


def _say_refused(refused: Refused, as_json: bool) -> int:
    said = wording.refusal(refused)
    if as_json:
        _out(json.dumps({"refused": refused.code, "text": said}, ensure_ascii=False, indent=2))
    else:
        sys.stderr.write(f"{said}\n")
    return REFUSED


def _out(text: str) -> None:
    sys.stdout.write(f"{text}\n")
