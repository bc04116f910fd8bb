"""The file of rejected rows: no cell runs in a spreadsheet, and corrected it goes back in."""

import csv
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heedful.intake import rejects
from heedful.intake.refusals import FileRefused
from tests.unit.intake.support import HEADER, ROW, tried

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


@given(st.text())
def test_a_guarded_cell_never_starts_like_a_formula_and_comes_back_as_it_was(text: str) -> None:
    guarded = rejects.guarded(text)
    assert not guarded.startswith(DANGEROUS)
    assert rejects.unguarded(guarded) == text


@pytest.mark.parametrize("cell", ["=1+1", "+44 1632", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''=1", "'plain"])
def test_the_guard_is_one_apostrophe_and_comes_off_again(cell: str) -> None:
    assert rejects.unguarded(rejects.guarded(cell)) == cell


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_rejected_rows_carry_number_reason_and_mend_and_no_formula(tmp_path: Path) -> None:
    to = tmp_path / "rejects.csv"
    formula = '=HYPERLINK("http://x.example"),Rowan House,30/02/2026,06/02/2026,"=cmd|calc, and more",Slip'
    tried(tmp_path, ROW, formula.replace('"http://x.example"', "1"), rejects=to)
    header, row = rows_of(to)
    assert header == [*rejects.OWN_COLUMNS, *HEADER.split(",")]
    assert row[0] == "2"
    assert "Date: “30/02/2026” – there is no such day or time. Correct the date." in row[1]
    assert row[3].startswith("'=")
    assert not any(cell.startswith(DANGEROUS) for cell in row)


def test_corrected_rows_go_back_with_the_same_map(tmp_path: Path) -> None:
    to = tmp_path / "rejects.csv"
    tried(tmp_path, ROW, "A2,Rowan House,30/02/2026,06/02/2026,-5 degrees in the room,Slip", rejects=to)
    corrected = to.read_text(encoding="utf-8-sig").replace(",30/02/2026,", ",03/02/2026,")
    header, *rows = corrected.splitlines()
    found = tried(tmp_path, *rows, header=header)
    assert found.one.record == "A2"
    assert found.one.values["words"] == "-5 degrees in the room"


def test_they_go_back_even_when_the_first_file_had_another_encoding_and_separator(tmp_path: Path) -> None:
    to = tmp_path / "rejects.csv"
    tried(tmp_path, "A2,Rowan House,30/02/2026,,Fell at the café,Slip", rejects=to)
    header, *rows = to.read_text(encoding="utf-8-sig").replace("30/02", "03/02").splitlines()
    odd = "heedful_map: 1\nencoding: windows-1252\ndelimiter: semicolon"
    from tests.unit.intake.support import changed

    found = tried(tmp_path, *rows, header=header, map_text=changed("heedful_map: 1", odd))
    assert found.one.values["words"] == "Fell at the café"


def test_a_row_that_could_not_be_split_keeps_its_text(tmp_path: Path) -> None:
    to = tmp_path / "rejects.csv"
    tried(tmp_path, 'A2,Rowan House,"a "b" c",x,y,z', ROW, rejects=to)
    assert rows_of(to)[1][2] == 'A2,Rowan House,"a "b" c",x,y,z\n'


def test_only_its_owner_may_read_it_and_it_never_replaces_the_file_itself(tmp_path: Path) -> None:
    to = tmp_path / "rejects.csv"
    tried(tmp_path, ROW, rejects=to)
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert len(rows_of(to)) == 1
    with pytest.raises(FileRefused, match="rejects_would_replace"):
        tried(tmp_path, ROW, rejects=tmp_path / "log.csv")
    with pytest.raises(FileRefused, match="cannot_write"):
        tried(tmp_path, ROW, rejects=tmp_path / "no" / "such" / "folder.csv")


def test_when_reading_fails_half_way_no_half_file_is_left(tmp_path: Path) -> None:
    to = tmp_path / "rejects.csv"
    with pytest.raises(FileRefused, match="ends_inside_quotes"):
        tried(tmp_path, ROW, "A2,nowhere,x,y,z,q", 'A3,"never closed', rejects=to)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.csv", "map.yaml"]
