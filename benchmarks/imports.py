"""How fast a log goes in, end to end, and beside a bare COPY of the same rows into the same table.

python benchmarks/imports.py [ROWS]   Limits: 3,000 rows a second, and 0.20 of the bare COPY. It makes its own database.
Processor seconds are of this process and its database connection together. The two overlap while the file is read, so
the clock needs fewer where two processors are free; the load says whether they were.
"""

import os
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import django

from heedful.hosting import roles, testdb

ROWS_A_SECOND, SHARE_OF_COPY = 3_000, 0.20
MAP = """
heedful_map: 1
name: bench
source: bench
fields:
  record: {column: Ref}
  service: {column: Home}
  occurred: {column: Date, format: DD/MM/YYYY, time_column: Time}
  recorded: {column: Written, format: DD/MM/YYYY}
  words: {column: Account}
  place: {column: Where}
  made_safe: {column: Done}
  kinds: {always: incident}
  type: {column: Type, values: {Slip: fall.found, Meds: medication, Upset: behaviour, Skin: pressure_ulcer}}
  harm_body: {column: Harm, when_blank: unknown}
keep: [Room]
services: {create: true}
"""
WORDS = """
found on the floor beside her bed calm and talking no pain seen by the nurse observations taken and written down
family told by telephone sensor mat was switched off put back on after breakfast walked with frame to lounge
""".split()  # noqa: SIM905 - read as a list of words


def written(path: Path, rows: int, *, harm: str = "") -> Path:
    """A made-up log: forty homes, five years, accounts of ten to sixty words."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        file.write("Ref,Home,Date,Time,Written,Account,Where,Done,Type,Harm,Room\n")
        for n in range(rows):
            day = date(2020, 1, 1) + timedelta(days=chance.randrange(1825))
            place, harmed = chance.choice(("Lounge", "Bedroom")), chance.choice(("none", "low", ""))
            account = " ".join(chance.choices(WORDS, k=chance.randint(10, 60))) + f" {n}."
            file.write(
                f"R{n},Home {n % 40:02},{day:%d/%m/%Y},{chance.randrange(24):02}:{chance.randrange(60):02},"
                f"{day + timedelta(days=chance.randrange(4)):%d/%m/%Y},{account},{place},"
                f"Sat with her,{chance.choice(('Slip', 'Meds', 'Upset', 'Skin'))},"
                f"{harm or harmed},{n % 30}\n"
            )
    return path


# ruff: noqa: PLC0415 - Django has to know its database first.
def cost_of(what: Callable[[], object]) -> tuple[float, float, float]:
    """Seconds on the clock, of this process, and of its database connection (where the system tells)."""
    clock, mine, theirs = time.perf_counter(), time.process_time(), database_seconds()
    what()
    return time.perf_counter() - clock, time.process_time() - mine, database_seconds() - theirs


def database_seconds() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return backend_seconds(cursor.fetchone()[0])


def backend_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def slowness() -> float:
    """How much slower a second of processor time is than on an idle machine of 2025 (12 ms): neighbours cost caches."""
    start = time.process_time()
    for _ in range(10):
        sum(range(1_000_000))
    return (time.process_time() - start) / 10 / 0.012


def imported(file: Path, event_map: Path, *, dry_run: bool = False) -> None:
    from heedful.intake.runs import Request, run

    request = Request(file, event_map, "bench", create="Bench Care", dry_run=dry_run)
    run(request, at=datetime.now(UTC), progress=lambda *_: None)


def bare_copy(urls: tuple[str, str], organisation: UUID, *, keys: bool) -> tuple[float, float, float]:
    """The same events by COPY, as the role that serves, into a table of the same shape, checks and indexes.

    Without policy, history, ledger, source rows and search; with or without the foreign keys that the real table has.
    """
    import psycopg

    with psycopg.connect(urls[1], autocommit=True) as owner, psycopg.connect(urls[0]) as app:
        owner.execute("SELECT set_config('heedful.organisation_id', %s, false)", [str(organisation)])
        owner.execute("CREATE TABLE bench_event (LIKE incidents_event INCLUDING ALL)")
        owner.execute(f"GRANT INSERT ON bench_event TO {roles.APP}")
        for column, table in (
            (("organisation", "organisation"), ("service", "service"), ("team", "team")) if keys else ()
        ):
            owner.execute(f"ALTER TABLE bench_event ADD FOREIGN KEY ({column}_id) REFERENCES people_{table} (id)")
        with owner.cursor().copy("COPY (SELECT * FROM incidents_event) TO STDOUT") as out:
            rows = b"".join(out)
        start, mine, theirs = time.perf_counter(), time.process_time(), backend_seconds(app.info.backend_pid)
        with app.cursor().copy("COPY bench_event FROM STDIN") as into:
            into.write(rows)
        app.commit()
        theirs = backend_seconds(app.info.backend_pid) - theirs
        took = time.perf_counter() - start, time.process_time() - mine, theirs
        owner.execute("DROP TABLE bench_event")
    return took


def line(name: str, rows: int, cost: tuple[float, float, float]) -> tuple[float, float]:
    """Rows a second by the clock, and of processor time, ours and the database's."""
    clock, mine, theirs = cost
    speed = rows / (mine + theirs)
    print(
        f"| {name:34} | {clock:6.1f} | {mine:6.1f} | {theirs:6.1f} | {rows / clock:8,.0f} | {speed:8,.0f}"
        f" | {rows / clock / ROWS_A_SECOND:5.2f} | {speed / ROWS_A_SECOND:5.2f} | {os.getloadavg()[0]:4.1f} |",
        flush=True,
    )
    return rows / clock, speed


