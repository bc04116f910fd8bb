"""A map says what each column of a file means. It is data: strict, checked before a row is read, shareable."""

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from heedful.intake import dates, maptext
from heedful.intake.refusals import MapRefused

SLUG = r"^[a-z][a-z0-9-]*$"
EARLIEST = date(1990, 1, 1)
# What the checker of settings says, for somebody who wrote a map.
PLAINLY = {
    "Field required": "this is missing",
    "Extra inputs are not permitted": "there is no such setting here",
    "Input should be a valid string": "write a text here",
    "Input should be a valid dictionary": "write names with their values here, one to a line",
}


def _pattern(text: str) -> str:
    try:
        dates.compiled(text)
    except dates.PatternError:
        raise ValueError(f"“{text}” is not a date pattern; write for example DD/MM/YYYY, YYYY-MM-DD or hh:mi") from None
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
# One text where a list may stand is that list with one item.
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]
Names = Annotated[tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]
Verdict = Literal["flag", "reject"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Strict):
    """Words from one column, or from several put together."""

    column: str = ""
    columns: tuple[str, ...] = ()
    join: str = "\n\n"
    before: str = ""
    when_blank: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.column) == bool(self.columns):
            raise ValueError("give either `column` or `columns`")
        return self

    def names(self) -> tuple[str, ...]:
        return self.columns or (self.column,)


class Day(_Strict):
    """A date, with a time of day from the same or another column."""

    column: str
    format: Patterns = ()
    time_column: str = ""
    time_format: Patterns = ("hh:mi",)
    earliest: date = EARLIEST

    def names(self) -> tuple[str, ...]:
        return (self.column, self.time_column) if self.time_column else (self.column,)


class Code(_Strict):
    """One of Heedful's codes: always the same, or found from a column by way of a lookup file and a table."""

    column: str = ""
    always: str = ""
    lookup: str = ""
    take: Names = ()
    values: dict[str, str] = {}
    when_unknown: str = ""
    when_blank: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.column) == bool(self.always):
            raise ValueError("give either `column` or `always`")
        if bool(self.lookup) != bool(self.take):
            raise ValueError("`lookup` names a file and `take` one of its columns: give both or neither")
        return self

    def names(self) -> tuple[str, ...]:
        return (self.column,) if self.column else ()

    def outcomes(self) -> frozenset[str]:
        """Everything that the map itself can answer; several codes stand apart by `|`."""
        return frozenset({self.always, self.when_unknown, self.when_blank, *self.values.values()} - {""})


class Fields(_Strict):
    """What an event is made of."""

    record: Text
    service: Text
    occurred: Day
    aware: Day | None = None
    recorded: Day | None = None
    title: Text | None = None
    words: Text | None = None
    place: Text | None = None
    made_safe: Text | None = None
    kinds: Code
    type: Code | None = None
    harm_body: Code | None = None
    harm_mind: Code | None = None

    def given(self) -> dict[str, Text | Day | Code]:
        return {name: spec for name in type(self).model_fields if (spec := getattr(self, name)) is not None}


class Checks(_Strict):
    """What is looked at beyond one field: `flag` keeps the row and marks it, `reject` leaves it out."""

    recorded_before_it_happened: Verdict = "flag"
    longest_lag_days: int = Field(default=3650, ge=1)
    longer_lag: Verdict = "flag"
    short_words: int = Field(default=0, ge=0)
    # Values expected in a column; another is flagged, not left out.
    expected: dict[str, tuple[str, ...]] = {}


class Lookup(_Strict):
    """A table of codes in a CSV file that the command line names."""

    key: str


class Exposure(_Strict):
    """Care there was room for, from a service's capacity: whole months, marked as estimated."""

    measure: str
    first_month: date
    last_month: date

    @model_validator(mode="after")
    def _months(self) -> Self:
        if self.first_month.day != 1 or self.last_month.day != 1 or self.last_month < self.first_month:
            raise ValueError("write both months by their first day, the earlier first")
        return self


class Described(_Strict):
    """What is said about a service besides its id."""

    name: Text | None = None
    kind: Text | None = None
    area: Text | None = None

    def texts(self) -> tuple[Text | None, Text | None, Text | None]:
        return self.name, self.kind, self.area

    def names(self) -> tuple[str, ...]:
        return tuple(name for text in self.texts() if text for name in text.names())


