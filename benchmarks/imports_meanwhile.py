"""How long a report takes while a large log is coming in, beside how long it takes when nothing else happens.

python benchmarks/imports_meanwhile.py [ROWS]   Limit: 95 of 100 reports take no more than twice as long. It makes its
own database. The import runs in a process of its own, as it does from the command line; the load says whether two
processors were free.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import django
import imports

from heedful.hosting import testdb

LIMIT, REPORTS, A_SECOND = 2.0, 100, 10


# ruff: noqa: PLC0415 - Django has to know its database first.
def report_times(world: object, count: int, *, until: subprocess.Popen[bytes] | None = None) -> list[float]:
    """Seconds that each report took, ten begun a second: so many, or until the import is over."""
    from tests.support.reports import told

    times: list[float] = []
    begun = time.perf_counter()
    while until.poll() is None if until else len(times) < count:
        start = time.perf_counter()
        told(world, client_key=uuid4())  # type: ignore[arg-type]
        times.append(time.perf_counter() - start)
        time.sleep(max(0.0, begun + len(times) / A_SECOND - time.perf_counter()))
    return times


def line(name: str, times: list[float]) -> float:
    """Half of the reports, and 95 of 100, took no longer."""
    times = sorted(times)
    half, most, longest = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.95, 0.999))
    print(f"| {name:22} | {len(times):5} | {half:7.0f} | {most:7.0f} | {longest:7.0f} | {os.getloadavg()[0]:4.1f} |")
    return most


def main(rows: int, folder: Path) -> None:
    from tests.support.world import make_world

    world = make_world()
    event_map, log = folder / "map.yaml", imports.written(folder / "log.csv", rows)
    event_map.write_text(imports.MAP, encoding="utf-8")
    report_times(world, 20)
    print("| reports | count | half, ms | 95 of 100, ms | longest, ms | load |")
    print("|---|---|---|---|---|---|")
    idle = line("nothing else", report_times(world, REPORTS))
    command = [sys.executable, "-m", "heedful", "import", "events", str(log), "--map", str(event_map)]
    code = world.organisation.code
    with subprocess.Popen([*command, "--organisation", code], stdout=subprocess.DEVNULL) as importing:
        busy = line(f"while {rows:,} rows come in", report_times(world, 0, until=importing))
    line("nothing else, again", report_times(world, REPORTS))
    print(f"\n95 of 100 reports during the import / otherwise: {busy / idle:.2f} (limit {LIMIT:.1f})")


if __name__ == "__main__":
    database = testdb.start()
    try:
        Path(database.environ["HEEDFUL_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
        os.environ.update(database.environ)
        os.environ["DJANGO_SETTINGS_MODULE"] = "heedful.config.settings"
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        django.setup()
        with TemporaryDirectory() as made:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else 40_000, Path(made))
    finally:
        database.stop()
