"""A map is checked before a row is read; what is wrong is named with its place."""

from pathlib import Path

import pytest

from heedful.intake import lookups, mapping, wording
from heedful.intake.refusals import FileRefused, MapRefused, Refused
from tests.unit.intake.support import CODES, HEADER, MAP, ROW, changed, job_for, tried, tried_file


def said(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "map.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(MapRefused) as caught:
        mapping.refuse_unknown_codes(mapping.load(path), CODES)
    return wording.refusal(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("heedful_map: 1", "heedful_map: 2", "heedful_map"),
        ("name: small", "name: Small Map!", "name"),
        ("source: old-book\n", "", "source: this is missing"),
        ("words:", "wordz:", "fields > wordz: there is no such setting here"),
        ("format: DD/MM/YYYY}\n  recorded", "format: dd/mm/yy}\n  recorded", "is not a date pattern"),
        ("{column: Ref}", "{}", "fields > record: give either `column` or `columns`"),
        ("{column: Ref}", "{column: Ref, columns: [Ref]}", "give either"),
        ("{always: incident}", "{always: incident, column: Type}", "fields > kinds: give either"),
        ("{always: incident}", "{always: disaster}", "fields > kinds: “disaster” is not a code of Heedful"),
        ("Slip: fall", "Slip: falls", "fields > type: “falls” is not a code of Heedful"),
        ("Slip: fall", "Slip: fall, Slip: medication", "“Slip” stands twice"),
        ("{column: Type,", "{column: Type, lookup: codes, take: [x],", "which `lookups` does not list"),
        ("{column: Type,", "{column: Type, lookup: codes,", "give both or neither"),
        ("short_words: 5", "short_words: many", "checks > short_words"),
        ("{column: Ref}", "&r {column: Ref}\n  place: *r", "references"),
        ("heedful_map: 1", "heedful_map: [1", "cannot be read"),
    ],
)
def test_every_mistake_names_its_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert expected in said(tmp_path, changed(old, new))


def test_a_map_that_is_no_text_or_not_there_is_said(tmp_path: Path) -> None:
    assert "cannot be read" in said(tmp_path, b"\xff\xfe\x00")
    assert "needs mending" in said(tmp_path, "")
    assert "larger than" in said(tmp_path, "#" * 1_100_000)
    with pytest.raises(MapRefused, match="map_unreadable"):
        mapping.load(tmp_path / "none.yaml")


def test_no_and_yes_in_a_map_stay_words(tmp_path: Path) -> None:
    yes_no = changed("values: {Slip: fall, Meds: medication}", "values: {no: fall, yes: medication, 0551: other}")
    types = [tried(tmp_path, ROW.replace("Slip", text), map_text=yes_no).one.values["type"] for text in ("no", "0551")]
    assert types == ["fall", "other"]


def test_a_map_for_another_file_is_refused_and_the_nearest_name_shown(tmp_path: Path) -> None:
    with pytest.raises(MapRefused) as caught:
        tried(tmp_path, ROW, header=HEADER.replace("Date", "date"))
    assert "“Date” (is it “date”?)" in wording.refusal(caught.value)


def test_columns_that_the_map_does_not_name_are_asked_about(tmp_path: Path) -> None:
    header, line = f"{HEADER},Room", f"{ROW},12"
    with pytest.raises(MapRefused) as caught:
        tried(tmp_path, line, header=header)
    assert "Room" in wording.refusal(caught.value)
    for more, kept in (
        ("ignore: [Room]", {}),
        ("keep: [Room]", {"Room": "12"}),
        ("other_columns: keep", {"Room": "12"}),
    ):
        assert tried(tmp_path, line, header=header, map_text=f"{MAP}{more}\n").one.kept == kept


LOOKED_UP = changed(
    "{column: Type, values: {Slip: fall, Meds: medication}}", "{column: Type, lookup: codes, take: [kind]}"
)
LOOKED_UP += "lookups: {codes: {key: code}}\n"


def with_codes(tmp_path: Path, codes: str, map_text: str = LOOKED_UP, name: str = "codes") -> dict[str, object]:
    path, log = tmp_path / "codes.csv", tmp_path / "log.csv"
    path.write_text(codes, encoding="utf-8")
    log.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    return dict(tried_file(job_for(log, map_text, {name: path})).one.values)


def test_a_lookup_file_turns_official_codes_into_ours(tmp_path: Path) -> None:
    values = with_codes(tmp_path, "code,kind\nslip,fall.found\nMeds,medication\n")
    assert (values["type"], values["subtype"]) == ("fall", "fall.found")


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ("code,kind\nSlip,tumble\n", "lookup_leads_nowhere"),
        ("code,kind\nSlip,fall\nslip,fall\n", "lookup_code_twice"),
        ("code,sort\nSlip,fall\n", "lookup_columns_missing"),
        ("code,kind\nSlip\n", "lookup_row_broken"),
        ("", "empty_file"),
    ],
)
def test_a_lookup_file_is_checked_whole_before_a_row_is_read(tmp_path: Path, codes: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        with_codes(tmp_path, codes)
    assert caught.value.code == code
    assert "%(" not in wording.refusal(caught.value)


def test_a_lookup_that_is_missing_or_not_in_the_map_is_said(tmp_path: Path) -> None:
    with pytest.raises(MapRefused, match="lookup_file_missing"):
        tried(tmp_path, ROW, map_text=LOOKED_UP)
    with pytest.raises(MapRefused, match="lookup_not_in_map"):
        with_codes(tmp_path, "code,kind\n", MAP)
    with pytest.raises(FileRefused, match="no_such_file"):
        job_for(tmp_path / "log.csv", LOOKED_UP, {"codes": tmp_path / "none.csv"})
    assert lookups.MOST_ROWS >= 10_000


def test_the_maps_that_come_with_heedful_are_right() -> None:
    from importlib import resources

    from heedful.intake import vocabulary

    shipped = sorted(Path(str(resources.files("heedful.intake") / "maps")).glob("*.yaml"))
    assert [path.stem for path in shipped] == ["oregon-log", "oregon-narratives"]
    for path in shipped:
        event_map = mapping.load(path)
        mapping.refuse_unknown_codes(event_map, vocabulary.codes())
        assert event_map.name == path.stem
        assert event_map.credit
