"""Small workbooks made by hand, part by part, as programs write them and as nobody should."""

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
RELATED = f'<Relationship Id="%s" Type="{OFFICE}/%s" Target="%s"/>'


def relations(*related: tuple[str, str, str]) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(RELATED % one for one in related)}</Relationships>'


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{number}" {attributes}>{"".join(cells)}</row>'


def said(place: str, text: str, style: int = 0) -> str:
    """A cell with a text of its own."""
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def number(place: str, value: object, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def styles(fonts: str = "<font/>", fills: str = "<fill/>", looks: str = "<xf/>", formats: str = "") -> str:
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts>{fonts}</fonts><fills>{fills}</fills>'
        f"<cellXfs>{looks}</cellXfs></styleSheet>"
    )


def parts_of_excel(*sheets: str, texts: str = "", look: str = "", workbook: str = "") -> dict[str, str]:
    """The parts of a whole workbook, its sheets called A, B, C and so on."""
    names = [chr(65 + place) for place in range(len(sheets))]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>' for n, name in enumerate(names))
    related = [(f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(len(sheets))]
    space = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
    shared = [("t", "sharedStrings", "sharedStrings.xml"), ("y", "styles", "styles.xml"), ("h", "theme", "theme/t.xml")]
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations(("w", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {space}>{workbook}<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*related, *shared),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        "xl/styles.xml": look or styles(),
        **{f"xl/worksheets/sheet{n}.xml": part for n, part in enumerate(sheets)},
    }


def parts_of_ods(tables: str, *, automatic: str = "", named: str = "", manifest: str = "") -> dict[str, str]:
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    more = f'xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:draw="{ODF}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{ODF}:manifest:1.0">{manifest}</m:manifest>',
        "styles.xml": f"<office:document-styles {spaces} {more}><office:styles>{named}</office:styles>"
        "</office:document-styles>",
        "content.xml": f"<office:document-content {spaces} {more}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>",
    }


def zipped(path: Path, parts: dict[str, str] | dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def excel(folder: Path, *sheets: str, **options: str) -> Path:
    return zipped(folder / "log.xlsx", parts_of_excel(*sheets, **options))


def ods(folder: Path, tables: str, **options: str) -> Path:
    return zipped(folder / "log.ods", parts_of_ods(tables, **options))
