"""What a registered manager reads when a file is not what the map says: what it is, and one thing to do."""

from pathlib import Path

import pytest

from heedful.intake import mapping, reading, wording
from heedful.intake.refusals import FileRefused, MapRefused
from tests.support.logs import HEADER, MAP


def refusal_of(path: Path) -> str:
    with pytest.raises(FileRefused) as refused, reading.table(path) as table:
        list(table.records)
    return wording.refusal(refused.value)


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolon"), ("\t", "tab"), ("|", "pipe")])
def test_another_separator_is_named_with_the_setting_to_write(tmp_path: Path, sign: str, name: str) -> None:
    file = tmp_path / "log.csv"
    file.write_text(HEADER.replace(",", sign) + "\n", encoding="utf-8")
    assert f"`delimiter: {name}`" in refusal_of(file)


@pytest.mark.parametrize("start", ["<html><body>", "<!DOCTYPE html>", "<table>"])
def test_a_web_page_under_another_name_is_said_to_be_one(tmp_path: Path, start: str) -> None:
    file = tmp_path / "export.csv"
    file.write_text(start, encoding="utf-8")
    assert refusal_of(file).startswith("This is a web page")


def test_a_map_that_cannot_be_read_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_text("heedful_map: 1\n name: x\n", encoding="utf-8")
    with pytest.raises(MapRefused) as refused:
        mapping.load(file)
    assert "in line 2" in wording.refusal(refused.value)


def test_a_missing_and_an_unknown_setting_are_said_in_plain_words(tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_text(MAP.replace("source: old-log\n", "colour: red\n"), encoding="utf-8")
    with pytest.raises(MapRefused) as refused:
        mapping.load(file)
    said = wording.refusal(refused.value)
    assert "source: this is missing" in said
    assert "colour: there is no such setting here" in said
