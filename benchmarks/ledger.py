"""How long `heedful ledger verify` takes. Limit: one million entries in at most 60 seconds.

python benchmarks/ledger.py [ENTRIES]
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import django
import psutil

from heedful.hosting import testdb

LIMIT_SECONDS = 60.0


def main(entries: int) -> None:
    database = testdb.start()
    os.environ.update(database.environ, DJANGO_SETTINGS_MODULE="heedful.config.settings")
    Path(database.environ["HEEDFUL_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    try:
        django.setup()
        organisation = _fill(entries, database.owner_url)
        from heedful.foundation.ledger.verify import verify  # noqa: PLC0415  (needs the settings above)

        server = _server_process()
        wall, cpu, theirs = time.perf_counter(), time.process_time(), sum(server.cpu_times()[:2])
        report = verify(organisation)
        theirs = sum(server.cpu_times()[:2]) - theirs
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        assert report.entries == entries + 1, report.entries
        assert not report.faults, report.faults[:3]
        allowed = LIMIT_SECONDS * entries / 1_000_000
        # The two wait for each other: on a machine that does nothing else, the wall is hardly more than their sum.
        print("| entries | wall s | CPU s | database CPU s | limit s | CPU / limit |\n|---|---|---|---|---|---|")
        share = (cpu + theirs) / allowed
        print(f"| {entries:,} | {wall:.1f} | {cpu:.1f} | {theirs:.1f} | {allowed:.1f} | {share:.2f} |")
    finally:
        database.stop()


def _server_process() -> psutil.Process:
    """The database's process for this connection."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


def _fill(entries: int, owner_url: str) -> UUID:
    """A chain as `write` makes it, put in by the owner in bulk."""
    import psycopg  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    from heedful.foundation.access.models import new_id  # noqa: PLC0415
    from heedful.foundation.ledger.chain import Link, canonical, entry_hash, payload_hash  # noqa: PLC0415
    from heedful.foundation.ledger.verify import verify  # noqa: PLC0415
    from heedful.foundation.people.operations import found_organisation  # noqa: PLC0415

    start = datetime(2026, 1, 5, 8, tzinfo=UTC)
    organisation = found_organisation(code="bench", name="Bench Care", at=start).id
    previous, key = bytes.fromhex(verify(organisation).head), settings.HEEDFUL_LEDGER_KEY
    with psycopg.connect(owner_url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT set_config('heedful.organisation_id', %s, false)", [str(organisation)])
        cursor.execute("CREATE TEMP TABLE e (LIKE ledger_entry); CREATE TEMP TABLE p (LIKE ledger_payload)")
        payloads = []
        columns = (
            "organisation_id, sequence, id, kind, actor_id, subject_type, subject_id, at, policy_version,"
            " payload_hash, previous_hash, hash"
        )
        with cursor.copy(f"COPY e ({columns}) FROM STDIN") as copy:
            for number in range(entries):
                body = canonical({"number": number, "why": "a reason of ordinary length, as a manager would write it"})
                link = Link(
                    organisation, number + 2, new_id(), "event.triaged", new_id(), "event", new_id(),
                    start + timedelta(seconds=number), "uk-default-1", payload_hash(key, body),
                )  # fmt: skip
                digest = entry_hash(key, link, previous)
                copy.write_row((*vars(link).values(), previous, digest))
                payloads.append((link.id, body))
                previous = digest
        with cursor.copy("COPY p (id, organisation_id, entry_id, body) FROM STDIN") as copy:
            for entry_id, body in payloads:
                copy.write_row((new_id(), organisation, entry_id, body))
        cursor.execute(f"INSERT INTO ledger_entry ({columns}) SELECT {columns} FROM e")
        cursor.execute(
            "INSERT INTO ledger_payload (id, organisation_id, entry_id, body)"
            " SELECT id, organisation_id, entry_id, body FROM p"
        )
        cursor.execute("UPDATE ledger_head SET sequence = %s, hash = %s", [entries + 1, previous])
    return organisation


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
