"""What people and their programs do in Excel workbooks, one thing at a time."""
# ruff: noqa: DTZ001 - a sheet has the time of a wall clock.

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from heedful.intake.sheets.grid import BLANK, Cell, Merge, Row, Value
from heedful.intake.sheets.opening import opened
from tests.unit.intake.sheets.making import (
    MAIN,
    OFFICE,
    excel,
    number,
    parts_of_excel,
    relations,
    row,
    said,
    sheet,
    styles,
    zipped,
)

THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def rows(path: Path) -> list[Row]:
    with opened(path) as book:
        return list(book.sheets[0].rows())


def one(folder: Path, cell: str, **options: str) -> Cell:
    """The only cell of a workbook."""
    return rows(excel(folder, sheet(row(1, cell)), **options))[0].cells[0]


def dated(folder: Path, value: object, code: str, **options: str) -> Value:
    """What a number is under a format."""
    look = styles(looks='<xf/><xf numFmtId="200"/>', formats=f'<numFmt numFmtId="200" formatCode="{code}"/>')
    return one(folder, number("A1", value, 1), look=look, **options).value


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-", "@home", "=HYPERLINK(&quot;http://x.test&quot;)"])
def test_a_text_that_begins_like_a_formula_stays_a_text(tmp_path: Path, text: str) -> None:
    cell = one(tmp_path, said("A1", text))
    assert (cell.value, cell.formula, cell.link) == (text.replace("&quot;", '"'), "", "")


def test_a_formula_has_the_result_that_the_file_keeps_and_is_never_run(tmp_path: Path) -> None:
    assert one(tmp_path, '<c r="A1"><f>6*7</f><v>41</v></c>') == Cell(41, "=6*7")
    assert one(tmp_path, '<c r="A1"><f>6*7</f></c>') == Cell(None, "=6*7")
    assert one(tmp_path, '<c r="A1" t="str"><f>TEXT(1,"m")</f><v></v></c>') == Cell(None, '=TEXT(1,"m")')


def test_cells_that_share_a_formula_give_that_of_the_first(tmp_path: Path) -> None:
    first = '<c r="A1"><f t="shared" si="0" ref="A1:B1">C1*2</f><v>2</v></c>'
    (found,) = rows(excel(tmp_path, sheet(row(1, first, '<c r="B1"><f t="shared" si="0"/><v>4</v></c>'))))
    assert found.cells == (Cell(2, "=C1*2"), Cell(4, "=C1*2"))


def test_a_link_is_kept_as_words(tmp_path: Path) -> None:
    formula = '<c r="A1" t="str"><f>HYPERLINK("https://files.test/a ""b""","report")</f><v>report</v></c>'
    assert one(tmp_path, formula).link == 'https://files.test/a "b"'
    after = '<hyperlinks><hyperlink ref="A1:B1" r:id="l"/><hyperlink ref="A2" location="Lists!A1"/></hyperlinks>'
    parts = parts_of_excel(sheet(row(1, said("A1", "x")) + row(2, said("A2", "y")), after=after))
    outside = f'<Relationship Id="l" Type="{OFFICE}/hyperlink" Target="https://x.test/" TargetMode="External"/>'
    parts["xl/worksheets/_rels/sheet0.xml.rels"] = relations().replace("></Rel", f">{outside}</Rel")
    first, second = rows(zipped(tmp_path / "l.xlsx", parts))
    assert [cell.link for cell in first.cells] == ["https://x.test/", "https://x.test/"]
    assert second.cells[0].link == "#Lists!A1"


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (45664, "dd/mm/yyyy", date(2025, 1, 7)),
        (45664.5, "dd/mm/yyyy", datetime(2025, 1, 7, 12)),
        (45664, "dd/mm/yyyy hh:mm", datetime(2025, 1, 7)),
        (45664.8854166667, "d.m.yy h:mm", datetime(2025, 1, 7, 21, 15)),
        (0.8854166667, "hh:mm", time(21, 15)),
        (0.8854166667, "dd/mm/yyyy", time(21, 15)),
        (45664, "mmm-yy", date(2025, 1, 7)),
        (45664, "[$-809]dd mmmm yyyy;@", date(2025, 1, 7)),
        (0.5, "h:mm AM/PM", time(12)),
        (1.5, "[h]:mm", timedelta(hours=36)),
        (0.0208333333, "mm:ss", time(0, 30)),
        (1, "dd/mm/yyyy", date(1900, 1, 1)),
        (59, "dd/mm/yyyy", date(1900, 2, 28)),
        (60, "dd/mm/yyyy", 60),
        (61, "dd/mm/yyyy", date(1900, 3, 1)),
        (0, "dd/mm/yyyy", 0),
        (0, "hh:mm", time(0)),
        (-1, "dd/mm/yyyy", -1),
        (9_999_999, "dd/mm/yyyy", 9_999_999),
        (1e300, "dd/mm/yyyy", 1e300),
        (45664, "0.00", 45664),
        (45664, "General", 45664),
        (7, "0 &quot;days&quot;", 7),
        (7, "[Red]0", 7),
        (7, "#,##0\\ \\d", 7),
        (45664, "0.00E+00", 45664),
    ],
)
def test_a_number_is_a_date_only_where_its_format_shows_one(
    tmp_path: Path, value: float, code: str, expected: Value
) -> None:
    found = dated(tmp_path, value, code)
    assert (found, type(found)) == (expected, type(expected))


