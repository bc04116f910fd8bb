"""`heedful import` for workbooks that have to be understood: the map they suggest, and what a map makes of them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from pydantic import ValidationError

from heedful.foundation.access import tenant
from heedful.foundation.people import imported as people
from heedful.intake import book_words, mapping, maptext
from heedful.intake.refusals import FileRefused, MapRefused
from heedful.intake.sheets.opening import opened
from heedful.intake.understanding import outcome
from heedful.intake.understanding.book import Understood, understand
from heedful.intake.understanding.bookmap import BookMap
from heedful.intake.understanding.model import Question
from heedful.intake.understanding.suggesting import suggested

LARGEST_LIST = 200_000


def is_book_map(path: Path) -> bool:
    """Whether a map is for workbooks that have to be understood, rather than an exact one for a clean file."""
    parsed = maptext.parsed(path)
    return isinstance(parsed, dict) and parsed.get("heedful_map") == "2"


def load(path: Path) -> BookMap:
    """Read and check a map; everything wrong with it is said at once."""
    try:
        return BookMap.model_validate(maptext.parsed(path))
    except ValidationError as error:
        lines = "\n".join(mapping.line(detail["loc"], str(detail["msg"])) for detail in error.errors())
        raise MapRefused("map_wrong", path=path.name, lines=lines) from error


def names_in(path: Path) -> list[str]:
    """The services in a plain list, one to a line."""
    try:
        text = path.read_bytes()[:LARGEST_LIST].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileRefused("no_such_file", path=str(path)) from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def services_of(organisation: str) -> list[str]:
    """The names of the organisation's services; none when no organisation is given."""
    if not organisation:
        return []
    organisation_id = people.organisation_with_code(organisation)
    if organisation_id is None:
        raise FileRefused("organisation_unknown", code=organisation)
    with tenant.use(organisation_id):
        return [service.name for service in people.services()]


@contextmanager
def read(file: Path, book_map: BookMap, *, services: Sequence[str], today: date) -> Iterator[Understood]:
    """The workbook, understood with a map."""
    with opened(file) as book:
        yield understand(book, book_map, today=today, services=services)


def as_json(found: Understood, book_map: BookMap, *, dry_run: bool) -> dict[str, Any]:
    """Every row, every other row and every question, as a program reads them."""
    counted = outcome.counts(found)
    return {
        "map": book_map.name,
        "dry_run": dry_run,
        "read": len(found.rows),
        "accepted": counted["import"],
        "asked": counted["ask"],
        "rejected": counted["reject"],
        "services": list(found.study.services.names),
        "sheets": outcome.sheets(found),
        "rows": [outcome.row(read) for read in found.rows],
        "other_rows": [{"sheet": other.sheet, "row": other.row, "what": other.what} for other in found.others],
        "questions": [outcome.question(asked, found, book_words.question) for asked in found.asking.all()],
    }


def as_text(found: Understood) -> str:
    """The counts, the reasons, and the questions that are open."""
    counted = outcome.counts(found)
    lines = [
        _("%(read)s rows read: %(import)s to import, %(ask)s to be asked about, %(reject)s left out.")
        % {"read": len(found.rows), **{name: counted[name] for name in ("import", "ask", "reject")}}
    ]
    for (what, code), count in outcome.reasons(found).most_common():
        mark = _("asked") if what == "ask" else _("left out")
        lines.append(f"  {count:>8,}  {mark}: {book_words.reason(code)}")
    return "\n".join([*lines, *_asked(found.open_questions())])


def questions(asked: Sequence[Question], *, as_json: bool) -> str:
    """Why nothing is stored yet."""
    if as_json:
        said = [{"key": one.key, "text": book_words.question(one), "rows": one.rows} for one in asked]
        return json.dumps({"questions": said, "stored": 0}, ensure_ascii=False, indent=2)
    return "\n".join([_("Nothing was imported: a question is open, see below."), *_asked(asked)])


def _asked(questions: Sequence[Question]) -> Iterator[str]:
    for asked in questions:
        yield ""
        yield f"{book_words.question(asked)} " + _("(%(rows)s rows)") % {"rows": asked.rows}
        yield f"  {asked.key}"
        for choice in asked.choices:
            yield f"    {choice.code:<18} {book_words.choice(choice.code, choice.values)}"


def suggest(file: Path, *, services: Sequence[str], today: date) -> str:
    """The suggested map as text, its questions open."""
    with read(file, BookMap(), services=services, today=today) as found:
        made = suggested(found, sentence=book_words.question)
    return dumped(made)


def dumped(book_map: BookMap) -> str:
    said = book_map.model_dump(mode="json")
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110)
