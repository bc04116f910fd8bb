"""Files made to do harm, locked, cut off or of another kind: clear words, no memory filled, nothing followed."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from heedful.intake import wording
from heedful.intake.refusals import FileRefused
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.opening import opened
from tests.unit.intake.sheets.making import (
    MAIN,
    ODF,
    excel,
    number,
    ods,
    parts_of_excel,
    parts_of_ods,
    relations,
    row,
    said,
    sheet,
    styles,
    zipped,
)

Parts = dict[str, str]
ONE = sheet(row(1, said("A1", "x")))


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(FileRefused) as caught, opened(path, limits or Limits()) as book:
        for one in book.sheets:
            list(one.rows())
    words = wording.refusal(caught.value)
    assert words and "%(" not in words
    return caught.value.code


def old_container(*names: str) -> bytes:
    """The beginning of an Office file of before 2007, with its directory in the first sector."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<L", head, 0x30, 0)
    return bytes(head) + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (old_container("Root Entry", "Workbook"), "is_old_workbook"),
        (old_container("Root Entry", "EncryptionInfo", "EncryptedPackage"), "workbook_protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is_old_workbook"),
        (b"PK\x03\x04 and no more", "workbook_damaged"),
        (b"PK\x05\x06" + b"\0" * 18, "zip_without_workbook"),
    ],
)
def test_other_kinds_of_files_are_refused_with_what_to_do(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(data)
    assert refused(path) == code


def test_a_document_a_binary_workbook_and_a_zip_of_files_are_no_workbooks(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path / "a.zip", {"one.csv": "a,b", "two.csv": "c,d"})) == "zip_without_workbook"
    parts = parts_of_excel(ONE)
    document = {
        name.replace("workbook", "document"): part.replace("workbook", "document") for name, part in parts.items()
    }
    assert refused(zipped(tmp_path / "a.docx", document)) == "zip_without_workbook"
    binary = {name: part.replace("xl/workbook.xml", "xl/workbook.bin") for name, part in parts.items()}
    assert refused(zipped(tmp_path / "a.xlsb", binary)) == "is_binary_workbook"
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'
    assert refused(zipped(tmp_path / "a.xlsx", parts)) == "workbook_without_sheet"
    assert refused(ods(tmp_path, "")) == "workbook_without_sheet"


def test_a_locked_workbook_says_how_to_unlock_it(tmp_path: Path) -> None:
    locked = "<m:file-entry><m:encryption-data/></m:file-entry>"
    assert refused(ods(tmp_path, "", manifest=locked)) == "workbook_protected"
    path = excel(tmp_path, ONE)
    data = path.read_bytes()
    # The flag that says so, in the table of contents.
    at = data.index(b"PK\x01\x02")
    path.write_bytes(data[: at + 8] + b"\x01" + data[at + 9 :])
    assert refused(path) == "workbook_protected"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_that_was_cut_off_is_refused_whole(tmp_path: Path, share: float) -> None:
    data = excel(tmp_path, sheet("".join(row(n, number(f"A{n}", n)) for n in range(1, 500)))).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(data[: int(len(data) * share)])
    assert refused(path) == "workbook_damaged"


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PART_NAMES = ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet0.xml", "_rels/.rels"]


@pytest.mark.parametrize("declared", [BOMB, OUTSIDE, '<!DOCTYPE x SYSTEM "http://x.test/a.dtd">'])
@pytest.mark.parametrize("part", PART_NAMES)
def test_no_part_may_declare_entities_or_point_outside(tmp_path: Path, part: str, declared: str) -> None:
    parts = parts_of_excel(ONE)
    parts[part] = declared + parts[part]
    assert refused(zipped(tmp_path / "e.xlsx", parts)) == "workbook_declares_entities"


@pytest.mark.parametrize("part", ["content.xml", "styles.xml", "META-INF/manifest.xml"])
def test_nor_may_a_part_of_an_opendocument_workbook(tmp_path: Path, part: str) -> None:
    parts = parts_of_ods("")
    parts[part] = OUTSIDE + parts[part]
    assert refused(zipped(tmp_path / "e.ods", parts)) == "workbook_declares_entities"


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "xl/../../x", "//server/x", "C:/x", "XL/Styles.XML"])
def test_a_part_with_an_odd_name_or_twice_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(zipped(tmp_path / "o.xlsx", {**parts_of_excel(ONE), name: "x"})) == "workbook_odd_part"


