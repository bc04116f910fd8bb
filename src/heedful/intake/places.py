"""The services that an import knows: those of the organisation, and those that a file lists. Pure."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from heedful.intake import reading
from heedful.intake.cells import Cells
from heedful.intake.mapping import EventMap, ServicesFile
from heedful.intake.refusals import FileRefused, MapRefused

LARGEST_SERVICE = 5_000
# As long as the id of a service may be.
LONGEST_ID = 60
MOST_LOOKED_FOR = 200


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
    _shown: dict[str, str] = field(default_factory=dict)
    _near: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, name: str, zone_name: str) -> None:
        self._zones[key] = zone_name
        self._names.setdefault(name.casefold(), set()).add(key)
        self._shown |= {name.casefold(): name}

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
        """The name that is most like it. Looked for once per text, and not for a column full of strange ones."""
        if text not in self._near and len(self._near) < MOST_LOOKED_FOR:
            found = difflib.get_close_matches(text[:120].casefold(), self._shown, n=1, cutoff=0.7)
            self._near[text] = self._shown[found[0]] if found else ""
        return self._near.get(text, "")


@dataclass
class Listing:
    """What a file of services gives, and which of its rows are left out and why."""

    places: list[ListedPlace] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)


def listed(path: Path, event_map: EventMap) -> Listing:
    """Read a file of services the way the map says."""
    spec = event_map.services.file
    if spec is None:
        raise MapRefused("services_file_not_in_map", map=event_map.name)
    with reading.table(path) as table:
        missing = sorted({spec.key, *spec.names(), spec.capacity} - {""} - set(table.header))
        if missing:
            raise FileRefused("services_columns_missing", path=path.name, columns=", ".join(missing))
        cells = Cells(table.header, event_map.blank)
        found, seen = Listing(), set()
        for record in table.records:
            place = _place(record, cells, len(table.header), spec)
            if isinstance(place, str):
                found.left_out.append((record.line, place))
            elif place.key in seen:
                found.left_out.append((record.line, "listed_twice"))
            else:
                seen.add(place.key)
                found.places.append(place)
    return found


def _place(record: reading.Record, cells: Cells, width: int, spec: ServicesFile) -> ListedPlace | str:
    """The service, or why there is none."""
    if record.fault or len(record.cells) != width:
        return "unsplit"
    cells.turn_to(record.cells)
    key = cells.get(spec.key)
    if not key:
        return "id_blank"
    if len(key) > LONGEST_ID or not key.isprintable():
        return "id_odd"
    capacity = _capacity(cells.get(spec.capacity)) if spec.capacity else None
    if isinstance(capacity, str):
        return capacity
    name, kind, area = (cells.line(text) for text in spec.texts())
    return ListedPlace(key, name or key, kind, area, capacity)


def _capacity(text: str) -> int | str | None:
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "capacity_odd"
    if not number.is_finite() or number != number.to_integral_value() or not 0 < number <= LARGEST_SERVICE:
        return "capacity_odd"
    return int(number)
