"""Text files as programs really write them: encodings, separators, line breaks in quotes."""

import csv
import gzip
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heedful.intake import wording
from heedful.intake.refusals import FileRefused
from heedful.intake.sheets.opening import opened
from heedful.intake.sheets.text import TextBook


def read(folder: Path, data: bytes) -> tuple[TextBook, list[tuple[int, list[object]]]]:
    path = folder / "log.csv"
    path.write_bytes(data)
    with opened(path) as book:
        assert isinstance(book, TextBook)
        return book, [(row.number, [cell.value for cell in row.cells]) for row in book.sheets[0].rows()]


def rows(folder: Path, data: bytes) -> list[tuple[int, list[object]]]:
    return read(folder, data)[1]


LINES = "Ort;Café\n1;naïve – “yes”\n"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (LINES.encode("utf-8-sig"), "marked"),
        (LINES.encode("utf-16"), "marked"),
        (LINES.encode("utf-32"), "marked"),
        (LINES.encode(), "utf_8"),
        (LINES.encode("utf-16-le"), "utf_16_by_zeros"),
        (LINES.encode("utf-16-be"), "utf_16_by_zeros"),
        (LINES.encode("cp1252"), "not_utf_8"),
        (gzip.compress(LINES.encode("cp1252"), mtime=0), "not_utf_8"),
    ],
)
def test_the_encoding_is_found_out_and_the_reason_said(tmp_path: Path, data: bytes, why: str) -> None:
    book, found = read(tmp_path, data)
    assert found == [(1, ["Ort", "Café"]), (2, ["1", "naïve – “yes”"])]
    assert book.encoding.why == why
    assert wording.remark(*book.remarks)


def test_a_letter_in_the_last_line_decides_too(tmp_path: Path) -> None:
    long = b"1," + b"x" * 700_000 + b"\n"
    book, found = read(tmp_path, b"a,b\n" + long * 3 + b"3,caf\xe9\n")
    assert (book.encoding.why, found[-1][1]) == ("not_utf_8", ["3", "café"])


def test_a_few_stray_bytes_in_a_file_of_utf_8_are_read_as_the_old_code_page_has_them(tmp_path: Path) -> None:
    data = b"a,b\n" + "é,ü\n".encode() * 20 + b"caf\xe9,\x93x\x94\n"
    book, found = read(tmp_path, data)
    assert book.encoding.why == "mixed"
    assert (found[1][1], found[-1][1]) == (["é", "ü"], ["café", "“x”"])


def test_capitals_before_a_closing_quote_do_not_make_a_file_utf_8(tmp_path: Path) -> None:
    book, found = read(tmp_path, "a,b\nCAFÉ’S,café\n".encode("cp1252"))
    assert (book.encoding.why, found[1][1]) == ("not_utf_8", ["CAFÉ’S", "café"])


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_a_steady_width(tmp_path: Path, sign: str) -> None:
    lines = ["A title, with a comma", "", sign.join(["Ref", "What", "When"])]
    lines += [sign.join([str(n), '"fell; slipped, then | called"', "1,5"]) for n in range(5)] if sign != "," else []
    lines += [sign.join([str(n), "fell", "1"]) for n in range(5)]
    book, found = read(tmp_path, "\n".join(lines).encode())
    assert book.delimiter == sign
    assert (3, ["Ref", "What", "When"]) in found


def test_a_separator_that_the_file_states_is_taken(tmp_path: Path) -> None:
    assert rows(tmp_path, b"sep=;\na;b\n1,5;2\n") == [(2, ["a", "b"]), (3, ["1,5", "2"])]


def test_one_column_is_one_column(tmp_path: Path) -> None:
    assert rows(tmp_path, b"What\nfell\nslipped\n") == [(1, ["What"]), (2, ["fell"]), (3, ["slipped"])]


def test_records_are_numbered_with_titles_and_blank_lines_and_line_breaks_in_quotes(tmp_path: Path) -> None:
    data = b'Log;;\r\n;;\r\n\r\nRef;What;\r\n1;"fell\r\non stairs";\r\n2;x;y\r\n'
    assert rows(tmp_path, data) == [
        (1, ["Log"]),
        (4, ["Ref", "What"]),
        (5, ["1", "fell\non stairs"]),
        (6, ["2", "x", "y"]),
    ]


def test_an_unquoted_separator_too_many_stays_visible(tmp_path: Path) -> None:
    assert rows(tmp_path, b"a;b;c\n1;2;3\n1;fell; again;3\n")[2] == (3, ["1", "fell", " again", "3"])


def test_a_row_whose_quotes_do_not_match_is_shown_as_it_stands(tmp_path: Path) -> None:
    found = rows(tmp_path, b'a,b\n1,"he said "hi" to me"\n2,3\n')
    assert found == [(1, ["a", "b"]), (2, ['1,"he said "hi" to me"']), (3, ["2", "3"])]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7", "is_a_pdf"),
        (b"<html><table>", "is_a_web_page"),
        (b"\x89PNG\r\n", "is_a_picture"),
        (b'<?xml version="1.0"?><Workbook/>', "is_xml"),
        (b'a,b\n1,"never closed\n2,3\n', "ends_inside_quotes"),
        (b"a,b\n1,caf\xe9\n2,\x81\x8d\n", "encoding_unknown"),
        (b",".join(b"%d" % n for n in range(16_000)), "sheet_columns"),
        (gzip.compress(b"a,b\n" * 5_000, mtime=0)[:-30], "gzip_cut_off"),
    ],
)
def test_what_cannot_be_read_is_refused_in_clear_words(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        rows(tmp_path, data)
    assert caught.value.code == code
    assert "%(" not in wording.refusal(caught.value)


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from(";,\n|\t\"'=+"), max_size=20)
TABLES = st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1))


@given(table=TABLES, sign=st.sampled_from(",;\t|"), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@settings(max_examples=60, deadline=None)
def test_what_is_written_as_csv_comes_back(table: list[list[str]], sign: str, encoding: str) -> None:
    text = io.StringIO(newline="")
    steady = [["Ref", *(f"Column {n}" for n in range(1, len(table[0])))]] * 3
    csv.writer(text, delimiter=sign, quoting=csv.QUOTE_ALL).writerows(steady + table)
    with tempfile.TemporaryDirectory() as folder:
        found = dict(rows(Path(folder), text.getvalue().encode(encoding)))
    for number, cells in enumerate(steady + table, start=1):
        values = [value or "" for value in found.get(number, [])]
        width = len(values)
        assert values == cells[:width]
        assert not any(cell.strip() for cell in cells[width:])
