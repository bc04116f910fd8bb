"""What people and their programs do in OpenDocument workbooks, one thing at a time."""
# ruff: noqa: DTZ001 - a sheet has the time of a wall clock.

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from heedful.intake.sheets.grid import BLANK, Cell, Merge, Row, Value
from heedful.intake.sheets.opening import opened
from tests.unit.intake.sheets.making import ods

LINE = 'style:text-line-through-style="solid"'


def table(rows: str, name: str = "A", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", attributes: str = "", inside: str = "") -> str:
    paragraphs = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{paragraphs}{inside}</table:table-cell>"


def style(name: str, inside: str, family: str = "table-cell", parent: str = "") -> str:
    of = f'style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}" {of}>{inside}</style:style>'


def rows(path: Path) -> list[Row]:
    with opened(path) as book:
        return list(book.sheets[0].rows())


def one(folder: Path, made: str, **options: str) -> Cell:
    return rows(ods(folder, table(row(made)), **options))[0].cells[0]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('office:value-type="float" office:value="3"', 3),
        ('office:value-type="float" office:value="3.5"', 3.5),
        ('office:value-type="percentage" office:value="0.25"', 0.25),
        ('office:value-type="currency" office:value="12.5"', 12.5),
        ('office:value-type="boolean" office:boolean-value="true"', True),
        ('office:value-type="date" office:date-value="2022-05-03"', date(2022, 5, 3)),
        ('office:value-type="date" office:date-value="2022-05-03T14:30:00"', datetime(2022, 5, 3, 14, 30)),
        ('office:value-type="time" office:time-value="PT21H15M00S"', time(21, 15)),
        ('office:value-type="time" office:time-value="PT09H05M00.500000000S"', time(9, 5, 0, 500_000)),
        ('office:value-type="time" office:time-value="PT36H00M00S"', timedelta(hours=36)),
        ('office:value-type="time" office:time-value="-PT01H00M00S"', timedelta(hours=-1)),
        ('office:value-type="string" office:string-value="given"', "shown"),
        ('office:value-type="date" office:date-value="0000-00-00"', "0000-00-00"),
        ("", "shown"),
    ],
)
def test_a_value_is_what_is_stored_not_what_is_shown(tmp_path: Path, attributes: str, expected: Value) -> None:
    found = one(tmp_path, cell("shown", attributes)).value
    assert (found, type(found)) == (expected, type(expected))


def test_a_formula_keeps_its_result_and_its_link_and_is_never_run(tmp_path: Path) -> None:
    formula = 'table:formula="of:=SUM([.A1:.A3])" office:value-type="float" office:value="9"'
    assert one(tmp_path, cell("9", formula)) == Cell(9, "=SUM([.A1:.A3])")
    error = 'table:formula="of:=1/0" office:value-type="string" office:string-value=""'
    assert one(tmp_path, cell("#DIV/0!", error)) == Cell("#DIV/0!", "=1/0")
    link = "table:formula='of:=HYPERLINK(&quot;https://x.test&quot;;&quot;report&quot;)'"
    assert one(tmp_path, cell("report", link)).link == "https://x.test"
    assert one(tmp_path, cell("=1+1")) == Cell("=1+1")


def test_paragraphs_blanks_tabs_and_links_inside_a_text(tmp_path: Path) -> None:
    inside = (
        '<text:p>one<text:s text:c="3"/>two<text:tab/>three</text:p>'
        '<text:p>see <text:a xlink:href="https://x.test">this</text:a><text:line-break/>end</text:p>'
    )
    found = one(tmp_path, cell(inside=inside))
    assert (found.value, found.link) == ("one   two\tthree\nsee this\nend", "https://x.test")


