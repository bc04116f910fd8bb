"""Actions out of a workbook's lists of actions, and out of the columns of its events: what, who, by when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from heedful.intake.sheets.grid import Row
from heedful.intake.understanding.datewords import form
from heedful.intake.understanding.held import Held
from heedful.intake.understanding.model import Layout
from heedful.intake.understanding.owing import Due, Names, due, is_nobody, split
from heedful.intake.understanding.rowkinds import other_rows
from heedful.intake.understanding.study import Study
from heedful.intake.understanding.text import at, flat, fold, said

_BOTH = "action_owner+action_due"
_NAMED = frozenset({"reporter", "action_owner", _BOTH})
_OWED = frozenset({"action_owner", "action_due", _BOTH})
_WORDS_OF_A_NAME = 4
# What an action is due before it was raised, or long after, was typed wrong.
_BEFORE, _LONG_AFTER = timedelta(days=7), timedelta(days=366 * 3)
_DONE = frozenset({"y", "yes", "done", "complete", "completed", "closed", "✓", "✔", "x", "finished"})
_OPEN = frozenset({"n", "no", "open", "not done", "outstanding", "not started"})
_PART = frozenset({"part", "partly", "in progress", "started", "ongoing", "half"})


@dataclass(frozen=True, slots=True)
class Action:
    """One action: `import`, or `ask` with the reasons. `ref` is the event's own number where the row gives it."""

    sheet: str
    row: int
    text: str
    owners: tuple[str, ...]
    due: date | None
    precision: str
    status: str
    completed: date | None
    ref: str
    outcome: str
    reasons: tuple[str, ...] = ()


def actions(study: Study, staff: Sequence[str] = ()) -> Iterator[Action]:
    """Every action, in the order of the file. Whether its event is one at all, the reader of events says.

    `staff`: the names that the organisation knows; those in the workbook's own lists and columns are added.
    """
    names, happened = Names([*staff, *_full_names(study)]), dict(_dates_by_ref(study))
    for sheet, layout in zip(study.sheets, study.layouts, strict=True):
        columns = {column.meaning for column in layout.columns}
        # Beside an event, what nobody owns and no day is set for was done at once.
        if not layout.copy_of and (layout.role == "actions" or (layout.role == "events" and columns & _OWED)):
            yield from _Sheet(sheet, layout, names, happened).actions()


def _dates_by_ref(study: Study) -> Iterator[tuple[str, date]]:
    """The day of each event that has a number of its own, for the lists of actions that name it."""
    for sheet, layout in zip(study.sheets, study.layouts, strict=True):
        ref = layout.place("local_ref")
        for row in sheet.rows() if layout.role == "events" and ref else ():
            day = _raised(layout, row)
            if day and said(at(row, ref)):
                yield fold(said(at(row, ref))), day


def _raised(layout: Layout, row: Row) -> date | None:
    for meaning in ("action_raised", "date", "date+time"):
        found = form(at(row, layout.place(meaning)).value)
        if found.shape in ("day", "week", "range"):
            return found.parts.on(layout.year)
    return None


def _full_names(study: Study) -> Iterator[str]:
    for sheet, layout in zip(study.sheets, study.layouts, strict=True):
        named = [column for column in layout.columns if column.meaning in _NAMED or _is_owner(layout, column.meaning)]
        places = [column.place for column in named]
        for row in sheet.rows():
            cells = row.cells if layout.role == "lookup" else [at(row, place) for place in places]
            yield from (said(cell) for cell in cells if isinstance(cell.value, str))


def _is_owner(layout: Layout, meaning: str) -> bool:
    """“Who” in a list of actions is who does it."""
    return layout.role == "actions" and meaning == "person" and not layout.place("action_owner")


