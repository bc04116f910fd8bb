"""What each sheet of a workbook is: events, exposures, actions, lists, notes, sums, or an old copy of another."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from heedful.intake.understanding import columns as deciding
from heedful.intake.understanding import headers
from heedful.intake.understanding.datewords import bar, form
from heedful.intake.understanding.headers import Header
from heedful.intake.understanding.held import Held
from heedful.intake.understanding.kindwords import kind_words
from heedful.intake.understanding.model import Column, Layout, Reason
from heedful.intake.understanding.profiles import Profile, profiles
from heedful.intake.understanding.text import at, filled, flat, fold, is_blank, said

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_KEY = re.compile(r"^(key|legend|codes?|notes?)\b.*")
_ROOM = re.compile(
    r"\b(room|lounge|bath|bathroom|kitchen|bed|bedroom|garden|corridor|hall|hallway|"
    r"floor|dining|toilet|stairs)\b"
)
_COUNT_WORDS = re.compile(r"falls|meds|missed|concerns|complaints|upheld|incidents|total|count|%|number of")


def layout(sheet: Held) -> Layout:
    """One sheet by itself; copies are found when all sheets are known."""
    header = headers.find(sheet)
    last = _last_column(header)
    below = [row for row in sheet.sample if row.number > header.last]
    found = profiles(below, last or max((len(row.cells) for row in below), default=0))
    table = Header(header.first, header.last, {place: name for place, name in header.names.items() if place <= last})
    decided = deciding.decided(table, found) if header.first else deciding.without_header(found)
    decided = _with_a_date(_located(decided, found))
    role, reason = _role(sheet, header, decided, found)
    if role == "exposures" and not header.first:
        header = _above_figures(sheet)
    return Layout(
        sheet.name, role, sheet.visibility, header.first, header.last,
        decided if role in ("events", "exposures", "actions") else (),
        last or len(found), _year(sheet, header), _title(sheet, header), (reason,),
    )  # fmt: skip


def _last_column(header: Header) -> int:
    """The table ends where a heading is missing and what follows is a key."""
    places = sorted(header.names)
    for before, place in pairwise(places):
        if place > before + 1 and _KEY.match(fold(header.names[place])):
            return before
    return places[-1] if places else 0


def _with_a_date(decided: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where the day of receipt is the only one given, it is the date of the record."""
    if any(column.meaning in ("date", "date+time") for column in decided):
        return decided
    only = [column for column in decided if column.meaning in ("date_reported", "date_raised")]
    if len(only) != 1:
        return decided
    taken = replace(only[0], meaning="date", confidence=0.6, reasons=(Reason("only_date_there_is"),))
    return tuple(taken if column is only[0] else column for column in decided)


def _located(decided: tuple[Column, ...], found: dict[int, Profile]) -> tuple[Column, ...]:
    """A “Location” is the service when nothing else is and it names no rooms, else a place inside it."""
    has_service = any(column.meaning == "service" for column in decided)
    place = next((column.place for column in decided if column.meaning == "service_or_location"), 0)
    rooms = sum(count for value, count in found[place].values.items() if _ROOM.search(value)) if place else 0
    named = "location" if has_service or (place and rooms > 0.2 * found[place].filled) else "service"
    return tuple(
        replace(column, meaning=named) if column.meaning == "service_or_location" else column for column in decided
    )


def _role(sheet: Held, header: Header, decided: Sequence[Column], found: dict[int, Profile]) -> tuple[str, Reason]:
    meanings = {column.meaning for column in decided}
    dated = bool(meanings & {"date", "date+time"})
    if not header.first:
        return _headless(sheet, _above_figures(sheet), decided, found)
    if dated and "narrative" in meanings:
        return "events", Reason("has_date_and_account")
    if "action" in meanings and meanings & {"action_owner", "action_due", "action_owner+action_due", "action_status"}:
        return "actions", Reason("has_action_and_owner")
    if dated and meanings & {"person", "kind", "reporter"} and sheet.visibility == "shown":
        return "events", Reason("has_date_and_person")
    return _figures(sheet, header, found)


def _figures(sheet: Held, header: Header, found: dict[int, Profile]) -> tuple[str, Reason]:
    numeric = [place for place, profile in found.items() if profile.filled and profile.share("numbers") >= 0.6]
    periods = sum(1 for profile in found.values() if profile.filled and profile.share("dates") >= 0.8)
    months = sum(1 for name in header.names.values() if bar(name) or form(name).shape == "month")
    names = [header.names.get(place, "") for place in numeric]
    counted = sum(1 for name in names if _COUNT_WORDS.search(fold(name)) or kind_words(name).kinds)
    if numeric and (counted > len(numeric) / 2 or sheet.visibility == "very_hidden"):
        return "summary", Reason("counts_of_events")
    if numeric and (periods or months >= 3):
        return "exposures", Reason("figures_by_month")
    return ("lookup", Reason("short_lists")) if _is_list(found) else ("notes", Reason("free_text"))


def _headless(sheet: Held, above: Header, decided: Sequence[Column], found: dict[int, Profile]) -> tuple[str, Reason]:
    rows = len(sheet.sample)
    figures = [profile for profile in found.values() if profile.filled >= 3 and profile.share("numbers") >= 0.6]
    if len(figures) >= 2:
        return _figures(sheet, above, found)
    if decided and sheet.visibility == "shown" and rows >= 3:
        return "events", Reason("dates_and_texts_without_header")
    if sheet.visibility != "shown":
        return ("lookup", Reason("short_lists")) if _is_list(found) else ("summary", Reason("hidden_without_table"))
    return "notes", Reason("free_text")


def _above_figures(sheet: Held) -> Header:
    """The last row of words before the first row of figures."""
    before = None
    for row in sheet.top:
        if sum(isinstance(cell.value, int | float) for cell in row.cells) >= 2:
            break
        before = row
    if before is None or len(filled(before)) < 2:
        return headers.NONE
    return Header(before.number, before.number, {place: said(at(before, place)) for place in filled(before)})


def _is_list(found: dict[int, Profile]) -> bool:
    return bool(found) and all(p.mean_length <= 30 and p.share("dates") < 0.5 for p in found.values() if p.filled)


def _title_rows(sheet: Held, header: Header) -> list[str]:
    above = [row for row in sheet.top if row.number < header.first]
    return [flat(said(at(row, place))) for row in above for place in filled(row)]


def _year(sheet: Held, header: Header) -> int:
    """The one year that the sheet's name, or else a short title, gives."""
    for text in (sheet.name, *(title for title in _title_rows(sheet, header) if len(title) < 40)):
        years = set(_YEAR.findall(text))
        if len(years) == 1 and not re.search(r"20\d\d\s*[-/–]\s*\d\d", text):
            return int(years.pop()) if not re.search(r"print|export|updated|issue", fold(text)) else 0
    return 0


def _title(sheet: Held, header: Header) -> str:
    return next(iter(_title_rows(sheet, header)), "")


def key_rows(sheet: Held, found: Layout) -> list[str]:
    """What stands to the right of the table: the lines of a key."""
    if not found.last_column:
        return []
    return [said(cell) for row in sheet.top for cell in row.cells[found.last_column :] if not is_blank(cell)]
