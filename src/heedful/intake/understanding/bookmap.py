"""The map of a workbook: what its tables mean and what its owner answered. Saved, and used again next month."""

import hashlib
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from heedful.intake.understanding.asking import choices
from heedful.intake.understanding.kindwords import KINDS
from heedful.intake.understanding.meanings import MEANINGS
from heedful.intake.understanding.model import Layout
from heedful.intake.understanding.text import fold

SLUG = r"^[a-z][a-z0-9-]*$"
KNOWN = MEANINGS | {f"kind:{kind}" for kind in KINDS} | {""}


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

    @model_validator(mode="after")
    def _meanings_are_known(self) -> Self:
        for name, meaning in self.columns.items():
            if meaning not in KNOWN:
                raise ValueError(f"“{name}”: “{meaning}” is no meaning of a column")
        return self

    def likeness(self, layout: Layout) -> float:
        mine = {fold(name) for name in self.columns}
        theirs = {fold(heading(layout, place)) for place in range(len(layout.columns))}
        return len(mine & theirs) / max(len(mine | theirs), 1)


class Asked(_Strict):
    """A question as it stood when the map was suggested: for people, not read back."""

    key: str
    question: str = ""
    choices: tuple[str, ...] = ()
    suggested: str = ""
    example: str = ""
    rows: int = 0


class BookMap(_Strict):
    heedful_map: Literal["2"] = "2"
    name: str = Field(default="workbook", pattern=SLUG, max_length=40)
    about: str = ""
    source: str = Field(default="workbook", pattern=SLUG, max_length=40)
    credit: str = Field(default="", max_length=300)
    # Each service with other spellings of it.
    services: dict[str, tuple[str, ...]] = {}
    tables: tuple[Table, ...] = ()
    answers: dict[str, Answer] = {}
    questions: tuple[Asked, ...] = ()

    @model_validator(mode="after")
    def _answers_are_choices(self) -> Self:
        for key, answer in self.answers.items():
            allowed = {choice.code for choice in choices(topic_of(key))}
            if answer.choice not in allowed:
                raise ValueError(f"`{key}`: “{answer.choice}” is no answer; choose {', '.join(sorted(allowed))}")
        return self

    def digest(self) -> str:
        """What the map decides; questions only stand in it for people."""
        return hashlib.sha256(self.model_dump_json(exclude={"questions"}).encode()).hexdigest()

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


def topic_of(key: str) -> str:
    """The topic whose choices a key has."""
    return "date_exchanged" if key == "date_order/exchanged" else key.partition("/")[0]
