"""Files of events as they come, and worse: imported + rejected = read, and after a refusal nothing is stored."""

import codecs
import contextlib
import csv
import gzip
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from heedful.foundation.ledger.verify import verify
from heedful.intake import commands
from heedful.intake.models import Batch, SourceRow
from heedful.loop.incidents.models import Event
from tests.nightly.garbage import UGLY
from tests.nightly.scale import SEED, scaled
from tests.support.logs import HEADER, Log
from tests.support.world import World, make_world

pytestmark = pytest.mark.nightly

FILES = scaled(1_000, least=30)
GOOD = ["R1", "Rowan House", "05/02/2024", "Found on the floor by her bed.", "Slip", "none", "4"]
DATES = st.sampled_from(
    ["05/02/2024", "30/02/2024", "29/02/2023", "5/2/24", "2024-02-05", "31/12/2999", "01/01/0002", ""]
)
CELLS = [
    st.integers(1, 40).map(lambda n: f"R{n}"),
    st.sampled_from(["Rowan House", "Elm Court", "rowan house ", "Nowhere"]),
    DATES,
    st.sampled_from(["Found on the floor.", "She is “quiet”, and thin.", "two\nlines", 'a "quoted" word']),
    st.sampled_from(["Slip", "Meds", "slip", "Other"]),
    st.sampled_from(["none", "severe", "Severe!", ""]),
    st.text(max_size=8),
]
ODD = st.one_of(st.sampled_from(UGLY), st.text(max_size=20))
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "latin-1", "utf-7", "cp037")


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Mostly rows as they should be, a few of them ragged or strange, under a header that may lack something."""
    header = HEADER.split(",")
    if not draw(st.integers(0, 9)):
        header[draw(st.integers(0, 6))] = draw(ODD)
    out = io.StringIO()
    written = csv.writer(out, lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])))
    written.writerow(header)
    sound = not draw(st.integers(0, 3))
    for number in range(draw(st.integers(0, 25))):
        if sound:
            written.writerow([f"T{draw(st.integers(0, 9))}-{number}", *GOOD[1:]])
            continue
        row = [draw(cell) for cell in CELLS] if draw(st.integers(0, 2)) else [f"S{number}", *GOOD[1:]]
        if not draw(st.integers(0, 5)):
            row[draw(st.integers(0, 6))] = draw(ODD)
        if not draw(st.integers(0, 9)):
            row = row[: draw(st.integers(0, 6))] + draw(st.lists(ODD, max_size=2))
        written.writerow([cell.encode("utf-8", "replace").decode() for cell in row])
    return out.getvalue()


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """In some encoding, packed or not, cut off or damaged somewhere."""
    encoding = draw(st.sampled_from(ENCODINGS))
    data = codecs.encode(draw(tables()), encoding, "replace")
    if not draw(st.integers(0, 3)):
        data = gzip.compress(data, mtime=0)
    if not draw(st.integers(0, 3)):
        data = data[: draw(st.integers(0, len(data)))]
    if data and not draw(st.integers(0, 5)):
        damaged = bytearray(data)
        damaged[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
        data = bytes(damaged)
    return data


def stored(world: World) -> tuple[int, int, int]:
    with world.use():
        finished = Batch.objects.filter(finished_at__isnull=False).count()
        assert Batch.objects.count() == finished
        return Event.objects.count(), SourceRow.objects.count(), finished


def said(log: Log) -> tuple[int, dict]:  # type: ignore[type-arg]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = log.run()
    return code, json.loads(out.getvalue())


def test_whatever_the_file_every_row_is_accounted_for_and_nothing_is_half_stored() -> None:
    world, seen = make_world(), set()

    @seed(SEED)
    @settings(max_examples=FILES, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(files())
    def take(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            log = Log(Path(folder), world)
            log.file.write_bytes(data)
            before = stored(world)
            code, told = said(log)
            after = stored(world)
            seen.add(code)
            if code in (commands.REFUSED, commands.ASKED):
                assert after == before, told
                return
            assert told["read"] == told["accepted"] + told["rejected"]
            new = told["created"]
            assert told["accepted"] == new + told["updated"] + told["unchanged"]
            assert after == (before[0] + new, before[1] + new, before[2] + 1)
            again_code, again = said(log)
            assert (again_code, again["created"]) == (code, 0)
            assert stored(world)[:2] == after[:2]

    take()
    # No vacuous pass: some came in whole, some in part, some not at all.
    assert {commands.DONE, commands.REFUSED, commands.SOME_REJECTED} <= seen
    assert verify(world.organisation.id).whole