class ServicesFile(Described):
    """How to read a file of services; its name comes on the command line."""

    key: str
    capacity: str = ""


class Services(_Strict):
    """Which services the rows belong to. With `create`, a row may name one that is not there yet."""

    create: bool = False
    time_zone: str = ""
    nation: str = ""
    # An archive: new services count as closed from this day, so that charts end there and show no false zeros.
    closed_on: date | None = None
    aliases: dict[str, str] = {}
    new: Described = Described()
    file: ServicesFile | None = None
    exposure: Exposure | None = None


class EventMap(_Strict):
    """A whole map for a file of events."""

    heedful_map: Literal["1"]
    name: str = Field(pattern=SLUG, max_length=40)
    about: str = ""
    source: str = Field(pattern=SLUG, max_length=40)
    credit: str = ""
    encoding: Literal["utf-8", "windows-1252", "iso-8859-1", "utf-16"] = "utf-8"
    delimiter: Literal["comma", "semicolon", "tab", "pipe"] = "comma"
    blank: tuple[str, ...] = ()
    lookups: dict[str, Lookup] = {}
    fields: Fields
    keep: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    other_columns: Literal["refuse", "keep", "ignore"] = "refuse"
    checks: Checks = Checks()
    services: Services = Services()

    @model_validator(mode="after")
    def _lookups_exist(self) -> Self:
        for field, spec in self.fields.given().items():
            if isinstance(spec, Code) and spec.lookup and spec.lookup not in self.lookups:
                raise ValueError(f"`{field}` uses the lookup “{spec.lookup}”, which `lookups` does not list")
        return self

    def columns_used(self) -> tuple[str, ...]:
        """Every column that the map reads from the file of events, once each."""
        names = [name for spec in self.fields.given().values() for name in spec.names()]
        names += self.services.new.names()
        return tuple(dict.fromkeys((*names, *self.keep, *self.checks.expected)))

    def digest(self) -> str:
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def load(path: Path) -> EventMap:
    """Read and check a map; everything wrong with it is said at once, field by field."""
    try:
        return EventMap.model_validate(maptext.parsed(path))
    except ValidationError as error:
        lines = [line(detail["loc"], str(detail["msg"])) for detail in error.errors()]
        raise MapRefused("map_wrong", path=path.name, lines="\n".join(lines)) from error


def line(place: Sequence[object], message: str) -> str:
    """One thing wrong with a map, said plainly."""
    where = " > ".join(str(part) for part in place) or "map"
    return f"  {where}: {PLAINLY.get(message, message.removeprefix('Value error, '))}"


def fit(event_map: EventMap, header: Sequence[str]) -> tuple[str, ...]:
    """Check that the map is for this file; returns the columns to keep beside those the map reads."""
    missing = [name for name in event_map.columns_used() if name not in header]
    if missing:
        raise MapRefused("columns_missing", missing=_with_neighbours(missing, header), found=", ".join(header))
    known = {*event_map.columns_used(), *event_map.ignore}
    others = tuple(name for name in header if name not in known)
    if others and event_map.other_columns == "refuse":
        raise MapRefused("columns_not_in_map", columns=", ".join(others))
    return (*event_map.keep, *(others if event_map.other_columns == "keep" else ()))


def _with_neighbours(missing: Sequence[str], header: Sequence[str]) -> str:
    folded = {name.casefold(): name for name in header}
    said = []
    for name in missing:
        near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
        said.append(f"“{name}” (is it “{folded[near[0]]}”?)" if near else f"“{name}”")
    return ", ".join(said)


def refuse_unknown_codes(event_map: EventMap, vocabulary: Mapping[str, frozenset[str]]) -> None:
    """Every code that the map can give must be one that Heedful knows."""
    wrong = []
    for field, spec in event_map.fields.given().items():
        if not isinstance(spec, Code) or field not in vocabulary:
            continue
        given = {code for text in spec.outcomes() for code in text.split("|")}
        wrong += [
            f"  fields > {field}: “{code}” is not a code of Heedful" for code in sorted(given - vocabulary[field])
        ]
    if wrong:
        raise MapRefused("codes_unknown", lines="\n".join(wrong), map=event_map.name)