def test_dates_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    since = '<workbookPr date1904="1"/>'
    assert dated(tmp_path, 44202, "dd/mm/yyyy", workbook=since) == date(2025, 1, 7)
    assert dated(tmp_path, 0, "dd/mm/yyyy", workbook=since) == date(1904, 1, 1)


def test_yes_no_errors_and_iso_dates(tmp_path: Path) -> None:
    cells = [
        f'<c r="{place}1" t="{kind}"><v>{value}</v></c>'
        for place, kind, value in [("A", "b", 1), ("B", "b", 0), ("C", "e", "#REF!"), ("D", "d", "2025-01-07T21:15:00")]
    ]
    (found,) = rows(excel(tmp_path, sheet(row(1, *cells))))
    assert [cell.value for cell in found.cells] == [True, False, "#REF!", datetime(2025, 1, 7, 21, 15)]


def test_crossed_out_is_the_whole_cell_or_every_run_of_it(tmp_path: Path) -> None:
    line, plain = "<r><rPr><strike/></rPr><t>out</t></r>", "<r><rPr/><t>kept</t></r>"
    bare, off = "<r><t>as the cell</t></r>", '<r><rPr><strike val="0"/></rPr><t>kept</t></r>'
    texts = "".join(f"<si>{runs}</si>" for runs in (line, line + plain, bare + line, off, "<t>plain</t>"))
    looks = styles("<font/><font><strike/></font>", looks='<xf/><xf fontId="1"/>')
    cells = [f'<c r="{"ABCDE"[n]}{look + 1}" s="{look}" t="s"><v>{n}</v></c>' for look in (0, 1) for n in range(5)]
    found = rows(excel(tmp_path, sheet(row(1, *cells[:5]) + row(2, *cells[5:])), texts=texts, look=looks))
    assert [cell.struck for cell in found[0].cells] == [True, False, False, False, False]
    assert [cell.struck for cell in found[1].cells] == [True, False, True, False, True]
    assert found[0].cells[1].value == "outkept"


