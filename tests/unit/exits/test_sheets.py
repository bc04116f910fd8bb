"""A table that leaves as CSV holds no formula, whatever somebody typed."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.exits.sheets import guarded, to_csv

DANGEROUS = "=+-@\t\r\n＝＋－＠"


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "  =1",
        '=HYPERLINK("x","y")',
        "\0=1",
    ],
)
def test_text_that_would_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert str(guarded(text)).startswith("'")


@pytest.mark.parametrize(
    "cell", [-5, -5.5, Decimal("-0.1"), date(2026, 3, 1), None, True, "fell = bruised", "O'Neil", ""]
)
def test_numbers_dates_and_ordinary_words_stay_as_they_are(cell: object) -> None:
    assert guarded(cell) == cell


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_no_cell_read_back_starts_a_formula_and_no_word_is_lost(rows: list[list[str]]) -> None:
    back = read(to_csv(["=a", "b"], rows))
    assert back[0] == ["'=a", "b"]
    assert len(back) == len(rows) + 1
    for given_row, row in zip(rows, back[1:], strict=True):
        for before, after in zip(given_row, row, strict=True):
            assert not after.startswith(tuple(DANGEROUS))
            assert after.removeprefix("'").endswith(before.replace("\0", "").removeprefix("'"))


def test_letters_of_every_language_survive() -> None:
    assert read(to_csv(["Enw"], [["Siân Ŵyn 🩹"]])) == [["Enw"], ["Siân Ŵyn 🩹"]]
