"""The services that an import knows: those of the organisation, and those that a file lists. Pure."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from heedful.intake import reading
from heedful.intake.cells import LONGEST, Cells
from heedful.intake.mapping import EventMap, ServicesFile
from heedful.intake.refusals import FileRefused, MapRefused

LARGEST_SERVICE = 5_000


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A service in a file of services; without a capacity it is counted, and has no rate."""

    key: str
    name: str
    kind: str
    area: str
    capacity: int | None


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise MapRefused("time_zone_unknown", zone=name) from None


@dataclass
class KnownPlaces:
    """Finds a service by its exact id, or by its name or an alias of the map whatever the capitals."""

    may_create: bool
    default_zone: str
    aliases: Mapping[str, str]
    _zones: dict[str, str] = field(default_factory=dict)
    _names: dict[str, set[str]] = field(default_factory=dict)

    def add(self, key: str, name: str, zone_name: str) -> None:
        self._zones[key] = zone_name
        self._names.setdefault(name.casefold(), set()).add(key)

    def key(self, text: str) -> str | None:
        """None for a service that is not known, or whose name two services share."""
        wanted = self.aliases.get(text, text)
        if wanted in self._zones:
            return wanted
        found = self._names.get(wanted.casefold(), set())
        return next(iter(found)) if len(found) == 1 else None

    def zone(self, key: str) -> ZoneInfo:
        return zone(self._zones.get(key, self.default_zone))

    def near(self, text: str) -> str:
        known = {name.casefold(): name for name in (*self._zones, *self._names)}
        found = difflib.get_close_matches(text.casefold(), known, n=1, cutoff=0.7)
        return known[found[0]] if found else ""


def listed(path: Path, event_map: EventMap) -> list[ListedPlace]:
    """Read a file of services the way the map says."""
    spec = event_map.services.file
    if spec is None:
        raise MapRefused("services_file_not_in_map", map=event_map.name)
    with reading.table(path) as table:
        missing = sorted({spec.key, *spec.names(), spec.capacity} - {""} - set(table.header))
        if missing:
            raise FileRefused("services_columns_missing", path=path.name, columns=", ".join(missing))
        cells = Cells(table.header, event_map.blank)
        found: dict[str, ListedPlace] = {}
        for record in table.records:
            if record.fault or len(record.cells) != len(table.header):
                raise _broken(path, record, "it cannot be split into its columns")
            cells.turn_to(record.cells)
            place = _place(cells, spec, path, record)
            if place.key in found:
                raise _broken(path, record, f"“{place.key}” is listed already")
            found[place.key] = place
    return list(found.values())


def _broken(path: Path, record: reading.Record, why: str) -> FileRefused:
    return FileRefused("services_row_broken", path=path.name, line=record.line, why=why)


def _place(cells: Cells, spec: ServicesFile, path: Path, record: reading.Record) -> ListedPlace:
    key = cells.get(spec.key)
    if not key or len(key) > LONGEST["service"] or not key.isprintable():
        raise _broken(path, record, "its id is blank or odd")
    capacity = _capacity(cells.get(spec.capacity), path, record) if spec.capacity else None
    name, kind, area = (cells.line(text) for text in spec.texts())
    return ListedPlace(key, name or key, kind, area, capacity)


def _capacity(text: str, path: Path, record: reading.Record) -> int | None:
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _broken(path, record, f"the capacity “{text[:40]}” is not a number") from None
    if not number.is_finite() or number != number.to_integral_value() or not 0 < number <= LARGEST_SERVICE:
        raise _broken(path, record, f"the capacity {text[:40]} is not a whole number from 1 to {LARGEST_SERVICE}")
    return int(number)