class _Sheet:
    def __init__(self, sheet: Held, layout: Layout, names: Names, happened: Mapping[str, date]) -> None:
        self._sheet, self._layout, self._names, self._happened = sheet, layout, names, happened
        self._owner = layout.place("action_owner") or next(
            (column.place for column in layout.columns if _is_owner(layout, column.meaning)), 0
        )
        self._day_first = self._proved()

    def actions(self) -> Iterator[Action]:
        for row in self._sheet.rows():
            if row.number > self._layout.header_last and self._is_one(row):
                yield self._action(row)

    def _is_one(self, row: Row) -> bool:
        given = [said(at(row, self._layout.place(meaning))) for meaning in ("action", _BOTH)]
        if self._layout.role == "events":
            # A row of an event has an account, or a date, beside.
            return any(given) and bool(said(at(row, self._layout.place("narrative"))))
        return bool(given[0]) and other_rows(self._layout, row) not in ("total", "header")

    def _dues(self) -> Iterator[str]:
        for row in self._sheet.rows():
            for place in (self._layout.place("action_due"), self._layout.place(_BOTH)):
                value = at(row, place).value if place else None
                if isinstance(value, str):
                    yield value

    def _proved(self) -> bool:
        """The day comes first when some dates can only be read so and none the other way."""
        forms = [form(part.strip()) for text in self._dues() for part in (text, text.rpartition("/ ")[2])]
        parts = [one.parts for one in forms if one.shape == "day" and one.numeric]
        return any(one.day > 12 for one in parts) and not any(one.month > 12 for one in parts)

    def _action(self, row: Row) -> Action:
        ref = said(at(row, self._layout.place("local_ref")))
        raised = _raised(self._layout, row) or self._happened.get(fold(ref))
        owner, when = self._owed(row, raised)
        text = flat(said(at(row, self._layout.place("action"))))
        status, completed = self._status(row), self._day(row, "action_completed")
        owners = (owner,) if is_nobody(owner) else self._names.owners(owner)
        reasons = [*_reasons(text, owner, when, raised, struck=self._is_struck(row))]
        if not is_nobody(owner) and self._names.is_in_doubt(owner):
            reasons.append("owner_ambiguous")
        return Action(
            sheet=self._layout.sheet,
            row=row.number,
            text=text,
            owners=owners,
            due=when.on,
            precision=when.precision,
            status=status,
            completed=completed,
            ref=ref,
            outcome="ask" if reasons else "import",
            reasons=tuple(reasons),
        )

    def _owed(self, row: Row, raised: date | None) -> tuple[str, Due]:
        both = self._layout.place(_BOTH)
        if both:
            value = at(row, both).value
            if isinstance(value, str):
                return split(value, raised, day_first=self._day_first)
            return "", due(value, raised, day_first=self._day_first) or Due()
        value = at(row, self._layout.place("action_due")).value
        blank = value is None or not said(at(row, self._layout.place("action_due")))
        unread = Due() if blank else Due(reason="due_unreadable")
        return said(at(row, self._owner)), due(value, raised, day_first=self._day_first) or unread

    def _is_struck(self, row: Row) -> bool:
        return at(row, self._layout.place("action") or self._layout.place(_BOTH)).struck

    def _status(self, row: Row) -> str:
        text = fold(said(at(row, self._layout.place("action_status"))))
        known = (("done", _DONE), ("open", _OPEN), ("part_done", _PART))
        otherwise = "done" if self._day(row, "action_completed") else ""
        return next((status for status, words in known if text in words), otherwise)

    def _day(self, row: Row, meaning: str) -> date | None:
        found = form(at(row, self._layout.place(meaning)).value)
        return found.parts.on() if found.shape == "day" and (found.stored or self._day_first) else None


def _reasons(text: str, owner: str, when: Due, raised: date | None, *, struck: bool) -> Iterator[str]:
    """What has to be asked: crossed out may mean done, or never meant; no text, nobody, a date that cannot be."""
    if struck:
        yield "struck_out_done_or_error"
    if not text:
        yield "action_text_missing"
    if not owner:
        yield "owner_missing"
    elif is_nobody(owner):
        yield "no_named_owner"
    elif len(owner.split()) > _WORDS_OF_A_NAME:
        yield "owner_unreadable"
    if when.reason:
        yield when.reason
    if when.precision == "event":
        yield "no_date"
    if when.on and raised and when.on < raised - _BEFORE:
        yield "due_before_event"
    if when.on and raised and when.on > raised + _LONG_AFTER:
        yield "due_far_off"
