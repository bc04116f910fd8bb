"""Whatever the file, nothing crashes, and every row is accounted for: accepted + rejected = read."""

import csv
import gzip
import io
import re
import string
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import heedful.intake
from heedful.intake import rejects, survey, wording
from heedful.intake.refusals import Refused
from tests.unit.intake.support import HEADER, ROW, job_for, tried_file

TRAPS = 'A1|A2|rh|Rowan House|05/02/2026|30/02/2026|01/01/0002|05/02/2105|Slip|=1+1|-1|\'=1|\0|\u202e|"|"x|😟|\r\n'
CELL = st.one_of(st.text(max_size=40), st.sampled_from(["", "x" * 3_000, *TRAPS.split("|")]))
ACCOUNTED, REFUSED = ENDS = ("every row is accounted for", "the file is refused")
ROWS = st.lists(st.lists(CELL, min_size=0, max_size=8), max_size=12)


def surveyed(data: bytes) -> str:
    """How it ended: every row is accounted for, or the file as a whole is refused in plain words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_bytes(data)
        to = Path(folder) / "rejects.csv"
        job = job_for(path)
        try:
            found = tried_file(job, to).survey
        except Refused as refused:
            assert "%(" not in wording.refusal(refused)
            assert not to.exists()
            return REFUSED
        with to.open(encoding="utf-8-sig", newline="") as file:
            kept = list(csv.reader(file))[1:]
        assert len(kept) == found.rejected
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in kept for cell in row)
        for _, problems in found.tally.examples.items():
            for _, problem in problems:
                assert wording.whole(problem).isprintable() or "\n" not in problem.value
        return ACCOUNTED


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_any_rows_are_accounted_for(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([HEADER.split(","), *rows])
    assert surveyed(text.getvalue().encode("utf-8", "surrogatepass")) in ENDS


@given(st.binary(max_size=400), st.booleans())
@example(b'"', False)
@example(b"\r", False)
@example(b"\xff", True)
@settings(max_examples=150, deadline=None)
def test_any_bytes_after_a_good_start_are_accounted_for_or_refused(data: bytes, packed: bool) -> None:
    whole = f"{HEADER}\n{ROW}\n".encode() + data
    assert surveyed(gzip.compress(whole) if packed else whole) in ENDS


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_at_all_are_accounted_for_or_refused(data: bytes) -> None:
    assert surveyed(data) in ENDS


@given(st.integers(min_value=1, max_value=200), st.integers(min_value=0, max_value=255))
@settings(max_examples=60, deadline=None)
def test_a_packed_file_cut_off_or_damaged_anywhere_is_refused_or_read_whole(cut: int, byte: int) -> None:
    packed = gzip.compress(f"{HEADER}\n{ROW}\n".encode(), mtime=0)
    assert surveyed(packed) == ACCOUNTED
    assert surveyed(packed[: max(len(packed) - cut, 0)]) in ENDS
    damaged = bytearray(packed)
    damaged[cut % len(damaged)] = byte
    assert surveyed(bytes(damaged)) in ENDS


@given(st.lists(st.text(alphabet=string.printable + "é＝\u202e", max_size=20), min_size=6, max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_rejected_row_comes_back_from_its_file_exactly_as_it_was(cells: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, to = Path(folder) / "log.csv", Path(folder) / "rejects.csv"
        cells = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER.split(","), cells])
        job = job_for(path)
        found = survey.survey(job, rejects_to=to, reason=wording.whole, progress=lambda done: None)
        if not found.rejected:
            return
        assert rejects.is_ours(to)
        again = tried_file(job_for(to))
        assert again.rows[0].record.cells == tuple(cells)
        assert again.rows[0].candidate is None


def test_every_code_in_the_program_has_its_words() -> None:
    folder = Path(heedful.intake.__file__).parent
    files = [path for path in folder.rglob("*.py") if path.name not in ("wording.py", "file_words.py")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    refusals = set(re.findall(r'(?:File|Map)Refused\(\s*"(\w+)"', source))
    problems = set(re.findall(r'Problem\(\s*"(\w+)"', source))
    assert len(refusals) > 30
    assert refusals - set(wording.REFUSALS) == set()
    assert problems - set(wording.PROBLEMS) == set()
    named = set(re.findall(r'"(\w+)"', source))
    assert set(wording.REFUSALS) - named <= {"is_a_workbook", "is_a_pdf", "is_a_picture", "is_a_web_page"}


@pytest.mark.parametrize("size", [3_000])
def test_memory_does_not_grow_with_accounts(tmp_path: Path, size: int) -> None:
    import tracemalloc

    path = tmp_path / "log.csv"
    line = ",Rowan House,05/02/2026,06/02/2026," + "y" * 2_000 + "{n},Slip\n"
    path.write_text(HEADER + "\n" + "".join(f"A{n}{line.format(n=n)}" for n in range(size)), encoding="utf-8")
    job = job_for(path)
    tracemalloc.start()
    found = survey.survey(job, rejects_to=None, reason=wording.whole, progress=lambda done: None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.accepted == size
    assert peak < path.stat().st_size / 2
