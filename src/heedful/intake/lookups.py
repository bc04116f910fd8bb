"""Tables of codes in CSV files: an official code, and what it means to Heedful."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from heedful.intake import reading
from heedful.intake.mapping import Code, EventMap
from heedful.intake.refusals import FileRefused, MapRefused

MOST_ROWS = 100_000
Rows = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Coder:
    """Turns the text of one column into a code, the way the map says."""

    spec: Code
    known: frozenset[str]
    table: Rows
    # The organisation's own words in small letters, and what they mean.
    own: Mapping[str, str] = field(default_factory=dict)
    _answers: dict[str, str | None] = field(default_factory=dict, repr=False)

    def code(self, text: str) -> str | None:
        """The code for a text that is not blank, or None when the map does not know it."""
        if text not in self._answers:
            if len(self._answers) >= MOST_ROWS:
                self._answers.clear()
            self._answers[text] = self._found(text)
        return self._answers[text]

    def _found(self, text: str) -> str | None:
        found = self.joined(text) if self.spec.lookup else text
        if found is None:
            return None
        return self.settled(found)

    def joined(self, text: str) -> str | None:
        row = self.table.get(text.casefold())
        return ".".join(row[column] for column in self.spec.take) if row else None

    def settled(self, found: str) -> str | None:
        """The map's word for it, exactly or whatever the capitals; else itself as a code; else the organisation's."""
        folded = {text.casefold(): code for text, code in self.spec.values.items()}
        answer = self.spec.values.get(found) or folded.get(found.casefold())
        return answer or (found if found in self.known else self.own.get(" ".join(found.split()).casefold()))


def coders(
    event_map: EventMap,
    files: Mapping[str, Path],
    vocabulary: Mapping[str, frozenset[str]],
    own: Mapping[str, Mapping[str, str]],
) -> dict[str, Coder]:
    """One coder per field of codes, after a check that every row of every lookup leads somewhere."""
    tables = {name: _read(name, event_map, files) for name in event_map.lookups}
    _refuse_strangers(event_map, files)
    specs = {name: spec for name, spec in event_map.fields.given().items() if isinstance(spec, Code)}
    found = {
        name: Coder(spec, vocabulary[name], tables.get(spec.lookup, {}), own.get(name, {}))
        for name, spec in specs.items()
    }
    for name, coder in found.items():
        _refuse_dead_ends(name, coder)
    return found


def _refuse_strangers(event_map: EventMap, files: Mapping[str, Path]) -> None:
    strangers = sorted(set(files) - set(event_map.lookups))
    if strangers:
        raise MapRefused("lookup_not_in_map", names=", ".join(strangers), map=event_map.name)


def _read(name: str, event_map: EventMap, files: Mapping[str, Path]) -> Rows:
    path = files.get(name)
    if path is None:
        raise MapRefused("lookup_file_missing", name=name, map=event_map.name)
    key = event_map.lookups[name].key
    with reading.table(path) as table:
        taken = {
            c for s in event_map.fields.given().values() if isinstance(s, Code) and s.lookup == name for c in s.take
        }
        missing = sorted({key, *taken} - set(table.header))
        if missing:
            raise FileRefused("lookup_columns_missing", path=path.name, columns=", ".join(missing))
        return _keyed(table, key, path)


def _keyed(table: reading.Table, key: str, path: Path) -> Rows:
    found: dict[str, Mapping[str, str]] = {}
    for record in table.records:
        if record.fault or len(record.cells) != len(table.header):
            raise FileRefused("lookup_row_broken", path=path.name, line=record.line)
        row = {name: cell.strip() for name, cell in zip(table.header, record.cells, strict=True)}
        if row[key].casefold() in found:
            raise FileRefused("lookup_code_twice", path=path.name, line=record.line, code=row[key])
        if len(found) >= MOST_ROWS:
            raise FileRefused("lookup_too_long", path=path.name, limit=MOST_ROWS)
        found[row[key].casefold()] = row
    return found


def _refuse_dead_ends(field: str, coder: Coder) -> None:
    if not coder.spec.lookup:
        return
    reached = {".".join(row[column] for column in coder.spec.take) for row in coder.table.values()}
    dead = sorted(found for found in reached if coder.settled(found) is None)
    if dead:
        raise MapRefused("lookup_leads_nowhere", field=field, values=", ".join(f"“{value}”" for value in dead))