def test_the_colour_behind_a_cell_is_found_however_it_is_written(tmp_path: Path) -> None:
    solid = '<fill><patternFill patternType="solid"><fgColor %s/></patternFill></fill>'
    colours = ['rgb="FFC6EFCE"', 'indexed="13"', 'theme="4"', 'theme="4" tint="0.5"', 'rgb="FFFFFFFF"', 'auto="1"']
    fills = "".join(solid % colour for colour in colours)
    fills += '<fill><patternFill patternType="gray125"><fgColor rgb="FF000000"/></patternFill></fill>'
    looks = styles(fills=fills, looks="".join(f'<xf fillId="{n}"/>' for n in range(7)))
    parts = parts_of_excel(sheet(row(1, *(said(f"{'ABCDEFG'[n]}1", "x", n) for n in range(7)))), look=looks)
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    parts["xl/theme/t.xml"] = (
        f'<t xmlns="{main}"><lt1><sysClr lastClr="FFFFFF"/></lt1><accent1><srgbClr val="800000"/></accent1></t>'
    )
    (found,) = rows(zipped(tmp_path / "c.xlsx", parts))
    assert [cell.fill for cell in found.cells] == ["C6EFCE", "FFFF00", "800000", "FF4040", "", "", ""]


def test_notes_and_conversations_hang_on_their_cells_even_where_nothing_else_stands(tmp_path: Path) -> None:
    parts = parts_of_excel(sheet(row(2, said("A2", "x")) + row(5, said("A5", "y"))))
    parts["xl/worksheets/_rels/sheet0.xml.rels"] = relations(
        ("c", "comments", "../comments1.xml"), ("t", "threadedComment", "../threadedComments/t.xml")
    )
    notes = "".join(
        f'<comment ref="{ref}"><text><t>note {ref}</t></text></comment>' for ref in ("A2", "C2", "B3", "D9")
    )
    parts["xl/comments1.xml"] = f'<comments xmlns="{MAIN}"><commentList>{notes}</commentList></comments>'
    talk = "".join(f'<threadedComment ref="A2"><text>{said}</text></threadedComment>' for said in ("rang", "and again"))
    parts["xl/threadedComments/t.xml"] = f'<ThreadedComments xmlns="{THREADED}">{talk}</ThreadedComments>'
    found = {one.number: [cell.comment for cell in one.cells] for one in rows(zipped(tmp_path / "n.xlsx", parts))}
    assert found == {2: ["rang\nand again", "", "note C2"], 3: ["", "note B3"], 5: [""], 9: ["", "", "", "note D9"]}


def test_rows_hidden_by_a_filter_and_by_hand_are_told_apart(tmp_path: Path) -> None:
    cells = "".join(row(n, said(f"A{n}", "x"), attributes='hidden="1"') for n in range(1, 6))
    criteria = '<filterColumn colId="0"><filters><filter val="y"/></filters></filterColumn>'
    selects = f'<autoFilter ref="A2:A4">{criteria}</autoFilter>'
    path = excel(tmp_path, sheet(cells, after=selects))
    assert [found.hidden for found in rows(path)] == ["hand", "hand", "filter", "filter", "hand"]
    nothing = '<autoFilter ref="A2:A4"><filterColumn colId="0" hiddenButton="1"/></autoFilter>'
    assert {found.hidden for found in rows(excel(tmp_path, sheet(cells, after=nothing)))} == {"hand"}


def test_a_filter_of_a_table_hides_its_rows_too(tmp_path: Path) -> None:
    parts = parts_of_excel(sheet("".join(row(n, said(f"A{n}", "x"), attributes='hidden="1"') for n in (2, 9))))
    parts["xl/worksheets/_rels/sheet0.xml.rels"] = relations(("t", "table", "../tables/table1.xml"))
    criteria = '<filterColumn colId="0"><customFilters><customFilter val="3"/></customFilters></filterColumn>'
    parts["xl/tables/table1.xml"] = f'<table xmlns="{MAIN}"><autoFilter ref="A1:A5">{criteria}</autoFilter></table>'
    assert [found.hidden for found in rows(zipped(tmp_path / "t.xlsx", parts))] == ["filter", "hand"]


def test_hidden_columns_merged_cells_and_hidden_sheets(tmp_path: Path) -> None:
    before = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="0"/></cols>'
    after = '<mergeCells><mergeCell ref="A1:C2"/></mergeCells>'
    parts = parts_of_excel(*[sheet(row(1, said("A1", "x")), before=before, after=after)] * 3)
    for name, state in (("B", "hidden"), ("C", "veryHidden")):
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(f'"{name}"', f'"{name}" state="{state}"')
    with opened(zipped(tmp_path / "h.xlsx", parts)) as book:
        assert [one.visibility for one in book.sheets] == ["shown", "hidden", "very_hidden"]
        assert book.sheets[0].hidden_columns == {2, 3}
        assert book.sheets[0].merges == (Merge(1, 1, 2, 3),)


