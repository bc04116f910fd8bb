"""The map of a workbook: what its tables mean and what its owner answered. Saved, and used again next month."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from heedful.intake.understanding.model import Layout
from heedful.intake.understanding.text import fold

SLUG = r"^[a-z][a-z0-9-]*$"
ROLES = ("events", "exposures", "actions", "lookup", "notes", "summary")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(_Strict):
    """What the owner chose for a question: a code, and the values that belong to it."""

    choice: str
    values: tuple[str, ...] = ()


class Table(_Strict):
    """One kind of sheet, known again by its headings, not by its name."""

    sheet: str = ""
    role: Literal["events", "exposures", "actions", "lookup", "notes", "summary"] = "events"
    columns: dict[str, str] = {}

    def likeness(self, layout: Layout) -> float:
        mine = {fold(name) for name in self.columns}
        theirs = {fold(heading(layout, place)) for place in range(len(layout.columns))}
        return len(mine & theirs) / max(len(mine | theirs), 1)


class Asked(_Strict):
    """A question as it stood when the map was suggested: for people, not read back."""

    key: str
    question: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    rows: int = 0


class BookMap(_Strict):
    heedful_map: Literal["2"] = "2"
    name: str = Field(default="workbook", pattern=SLUG, max_length=40)
    about: str = ""
    source: str = Field(default="workbook", pattern=SLUG, max_length=40)
    # Each service with other spellings of it.
    services: dict[str, tuple[str, ...]] = {}
    tables: tuple[Table, ...] = ()
    answers: dict[str, Answer] = {}
    questions: tuple[Asked, ...] = ()

    def answer(self, key: str) -> Answer | None:
        return self.answers.get(key)

    def aliases(self) -> dict[str, str]:
        return {spelling: name for name, spellings in self.services.items() for spelling in spellings}

    def table_for(self, layout: Layout) -> Table | None:
        """The table whose headings are nearly those of the sheet."""
        likeliest = max(self.tables, key=lambda table: table.likeness(layout), default=None)
        return likeliest if likeliest and likeliest.likeness(layout) >= 0.8 else None


def heading(layout: Layout, index: int) -> str:
    """What a column is called in the map: its heading, or its place where it has none."""
    column = layout.columns[index]
    return column.header or f"column {column.place}"


def tables(layouts: Mapping[str, Layout]) -> tuple[Table, ...]:
    """One table for all sheets with the same headings."""
    found: dict[tuple[str, ...], Table] = {}
    for name, layout in layouts.items():
        if layout.role != "events" or layout.copy_of:
            continue
        columns = {heading(layout, index): column.meaning for index, column in enumerate(layout.columns)}
        found.setdefault(tuple(fold(text) for text in columns), Table(sheet=name, role="events", columns=columns))
    return tuple(found.values())
