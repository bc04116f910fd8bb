"""A small log of events as a file, and the command that imports it."""

from datetime import date, timedelta
from pathlib import Path

from django.db import connection

from heedful.intake import commands
from heedful.loop.incidents.models import Event
from tests.support.world import World

MAP = """
heedful_map: 1
name: old-log
source: old-log
fields:
  record: {column: Ref}
  service: {column: Home}
  occurred: {column: Date, format: DD/MM/YYYY}
  words: {column: Account}
  kinds: {always: incident}
  type: {column: Type, values: {Slip: fall.found, Meds: medication}}
  harm_body: {column: Harm, when_blank: unknown}
keep: [Room]
"""
HEADER = "Ref,Home,Date,Account,Type,Harm,Room"


class Log:
    """A file of events and the command that imports it."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder, self.world = folder, world
        self.file, self.map, self.rejects = folder / "log.csv", folder / "map.yaml", folder / "rejects.csv"
        self.map.write_text(MAP, encoding="utf-8")

    def write(self, *rows: str, header: str = HEADER) -> "Log":
        self.file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return self

    def run(self, code: str = "", **changed: object) -> int:
        told = {
            "file": self.file, "map_file": str(self.map), "organisation": code or self.world.organisation.code,
            "create": "", "reader": "", "services": None, "lookups": [], "rejects": self.rejects, "dry_run": False,
            "as_json": True,
        } | changed  # fmt: skip
        return commands.import_events(**told)  # type: ignore[arg-type]


def rows(count: int, *, harm: str = "severe", start: int = 0) -> list[str]:
    first = date(2023, 1, 1)
    return [
        f"R{n},Rowan House,{first + timedelta(days=n % 700):%d/%m/%Y},Found on the floor number {n}.,"
        f"Slip,{harm},{n % 9}"
        for n in range(start, start + count)
    ]


def events(world: World) -> list[Event]:
    with world.use():
        return list(Event.objects.filter(source="history").order_by("number"))


def counts_of_every_table(world: World) -> dict[str, int]:
    with world.use(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relrowsecurity"
        )
        found = {}
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{name}" WHERE organisation_id = %s', [world.organisation.id])
            found[name] = cursor.fetchone()[0]
        return found
