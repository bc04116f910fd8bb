"""What is understood of a workbook, as plain values: sheets, columns, rows, questions. No sentences stand here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Facts that fill a sentence: short texts and numbers only.
Facts = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was taken for what it is: a code with its facts."""

    code: str
    facts: tuple[tuple[str, str | int | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """What a column means, how sure that is, and why. `meaning` is empty for one that is kept as it is."""

    place: int
    header: str
    meaning: str
    confidence: float = 0.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet: what it is, where its header stands, what its columns mean."""

    sheet: str
    role: str
    visibility: str = "shown"
    header_first: int = 0
    header_last: int = 0
    columns: tuple[Column, ...] = ()
    # The last column of the table; what stands to the right of it is a key or a scribble.
    last_column: int = 0
    # The year that the sheet's name or title gives, or 0.
    year: int = 0
    title: str = ""
    reasons: tuple[Reason, ...] = ()
    # Another sheet that holds nearly all rows of this one.
    copy_of: str = ""

    def place(self, meaning: str) -> int:
        """The column with this meaning, or 0."""
        return next((column.place for column in self.columns if column.meaning == meaning), 0)

    def places(self, prefix: str) -> list[Column]:
        return [column for column in self.columns if column.meaning.startswith(prefix)]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given: its code, and the values that go with it."""

    code: str
    values: tuple[str, ...] = ()


@dataclass(slots=True)
class Question:
    """Something about many rows at once that only the owner of the file knows."""

    topic: str
    scope: str
    choices: tuple[Choice, ...]
    facts: dict[str, str | int | float] = field(default_factory=dict)
    rows: int = 0
    example: tuple[str, int] = ("", 0)
    # What the file itself seems to say, offered first; never taken without being asked.
    suggested: Choice | None = None

    @property
    def key(self) -> str:
        return f"{self.topic}/{self.scope}" if self.scope else self.topic


@dataclass(slots=True)
class Event:
    """What a record row says. Dates in ISO form; an empty text is unknown."""

    date: str = ""
    date_end: str = ""
    precision: str = ""
    time: str = ""
    time_end: str = ""
    time_precision: str = ""
    service: str = ""
    kinds: tuple[str, ...] = ()
    narrative: str = ""
    record_type: str = "incident"
    harm: str = "unknown"
    person: str = ""
    reporter: str = ""
    date_reported: str = ""
    ref: str = ""
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Read:
    """One record row: `import`, `ask` or `reject`, why, and what is known of it."""

    sheet: str
    row: int
    outcome: str
    reason: str
    event: Event
    date_candidates: tuple[str, ...] = ()
    service_candidates: tuple[str, ...] = ()
    # Keys of whole-file questions that this row waits for.
    waits_for: tuple[str, ...] = ()
    # Other problems beside the reason.
    notes: tuple[str, ...] = ()

    def reject(self, reason: str) -> "Read":
        self.outcome, self.reason, self.waits_for, self.notes = "reject", reason, (), ()
        return self

    def ask(self, reason: str, waits_for: tuple[str, ...] = ()) -> None:
        """The first reason is the row's; others are kept beside it. What is rejected is not asked about."""
        if self.outcome == "reject":
            return
        if self.outcome == "ask":
            self.notes += (reason,)
        else:
            self.outcome, self.reason = "ask", reason
        self.waits_for += waits_for


@dataclass(frozen=True, slots=True)
class Other:
    """A row that is no record, and what it is instead."""

    sheet: str
    row: int
    what: str
