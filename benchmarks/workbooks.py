"""How well messy workbooks are understood: the invented ones of the shared data, by their own scorer.

python benchmarks/workbooks.py [FOLDER]   Limits per file: score 0.95, no silent wrong, none lost, at most 8 questions.
Each file is suggested a map, its questions are answered as its manager answers them, and a dry run is scored.
"""

import contextlib
import csv
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
LEAST_SCORE, MOST_QUESTIONS = 0.95, 8
# What the managers' answers in *.answers.csv mean, by topic and by words of their scope or answer; the first that fits.
# (topic, words in the scope or the answer) -> key of the question and the typed answer.
ANSWERS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("colour_meaning", "Green is closed, yellow is with", "colour_meaning/green", {"choice": "closed"}),
    ("colour_meaning", "Green is closed, yellow is with", "colour_meaning/yellow", {"choice": "with_others"}),
    ("colour_meaning", "Closed / answered", "colour_meaning/green", {"choice": "closed"}),
    ("colour_meaning", "Closed / answered", "colour_meaning/grey", {"choice": "closed"}),
    ("colour_meaning", "Closed$", "colour_meaning/green", {"choice": "closed"}),
    ("colour_meaning", "not the same as closed", "colour_meaning/grey", {"choice": "discussed"}),
    ("strike_meaning", "rror", "strike_meaning", {"choice": "error"}),
    ("void", "rror", "void", {"choice": "error"}),
    ("hidden_rows", "Yes", "hidden_rows", {"choice": "import"}),
    ("duplicate_sheet", "old copy", "duplicate_sheet/{scope}", {"choice": "old_copy"}),
    ("date_order", "ask row by row", "date_order/exchanged", {"choice": "by_row"}),
    ("date_order", "the month bar is right", "date_order/exchanged", {"choice": "exchange"}),
    ("date_order", r"except .*\(KD\)", "date_order", {"choice": "day_first_except", "values": ["KD"]}),
    ("service_value", "1-3 March Street .*turned", "service_value/dates",
     {"choice": "service", "values": ["1-3 March Street"]}),
    ("service_value", "sheet 1-3", "service_value/sheet 1-3", {"choice": "service", "values": ["1-3 March Street"]}),
    ("service_value", "sk row by row", "service_value/{scope}", {"choice": "by_row"}),
    ("kind_code", "row by row", "kind_code/{scope}", {"choice": "by_row"}),
    ("harm_scale", "leave harm unknown", "harm_scale/harm", {"choice": "unknown"}),
)  # fmt: skip


def main(folder: Path) -> int:
    print(f"{'file':44} {'score':>6} {'alone':>6} {'wrong':>6} {'lost':>5} {'file q':>7} {'row q':>6} {'seconds':>8}")
    scorer = _scorer(folder / "score.py")
    good = True
    for path in sorted(folder.iterdir()):
        if (folder / "truth" / f"{path.stem}.events.csv").exists():
            good = _one(path, folder / "truth" / path.stem, scorer) and good
    print("score: the organisation's services are known, as after setting up; alone: only what the file itself says.")
    return 0 if good else 1


def _one(path: Path, truth: Path, scorer: ModuleType) -> bool:
    with tempfile.TemporaryDirectory() as scratch:
        known = Path(scratch) / "services.txt"
        with truth.with_name(truth.name + ".events.csv").open(encoding="utf-8") as file:
            known.write_text("\n".join(sorted({row["service"] for row in csv.DictReader(file)})), encoding="utf-8")
        started = time.perf_counter()
        said = _understood(path, truth, ["--services", str(known)], Path(scratch))
        seconds = time.perf_counter() - started
        score, wrong, lost = _scored(said, truth, scorer, Path(scratch))
        alone, _wrong, _lost = _scored(_understood(path, truth, [], Path(scratch)), truth, scorer, Path(scratch))
    questions = len(said["questions"])
    print(f"{path.name:44} {score:6.3f} {alone:6.3f} {wrong:6} {lost:5} {questions:7} {said['asked']:6} {seconds:8.1f}")
    return score >= LEAST_SCORE and wrong == 0 and lost == 0 and questions <= MOST_QUESTIONS


def _understood(path: Path, truth: Path, services: list[str], scratch: Path) -> dict[str, Any]:
    """Suggest, answer, and run dry, as a person would on the command line."""
    map_file = scratch / "map.yaml"
    _heedful("suggest", str(path), "-o", str(map_file), *services)
    made = yaml.safe_load(map_file.read_text(encoding="utf-8"))
    asked = {question["key"] for question in made["questions"]}
    made["answers"] = {key: answer for key, answer in _answers(truth).items() if key in asked}
    map_file.write_text(yaml.safe_dump(made, allow_unicode=True), encoding="utf-8")
    said: dict[str, Any] = json.loads(
        _heedful("events", str(path), "--dry-run", "--json", "--map", str(map_file), *services)
    )
    return said


def _heedful(*arguments: str) -> str:
    command = [sys.executable, "tools/with_settings.py", sys.executable, "-m", "heedful", "import", *arguments]
    ran = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    if ran.returncode not in (0, 4):
        raise SystemExit(ran.stderr)
    return ran.stdout


def _answers(truth: Path) -> dict[str, dict[str, Any]]:
    """What the manager says, as typed answers."""
    found: dict[str, dict[str, Any]] = {}
    with truth.with_name(truth.name + ".answers.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            said = f"{row['scope']} {row['answer']}"
            for topic, words, key, answer in ANSWERS:
                if topic == row["topic"] and re.search(words, said):
                    scope = row["scope"].rpartition("= ")[2].casefold()
                    found.setdefault(key.format(scope=scope), answer)
    return found


def _scored(said: dict[str, Any], truth: Path, scorer: ModuleType, scratch: Path) -> tuple[float, int, int]:
    """Score, silent wrong guesses, and rows lost or doubled."""
    out = scratch / "outcome.json"
    out.write_text(json.dumps(said), encoding="utf-8")
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        scorer.main(str(out), str(truth))
    text = told.getvalue()
    wrong = re.search(r"'silent wrong': (\d+)", text)
    lost = re.search(r"'unaccounted': (\d+)", text)
    score = re.search(r"score (-?[\d.]+)", text)
    assert score is not None
    return float(score[1]), int(wrong[1]) if wrong else 0, int(lost[1]) if lost else 0


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "workbooks"))
