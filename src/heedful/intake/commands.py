"""`heedful import events`: what is asked on the command line, and how it ends."""

import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from django.utils.translation import gettext as _

from heedful.intake import book_runs, books, report, wording
from heedful.intake.refusals import MapRefused, Refused
from heedful.intake.runs import Outcome, Request, run

DONE, REFUSED, SOME_REJECTED, ASKED = 0, 1, 3, 4


def import_events(
    *,
    file: Path,
    map_file: str,
    organisation: str,
    create: str,
    reader: str,
    services: Path | None,
    lookups: Sequence[str],
    rejects: Path | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Import a file of events and say what came of it. Returns the exit code."""
    try:
        map_path, named = _map_path(map_file), _lookup_files(lookups)
        request = Request(file, map_path, organisation, create, reader, services, named, rejects, dry_run)
        if books.is_book_map(map_path):
            return _understand(request, as_json=as_json)
        outcome = run(request, at=datetime.now(UTC), progress=_Progress().show)
    except Refused as refused:
        _say_refused(refused, as_json)
        return REFUSED
    return _told(outcome, dry_run=dry_run, as_json=as_json)


def _told(outcome: Outcome, *, dry_run: bool, as_json: bool) -> int:
    if as_json:
        _out(json.dumps(report.as_json(outcome, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        _out(report.as_text(outcome, dry_run=dry_run))
    if outcome.survey.tally.questions:
        return ASKED
    return SOME_REJECTED if outcome.survey.rejected else DONE


def _understand(request: Request, *, as_json: bool) -> int:
    """A workbook with a map of what was understood. Rows that are asked about wait until somebody answers."""
    book_map = books.load(request.map_file)
    if not request.dry_run:
        outcome, waited_for = book_runs.run(request, book_map, at=datetime.now(UTC), progress=_Progress().show)
        if not waited_for:
            return _told(outcome, dry_run=False, as_json=as_json)
        _out(books.questions(waited_for, as_json=as_json))
        return ASKED
    names = books.names_in(request.services_file) if request.services_file else books.services_of(request.organisation)
    with books.read(request.file, book_map, services=names, today=datetime.now(UTC).date()) as found:
        said = books.as_json(found, book_map, dry_run=True) if as_json else books.as_text(found)
        _out(json.dumps(said, ensure_ascii=False, indent=2) if isinstance(said, dict) else said)
        return ASKED if found.open_questions() else DONE


def suggest_map(file: Path, to: Path | None, *, organisation: str, services: Path | None) -> int:
    """Look at a workbook and write the map that it suggests. Returns the exit code."""
    try:
        names = books.names_in(services) if services else books.services_of(organisation)
        text = books.suggest(file, services=names, today=datetime.now(UTC).date())
    except Refused as refused:
        _say_refused(refused, as_json=False)
        return REFUSED
    if to is None:
        _out(text)
    else:
        to.write_text(text, encoding="utf-8")
    return DONE


def _map_path(name: str) -> Path:
    """A file of one's own, or by its name a map that comes with Heedful."""
    path = Path(name)
    shipped = Path(str(resources.files("heedful.intake") / "maps" / f"{name}.yaml"))
    return shipped if not path.exists() and name.replace("-", "").isalnum() and shipped.exists() else path


def _lookup_files(given: Sequence[str]) -> dict[str, Path]:
    found = {}
    for text in given:
        name, equals, path = text.partition("=")
        if not (name and equals and path):
            raise MapRefused("lookup_option_wrong", text=text)
        found[name] = Path(path)
    return found


def _say_refused(refused: Refused, as_json: bool) -> None:
    said = wording.refusal(refused)
    if as_json:
        _out(json.dumps({"refused": refused.code, "text": said}, ensure_ascii=False, indent=2))
    else:
        sys.stderr.write(f"{said}\n{_('Nothing was imported.')}\n")


def _out(text: str) -> None:
    sys.stdout.write(f"{text}\n")


class _Progress:
    """A line on the terminal that is drawn over; elsewhere nothing, so that logs stay short."""

    def __init__(self) -> None:
        self._drawn = 0.0
        self._is_terminal = sys.stderr.isatty()

    def show(self, phase: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._is_terminal or (now - self._drawn < 0.1 and done != total):
            return
        self._drawn = now
        words = {"read": _("Reading: %(done)s rows"), "store": _("Storing: %(done)s of %(total)s events")}
        text = words[phase] % {"done": f"{done:,}", "total": f"{total:,}"}
        sys.stderr.write(f"\r{text}    " + ("\n" if done == total else ""))
        sys.stderr.flush()