def test_a_note_and_a_drawing_are_not_the_text_of_their_cell(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>chased</text:p><text:p>again</text:p></office:annotation>"
    drawing = "<draw:frame><draw:text-box><text:p>in a shape</text:p></draw:text-box></draw:frame>"
    assert one(tmp_path, cell("x", inside=note + drawing)) == Cell("x", comment="chased\nagain")
    assert one(tmp_path, cell(inside=note)) == Cell(None, comment="chased\nagain")
    shapes = f"<table:shapes>{drawing}</table:shapes>"
    assert rows(ods(tmp_path, table(shapes + row(cell("x"))))) == [Row(1, (Cell("x"),))]


def test_crossed_out_comes_from_the_cell_its_parents_or_every_run(tmp_path: Path) -> None:
    line = f"<style:text-properties {LINE}/>"
    no_line = '<style:text-properties style:text-line-through-style="none"/>'
    automatic = style("child", "", parent="Void") + style("off", no_line, parent="Void")
    automatic += style("run", line, family="text") + style("round", "", parent="round")
    named = style("Void", line)
    struck, kept = '<text:span text:style-name="run">out</text:span>', "kept"
    cells = [
        cell("x", 'table:style-name="child"'),
        cell("x", 'table:style-name="off"'),
        cell(struck),
        cell(struck + kept),
        cell("x", 'table:style-name="round"'),
    ]
    found = rows(ods(tmp_path, table(row(*cells)), automatic=automatic, named=named))
    assert [one.struck for one in found[0].cells] == [True, False, True, False, False]


def test_looks_come_from_the_row_and_the_column_where_the_cell_has_none(tmp_path: Path) -> None:
    fill = '<style:table-cell-properties fo:background-color="#%s"/>'
    automatic = "".join(
        style(name, fill % colour) for name, colour in (("c", "00ff00"), ("r", "0000ff"), ("w", "ffffff"))
    )
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="c"/>'
    marked = row(cell("x"), cell("y"), attributes='table:default-cell-style-name="r"')
    body = columns + row(cell("x"), cell("y"), cell("z", 'table:style-name="w"')) + marked
    found = rows(ods(tmp_path, table(body), automatic=automatic))
    assert [[one.fill for one in each.cells] for each in found] == [["", "00FF00", ""], ["0000FF", "0000FF"]]


def test_repeated_cells_and_rows_are_counted_out_only_where_they_say_something(tmp_path: Path) -> None:
    many = 'table:number-rows-repeated="1000000000"'
    body = (
        row(cell("x", 'table:number-columns-repeated="3"'), cell("", 'table:number-columns-repeated="16381"'))
        + row(cell("", 'table:number-columns-repeated="1024"'), attributes='table:number-rows-repeated="4"')
        + row(cell("", 'table:number-columns-repeated="2"'), cell("y"), attributes='table:number-rows-repeated="2"')
        + row(cell("", 'table:number-columns-repeated="1000000000"'), attributes=many)
    )
    y = (BLANK, BLANK, Cell("y"))
    assert rows(ods(tmp_path, table(body))) == [Row(1, (Cell("x"),) * 3), Row(6, y), Row(7, y)]


def test_hidden_rows_columns_and_sheets_and_merged_cells(tmp_path: Path) -> None:
    gone = style("gone", '<style:table-properties table:display="false"/>', family="table")
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    body = (
        columns
        + row(
            cell("x", spans), "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>", cell("z")
        )
        + row(cell("y"), attributes='table:visibility="filter"')
        + row(cell("y"), attributes='table:visibility="collapse"')
    )
    path = ods(tmp_path, table(body) + table(row(cell("x")), "B", 'table:style-name="gone"'), automatic=gone)
    with opened(path) as book:
        first, second = book.sheets
        assert (first.visibility, second.visibility) == ("shown", "hidden")
        assert first.hidden_columns == {3}
        assert first.merges == (Merge(1, 1, 3, 2),)
        assert [one.hidden for one in first.rows()] == ["", "filter", "hand"]
        assert next(first.rows()).cells == (Cell("x"), BLANK, Cell("z"))
        assert [one.cells for one in second.rows()] == [(Cell("x"),)]


def test_header_rows_and_groups_are_rows_and_copies_of_other_files_are_no_sheets(tmp_path: Path) -> None:
    header = f"<table:table-header-rows>{row(cell('head'))}</table:table-header-rows>"
    group = f"<table:table-row-group>{row(cell('x'))}</table:table-row-group>"
    elsewhere = table(row(cell("1")), "'file:///x.ods'#A", 'table:style-name="ta_extref"')
    with opened(ods(tmp_path, table(header + group) + elsewhere)) as book:
        (sheet,) = book.sheets
        assert [found.cells[0].value for found in sheet.rows()] == ["head", "x"]