def test_a_part_packed_in_an_unusual_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "x")
    assert refused(path) == "workbook_odd_part"


def test_what_unpacks_out_of_all_proportion_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    parts = {**parts_of_excel(ONE), "xl/media/image1.png": "0" * 3_000_000}
    path = zipped(tmp_path / "b.xlsx", parts)
    assert refused(path, Limits(ratio_looked_at_from=1_000_000)) == "workbook_unpacks_too_large"
    assert refused(path, Limits(unpacked_bytes=2_000_000)) == "workbook_unpacks_too_large"


def test_a_part_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    text = sheet("".join(row(n, number(f"A{n}", n)) for n in range(1, 2_000)))
    path = excel(tmp_path, text)
    size, said_to_be = struct.pack("<L", len(text)), struct.pack("<L", 2_000)
    path.write_bytes(path.read_bytes().replace(size, said_to_be))
    assert refused(path) == "workbook_damaged"


def test_a_table_of_contents_without_end_is_not_read(tmp_path: Path) -> None:
    path = excel(tmp_path, ONE)
    data = path.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    path.write_bytes(data[: end + 12] + struct.pack("<L", 900_000_000) + data[end + 16 :])
    assert refused(path) == "workbook_parts"
    many = zipped(tmp_path / "m.xlsx", {**parts_of_excel(ONE), **{f"x{n}": "" for n in range(50)}})
    assert refused(many, Limits(parts=40)) == "workbook_parts"


def test_a_file_of_two_gigabytes_is_refused_at_once_by_its_size(tmp_path: Path) -> None:
    for start in (b"PK\x03\x04", b"Ref,What\n"):
        path = tmp_path / "large"
        with path.open("wb") as file:
            file.write(start)
            file.truncate(2_000_000_000)
        assert refused(path) == "file_too_large"


def many_ods(repeated: str) -> str:
    inside = "<text:p>x</text:p>"
    return (
        f'<table:table table:name="Log"><table:table-row {repeated}><table:table-cell {repeated}>{inside}'
        f"</table:table-cell></table:table-row></table:table>"
    )


def test_too_many_rows_columns_and_cells_are_named_with_their_sheet(tmp_path: Path) -> None:
    small = Limits(rows=3, columns=4, cells=9)
    rows = "".join(row(n, number(f"A{n}", n)) for n in range(1, 5))
    assert refused(excel(tmp_path, sheet(rows)), small) == "sheet_rows"
    assert refused(excel(tmp_path, sheet(row(1, said("XFD1", "x"))))) == "sheet_columns"
    assert refused(excel(tmp_path, sheet(row(1, '<c r="XFD1"><f>A1</f></c>')))) == "sheet_columns"
    wide = "".join(row(n, *(number(f"{letter}{n}", 1) for letter in "ABCD")) for n in range(1, 4))
    assert refused(excel(tmp_path, sheet(wide)), small) == "sheet_cells"
    for repeated, code in (("rows", "sheet_rows"), ("columns", "sheet_columns")):
        many = f'table:number-{repeated}-repeated="1000000000"'
        assert refused(ods(tmp_path, many_ods(many))) == code
    assert refused(
        ods(tmp_path, many_ods('table:number-rows-repeated="3" table:number-columns-repeated="4"')), small
    ) == ("sheet_cells")


def test_a_workbook_of_very_many_sheets_texts_or_marks_is_refused(tmp_path: Path) -> None:
    assert refused(excel(tmp_path, ONE, ONE, ONE), Limits(sheets=2)) == "workbook_sheets"
    texts = "".join(f"<si><t>text {n}</t></si>" for n in range(1_000))
    assert refused(excel(tmp_path, ONE, texts=texts), Limits(text_bytes=1_000)) == "workbook_too_much_text"
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 9))
    assert refused(excel(tmp_path, sheet("", after=merged)), Limits(marks=5)) == "workbook_too_many_marks"
    assert refused(excel(tmp_path, ONE.replace("x<", "x" * 99 + "<")), Limits(characters_per_cell=50)) == (
        "workbook_cell_too_long"
    )
    assert refused(ods(tmp_path, many_ods("").replace(">x<", f">{'x' * 99}<")), Limits(characters_per_cell=50)) == (
        "workbook_cell_too_long"
    )


