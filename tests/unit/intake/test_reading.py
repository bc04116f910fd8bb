"""Files as they really come: cut off, wrongly encoded, ragged, or no table at all."""

import gzip
from pathlib import Path

import pytest

from heedful.intake import reading, wording
from heedful.intake.reading import Limits, Record
from heedful.intake.refusals import FileRefused


def read(path: Path, **options: object) -> tuple[tuple[str, ...], list[Record]]:
    with reading.table(path, **options) as table:  # type: ignore[arg-type]
        return table.header, list(table.records)


def written(tmp_path: Path, data: bytes, name: str = "log.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def refused(path: Path, **options: object) -> str:
    with pytest.raises(FileRefused) as caught:
        read(path, **options)
    said = wording.refusal(caught.value)
    assert said and "%(" not in said
    return caught.value.code


def test_a_plain_file_gives_its_header_and_every_row_with_its_line(tmp_path: Path) -> None:
    header, rows = read(written(tmp_path, b'a,b\n1,2\n"x\ny",3\n4,5\n'))
    assert header == ("a", "b")
    assert [(row.number, row.line, row.cells) for row in rows] == [
        (1, 2, ("1", "2")),
        (2, 3, ("x\ny", "3")),
        (3, 5, ("4", "5")),
    ]


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"\xef\xbb\xbfa,b\n1,2\n"))[0] == ("a", "b")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_ending_is_read(tmp_path: Path, ending: str) -> None:
    header, rows = read(written(tmp_path, ending.join(["a,b", "1,2", "3,4"]).encode()))
    assert (header, [row.cells for row in rows]) == (("a", "b"), [("1", "2"), ("3", "4")])


def test_gzip_is_known_by_its_bytes_not_by_its_name(tmp_path: Path) -> None:
    header, rows = read(written(tmp_path, gzip.compress(b"a,b\n1,2\n", mtime=0), "log.csv"))
    assert (header, len(rows)) == (("a", "b"), 1)


def test_a_gzip_file_that_was_cut_off_is_refused_whole(tmp_path: Path) -> None:
    packed = gzip.compress(b"a,b\n" + b"1,2\n" * 50_000, mtime=0)
    assert refused(written(tmp_path, packed[:-20], "log.csv.gz")) == "gzip_cut_off"


def test_a_damaged_gzip_file_is_refused_whole(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(bytes(range(32, 127)) * 500))
    packed[len(packed) // 2] ^= 0xFF
    assert refused(written(tmp_path, bytes(packed), "log.csv.gz")) in ("gzip_broken", "gzip_cut_off")


def test_a_gzip_file_that_unpacks_out_of_all_proportion_is_stopped(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a,b\n" + b"1,2\n" * 800_000, mtime=0)
    limits = Limits(ratio_looked_at_from=1_000_000)
    assert refused(written(tmp_path, bomb), limits=limits) == "unpacks_too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n\n", "empty_file"),
        (b"PK\x03\x04rest", "is_a_workbook"),
        (b"\xd0\xcf\x11\xe0rest", "is_a_workbook"),
        (b"%PDF-1.7", "is_a_pdf"),
        (b"\x89PNG\r\n", "is_a_picture"),
        (gzip.compress(b"PK\x03\x04rest", mtime=0), "is_a_workbook"),
        ("a,b\n1,2\n".encode("utf-16"), "is_utf_16"),
        (b"a,\xe9\n1,2\n", "not_this_encoding"),
        (b"a,b\n1,caf\xe9\n", "not_this_encoding"),
        (b'a,b\n1,"never closed\n2,3\n', "ends_inside_quotes"),
        (b'"a"x,b\n1,2\n', "header_broken"),
        (b"a,,b\n1,2,3\n", "column_without_name"),
        (b"a,b,a\n1,2,3\n", "column_twice"),
        (b"a,b\x00\n1,2\n", "odd_column_name"),
        (b",".join(b"c%d" % n for n in range(1_001)) + b"\n", "too_many_columns"),
    ],
)
def test_what_cannot_be_read_as_a_table_is_refused_with_its_reason(tmp_path: Path, data: bytes, code: str) -> None:
    assert refused(written(tmp_path, data)) == code


def test_a_wrong_encoding_names_the_line_the_byte_and_the_mend(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n1,2\n3,caf\xe9\n")
    with pytest.raises(FileRefused) as caught:
        read(path)
    said = wording.refusal(caught.value)
    assert "Line 3" in said
    assert "0xE9" in said
    assert "windows-1252" in said
    assert read(path, encoding="windows-1252")[1][1].cells == ("3", "café")


def test_utf_16_is_read_when_the_map_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,é\n".encode("utf-16"))
    assert read(path, encoding="utf-16")[1][0].cells == ("1", "é")
    assert refused(written(tmp_path, b"a,b\n"), encoding="utf-16") == "no_utf_16_mark"


def test_a_file_that_is_not_there_a_folder_and_a_secret_are_said_plainly(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.csv") == "no_such_file"
    assert refused(tmp_path) == "a_folder"


def test_a_row_whose_quotes_do_not_match_is_one_fault_and_the_next_row_is_read(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, b'a,b\n1,"he said "hi" to me"\n2,3\n'))
    assert [(row.fault, row.cells) for row in rows] == [("broken_quotes", ()), ("", ("2", "3"))]
    assert rows[0].raw == '1,"he said "hi" to me"\n'


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    limits = Limits(characters_per_record=1_000)
    assert refused(written(tmp_path, b"a,b\n1," + b"x" * 5_000), limits=limits) == "record_too_long"
    assert refused(written(tmp_path, b'a,b\n1,"' + b"x\n" * 5_000), limits=limits) == "record_too_long"


def test_an_account_of_ten_million_characters_is_read_as_one_row(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, b"a,b\n1," + b"x" * 10_000_000 + b"\n2,3\n"))
    assert [len(row.cells[1]) for row in rows] == [10_000_000, 1]


def test_blank_lines_and_lines_of_separators_are_no_rows(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, b"a,b\n\n1,2\n , \n,\n3,4\n\n"))
    assert [(row.number, row.line) for row in rows] == [(1, 3), (2, 6)]


def test_ragged_rows_are_handed_on_as_they_stand(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, b"a,b\n1\n1,2,3\n"))
    assert [row.cells for row in rows] == [("1",), ("1", "2", "3")]


def test_trailing_separators_after_the_header_are_no_columns(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"a,b,,\n1,2,,\n"))[0] == ("a", "b")


def test_other_separators_are_read_when_named(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"a;b\n1,5;2\n"), delimiter=";")[1][0].cells == ("1,5", "2")
