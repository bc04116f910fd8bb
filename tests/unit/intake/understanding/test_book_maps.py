"""The map of a workbook is saved and used again; what was answered in it settles rows; nonsense in it is refused."""

import re
from pathlib import Path

import pytest

from heedful.intake import book_words, books
from heedful.intake.refusals import MapRefused
from heedful.intake.understanding.asking import TOPICS, choices
from heedful.intake.understanding.book import understand
from heedful.intake.understanding.bookmap import KNOWN, Answer, BookMap
from heedful.intake.understanding.suggesting import suggested
from tests.unit.intake.understanding.pages import TODAY, Page, Pages, entry, log, read, stored

LINES = [entry(n, stored(2025, 3, n), home=("Elm Lodge", "Elm ldge", "The Grange")[n % 3]) for n in range(1, 13)]
STRAY = [entry(20, stored(2025, 3, 14), home="Office"), entry(21, stored(2025, 3, 15), home="Office")]


def _saved(tmp_path: Path, made: BookMap) -> Path:
    path = tmp_path / "map.yaml"
    path.write_text(books.dumped(made), encoding="utf-8")
    return path


def test_a_suggested_map_comes_back_from_its_file(tmp_path: Path) -> None:
    made = suggested(read(log(*LINES, *STRAY)), sentence=lambda asked: asked.topic)
    path = _saved(tmp_path, made)
    assert books.is_book_map(path)
    assert books.load(path) == made
    assert made.services == {"Elm Lodge": ("Elm ldge",), "The Grange": ()}
    assert made.tables[0].columns["What happened"] == "narrative"
    assert [(asked.key, asked.rows) for asked in made.questions] == [("service_value/office", 2)]


def test_an_answer_in_the_map_settles_its_rows(tmp_path: Path) -> None:
    answer = Answer(choice="service", values=("The Grange",))
    path = _saved(
        tmp_path, BookMap(services={"Elm Lodge": (), "The Grange": ()}, answers={"service_value/office": answer})
    )
    found = understand(Pages((log(*LINES, *STRAY),)), books.load(path), today=TODAY)
    assert [(r.outcome, r.event.service) for r in found.rows[-2:]] == [("import", "The Grange")] * 2
    assert found.open_questions() == []


def test_a_column_is_read_as_the_map_says_whatever_the_sheet_is_called() -> None:
    made = suggested(read(log(*LINES)), sentence=lambda asked: asked.topic)
    table = made.tables[0]
    mended = made.model_copy(update={"tables": (table.model_copy(update={"columns": {**table.columns, "Harm": ""}}),)})
    found = understand(Pages((log(*LINES, name="Next month"),)), mended, today=TODAY)
    assert {r.event.harm for r in found.rows} == {"unknown"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("heedful_map: '2'\nanswers: {strike_meaning: {choice: perhaps}}", "perhaps"),
        ("heedful_map: '2'\ntables: [{columns: {Date: birthday}}]", "birthday"),
        ("heedful_map: '2'\ncolour: blue", "colour"),
    ],
)
def test_a_map_that_says_nothing_that_can_be_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MapRefused) as refused:
        books.load(path)
    assert said in str(refused.value.facts["lines"])


def test_a_copy_of_a_sheet_is_asked_about_once_and_left_out_when_it_is_old() -> None:
    pages = (log(*LINES, name="2025"), log(*LINES[:6], name="Copy of 2025"))
    asked = read(*pages)
    assert {r.outcome for r in asked.rows if r.sheet == "Copy of 2025"} == {"ask"}
    assert [(q.key, q.rows) for q in asked.open_questions()] == [("duplicate_sheet/copy of 2025", 6)]
    told = read(*pages, answers={"duplicate_sheet/copy of 2025": Answer(choice="old_copy")})
    assert {(r.outcome, r.reason) for r in told.rows if r.sheet == "Copy of 2025"} == {("reject", "duplicate_sheet")}
    assert {r.outcome for r in told.rows if r.sheet == "2025"} == {"import"}


def test_a_word_for_a_kind_that_stands_often_is_asked_about_once() -> None:
    words = [entry(n, stored(2025, 4, n), kind="Grade X", words=f"Slipped out of the chair, {n}") for n in range(1, 5)]
    asked = read(log(*LINES, *words))
    assert [(q.key, q.rows) for q in asked.open_questions()] == [("kind_code/grade x", 4)]
    told = read(log(*LINES, *words), answers={"kind_code/grade x": Answer(choice="kind", values=("fall",))})
    assert {(r.outcome, r.event.kinds) for r in told.rows[-4:]} == {("import", ("fall",))}


def test_marks_of_harm_that_nothing_explains_are_asked_about_once() -> None:
    marked = [(*entry(n, stored(2025, 4, n), words=f"Slipped at the door, {n}")[:7], "3", "LK") for n in range(1, 5)]
    asked = read(log(*LINES, *marked))
    assert [(q.key, q.rows) for q in asked.open_questions()] == [("harm_scale/harm", 4)]
    assert {r.outcome for r in asked.rows} == {"import"}
    assert ("1=none", "2=low", "3=moderate", "4=severe", "5=death") in [
        c.values for c in asked.open_questions()[0].choices
    ]
    told = read(log(*LINES, *marked), answers={"harm_scale/harm": Answer(choice="scale", values=("3=moderate",))})
    assert {r.event.harm for r in told.rows[-4:]} == {"moderate"}


def test_rows_hidden_by_a_filter_are_rows_and_rows_hidden_by_hand_are_asked_about() -> None:
    lines = log(*LINES).lines
    assert {r.outcome for r in read(Page("Log", lines, hidden={4: "filter"})).rows} == {"import"}
    by_hand = read(Page("Log", lines, hidden={4: "hand"}))
    assert [(r.row, r.reason) for r in by_hand.rows if r.outcome == "ask"] == [(4, "hidden_row")]


def test_at_most_eight_questions_are_asked_of_one_file() -> None:
    strays = [entry(n, stored(2025, 4, 1 + n // 2), home=f"Stray place {'abcdefghijkl'[n // 2]}") for n in range(24)]
    assert len(read(log(*LINES, *strays), services=["Elm Lodge", "The Grange"]).open_questions()) == 8


def test_the_page_about_suggested_maps_names_everything_that_can_stand_in_one() -> None:
    page = (Path(__file__).resolve().parents[4] / "docs" / "reference" / "suggested-map.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w+]+)`", page))
    assert set(book_words.REASONS) - named == set()
    assert set(BookMap.model_fields) - {"heedful_map"} - named == set()
    assert {meaning for meaning in KNOWN if meaning and not meaning.startswith("kind:")} - named == set()
    assert {choice.code for topic in TOPICS for choice in choices(topic)} - named == set()
