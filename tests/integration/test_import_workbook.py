"""A log as people keep it comes in by a suggested map: nothing before its questions are answered, nothing twice."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from heedful.intake import commands, queries
from tests.support.logs import Log, counts_of_every_table, events
from tests.support.world import make_world

BOOK = """Accident book of the house;;;;;;
;;;;;;
No.;Date;Time;Home;Type;What happened;Staff
1;21/3/25;21.15;Rowan House;Fall;Found on the floor beside her bed;LK
2;22/3/25;;rowan hse;Meds;Evening tablets still in the pot;LK
3;w/c 24.3.25;night;Rowan House;Behaviour;Shouted from her room, woke the others;JS
4;28/3/25;9am;Rowan House;Fall;VOID - wrong person;JS
5;30/3/25;approx 9am;Rowan;R.P.;Door held shut for ten minutes;JS
5;30/3/25;approx 9am;Rowan;R.P.;Door held shut for ten minutes;JS
6;;9am;Rowan House;Fall;Slipped at the door, nobody wrote down when;JS
Total;6;;;;;
"""


@pytest.fixture
def log(tmp_path: Path) -> Log:
    log = Log(tmp_path, make_world())
    log.file.write_text(BOOK, encoding="utf-8")
    assert commands.suggest_map(log.file, log.map, organisation=log.world.organisation.code, services=None) == 0
    return log


def _answer(log: Log) -> None:
    made = yaml.safe_load(log.map.read_text(encoding="utf-8"))
    assert [question["key"] for question in made["questions"]] == ["void"]
    made["answers"] = {"void": {"choice": "error"}}
    log.map.write_text(yaml.safe_dump(made), encoding="utf-8")


def test_a_messy_log_comes_in_when_its_question_is_answered_and_only_once(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    before = counts_of_every_table(log.world)
    assert log.run(dry_run=True) == commands.ASKED
    assert log.run() == commands.ASKED
    assert counts_of_every_table(log.world) == before
    _answer(log)
    capsys.readouterr()
    assert log.run() == commands.SOME_REJECTED
    said = json.loads(capsys.readouterr().out)
    assert (said["read"], said["accepted"], said["rejected"], said["created"]) == (7, 4, 3, 4)
    assert {problem["code"] for problem in said["problems"]} == {"entered_in_error", "exact_duplicate", "date_missing"}
    _as_the_book_says(log)
    once = counts_of_every_table(log.world)
    assert log.run() == commands.SOME_REJECTED
    again = counts_of_every_table(log.world)
    assert {name for name in again if again[name] != once[name]} == {"intake_batch"}


def _as_the_book_says(log: Log) -> None:
    fall, meds, week, held = events(log.world)
    assert (fall.type, fall.occurred_as, fall.occurred_from) == (
        "fall",
        "exact",
        datetime(2025, 3, 21, 21, 15, tzinfo=UTC),
    )
    assert (meds.type, meds.occurred_as, meds.service_id) == ("medication", "day", log.world.home.id)
    assert (week.type, week.flags, (week.occurred_to - week.occurred_from).days) == ("behaviour", ["date_is_a_week"], 6)
    assert (held.type, held.occurred_as, held.words) == (
        "restrictive_practice",
        "about",
        "Door held shut for ten minutes",
    )
    with log.world.use():
        (source,) = queries.sources_of(fall.id)
    assert source.kept == {"No.": "1", "Staff": "LK"}