def test_blank_rows_are_left_out_and_blank_cells_at_the_end_trimmed(tmp_path: Path) -> None:
    looks = styles(fills='<fill/><fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/></patternFill></fill>',
                   looks='<xf/><xf fillId="1"/>')  # fmt: skip
    coloured = '<c r="C%s" s="1"/>'
    cells = row(1, coloured % 1) + row(3, said("B3", "x"), coloured % 3) + row(4, said("A4", " "))
    cells += row(4, '<c r="XFD4" s="1"/>') + row(5, coloured % 5, said("D5", "x"))
    found = rows(excel(tmp_path, sheet(cells), look=looks))
    green = Cell(fill="00FF00")
    assert found == [Row(3, (BLANK, Cell("x"))), Row(5, (BLANK, BLANK, green, Cell("x")))]


def test_rows_and_cells_without_places_follow_each_other(tmp_path: Path) -> None:
    cells = "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"
    assert rows(excel(tmp_path, sheet(cells))) == [Row(1, (Cell(1), Cell(2))), Row(3, (Cell(3),))]


def test_cells_out_of_order_come_to_their_places(tmp_path: Path) -> None:
    found = rows(excel(tmp_path, sheet(row(1, number("C1", 3), number("A1", 1)))))
    assert [cell.value for cell in found[0].cells] == [1, None, 3]


def test_other_dialects_and_prefixes_of_the_same_standard(tmp_path: Path) -> None:
    parts = parts_of_excel(sheet(row(1, said("A1", "x"))))
    strict = {
        name: part.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        .replace("\\", "/")
        for name, part in parts.items()
    }
    assert rows(zipped(tmp_path / "s.xlsx", strict))[0].cells == (Cell("x"),)
    cell = '<x:c r="A1"><x:v>1</x:v></x:c>'
    part = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">{cell}</x:row></x:sheetData></x:worksheet>'
    parts["xl/worksheets/sheet0.xml"] = part
    assert rows(zipped(tmp_path / "p.xlsx", parts))[0].cells == (Cell(1),)


def test_signs_that_xml_cannot_hold_and_readings_of_words(tmp_path: Path) -> None:
    assert one(tmp_path, said("A1", "a_x000D_\nb_x005F_x0041_ _xD83D__xDE42_")).value == "a\nb_x0041_ 🙂"
    texts = '<si><t>東</t><rPh sb="0" eb="1"><t>ヒガシ</t></rPh></si>'
    assert one(tmp_path, '<c r="A1" t="s"><v>0</v></c>', texts=texts).value == "東"


def test_macros_are_not_looked_at_and_it_is_said(tmp_path: Path) -> None:
    parts = parts_of_excel(sheet(row(1, said("A1", "x"))))
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    macros = f'<Relationship Id="m" Type="{kind}" Target="v.bin"/>'
    related = "xl/_rels/workbook.xml.rels"
    parts[related] = parts[related].replace("</Rel", f"{macros}</Rel")
    with opened(zipped(tmp_path / "m.xlsm", parts | {"xl/v.bin": "Sub Auto_Open()"})) as book:
        assert book.remarks == ("macros_never_run",)
        assert [found.cells for found in book.sheets[0].rows()] == [(Cell("x"),)]


def test_rows_may_be_read_again_from_the_start_and_side_by_side(tmp_path: Path) -> None:
    with opened(excel(tmp_path, sheet("".join(row(n, number(f"A{n}", n)) for n in range(1, 5000))))) as book:
        first, second = book.sheets[0].rows(), book.sheets[0].rows()
        assert next(first) == next(second)
        assert list(first) == list(second)
        assert len(list(book.sheets[0].rows())) == 4999
