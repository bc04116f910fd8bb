"""The invented workbooks of the shared data keep their scores: no wrong guess, nothing lost, few questions."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from heedful.intake.sheets.opening import opened
from heedful.intake.understanding import outcome
from heedful.intake.understanding.book import understand
from heedful.intake.understanding.bookmap import BookMap
from tests.unit.intake.understanding.pages import TODAY

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "workbooks"
TRUTHS = sorted(FOLDER.glob("truth/*.events.csv"))


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", FOLDER / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not TRUTHS, reason="the shared data is not beside the repository")
@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.name.split(".")[0])
def test_without_any_answer_nothing_is_guessed_wrong_and_nothing_lost(truth: Path) -> None:
    with truth.open(encoding="utf-8") as file:
        wanted = list(csv.DictReader(file))
    path = next(FOLDER.glob(f"{truth.name.split('.')[0]}.*"))
    with opened(path) as book:
        found = understand(book, BookMap(), today=TODAY, services=sorted({row["service"] for row in wanted}))
    got = {(read.sheet, str(read.row)): outcome.row(read) for read in found.rows}
    assert len(got) == len(found.rows) == len(wanted)
    scorer = _scorer()
    points = [scorer.points(row, got[row["sheet"], row["row"]]) for row in wanted]
    assert [what for _points, what in points].count("silent wrong") == 0
    assert sum(point for point, _what in points) / len(wanted) >= 0.85
    assert len(found.open_questions()) <= 8