def test_a_tag_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(2_000_000).hex()
    assert refused(excel(tmp_path, sheet("").replace("<sheetData>", f'<sheetData a="{noise}">'))) == "workbook_damaged"


@pytest.mark.parametrize("tag", ["c", "row", "x", "v"])
def test_elements_inside_each_other_without_end_are_refused(tmp_path: Path, tag: str) -> None:
    assert refused(excel(tmp_path, sheet(f"<{tag}>" * 50_000 + f"</{tag}>" * 50_000))) == "workbook_damaged"
    assert refused(ods(tmp_path, f"<{tag}>" * 50_000 + f"</{tag}>" * 50_000)) == "workbook_damaged"


def test_new_names_without_end_are_refused(tmp_path: Path) -> None:
    names = "".join(f"<a{n}/>" for n in range(50_000))
    assert refused(excel(tmp_path, sheet(names))) == "workbook_damaged"


def test_styles_and_relations_without_end_are_refused(tmp_path: Path) -> None:
    few = Limits(kinds=50)
    assert refused(excel(tmp_path, ONE, look=styles(looks="<xf/>" * 60)), few) == "workbook_damaged"
    parts = parts_of_excel(ONE)
    parts["xl/worksheets/_rels/sheet0.xml.rels"] = relations(*((f"r{n}", "table", "x.xml") for n in range(60)))
    assert refused(zipped(tmp_path / "r.xlsx", parts), few) == "workbook_damaged"
    automatic = "".join(f'<style:style style:name="{n}" style:family="table-cell"/>' for n in range(60))
    assert refused(ods(tmp_path, many_ods(""), automatic=automatic), few) == "workbook_damaged"


def changed(data: bytes, chance: random.Random) -> bytes:
    """Some bytes of a file turned over, or a piece of it left out or doubled."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made))
        match chance.randrange(3):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + chance.randrange(40)]
            case _:
                made[at:at] = made[at : at + chance.randrange(40)]
    return bytes(made)


def rich_excel() -> Parts:
    texts = "<si><t>a</t></si><si><r><rPr><strike/></rPr><t>b</t></r></si>"
    cells = [f'<c r="{place}1" t="s"><v>{n}</v></c>' for n, place in enumerate("AB")]
    after = '<autoFilter ref="A1:B2"/><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    before = '<cols><col min="1" max="2" hidden="1"/></cols>'
    return parts_of_excel(
        sheet(row(1, *cells, number("C1", 4.5), said("D1", "c")), before=before, after=after), texts=texts
    )


def rich_ods() -> Parts:
    return parts_of_ods(many_ods('table:number-rows-repeated="2"'), automatic=f"<style:style xmlns:s='{ODF}'/>")


@pytest.mark.parametrize("parts", [rich_excel, rich_ods])
@pytest.mark.parametrize("where", ["file", "part"])
def test_damage_of_any_kind_is_either_harmless_or_refused_in_words(
    tmp_path: Path, parts: Callable[[], Parts], where: str
) -> None:
    path, chance, refusals = tmp_path / "log", random.Random(5), 0
    whole = zipped(path, parts()).read_bytes()
    for _ in range(150):
        if where == "file":
            path.write_bytes(changed(whole, chance))
        else:
            name = chance.choice(sorted(parts()))
            encoded = {each: part.encode() for each, part in parts().items()}
            zipped(path, encoded | {name: changed(encoded[name], chance)})
        try:
            with opened(path) as book:
                rows = [found for one in book.sheets for found in one.rows()]
            assert len(rows) < 1_000
        except FileRefused as error:
            refusals += 1
            assert "%(" not in wording.refusal(error)
    assert refusals > 30


def test_nothing_is_opened_but_the_file_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link, a picture and another workbook that the file points at are left alone."""
    parts = parts_of_excel(ONE)
    linked = '<Relationship Id="x" Type="y/externalLink" Target="file:///etc/passwd" TargetMode="External"/>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace("</Rel", f"{linked}</Rel")
    path, seen = zipped(tmp_path / "l.xlsx", parts), []
    original = io.open
    monkeypatch.setattr(
        io, "open", lambda file, *more, **named: (seen.append(str(file)), original(file, *more, **named))[1]
    )
    with opened(path) as book:
        assert len(list(book.sheets[0].rows())) == 1
    assert set(seen) == {str(path)}