def main(rows: int, urls: tuple[str, str], folder: Path) -> None:
    from heedful.foundation.people.imported import organisation_with_code

    event_map = folder / "map.yaml"
    event_map.write_text(MAP, encoding="utf-8")
    first, second = written(folder / "log.csv", rows), written(folder / "changed.csv", rows, harm="low")
    print(f"{rows:,} rows, {first.stat().st_size / 1e6:.1f} MB\n")
    print(f"A second of processor time is worth {1 / slowness():.2f} of an idle machine's now.\n")
    print("A share of 3,000 rows a second, by the clock and of processor time, and the load of the machine stand last.")
    print("| run | clock s | process CPU s | database CPU s | rows/s by the clock | rows/CPU s | clock | CPU | load |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    whole = line("import, all new", rows, cost_of(lambda: imported(first, event_map)))
    line("the same file again: nothing new", rows, cost_of(lambda: imported(first, event_map)))
    line("two thirds of the rows changed", rows, cost_of(lambda: imported(second, event_map)))
    line("dry run", rows, cost_of(lambda: imported(second, event_map, dry_run=True)))
    organisation, memory = organisation_with_code("bench"), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert organisation is not None
    for name, keys in (("bare COPY, same indexes", False), ("bare COPY, with its foreign keys", True)):
        copied = line(name, rows, bare_copy(urls, organisation, keys=keys))
        clock, cpu = whole[0] / copied[0], whole[1] / copied[1]
        print(f"  Import / {name}: {clock:.2f} by the clock, {cpu:.2f} in CPU (limit {SHARE_OF_COPY:.2f})")
    print(f"\nHighest memory of the process after the imports: {memory / 1024:.0f} MB")


if __name__ == "__main__":
    database = testdb.start()
    try:
        Path(database.environ["HEEDFUL_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
        os.environ.update(database.environ)
        os.environ["DJANGO_SETTINGS_MODULE"] = "heedful.config.settings"
        django.setup()
        with TemporaryDirectory() as made:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else 40_000, (database.url, database.owner_url), Path(made))
    finally:
        database.stop()
